"""Figures by years, in one table: all of a region's, or those behind a chart."""

from __future__ import annotations

from collections.abc import Hashable
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML

from analysis import codebook
from analysis.tables.figures import is_year
from analysis.writing import references, words
from analysis.writing.looks import look
from analysis.writing.notebook import Page
from analysis.writing.words import Row

_KEY = ["indicator", "measure"]
_FEWEST = 3  # years that are worth a column each


def years_table(page: Page) -> HTML:
    """Every figure of a year in its row and column, with its status and evidence; a table for each section.

    A row is an indicator and what is said of it, in the codebook's order; the section of which most is
    said comes first, and a result before its target. Years without any figure have no column.
    """
    rows = page.stated[page.stated["period"].map(is_year)]
    known = codebook.load().indicators
    order = {id_: at for at, id_ in enumerate(known)}
    rows = rows.assign(at=rows["indicator"].map(order), aim=rows["measure"].ne("outturn"))
    rows = rows.sort_values(["at", "aim"], kind="stable")
    sections = rows.groupby(rows["indicator"].map(lambda id_: known[id_].section), sort=False)
    largest = sorted(sections, key=lambda section: -len(section[1].drop_duplicates(_KEY)))
    return HTML("".join(_section(str(section), part, page) for section, part in largest))


def _section(section: str, rows: pd.DataFrame, page: Page) -> str:
    first, last = rows["year"].min(), rows["year"].max()
    span = "phrases/rows_of_years" if first < last else "phrases/rows_of_year"
    told = words.word(span, page.language, n=len(rows.drop_duplicates(_KEY)), first=first, last=last)
    heading = escape(words.word(f"sections/{section}", page.language))
    return (
        f'<details class="section" open><summary><h3>{heading}</h3> {escape(told)}</summary>'
        f"{_by_years(rows, _KEY, page)}</details>"
    )


def series(rows: pd.DataFrame, page: Page) -> str:
    """Series over years, a row each, of one region or of several; empty where `rows` are none."""
    if not {"year", "unit", *_KEY} <= {*rows} or rows["year"].nunique() < _FEWEST:
        return ""
    key = [*_KEY, "region"] if "region" in rows else _KEY
    if rows.duplicated([*key, "year"]).any() or not rows.get("period", rows["year"]).astype(str).map(is_year).all():
        return ""
    return _by_years(rows, key, page)


def _by_years(rows: pd.DataFrame, key: list[str], page: Page) -> str:
    years = sorted(set(rows["year"]))
    found = {tuple(row[column] for column in [*key, "year"]): row for row in rows.to_dict("records")}
    several = "region" in key and rows["region"].nunique() > 1
    head = "".join(f'<th scope="col">{year}</th>' for year in years)
    body = "".join(
        f'<tr><th scope="row">{escape(_named(first, page, several))}</th>'
        + "".join(_cell(found.get((*(first[column] for column in key), year)), page) for year in years)
        + "</tr>"
        for first in rows.drop_duplicates(key).to_dict("records")
    )
    figure = escape(words.word("columns/figure", page.language))
    return (
        f'<table class="figures years"><thead><tr><th scope="col">{figure}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def _named(row: dict[Hashable, Any], page: Page, several: bool) -> str:
    """The indicator in full, with its unit, its region where there are several, and what is no result."""
    label = words.full_name(str(row["indicator"]), page.language)
    more = [] if row["measure"] == "outturn" else [words.word(f"measures/{row['measure']}", page.language)]
    more.append(words.word(f"units/{row['unit']}", page.language))
    comma = words.word("phrases/comma", page.language)
    name = words.word("phrases/measured", page.language, label=label, measure=comma.join(more))
    return f"{words.region_name(str(row['region']), page.language, page.root)}{comma}{name}" if several else name


def _cell(row: Row | None, page: Page) -> str:
    if row is None:
        return "<td></td>"
    shown = {**row, "unit": "" if pd.notna(row["value"]) else row["unit"]}
    text = references.figure(shown, page)
    if not references.references(shown, page) and look(row["status"]) != "settled":
        known = escape(words.word(f"statuses/{row['status']}", page.language))
        text = f'<span class="figure {escape(row["status"])}" title="{known}">{text}</span>'
    return f"<td>{text}</td>"

"""All indicators of a region by all years, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import pandas as pd
from IPython.display import HTML

from analysis import codebook
from analysis.tables.figures import is_year
from analysis.writing import references, words
from analysis.writing.notebook import Page
from analysis.writing.words import Row


def years_table(page: Page) -> HTML:
    """Every figure of a year in its row and column, with its status and evidence.

    A row is an indicator and what is said of it, in the codebook's order; the section of which most is
    said comes first, and a result before its target. Years without any figure have no column.
    """
    rows = page.stated[page.stated["period"].map(is_year)]
    years = sorted(set(rows["year"]))
    figure = escape(words.word("columns/figure", page.language))
    head = "".join(f'<th scope="col">{year}</th>' for year in years)
    known = codebook.load().indicators
    order = {id_: at for at, id_ in enumerate(known)}
    keys = rows.drop_duplicates(["indicator", "measure"])
    keys = keys.assign(at=keys["indicator"].map(order), aim=keys["measure"].ne("outturn"))
    keys = keys.sort_values(["at", "aim"], kind="stable")
    sections = keys["indicator"].map(lambda id_: known[id_].section)
    largest = sorted(keys.groupby(sections, sort=False), key=lambda section: -len(section[1]))
    found = {(r["indicator"], r["measure"], r["year"]): r for r in rows.to_dict("records")}
    bodies = "".join(
        f'<tbody><tr><th scope="rowgroup">{escape(words.word(f"sections/{section}", page.language))}</th></tr>'
        + "".join(_row(key, found, years, page) for key in group.to_dict("records"))
        + "</tbody>"
        for section, group in largest
    )
    return HTML(
        f'<table class="figures years"><thead><tr><th scope="col">{figure}</th>{head}</tr></thead>{bodies}</table>'
    )


def _row(key: Row, found: Mapping[tuple[str, str, int], Row], years: Sequence[int], page: Page) -> str:
    cells = "".join(_cell(found.get((key["indicator"], key["measure"], year)), page) for year in years)
    return f'<tr><th scope="row">{escape(_named(key, page))}</th>{cells}</tr>'


def _named(row: Row, page: Page) -> str:
    """The indicator in full, with its unit and what is said of it where that is no result."""
    label = words.full_name(str(row["indicator"]), page.language)
    more = [] if row["measure"] == "outturn" else [words.word(f"measures/{row['measure']}", page.language)]
    more.append(words.word(f"units/{row['unit']}", page.language))
    comma = words.word("phrases/comma", page.language)
    return words.word("phrases/measured", page.language, label=label, measure=comma.join(more))


def _cell(row: Row | None, page: Page) -> str:
    if row is None:
        return "<td></td>"
    shown = references.figure({**row, "unit": "" if pd.notna(row["value"]) else row["unit"]}, page)
    return f"<td>{shown}</td>"

"""All indicators of a region by all years, in one table."""

from __future__ import annotations

from html import escape

import pandas as pd
from IPython.display import HTML

from analysis.tables.figures import is_year
from analysis.writing import references, words
from analysis.writing.notebook import Page
from analysis.writing.words import Row


def years_table(page: Page) -> HTML:
    """Every figure of a year in its row and column, with its status and evidence.

    A row is an indicator and what is said of it; years without any figure have no column.
    """
    rows = page.stated[page.stated["period"].map(is_year)]
    years = sorted(set(rows["year"]))
    figure = escape(words.word("columns/figure", page.language))
    head = "".join(f'<th scope="col">{year}</th>' for year in years)
    keys = rows.drop_duplicates(["indicator", "measure"])
    order = {i: at for at, i in enumerate(keys["indicator"].unique())}
    keys = keys.sort_values("indicator", key=lambda i: i.map(order), kind="stable")
    found = {(r["indicator"], r["measure"], r["year"]): r for r in rows.to_dict("records")}
    body = "".join(
        f'<tr><th scope="row">{escape(_named(key, page))}</th>'
        + "".join(_cell(found.get((key["indicator"], key["measure"], year)), page) for year in years)
        + "</tr>"
        for key in keys.to_dict("records")
    )
    return HTML(
        f'<table class="figures years"><thead><tr><th scope="col">{figure}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


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

"""Paragraphs and tables of a page, each figure with its evidence behind it.

Reports are untrusted text: everything taken from them is escaped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown

from analysis import evidence, measures, sentences, words
from analysis.notebook import Page
from analysis.tables import STATUSES

_KEY = ("figure", "value", "status")


def shown(row: Mapping[Any, Any], page: Page) -> str:
    """A figure as a page shows it; a plain count without evidence as bare text."""
    return evidence.figure(row, page)


def title(page: Page, notebook: str) -> Markdown:
    """The heading and the first paragraph of a notebook."""
    text = words.lexicon()["pages"][notebook]
    heading = sentences.said(text["title"], page, region=escape(page.name))
    return Markdown(f"# {heading}\n\n{_paragraph(text.get('intro', []), page)}")


def say(page: Page, passage: str) -> Markdown:
    """A passage of `words.yaml`, such as ``"employment/people"``: heading and paragraph."""
    notebook, _, name = passage.partition("/")
    entry = words.lexicon()["pages"][notebook][name]
    if isinstance(entry, list):
        return Markdown(_paragraph(entry, page))
    heading = f"## {entry['heading'][page.language]}"
    return Markdown(f"{heading}\n\n{_paragraph(entry.get('text', []), page)}")


def _paragraph(entries: Any, page: Page) -> str:
    return sentences.said(entries, page, shown, region=escape(page.name))


def table(page: Page, rows: pd.DataFrame, columns: Sequence[str] = _KEY) -> HTML:
    """A table of figures with statuses and evidence; a sentence where there are no rows.

    `columns`: of `rows`; "figure" is the indicator with its measure, "value" shows the figure with its interval and link, and a column
    that `measures.completion` made (``outturn``, ``target``, …) the figure it stands for.
    """
    if rows.empty:
        return HTML(f"<p>{escape(words.word('phrases/none', page.language))}</p>")
    head = "".join(
        f'<th scope="col">{escape(words.word(f"columns/{c}", page.language))}</th>' for c in columns
    )
    body = "".join(
        "<tr>" + "".join(_cell(row, column, page) for column in columns) + "</tr>"
        for row in rows.to_dict("records")
    )
    return HTML(
        f'<table class="figures"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def data(page: Page, rows: pd.DataFrame) -> HTML:
    """The table behind a chart; columns that are the same in every row are left out."""
    told = [c for c in ("region", "year", "period") if c in rows and rows[c].nunique() > 1]
    kept = [c for c in ("section", "figure", "value", "status", "count") if c in {*rows, "figure"}]
    if "section" in rows:
        kept.remove("figure")
    return table(page, rows, [*told, *kept])


def _cell(row: Mapping[Any, Any], column: str, page: Page) -> str:
    language = page.language
    value = row.get(column)
    if column == "value":
        return f'<td class="number">{shown(row, page)}</td>'
    if f"{column}_status" in row:
        figure = measures.part(row, column)
        text = shown(figure, page) if figure["status"] else ""
        return f'<td class="number">{text}</td>'
    if column in ("indicator", "figure"):
        label = words.label(str(row["indicator"]), language)
        if column == "figure" and row["measure"] != "outturn":
            measure = words.word(f"measures/{row['measure']}", language)
            label = words.word("phrases/measured", language, label=label, measure=measure)
        return f'<th scope="row">{escape(label)}</th>'
    if column == "status":
        text = escape(words.word(f"statuses/{value}", language))
        return f'<td class="status {escape(str(value))}">{text}</td>'
    if column == "note":
        return f"<td>{escape(words.note(str(value), language))}</td>"
    if column == "expression":
        return f"<td>{escape(words.expression(row, language))}</td>"
    if column == "fate":
        return f"<td>{escape(words.word(f'fates/{value}', language))}</td>"
    if column == "document":
        return f"<td>{escape(words.document_name(str(value), language))}</td>"
    if column == "section":
        return f'<th scope="row">{escape(words.word(f"sections/{value}", language))}</th>'
    if column == "region":
        return f'<th scope="row">{escape(words.region_name(str(value), language))}</th>'
    if isinstance(value, bool):
        return f"<td>{words.word('phrases/' + ('yes' if value else 'no'), language)}</td>"
    if isinstance(value, float):
        text = "" if pd.isna(value) else words.number(float(f"{value:.5g}"), language)
        return f'<td class="number">{escape(text)}</td>'
    return f"<td>{'' if value is None or value is pd.NA else escape(str(value))}</td>"


def key(page: Page) -> HTML:
    """The key to the statuses: how each looks in a chart and what it means."""
    items = "".join(
        f'<li class="{status}">{_SWATCH[status]} '
        f"<b>{escape(words.word(f'statuses/{status}', page.language))}</b>: "
        f"{escape(words.word(f'status_help/{status}', page.language))}</li>"
        for status in STATUSES
    )
    heading = escape(words.word("phrases/key", page.language))
    return HTML(f'<ul class="status-key" aria-label="{heading}">{items}</ul>')


def _svg(inside: str) -> str:
    return (
        '<svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true" focusable="false">'
        f"{inside}</svg>"
    )


_SOLID = _svg('<rect width="28" height="12" fill="#2b7bba"/>')
_SWATCH = {
    "confirmed": _SOLID,
    "printed": _SOLID,
    "repaired": _SOLID,
    "plausible": _svg(
        '<rect x=".5" y=".5" width="27" height="11" fill="none" '
        'stroke="#2b7bba"/><path d="M2 12 10 0M9 12 17 0M16 12 24 0" stroke="#2b7bba" '
        'stroke-width="2"/>'
    ),
    "range": _svg(
        '<rect width="12" height="12" fill="#2b7bba" fill-opacity=".45"/>'
        '<path d="M12 6H27M12 2V10M27 2V10" stroke="#1a1a1a" stroke-width="1.5"/>'
    ),
    "conflict": _svg(
        '<rect x="1" y="1" width="26" height="10" fill="none" stroke="#d1603d" '
        'stroke-width="2" stroke-dasharray="4 2"/>'
    ),
    "unreadable": _svg('<text x="2" y="10" font-size="11" fill="#6b6b6b">?</text>'),
}

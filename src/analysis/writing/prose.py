"""Paragraphs and tables of a page, each figure with its evidence behind it.

Reports are untrusted text: everything taken from them is escaped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd
from IPython.display import HTML, Markdown

from analysis import measures
from analysis.system.errors import InputError
from analysis.tables.figures import check_figures, is_year
from analysis.writing import looks, matrix, reasons, references, sentences, texts, words
from analysis.writing.contradictions import as_exact
from analysis.writing.notebook import Page
from analysis.writing.slots import texts_of

KEY = ("figure", "value", "status")
_SIDES = ["left", "right", "difference", "tolerance"]  # of a check


def title(page: Page, notebook: str) -> Markdown:
    """The heading and the first paragraph of a notebook."""
    text = texts.of_notebook(page.root, notebook, page.language)
    with texts_of(texts.name_of(notebook, page.language)):
        heading = sentences.said(text["title"], page, region=escape(page.name))
        return Markdown(f"# {heading}\n\n{_section(text.get('intro', {}), page)}")


def say(page: Page, passage: str) -> Markdown:
    """A passage of a notebook's texts, such as ``"employment/people"``: heading and paragraph.

    Nothing where the page has no figure of what the passage is about, or its conditions fail.
    """
    entry = texts.of_passage(page.root, passage, page.language)
    if not sentences.stands(entry, page):
        return Markdown("")
    notebook, _, name = passage.partition("/")
    beside = texts.of_notebook(page.root, notebook, page.language)
    silent = [
        other["heading"]
        for other in texts.passages(beside).values()
        if {"about", "shows", "when"} & {*other} and "heading" in other and not sentences.stands(other, page)
    ]
    quoted = [words.word("phrases/quoted", page.language, text=heading) for heading in silent]
    fields = {"unstated": words.listing(quoted, page.language)} if silent else {}
    heading = f"## {entry['heading']}\n\n" if "heading" in entry else ""
    with texts_of(f"{texts.name_of(notebook, page.language)}: {name}"):
        return Markdown(heading + _section(entry, page, **fields))


def _section(entry: Mapping[str, Any], page: Page, **fields: str) -> str:
    return sentences.section(entry, page, references.in_brief, region=escape(page.name), **fields)


def table(page: Page, rows: pd.DataFrame, columns: Sequence[str] = KEY) -> HTML:
    """A table of figures with statuses and evidence; nothing where there are no rows.

    `columns`: of `rows`; "figure" is the indicator with its measure and, where it is no year's,
    its period; "value" shows the figure with its interval and link, "prints" what each document
    prints, and a column that `measures.completion` made (``outturn``, ``target``, …) the
    figure it stands for. Columns that are empty in every row are left out.

    Raises
    ------
    InputError
        for what is no table, or a column it has not.
    """
    check_figures(rows, [])
    if rows.empty:
        return HTML("")
    columns = [c for c in _known(columns, rows) if not _empty(rows, c)]
    if "indicator" in rows:
        rows = rows.assign(label=_labels(rows["indicator"], page.language))
    if "tolerance" in rows:
        exact = [as_exact(sides) for sides in rows[_SIDES].to_numpy(float).tolist()]
        rows = rows.assign(**dict(zip(_SIDES, zip(*exact, strict=True), strict=True)))
    head = "".join(f'<th scope="col">{escape(words.word(f"columns/{c}", page.language))}</th>' for c in columns)
    body = "".join(
        "<tr>" + "".join(_cell(row, column, page) for column in columns) + "</tr>" for row in rows.to_dict("records")
    )
    return HTML(f'<table class="figures"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')


def _known(columns: Sequence[str], rows: pd.DataFrame) -> Sequence[str]:
    """The columns asked for, each of which `table` can make of `rows`."""
    columns = [columns] if isinstance(columns, str) else columns
    made = {"figure", "label", *(str(c).removesuffix("_status") for c in rows)}
    if unknown := [c for c in columns if c not in rows and c not in made]:
        raise InputError(f"table: no column {unknown[0]!r}; there are {', '.join(map(str, rows))}")
    return columns


def _empty(rows: pd.DataFrame, column: str) -> bool:
    """Whether a column holds a figure, or anything, in no row."""
    if f"{column}_status" in rows:
        return bool(rows[f"{column}_status"].isna().all())
    return column in ("agrees", "note", "runner_up") and bool(rows[column].isna().all())


def data(page: Page, rows: pd.DataFrame) -> HTML:
    """The table behind a chart, series of years by years; columns that are the same in every row are left out."""
    if by_years := matrix.series(rows, page):
        return HTML(by_years)
    told = [c for c in ("region", "year", "period") if c in rows and rows[c].nunique() > 1]
    kept = [c for c in ("section", "figure", "value", "status", "look", "count") if c in {*rows, "figure"}]
    if "section" in rows:
        kept.remove("figure")
    return table(page, rows, [*told, *kept])


def _cell(row: Mapping[Any, Any], column: str, page: Page) -> str:
    value = row.get(column)
    if column == "prints":
        return f"<td>{_prints(row, page)}</td>"
    if column == "value" or f"{column}_status" in row:
        figure = row if column == "value" else measures.part(row, column)
        return f'<td class="number">{references.figure(figure, page) if figure["status"] else ""}</td>'
    text = _text(row, column, page)
    if column in ("section", "region", "indicator", "figure", "scheme"):
        return f'<th scope="row">{escape(text)}</th>'
    if column == "status":
        return f'<td class="status {escape(str(value))}">{escape(text)}</td>'
    kind = ' class="number"' if isinstance(value, int | float) else ' class="period"' if column == "period" else ""
    return f"<td{kind}>{escape(text)}</td>"


def _prints(row: Mapping[Any, Any], page: Page) -> str:
    """What each document prints of a figure, with its evidence behind it."""
    items = [
        f'<li><a href="#{escape(references.anchor(row, document))}">'
        f"<q>{escape(token)}</q></a> {escape(words.document_name(document, page.language))}</li>"
        for document, token in row["prints"]
    ]
    return f'<ul class="prints">{"".join(items)}</ul>' if items else ""


def _text(row: Mapping[Any, Any], column: str, page: Page) -> str:
    """A cell of a table in words."""
    language, value = page.language, row.get(column)
    if column == "region":
        return words.region_name(str(value), language, page.root)
    if column in ("indicator", "figure"):
        return _named(row, column, language)
    if column in _SECTIONS:
        return words.word(f"{_SECTIONS[column]}/{value}", language)
    if column == "note":
        return reasons.noted(str(row.get("note_code") or ""), language)
    if column in _TOLD:
        return _TOLD[column](str(value), language)
    if column == "expression":
        return reasons.expression(row, language)
    if isinstance(value, bool):
        return words.word("phrases/" + ("yes" if value else "no"), language)
    if value is None or pd.isna(value):
        return ""
    if column == "runner_up":
        return _next_best(row, language)
    return words.number(float(f"{value:.5g}"), language) if isinstance(value, float) else str(value)


def _next_best(row: Mapping[Any, Any], language: str) -> str:
    """What a figure may also be, where its own cell does not say so."""
    value = row["runner_up"]
    if value in words.possible_values(row):
        return ""
    return words.amount({"value": value, "low": value, "high": value, "unit": row["unit"]}, language)


def _labels(indicators: pd.Series, language: str) -> list[str]:
    """The short names of a table's indicators; in full where two share one, or a short one says too little: beside
    those of other subjects."""
    short = {id_: words.label(id_, language) for id_ in indicators.unique()}
    shared, mixed = Counter(short.values()), len({id_.partition(".")[0] for id_ in short}) > 1
    names = {id_: words.full_name(id_, language) if mixed or shared[name] > 1 else name for id_, name in short.items()}
    return [names[id_] for id_ in indicators]


def _named(row: Mapping[Any, Any], column: str, language: str) -> str:
    """A figure's label, with its measure and its period where these are not the usual ones."""
    label = row["label"]
    more = []
    if column == "figure" and row["measure"] not in ("outturn", "cumulative"):
        more.append(words.word(f"measures/{row['measure']}", language))
    if column == "figure" and not is_year(str(row.get("period") or row["year"])):
        more.append(words.period(str(row["period"]), language))
    told = words.word("phrases/comma", language).join(more)
    return words.word("phrases/measured", language, label=label, measure=told) if told else label


_SECTIONS = {"status": "statuses", "fate": "fates", "section": "sections", "look": "looks", "measure": "measures"}
_TOLD: dict[str, Any] = {"period": words.period, "document": words.document_name, "scheme": words.scheme}


def key(page: Page) -> HTML:
    """The key to the statuses that occur: how each looks in a chart and what it means."""
    there = looks.grouped([*page.rows["status"], *page.stated["status"]])
    colon = words.word("phrases/colon", page.language)
    items = "".join(
        f"<li>{_SWATCH[look]} "
        + " ".join(
            f'<span class="{status}"><b>{escape(words.word(f"statuses/{status}", page.language))}</b>{colon}'
            f"{escape(words.word(f'status_help/{status}', page.language))}</span>"
            for status in statuses
        )
        + "</li>"
        for look, statuses in there.items()
    )
    heading = escape(words.word("phrases/key", page.language))
    return HTML(f'<ul class="status-key" aria-label="{heading}">{items}</ul>' if items else "")


def _svg(inside: str) -> str:
    return f'<svg width="30" height="12" viewBox="0 0 30 12" aria-hidden="true" focusable="false">{inside}</svg>'


_BOX = '<rect x=".5" y=".5" width="27" height="11" fill="none" stroke="{}" {}/>'
_SWATCH = {
    "settled": _svg('<rect width="28" height="12" fill="#1f6fb0"/>'),
    "plausible": _svg(
        _BOX.format("#1f6fb0", "") + '<path d="M2 12 10 0M9 12 17 0M16 12 24 0" stroke="#1f6fb0" stroke-width="2"/>'
    ),
    "range": _svg(_BOX.format("#1f6fb0", "") + '<path d="M1 6H27" stroke="#1a1a1a"/>'),
    "conflict": _svg(_BOX.format("#b8461f", 'stroke-width="2" stroke-dasharray="4 2"')),
    "unreadable": _svg(_BOX.format("#6b6b6b", 'stroke-dasharray="1 1"')),
}

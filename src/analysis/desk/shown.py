"""Texts, tables and evidence as the lab shows them: a number leads to its evidence beneath.

A build shows plain texts and tables, for its pages have a place of their own for the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from html import escape, unescape
from typing import Any

import lxml.html
import pandas as pd
from IPython.display import HTML, Markdown

from analysis.pages import assets
from analysis.pages.cards import entries
from analysis.pages.observations import Evidence
from analysis.writing import contradictions as contradicted
from analysis.writing import matrix, prose
from analysis.writing.notebook import Page

_TAG = re.compile(r"<[^>]+>")
_PLACE = re.compile(r'(href="#|\bid=")')
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.S)
#: JupyterLab keeps the browser from going to a place in a page, and so from unfolding it.
_OPEN = (
    'onclick="const place = document.getElementById(this.hash.slice(1)); '
    "for (let e = place; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true; "
    "place?.scrollIntoView({block: 'nearest'}); return false\""
)
_STYLE = (
    "<style>.labour-desk mark{background:#ffe48c;color:#000}"
    ".labour-desk summary{cursor:pointer}.labour-desk summary h3{display:inline}"
    ".labour-desk .evidence{border-left:3px solid #2b7bba;padding-left:1em;margin:1em 0}"
    ".labour-desk dl>div{display:flex;gap:1em}.labour-desk dt{min-width:9em;font-weight:600}"
    ".labour-desk dd{margin:0}</style>"
)


class Shown:
    """What is displayed: as HTML where that can be shown, else as Markdown or text.

    `data` is the text or table alone, as a page has it; `text` is given where it is not what is left
    of the Markdown without its tags.
    """

    def __init__(self, data: str, html: str, markdown: str, text: str = "") -> None:
        self.data = data
        self._html, self._markdown = html, markdown
        self._text = text or unescape(_TAG.sub("", markdown)).strip()

    def __repr__(self) -> str:
        return self._text if self.data else ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        if not self.data:
            return {"text/plain": ""}
        return {"text/html": self._html, "text/markdown": self._markdown, "text/plain": self._text}


def title(page: Page, notebook: str) -> Shown | Markdown:
    """The heading and the first paragraph of a notebook."""
    return _text(prose.title(page, notebook), page)


def say(page: Page, passage: str) -> Shown | Markdown:
    """A passage of a notebook's texts, such as ``"employment/people"``: heading and paragraph.

    Nothing where the page has no figure of what the passage is about, or its conditions fail.
    """
    return _text(prose.say(page, passage), page)


def table(page: Page, rows: pd.DataFrame, columns: Sequence[str] = prose.KEY) -> Shown | HTML:
    """A table of figures with statuses and evidence; nothing where there are no rows.

    `columns`: of `rows`; "figure" is the indicator with its measure and, where it is no year's,
    its period; "value" shows the figure with its interval and link, "prints" what each document
    prints, and a column that `measures.completion` made (``outturn``, ``target``, …) the
    figure it stands for.
    """
    return _table(prose.table(page, rows, columns), page)


def key(page: Page) -> Shown | HTML:
    """The key to the statuses that occur: how each looks in a chart and what it means."""
    made = prose.key(page)
    items = re.findall(r"<li>(.*?)</li>", made.data, re.S)
    lines = "\n".join(f"- {unescape(_TAG.sub('', item)).strip()}" for item in items)
    return made if page.built else Shown(made.data, made.data, lines)


def years_table(page: Page) -> Shown | HTML:
    """All indicators of a region by all years; see `writing.matrix.years_table`."""
    return _table(matrix.years_table(page), page)


def contradictions(page: Page) -> Shown | Markdown:
    """What the reports contradict, in sentences; see `writing.contradictions.contradictions`."""
    return _text(contradicted.contradictions(page), page)


def _table(made: HTML, page: Page) -> Shown | HTML:
    if page.built:
        return made
    return Shown(made.data, with_evidence(made.data, page), _as_markdown(made.data))


def _text(made: Markdown, page: Page) -> Shown | Markdown:
    if page.built:
        return made
    from mistune import create_markdown

    html = str(create_markdown(escape=False)(made.data))
    return Shown(made.data, with_evidence(html, page), _LINK.sub(r"\1", made.data))


def with_evidence(html: str, page: Page) -> str:
    """HTML whose figures lead to their evidence, which stands folded beneath."""
    cards = entries(Evidence(page.root, list(page.regions), page.language), html)
    if not cards:
        return html
    name = escape(assets.texts("desk", page.language)["evidence"])
    return framed(f"{html}<details><summary>{name}</summary>{cards}</details>")


def framed(html: str) -> str:
    """HTML in the desk's style, with places of its own, however often a figure is shown."""
    own = blake2b(html.encode(), digest_size=4).hexdigest()
    placed = _PLACE.sub(lambda match: f"{match[1]}{own}-", html).replace('href="#', f'{_OPEN} href="#')
    return f'<div class="labour-desk">{_STYLE}{placed}</div>'


def listed(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of texts as HTML; a line feed in a cell begins a line."""
    lines = [("th", head), *(("td", row) for row in rows)]
    cells = (("".join(f"<{tag}>{_lines(cell)}</{tag}>" for cell in row)) for tag, row in lines)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in cells)}</table>"


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.split("\n")))


def _as_markdown(html: str) -> str:
    """The rows of HTML tables as tables of Markdown, which other formats are made from."""
    tables = lxml.html.fragment_fromstring(html, create_parent="div").iter("table")
    return "\n\n".join(map(_table_as_markdown, tables))


def _table_as_markdown(table: Any) -> str:
    rows = [[cell.text_content().replace("|", "\\|") for cell in row.iter("th", "td")] for row in table.iter("tr")]
    lines = ["| " + " | ".join(cells) + " |" for cells in rows]
    rule = ["|" + " --- |" * len(rows[0])] if rows else []
    return "\n".join([*lines[:1], *rule, *lines[1:]])

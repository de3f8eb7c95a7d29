"""The way back from a figure to its evidence: references and links.

A reference is ``DOCUMENT#INDICATOR:MEASURE:PERIOD``, on a page of several regions
``REGION/DOCUMENT#…``; a derived figure has one for each figure it was computed from (its
`sources`: ``INDICATOR:MEASURE``, with ``:PERIOD`` where that is another than the figure's own).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from analysis import words
from analysis.words import Row

if TYPE_CHECKING:
    from analysis.notebook import Page


def references(row: Row, page: Page) -> list[str]:
    """The references of a figure, in the order of its sources."""
    period = str(row.get("period") or row.get("year") or "")
    region = str(row.get("region") or page.region)
    ids = str(row.get("sources") or "").split() or [f"{row.get('indicator')}:{row.get('measure')}"]
    found = []
    for id_ in ids:
        indicator, _, rest = id_.partition(":")
        measure, _, when = rest.partition(":")
        when = when or period
        document = page.cites.get((region, indicator, measure, when))
        if not row.get("sources"):
            document = row.get("document") or document
        if document:
            place = f"{region}/{document}" if page.indicator else document
            found.append(f"{place}#{indicator}:{measure}:{when}")
    return list(dict.fromkeys(found))


def anchor_id(reference: str) -> str:
    """The id of the place in a page that holds a reference's evidence."""
    document, _, figure = reference.partition("#")
    indicator, _, rest = figure.partition(":")
    rest = rest.replace(":", "-").replace("/", "--")
    return f"e-{document}-{indicator.replace('.', '-')}-{rest}"


def anchor(row: Row, document: str) -> str:
    """The id of the place that holds what one document says of a figure."""
    return anchor_id(f"{document}#{row['indicator']}:{row['measure']}:{row['period']}")


def href(row: Row, page: Page) -> str:
    """Link to the (first) evidence of a figure; empty where there is none."""
    found = references(row, page)
    return f"#{anchor_id(found[0])}" if found else ""


def figure(row: Row, page: Page) -> str:
    """A figure as HTML: its amount, its status as class, its evidence as link."""
    text = escape(words.amount(row, page.language))
    found = references(row, page)
    if not found:
        return text
    kind = "figure derived" if row.get("sources") else "figure"
    status = str(row["status"])
    title = escape(words.word(f"statuses/{status}", page.language))
    return (
        f'<a class="{kind} {escape(status)}" data-evidence="{escape(" ".join(found))}" '
        f'href="#{escape(anchor_id(found[0]))}" title="{title}">{text}</a>'
    )

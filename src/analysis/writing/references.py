"""The way back from a figure to its evidence: references and links.

A reference is ``DOCUMENT#INDICATOR:MEASURE:PERIOD``, on a page of several regions
``REGION/DOCUMENT#…``; a derived figure has one for each figure it was computed from (its
`sources`: ``INDICATOR:MEASURE``, with ``:PERIOD`` where that is another than the figure's own).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from math import isfinite
from typing import TYPE_CHECKING

from analysis.writing import words
from analysis.writing.words import Row

if TYPE_CHECKING:
    from analysis.writing.notebook import Page


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
    """Link to the evidence of a figure; empty where there is none."""
    found = references(row, page)
    return f"#{_home(row, found)}" if found else ""


def _home(row: Row, found: list[str]) -> str:
    """Where a figure's evidence stands: its document's, or its own where it was computed."""
    first = anchor_id(found[0])
    return f"d-{row['measure']}-{first[2:]}" if row.get("sources") else first


def in_brief(row: Row, page: Page) -> str:
    """A figure as HTML, as a sentence says it."""
    return figure(row, page, words.brief)


def figure(row: Row, page: Page, say: Callable[[Row, str], str] = words.amount) -> str:
    """A figure as HTML: its amount, its status as class, its evidence as link.

    A derived one also carries its name and its formula, for the place that shows its parts.
    """
    text = escape(say(row, page.language))
    found = references(row, page)
    if not found:
        return text
    status, made = str(row["status"]), ""
    if row.get("sources"):
        made = f'data-about="{escape(_about(row, page))}" data-formula="{escape(formula(row, page))}" '
    title = escape(words.word(f"statuses/{status}", page.language))
    return (
        f'<a class="figure {"derived " if made else ""}{escape(status)}" '
        f'data-evidence="{escape(" ".join(found))}" {made}'
        f'href="#{escape(_home(row, found))}" title="{title}">{text}</a>'
    )


def _about(row: Row, page: Page) -> str:
    """The name of a derived figure: what it is of, how it was computed, when."""
    first = str(row["sources"]).split()[0].split(":")[0]
    name = words.full_name(str(row.get("indicator") or first), page.language)
    measure = words.word(f"measures/{row['measure']}", page.language)
    return words.word("phrases/comma", page.language).join([name, measure, str(row["year"])])


def formula(row: Row, page: Page) -> str:
    """How a derived figure follows from its parts: "121% = 34,000 ÷ 28,000 (119.6%–123.2%)".

    Empty where a part is not on the page.
    """
    period = str(row.get("year") or "")
    parts = []
    for id_ in str(row["sources"]).split():
        indicator, measure, when = [*id_.split(":"), period][:3]
        found = _known(page).get((str(row.get("region") or page.region), indicator, measure, when))
        if found is None:
            return ""
        parts.append(words.amount(found, page.language))
    if row["measure"] == "times" and len(parts) > 2:  # a quotient of quotients
        return ""
    before, sign, after = _FORMULAS.get(str(row["measure"]), ("", " ÷ ", ""))
    if "of" in row:  # divided by what is no figure of a report
        after = f" ÷ {words.number(row['of'], page.language)}"
    amount = words.amount(row, page.language)
    text = f"{amount} = {before}{sign.join(parts)}{after}"
    ends = [words.amount({**row, "value": row[end], "bound": ""}, page.language) for end in ("low", "high")]
    if not all(isfinite(row[end]) for end in ("value", "low", "high")) or ends[0] == ends[1]:
        return text
    return f"{text} ({words.amount({**row, 'value': None, 'bound': ''}, page.language)})"


#: What stands before, between and after the parts of a derived figure; else they are divided.
_FORMULAS = {
    "sum": ("", " + ", ""),
    "years_sum": ("", " + ", ""),
    "growth": ("", " ÷ ", " − 100%"),
    "implied_outturn": ("", " × ", ""),
    "per_hundred": ("100 × ", " ÷ ", ""),
    "per_hundred_working": ("100 × ", " ÷ ", ""),
    "per_thousand": ("1,000 × ", " ÷ ", ""),
    "months_covered": ("12 × ", " ÷ ", ""),
}


@lru_cache(maxsize=4)
def _known(page: Page) -> dict[tuple[str, ...], Row]:
    key = ["region", "indicator", "measure", "period"]
    rows = [*page.panel.to_dict("records"), *page.stated.to_dict("records")]
    return {tuple(str(row[column]) for column in key): row for row in rows}

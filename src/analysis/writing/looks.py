"""How the statuses look: one order and one mark for each look, for charts and their key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from analysis import measures
from analysis.codebook.status import Status, settled
from analysis.writing.notebook import Page

#: Looks from the surest to the least sure. All settled statuses look alike.
LOOKS = ("settled", "plausible", "range", "conflict", "unreadable")


def look(status: str) -> str:
    """The look of a status."""
    return "settled" if settled(status) else str(status)


def grouped(statuses: Iterable[str]) -> dict[str, list[str]]:
    """The statuses among `statuses` by look, both in their order; only what occurs."""
    there = {str(status) for status in statuses}
    found: dict[str, list[str]] = {name: [] for name in LOOKS}
    for status in Status:
        if status in there:
            found[look(status)].append(str(status))
    return {name: members for name, members in found.items() if members}


def drawn(row: Mapping[Any, Any], page: Page) -> str:
    """The status a chart draws a figure by: one contradicted by a narrow gap alone is open, and no alarm."""
    if row["status"] != Status.CONFLICT:
        return str(row["status"])
    when = str(row.get("period") or row.get("year") or "")
    ids = str(row.get("sources") or "").split() or [f"{row.get('indicator')}:{row.get('measure')}"]
    gaps = [gap for (figure, period), gap in _gaps(page).items() if period == when and figure in ids]
    return str(Status.PLAUSIBLE if gaps and max(gaps) < measures.WIDE else Status.CONFLICT)


@lru_cache(maxsize=4)
def _gaps(page: Page) -> dict[tuple[str, str], float]:
    return measures.widest(page.edits)

"""How the statuses look: one order and one mark for each look, for charts and their key."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.codebook.status import Status, settled

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

"""The closed vocabulary of the tables: how sure a figure is, what it measures, what became of a number.

Each enumeration stands here alone, in the one order that tables, charts and pages follow; its
words in every language stand in `vocabulary.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Status(StrEnum):
    """How sure a figure is, from the strongest to the weakest."""

    CONFIRMED = "confirmed"
    DECIDED = "decided"
    PRINTED = "printed"
    REPAIRED = "repaired"
    PLAUSIBLE = "plausible"
    RANGE = "range"
    CONFLICT = "conflict"
    UNREADABLE = "unreadable"


class Measure(StrEnum):
    """What a figure says of its indicator."""

    OUTTURN = "outturn"
    TARGET = "target"
    CEILING = "ceiling"
    COMPLETION = "completion"
    CUMULATIVE = "cumulative"


class Fate(StrEnum):
    """What became of a printed number: a figure of the tables, or why it is none."""

    OBSERVATION = "observation"
    ORDINAL = "ordinal"
    NAME = "name"
    DATE = "date"
    DURATION = "duration"
    DEFINITION = "definition"
    UNIT = "unit"
    BOUND = "bound"
    CHANGE = "change"
    SHARE = "share"
    AVERAGE = "average"
    PER_HEAD = "per-head"
    TOTAL = "total"
    TARGET = "target"
    PART_YEAR = "part-year"
    SCOPE = "scope"
    OTHER_SUBJECT = "other-subject"
    OTHER_UNIT = "other-unit"
    UNLINKED = "unlinked"
    NUMBER_MISSING = "number-missing"


#: A promise that the figure can be used unread.
STRONG = (Status.CONFIRMED, Status.DECIDED, Status.PRINTED, Status.REPAIRED)
#: A person is asked.
OPEN = tuple(status for status in Status if status not in STRONG)
#: Measures that somebody set, and so exact whatever digits are printed.
SET = (Measure.TARGET, Measure.CEILING)

_RANK = {status: n for n, status in enumerate(Status)}


def settled(status: str) -> bool:
    """Whether a figure of this status can be used unread; every other one is open.

    Raises
    ------
    ValueError
        for a word that is no status.
    """
    return Status(status) in STRONG


def rank(status: str) -> int:
    """The place of a status in their order; 0 is the strongest."""
    return _RANK[Status(status)]


def weakest(statuses: Iterable[str]) -> Status:
    """The weakest of some statuses: what may be said of a figure computed from all."""
    return Status(max(statuses, key=rank))

"""What a text says a figure has grown or shrunk by since the year before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.reading.readings import readings
from analysis.reading.scenery import Scenery

_BEHIND = 30  # characters behind a change in which last year may be named


@dataclass(frozen=True)
class Change:
    """`indicator` of year `year` is `low` to `high` more than the year before.

    In the indicator's unit, or in percent of last year's level where `relative`; below 0 for a fall.
    """

    indicator: str
    year: int
    relative: bool
    low: Decimal
    high: Decimal
    printed: str


def changes_in(scene: Scenery, stated: dict[int, tuple[str, str, str]]) -> list[Change]:
    """The changes on last year in a sentence; `stated` is indicator, measure, period by numeral.

    A change belongs to the result before it with nothing stated of another indicator between, where
    the words name last year. One whose print is damaged is left out.
    """
    passage = scene.passage
    moved = [i for i in scene.sentence.numerals if passage.fates.get(i) == "change"]
    found = (_change(scene, i, stated) for i in moved)
    return [change for change in found if change]


def _change(scene: Scenery, i: int, stated: dict[int, tuple[str, str, str]]) -> Change | None:
    """What numeral `i`, a change, is a change of."""
    owner = _owner(i, stated)
    if owner is None:
        return None
    indicator, _, period = stated[owner]
    numeral, start = scene.passage.numerals[i], scene.passage.numerals[owner].end
    words = [m for m in scene.sentence.modifiers if start <= m.start < numeral.end + _BEHIND]
    if not any(m.name == "last-year" for m in words):
        return None
    unit = scene.passage.codebook.indicators[indicator].unit
    relative = numeral.unit == "percent" and unit != "percent"
    if not relative and numeral.unit not in ("", unit, "points"):
        return None
    options = readings(numeral, "percent" if relative else unit, scene.passage.codebook)[:1]
    if not options or options[0].damage:
        return None
    low, high = options[0].low, options[0].high
    if any(m.name == "falls" and m.start < numeral.start for m in words):
        low, high = -high, -low
    return Change(indicator, int(period), relative, low, high, numeral.printed)


def _owner(i: int, stated: dict[int, tuple[str, str, str]]) -> int | None:
    """The yearly result before numeral `i` with nothing of another indicator stated between."""
    before = sorted((j for j in stated if j < i), reverse=True)
    for j in before:
        indicator, measure, period = stated[j]
        if indicator != stated[before[0]][0]:
            return None
        if measure == "outturn":
            return j if period.isdecimal() else None
    return None

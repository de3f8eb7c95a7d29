"""What a text says a figure has grown or shrunk by since the year before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.reading.readings import readings
from analysis.reading.scenery import Scenery


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
    passage = scene.passage
    before = [j for j in stated if j < i]
    owner = next((j for j in sorted(before, reverse=True) if stated[j][1] == "outturn"), None)
    if owner is None or not stated[owner][2].isdecimal():
        return None
    indicator = stated[owner][0]
    if any(stated[j][0] != indicator for j in before if j > owner):
        return None
    numeral, start = passage.numerals[i], passage.numerals[owner].end
    words = {m.name for m in scene.sentence.modifiers if start <= m.start < numeral.end + 30}
    if "last-year" not in words:
        return None
    unit = passage.codebook.indicators[indicator].unit
    relative = numeral.unit == "percent" and unit != "percent"
    if not relative and numeral.unit not in ("", unit, "points"):
        return None
    options = readings(numeral, "percent" if relative else unit, passage.codebook)[:1]
    if not options or options[0].damage:
        return None
    falls = any(
        m.name == "falls" and start <= m.start < numeral.start for m in scene.sentence.modifiers
    )
    low, high = options[0].low, options[0].high
    low, high = (-high, -low) if falls else (low, high)
    return Change(indicator, int(stated[owner][2]), relative, low, high, numeral.printed)

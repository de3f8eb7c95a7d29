"""What a text says a figure has grown or shrunk by since the year before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.codebook.status import Fate
from analysis.reading.lists import runs_of
from analysis.reading.numerals import Numeral
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

    A change belongs to the result before it with nothing stated of another indicator between, one of a list to the
    result at its place, where the words name last year. One whose print is damaged is left out.
    """
    passage = scene.passage
    listed = _listed(scene, stated)
    passage.fates |= dict.fromkeys(listed, Fate.CHANGE)
    moved = [i for i in scene.sentence.numerals if passage.fates.get(i) == Fate.CHANGE]
    found = (_change(scene, i, listed.get(i, _owner(i, stated)), stated) for i in moved)
    return [change for change in found if change]


def _listed(scene: Scenery, stated: dict[int, tuple[str, str, str]]) -> dict[int, int | None]:
    """The changes told in lists, each with the result at its place: "分别为2万人、3万人，比上年增加300人、500人"."""
    passage, numbers = scene.passage, scene.sentence.numerals
    out: dict[int, int | None] = {}
    for run in runs_of(passage.folded, [passage.numerals[i] for i in numbers]):
        changes = [numbers[at] for at in run]
        if passage.fates.get(changes[0]) != Fate.CHANGE or any(i in stated for i in changes):
            continue
        before = [i for i in sorted(stated) if i < changes[0] and stated[i][1] == "outturn"][-len(changes) :]
        pairs = before if len({stated[i] for i in before}) == len(changes) else [None] * len(changes)
        out |= dict(zip(changes, pairs, strict=True))
    return out


def _change(scene: Scenery, i: int, owner: int | None, stated: dict[int, tuple[str, str, str]]) -> Change | None:
    """What numeral `i`, a change of the result `owner`, is a change of."""
    if owner is None or not stated[owner][2].isdecimal():
        return None
    indicator, _, period = stated[owner]
    numeral, start = scene.passage.numerals[i], scene.passage.numerals[owner].end
    words = [m for m in scene.sentence.modifiers if start <= m.start < numeral.end + _BEHIND]
    if not any(m.name == "last-year" for m in words):
        return None
    moved = _interval(scene, numeral, scene.passage.codebook.indicators[indicator].unit)
    if moved is None:
        return None
    relative, low, high = moved
    if any(m.name == "falls" and m.start < numeral.start for m in words):
        low, high = -high, -low
    return Change(indicator, int(period), relative, low, high, numeral.printed)


def _interval(scene: Scenery, numeral: Numeral, unit: str) -> tuple[bool, Decimal, Decimal] | None:
    """Whether a change is printed in percent of a level, and its ends; None where the print is damaged."""
    relative = numeral.unit == "percent" and unit != "percent"
    if not relative and numeral.unit not in ("", unit, "points"):
        return None
    options = readings(numeral, "percent" if relative else unit, scene.passage.codebook)[:1]
    if not options or options[0].damage:
        return None
    return relative, options[0].low, options[0].high


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

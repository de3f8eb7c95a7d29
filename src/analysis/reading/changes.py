"""What a text says a figure has grown or shrunk by since the year before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from analysis.reading.clauses import Scene, Sentence
from analysis.reading.readings import readings


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


def changes_in(
    scene: Scene, sentence: Sentence, stated: dict[int, tuple[str, str, str]]
) -> list[Change]:
    """The changes on last year in a sentence; `stated` is indicator, measure, period by numeral.

    A change belongs to the result before it with nothing stated of another indicator between, where
    the words name last year. One whose print is damaged is left out.
    """
    out = []
    for i in sentence.numerals:
        if scene.fates.get(i) != "change":
            continue
        before = [j for j in stated if j < i]
        owner = next((j for j in sorted(before, reverse=True) if stated[j][1] == "outturn"), None)
        if owner is None or not stated[owner][2].isdecimal():
            continue
        indicator = stated[owner][0]
        if any(stated[j][0] != indicator for j in before if j > owner):
            continue
        numeral, start = scene.numerals[i], scene.numerals[owner].end
        around = scene.folded[start : numeral.end + 30]
        if not scene.cue["on_last_year"].search(around):
            continue
        unit = scene.codebook.indicators[indicator].unit
        relative = numeral.unit == "percent" and unit != "percent"
        if not relative and numeral.unit not in ("", unit, "points"):
            continue
        found = readings(
            numeral, "percent" if relative or unit == "percent" else unit, scene.codebook
        )[:1]
        if not found or found[0].damage:
            continue
        falls = scene.cue["falls"].search(scene.folded, start, numeral.start)
        low, high = (-found[0].high, -found[0].low) if falls else (found[0].low, found[0].high)
        out.append(Change(indicator, int(stated[owner][2]), relative, low, high, numeral.printed))
    return out

"""What numerals state, and what the statements of a text say of one another."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import itemgetter

from analysis.codebook.notes import Note
from analysis.codebook.status import SET, Measure
from analysis.reading.candidates import Passage
from analysis.reading.readings import Reading, readings


@dataclass(frozen=True, slots=True)
class Statement:
    """Numeral number `numeral` states `measure` of `indicator` for `period`.

    `sure` is False where the words leave the scope open; `notes` then say so. `loose` where they
    do not name the subject exactly. `margin` is ln of the odds that this is what it states,
    `runner_up` ("indicator measure period") the next best; `because` says what decided.
    """

    numeral: int
    indicator: str
    measure: str
    period: str
    sure: bool = True
    notes: tuple[Note, ...] = ()
    loose: bool = False
    margin: float = math.inf
    runner_up: str = ""
    because: str = ""


def exact_first(statements: Sequence[Statement]) -> list[Statement]:
    """Without figures of a loosely named subject where the text also names it exactly."""
    exact = {(s.indicator, s.measure, s.period) for s in statements if not s.loose}
    return [s for s in statements if not s.loose or (s.indicator, s.measure, s.period) not in exact]


def told_below(statements: Sequence[Statement], passage: Passage) -> list[Statement]:
    """The statements, those of a headline as the text below tells the same figure.

    "城镇新增就业5万人" over "今年将实现城镇新增就业5.02万人" is this year's goal: a headline says
    neither when nor to what end. Where the text tells its figure in two ways, or not, it stays.
    """
    outline, numerals = passage.scopes.outline, passage.numerals
    heads = {s.numeral for s in statements if s.measure not in SET and outline.headline(numerals[s.numeral].start)}
    if not heads:
        return list(statements)
    below = _Told([s for s in statements if s.numeral not in heads], passage)
    return [below.as_told(s) if s.numeral in heads else s for s in statements]


class _Told:
    """What a text tells, found by indicator and value in no more than logarithmic time."""

    def __init__(self, statements: Iterable[Statement], passage: Passage):
        self.passage = passage
        by_key: dict[str, dict[tuple[str, str], list[tuple[Decimal, int, Statement]]]] = {}
        for s in statements:
            if full := _as_printed(s, passage):
                keys = by_key.setdefault(s.indicator, {})
                keys.setdefault((s.measure, s.period), []).append((full.value, s.numeral, s))
        self.by_key = {name: {key: sorted(told) for key, told in keys.items()} for name, keys in by_key.items()}

    def as_told(self, head: Statement) -> Statement:
        """The statement of a headline with measure and period of the one figure that it may be."""
        said = _as_printed(head, self.passage)
        found = [
            full for told in self.by_key.get(head.indicator, {}).values() if said and (full := _within(said, told))
        ]
        if len(found) != 1 or (head.measure, head.period) == (found[0].measure, found[0].period):
            return head
        full = found[0]
        margin = min(head.margin, full.margin)
        return replace(head, measure=full.measure, period=full.period, sure=full.sure, notes=full.notes, margin=margin)


def _within(said: Reading, told: Sequence[tuple[Decimal, int, Statement]]) -> Statement | None:
    """The first figure, by value, that may have been rounded to what a headline says."""
    i = bisect_left(told, said.low, key=itemgetter(0))
    return told[i][2] if i < len(told) and told[i][0] <= said.high else None


def _as_printed(s: Statement, passage: Passage) -> Reading | None:
    rate = s.measure == Measure.COMPLETION
    unit = "percent" if rate else passage.codebook.indicators[s.indicator].unit
    return next(iter(readings(passage.numerals[s.numeral], unit, passage.codebook)), None)

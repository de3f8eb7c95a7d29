"""What numerals state, and what the statements of a text say of one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from analysis.notes import Note
from analysis.reading.candidates import Passage
from analysis.reading.readings import Reading, readings
from analysis.status import SET, Measure


@dataclass(frozen=True)
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
    below = [s for s in statements if s.numeral not in heads]
    return [_as_below(s, below, passage) if s.numeral in heads else s for s in statements]


def _as_below(head: Statement, below: Iterable[Statement], passage: Passage) -> Statement:
    told = {(s.measure, s.period): s for s in below if s.indicator == head.indicator and _one_figure(head, s, passage)}
    if len(told) != 1 or (head.measure, head.period) in told:
        return head
    ((measure, period), full) = told.popitem()
    margin = min(head.margin, full.margin)
    return replace(head, measure=measure, period=period, sure=full.sure, notes=full.notes, margin=margin)


def _one_figure(head: Statement, below: Statement, passage: Passage) -> bool:
    """Whether the number of a headline is, perhaps rounded, one told below."""
    said, full = _as_printed(head, passage), _as_printed(below, passage)
    return said is not None and full is not None and said.low <= full.value <= said.high


def _as_printed(s: Statement, passage: Passage) -> Reading | None:
    rate = s.measure == Measure.COMPLETION
    unit = "percent" if rate else passage.codebook.indicators[s.indicator].unit
    return next(iter(readings(passage.numerals[s.numeral], unit, passage.codebook)), None)

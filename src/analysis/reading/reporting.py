"""The rows that come out: what is claimed of a figure, and what a rule says, as tables have them."""

from __future__ import annotations

from decimal import Decimal

from analysis.codebook import Codebook
from analysis.codebook.notes import Code, note
from analysis.codebook.status import SET, Measure
from analysis.reading.fields import Field
from analysis.reading.glyphs import Numeral
from analysis.reading.outcomes import Outcome
from analysis.reading.readings import readings
from analysis.reading.rows import Decision, EditRow, Observation
from analysis.reading.statements import Statement
from analysis.reading.verdicts import Verdict

Key3 = tuple[str, str, str]
"""Indicator, measure and period of a figure."""


def unit_of(indicator: str, measure: str, codebook: Codebook) -> str:
    """The base unit of an indicator's measure: a rate of completion is in percent."""
    return "percent" if measure == Measure.COMPLETION else codebook.indicators[indicator].unit


def edit_row(o: Outcome, field: Field, period: str) -> EditRow:
    """A rule over figures of a period with its two sides at the readings chosen."""
    keys = (field.figures[i].key for i in o.figures)
    names = " ".join(i if m == Measure.OUTTURN else f"{i}:{m}" for i, m in keys)
    documents = " ".join(dict.fromkeys([field.sources[0], *(field.sources[i] for i in o.figures)]))
    rule = o.edit.rule.id if o.edit else "same-figure"
    return EditRow(
        f"{o.id}@{period}",
        rule,
        o.edit.rule.rule if o.edit else "",
        period,
        names,
        round(o.left, 4),
        round(o.right, 4),
        round(o.left - o.right, 4),
        round(o.tolerance, 4),
        o.holds,
        "hard" if o.hard else "soft",
        documents,
        (note(Code.RULE, rule=rule),),
    )


def observation(
    s: Statement,
    numeral: Numeral,
    v: Verdict,
    decided: dict[Key3, Decision],
    region: str,
    document: str,
    codebook: Codebook,
) -> Observation:
    """A figure as its document states it: a claim on a statement, with what is noted on it."""
    low, high, notes = v.low, v.high, [*s.notes, *v.notes]
    decision = decided.get((s.indicator, s.measure, s.period))
    if decision:
        notes.append(note(Code.DECIDED, who=decision.who, why=decision.why))
        said = readings(numeral, unit_of(s.indicator, s.measure, codebook), codebook)
        if said and not any(r.low <= decision.value <= r.high for r in said):
            notes.append(note(Code.AGAINST_PRINT, print=numeral.printed))
    elif numeral.about:
        notes.append(note(Code.ABOUT))
        if low is not None and high is not None and not numeral.bound and s.measure not in SET:
            low, high = low * Decimal("0.95"), high * Decimal("1.05")
    if numeral.sign:
        notes.append(note(Code.DOLLARS))
    bound = "at_most" if s.measure == Measure.CEILING else numeral.bound
    return Observation(
        region,
        document,
        s.period,
        s.indicator,
        s.measure,
        v.value,
        low,
        high,
        bound,
        unit_of(s.indicator, s.measure, codebook),
        v.status,
        numeral.printed,
        numeral.start,
        numeral.end,
        " ".join(v.basis),
        v.runner_up,
        v.candidates,
        v.reach,
        tuple(dict.fromkeys(notes)),
    )

"""From statements to observations: the figures of each period settled together, and claimed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.codebook import Codebook
from analysis.codebook.notes import Code, Note, note
from analysis.codebook.status import STRONG, Measure
from analysis.reading.edits import Edit, Key, applicable
from analysis.reading.fields import Field
from analysis.reading.figures import Figure, Settled, usual_cost
from analysis.reading.numerals import Numeral
from analysis.reading.outcomes import Ground, Outcome, outcome, twice
from analysis.reading.readings import Reading, readings
from analysis.reading.reconcile import settle
from analysis.reading.reporting import Key3, edit_row, observation, unit_of
from analysis.reading.rows import Decision, EditRow, Observation, Parsed, Report
from analysis.reading.scale import LOST, Held, amiss_elsewhere, doubts, out_of_scale
from analysis.reading.statements import Statement
from analysis.reading.verdicts import CLEAR, LINKED, Case, Verdict, verdict

_LEVELS = (Measure.OUTTURN, Measure.TARGET, Measure.CEILING)  # what usual levels hold for
_READINGS = 14  # of one figure, the cheapest
_JOIN = 8  # characters between numbers of a list, of which the last has the unit
_FULL = re.compile(r"\d{1,3}(,\d{3})+|\d{4,}")

Stated = list[tuple[Statement, Numeral]]


def judge(
    parsed: Parsed,
    region: str,
    document: str,
    others: Iterable[Observation],
    decisions: Sequence[Decision],
    codebook: Codebook,
    level: str = "city",
    people: int | None = None,
) -> Report:
    """Settle the stated figures period by period; observations in the order of the text.

    `others` are observations of the region's other documents, `decisions` a person's on this one's figures; `level`
    is the kind of place, whose usual levels hold; `people` how many live there, where that is known.
    """
    stated = parsed.stated
    known: dict[str, list[Observation]] = {}
    for other in others:
        if other.document != document and other.status in STRONG and other.value is not None:
            known.setdefault(other.period, []).append(other)
    decided = _applying(decisions, stated)
    held: dict[int, Held] = {}
    edits: list[EditRow] = []
    for period in sorted({s.period for s, _ in stated}):
        numbers = [n for n, (s, _) in enumerate(stated) if s.period == period]
        part = [stated[n] for n in numbers]
        figures = [_figure(*stated[n], codebook, decided, (level, people), parsed.given.get(n)) for n in numbers]
        field = Field(figures, known.get(period, []), document)
        found, rows = _settle(field, part, period, codebook, level)
        edits += rows
        held |= dict(zip(numbers, found, strict=True))
    ordered = [held[n] for n in range(len(stated))]
    weaker = amiss_elsewhere(ordered)
    observations = [
        observation(s, numeral, weaker.get(n, ordered[n].verdict), decided, region, document, codebook)
        for n, (s, numeral) in enumerate(stated)
    ]
    return Report(observations, parsed.numerals, edits)


def _applying(decisions: Sequence[Decision], stated: Stated) -> dict[Key3, Decision]:
    """Decisions by the figure they are on; not those made on another print (see `decisions.idle`)."""
    prints: dict[Key3, set[str]] = {}
    for s, numeral in stated:
        prints.setdefault((s.indicator, s.measure, s.period), set()).add(numeral.printed)
    keyed = (((d.indicator, d.measure, d.period), d) for d in decisions)
    return {key: d for key, d in keyed if key in prints and d.printed in ("", *prints[key])}


def _figure(
    s: Statement,
    numeral: Numeral,
    codebook: Codebook,
    decided: dict[Key3, Decision],
    place: tuple[str, int | None],
    given: Reading | None,
) -> Figure:
    usual = s.measure in _LEVELS and "/" not in s.period
    typical = codebook.indicators[s.indicator].typical_at(*place) if usual else None
    key = (s.indicator, str(s.measure))
    if decision := decided.get((*key, s.period)):
        value = (decision.value,) * 3
        return Figure(key, (Reading(*value),), bound=numeral.bound, decided=decision.who)
    if given is not None:
        return Figure(key, (given,), bound=numeral.bound)
    options = readings(numeral, unit_of(s.indicator, s.measure, codebook), codebook)
    return Figure(key, tuple(options[:_READINGS]), typical, bound=numeral.bound)


def _settle(
    field: Field, part: Stated, period: str, codebook: Codebook, level: str
) -> tuple[list[Held], list[EditRow]]:
    """What is held of a period's figures, and the rules over them."""
    edits = _rules_over(field, period, codebook, level)
    figures = _tried(field, edits)
    unsure = {i for i, (s, _) in zip(field.stands, part, strict=True) if _unsure(s)}
    ground = Ground(figures, settle(figures, edits, list(field.ties)), unsure)
    outcomes = _outcomes(field, edits, ground)
    amiss = {i for i, (_, numeral) in enumerate(part) if _scale_word_amiss(numeral)}
    doubted = doubts(figures, ground.settled, outcomes, edits, amiss)
    verdicts = [
        doubted[i].verdict(i, figures[i], claim) if i in doubted and claim.value is not None else claim
        for i, claim in zip(field.stands, _verdicts(field, part, ground, outcomes, codebook), strict=True)
    ]
    held = [
        _held(figures[i], ground.settled[i], claim, numeral, codebook)
        for i, claim, (_, numeral) in zip(field.stands, verdicts, part, strict=True)
    ]
    return held, [edit_row(o, field, period) for o in outcomes]


def _tried(field: Field, edits: list[tuple[Edit, dict[Key, int]]]) -> list[Figure]:
    """The figures with the readings to choose from: damage is assumed only where an identity may show it."""
    bound = {i for e, at in edits if e.hard and e.equality for i in at.values()}
    return [f if i in bound else _as_written(f) for i, f in enumerate(field.figures)]


def _rules_over(field: Field, period: str, codebook: Codebook, level: str) -> list[tuple[Edit, dict[Key, int]]]:
    """The rules over figures of which the document states one, each with the figures it compares."""
    rules = (
        (edit, {k: field.first[k] for k in edit.figures}) for edit in applicable(codebook, field.keys(), period, level)
    )
    return [(e, at) for e, at in rules if any(i < field.own for i in at.values()) and field.one_task(e, at)]


def _held(figure: Figure, settled: Settled | None, claim: Verdict, numeral: Numeral, codebook: Codebook) -> Held:
    """What is held of one figure: nothing of one whose scale is beyond all that is known."""
    if settled is not None and out_of_scale(figure, settled.best, claim):
        claim = LOST
    money = unit_of(*figure.key, codebook) == "yuan"
    return Held(figure, settled, claim, (numeral.scale, money))


def _outcomes(field: Field, edits: list[tuple[Edit, dict[Key, int]]], ground: Ground) -> list[Outcome]:
    """All rules and ties at the readings chosen, hard ones first."""
    found = [outcome(edit, at, ground) for edit, at in edits]
    found += [twice(tie, name, ground, proves) for tie, (name, proves) in field.ties.items()]
    found = [replace(o, chance=1.0) if field.silent & set(o.figures) else o for o in found]
    return sorted(found, key=lambda o: (not o.hard, o.id))


def _verdicts(field: Field, part: Stated, ground: Ground, outcomes: list[Outcome], codebook: Codebook) -> list[Verdict]:
    given = set(range(field.own, len(field.figures))) - field.silent
    proven = {i for o in outcomes if o.proves for i in o.figures} | given
    about: dict[int, list[Outcome]] = {}
    for o in outcomes:
        for i in o.figures:
            about.setdefault(i, []).append(o)
    out = []
    for n, i in enumerate(field.stands):
        questions = _questions(n, part, ground, codebook)
        case = Case(i, ground, about.get(i, []), proven, _doubts(part[n][0]), questions)
        out.append(verdict(case))
    return out


def _doubts(s: Statement) -> tuple[Note, ...]:
    """Why the words of a statement carry no strong status, whatever its digits are."""
    why = [n for n in s.notes if not s.sure or n.code == Code.UNDATED]
    if s.loose:
        why.append(note(Code.LOOSE))
    if s.margin < CLEAR:
        why.append(_otherwise(s))
    elif not (s.sure or why):
        why.append(note(Code.UNSURE))
    return tuple(why)


def _unsure(s: Statement) -> bool:
    """Whether a statement may well be of something else, so that it proves nothing of others."""
    return s.loose or not s.sure or s.margin < LINKED


def _otherwise(s: Statement) -> Note:
    """What else a number may state."""
    other = s.runner_up.split()
    if len(other) != 3:
        return note(Code.UNSURE)
    return note(Code.OTHERWISE, **dict(zip(("indicator", "measure", "period"), other, strict=True)))


def _questions(n: int, part: Stated, ground: Ground, codebook: Codebook) -> tuple[Note, ...]:
    """Why a figure is asked about unless an identity proves it.

    No unit, an unusual level, something else that it may well state.
    """
    s, figure = part[n][0], ground.figures[n]
    why = [_otherwise(s)] if CLEAR <= s.margin < LINKED else []
    if unit_of(s.indicator, s.measure, codebook) == "people" and _bare(n, part):
        why.append(note(Code.NO_UNIT))
    settled = ground.settled[n]
    if figure.typical and settled is not None and usual_cost(figure, figure.readings[settled.best]):
        low, high = (Decimal(repr(end)) for end in figure.typical)
        why.append(note(Code.LEVEL, low=low, high=high))
    return tuple(why)


def _bare(n: int, part: Stated) -> bool:
    """Whether neither a translated number nor the list it stands in has a unit.

    In Chinese a measure word stands behind a count. Heads written out to the last digit ("119,700") need none: of 570
    such figures in labelled reports 99 in 100 are right, of 100 others without unit 85.
    """
    here = part[n][1]
    if here.chinese or (here.scale == 0 and _FULL.fullmatch(here.glyphs)):
        return False
    for _, other in part[n:]:
        if other.start - here.end > _JOIN:
            return True
        if other.unit == "people":
            return False
        here = other
    return True


def _scale_word_amiss(numeral: Numeral) -> bool:
    """Whether a translation may have put 亿 as billion, or 万 as million of what is no money."""
    return not numeral.chinese and (numeral.scale == 9 or (numeral.scale == 6 and numeral.unit != "yuan"))


def _as_written(figure: Figure) -> Figure:
    """Without the readings that change digits: only an equality could speak for one."""
    kept = tuple(r for r in figure.readings if "transposed" not in r.damage)
    return replace(figure, readings=kept or figure.readings)

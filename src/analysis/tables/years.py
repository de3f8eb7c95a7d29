"""Figures of one year held against those of others: totals over years, changes, levels."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.codebook import Codebook, periods
from analysis.codebook.expressions import BEFORE
from analysis.codebook.notes import Code, note
from analysis.codebook.status import STRONG, Measure, Status, rank
from analysis.reading import EditRow, Observation
from analysis.reading.changes import Change
from analysis.reading.edits import Edit, applicable
from analysis.reading.figures import meet, unit_in_last_place
from analysis.reading.outcomes import BLIND
from analysis.system.project import parse_name
from analysis.tables.panel import width

YEARS_ADD_UP = "years-add-up"
LEVEL_CHANGE = "level-change"
FAR = 10  # a level this many times off all other years is asked about
_NEAR = Decimal("0.02")  # a change known no closer than this share of the level proves nothing
_LEVELS = (Measure.OUTTURN, Measure.TARGET)
Yearly = dict[tuple[str, int], Observation]


def check_years(
    observations: Sequence[Observation], changes: Mapping[str, Sequence[Change]]
) -> tuple[list[Observation], list[EditRow]]:
    """Hold yearly figures of a region against their totals, stated changes and other years.

    `changes` are those each document states, by its name. What agrees is confirmed as far as the
    rounding lets it; a total that does not is a conflict (the yearly figures keep their status:
    each was printed as a year's result); a change that does not is noted, for levels are revised
    and schemes redrawn; a level ten times off all other years is asked about.
    """
    out, edits = check_totals(observations)
    yearly = _yearly(out)
    for document, change in ((document, change) for document, stated in changes.items() for change in stated):
        before = yearly.get((change.indicator, change.year - 1))
        if before is None:
            continue
        key = (document, change.indicator, Measure.OUTTURN, str(change.year))
        for n, o in enumerate(out):
            if (o.document, o.indicator, o.measure, o.period) == key and o.status in STRONG:
                edits.append(_change_edit(o, before, change))
                out[n] = _changed(o, before, change, edits[-1])
    return check_levels(out), edits


def check_totals(observations: Sequence[Observation]) -> tuple[list[Observation], list[EditRow]]:
    """Hold totals over several years against the yearly figures, where all years are known."""
    yearly = _yearly(observations)
    out, edits = list(observations), []
    for n, o in enumerate(observations):
        span = periods.parse_period(o.period)
        if o.measure != Measure.CUMULATIVE or o.value is None or not span.several:
            continue
        first, last = span.first, span.last
        years = [p for y in range(first, last + 1) if (p := yearly.get((o.indicator, y)))]
        if len(years) < last - first + 1:
            continue
        edits.append(_total_edit(o, years))
        if not edits[-1].holds:
            out[n] = _off_total(o, years)
            continue
        rounding = [width(p) for p in years]
        out[n] = _confirmed(o, YEARS_ADD_UP, sum(rounding, Decimal(0)))
        for m, p in enumerate(observations):
            if p in years:
                others = sum(rounding, Decimal(0)) - width(p) + width(o)
                out[m] = _confirmed(out[m], YEARS_ADD_UP, others)
    return out, edits


def check_rules(
    observations: Sequence[Observation], codebook: Codebook, level: str
) -> tuple[list[Observation], list[EditRow]]:
    """Hold the strongest results of each year against those of the year before.

    The rules are those of the codebook that name a result `.before`. What does not agree is said
    of the first figure of the rule; it changes no status, for schemes are redrawn and funds merged.
    """
    yearly, out, edits = _yearly(observations), list(observations), []
    for year in sorted({year for _, year in yearly}):
        at = {(i, str(Measure.OUTTURN)): o for (i, y), o in yearly.items() if y == year}
        at |= {(i, BEFORE): o for (i, y), o in yearly.items() if y == year - 1}
        rules = applicable(codebook, at, str(year), level)
        for edit in [e for e in rules if any(measure == BEFORE for _, measure in e.figures)]:
            used = [at[key] for key in edit.figures]
            edits.append(_rule_edit(edit, used, str(year)))
            if not edits[-1].holds:
                n = out.index(used[0])
                out[n] = replace(out[n], notes=(*out[n].notes, note(Code.DISAGREES, rule=edit.rule.id)))
    return out, edits


def _rule_edit(edit: Edit, used: Sequence[Observation], period: str) -> EditRow:
    """A rule that bounds the second of its sides by the first and the last."""
    bounds = [(float(o.low or 0), float(o.high or math.inf)) for o in used]
    low, middle, high = (sum(side) / 2 for side in edit.check.sides(bounds))
    names = " ".join(i if m == Measure.OUTTURN else f"{i}:{m}" for i, m in edit.figures)
    return EditRow(
        f"{edit.id}@{period}",
        edit.rule.id,
        edit.rule.rule,
        period,
        names,
        round((low + high) / 2, 4),
        round(middle, 4),
        round((low + high) / 2 - middle, 4),
        round((high - low) / 2, 4),
        edit.check.holds(bounds),
        edit.rule.kind,
        " ".join(dict.fromkeys(o.document for o in used)),
        (note(Code.RULE, rule=edit.rule.id),),
    )


def check_levels(observations: Sequence[Observation]) -> list[Observation]:
    """Ask about levels that lie ten times off those of all other years of their indicator.

    Rates are left out, and part of a year is held against none.
    """
    known: dict[str, list[tuple[str, Decimal]]] = {}
    for o in observations:
        if o.value and o.status in STRONG and o.unit != "percent" and _year(o):
            known.setdefault(o.indicator, []).append((o.period, o.value))
    return [_asked(o, known.get(o.indicator, ())) for o in observations]


def _asked(o: Observation, known: Iterable[tuple[str, Decimal]]) -> Observation:
    others = [value for period, value in known if period != o.period]
    if not o.value or o.measure not in _LEVELS or o.unit == "percent" or not _year(o):
        return o
    if not others or min(others) / FAR < o.value < max(others) * FAR:
        return o
    status = Status.PLAUSIBLE if o.status in (Status.PRINTED, Status.REPAIRED) else o.status
    says = note(Code.OTHER_YEARS, low=min(others), high=max(others))
    return replace(o, status=status, notes=(*o.notes, says))


def _yearly(observations: Sequence[Observation]) -> Yearly:
    """The strongest result of each indicator and year."""
    yearly: Yearly = {}
    for o in observations:
        if o.measure == Measure.OUTTURN and o.status in STRONG and (year := _year(o)):
            key = (o.indicator, year)
            if key not in yearly or rank(o.status) < rank(yearly[key].status):
                yearly[key] = o
    return yearly


def _year(o: Observation) -> int | None:
    return periods.parse_period(o.period).year


def _total_edit(o: Observation, years: Sequence[Observation]) -> EditRow:
    assert o.value is not None and o.low is not None and o.high is not None
    low, high, total = (_sum(years, side) for side in ("low", "high", "value"))
    holds = meet((float(low), float(high)), (float(o.low), float(o.high)))
    documents = " ".join(dict.fromkeys([o.document, *(p.document for p in years)]))
    return EditRow(
        f"{YEARS_ADD_UP}:{o.indicator}@{o.period}",
        YEARS_ADD_UP,
        f"{o.indicator}.cumulative == sum of {o.indicator} over its years",
        o.period,
        f"{o.indicator}:cumulative {o.indicator}",
        float(o.value),
        float(total),
        float(o.value - total),
        float((o.high - o.low + high - low) / 2),
        holds,
        "hard",
        documents,
        (note(Code.RULE, rule=YEARS_ADD_UP),),
    )


def _off_total(o: Observation, years: Sequence[Observation]) -> Observation:
    assert o.low is not None and o.high is not None
    total = _sum(years, "value")
    says = note(Code.YEARS_SUM, first=years[0].period, last=years[-1].period, value=total)
    return replace(
        o,
        status=Status.CONFLICT,
        low=min(o.low, total),
        high=max(o.high, total),
        basis=f"{o.basis} {YEARS_ADD_UP}".strip(),
        notes=(says,),
    )


def _sum(years: Sequence[Observation], side: str) -> Decimal:
    return sum((b for p in years if (b := getattr(p, side)) is not None), Decimal(0))


def _expected(before: Observation, change: Change) -> tuple[Decimal, Decimal]:
    assert before.low is not None and before.high is not None
    if change.relative:
        return before.low * (1 + change.low / 100), before.high * (1 + change.high / 100)
    return before.low + change.low, before.high + change.high


def _change_edit(o: Observation, before: Observation, change: Change) -> EditRow:
    """A printed change on last year as a rule over both levels."""
    assert o.low is not None and o.high is not None and o.value is not None
    low, high = _expected(before, change)
    middle = (low + high) / 2
    holds = meet((float(low), float(high)), (float(o.low), float(o.high)))
    last = f"{o.indicator} of {change.year - 1}"
    rule = f"{o.indicator} == {last} * (1 + change / 100)" if change.relative else (f"{o.indicator} == {last} + change")
    return EditRow(
        f"{LEVEL_CHANGE}:{o.indicator}@{o.period}",
        LEVEL_CHANGE,
        rule,
        o.period,
        o.indicator,
        float(o.value),
        round(float(middle), 4),
        round(float(o.value - middle), 4),
        round(float((high - low + o.high - o.low) / 2), 4),
        holds,
        "soft" if change.relative else "hard",
        " ".join(dict.fromkeys([o.document, before.document])),
        (note(Code.PRINTED_CHANGE, change=change.printed),),
    )


def _changed(o: Observation, before: Observation, change: Change, edit: EditRow) -> Observation:
    low, high = _expected(before, change)
    if edit.holds:
        telling = edit.kind == "hard" and o.value and high - low <= _NEAR * o.value
        other = parse_name(o.document) != parse_name(before.document)
        return _confirmed(o, LEVEL_CHANGE, high - low) if telling and other else o
    value = Decimal(f"{(low + high) / 2:.6g}")
    says = note(Code.CHANGE_DIFFERS, change=change.printed, value=value)
    return replace(o, notes=(*o.notes, says))


def _confirmed(o: Observation, rule: str, blur: Decimal) -> Observation:
    """Confirmed by a rule that holds for anything within `blur` of it, where that is little.

    What it would hold for as well is the figure's reach, where that is more than its rounding.
    """
    if o.value is None or o.low is None or o.high is None:
        return o
    basis = o.basis if rule in o.basis.split() else f"{o.basis} {rule}".strip()
    step = unit_in_last_place(o.value, o.low, o.high)
    if o.status != Status.PRINTED or float(blur) > BLIND * step:
        return replace(o, basis=basis)
    half = blur / 2
    wide = (o.value - half, o.value + half) if float(blur) > step else None
    return replace(o, status=Status.CONFIRMED, basis=basis, reach=wide)

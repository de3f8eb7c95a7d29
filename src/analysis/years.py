"""Figures of one year held against those of others: totals over years, changes on the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis import periods
from analysis.documents import parse_name
from analysis.notes import Code, note
from analysis.reading import EditRow, Observation
from analysis.reading.changes import Change
from analysis.reading.reconcile import meet
from analysis.status import STRONG, Status, rank

YEARS_ADD_UP = "years-add-up"
LEVEL_CHANGE = "level-change"
_NEAR = Decimal("0.02")  # a change known no closer than this share of the level proves nothing


def check_years(
    observations: Sequence[Observation], changes: Mapping[str, Sequence[Change]]
) -> tuple[list[Observation], list[EditRow]]:
    """Hold yearly figures of a region against their totals and against stated changes.

    `changes` are those each document states, by its name. What agrees is confirmed; a total that
    does not is a conflict (the yearly figures keep their status: each was printed as a year's
    result); a change that does not is noted, for levels are revised and schemes redrawn.
    """
    out, edits = check_totals(observations)
    yearly = _yearly(out)
    for document, stated in changes.items():
        for change in stated:
            before = yearly.get((change.indicator, change.year - 1))
            for n, o in enumerate(out):
                mine = (o.document, o.indicator, o.measure, o.period) == (
                    document, change.indicator, "outturn", str(change.year))  # fmt: skip
                if mine and o.status in STRONG and before is not None:
                    edits.append(_change_edit(o, before, change))
                    out[n] = _changed(o, before, change, edits[-1])
    return out, edits


def check_totals(observations: Sequence[Observation]) -> tuple[list[Observation], list[EditRow]]:
    """Hold totals over several years against the yearly figures, where all years are known."""
    yearly = _yearly(observations)
    out, edits = list(observations), []
    for n, o in enumerate(observations):
        span = periods.parse(o.period)
        if o.measure != "cumulative" or o.value is None or not span.several:
            continue
        first, last = span.first, span.last
        parts = [yearly.get((o.indicator, y)) for y in range(first, last + 1)]
        years = [p for p in parts if p is not None]
        if len(years) < len(parts):
            continue
        low, high = (sum((b for p in years if (b := getattr(p, side)) is not None), Decimal(0))
                     for side in ("low", "high"))  # fmt: skip
        total = sum((p.value for p in years if p.value is not None), Decimal(0))
        assert o.low is not None and o.high is not None
        holds = meet((float(low), float(high)), (float(o.low), float(o.high)))
        documents = " ".join(dict.fromkeys([o.document, *(p.document for p in years)]))
        edits.append(EditRow(
            f"{YEARS_ADD_UP}:{o.indicator}@{o.period}", YEARS_ADD_UP,
            f"{o.indicator}.cumulative == sum of {o.indicator} over its years", o.period,
            f"{o.indicator}:cumulative {o.indicator}", float(o.value), float(total),
            float(o.value - total), float((o.high - o.low + high - low) / 2), holds, "hard",
            documents, (note(Code.RULE, rule=YEARS_ADD_UP),)))  # fmt: skip
        if holds:
            for m, p in enumerate(observations):
                if p is o or p in years:
                    out[m] = _confirmed(out[m], YEARS_ADD_UP)
        else:
            out[n] = replace(o, status="conflict", low=min(o.low, total), high=max(o.high, total),
                             basis=f"{o.basis} {YEARS_ADD_UP}".strip(),
                             notes=(note(Code.YEARS_SUM, first=first, last=last, value=total),))  # fmt: skip
    return out, edits


def _yearly(observations: Sequence[Observation]) -> dict[tuple[str, int], Observation]:
    """The strongest result of each indicator and year."""
    yearly: dict[tuple[str, int], Observation] = {}
    for o in observations:
        if o.measure == "outturn" and o.status in STRONG and (year := periods.parse(o.period).year):
            key = (o.indicator, year)
            if key not in yearly or rank(o.status) < rank(yearly[key].status):
                yearly[key] = o
    return yearly


def _expected(before: Observation, change: Change) -> tuple[Decimal, Decimal]:
    assert before.low is not None and before.high is not None
    if change.relative:
        return before.low * (1 + change.low / 100), before.high * (1 + change.high / 100)
    return before.low + change.low, before.high + change.high


def _change_edit(o: Observation, before: Observation, change: Change) -> EditRow:
    assert o.low is not None and o.high is not None and o.value is not None
    low, high = _expected(before, change)
    middle = (low + high) / 2
    holds = meet((float(low), float(high)), (float(o.low), float(o.high)))
    last = f"{o.indicator} of {change.year - 1}"
    rule = f"{o.indicator} == {last} * (1 + change / 100)" if change.relative else (
        f"{o.indicator} == {last} + change")  # fmt: skip
    return EditRow(f"{LEVEL_CHANGE}:{o.indicator}@{o.period}", LEVEL_CHANGE, rule, o.period,
                   o.indicator, float(o.value), round(float(middle), 4),
                   round(float(o.value - middle), 4), round(float((high - low + o.high - o.low) / 2), 4),
                   holds, "soft" if change.relative else "hard",
                   " ".join(dict.fromkeys([o.document, before.document])),
                   (note(Code.PRINTED_CHANGE, change=change.printed),))  # fmt: skip


def _changed(o: Observation, before: Observation, change: Change, edit: EditRow) -> Observation:
    low, high = _expected(before, change)
    if edit.holds:
        telling = edit.kind == "hard" and o.value and high - low <= _NEAR * o.value
        other = parse_name(o.document) != parse_name(before.document)
        return _confirmed(o, LEVEL_CHANGE) if telling and other else o
    value = Decimal(f"{(low + high) / 2:.6g}")
    return replace(
        o, notes=(*o.notes, note(Code.CHANGE_DIFFERS, change=change.printed, value=value))
    )


def _confirmed(o: Observation, rule: str) -> Observation:
    status = Status.CONFIRMED if o.status == Status.PRINTED else o.status
    basis = o.basis if rule in o.basis.split() else f"{o.basis} {rule}".strip()
    return replace(o, status=status, basis=basis)

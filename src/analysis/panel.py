"""All documents of a region together: checks across years, and one row per year and figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.reading import EditRow, Observation
from analysis.reading.reconcile import meet
from analysis.reading.verdicts import STRONG

YEARS_ADD_UP = "years-add-up"
_ORDER = ("confirmed", "printed", "repaired", "plausible", "conflict", "range", "unreadable")


@dataclass(frozen=True)
class PanelRow:
    """One row of panel.csv; value, low and high in base units or None."""

    region: str
    year: int
    indicator: str
    measure: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    unit: str
    status: str
    documents: str
    note: str


def check_totals(observations: list[Observation]) -> tuple[list[Observation], list[EditRow]]:
    """Hold totals over several years against the yearly figures, where all years are known.

    A total that agrees confirms itself and its years; one that does not is a conflict (the
    yearly figures keep their status: each was printed as a year's result).
    """
    yearly: dict[tuple[str, int], Observation] = {}
    for o in observations:
        if o.measure == "outturn" and o.period.isdigit() and o.status in STRONG:
            key = (o.indicator, int(o.period))
            if key not in yearly or _rank(o) < _rank(yearly[key]):
                yearly[key] = o
    out, edits = list(observations), []
    for n, o in enumerate(observations):
        if o.measure != "cumulative" or o.value is None or "-" not in o.period:
            continue
        first, last = map(int, o.period.split("-"))
        parts = [yearly.get((o.indicator, y)) for y in range(first, last + 1)]
        if any(p is None for p in parts):
            continue
        years = [p for p in parts if p is not None]
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
            documents, "a total over several years is the sum of the yearly figures"))  # fmt: skip
        if holds:
            out[n] = _confirmed(o)
            members = {(p.document, p.indicator, p.period, p.start) for p in years}
            for m, p in enumerate(out):
                if (
                    p.measure == "outturn"
                    and (p.document, p.indicator, p.period, p.start) in members
                ):
                    out[m] = _confirmed(p)
        else:
            out[n] = replace(o, status="conflict", low=min(o.low, total), high=max(o.high, total),
                             basis=f"{o.basis} {YEARS_ADD_UP}".strip(),
                             note=f"the yearly figures {first} to {last} add up to {total:,}")  # fmt: skip
    return out, edits


def _confirmed(o: Observation) -> Observation:
    status = "confirmed" if o.status == "printed" else o.status
    basis = o.basis if YEARS_ADD_UP in o.basis.split() else f"{o.basis} {YEARS_ADD_UP}".strip()
    return replace(o, status=status, basis=basis)


def _rank(o: Observation) -> int:
    return _ORDER.index(o.status)


def panel(observations: Iterable[Observation]) -> list[PanelRow]:
    """One row per year, indicator and measure; totals over several years stay with their documents.

    The strongest figure stands; others that disagree make the row a conflict, and two targets
    for one figure are both named.
    """
    groups: dict[tuple[int, str, str], list[Observation]] = {}
    for o in observations:
        if o.period.isdigit():
            groups.setdefault((int(o.period), o.indicator, o.measure), []).append(o)
    return [_row(key, groups[key]) for key in sorted(groups)]


def _row(key: tuple[int, str, str], group: list[Observation]) -> PanelRow:
    year, indicator, measure = key
    stated = [o for o in group if o.value is not None]
    support = {id(o): sum(_agree(o, p) for p in stated) for o in stated}
    ranked = sorted(
        stated, key=lambda o: (_rank(o), -support[id(o)], _width(o), o.document)
    ) or sorted(group, key=lambda o: (_rank(o), o.document))
    if measure == "target":
        ranked.sort(key=lambda o: (-support.get(id(o), 0), _rank(o)))
    best = ranked[0]
    documents = " ".join(sorted({o.document for o in group}))
    status, low, high, note = best.status, best.low, best.high, best.note
    rivals = [
        o
        for o in ranked[1:]
        if o.status in STRONG and best.value is not None and not _agree(o, best)
    ]
    if rivals:
        others = " and ".join(f"{o.value:,} in {o.document}" for o in rivals)
        if measure == "target" and support[id(best)] > max(support[id(o)] for o in rivals):
            note = f"another target is printed: {others}"
        else:
            status, note = "conflict", f"also printed: {others}"
            low = min(x.low for x in (best, *rivals) if x.low is not None)
            high = max(x.high for x in (best, *rivals) if x.high is not None)
    elif best.status == "printed" and len({o.document for o in ranked if o.status in STRONG}) > 1:
        status = "confirmed"
    return PanelRow(best.region, year, indicator, measure, best.value, low, high, best.bound,
                    best.unit, status, documents, note)  # fmt: skip


def _width(o: Observation) -> Decimal:
    return (o.high - o.low) if o.high is not None and o.low is not None else Decimal(0)


def _agree(a: Observation, b: Observation) -> bool:
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return False
    return meet((float(a.low), float(a.high)), (float(b.low), float(b.high)))

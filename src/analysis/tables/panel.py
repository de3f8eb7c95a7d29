"""All documents of a region together: one row per year and figure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from analysis import periods
from analysis.notes import Code, Note, note
from analysis.reading import Observation
from analysis.reading.edits import Bounds
from analysis.reading.figures import same
from analysis.status import SET, STRONG, Measure, Status, rank


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
    notes: tuple[Note, ...] = ()


def panel(observations: Iterable[Observation]) -> list[PanelRow]:
    """One row per year, indicator and measure; totals over several years and parts of one stay with their documents.

    The strongest figure stands; others that disagree make the row a conflict, and two targets
    for one figure are both named.
    """
    groups: dict[tuple[int, str, str], list[Observation]] = {}
    for o in observations:
        if year := periods.parse_period(o.period).year:
            groups.setdefault((year, o.indicator, o.measure), []).append(o)
    return [_row(key, groups[key]) for key in sorted(groups)]


def _row(key: tuple[int, str, str], group: list[Observation]) -> PanelRow:
    year, indicator, measure = key
    stated = [o for o in group if o.value is not None] or group
    support = {id(o): sum(_agree(o, p) for p in stated) for o in stated}
    best = _best(stated, support, measure)
    rivals = [o for o in stated if _rivals(o, best)]
    outvoted = all(support[id(best)] > support[id(o)] for o in rivals)
    status, notes = best.status, best.notes
    low, high = best.claimed.low, best.claimed.high
    if rivals and (status == Status.DECIDED or (measure == Measure.TARGET and outvoted)):
        code = Code.OTHER_TARGET if measure == Measure.TARGET else Code.ALSO_PRINTED
        notes = (*notes, *_named(code, rivals))
    elif rivals:
        status, notes = Status.CONFLICT, _named(Code.ALSO_PRINTED, rivals)
        low = min(x.low for x in (best, *rivals) if x.low is not None)
        high = max(x.high for x in (best, *rivals) if x.high is not None)
    documents = " ".join(sorted({o.document for o in group}))
    return PanelRow(
        best.region, year, indicator, measure, best.value, low, high, best.bound, best.unit, status, documents, notes
    )


def _rivals(other: Observation, best: Observation) -> bool:
    """Whether a print disagrees with the best: a settled one, or another document's in conflict."""
    counts = other.status in STRONG or (other.status == Status.CONFLICT and other.document != best.document)
    return counts and best.value is not None and not _agree(other, best)


def _best(stated: list[Observation], support: dict[int, int], measure: str) -> Observation:
    """What a person decided, else the strongest, at the finest print that agrees with it.

    Of targets the one that most documents name.
    """

    def order(o: Observation) -> tuple[object, ...]:
        votes = -support[id(o)]
        first = votes if measure == Measure.TARGET else 0
        return o.status != Status.DECIDED, first, rank(o.status), votes, _width(o), o.document

    best = min(stated, key=order)
    finer = [o for o in stated if o.status in STRONG and _agree(o, best) and _width(o) < _width(best)]
    if best.status in (Status.CONFIRMED, Status.PRINTED) and finer:
        return min(finer, key=lambda o: (_width(o), order(o)))
    return best


def _named(code: Code, rivals: list[Observation]) -> tuple[Note, ...]:
    return tuple(note(code, value=o.value, document=o.document) for o in rivals)


def _width(o: Observation) -> Decimal:
    return (o.high - o.low) if o.high is not None and o.low is not None else Decimal(0)


def _agree(a: Observation, b: Observation) -> bool:
    return all(o.value is not None for o in (a, b)) and same(_said(a), _said(b))


def _said(o: Observation) -> Bounds:
    """What a figure is said to be: "more than" so much leaves it open above."""
    assert o.low is not None and o.high is not None
    result = o.measure not in SET
    return (
        0.0 if result and o.bound == "at_most" else float(o.low),
        math.inf if result and o.bound == "at_least" else float(o.high),
    )

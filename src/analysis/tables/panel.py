"""All documents of a region together: one row per year and figure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.codebook import periods
from analysis.codebook.notes import Code, Note, note
from analysis.codebook.status import SET, STRONG, Measure, Status, rank
from analysis.reading import Observation
from analysis.reading.edits import Bounds
from analysis.reading.figures import same


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
    """The row of a figure from what documents state of it."""
    measure = key[2]
    stated = [o for o in group if o.value is not None] or group
    support = {id(o): sum(_agree(o, p) for p in stated) for o in stated}
    best = _best(stated, support, measure)
    documents = " ".join(sorted({o.document for o in group}))
    claim = best.claimed
    row = PanelRow(
        best.region, *key, best.value, claim.low, claim.high, best.bound, best.unit, best.status, documents, best.notes
    )
    rivals = [o for o in stated if _rivals(o, best)]
    outvoted = measure == Measure.TARGET and all(support[id(best)] > support[id(o)] for o in rivals)
    if rivals and not outvoted and best.status != Status.DECIDED:
        return _in_conflict(row, [best, *rivals])
    code = Code.OTHER_TARGET if measure == Measure.TARGET else Code.ALSO_PRINTED
    return replace(row, notes=(*row.notes, *_named(code, rivals)))


def _in_conflict(row: PanelRow, prints: list[Observation]) -> PanelRow:
    """A row whose prints disagree: all of them lie between its bounds, and the others are named."""
    return replace(
        row,
        low=min(o.low for o in prints if o.low is not None),
        high=max(o.high for o in prints if o.high is not None),
        status=Status.CONFLICT,
        notes=_named(Code.ALSO_PRINTED, prints[1:]),
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
        return o.status != Status.DECIDED, first, rank(o.status), votes, width(o), o.document

    best = min(stated, key=order)
    finer = [o for o in stated if o.status in STRONG and _agree(o, best) and width(o) < width(best)]
    if best.status in (Status.CONFIRMED, Status.PRINTED) and finer:
        return min(finer, key=lambda o: (width(o), order(o)))
    return best


def _named(code: Code, rivals: list[Observation]) -> tuple[Note, ...]:
    return tuple(note(code, value=o.value, document=o.document) for o in rivals)


def width(o: Observation) -> Decimal:
    """How far the ends of a figure are apart; 0 where one of them is not known."""
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

"""All documents of a region together: one row per year and figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from analysis import periods
from analysis.documents import parse_name
from analysis.notes import Code, Note, note
from analysis.reading import Observation
from analysis.reading.reconcile import meet
from analysis.status import STRONG, Status, rank


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
        if year := periods.parse(o.period).year:
            groups.setdefault((year, o.indicator, o.measure), []).append(o)
    return [_row(key, groups[key]) for key in sorted(groups)]


def _row(key: tuple[int, str, str], group: list[Observation]) -> PanelRow:
    year, indicator, measure = key
    stated = [o for o in group if o.value is not None]
    support = {id(o): sum(_agree(o, p) for p in stated) for o in stated}
    ranked = sorted(
        stated, key=lambda o: (rank(o.status), -support[id(o)], _width(o), o.document)
    ) or sorted(group, key=lambda o: (rank(o.status), o.document))
    if measure == "target":
        ranked.sort(key=lambda o: (-support.get(id(o), 0), rank(o.status)))
    best = ranked[0]
    documents = " ".join(sorted({o.document for o in group}))
    status, low, high, notes = best.status, best.low, best.high, best.notes
    rivals = [
        o
        for o in ranked[1:]
        if o.status in STRONG and best.value is not None and not _agree(o, best)
    ]
    if rivals:
        if measure == "target" and support[id(best)] > max(support[id(o)] for o in rivals):
            notes = _rivals(Code.OTHER_TARGET, rivals)
        else:
            status, notes = Status.CONFLICT, _rivals(Code.ALSO_PRINTED, rivals)
            low = min(x.low for x in (best, *rivals) if x.low is not None)
            high = max(x.high for x in (best, *rivals) if x.high is not None)
    elif (
        best.status == "printed"
        and len({parse_name(o.document) for o in ranked if o.status in STRONG}) > 1
    ):
        status = "confirmed"
    return PanelRow(best.region, year, indicator, measure, best.value, low, high, best.bound,
                    best.unit, status, documents, notes)  # fmt: skip


def _rivals(code: Code, rivals: list[Observation]) -> tuple[Note, ...]:
    return tuple(note(code, value=o.value, document=o.document) for o in rivals)


def _width(o: Observation) -> Decimal:
    return (o.high - o.low) if o.high is not None and o.low is not None else Decimal(0)


def _agree(a: Observation, b: Observation) -> bool:
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return False
    return meet((float(a.low), float(a.high)), (float(b.low), float(b.high)))

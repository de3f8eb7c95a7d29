"""What the engine made of a case whose truth is known: a verdict per figure stated or invented."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .phrasing import Case, Mark
from .truths import NAMES, SUMS

STRONG = ("confirmed", "repaired")
FLAGS = ("range", "conflict", "unreadable", "plausible")


@dataclass(frozen=True)
class Verdict:
    """One figure judged.

    `outcome`: right, bounded (no value, but an interval holding the truth), open (conflict or
    unreadable, or an interval too wide to say), wrong, missed, wrong-key (linked to another
    indicator, measure or period), invented. `touched`: a hard identity whose members all stand in
    the text, none masked, has this figure.
    """

    outcome: str
    status: str
    damage: str
    language: str
    kind: str
    measure: str
    read_measure: str = ""
    touched: bool = False
    printed: str = ""
    value: Decimal | None = None
    truth: Decimal | None = None
    figure: str = ""
    read_figure: str = ""
    context: str = ""


def _touched(marks: Sequence[Mark]) -> set[tuple[str, str, str]]:
    """Figures of identities all of whose members the text states, none masked or missing."""
    stated = {(m.indicator, m.measure, m.period) for m in marks if m.damage not in ("number missing", "masked digits")}
    found: set[tuple[str, str, str]] = set()
    for period in {m.period for m in marks}:
        for names in SUMS:
            members = {(NAMES[n], "outturn", period) for n in names}
            if members <= stated:
                found |= members
    for indicator, _, period in list(stated):
        triple = {(indicator, m, period) for m in ("outturn", "target", "completion")}
        if triple <= stated:
            found |= triple
    return found


#: what the generator states; other figures of its sentences (starters of businesses, a half year's
#: jobs) are stated beside them and not counted
_KNOWN = frozenset(NAMES.values())


def _fits(mark: Mark, value: Decimal) -> bool:
    return mark.low <= value <= mark.high


def judge(case: Case, observations: Iterable[Any]) -> list[Verdict]:
    """Compare a reading with the truth; `observations` have the columns of observations.csv."""
    rows = [r for r in observations if r.indicator in _KNOWN and "/" not in r.period]
    by_key: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in rows:
        by_key[row.indicator, row.measure, row.period].append(row)
    touched = _touched(case.marks)
    used: set[int] = set()
    verdicts = []

    def made(mark: Mark, outcome: str, row: Any = None) -> Verdict:
        return Verdict(
            outcome,
            row.status if row else "",
            mark.damage,
            case.language,
            case.kind,
            mark.measure,
            row.measure if row else "",
            (mark.indicator, mark.measure, mark.period) in touched,
            case.text[mark.start : mark.end],
            row.value if row else None,
            (mark.low + mark.high) / 2,
            f"{mark.indicator}:{mark.measure}:{mark.period}",
            f"{row.indicator}:{row.measure}:{row.period}" if row else "",
            case.text[max(0, mark.start - 70) : mark.end + 50],
        )

    def spans(row: Any, mark: Mark) -> bool:
        return row.start is not None and row.start < mark.end and row.end > mark.start

    for mark in case.marks:
        keys = [(mark.indicator, m, mark.period) for m in (mark.measure, *mark.also)]
        candidates = [r for k in keys for r in by_key[k] if id(r) not in used]
        here = [r for r in candidates if spans(r, mark)] or [
            r
            for r in candidates
            if not any(spans(r, m) for m in case.marks if (m.indicator, m.measure, m.period) in keys)
        ]
        if not here:
            other = [r for r in rows if spans(r, mark) and id(r) not in used]
            used.update(id(r) for r in other[:1])
            if mark.optional or (mark.damage == "number missing" and not other):
                continue
            verdicts.append(made(mark, "wrong-key" if other else "missed", other[0] if other else None))
            continue
        row = here[0]
        used.add(id(row))
        verdicts.append(made(mark, _outcome(mark, row), row))
    for row in rows:
        if id(row) not in used:
            verdicts.append(
                Verdict(
                    "invented",
                    row.status,
                    "",
                    case.language,
                    case.kind,
                    "",
                    row.measure,
                    False,
                    row.printed,
                    row.value,
                    None,
                    "",
                    f"{row.indicator}:{row.measure}:{row.period}",
                    case.text[max(0, (row.start or 0) - 70) : (row.end or 0) + 50],
                )
            )
    return verdicts


def _outcome(mark: Mark, row: Any) -> str:
    if row.value is not None:
        return "right" if _fits(mark, row.value) else "wrong"
    if row.low is not None and row.high is not None:
        return (
            "bounded"
            if row.low <= mark.high and row.high >= mark.low
            else "open"
            if (row.status in ("conflict", "unreadable"))
            else "wrong"
        )
    return "open"


@dataclass(frozen=True)
class Tally:
    """Counts over a set of verdicts, as the tables print them."""

    stated: int
    found: int
    right: int
    bounded: int
    open: int
    wrong_flagged: int
    wrong_printed: int
    wrong_strong: int
    strong: int
    invented: int
    invented_strong: int
    wrong_key: int
    touched: int
    touched_settled: int


def tally(verdicts: Iterable[Verdict]) -> Tally:
    """Count; a figure linked to the wrong key counts as not found and as one wrong row."""
    v = list(verdicts)
    stated = [x for x in v if x.outcome != "invented"]
    n = Counter(x.outcome for x in v)
    wrong = [x for x in v if x.outcome in ("wrong", "wrong-key")]
    broken = [x for x in stated if x.damage and x.touched]
    return Tally(
        len(stated),
        len(stated) - n["missed"] - n["wrong-key"],
        n["right"],
        n["bounded"],
        n["open"],
        sum(x.status in FLAGS for x in wrong),
        sum(x.status == "printed" for x in wrong),
        sum(x.status in STRONG for x in wrong),
        sum(x.status in STRONG for x in v),
        n["invented"],
        sum(x.outcome == "invented" and x.status in STRONG for x in v),
        n["wrong-key"],
        len(broken),
        sum(x.outcome == "right" and x.status in STRONG for x in broken),
    )

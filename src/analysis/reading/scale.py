"""A scale that all figures of an identity share: a sum holds as well with every term ten times as large.

An engine that prints 亿 as billion does so throughout a report, so that damage of the scale words is
not independent. Identities are blind to it; premiums a head, income a worker and usual levels are
not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.codebook.notes import Code, Note, note
from analysis.codebook.status import Status
from analysis.reading.edits import Edit, Key
from analysis.reading.figures import SOFT, SOFT_DECADE, Figure, Settled, usual_cost
from analysis.reading.outcomes import Outcome
from analysis.reading.readings import Reading
from analysis.reading.verdicts import CLEAR, Verdict

FACTORS = (Decimal("0.1"), Decimal("0.01"))  # 亿 as billion, 万 as million
LOST = Verdict("unreadable", notes=(note(Code.SCALE_LOST),))
_WEAKER: dict[str, str] = {Status.CONFIRMED: Status.PRINTED, Status.REPAIRED: Status.PLAUSIBLE}
_DAMAGE = {"wan-as-million": Decimal("0.01"), "tenfold": Decimal("0.1")}


@dataclass(frozen=True, slots=True)
class Held:
    """A verdict with what it rests on; `word` is the power of ten printed and whether of money."""

    figure: Figure
    settled: Settled | None
    verdict: Verdict
    word: tuple[int, bool]


@dataclass(frozen=True)
class Doubt:
    """Readings (by figure) that satisfy an identity and the soft evidence better than those chosen."""

    readings: dict[int, int]
    factor: Decimal
    preferred: bool

    def verdict(self, i: int, figure: Figure, held: Verdict) -> Verdict:
        """What may still be claimed: where the other scale is preferred, that it is one of the two."""
        if not self.preferred:
            return replace(held, status=_WEAKER.get(held.status, held.status))
        other = figure.readings[self.readings[i]]
        says = note(Code.OTHER_SCALE, factor=f"{self.factor.normalize():f}")
        return _either(held, other, says)


def doubts(
    figures: Sequence[Figure],
    settled: Sequence[Settled | None],
    outcomes: list[Outcome],
    edits: list[tuple[Edit, dict[Key, int]]],
    doubtful: set[int],
) -> dict[int, Doubt]:
    """The figures whose proof would hold in another scale that no soft evidence speaks against.

    `doubtful` are the figures printed with a scale word that translation is known to put amiss.
    """
    chosen = {i: s.best for i, s in enumerate(settled) if s is not None}
    soft = [(edit, at) for edit, at in edits if not edit.hard]
    found: dict[int, Doubt] = {}
    for o in outcomes:
        members = [i for i in o.figures if figures[i].key[1] != "completion"]
        if o.proves and o.edit is not None and doubtful.issuperset(members):
            near = [(e, at) for e, at in soft if _is_about(e, at, members, figures, chosen)]
            if doubt := _other_scale(members, figures, chosen, near):
                found |= dict.fromkeys(members, doubt)
    for o in outcomes:
        found |= _sum_doubt(o, figures, chosen, found)
    return found


def _other_scale(
    members: list[int], figures: Sequence[Figure], chosen: dict[int, int], soft: list[tuple[Edit, dict[Key, int]]]
) -> Doubt | None:
    """The first scale that all members could be in with no more soft evidence against it than now."""
    now = _missed(figures, soft, members, chosen)
    for factor in FACTORS:
        if other := _scaled(figures, chosen, members, factor):
            then = _missed(figures, soft, members, chosen | other)
            if then <= now:
                return Doubt(other, factor, then < now)
    return None


def _sum_doubt(
    o: Outcome, figures: Sequence[Figure], chosen: dict[int, int], found: dict[int, Doubt]
) -> dict[int, Doubt]:
    """The doubt of a sum, where a quotient with one of its terms needs less damage in its scale."""
    held = next((found[i] for i in o.figures if i in found), None)
    rest = [i for i in o.figures if i not in found and figures[i].key[1] != "completion"]
    if held is None or not o.proves or len(rest) != 1 or len(o.figures) - len(rest) > 2:
        return {}
    other = _scaled(figures, chosen, rest, held.factor)
    options = figures[rest[0]].readings
    if not other or options[other[rest[0]]].cost >= options[chosen[rest[0]]].cost:
        return {}
    joint = Doubt(held.readings | other, held.factor, True)
    return dict.fromkeys(joint.readings, joint)


def amiss_elsewhere(held: list[Held]) -> dict[int, Verdict]:
    """Weaker verdicts for figures whose scale word the same report proves to stand for another.

    An engine that puts 万 as million does so again: what no rule speaks for is then one of two.
    Money in 万元 has no decimals to mislead: "18.36 million yuan" is not doubted.
    """
    known = {(h.word, name) for h in held for name in _amiss(h.verdict) if _is_reduced(h)}
    out: dict[int, Verdict] = {}
    for n, h in enumerate(held):
        unproven = h.verdict.status in (Status.PRINTED, Status.PLAUSIBLE)
        if unproven and not _amiss(h.verdict) and h.word != (6, True):
            doubted = [name for name in _DAMAGE if (h.word, name) in known]
            others = [r for name in doubted for r in _shifted(h, name)]
            if others:
                out[n] = _either(h.verdict, others[-1])
    return out


def _amiss(claim: Verdict) -> list[str]:
    """How the scale word of a figure is known to be amiss."""
    return [name for name in _DAMAGE if f"read:{name}" in claim.basis]


def _is_reduced(held: Held) -> bool:
    """Whether a figure is less than what is printed."""
    value = held.verdict.value
    return value is not None and value < held.figure.readings[0].value


def _shifted(held: Held, name: str) -> list[Reading]:
    """The readings with a scale word put amiss that nothing else speaks against."""
    settled, value = held.settled, held.verdict.value
    if settled is None or value is None:
        return []
    out, best = [], held.figure.readings[settled.best]
    for i, r in enumerate(held.figure.readings):
        dearer = settled.costs.get(i, math.inf) - settled.costs[settled.best] - (r.cost - best.cost)
        if name in r.damage and r.value == value * _DAMAGE[name] and dearer < CLEAR:
            out.append(r)
    return out


def _either(held: Verdict, other: Reading, *says: Note) -> Verdict:
    assert held.low is not None and held.high is not None and held.value is not None
    values = tuple(sorted((other.value, held.value)))
    notes = (*says, note(Code.CANDIDATES, values=values))
    return Verdict(
        "range", None, min(held.low, other.low), max(held.high, other.high), held.basis, other.value, values, notes
    )


def out_of_scale(figure: Figure, reading: int, held: Verdict) -> bool:
    """Whether an unproven value lies more than a decade outside the levels of such places."""
    far = usual_cost(figure, figure.readings[reading]) > SOFT + SOFT_DECADE
    return far and held.value is not None and held.status in (Status.PRINTED, Status.PLAUSIBLE)


def _is_about(
    edit: Edit, at: dict[Key, int], members: list[int], figures: Sequence[Figure], chosen: dict[int, int]
) -> bool:
    """Whether soft evidence is about the members and rests on undamaged prints else."""
    about = {at[k] for k in edit.figures}
    others = about - set(members)
    return about != others and not any(figures[i].readings[chosen[i]].damage for i in others)


def _scaled(
    figures: Sequence[Figure], chosen: dict[int, int], members: list[int], factor: Decimal
) -> dict[int, int] | None:
    """The reading of each member that is `factor` times the chosen one, where all have one."""
    out = {}
    for i in members:
        wanted = figures[i].readings[chosen[i]].value * factor
        fits = [n for n, r in enumerate(figures[i].readings) if r.value == wanted]
        if not fits:
            return None
        out[i] = fits[0]
    return out


def _missed(
    figures: Sequence[Figure], soft: list[tuple[Edit, dict[Key, int]]], members: list[int], chosen: dict[int, int]
) -> int:
    """How much of the soft evidence about the members does not hold."""
    broken = sum(
        edit.check.gap([figures[at[k]].intervals[chosen[at[k]]] for k in edit.figures]) > 0 for edit, at in soft
    )
    unusual = sum(usual_cost(figures[i], figures[i].readings[chosen[i]]) > 0 for i in members)
    return broken + unusual

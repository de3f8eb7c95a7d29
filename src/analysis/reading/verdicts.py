"""From settled readings to what may be claimed: value, bounds, status, basis, runner-up.

The claim is never stronger than its evidence. `confirmed` and `repaired` need a hard identity
that would rarely hold by chance and that no other reading of the figure satisfies.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from analysis.codebook.notes import Code, Note, note
from analysis.codebook.status import Status
from analysis.reading.figures import Figure, Settled, unit_in_last_place
from analysis.reading.outcomes import Ground, Outcome, implied_value, proves, reach
from analysis.reading.readings import Reading

PROVEN = 2.5  # margin by hard rules alone: 12 to 1
LINKED = 3.0  # ln of the odds that a number states what it is taken for: 20 to 1
CLEAR = math.log(10)  # margin by all evidence for `plausible`: 10 to 1
NEAR = CLEAR + 0.7  # readings this close are candidates
TOLD = 4.0  # a runner-up of a legible figure is told below this margin
SAME_HERE = "same-figure:here"  # two prints of one figure in one document


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is claimed of one figure; value and bounds in base units."""

    status: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    basis: tuple[str, ...] = ()
    runner_up: Decimal | None = None
    candidates: tuple[Decimal, ...] = ()
    notes: tuple[Note, ...] = ()
    reach: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Case:
    """One figure and all that speaks for or against it.

    `about` are the outcomes it takes part in, hard ones first; `proven` the figures that some
    identity proves. `doubts` say why its words carry no strong status, `questions` why they do
    not unless an identity proves it.
    """

    i: int
    ground: Ground
    about: Sequence[Outcome]
    proven: set[int]
    doubts: tuple[Note, ...] = ()
    questions: tuple[Note, ...] = ()

    @cached_property
    def figure(self) -> Figure:
        return self.ground.figures[self.i]

    @cached_property
    def settled(self) -> Settled:
        return self.ground.best(self.i)

    @cached_property
    def chosen(self) -> Reading:
        return self.ground.chosen(self.i)

    @cached_property
    def margin(self) -> float:
        return self.settled.margin(self.settled.costs, self.figure.readings)

    @cached_property
    def proofs(self) -> list[Outcome]:
        return [o for o in self.about if o.holds and proves(o, self.i, self.ground)]

    @cached_property
    def missed(self) -> list[Outcome]:
        """The soft limits it lies outside of."""
        return [o for o in self.about if not (o.holds or o.hard or o.equality)]

    @cached_property
    def damage(self) -> tuple[str, ...]:
        return tuple(f"read:{d}" for d in self.chosen.damage)

    @cached_property
    def evidence(self) -> tuple[str, ...]:
        """What agrees with it, but for identities that do not prove it and prints in this text."""
        return tuple(
            o.id
            for o in self.about
            if o.holds and o.id != SAME_HERE and (o.proves or o.edit is None or not (o.hard and o.equality))
        )

    @property
    def spread(self) -> tuple[Decimal, Decimal]:
        value = self.chosen.value
        return (value, value) if self.figure.exact else (self.chosen.low, self.chosen.high)

    @cached_property
    def second(self) -> Decimal | None:
        """The next best value, where it is not a thousand times less likely."""
        readings, costs = self.figure.readings, self.settled.costs
        others = [(c, r) for r, c in costs.items() if readings[r].value != self.chosen.value]
        if not others or min(others)[0] - costs[self.settled.best] > 7:
            return None
        return readings[min(others)[1]].value

    def near(self, within: float) -> list[Reading]:
        costs = self.settled.costs
        best = min(costs.values())
        ordered = sorted(costs.items(), key=lambda x: (x[1], x[0]))
        return [self.figure.readings[r] for r, c in ordered if c - best <= within]


def verdict(case: Case) -> Verdict:
    """The claim for a figure: that of the first check that has one."""
    return next(claim for check in CHECKS if (claim := check(case)) is not None)


def _unread(case: Case) -> Verdict | None:
    if case.ground.settled[case.i] is not None:
        return None
    return Verdict(Status.UNREADABLE, notes=(note(Code.NO_READING),))


def _interval(case: Case) -> Verdict | None:
    """A range, where digits are masked or two ends printed; what another source prints is likely."""
    if not case.chosen.interval:
        return None
    masked = "masked" in case.chosen.damage
    near = case.near(NEAR)
    low, high = min(r.low for r in near), max(r.high for r in near)
    for o in case.about if masked else ():
        other = _printed_elsewhere(o, case.ground)
        if other is not None and low <= other.value <= high:
            says = (note(Code.MASKED_HERE, low=low, high=high),)
            return Verdict(Status.PLAUSIBLE, other.value, other.low, other.high, (*case.damage, o.id), notes=says)
    soft = tuple(o.id for o in case.about if o.holds and not o.hard)
    told = (note(Code.MASKED if masked else Code.TWO_ENDS),)
    return Verdict(Status.RANGE, None, low, high, (*case.damage, *soft), notes=told)


def _printed_elsewhere(o: Outcome, ground: Ground) -> Reading | None:
    """What another print of the same figure, which agrees, gives as a single value."""
    others = [ground.chosen(j) for j in o.figures] if o.edit is None and o.holds else []
    return next((r for r in others if not r.interval), None)


def _contradicted(case: Case) -> Verdict | None:
    """In conflict, where a rule is broken that no unproven figure of it explains.

    What a person has decided stands against another print, but not against an identity.
    """
    ours = [o for o in case.about if o.hard and not o.holds and not _is_excused(o, case)]
    if not ours:
        return None
    (low, high), says = case.spread, []
    for o in ours:
        value = implied_value(o, case.i, case.ground)
        rule = o.edit.rule.id if o.edit else "same-figure"
        if value is None:
            says.append(note(Code.DISAGREES, rule=rule))
            continue
        low, high = min(low, value), max(high, value)
        if o.edit is None and o.id != SAME_HERE:
            says.append(note(Code.PRINTED_THERE, value=value, document=o.id.partition(":")[2]))
        else:
            says.append(note(Code.WOULD_BE, value=value, rule=rule))
    basis = tuple(o.id for o in ours)
    return Verdict(Status.CONFLICT, case.chosen.value, low, high, basis, case.second, notes=tuple(says))


def _is_excused(o: Outcome, case: Case) -> bool:
    """Whether a broken rule speaks against another figure of it, or against another print of one decided."""
    if case.i in case.proven and any(j not in case.proven for j in o.figures):
        return True
    return o.edit is None and bool(case.figure.decided)


def _decided(case: Case) -> Verdict | None:
    if not case.figure.decided:
        return None
    basis = ("decision:" + "-".join(case.figure.decided.split()), *case.evidence)
    return Verdict(Status.DECIDED, case.chosen.value, *case.spread, basis)


def _proven(case: Case) -> Verdict | None:
    """Confirmed or repaired, where an identity proves it and neither words nor levels speak against."""
    hard = case.settled.margin(case.settled.hard_costs, case.figure.readings)
    damaged = bool(case.chosen.damage)
    clear = hard >= PROVEN or (not damaged and hard > 0 and case.margin >= PROVEN)
    if not (case.proofs and clear and case.settled.complete) or case.missed or case.doubts:
        return None
    odds = round(max(1 / min(o.chance for o in case.proofs), 1))
    says = (note(Code.CHANCE_FIT, odds=odds),) if damaged else ()
    basis = (*case.damage, *(o.id for o in case.proofs))
    status = Status.REPAIRED if damaged else Status.CONFIRMED
    return Verdict(status, case.chosen.value, *case.spread, basis, case.second, notes=says, reach=_proven_to(case))


def _proven_to(case: Case) -> tuple[Decimal, Decimal] | None:
    """What the tightest identity would hold with as well; None where that is the print alone."""
    identities = [o for o in case.proofs if o.edit is not None]
    if len(identities) < len(case.proofs):
        return None  # another document prints it
    below, above = min((reach(o, case.i, case.ground) for o in identities), key=sum)
    if not below + above:
        return None
    chosen = case.chosen
    step = Decimal(repr(unit_in_last_place(chosen.value, chosen.low, chosen.high)))
    return chosen.low - below * step, chosen.high + above * step


def _undecided(case: Case) -> Verdict | None:
    if case.margin >= CLEAR and case.settled.complete:
        return None
    near = case.near(NEAR if case.settled.complete else math.inf)
    low, high = min(r.low for r in near), max(r.high for r in near)
    values = tuple(sorted({r.value for r in near}))[:6]
    return Verdict(
        Status.RANGE,
        None,
        low,
        high,
        (*case.damage, *case.evidence),
        case.second,
        values,
        (note(Code.CANDIDATES, values=values),),
    )


def _doubted(case: Case) -> Verdict | None:
    why = (*case.doubts, *case.questions)
    if not why and not case.chosen.damage:
        return None
    return Verdict(
        Status.PLAUSIBLE,
        case.chosen.value,
        *case.spread,
        (*case.damage, *case.evidence),
        case.second,
        notes=(*why, *_unusual(case)),
    )


def _legible(case: Case) -> Verdict:
    second = case.second if case.margin < TOLD else None
    return Verdict(Status.PRINTED, case.chosen.value, *case.spread, case.evidence, second, notes=_unusual(case))


def _unusual(case: Case) -> tuple[Note, ...]:
    return tuple(note(Code.UNUSUAL, rule=o.edit.rule.id) for o in case.missed if o.edit)


CHECKS: tuple[Callable[[Case], Verdict | None], ...] = (
    _unread,
    _interval,
    _contradicted,
    _decided,
    _proven,
    _undecided,
    _doubted,
    _legible,
)

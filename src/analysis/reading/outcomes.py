"""What the rules say of the readings chosen: which hold, how tightly, and what that proves."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.reading.edits import Bounds, Check, Edit, Key
from analysis.reading.figures import Figure, Settled, Tie, same, unit_in_last_place
from analysis.reading.readings import Reading

CHANCE = 0.02  # an identity that other readings would satisfy more often proves nothing
LOOSE = 0.35  # nor does one whose tolerance spans this share of a decade of the figure itself
BLIND = 6  # nor one that would accept as many other prints of it, unit by unit of the last digit
_FURTHEST = 10**6
_SPACED = frozenset(("gap",))  # damage that leaves the digits as printed
DECADE = math.log(10)


@dataclass(frozen=True)
class Ground:
    """A period's figures and the readings chosen for them; `unsure` are those whose words may well
    state something else."""

    figures: Sequence[Figure]
    settled: Sequence[Settled | None]
    unsure: Set[int] = frozenset()

    def best(self, i: int) -> Settled:
        result = self.settled[i]
        assert result is not None  # a rule holds figures with readings only
        return result

    def chosen(self, i: int) -> Reading:
        return self.figures[i].readings[self.best(i).best]

    def at(self, numbers: Sequence[int], tight: bool) -> list[Bounds]:
        """The intervals of the chosen readings, as printed or with all rounding allowed for."""
        pick = [self.figures[i].tight if tight else self.figures[i].intervals for i in numbers]
        return [options[self.best(i).best] for i, options in zip(numbers, pick, strict=True)]


@dataclass(frozen=True)
class Outcome:
    """One rule over the chosen readings: whether it holds, and how tight it is.

    `edit` is None for two prints of one figure. `chance` estimates how often readings of these
    glyphs would satisfy an equality by chance: its window as a share of a decade, times the
    distinct digit strings that were open; 1 where nothing may be proven by it.
    """

    edit: Edit | None
    id: str
    figures: tuple[int, ...]
    left: float
    right: float
    tolerance: float
    holds: bool
    chance: float
    tight: bool = True

    @property
    def hard(self) -> bool:
        return self.edit is None or self.edit.hard

    @property
    def equality(self) -> bool:
        return self.edit is None or self.edit.equality

    @property
    def ratio(self) -> bool:
        return self.edit is not None and "/" in self.edit.rule.rule

    @property
    def proves(self) -> bool:
        return self.hard and self.equality and self.holds and self.chance <= CHANCE


def outcome(edit: Edit, at: dict[Key, int], ground: Ground) -> Outcome:
    """The rule's best variant at the chosen readings."""
    check, tight = _variant(edit, at, ground)
    numbers = tuple(at[k] for k in check.figures)
    values = ground.at(numbers, tight)
    left, right, tolerance = _compared(check.sides(values))
    chance = 1.0
    if not any(ground.chosen(i).interval for i in numbers):
        spent = max(_spent(ground, i) for i in numbers)
        trials = 1 + sum(_alternatives(ground, i, spent) for i in numbers)
        window = check.window(values)
        if tight and check.window(ground.at(numbers, tight=False)) > 1.5 * window:
            trials *= 2  # two widths were tried
        chance = window * trials * max(1, len(edit.variants))
    held = replace(edit, check=check)
    return Outcome(held, edit.id, numbers, left, right, tolerance, check.holds(values), chance, tight)


def _variant(edit: Edit, at: dict[Key, int], ground: Ground) -> tuple[Check, bool]:
    """The first variant that holds, at the tighter bounds sooner; else the first at wide ones."""
    tried = [(check, tight) for tight in (True, False) for check in edit.variants or (edit.check,)]
    for check, tight in tried:
        if check.holds(ground.at([at[k] for k in check.figures], tight)):
            return check, tight
    return tried[len(tried) // 2]


def _compared(sides: tuple[Bounds, ...]) -> tuple[float, float, float]:
    """Left and right of a comparison, and the tolerance that rounding leaves it."""
    left, right = (sum(s) / 2 for s in (sides[0], sides[-1]))
    tolerance = sum((s[1] - s[0]) / 2 for s in (sides[0], sides[-1]))
    if len(sides) == 3:
        left = sum(sides[1]) / 2
        right = sum(sides[0]) / 2 if left < sum(sides[0]) / 2 else sum(sides[2]) / 2
        tolerance = (sides[1][1] - sides[1][0]) / 2
    return left, right, tolerance


def _spent(ground: Ground, i: int) -> float:
    """What the chosen reading costs above the cheapest one."""
    return ground.chosen(i).cost - ground.figures[i].readings[0].cost


def _alternatives(ground: Ground, i: int, spent: float) -> int:
    """Other digit strings that a repair as dear as the dearest one made could have taken here."""
    bar = ground.figures[i].readings[0].cost + spent + 0.5
    strings = {r.mantissa for r in ground.figures[i].readings if r.cost <= bar}
    return len(strings - {ground.chosen(i).mantissa})


def twice(tie: Tie, name: str, ground: Ground, proves: bool) -> Outcome:
    """Two prints of one figure; `proves` where their agreement would say something.

    Its chance is that of the digits they have in common: a unit of the coarser one's last, as a
    share of a decade.
    """
    a, b = ground.chosen(tie.left), ground.chosen(tie.right)
    bounded = ground.figures[tie.left].bound or ground.figures[tie.right].bound
    legible = not (a.damage or b.damage or a.interval or b.interval or bounded)
    step = max(_step(a), _step(b))
    chance = step / max(float(a.value), float(b.value), step) / DECADE if proves and legible else 1.0
    tolerance = float(a.high - a.low + b.high - b.low) / 2
    agree = same(*(ground.figures[i].said[ground.best(i).best] for i in (tie.left, tie.right)))
    return Outcome(None, name, (tie.left, tie.right), float(a.value), float(b.value), tolerance, agree, chance)


def proves(o: Outcome, i: int, ground: Ground) -> bool:
    """Whether an identity that holds proves figure `i` as it is read."""
    chosen = ground.chosen(i)
    if not o.proves or _too_wide(o, chosen) or not _rest_is_settled(o, i, ground):
        return False
    if o.edit is None:
        return not chosen.damage and _excludes_others(o, i, ground)
    repaired = sum(not _SPACED.issuperset(ground.chosen(j).damage) for j in o.figures)
    if not o.ratio and repaired > (0 if _leaves_out(o.edit) else 1):
        return False  # with several terms repaired, or a part set aside, a sum fits too easily
    if not _SPACED.issuperset(chosen.damage):
        return True  # which reading it is, is what the identity says
    told = chosen.damage or _excludes_others(o, i, ground)
    return bool(told) and sum(reach(o, i, ground)) <= BLIND


def _leaves_out(edit: Edit) -> bool:
    """Whether the variant that holds leaves out a part that is stated."""
    return any(len(v.figures) > len(edit.check.figures) for v in edit.variants)


def reach(o: Outcome, i: int, ground: Ground) -> tuple[int, int]:
    """How many units of its last digit figure `i` might be lower or higher without being noticed.

    That is, which other prints of it some variant of the identity would accept as well, all other
    figures being as they are.
    """
    assert o.edit is not None
    step, own = _step(ground.chosen(i)), ground.at([i], o.tight)[0]
    named = (ground.figures[j].key for j in o.figures)
    values = dict(zip(named, ground.at(o.figures, o.tight), strict=True))
    checks = [c for c in o.edit.variants or (o.edit.check,) if values.keys() >= set(c.figures)]

    def holds(units: int) -> bool:
        told = values | {ground.figures[i].key: (own[0] + units * step, own[1] + units * step)}
        return any(c.holds([told[k] for k in c.figures]) for c in checks)

    def furthest(way: int) -> int:
        far = 1
        while far <= _FURTHEST and holds(way * far):
            far *= 2
        near = far // 2
        while far - near > 1:
            middle = (near + far) // 2
            near, far = (middle, far) if holds(way * middle) else (near, middle)
        return near

    return (furthest(-1), furthest(1)) if ground.chosen(i).value else (0, 0)


def _step(reading: Reading) -> float:
    return unit_in_last_place(reading.value, reading.low, reading.high)


def _too_wide(o: Outcome, chosen: Reading) -> bool:
    """Whether the identity's tolerance is too wide to say anything of this very figure."""
    return not o.ratio and 2 * o.tolerance / DECADE > LOOSE * float(chosen.value)


def _rest_is_settled(o: Outcome, i: int, ground: Ground) -> bool:
    """Whether the other figures of an identity are sure enough to prove figure `i` by it.

    A quotient says nothing of the scale of one term while the scale of the other is repaired.
    """
    swapped = [j for j in o.figures if "transposed" in ground.chosen(j).damage]
    if swapped and (swapped != [i] or not o.ratio):
        return False  # transpositions differ by multiples of 9: a sum fits one too easily
    repaired = not _SPACED.issuperset(ground.chosen(i).damage)
    for j in o.figures:
        figure, other = ground.figures[j], ground.best(j)
        if j == i or figure.given:
            continue
        if (repaired and j in ground.unsure) or other.margin(other.costs, figure.readings) < DECADE:
            return False
        damaged = set(ground.chosen(j).damage) - {"gap"}
        measures = (ground.figures[i].key[1], figure.key[1])
        if o.ratio and damaged and "completion" not in measures:
            return False
    return True


def _excludes_others(o: Outcome, i: int, ground: Ground) -> bool:
    """Whether the identity would notice every other reading of figure `i`."""
    figure, place = ground.figures[i], o.figures.index(i)
    if o.edit is None:
        other = ground.at(o.figures, tight=True)[1 - place]
        return not any(
            same(said, other)
            for r, said in zip(figure.readings, figure.said, strict=True)
            if r.value != ground.chosen(i).value
        )
    values = ground.at(o.figures, o.tight)
    options = figure.tight if o.tight else figure.intervals
    for reading, interval in zip(figure.readings, options, strict=True):
        tried = [*values[:place], interval, *values[place + 1 :]]
        if reading.value != ground.chosen(i).value and o.edit.check.holds(tried):
            return False
    return True


def implied_value(o: Outcome, i: int, ground: Ground) -> Decimal | None:
    """What figure `i` would have to be for the equality to hold, found by bisection."""
    if not o.equality:
        return None
    if o.edit is None:
        return ground.chosen(next(j for j in o.figures if j != i)).value
    check, place = o.edit.check, o.figures.index(i)
    values = [float(ground.chosen(j).value) for j in o.figures]

    def excess(x: float) -> float:
        tried = tuple((x, x) if n == place else (v, v) for n, v in enumerate(values))
        left, right = check.sides(tried)[:2]
        return left[0] - right[0]

    low, high = values[place] / 1000, values[place] * 1000
    if excess(low) * excess(high) > 0:
        return None
    for _ in range(50):
        middle = (low * high) ** 0.5
        low, high = (middle, high) if excess(low) * excess(middle) > 0 else (low, middle)
    digits = 1 if values[place] != int(values[place]) or values[place] < 1000 else 0
    return Decimal(str(round(high, digits))).normalize() + 0

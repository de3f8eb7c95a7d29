"""The readings that together cost least: damage assumed plus rules broken, found exactly.

Error localisation in the sense of Fellegi and Holt (1976), with the cost of a reading in place
of a count of changed fields, and candidate readings in place of free imputation (after Scholtus
2009). Figures tied by rules form components. Within one, figures that hang on a single other
are folded into it (min-sum elimination); the rest is searched branch by branch, every solution
within `SLACK` of the best kept. Ties are therefore seen, never broken by chance.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import product
from operator import itemgetter

from analysis.reading.edits import Bounds, Edit, Key
from analysis.reading.readings import Reading
from analysis.status import SET, Measure

BROKEN = 10.0  # a hard rule that a source itself breaks: about 1 in 20,000
SOFT = 3.0  # soft evidence missed: 1 in 20, and
SOFT_DECADE = 3.0  # as much again for each decade by which it is missed
LEFT_OUT = 1.8  # a stated part that the total leaves out: 1 in 6
UNLIKE = 7.5  # two figures that are usually one differ
READINGS = 25  # pairs of readings of two figures that may agree by chance
SLACK = 7.0  # solutions this much worse than the best are 1,000 times less likely
HARD_SLACK = 3.0  # by hard rules alone it is enough to know what comes near
FEW = 9  # figures of a component that are searched sooner than folded
FOLDED = 300  # combinations of readings up to which several figures are folded
LIMIT = 60_000  # branches before a component counts as too large to decide


@dataclass(frozen=True)
class Figure:
    """A figure to settle: its key, its readings (cheapest first) and usual levels."""

    key: Key
    readings: tuple[Reading, ...]
    typical: tuple[float, float] | None = None
    given: bool = False  # known from elsewhere, not to be settled here
    bound: str = ""  # at_least or at_most, where the text says so
    decided: str = ""  # by whom

    @property
    def exact(self) -> bool:
        """Whether the value is set or a bound, and so no rounding of something measured."""
        return bool(self.bound or self.decided) or self.key[1] in SET

    @cached_property
    def said(self) -> list[Bounds]:
        """What each reading lets the figure be: a bound leaves it open to one side."""
        return [(0.0 if self.bound == "at_most" else low, math.inf if self.bound == "at_least" else high)
                for low, high in self.intervals]  # fmt: skip

    @cached_property
    def intervals(self) -> list[Bounds]:
        """Bounds wide enough for all rounding that the print may hide."""
        return [wide(r) for r in self.readings]

    @cached_property
    def tight(self) -> list[Bounds]:
        """Bounds as printed; a plan's figure is set, not measured, and so exact."""
        if self.key[1] == Measure.TARGET:
            return [(float(r.value), float(r.value)) for r in self.readings]
        return [bounds(r) for r in self.readings]

    @cached_property
    def hull(self) -> Bounds:
        return min(low for low, _ in self.intervals), max(high for _, high in self.intervals)


@dataclass(frozen=True)
class Tie:
    """Two figures of one key (number `left` and `right`) that are the same fact."""

    left: int
    right: int


@dataclass
class Settled:
    """The outcome for one figure: costs by reading with all evidence, and with hard rules alone."""

    best: int
    costs: dict[int, float]
    hard_costs: dict[int, float]
    complete: bool = True

    def margin(self, costs: dict[int, float], readings: tuple[Reading, ...]) -> float:
        """How much dearer the next other value is (infinite where none is near)."""
        own = costs.get(self.best, math.inf)
        others = [c for i, c in costs.items() if readings[i].value != readings[self.best].value]
        if own == math.inf:
            return -math.inf
        return min(others, default=math.inf) - own


@dataclass
class _Factor:
    """A rule over figures by number; `table` caches the cost by the readings chosen."""

    figures: tuple[int, ...]
    edit: Edit | None
    hard: bool
    table: dict[tuple[int, ...], float] = field(default_factory=dict)

    @cached_property
    def pick(self) -> Callable[[dict[int, int]], tuple[int, ...]]:
        """The readings of its own figures among those chosen."""
        return itemgetter(*self.figures)


def settle(figures: list[Figure], edits: list[tuple[Edit, dict[Key, int]]],
           ties: list[Tie]) -> list[Settled | None]:  # fmt: skip
    """The least-cost readings of all figures; None for a figure without readings.

    `edits` pairs each rule with the number of the figure that stands for each of its keys.
    """
    factors = [_factor(edit, at) for edit, at in edits]
    factors += [_Factor((tie.left, tie.right), None, True) for tie in ties]
    factors = [f for f in factors if all(figures[i].readings for i in f.figures)]
    out: list[Settled | None] = [None] * len(figures)
    groups = _components((i for i, f in enumerate(figures) if f.readings), factors)
    group_of = {i: n for n, members in enumerate(groups) for i in members}
    by_group: list[list[_Factor]] = [[] for _ in groups]
    for factor in factors:
        by_group[group_of[factor.figures[0]]].append(factor)
    for members, inside in zip(groups, by_group, strict=True):
        full, complete = hard, also = _minima(figures, members, inside, SLACK)
        alone = [f for f in inside if f.hard]
        soft = len(alone) < len(inside) or any(figures[i].typical for i in members)
        if soft and any(f.edit is None or f.edit.equality for f in alone):  # something to prove
            hard, also = _minima(figures, members, alone, HARD_SLACK)
        for i in members:
            best = min(full[i], key=lambda r: (full[i][r], r))
            out[i] = Settled(best, full[i], hard[i], complete and also)
    return out


def bounds(reading: Reading) -> Bounds:
    return (float(reading.low), float(reading.high))


def wide(reading: Reading) -> Bounds:
    """Bounds that allow for rounding to the last digit that is not 0 (34,000 may be 3.4万)."""
    low, high = bounds(reading)
    digits = str(int(reading.value))
    zeros = len(digits) - len(digits.rstrip("0"))
    if low == high and zeros >= 3:
        half = 0.5 * 10**zeros if zeros < len(digits) - 1 else 0.05 * 10**zeros
        return low - half, high + half
    return low, high


def _factor(edit: Edit, at: dict[Key, int]) -> _Factor:
    return _Factor(tuple(at[key] for key in edit.figures), edit, edit.hard)


def _cost(factor: _Factor, figures: list[Figure], chosen: tuple[int, ...]) -> float:
    known = factor.table.get(chosen)
    if known is not None:
        return known
    values = [figures[i].intervals[r] for i, r in zip(factor.figures, chosen, strict=True)]
    if factor.edit is None:
        said = (figures[i].said[r] for i, r in zip(factor.figures, chosen, strict=True))
        cost = 0.0 if same(*said) else BROKEN
    else:
        holds = factor.edit.check.holds(values)
        if factor.hard:
            cost = LEFT_OUT * factor.edit.leaves_out(values) if holds else BROKEN
        elif factor.edit.equality:
            cost = UNLIKE - (_coincidence(factor, figures, chosen) if holds else 0.0)
        else:
            cost = 0.0 if holds else SOFT + SOFT_DECADE * factor.edit.check.gap(values)
    factor.table[chosen] = cost
    return cost


def _coincidence(factor: _Factor, figures: list[Figure], chosen: tuple[int, ...]) -> float:
    """How telling it is that figures agree: -ln of the chance that some reading would."""
    digits = min(
        len(figures[i].readings[r].mantissa) for i, r in zip(factor.figures, chosen, strict=True)
    )
    return min(UNLIKE, max(0.0, math.log(9 * 10 ** (digits - 1) / READINGS)))


def meet(left: Bounds, right: Bounds) -> bool:
    slack = 1e-9 * max(left[1], right[1], 1.0)
    return left[0] <= right[1] + slack and right[0] <= left[1] + slack


def same(left: Bounds, right: Bounds) -> bool:
    """Whether two prints can be of one figure; intervals that merely touch are of two."""
    low, high = max(left[0], right[0]), min(left[1], right[1])
    slack = 1e-9 * max(abs(low), 1.0)
    point = left[0] == left[1] or right[0] == right[1]
    return high - low >= -slack if point else high - low > slack


def unit_in_last_place(value: Decimal, low: Decimal, high: Decimal) -> float:
    """A unit of the last digit printed; of a whole number, of its last digit that is not 0."""
    exponent = value.normalize().as_tuple().exponent
    return float(high - low) or 10.0 ** int(exponent)


def usual_cost(figure: Figure, reading: Reading) -> float:
    """The cost of a level outside the usual ones."""
    if figure.typical is None or figure.given:
        return 0.0
    low, high = figure.typical
    if float(reading.high) < low:
        return SOFT + SOFT_DECADE * math.log10(low / max(float(reading.high), 1e-9))
    if float(reading.low) > high:
        return SOFT + SOFT_DECADE * math.log10(float(reading.low) / high)
    return 0.0


def _components(members: Iterable[int], factors: Iterable[_Factor]) -> list[list[int]]:
    """Figures that rules tie together, directly or through others."""
    parent = {i: i for i in members}

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for factor in factors:
        for i in factor.figures[1:]:
            parent[root(i)] = root(factor.figures[0])
    groups: dict[int, list[int]] = {}
    for i in parent:
        groups.setdefault(root(i), []).append(i)
    return list(groups.values())


def _minima(figures: list[Figure], members: list[int], factors: list[_Factor],
            slack: float) -> tuple[dict[int, dict[int, float]], bool]:  # fmt: skip
    """For each figure and reading the cost of the best solution that contains it."""
    soft = slack == SLACK
    unary = {i: [r.cost + (usual_cost(figures[i], r) if soft else 0.0) for r in figures[i].readings]
             for i in members}  # fmt: skip
    touching: dict[int, list[_Factor]] = {i: [] for i in members}
    for factor in factors:
        for i in factor.figures:
            touching[i].append(factor)
        if len(factor.figures) == 1:
            for r in range(len(unary[i])):
                unary[i][r] += _cost(factor, figures, (r,))
            touching[i].pop()
    folded = []
    ready = sorted(members, reverse=True)
    while ready:
        leaf = _leaf(ready.pop(), touching, FOLDED if len(members) > FEW else 0, unary)
        if leaf is None:
            continue
        private, onto, around = leaf
        table = _table(figures, private, onto, around, unary)
        message = [min(column) for column in zip(*table.values(), strict=True)]
        unary[onto] = [u + m for u, m in zip(unary[onto], message, strict=True)]
        folded.append((private, onto, table, message))
        for i in private:
            del touching[i]
        touching[onto] = [f for f in touching[onto] if f not in around]
        ready.append(onto)
    live = list({id(f): f for near in touching.values() for f in near}.values())
    minima = {i: dict(enumerate(costs)) for i, costs in unary.items() if i in touching}
    complete = True
    for core in _components(sorted({i for f in live for i in f.figures}), live):
        inside = [f for f in live if f.figures[0] in core]
        found, whole = _search(figures, core, inside, unary, slack)
        minima |= found
        complete = complete and whole
    for private, onto, table, message in reversed(folded):
        known = minima[onto].items()
        minima |= {i: {} for i in private}
        for chosen, row in table.items():
            best = min((cost - message[s] + row[s] for s, cost in known), default=math.inf)
            for i, r in zip(private, chosen, strict=True):
                if best < minima[i].get(r, math.inf):
                    minima[i][r] = best
    return minima, complete


def _leaf(i: int, touching: dict[int, list[_Factor]], most: int,
          unary: dict[int, list[float]]) -> tuple[list[int], int, list[_Factor]] | None:  # fmt: skip
    """Figures that rules tie to a single other one, `i` among them; that one; and the rules.

    Several figures only with at most `most` combinations of readings.
    """
    around = touching.get(i, [])
    others = sorted({j for f in around for j in f.figures} - {i})
    private = [j for j in others if len(touching[j]) == 1] if len(around) == 1 else []
    outside = [j for j in others if j not in private]
    if len(others) == 1:
        return [i], others[0], around
    if len(outside) != 1 or math.prod(len(unary[j]) for j in [i, *private]) > most:
        return None
    return sorted([i, *private]), outside[0], around


def _table(figures: list[Figure], private: list[int], onto: int, around: list[_Factor],
           unary: dict[int, list[float]]) -> dict[tuple[int, ...], list[float]]:  # fmt: skip
    """Costs by the readings of the private figures, one for each reading of the other."""
    ranked = sorted((sum(unary[i][r] for i, r in zip(private, chosen, strict=True)), chosen)
                    for chosen in product(*(range(len(unary[i])) for i in private)))  # fmt: skip
    table = {chosen: [math.inf] * len(unary[onto]) for _, chosen in ranked}
    for s in range(len(unary[onto])):
        lost: dict[tuple[int, ...], list[bool]] = {}
        least = math.inf
        for cost, chosen in ranked:
            if cost > least + SLACK:
                break
            head = chosen[:-1]
            if head not in lost:
                known = dict(zip(private, head, strict=False)) | {onto: s}
                lost[head] = [bool(head) and _doomed(f, figures, known) for f in around]
            known = dict(zip(private, chosen, strict=True)) | {onto: s}
            for factor, broken in zip(around, lost[head], strict=True):
                cost += BROKEN if broken else _cost(factor, figures, factor.pick(known))
            table[chosen][s] = cost
            least = min(least, cost)
    return table


def _doomed(factor: _Factor, figures: list[Figure], chosen: dict[int, int]) -> bool:
    """Whether no reading of the figures still open can satisfy a hard rule."""
    if not factor.hard or factor.edit is None:
        return False
    values = [figures[i].intervals[chosen[i]] if i in chosen else figures[i].hull
              for i in factor.figures]  # fmt: skip
    return not factor.edit.check.holds(values)


def _search(figures: list[Figure], core: list[int], factors: list[_Factor],
            unary: dict[int, list[float]], slack: float) -> tuple[dict[int, dict[int, float]], bool]:  # fmt: skip
    """Every solution of the core within `slack` of the best, by depth-first branch and bound."""
    order = _order(core, factors, unary)
    ranked = {i: sorted(range(len(unary[i])), key=unary[i].__getitem__) for i in order}
    place = {i: n for n, i in enumerate(order)}
    due: list[list[_Factor]] = [[] for _ in order]
    partly: list[list[_Factor]] = [[] for _ in order]
    for factor in factors:
        last = max(place[i] for i in factor.figures)
        due[last].append(factor)
        if factor.hard and factor.edit is not None and len(factor.figures) > 2:
            for depth in range(max(0, last - 3), last):
                partly[depth].append(factor)
    rest = [0.0] * (len(order) + 1)
    for n in range(len(order) - 1, -1, -1):
        rest[n] = rest[n + 1] + min(unary[order[n]])
    minima: dict[int, dict[int, float]] = {i: {} for i in order}
    chosen: dict[int, int] = {}
    best = math.inf
    branches = 0

    def go(depth: int, cost: float, limit: float) -> None:
        nonlocal best, branches
        if depth == len(order):
            best = min(best, cost)
            for i, r in chosen.items():
                if cost < minima[i].get(r, math.inf):
                    minima[i][r] = cost
            return
        i = order[depth]
        left = rest[depth + 1]
        for r in ranked[i]:
            total = cost + unary[i][r]
            cap = limit if limit < best + slack else best + slack
            if total + left > cap or branches > LIMIT:
                return
            branches += 1
            chosen[i] = r
            for factor in due[depth]:
                total += _cost(factor, figures, factor.pick(chosen))
            if total + left <= cap:
                tight = total + left + BROKEN > cap
                if not (tight and any(_doomed(f, figures, chosen) for f in partly[depth])):
                    go(depth + 1, total, limit)
            del chosen[i]

    limit = rest[0]
    while best == math.inf and branches <= LIMIT:
        limit += 4.0
        go(0, 0.0, limit)
    if limit < best + slack:
        go(0, 0.0, best + slack)
    if best == math.inf:
        return {i: dict(enumerate(unary[i])) for i in core}, False
    return minima, branches <= LIMIT


def _order(core: list[int], factors: list[_Factor], unary: dict[int, list[float]]) -> list[int]:
    """Figures with most to choose last, so that a sum is checked as soon as it is complete."""
    near = {i: sum(1 for u in unary[i] if u - min(unary[i]) <= SLACK) for i in core}
    order: list[int] = []
    for factor in sorted(factors, key=lambda f: len(f.figures)):
        order += [i for i in sorted(factor.figures, key=lambda i: (near[i], i)) if i not in order]
    return order + [i for i in core if i not in order]

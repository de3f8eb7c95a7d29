"""The readings that together cost least: damage assumed plus rules broken, found exactly.

Error localisation in the sense of Fellegi and Holt (1976), with the cost of a reading in place
of a count of changed fields, and candidate readings in place of free imputation (after Scholtus
2009). Figures tied by rules form components. Within one, figures that hang on a single other
are folded into it (min-sum elimination); the rest is searched branch by branch, every solution
within `SLACK` of the best kept. Ties are therefore seen, never broken by chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from analysis.reading.edits import Bounds, Edit, Key
from analysis.reading.readings import Reading

BROKEN = 10.0  # a hard rule that a source itself breaks: about 1 in 20,000
SOFT = 3.0  # soft evidence missed: 1 in 20, and
SOFT_DECADE = 3.0  # as much again for each decade by which it is missed
LEFT_OUT = 1.8  # a stated part that the total leaves out: 1 in 6
UNLIKE = 7.5  # two figures that are usually one differ
READINGS = 25  # pairs of readings of two figures that may agree by chance
SLACK = 7.0  # solutions this much worse than the best are 1,000 times less likely
HARD_SLACK = 3.0  # by hard rules alone it is enough to know what comes near
LIMIT = 60_000  # branches before a component counts as too large to decide


@dataclass(frozen=True)
class Figure:
    """A figure to settle: its key, its readings (cheapest first) and usual levels."""

    key: Key
    readings: tuple[Reading, ...]
    typical: tuple[float, float] | None = None
    given: bool = False  # known from elsewhere, not to be settled here

    @cached_property
    def intervals(self) -> list[Bounds]:
        """Bounds wide enough for all rounding that the print may hide."""
        return [wide(r) for r in self.readings]

    @cached_property
    def tight(self) -> list[Bounds]:
        """Bounds as printed; a plan's figure is set, not measured, and so exact."""
        if self.key[1] == "target":
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


def settle(figures: list[Figure], edits: list[tuple[Edit, dict[Key, int]]],
           ties: list[Tie]) -> list[Settled | None]:  # fmt: skip
    """The least-cost readings of all figures; None for a figure without readings.

    `edits` pairs each rule with the number of the figure that stands for each of its keys.
    """
    factors = [_factor(edit, at) for edit, at in edits]
    factors += [_Factor((tie.left, tie.right), None, True) for tie in ties]
    factors = [f for f in factors if all(figures[i].readings for i in f.figures)]
    out: list[Settled | None] = [None] * len(figures)
    groups = _components(figures, factors)
    group_of = {i: n for n, members in enumerate(groups) for i in members}
    by_group: list[list[_Factor]] = [[] for _ in groups]
    for factor in factors:
        by_group[group_of[factor.figures[0]]].append(factor)
    for members, inside in zip(groups, by_group, strict=True):
        full, complete = _minima(figures, members, inside, SLACK)
        hard, also = _minima(figures, members, [f for f in inside if f.hard], HARD_SLACK)
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
        cost = 0.0 if meet(values[0], values[1]) else BROKEN
    else:
        gap = factor.edit.check.gap(values)
        if factor.hard:
            cost = BROKEN if gap else LEFT_OUT * factor.edit.leaves_out(values)
        elif factor.edit.equality:
            cost = UNLIKE - (0.0 if gap else _coincidence(factor, figures, chosen))
        else:
            cost = SOFT + SOFT_DECADE * gap if gap else 0.0
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


def _components(figures: list[Figure], factors: list[_Factor]) -> list[list[int]]:
    parent = list(range(len(figures)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for factor in factors:
        for i in factor.figures[1:]:
            parent[root(i)] = root(factor.figures[0])
    groups: dict[int, list[int]] = {}
    for i, figure in enumerate(figures):
        if figure.readings:
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
        i = ready.pop()
        onto = _only_neighbour(i, touching.get(i, []))
        if onto is None:
            continue
        pair = touching.pop(i)
        table = [[unary[i][r] + sum(_cost(f, figures, (r, s) if f.figures[0] == i else (s, r))
                                    for f in pair) for s in range(len(unary[onto]))]
                 for r in range(len(unary[i]))]  # fmt: skip
        message = [min(column) for column in zip(*table, strict=True)]
        unary[onto] = [u + m for u, m in zip(unary[onto], message, strict=True)]
        folded.append((i, onto, table, message))
        touching[onto] = [f for f in touching[onto] if i not in f.figures]
        ready.append(onto)
    live = list({id(f): f for around in touching.values() for f in around}.values())
    tied = {i for f in live for i in f.figures}
    minima, complete = _search(figures, sorted(tied), live, unary, slack)
    minima |= {i: dict(enumerate(unary[i])) for i in touching if i not in tied}
    for i, onto, table, message in reversed(folded):
        minima[i] = {}
        for r, row in enumerate(table):
            best = min(
                (cost - message[s] + row[s] for s, cost in minima[onto].items()), default=math.inf
            )
            if best < math.inf:
                minima[i][r] = best
    return minima, complete


def _only_neighbour(i: int, around: list[_Factor]) -> int | None:
    """The one figure that `i` is tied to by rules over two figures, if it is so."""
    if not around or any(len(f.figures) != 2 for f in around):
        return None
    others = {j for f in around for j in f.figures if j != i}
    return others.pop() if len(others) == 1 else None


def _search(figures: list[Figure], core: list[int], factors: list[_Factor],
            unary: dict[int, list[float]], slack: float) -> tuple[dict[int, dict[int, float]], bool]:  # fmt: skip
    """Every solution of the core within `slack` of the best, by depth-first branch and bound."""
    if not factors:
        return {}, True
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

    def doomed(factor: _Factor) -> bool:
        """Whether no reading of the figures still open can satisfy the rule."""
        values = [figures[i].intervals[chosen[i]] if i in chosen else figures[i].hull
                  for i in factor.figures]  # fmt: skip
        return factor.edit is not None and not factor.edit.check.holds(values)

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
                total += _cost(factor, figures, tuple([chosen[j] for j in factor.figures]))
            if total + left <= cap:
                tight = total + left + BROKEN > cap
                if not (tight and partly[depth] and any(map(doomed, partly[depth]))):
                    go(depth + 1, total, limit)
            del chosen[i]

    limit = rest[0] + 1.0
    while best == math.inf and branches <= LIMIT:
        go(0, 0.0, limit)
        limit += 4.0
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

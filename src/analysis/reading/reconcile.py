"""The readings that together cost least: damage assumed plus rules broken, found exactly.

Error localisation in the sense of Fellegi and Holt (1976), with the cost of a reading in place
of a count of changed fields, and candidate readings in place of free imputation (after Scholtus
2009). Figures tied by rules form components. Within one, figures that hang on a single other
are folded into it (min-sum elimination); the rest is searched branch by branch, every solution
within `SLACK` of the best kept. Ties are therefore seen, never broken by chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from analysis.reading.edits import Edit, Key
from analysis.reading.factors import BROKEN, Factor, cost, doomed
from analysis.reading.figures import Figure, Settled, Tie, usual_cost

SLACK = 7.0  # solutions this much worse than the best are 1,000 times less likely
HARD_SLACK = 3.0  # by hard rules alone it is enough to know what comes near
FEW = 9  # figures of a component that are searched sooner than folded
FOLDED = 300  # combinations of readings up to which several figures are folded
LIMIT = 60_000  # branches before a component counts as too large to decide


def settle(figures: list[Figure], edits: list[tuple[Edit, dict[Key, int]]], ties: list[Tie]) -> list[Settled | None]:
    """The least-cost readings of all figures; None for a figure without readings.

    `edits` pairs each rule with the number of the figure that stands for each of its keys.
    """
    factors = [Factor(tuple(at[k] for k in e.figures), e, e.hard) for e, at in edits]
    factors += [Factor((tie.left, tie.right), None, True) for tie in ties]
    factors = [f for f in factors if all(figures[i].readings for i in f.figures)]
    out: list[Settled | None] = [None] * len(figures)
    groups = _components((i for i, f in enumerate(figures) if f.readings), factors)
    for members, inside in zip(groups, _by_group(groups, factors), strict=True):
        for i, settled in _settled(figures, members, inside):
            out[i] = settled
    return out


def _settled(figures: list[Figure], members: list[int], factors: list[Factor]) -> Iterator[tuple[int, Settled]]:
    """The figures of one component settled, with all evidence and with hard rules alone."""
    full, complete = hard, also = _minima(figures, members, factors, SLACK)
    alone = [f for f in factors if f.hard]
    soft = len(alone) < len(factors) or any(figures[i].typical for i in members)
    if soft and any(f.edit is None or f.edit.equality for f in alone):  # something to prove
        hard, also = _minima(figures, members, alone, HARD_SLACK)
    for i in members:
        best = min((cost, r) for r, cost in full[i].items())[1]
        yield i, Settled(best, full[i], hard[i], complete and also)


def _by_group(groups: list[list[int]], factors: list[Factor]) -> list[list[Factor]]:
    """The rules within each component."""
    group_of = {i: n for n, members in enumerate(groups) for i in members}
    out: list[list[Factor]] = [[] for _ in groups]
    for factor in factors:
        out[group_of[factor.figures[0]]].append(factor)
    return out


def _components(members: Iterable[int], factors: Iterable[Factor]) -> list[list[int]]:
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


def _minima(
    figures: list[Figure], members: list[int], factors: list[Factor], slack: float
) -> tuple[dict[int, dict[int, float]], bool]:
    """For each figure and reading the cost of the best solution that contains it."""
    touching = _touching(members, factors)
    own = [f for f in factors if len(f.figures) == 1]
    unary = {i: _alone(i, figures, own, soft=slack == SLACK) for i in members}
    folded = _fold(figures, members, touching, unary)
    live = list({id(f): f for near in touching.values() for f in near}.values())
    minima = {i: dict(enumerate(costs)) for i, costs in unary.items() if i in touching}
    complete = True
    for core in _components(sorted({i for f in live for i in f.figures}), live):
        inside = [f for f in live if f.figures[0] in core]
        found, whole = _search(figures, core, inside, unary, slack)
        minima |= found
        complete = complete and whole
    for fold in reversed(folded):
        _unfold(fold, minima)
    return minima, complete


def _touching(members: list[int], factors: list[Factor]) -> dict[int, list[Factor]]:
    """The rules that tie each figure to others."""
    touching: dict[int, list[Factor]] = {i: [] for i in members}
    for factor in factors:
        for i in factor.figures if len(factor.figures) > 1 else ():
            touching[i].append(factor)
    return touching


def _alone(i: int, figures: list[Figure], own: list[Factor], soft: bool) -> list[float]:
    """What each reading of a figure costs by itself; `own` are rules over one, `soft` counts unusual levels, too."""
    costs = [r.cost + (usual_cost(figures[i], r) if soft else 0.0) for r in figures[i].readings]
    for factor in own:
        if factor.figures == (i,):
            costs = [u + cost(factor, figures, (r,)) for r, u in enumerate(costs)]
    return costs


@dataclass(frozen=True)
class _Fold:
    """Figures folded into another: costs by their readings for each of its, and the least of them."""

    private: list[int]
    onto: int
    table: dict[tuple[int, ...], list[float]]
    message: list[float]


def _fold(
    figures: list[Figure], members: list[int], touching: dict[int, list[Factor]], unary: dict[int, list[float]]
) -> list[_Fold]:
    """Fold figures that hang on a single other into it, one after the other."""
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
        folded.append(_Fold(private, onto, table, message))
        for i in private:
            del touching[i]
        touching[onto] = [f for f in touching[onto] if f not in around]
        ready.append(onto)
    return folded


def _unfold(fold: _Fold, minima: dict[int, dict[int, float]]) -> None:
    """Add the minima of folded figures, from those of the one they were folded into."""
    known = minima[fold.onto].items()
    minima |= {i: {} for i in fold.private}
    for chosen, row in fold.table.items():
        best = min((least - fold.message[s] + row[s] for s, least in known), default=math.inf)
        for i, r in zip(fold.private, chosen, strict=True):
            if best < minima[i].get(r, math.inf):
                minima[i][r] = best


def _leaf(
    i: int, touching: dict[int, list[Factor]], most: int, unary: dict[int, list[float]]
) -> tuple[list[int], int, list[Factor]] | None:
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


def _table(
    figures: list[Figure], private: list[int], onto: int, around: list[Factor], unary: dict[int, list[float]]
) -> dict[tuple[int, ...], list[float]]:
    """Costs by the readings of the private figures, one for each reading of the other."""
    ranked = sorted(
        (sum(unary[i][r] for i, r in zip(private, chosen, strict=True)), chosen)
        for chosen in product(*(range(len(unary[i])) for i in private))
    )
    table = {chosen: [math.inf] * len(unary[onto]) for _, chosen in ranked}
    for s in range(len(unary[onto])):
        lost: dict[tuple[int, ...], list[bool]] = {}
        least = math.inf
        for spent, chosen in ranked:
            if spent > least + SLACK:
                break
            head = chosen[:-1]
            if head not in lost:
                known = dict(zip(private, head, strict=False)) | {onto: s}
                lost[head] = [bool(head) and doomed(f, figures, known) for f in around]
            known = dict(zip(private, chosen, strict=True)) | {onto: s}
            for factor, broken in zip(around, lost[head], strict=True):
                spent += BROKEN if broken else cost(factor, figures, factor.pick(known))
            table[chosen][s] = spent
            least = min(least, spent)
    return table


def _search(
    figures: list[Figure], core: list[int], factors: list[Factor], unary: dict[int, list[float]], slack: float
) -> tuple[dict[int, dict[int, float]], bool]:
    """Every solution of the core within `slack` of the best, by depth-first branch and bound."""
    search = _Search(figures, _order(core, factors, unary), factors, unary, slack)
    limit = search.rest[0]
    while search.best == math.inf and search.branches <= LIMIT:
        limit += 4.0
        search.go(0, 0.0, limit)
    if limit < search.best + slack:
        search.go(0, 0.0, search.best + slack)
    if search.best == math.inf:
        return {i: dict(enumerate(unary[i])) for i in core}, False
    return search.minima, search.branches <= LIMIT


class _Search:
    """The figures of a core chosen one after the other, in `order`; what is known so far."""

    def __init__(
        self,
        figures: list[Figure],
        order: list[int],
        factors: list[Factor],
        unary: dict[int, list[float]],
        slack: float,
    ):
        self.figures, self.order, self.unary, self.slack = figures, order, unary, slack
        self.ranked = {i: sorted(range(len(unary[i])), key=unary[i].__getitem__) for i in order}
        self.due, self.partly = _schedule(order, factors)
        self.rest = [0.0] * (len(order) + 1)
        for n in range(len(order) - 1, -1, -1):
            self.rest[n] = self.rest[n + 1] + min(unary[order[n]])
        self.minima: dict[int, dict[int, float]] = {i: {} for i in order}
        self.chosen: dict[int, int] = {}
        self.best = math.inf
        self.branches = 0

    def go(self, depth: int, spent: float, limit: float) -> None:
        """Try every reading of the figure at `depth` that stays below the limit."""
        if depth == len(self.order):
            self._keep(spent)
            return
        i, left = self.order[depth], self.rest[depth + 1]
        unary, chosen = self.unary[i], self.chosen
        for r in self.ranked[i]:
            total = spent + unary[r]
            cap = min(limit, self.best + self.slack)
            if total + left > cap or self.branches > LIMIT:
                return
            self.branches += 1
            chosen[i] = r
            for factor in self.due[depth]:
                total += cost(factor, self.figures, factor.pick(chosen))
            if total + left <= cap and not (total + left + BROKEN > cap and self._doomed(depth)):
                self.go(depth + 1, total, limit)
            del chosen[i]

    def _doomed(self, depth: int) -> bool:
        return any(doomed(f, self.figures, self.chosen) for f in self.partly[depth])

    def _keep(self, spent: float) -> None:
        self.best = min(self.best, spent)
        for i, r in self.chosen.items():
            if spent < self.minima[i].get(r, math.inf):
                self.minima[i][r] = spent


def _schedule(order: list[int], factors: list[Factor]) -> tuple[list[list[Factor]], list[list[Factor]]]:
    """By depth the rules whose figures are all chosen there, and those worth a look before."""
    place = {i: n for n, i in enumerate(order)}
    due: list[list[Factor]] = [[] for _ in order]
    partly: list[list[Factor]] = [[] for _ in order]
    for factor in factors:
        last = max(place[i] for i in factor.figures)
        due[last].append(factor)
        if factor.hard and factor.edit is not None and len(factor.figures) > 2:
            for depth in range(max(0, last - 3), last):
                partly[depth].append(factor)
    return due, partly


def _order(core: list[int], factors: list[Factor], unary: dict[int, list[float]]) -> list[int]:
    """Figures with most to choose last, so that a sum is checked as soon as it is complete."""
    near = {i: sum(1 for u in unary[i] if u - min(unary[i]) <= SLACK) for i in core}
    order: list[int] = []
    for factor in sorted(factors, key=lambda f: len(f.figures)):
        order += [i for i in sorted(factor.figures, key=lambda i: (near[i], i)) if i not in order]
    return order + [i for i in core if i not in order]

"""From settled readings to what may be claimed: value, bounds, status, basis, runner-up.

The claim is never stronger than its evidence. `confirmed` and `repaired` need a hard identity
that would rarely hold by chance and that no other reading of the figure satisfies.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal

from analysis.notes import Code, Note, note
from analysis.reading.edits import Bounds, Edit, Key
from analysis.reading.readings import Reading
from analysis.reading.reconcile import Figure, Settled, meet

CHANCE = 0.02  # an identity that other readings would satisfy more often proves nothing
SAME_HERE = "same-figure:here"  # two prints of one figure in one document
LOOSE = 0.35  # nor does one whose tolerance spans this share of a decade of the figure itself
PROVEN = 2.5  # margin by hard rules alone: 12 to 1
CLEAR = math.log(10)  # margin by all evidence for `plausible`: 10 to 1


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Outcome:
    """One rule over the chosen readings: whether it holds, and how tight it is.

    `chance` estimates how often readings of these glyphs would satisfy an equality by chance:
    its window as a share of a decade, times the distinct digit strings that were open.
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
    def proves(self) -> bool:
        return self.hard and self.equality and self.holds and self.chance <= CHANCE


def outcome(
    edit: Edit, at: dict[Key, int], figures: list[Figure], settled: list[Settled | None]
) -> Outcome:
    """The rule's best variant at the chosen readings."""
    tried = [(check, tight) for tight in (True, False) for check in edit.variants or (edit.check,)]
    for check, tight in tried:
        numbers = [at[k] for k in check.figures]
        values = _at(numbers, figures, settled, tight)
        if check.holds(values):
            break
    else:
        check, tight = tried[len(tried) // 2]
        numbers = [at[k] for k in check.figures]
        values = _at(numbers, figures, settled, tight)
    edit = replace(edit, check=check)
    gap = check.gap(values)
    sides = check.sides(values)
    left, right = (sum(s) / 2 for s in (sides[0], sides[-1]))
    tolerance = sum((s[1] - s[0]) / 2 for s in (sides[0], sides[-1]))
    if len(sides) == 3:
        left = sum(sides[1]) / 2
        right = sum(sides[0]) / 2 if left < sum(sides[0]) / 2 else sum(sides[2]) / 2
        tolerance = (sides[1][1] - sides[1][0]) / 2
    spent = max(_spent(figures[i], settled[i]) for i in numbers)
    trials = 1 + sum(_alternatives(figures[i], settled[i], spent) for i in numbers)
    window = check.window(values)
    if tight and check.window(_at(numbers, figures, settled, tight=False)) > 1.5 * window:
        trials *= 2  # two widths were tried
    chance = window * trials * max(1, len(edit.variants))
    return Outcome(edit, edit.id, tuple(numbers), left, right, tolerance, gap == 0.0, chance, tight)


def _at(
    numbers: list[int], figures: list[Figure], settled: list[Settled | None], tight: bool
) -> list[Bounds]:
    """The intervals of the chosen readings, as printed or with all rounding allowed for."""
    selected = []
    for i in numbers:
        result = settled[i]
        assert result is not None
        selected.append(result.best)
    pick = [figures[i].tight if tight else figures[i].intervals for i in numbers]
    return [options[r] for options, r in zip(pick, selected, strict=True)]


def _chosen(figures: list[Figure], settled: list[Settled | None], i: int) -> Reading:
    result = settled[i]
    assert result is not None
    return figures[i].readings[result.best]


def _spent(figure: Figure, result: Settled | None) -> float:
    """What the chosen reading costs above the cheapest one."""
    assert result is not None
    return figure.readings[result.best].cost - figure.readings[0].cost


def _alternatives(figure: Figure, result: Settled | None, spent: float) -> int:
    """Other digit strings that a repair as dear as the dearest one made could have taken here."""
    assert result is not None
    chosen = figure.readings[result.best].mantissa
    bar = figure.readings[0].cost + spent + 0.5
    return len({r.mantissa for r in figure.readings if r.cost <= bar} - {chosen})


def verdict(i: int, figures: list[Figure], settled: list[Settled | None],
            mine: list[Outcome], proven: set[int], sure: bool) -> Verdict:  # fmt: skip
    """The claim for figure `i` by the outcomes it takes part in.

    `proven` are the figures that some identity proves; `sure` is False where the scope is open.
    """
    figure, result = figures[i], settled[i]
    if result is None:
        return Verdict("unreadable", notes=(note(Code.NO_READING),))
    chosen = figure.readings[result.best]
    proofs = [o for o in mine if o.proves and not _loose(o, chosen)]
    broken = [o for o in mine if o.hard and not o.holds]
    margin = result.margin(result.costs, figure.readings)
    second = _second(figure, result)
    damage = tuple(f"read:{d}" for d in chosen.damage)
    evidence = tuple(
        o.id for o in mine if o.holds and not (o.equality and o.hard and o not in proofs)
    )
    if chosen.interval:
        return _interval(figure, result, mine, figures, settled, damage)
    hard_margin = result.margin(result.hard_costs, figure.readings)
    ours = [o for o in broken if not (i in proven and any(j not in proven for j in o.figures))]
    if ours:
        return _conflict(chosen, ours, i, figures, settled, second)
    spread = (chosen.low, chosen.high)
    agreed = hard_margin >= PROVEN or (not chosen.damage and hard_margin > 0 and margin >= PROVEN)
    proofs = [o for o in proofs if _rest_is_settled(o, i, figures, settled, proven)]
    missed = [o for o in mine if not o.holds and not o.hard and not o.equality]
    if missed:
        proofs = []
    if not chosen.damage:
        proofs = [o for o in proofs if _excludes_others(o, i, figures, settled)]
    if proofs and agreed and result.complete and sure:
        status = "repaired" if chosen.damage else "confirmed"
        least = min(o.chance for o in proofs)
        notes: tuple[Note, ...] = (
            (note(Code.CHANCE_FIT, odds=round(max(1 / least, 1))),) if chosen.damage else ()
        )
        return Verdict(
            status, chosen.value, *spread, (*damage, *(o.id for o in proofs)), second, notes=notes
        )
    if margin < CLEAR or not result.complete:
        return _open(figure, result, chosen, damage, evidence, second)
    notes = tuple(note(Code.UNUSUAL, rule=o.edit.rule.id) for o in missed if o.edit)
    if not sure:
        return Verdict(
            "plausible", chosen.value, *spread, (*damage, *evidence), second, notes=notes
        )
    if chosen.damage:
        return Verdict(
            "plausible", chosen.value, *spread, (*damage, *evidence), second, notes=notes
        )
    return Verdict(
        "printed", chosen.value, *spread, evidence, second if margin < 4 else None, notes=notes
    )


def _rest_is_settled(
    o: Outcome, i: int, figures: list[Figure], settled: list[Settled | None], proven: set[int]
) -> bool:
    """Whether the other figures of an identity are sure enough to prove figure `i` by it.

    A quotient says nothing of the scale of one term while the scale of the other is repaired.
    """
    ratio = o.edit is not None and "/" in o.edit.rule.rule
    if not ratio and any("transposed" in _chosen(figures, settled, j).damage for j in o.figures):
        return False  # transpositions differ by multiples of 9: a sum fits one too easily
    for j in o.figures:
        if j == i or figures[j].given:
            continue
        other = settled[j]
        assert other is not None
        if other.margin(other.costs, figures[j].readings) < CLEAR:
            return False
        damaged = set(figures[j].readings[other.best].damage) - {"gap"}
        if ratio and damaged and "completion" not in (figures[i].key[1], figures[j].key[1]):
            return False
    return True


def _excludes_others(
    o: Outcome, i: int, figures: list[Figure], settled: list[Settled | None]
) -> bool:
    """Whether the identity would notice every other reading of figure `i`."""
    result = settled[i]
    assert result is not None
    value = figures[i].readings[result.best].value
    values = _at(list(o.figures), figures, settled, o.tight)
    options = figures[i].tight if o.tight else figures[i].intervals
    place = o.figures.index(i)
    for other, interval in zip(figures[i].readings, options, strict=True):
        if other.value == value:
            continue
        tried = [*values[:place], interval, *values[place + 1 :]]
        if o.edit is None:
            if meet(tried[0], tried[1]):
                return False
        elif o.edit.check.holds(tried):
            return False
    return True


def _loose(o: Outcome, chosen: Reading) -> bool:
    """Whether the identity's tolerance is too wide to say anything of this very figure."""
    size = float(chosen.value)
    scale = max(abs(o.left), abs(o.right), 1e-9)
    if o.edit is not None and "/" in o.edit.rule.rule:
        return False
    return 2 * o.tolerance / 2.302585 > LOOSE * size if scale else False


def _second(figure: Figure, result: Settled) -> Decimal | None:
    chosen = figure.readings[result.best].value
    others = [(c, r) for r, c in result.costs.items() if figure.readings[r].value != chosen]
    if not others or min(others)[0] - result.costs[result.best] > 7:
        return None
    return figure.readings[min(others)[1]].value


def _near(figure: Figure, result: Settled, within: float) -> list[Reading]:
    best = min(result.costs.values())
    return [figure.readings[r] for r, c in sorted(result.costs.items(), key=lambda x: (x[1], x[0]))
            if c - best <= within]  # fmt: skip


def _open(figure: Figure, result: Settled, chosen: Reading, damage: tuple[str, ...],
          evidence: tuple[str, ...], second: Decimal | None) -> Verdict:  # fmt: skip
    if not result.complete:
        near = _near(figure, result, math.inf)
    else:
        near = _near(figure, result, CLEAR + 0.7)
    low, high = min(r.low for r in near), max(r.high for r in near)
    values = tuple(sorted({r.value for r in near}))[:6]
    says = (note(Code.CANDIDATES, values=values),)
    return Verdict("range", None, low, high, (*damage, *evidence), second, values, says)


def _interval(figure: Figure, result: Settled, mine: list[Outcome], figures: list[Figure],
              settled: list[Settled | None], damage: tuple[str, ...]) -> Verdict:  # fmt: skip
    near = _near(figure, result, CLEAR + 0.7)
    low, high = min(r.low for r in near), max(r.high for r in near)
    twins = [o for o in mine if o.edit is None and o.holds]
    for o in twins:
        others = [_chosen(figures, settled, j) for j in o.figures]
        other = next((r for r in others if not r.interval), None)
        if "read:masked" in damage and other is not None and low <= other.value <= high:
            return Verdict("plausible", other.value, other.low, other.high, (*damage, o.id),
                           notes=(note(Code.MASKED_HERE, low=low, high=high),))  # fmt: skip
    evidence = tuple(o.id for o in mine if o.holds and not o.hard)
    says = note(Code.MASKED if "read:masked" in damage else Code.TWO_ENDS)
    return Verdict("range", None, low, high, (*damage, *evidence), notes=(says,))


def _conflict(chosen: Reading, broken: list[Outcome], i: int, figures: list[Figure],
              settled: list[Settled | None], second: Decimal | None) -> Verdict:  # fmt: skip
    low, high, says = chosen.low, chosen.high, []
    for o in broken:
        implied = _implied(o, i, figures, settled)
        rule = o.edit.rule.id if o.edit else "same-figure"
        if implied is None:
            says.append(note(Code.DISAGREES, rule=rule))
            continue
        low, high = min(low, implied), max(high, implied)
        if o.edit is None and o.id != SAME_HERE:
            says.append(note(Code.PRINTED_THERE, value=implied, document=o.id.partition(":")[2]))
        else:
            says.append(note(Code.WOULD_BE, value=implied, rule=rule))
    basis = tuple(o.id for o in broken)
    return Verdict("conflict", chosen.value, low, high, basis, second, notes=tuple(says))


def _implied(
    o: Outcome, i: int, figures: list[Figure], settled: list[Settled | None]
) -> Decimal | None:
    """What figure `i` would have to be for the equality to hold, found by bisection."""
    if not o.equality:
        return None
    if o.edit is None:
        j = next(j for j in o.figures if j != i)
        return _chosen(figures, settled, j).value
    check = o.edit.check
    place = o.figures.index(i)
    values = [float(_chosen(figures, settled, j).value) for j in o.figures]

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

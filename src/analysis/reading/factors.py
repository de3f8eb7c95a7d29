"""What a rule costs at the readings chosen for its figures: nothing where it holds, or how unlikely it is."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from analysis.reading.edits import Edit
from analysis.reading.figures import SOFT, SOFT_DECADE, Figure, same

BROKEN = 10.0  # a hard rule that a source itself breaks: about 1 in 20,000
LEFT_OUT = 1.8  # a stated part that the total leaves out: 1 in 6
UNLIKE = 7.5  # two figures that are usually one differ
READINGS = 25  # pairs of readings of two figures that may agree by chance


@dataclass
class Factor:
    """A rule over figures by number.

    `table` caches the cost by the readings chosen, `lost` whether it is lost by those chosen so far.
    """

    figures: tuple[int, ...]
    edit: Edit | None
    hard: bool
    table: dict[tuple[int, ...], float] = field(default_factory=dict)
    lost: dict[tuple[int, ...], bool] = field(default_factory=dict)

    @cached_property
    def pick(self) -> Callable[[dict[int, int]], tuple[int, ...]]:
        """The readings of its own figures among those chosen."""
        return itemgetter(*self.figures)


def cost(factor: Factor, figures: list[Figure], chosen: tuple[int, ...]) -> float:
    """What a rule costs at some readings of its figures."""
    known = factor.table.get(chosen)
    if known is not None:
        return known
    if factor.edit is None:
        said = (figures[i].said[r] for i, r in zip(factor.figures, chosen, strict=True))
        price = 0.0 if same(*said) else BROKEN
    else:
        price = _price(factor, factor.edit, figures, chosen)
    factor.table[chosen] = price
    return price


def _price(factor: Factor, edit: Edit, figures: list[Figure], chosen: tuple[int, ...]) -> float:
    values = [figures[i].intervals[r] for i, r in zip(factor.figures, chosen, strict=True)]
    holds = edit.check.holds(values)
    if factor.hard:
        return LEFT_OUT * edit.leaves_out(values) if holds else BROKEN
    if edit.equality:
        return UNLIKE - (_coincidence(factor, figures, chosen) if holds else 0.0)
    return 0.0 if holds else SOFT + SOFT_DECADE * edit.check.gap(values)


def _coincidence(factor: Factor, figures: list[Figure], chosen: tuple[int, ...]) -> float:
    """How telling it is that figures agree: -ln of the chance that some reading would."""
    digits = min(len(figures[i].readings[r].mantissa) for i, r in zip(factor.figures, chosen, strict=True))
    return min(UNLIKE, max(0.0, math.log(9 * 10 ** (digits - 1) / READINGS)))


def doomed(factor: Factor, figures: list[Figure], chosen: dict[int, int]) -> bool:
    """Whether no reading of the figures still open can satisfy a hard rule."""
    if not factor.hard or factor.edit is None:
        return False
    so_far = tuple([chosen.get(i, -1) for i in factor.figures])
    known = factor.lost.get(so_far)
    if known is None:
        values = [
            figures[i].intervals[r] if r >= 0 else figures[i].hull for i, r in zip(factor.figures, so_far, strict=True)
        ]
        known = factor.lost[so_far] = not factor.edit.check.holds(values)
    return known

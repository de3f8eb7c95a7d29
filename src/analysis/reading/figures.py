"""A figure to settle and how prints are compared: intervals, rounding, usual levels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from analysis.codebook.status import SET, Measure
from analysis.reading.edits import Bounds, Key
from analysis.reading.readings import Reading

SOFT = 3.0  # soft evidence missed: 1 in 20, and
SOFT_DECADE = 3.0  # as much again for each decade by which it is missed


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
        return [
            (0.0 if self.bound == "at_most" else low, math.inf if self.bound == "at_least" else high)
            for low, high in self.intervals
        ]

    @cached_property
    def intervals(self) -> list[Bounds]:
        """Bounds wide enough for all rounding that the print may hide."""
        return [wide(r) for r in self.readings]

    @cached_property
    def tight(self) -> list[Bounds]:
        """Bounds as printed; a plan's figure is set, not measured, and so exact."""
        if self.key[1] == Measure.TARGET:
            return [(float(r.value), float(r.value)) for r in self.readings]
        return [bounds_of(r) for r in self.readings]

    @cached_property
    def hull(self) -> Bounds:
        return min(low for low, _ in self.intervals), max(high for _, high in self.intervals)


@dataclass(frozen=True)
class Tie:
    """Two figures of one key (number `left` and `right`) that are the same fact."""

    left: int
    right: int


@dataclass(slots=True)
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


def bounds_of(reading: Reading) -> Bounds:
    """The bounds of a reading, as floats."""
    return (float(reading.low), float(reading.high))


def wide(reading: Reading) -> Bounds:
    """Bounds that allow for rounding to the last digit that is not 0 (34,000 may be 3.4万)."""
    low, high = bounds_of(reading)
    digits = str(int(reading.value))
    zeros = len(digits) - len(digits.rstrip("0"))
    if low == high and zeros >= 3:
        half = 0.5 * 10**zeros if zeros < len(digits) - 1 else 0.05 * 10**zeros
        return low - half, high + half
    return low, high


def meet(left: Bounds, right: Bounds) -> bool:
    """Whether two intervals have a point in common, but for the error of floats."""
    slack = 1e-12 * max(left[1], right[1], 1.0)
    return left[0] <= right[1] + slack and right[0] <= left[1] + slack


def same(left: Bounds, right: Bounds) -> bool:
    """Whether two prints can be of one figure; intervals that merely touch are of two.

    However many digits are printed: the room for the error of floats is measured by the narrower
    interval, or by the float itself where a print is exact.
    """
    low, high = max(left[0], right[0]), min(left[1], right[1])
    narrower = min(left[1] - left[0], right[1] - right[0])
    return high - low >= (narrower / 100 if narrower else -4 * math.ulp(low))


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

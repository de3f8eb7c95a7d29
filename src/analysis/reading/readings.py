"""What a printed numeral may stand for: its readings, each with the damage assumed and a cost.

A reading's cost is -ln of how often that damage is met (`damage` in the codebook); as printed
costs nothing. The glyphs are never discarded: a reading only says what they once were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from analysis.codebook import Codebook
from analysis.reading.damage import shifted
from analysis.reading.forms import Form, forms
from analysis.reading.glyphs import Numeral

_DIGITS = re.compile(r"(?=.{1,16}\Z)[0-9x*]*\.?[0-9x*]+")
_LARGEST_RATE = 100000


@dataclass(frozen=True)
class Reading:
    """A value with the bounds its printed decimals leave; `damage` is empty if read as printed.

    An `interval` has no value of its own: digits are masked, or two ends are printed.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    damage: tuple[str, ...] = ()
    cost: float = 0.0
    interval: bool = False

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The bounds as binary fractions."""
        return float(self.low), float(self.high)

    @cached_property
    def mantissa(self) -> str:
        """The value's digits without scale: readings of one mantissa differ only in scale."""
        return "".join(map(str, self.value.normalize().as_tuple().digits))


def readings(numeral: Numeral, unit: str, codebook: Codebook) -> list[Reading]:
    """The readings of a numeral as a figure in `unit`, cheapest first; none if unreadable.

    Values are in base units (people, yuan, percent); one value appears once, at its least cost.
    """
    bound = numeral.bound if numeral.bound == "at_least" and not numeral.chinese else ""
    bare = replace(numeral, start=0, end=0, bound=bound, about=False, fate="")
    return list(_readings(bare, unit, tuple(codebook.damage.items())))


@lru_cache(maxsize=4096)
def _readings(numeral: Numeral, unit: str, costs: tuple[tuple[str, float], ...]) -> list[Reading]:
    damage = dict(costs)
    if numeral.upto:
        return _between(numeral, unit)
    best: dict[Decimal, Reading] = {}
    for form in shifted(forms(numeral, unit), numeral, unit):
        if not _DIGITS.fullmatch(form.digits):
            continue
        reading = _value(form, sum(damage[d] for d in form.damage), unit)
        if numeral.unit == "permille" and "percent-lost" not in form.damage:
            reading = _tenth(reading)
        known = best.get(reading.value)
        if _possible(reading, unit) and (known is None or reading.cost < known.cost):
            best[reading.value] = reading
    return sorted(best.values(), key=lambda r: (r.cost, r.value))


def _possible(reading: Reading, unit: str) -> bool:
    """Whether a value can be of a unit: people are whole, no rate is thousandfold."""
    if unit == "percent":
        return reading.value <= _LARGEST_RATE
    whole = reading.value == reading.value.to_integral()
    return unit == "yuan" or reading.interval or whole


def _tenth(reading: Reading) -> Reading:
    return replace(reading, value=reading.value / 10, low=reading.low / 10, high=reading.high / 10)


def _value(form: Form, cost: float, unit: str) -> Reading:
    power = Decimal(10) ** form.scale
    if form.masked:
        first = re.sub(r"\A[x*]", "1", form.digits)
        low = Decimal(re.sub(r"[x*]", "0", first)) * power
        high = Decimal(re.sub(r"[x*]", "9", form.digits)) * power
        if form.scale > 0 and form.digits[-1] in "x*":
            high += power - 1
        return Reading(low, low, high, form.damage, cost, True)
    mantissa = Decimal(form.digits)
    value = mantissa * power
    decimals = -int(mantissa.as_tuple().exponent)
    half = Decimal(0)
    if form.scale > 0 or decimals > 0 or unit == "percent":
        half = Decimal(5).scaleb(form.scale - decimals - 1)
    return Reading(_plain(value), _plain(value - half), _plain(value + half), form.damage, cost)


def _between(numeral: Numeral, unit: str) -> list[Reading]:
    """The interval of a printed range or an indefinite number; none where heads are broken."""
    low, high = (_plain(Decimal(d).scaleb(numeral.scale)) for d in (numeral.glyphs, numeral.upto))
    if unit not in ("yuan", "percent") and (low % 1 or high % 1):
        return []
    return [Reading(low, low, high, interval=True)]


def _plain(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()

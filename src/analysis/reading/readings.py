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
from analysis.reading.glyphs import ONE, Numeral

_ONE = re.compile(ONE)
_DIGITS = re.compile(r"(?=.{1,16}\Z)[0-9x*]*\.?[0-9x*]+")
_GROUPED = re.compile(r"\d{1,3}( \d{3})+(\.\d+)?")  # as GB/T 15835 groups thousands
_LONGEST = 40  # glyphs; more are no number
_SCALES_10000 = {"10,000": 4, "10000": 4, "0,000": 4, "100": 2, "100,000,000": 8}


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
    def mantissa(self) -> str:
        """The value's digits without scale: readings of one mantissa differ only in scale."""
        return "".join(map(str, self.value.normalize().as_tuple().digits))


@dataclass(frozen=True)
class _Form:
    digits: str  # a plain decimal number, perhaps with masks
    scale: int
    damage: tuple[str, ...] = ()


def readings(numeral: Numeral, unit: str, codebook: Codebook) -> list[Reading]:
    """The readings of a numeral as a figure in `unit`, cheapest first; none if unreadable.

    Values are in base units (people, yuan, percent); one value appears once, at its least cost.
    """
    bare = replace(numeral, start=0, end=0, bound="", about=False, fate="")
    return list(_readings(bare, unit, tuple(codebook.damage.items())))


@lru_cache(maxsize=4096)
def _readings(numeral: Numeral, unit: str, costs: tuple[tuple[str, float], ...]) -> list[Reading]:
    damage = dict(costs)
    if numeral.upto:
        return _between(numeral, unit)
    best: dict[Decimal, Reading] = {}
    for form in _shifted(_forms(numeral, unit), numeral, unit):
        if not _DIGITS.fullmatch(form.digits):
            continue
        cost = sum(damage[d] for d in form.damage)
        reading = _value(form, cost, unit)
        if numeral.unit == "permille" and "percent-lost" not in form.damage:
            reading = replace(
                reading, value=reading.value / 10, low=reading.low / 10, high=reading.high / 10
            )
        if (
            unit not in ("yuan", "percent")
            and not reading.interval
            and reading.value != reading.value.to_integral()
        ):
            continue
        if unit == "percent" and reading.value > 100000:
            continue
        known = best.get(reading.value)
        if known is None or reading.cost < known.cost:
            best[reading.value] = reading
    return sorted(best.values(), key=lambda r: (r.cost, r.value))


def _value(form: _Form, cost: float, unit: str) -> Reading:
    power = Decimal(10) ** form.scale
    if re.search(r"[x*]", form.digits):
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


# ---------------------------------------------------------------- forms of the glyphs


def _forms(numeral: Numeral, unit: str) -> list[_Form]:
    if numeral.sign:
        forms = _forms(replace(numeral, sign=""), unit)
        return [_Form(f.digits, f.scale, (*f.damage, "dollar-for-yuan")) for f in forms]
    glyphs, scale = numeral.glyphs, numeral.scale
    if len(glyphs) > _LONGEST:
        return []
    if numeral.spelled:
        return [_Form(glyphs, scale)] if glyphs else []
    if numeral.chinese:
        return _chinese_forms(glyphs, scale)
    damage: tuple[str, ...] = ()
    if "+" in glyphs:
        glyphs, damage = _ONE.sub("1", glyphs), ("one-artefact",)
        glyphs = glyphs.lstrip(" ,.")
    if not glyphs or "+" in glyphs:
        return []
    groups = re.sub(r"\. ", ".", glyphs).split(" ")
    if ". " in glyphs:
        damage = (*damage, "gap")
    if len(groups) > 1 and scale == 6 and groups[-1] == "100":
        return _spelled(groups[:-1], 8, damage)
    if len(groups) > 1 and groups[-1] in ("10,000", "10000") and not scale:
        return _spelled(groups[:-1], 4, damage)
    if len(groups) > 1 and not scale and re.fullmatch(r"1[0,]+", groups[-1]):
        return _ended(groups, damage)
    forms = (
        _joined(groups, scale, damage, unit)
        if len(groups) > 1
        else _single(groups[0], scale, damage, unit)
    )
    if numeral.zeros_lost:
        forms += [_Form(f.digits + "000", f.scale, (*f.damage, "comma-zeros-lost")) for f in forms
                  if "." not in f.digits]  # fmt: skip
        forms = [_Form(f.digits, f.scale, (*f.damage, "zeros-lost")) if "comma-zeros-lost" not in f.damage
                 else f for f in forms]  # fmt: skip
    return forms


def _spelled(groups: list[str], scale: int, damage: tuple[str, ...]) -> list[_Form]:
    """`23 1` before a spelled-out 10,000: the point before a last 1 may be lost or moved."""
    if len(groups) == 1:
        return [*_single(groups[0], scale, damage), *_swallowed(groups[0], scale, damage)]
    if len(groups) > 2:
        return []
    head, tail = groups[0].replace(",", ""), groups[1].replace(",", "")
    if not re.fullmatch(r"\d+(\.\d+)?", head) or not tail.isdigit():
        return []
    if "." in head:
        return [_Form(head + tail, scale, (*damage, "gap"))]
    forms = [_Form(head + tail, scale, (*damage, "digits-joined"))]
    if tail == "1" or head == "1":
        forms.append(_Form(f"{head}.{tail}", scale, (*damage, "point-lost")))
    if head.endswith("0") and len(head) > 1:
        forms.append(_Form(f"{head[:-1]}.0{tail}", scale, (*damage, "point-moved")))
    elif len(head) == 1:
        forms.append(_Form(f"0.{head}{tail}", scale, (*damage, "point-moved")))
    elif len(head) > 1 and tail == "1":
        forms.append(_Form(f"{head[0]}.{head[1:]}{tail}", scale, (*damage, "point-moved")))
    forms += [_Form(forms[0].digits, scale + up, (*forms[0].damage, "zeros-lost")) for up in (1, 2)]
    return forms


def _ended(groups: list[str], damage: tuple[str, ...]) -> list[_Form]:
    """`23 10` is 2310, or 231 of 10,000 that lost its zeros; `5 1000` is 51,000 either way."""
    head, tail = "".join(groups[:-1]).replace(",", ""), groups[-1].replace(",", "")
    if not head.isdigit() or len(tail) > 4 or (len(tail) == 4 and len(head) > 2):
        return []
    forms = [_Form(head + tail, 0, (*damage, "gap"))]
    if groups[-2:] == ["1", "1000"] and len(groups) > 2:  # one 1 printed twice
        forms.append(_Form(head + tail[1:], 0, (*damage, "gap", "residue")))
    if len(tail) < 4 and "," not in groups[0]:
        forms.append(_Form(head + "1", 4, (*damage, "gap", "zeros-lost")))
    return forms


def _swallowed(head: str, scale: int, damage: tuple[str, ...]) -> list[_Form]:
    """`7 10,000` may be 7 of 10,000, or the 1 of 71 run into what is left of its 10,000."""
    if not re.fullmatch(r"[1-9]\d?", head):
        return []
    lost = (*damage, "gap", "ten-thousand-zeros")
    return [_Form(f"{head}1", scale, lost), _Form(f"{head}.1", scale, (*lost, "point-lost"))]


def _joined(groups: list[str], scale: int, damage: tuple[str, ...], unit: str) -> list[_Form]:
    joined = "".join(groups)
    forms = []
    if joined.count(".") <= 1:
        forms = [
            _Form(f.digits, f.scale, (*f.damage, "gap")) for f in _single(joined, scale, damage)
        ]
    if groups[0] == "1" and len(groups) == 2:
        stray = "residue" if unit == "percent" else "stray-digit"
        forms += [
            _Form(f.digits, f.scale, (*f.damage, stray)) for f in _single(groups[1], scale, damage)
        ]
    if len(groups) == 2 and "." not in joined and "," not in joined and (scale or len(joined) < 4):
        forms.append(_Form(f"{groups[0]}.{groups[1]}", scale, (*damage, "point-lost", "residue")))
    return forms


def _single(group: str, scale: int, damage: tuple[str, ...], unit: str = "") -> list[_Form]:
    group = group.strip(",")
    if unit == "percent" and re.fullmatch(r"\d{1,3},\d{1,2}", group):  # a comma before decimals
        return [_Form(group.replace(",", "."), scale, (*damage, "separator"))]
    if marked := re.fullmatch(r"(\d{1,3}(?:,\d{3})*,000)[1-9]", group):  # the sign of a footnote
        return [_Form(marked[1].replace(",", ""), scale, (*damage, "stray-digit"))]
    if group.count(".") == 2 and not group.startswith("."):
        head, middle, tail = group.replace(",", "").split(".")
        return [
            _Form(f"{head}.{middle}", 4, (*damage, "two-points")),
            _Form(f"{head}.{middle}{tail}", scale, (*damage, "two-points", "residue")),
            _Form(f"{head}{middle}.{tail}", scale, (*damage, "two-points", "residue")),
        ]
    plain = group.replace(",", "")
    if not re.fullmatch(r"[\dx*]*\.?[\dx*]+", plain):
        return []
    if re.search(r"[x*]", plain):
        return [_Form(plain, scale, (*damage, "masked"))]
    well = re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?|\.\d+", group)
    if well and not (damage and "," in group):
        return [_Form(plain, scale, damage)]
    forms = [_Form(plain, scale, (*damage, "separator"))]
    head, _, last = group.rpartition(",")
    if re.fullmatch(r"\d{1,2}", last) and not scale:
        forms.append(
            _Form(head.replace(",", "") + last.ljust(3, "0"), scale, (*damage, "separator"))
        )
        forms[0] = _Form(plain, scale, (*damage, "separator", "zeros-lost"))
    if (last == "000" and not scale and len(plain) > 4 and plain[-4] == "0") or (
        damage and last == "000" and not scale
    ):
        forms.append(_Form(plain[:-1], scale, (*damage, "ten-thousand-zeros")))
    return forms


def _chinese_forms(glyphs: str, scale: int) -> list[_Form]:
    point = re.sub(r"[,，。．・•](?=[\dloi〇○]{1,2}\Z)", ".", glyphs)
    apart = " " in glyphs and not _GROUPED.fullmatch(glyphs)
    damage: tuple[str, ...] = ("gap",) if apart or point != glyphs else ()
    damage += ("separator",) * ("，" in point)
    plain = re.sub("[,， ]", "", point)
    if re.search(r"[loi〇○]", plain):
        plain, damage = re.sub("[li]", "1", re.sub("[o〇○]", "0", plain)), (*damage, "gap")
    plain = plain.replace("×", "x").rstrip(".")
    damage += ("gap",) * plain.startswith(".")
    if re.search(r"[x*]", plain):
        damage = (*damage, "masked")
    return [_Form(plain, scale, damage)] if re.fullmatch(r"[\dx*]*\.?[\dx*]+", plain) else []


# ---------------------------------------------------------------- damage any figure may have


def _shifted(forms: list[_Form], numeral: Numeral, unit: str) -> list[_Form]:
    """The forms with the damage that leaves no mark: scale words, digits, percent signs."""
    out = list(forms)
    if numeral.spelled:
        return out
    masked = any(re.search(r"[x*]", f.digits) for f in forms)
    if unit == "percent":
        if numeral.unit == "permille" and "‰" not in numeral.printed:
            out = [_Form(f.digits, f.scale, (*f.damage, "percent-lost")) for f in forms]
        if not numeral.unit:
            out = [_Form(f.digits, f.scale, (*f.damage, "percent-lost")) for f in forms]
            out += [_Form(f.digits, f.scale + 2, (*f.damage, "factor")) for f in forms
                    if re.fullmatch(r"\d(\.\d+)", f.digits)]  # fmt: skip
        if "." not in (forms[0].digits if forms else "."):
            out += [_Form(f.digits[:-1] + "." + f.digits[-1], f.scale, (*f.damage, "point-lost", "tenfold"))
                    for f in out if len(f.digits) > 2 and not masked and "." not in f.digits]  # fmt: skip
    elif masked and not numeral.chinese and not numeral.scale:
        out += [_Form(f.digits, f.scale + up, f.damage) for f in forms for up in (2, 4)]
    elif not numeral.chinese:
        for form in forms:
            out += _scale_errors(form, numeral)
    if not masked:
        out += [_Form(swapped, f.scale, (*f.damage, "transposed")) for f in out[: len(forms) + 1]
                for swapped in _transposed(f.digits)]  # fmt: skip
    return out


def _scale_errors(form: _Form, numeral: Numeral) -> list[_Form]:
    def by(power: int, damage: str) -> _Form:
        return _Form(form.digits, form.scale + power, (*form.damage, damage))

    if numeral.scale or " 100" in numeral.glyphs:
        wan = [by(-2, "wan-as-million")] if form.scale == 6 else [by(-2, "million-for-hundred")]
        return [*wan, by(2, "million-for-hundred"), by(-1, "tenfold"), by(1, "tenfold")]
    if re.search(r"0{3}\Z|,\d{1,2}\Z", form.digits):
        return [by(-1, "tenfold"), by(1, "tenfold")]
    return []


def _transposed(digits: str) -> list[str]:
    """Each way two neighbouring digits may have changed places, the point staying where it is."""
    point = digits.find(".")
    plain = digits.replace(".", "")
    out = []
    for i in range(len(plain) - 1):
        a, b = plain[i], plain[i + 1]
        if a == b or (i == 0 and b == "0" and point != 1):
            continue
        swapped = plain[:i] + b + a + plain[i + 2 :]
        out.append(swapped if point < 0 else swapped[:point] + "." + swapped[point:])
    return out

"""Damage that leaves no mark on a print: scale words, neighbouring digits, percent signs."""

from __future__ import annotations

import re

from analysis.reading.forms import Form
from analysis.reading.glyphs import Numeral

_FACTOR = re.compile(r"\d\.\d+")


def shifted(forms: list[Form], numeral: Numeral, unit: str) -> list[Form]:
    """The forms of a numeral as a figure in `unit`, with those that unseen damage leads to."""
    if numeral.spelled or not forms:
        return forms
    masked = any(f.masked for f in forms)
    out = [*forms, *_rescaled(forms, numeral, masked)]
    if unit == "percent":
        out = _rates(forms, numeral, masked)
    if not masked:
        out += [
            Form(swapped, f.scale, (*f.damage, "transposed"))
            for f in out[: len(forms) + 1]
            for swapped in _transposed(f.digits)
        ]
    return out


def _rescaled(forms: list[Form], numeral: Numeral, masked: bool) -> list[Form]:
    """The forms at other scales; a Chinese text keeps its 万 and 亿."""
    if numeral.chinese:
        return []
    if masked and not numeral.scale:
        return [Form(f.digits, f.scale + up, f.damage) for f in forms for up in (2, 4)]
    return [other for form in forms for other in _scale_errors(form, numeral)]


def _rates(forms: list[Form], numeral: Numeral, masked: bool) -> list[Form]:
    """Rates whose sign is lost or misprinted, printed as a factor, or without their point."""
    misprinted = numeral.unit == "permille" and "‰" not in numeral.printed
    out = [f.damaged("percent-lost") for f in forms] if misprinted or not numeral.unit else [*forms]
    if not numeral.unit:
        factors = (f for f in forms if _FACTOR.fullmatch(f.digits))
        out += [Form(f.digits, f.scale + 2, (*f.damage, "factor")) for f in factors]
    if "." not in forms[0].digits and not masked:
        whole = [f for f in out if len(f.digits) > 2 and "." not in f.digits]
        out += [
            Form(f.digits[:-1] + "." + f.digits[-1], f.scale, f.damage).damaged("point-lost", "tenfold") for f in whole
        ]
    return out


def _scale_errors(form: Form, numeral: Numeral) -> list[Form]:
    def by(power: int, damage: str) -> Form:
        return Form(form.digits, form.scale + power, (*form.damage, damage))

    if numeral.scale or " 100" in numeral.glyphs:
        wan = [by(-2, "wan-as-million")] if form.scale == 6 else [by(-2, "million-for-hundred")]
        return [*wan, by(2, "million-for-hundred"), by(-1, "tenfold"), by(1, "tenfold")]
    if numeral.bound and re.fullmatch(r"[1-9]\d{0,4}", numeral.glyphs):  # more than 9 people
        return [by(4, "wan-lost")]
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

"""Numbers written in words, or in digits with several scale words, as plain digits and one scale.

A number is parts of falling size: digits or words, then their scale words (三万零五百, 2千3百万,
thirty-two thousand and five). What is no such number (三五, two three) gives None.
"""

from __future__ import annotations

import re
from decimal import Decimal

#: Plain digits and the power of ten they stand at: ("22.4", 4) is 224,000, exact to 500.
Plain = tuple[str, int]

HAN_DIGITS = "〇零一二三四五六七八九两"
HAN_POWERS = "十百千万亿"
_CAPITALS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸兩萬億〇", "一二三四五六七八九十百千二三六两万亿零")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_POWERS = {"亿": (8, 10**8), "万": (4, 10**4), "千": (3, 10), "百": (2, 10), "十": (1, 10)}
_MYRIADS = {"万": 4, "亿": 8}
_ARABIC = re.compile(r"\d{1,12}(?:\.\d{1,4})?")


def plain(value: Decimal, scale: int) -> Plain:
    """A value as digits at a scale, without zeros behind the point."""
    return f"{value.scaleb(-scale).normalize():f}", scale


def han(words: str) -> Plain | None:
    """A number in Chinese words or with Chinese scale words: 二十二万四千, 3.5万, 三点七二亿."""
    words = words.translate(_CAPITALS)
    value = _value(words)
    if value is None:
        return None
    powers = words[len(words.rstrip(HAN_POWERS)) :]
    return plain(value, sum(_MYRIADS.get(c, 0) for c in powers))


def _value(words: str) -> Decimal | None:
    """The last of the largest scale words parts a number in two."""
    for char, (power, limit) in _POWERS.items():
        head, found, tail = words.rpartition(char)
        if found:
            above = _value(head) if head else Decimal(1)
            below = _below(tail, power)
            if above is None or below is None or above >= limit or below >= 10**power:
                return None
            return above.scaleb(power) + below
    return _unscaled(words)


def _below(words: str, power: int) -> Decimal | None:
    """What follows a scale word; without its own, one digit stands at the next power (一万二)."""
    rest = words.lstrip("零")
    if not rest:
        return Decimal(0)
    if rest in _DIGITS and rest == words:
        return Decimal(_DIGITS[rest]).scaleb(power - 1)
    if rest == words and _ARABIC.fullmatch(rest) and not (rest.isdecimal() and len(rest) == power):
        return None
    return _value(rest)


def _unscaled(words: str) -> Decimal | None:
    whole, point, decimals = words.partition("点")
    if point:
        head = _value(whole)
        if head is None or not decimals or any(c not in _DIGITS for c in decimals):
            return None
        return head + Decimal("0." + "".join(str(_DIGITS[c]) for c in decimals))
    if words in _DIGITS:
        return Decimal(_DIGITS[words])
    return Decimal(words) if _ARABIC.fullmatch(words) else None


# ---------------------------------------------------------------- English

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_SMALL = {word: n for n, word in enumerate(_UNITS.split())}
_BY_TEN = {
    w: 10 * i for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_WORD = "|".join([*_SMALL, *_BY_TEN, "hundred", *_SCALES])
#: Where a number in English words may stand; no scale word opens it without "a" or "half a".
ENGLISH = (
    rf"(?:(?:half\s)?an?\s(?:hundred|thousand|million|billion)|{'|'.join([*_SMALL, *_BY_TEN][1:])})"
    rf"(?:(?:-|\s(?:and\s(?:a\s(?=half))?)?|\spoint\s)(?:{_WORD}|half)){{0,24}}"
)
_ENGLISH_TOKEN = re.compile(r"[a-z]+")


def english(words: str) -> Plain | None:
    """A number in English words: thirty-two thousand, two point three million, half a billion."""
    tokens = [t for t in _ENGLISH_TOKEN.findall(words) if t not in ("and", "a", "an")]
    value = _english_value(tokens)
    return None if value is None else plain(value, _SCALES.get(tokens[-1], 0))


def _english_value(tokens: list[str]) -> Decimal | None:
    """The largest scale word parts a number in two; what lies above it is below 1,000."""
    for word, power in (*reversed(_SCALES.items()), ("hundred", 2)):
        if word in tokens:
            at = tokens.index(word)
            above = _english_value(tokens[:at]) if at else Decimal(1)
            below = _english_value(tokens[at + 1 :]) if tokens[at + 1 :] else Decimal(0)
            if above is None or below is None or above >= 1000 or below >= 10**power:
                return None
            return above.scaleb(power) + below
    return _below_hundred(tokens)


def _below_hundred(tokens: list[str]) -> Decimal | None:
    """`ninety two`, `one half`, `two point three`."""
    if "point" in tokens:
        at = tokens.index("point")
        head, digits = _below_hundred(tokens[:at]), [_SMALL.get(t, 10) for t in tokens[at + 1 :]]
        if head is None or not digits or max(digits) > 9:
            return None
        return head + Decimal("0." + "".join(map(str, digits)))
    if tokens[-1:] == ["half"]:
        return (_below_hundred(tokens[:-1]) or Decimal(0)) + Decimal("0.5")
    if len(tokens) == 2 and tokens[0] in _BY_TEN and 0 < _SMALL.get(tokens[1], 10) < 10:
        return Decimal(_BY_TEN[tokens[0]] + _SMALL[tokens[1]])
    if len(tokens) != 1:
        return None
    known = _SMALL.get(tokens[0], _BY_TEN.get(tokens[0]))
    return None if known is None else Decimal(known)

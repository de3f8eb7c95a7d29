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
_CAPITALS = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟貳參陸兩萬億〇", "一二三四五六七八九十百千二三六两万亿零"
)
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

_SMALL = {
    w: i for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen"])
}  # fmt: skip
_BY_TEN = {
    w: 10 * i for i, w in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}  # fmt: skip
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_WORD = "|".join([*_SMALL, *_BY_TEN, "hundred", *_SCALES])
#: Where a number in English words may stand; no scale word opens it without "a" or "half a".
ENGLISH = (
    rf"(?:(?:half\s)?an?\s(?:hundred|thousand|million|billion)|{'|'.join([*_SMALL, *_BY_TEN][1:])})"
    rf"(?:(?:-|\s(?:and\s(?:a\s(?=half))?)?|\spoint\s)(?:{_WORD}|half))*"
)
_ENGLISH_TOKEN = re.compile(r"[a-z]+")


def english(words: str) -> Plain | None:
    """A number in English words: thirty-two thousand, two point three million, half a billion."""
    total = current = Decimal(0)
    last, scale, room = 99, 0, Decimal(1000)  # room: what the next word must stay below
    tokens = _ENGLISH_TOKEN.findall(words)
    if "point" in tokens:
        return _with_point(tokens)
    for token in tokens:
        if token in ("and", "a", "an"):
            continue
        if token == "half":
            current += Decimal("0.5")
            room = Decimal(0)
        elif token == "hundred":
            if current >= 100:
                return None
            current, room = (current or Decimal(1)) * 100, Decimal(100)
        elif token in _SCALES:
            if _SCALES[token] >= last:
                return None
            last = scale = _SCALES[token]
            total, current, room = (
                total + (current or Decimal(1)).scaleb(scale),
                Decimal(0),
                Decimal(1000),
            )
        else:
            part = Decimal(_SMALL.get(token, _BY_TEN.get(token, 0)))
            if part >= room:
                return None
            current, room = current + part, Decimal(10 if token in _BY_TEN else 0)
    return plain(total + current, 0 if current else scale)


def _with_point(tokens: list[str]) -> Plain | None:
    """`two point three million`: digits behind the point, then at most one scale word."""
    at = tokens.index("point")
    scale = _SCALES.get(tokens[-1], 0)
    head, tail = english(" ".join(tokens[:at])), tokens[at + 1 : -1 if scale else None]
    if head is None or not tail or any(_SMALL.get(t, 10) > 9 for t in tail):
        return None
    return f"{head[0]}.{''.join(str(_SMALL[t]) for t in tail)}", scale

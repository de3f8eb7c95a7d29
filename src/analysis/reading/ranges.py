"""Two ends of one figure printed as a range: 3.5%-4%, 2000—2500万元, 20 to 25 million."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from analysis.reading.glyphs import Numeral
from analysis.reading.number_words import plain

_JOINS = {True: re.compile(r"\s?(?:[-—–~～]{1,2}|至|到)\s?"), False: re.compile(r"\s?[-—–~]{1,2}\s?|\sto\s")}
_BETWEEN = re.compile(r"\bbetween\s(?:rmb\s?)?\Z")
_AND = re.compile(r"\sand\s")
#: What is said of a change from one figure to another, or by one to another.
_MOVED = re.compile(
    r"(?:\b(?:from|by|up|down|ris\w+|rose|grew|grow\w*|increas\w+|fell|fall\w*|drop\w*|declin\w+|decreas\w+|rais\w+|reduc\w+)"
    r"|[由从自升降增减][加高低少长]?)\s?\Z"
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,4})?")
_SPREAD = 10  # a range spans no more than this factor


def join(text: str, folded: str, numerals: list[Numeral]) -> list[Numeral]:
    """The numerals with the two ends of each range as one; `upto` holds the upper end."""
    out: list[Numeral] = []
    for numeral in numerals:
        whole = _joined(text, folded, out[-1], numeral) if out else None
        if whole:
            out[-1] = whole
        else:
            out.append(numeral)
    return out


def _joined(text: str, folded: str, left: Numeral, right: Numeral) -> Numeral | None:
    """Two numbers as the ends of a range; None where they are none."""
    if right.start - left.end > 5 or not _alike(left, right):
        return None
    before = folded[max(0, left.start - 16) : left.start]
    if _BETWEEN.search(before):
        between = _AND.fullmatch(folded, left.end, right.start)
    else:
        between = _JOINS[right.chinese].fullmatch(folded, left.end, right.start)
        if _MOVED.search(before):
            return None
    ends = _ends(left, right) if between else None
    if ends is None:
        return None
    low, high, scale = ends
    return replace(
        right,
        start=left.start,
        printed=text[left.start : right.end],
        glyphs=low,
        upto=high,
        scale=scale,
        bound="",
        spelled=True,
    )


def _alike(left: Numeral, right: Numeral) -> bool:
    """Whether two numbers may be ends of one range: of one unit, no dates, not ends already."""
    known = bool(right.unit or right.scale)
    if right.fate or left.fate not in ("", "date" if known else "") or left.upto or right.upto:
        return False
    if right.unit == "other" or left.unit not in ("", right.unit):
        return False
    return known or min(len(left.glyphs), len(right.glyphs)) > 3


def _ends(left: Numeral, right: Numeral) -> tuple[str, str, int] | None:
    """Both ends at one scale; a bare lower end takes the scale behind the upper one if it fits."""
    if not (_NUMBER.fullmatch(left.glyphs) and _NUMBER.fullmatch(right.glyphs)):
        return None
    low, high = (Decimal(n.glyphs.replace(",", "")) for n in (left, right))
    bare = not left.scale and not left.unit and low < high
    scale = right.scale if bare else left.scale
    low, high = low.scaleb(scale), high.scaleb(right.scale)
    if not low < high <= _SPREAD * low:
        return None
    shared = min(scale, right.scale)
    return plain(low, shared)[0], plain(high, shared)[0], shared

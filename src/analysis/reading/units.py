"""Units stated apart from their numbers: "(unit: 10,000 yuan)", "12.3, 4.5 and 6 (ten thousand people)"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from analysis.reading.glyphs import Numeral

_POWERS = {
    "1,000": 3,
    "thousand": 3,
    "10,000": 4,
    "10000": 4,
    "ten thousand": 4,
    "million": 6,
    "100 million": 8,
    "hundred million": 8,
    "billion": 9,
    "万": 4,
    "亿": 8,
}
_STATED = re.compile(
    r"(?:[(（]|(?P<head>\bunits?(?: of measurement)?(?: is| are|:)?\s))\s?(?P<word>units?:? ?|单位[:：]?|in )?"
    rf"(?P<scale>{'|'.join(sorted(_POWERS, key=len, reverse=True))})\s?"
    r"(?P<what>(?:yuan|rmb|people|persons|person-times|households)\b|元|人次?|户)[)）]?"
)
_UNITS = {"yuan": "yuan", "rmb": "yuan", "households": "households", "元": "yuan", "户": "households"}
_JOINS = re.compile(r"\s?(?:people |persons )?(?:,|and|, and|respectively|[、，和与及]|以及)?\s?")
_MEMBER = re.compile(r"\d{1,3}(?:\.\d+)?")
_MEMBER_ZH = re.compile(r"\d{1,5}(?:\.\d+)?")
_LINE = re.compile(r"(?<!\d)\.\s|[。\n]")
_STOP = re.compile(r"(?<!\d)\.(?=\s|\Z)|[;；。\n]")


def apply_stated_units(folded: str, numerals: list[Numeral]) -> list[Numeral]:
    """The numerals with the units that the text states for several, or behind them in brackets.

    Behind a list's last number it is that of all its bare numbers; in the head of a table that of
    the column below. In brackets behind a number it
    is that number's and of those listed with it; with the word "unit" it is that of all bare
    numbers of its sentence and of the rest of its line; else of those that follow.
    """
    out = list(numerals)
    _share(folded, out)
    statements = [_Statement(m) for m in _STATED.finditer(folded)]
    starts = [n.start for n in out]
    before = 0
    for n, statement in enumerate(statements, 1):
        behind = statements[n].start if n < len(statements) else len(folded)
        low, high = (bisect_left(starts, place) for place in (statement.start, statement.end))
        column = _column(folded, out, starts, statement)
        near = column or _meant(folded, out, starts, statement, (before, behind))
        for i in near:
            out[i] = replace(out[i], scale=statement.scale, unit=statement.unit)
        for i in range(low, high):
            out[i] = replace(out[i], fate="unit")
        before = statement.end
    return out


def _share(folded: str, out: list[Numeral]) -> None:
    """Give the bare numbers of a list what stands behind its last one: 3100、2200、1500万元."""
    for i in reversed(range(len(out) - 1)):
        here, behind = out[i], out[i + 1]
        if (
            _shares(behind)
            and _is_member(here)
            and behind.start - here.end < 16
            and _JOINS.fullmatch(folded, here.end, behind.start)
        ):
            scale = 0 if behind.unit == "percent" else behind.scale
            out[i] = replace(here, scale=scale, unit=behind.unit)


def _shares(last: Numeral) -> bool:
    """Whether what stands behind a number may be that of those listed before it."""
    scaled = last.scale and last.unit in ("yuan", "people")
    return not last.fate and bool(scaled or (last.chinese and last.unit in ("percent", "other")))


def _is_member(numeral: Numeral) -> bool:
    bare = not (numeral.fate or numeral.scale or numeral.unit or numeral.upto)
    return bare and bool((_MEMBER_ZH if numeral.chinese else _MEMBER).fullmatch(numeral.glyphs))


class _Statement:
    """A unit that the text states: `declared` for all of its line, else for numbers beside it."""

    def __init__(self, match: re.Match[str]) -> None:
        self.start, self.end = match.span()
        self.scale = _POWERS[match["scale"]]
        self.unit = _UNITS.get(match["what"], "people")
        opens = match.string[self.end : self.end + 1] in (":", "：")
        self.declared = bool(match["head"] or (match["word"] or "").startswith(("unit", "单位")) or opens)

    def fits(self, numeral: Numeral) -> bool:
        return (
            not numeral.fate
            and not numeral.scale
            and numeral.unit in ("", "people", self.unit)
            and not self.start <= numeral.start < self.end
        )


def _meant(
    folded: str, numerals: list[Numeral], starts: list[int], statement: _Statement, within: tuple[int, int]
) -> list[int]:
    """The numerals that a stated unit is meant for, `within` the statements before and behind."""
    if not statement.declared and (listed := _listed(folded, numerals, starts, statement)):
        return listed
    low, stop = statement.end, _STOP.search(folded, statement.end, within[1])
    end = stop.start() if stop else within[1]
    if statement.declared:
        low = _opening(folded, within[0], statement.start)
        line = folded.find("\n", statement.end, within[1])
        end = line if line >= 0 else within[1]
    first, last = bisect_left(starts, low), bisect_left(starts, end)
    return [i for i in range(first, last) if statement.fits(numerals[i])]


def _column(folded: str, numerals: list[Numeral], starts: list[int], statement: _Statement) -> list[int]:
    """The bare numbers below a unit in the head of a table whose cells are parted by bars."""
    head = folded.rfind("\n", 0, statement.start) + 1
    if not folded.startswith("|", head):
        return []
    cell = folded.count("|", head, statement.start)
    below: list[int] = []
    row = folded.find("\n", statement.end) + 1
    while row and folded.startswith("|", row):
        end = folded.find("\n", row)
        end = end if end >= 0 else len(folded)
        inside = range(bisect_left(starts, row), bisect_left(starts, end))
        below += [i for i in inside if folded.count("|", row, starts[i]) == cell]
        row = end + 1 if end < len(folded) else 0
    return [i for i in below if statement.fits(numerals[i])]


def _opening(folded: str, low: int, place: int) -> int:
    """Where the sentence begins that a place lies in, not before `low`."""
    stops = [m.end() for m in _LINE.finditer(folded, low, place)]
    return stops[-1] if stops else low


def _listed(folded: str, numerals: list[Numeral], starts: list[int], statement: _Statement) -> list[int]:
    """The bare numbers of the list that ends where the unit is stated."""
    run: list[int] = []
    end = statement.start
    for i in reversed(range(bisect_left(starts, statement.start))):
        if not statement.fits(numerals[i]) or not _JOINS.fullmatch(folded, numerals[i].end, end):
            break
        run.append(i)
        end = numerals[i].start
    return run

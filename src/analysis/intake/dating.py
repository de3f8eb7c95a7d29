"""Which year a report speaks of: a check on the year it is given."""

from __future__ import annotations

import re
from collections import Counter

_HAN = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_HAN_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)|[０-９]{4}")
_YEAR = re.compile(r"(?<![\d.,])(?:19[89]|20[0-4])\d(?![\d.,]*\d|,|\s?(?:人|户|个|people|万|亿|yuan|households))")
_RANGE = re.compile(r"\d{4}年?\s?(?:-|—|–|~|至|到|to)+\s?\d{4}")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月\d{1,2}日")
_HEAD = 600
_TITLE = 120  # no longer line is a title

# What a government report says of its own year near its beginning, surest first; with the years
# from the one named to the report's own.
_SAYS = (
    (re.compile(r"(\d{4})年?[^\d\n。]{0,16}工作[报報]告"), 0),
    (re.compile(r"work (?:report|of the government)[^\d\n.]{0,24}(\d{4})(?!\d)", re.I), 0),
    (re.compile(r"(\d{4})[^\d\n.]{0,40}work report", re.I), 0),
    (re.compile(r"(\d{4})年[^\d\n。]{0,8}回[顾顧]"), 1),
    (re.compile(r"review of [^\d\n.]{0,40}(\d{4})", re.I), 1),
)


def years_in(text: str) -> Counter[int]:
    """How often a text names each year (in either script); spans of years such as plans aside."""
    return Counter(int(year) for year in _YEAR.findall(_RANGE.sub(" ", _plain(text))))


def doubt(text: str, year: int, kind: str) -> str:
    """Why `year` may not be the report's; empty where nothing speaks against it.

    Its title or date settles it. Otherwise the years it names do: a government report of 2012
    speaks of 2011 and 2012, a bureau report of 2012 mostly of 2012. A text that names few years
    leaves no doubt.
    """
    stated = _of_government(text) if kind == "government-report" else _of_bureau(text)
    if stated:
        return "" if stated == year else f"its beginning says it is the report of {stated}"
    named = years_in(text)
    speaks = {
        y: named[y] + named[y - 1] * (kind == "government-report") for y in {*named, *(y + 1 for y in named), year}
    }
    likely = max(speaks, key=lambda y: (speaks[y], named[y], y == year))
    if speaks[likely] < 3 or speaks[year] > speaks[likely] / 2:
        return ""
    most = " and ".join(str(y) for y, _ in named.most_common(2))
    return f"it speaks most of {most}"


def _of_government(text: str) -> int | None:
    head = _plain(text[:_HEAD])
    for pattern, later in _SAYS:
        if found := pattern.search(head):
            return int(found[1]) + later
    if date := _DATE.search(head):  # a session late in the year hears the next year's report
        return int(date[1]) + (int(date[2]) >= 11)
    return None


def _of_bureau(text: str) -> int | None:
    """The first year named in the title and the line below it; a date is when it was written."""
    lines = [line for line in text[:_HEAD].splitlines() if line.strip()][:2]
    title = [line for line in lines if len(line) < _TITLE]
    years = _YEAR.findall(_RANGE.sub(" ", _DATE.sub(" ", _plain("\n".join(title)))))
    return int(years[0]) if years else None


def _plain(text: str) -> str:
    return _HAN_YEAR.sub(lambda found: found[0].translate(_HAN), text)

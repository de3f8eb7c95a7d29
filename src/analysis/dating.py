"""Which year a report speaks of: a check on the year it is given."""

from __future__ import annotations

import re
from collections import Counter

_HAN = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_HAN_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)|[０-９]{4}")
_YEAR = re.compile(r"(?<![\d.,])(?:19[89]|20[0-4])\d(?![\d.,]*\d|,|\s?(?:人|户|个|people|万|亿))")
_RANGE = re.compile(r"\d{4}年?\s?(?:-|—|–|~|至|到|to)+\s?\d{4}")
_HEAD = 600
_TITLES = (
    re.compile(r"(\d{4})年?[^\d\n。]{0,16}工作[报報]告"),
    re.compile(r"work (?:report|of the government)[^\d\n.]{0,24}(\d{4})(?!\d)", re.I),
    re.compile(r"(\d{4})[^\d\n.]{0,40}work report", re.I),
)
_SESSION = re.compile(r"(\d{4})年(\d{1,2})月\d{1,2}日[^\n。]{0,30}(?:人民代表大[会會]|人大)")


def years_in(text: str) -> Counter[int]:
    """How often a text names each year (in either script); spans of years such as plans aside."""
    return Counter(int(year) for year in _YEAR.findall(_RANGE.sub(" ", _plain(text))))


def doubt(text: str, year: int, kind: str) -> str:
    """Why `year` may not be the report's; empty where nothing speaks against it.

    A title or the date of its session settles it. Otherwise the years it names do: a government
    report of 2012 speaks of 2011 and 2012, a bureau report of 2012 mostly of 2012. A text that
    names few years leaves no doubt.
    """
    head = _plain(text[:_HEAD])
    if kind == "government-report" and (session := _SESSION.search(head)):
        held = int(session[1]) + (int(session[2]) >= 11)
        return "" if held == year else f"its session is that of the report of {held}"
    for title in _TITLES:
        if found := title.search(head):
            return "" if int(found[1]) == year else f"its title says {found[1]}"
    named = years_in(text)
    speaks = {y: named[y] + named[y - 1] * (kind == "government-report")
              for y in {*named, *(y + 1 for y in named), year}}  # fmt: skip
    likely = max(speaks, key=lambda y: (speaks[y], named[y], y == year))
    if speaks[likely] < 3 or speaks[year] > speaks[likely] / 2:
        return ""
    most = " and ".join(str(y) for y, _ in named.most_common(2))
    return f"it speaks most of {most}"


def _plain(text: str) -> str:
    return _HAN_YEAR.sub(lambda found: found[0].translate(_HAN), text)

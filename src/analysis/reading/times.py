"""Words of time and purpose in a text: years, plans and terms of office, goals, what is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.reading.outline import YEAR_EN, Outline

_YEAR_ZH = re.compile(
    r"((?:20\d|199)\d|二[〇零○o0][〇零○一二三四五六七八九]{2})\s?年(?!.{0,2}(?:月|五))"
)
_SPAN = re.compile(r"(20\d\d)\s?年?\s?(?:-|—|–|~|至|到|to|and)\s?(20\d\d)\s?年?(?!\s?月)")
_PLAN = {
    "zh": re.compile(
        r"(?:[“\"]?(?P<name>十[一二三四]?五)[”\"]?|第(?P<nth>十[一二三四]?)个五年)(?:规划|计划)?"
        r"(?P<span>期间|时期|期(?!末)|前?[三四]年|五年|[^，,。；\d]{0,8}(?:目标|累计))?"
        r"(?P<since>以来)?(?P<end>期?末)?"
        r"(?![^，,。；\d]{0,6}(?:之年|一年|第[一二三四五]年|[头首]年|开门红))"
    ),
    "en": re.compile(
        r"(?P<since>since )?(?P<end>end of )?(?:the )?[\"“]?(?P<name>1[0-5]|tenth|eleventh|twelfth"
        r"|thirteenth|fourteenth|fifteenth)(?:th)?(?P<span>[ -])five-year(?: plan)?[\"”]?"
    ),
}
_HAN_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_COUNTS = {"三": 3, "四": 4, "五": 5, "three": 3, "four": 4, "five": 5, "3": 3, "4": 4, "5": 5}
_NUMBER_OF_YEARS = re.compile(r"(three|four|five|[三四五345])\s?个?(?:年|years)")
_FROM_TO = re.compile(
    r"[由从][^，,。；]{0,30}?(?:增加|提高|上升|扩大|增长|发展|攀升|下降|减少|降低|回落|升|降)(?:到|至|为)"
)
_HELD_AGAINST = re.compile(r"(?:年?[末底])?的\s?\d[\d.\s]*[万亿]?[人元户%]+(?!以内)")
_CLAUSE_END = re.compile(r"\s?(?:[,.;)]|and\b|\Z|\n)")
_SENTENCE = re.compile(r"[;\n]|[.!?]\s")
_CLAUSE_START = re.compile(r"[;:(\n]|,(?!\d{3})|\.\s|\b20\d\d\b")
_AGAINST = re.compile(r"\s?(?:against|up from|down from|compared with|versus|from) ")
_GOES_ON = re.compile(r"[^.;\n]*")
_COUNT = re.compile(r"\d(?:\s[a-z]|\s?%)")
_ONE_YEAR = re.compile(r"20\d\d|[去今上当全]年|this year|last year")
TOTAL_WORD = re.compile(r"累计|cumulative|accumulat")
_RELATIVE = {"this_year": 0, "last_year": -1, "next_year": 1}
_PLAIN = {"part": "part_year", "whole": "whole_year", "aims": "aims", "goal": "plan", "now": "now",
          "interim": "interim", "done": "done"}  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """A word of time: `kind` says what it does to the term, `first` and `last` are years.

    For `back` and `ahead` `last` is a number of years. `behind` holds until the next `resume`.
    """

    start: int
    end: int
    kind: str
    first: int = 0
    last: int = 0


def marks(outline: Outline, dates: list[tuple[int, int]]) -> list[Mark]:
    """The marks of a text in their order; `dates` are the years found as numerals (place, year)."""
    found = [*_periods(outline), *_years(outline, dates), *_other(outline)]
    return sorted(found, key=lambda m: (m.start, m.kind != "resume", -m.end))


def _periods(outline: Outline) -> Iterator[Mark]:
    taken: set[int] = set()
    for m in _SPAN.finditer(outline.folded):
        if int(m[1]) < int(m[2]) <= outline.review + 15:
            taken.add(m.start())
            yield Mark(*m.span(), "span", int(m[1]), int(m[2]))
    named = _PLAN[outline.language].finditer(outline.folded) if "五" in outline.folded or (
        "five-year" in outline.folded) else ()  # fmt: skip
    for m in named:
        first = outline.plans.get(m["name"] or f"{m.groupdict().get('nth')}五")
        if first is None or m.start() in taken or _compared(outline, *m.span()):
            continue
        if outline.folded.endswith(
            ("year of ", "remaining four years of ", "remaining three years of "), 0, m.start()
        ):
            continue  # "the first year of the 12th Five-Year Plan"
        if m["end"]:
            yield Mark(*m.span(), "year", first + 4, first + 4)
        elif m["span"] or m["since"] or outline.in_heading(m.start()):
            yield Mark(*m.span(), "since" if m["since"] else "plan", first, first + 4)
    for kind in ("back", "ahead"):
        for m in outline.cue[f"years_{kind}"].finditer(outline.folded):
            number = _NUMBER_OF_YEARS.search(m[0])
            yield Mark(*m.span(), kind, last=_COUNTS[number[1]] if number else 5)


def _years(outline: Outline, dates: list[tuple[int, int]]) -> Iterator[Mark]:
    spans = {m.start() for m in _SPAN.finditer(outline.folded)}
    spans |= {m.start(2) for m in _SPAN.finditer(outline.folded)}
    for start, end, year in _printed_years(outline, dates):
        near = start not in spans and -12 <= year - outline.review <= 16
        if near and not _compared(outline, start, end):
            yield from _year(outline, start, end, year)
    for name, shift in _RELATIVE.items():
        for m in outline.cue[name].finditer(outline.folded):
            if not _compared(outline, *m.span()):
                yield from _year(outline, *m.span(), outline.this_year + shift)
    for name, year in (("past_year", outline.review), ("coming_year", outline.review + 1)):
        for m in outline.cue[name].finditer(outline.folded):
            yield Mark(*m.span(), "year", year, year)


def _other(outline: Outline) -> Iterator[Mark]:
    folded = outline.folded
    for m in TOTAL_WORD.finditer(folded):
        start = max(folded.rfind(c, 0, m.start()) for c in "。；;\n") + 1
        if not _ONE_YEAR.search(folded, start, m.start()):
            yield Mark(*m.span(), "total")
    if outline.language == "zh":
        yield from (Mark(*m.span(), "close") for m in re.finditer("；", folded))
    for kind, name in _PLAIN.items():
        for m in outline.cue[name].finditer(folded):
            if kind in ("part", "interim") and outline.language == "en":
                yield Mark(_told_from(folded, m.start()), m.end(), kind)
            elif kind not in ("goal", "aims") or not _fulfilled(outline, m):
                yield Mark(*m.span(), kind)


def _told_from(folded: str, place: int) -> int:
    """Where what a month behind its figures says begins: "4,600 people from January to May"."""
    stops = [m.end() for m in _SENTENCE.finditer(folded, max(0, place - 400), place)]
    start = stops[-1] if stops else max(0, place - 400)
    return start if _COUNT.search(folded, start, place) else place


def _printed_years(
    outline: Outline, dates: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int]]:
    if outline.language == "zh":
        for m in _YEAR_ZH.finditer(outline.folded):
            yield *m.span(), int(m[1].translate(_HAN_DIGITS))
        return
    named = dict(dates)
    for line in outline.headings.values():
        for m in YEAR_EN.finditer(line[0]):
            named[line.start() + m.start()] = int(m[0].replace(" ", ""))
    for start, year in sorted(named.items()):
        printed = YEAR_EN.match(outline.folded, start)
        yield start, printed.end() if printed else start + 4, year


def _year(outline: Outline, start: int, end: int, year: int) -> Iterator[Mark]:
    """The mark of a year; one that holds for a single figure or clause is taken back after it."""
    folded = outline.folded
    alone = _FROM_TO.match(folded, start - 1) or _HELD_AGAINST.match(folded, end)
    if alone:  # 由2010年的A增加到B, 比2008年的4.62%回落
        yield Mark(start, end, "behind", year, year)
        yield Mark(alone.end(), alone.end(), "resume")
        return
    opened = [m.end() for m in _CLAUSE_START.finditer(folded, max(0, start - 200), start)]
    clause = opened[-1] if opened else max(0, start - 200)
    closed = _CLAUSE_END.match(folded, end)
    if outline.language == "en" and closed and _COUNT.search(folded, clause, start):
        yield Mark(clause, end, "behind", year, year)  # "203,000 in 2010;"
        aside = folded[clause - 1 : clause] == "(" or _AGAINST.match(folded, clause)
        goes_on = None if aside else _GOES_ON.match(folded, end)
        after = goes_on.end() if goes_on else end
        yield Mark(after, after, "resume")
    else:
        yield Mark(start, end, "year", year, year)


def _compared(outline: Outline, start: int, end: int) -> bool:
    """Whether a year is only what a figure is held against: 比上年, "than in 2008"."""
    if _HELD_AGAINST.match(outline.folded, end):
        return False
    before, after = outline.folded[max(0, start - 24) : start], outline.folded[end : end + 12]
    cue = outline.cue
    return bool(cue["compared_before"].search(before) or cue["compared_after"].match(after))


def _fulfilled(outline: Outline, mark: re.Match[str]) -> bool:
    """Whether a goal is spoken of as one that was set or reached before."""
    before = outline.folded[max(0, mark.start() - 24) : mark.start()]
    after = outline.folded[mark.end() : mark.end() + 24]
    return bool(
        outline.cue["reached_before"].search(before) or outline.cue["reached_after"].match(after)
    )

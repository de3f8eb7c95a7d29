"""Words of time and purpose in a text: years, months, plans and terms of office, goals, totals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from analysis.reading.months import months
from analysis.reading.outline import YEAR_EN, Outline
from analysis.reading.time_words import COUNT, NUMBERS, REACH, SENTENCE, Mark, in_clause, last_end, number_in

_YEAR_ZH = re.compile(r"(?<!\d)((?:20\d|19[5-9])\d|二[〇零○o0][〇零○一二三四五六七八九]{2})\s?年(?!.{0,2}(?:月|五))")
_SPAN = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?\s?(?:-|—|–|~|至|到|to|through|and)\s?(20\d\d)\s?年?(?!\d|\s?月)")
_SERIES = re.compile(r"20\d\d年?(?:(?:、|, ?(?:and )?| and |和)20\d\d年?)+")
_HAN_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_COUNT_OF_YEARS = re.compile(rf"({'|'.join(NUMBERS)}|\d{{1,2}})\s?个?(?:年|years)")
_VOWS = 4  # from so many on no paragraph of the labelled reports tells results
_ITEM = re.compile(r"\d[\d,.]*\d|\d")
_OF = re.compile(r"[a-z -]{0,28}\bof ")
_STOP = re.compile("[。；;\\n]")
_SENTENCE_EN = re.compile(r"[.;\n]|\Z")
_CLAUSE_START = re.compile(r"[;:(\n]|,(?!\d{3})|\.\s|\b20\d\d\b")
_CLAUSE_END = re.compile(r"\s?(?:[,.;)]|and\b|\Z|\n)")
_PAST, _FUTURE = 60, 16  # no year farther off is a report's
_RELATIVE = {"this_year": 0, "last_year": -1, "next_year": 1}
_ASIDE = re.compile(r"[^()（）\n]{0,12}\d[^()（）\n]{0,24}[)）]")  # a figure behind a year, and the bracket that closes
_PLAIN = {"so_far": "so_far", "whole": "whole_year", "aims": "aims", "goal": "plan", "now": "now", "done": "done"}


def marks(outline: Outline, dates: list[tuple[int, int]]) -> list[Mark]:
    """The marks of a text in their order; `dates` are the years found as numerals (place, year)."""
    spans = list(_spans(outline))
    found = [
        *spans,
        *_plans(outline, spans),
        *_numbers_of_years(outline),
        *months(outline),
        *_years(outline, dates, spans),
        *_totals(outline),
        *_aims(outline),
    ]
    found = [held for mark in found for held in _within_brackets(outline, mark)]
    found.sort(key=lambda m: (m.start, m.kind != "resume", -m.end))
    return list(_joined(outline, found))


def _within_brackets(outline: Outline, mark: Mark) -> Iterator[Mark]:
    """A year of a figure in brackets holds within them: "(上年60.2万人)"."""
    aside = mark.kind == "year" and outline.folded[mark.start - 1 : mark.start] in ("(", "（")
    closed = _ASIDE.match(outline.folded, mark.end) if aside else None
    yield replace(mark, kind="behind") if closed else mark
    if closed:
        yield Mark(closed.end(), closed.end(), "resume")


def _joined(outline: Outline, found: Iterable[Mark]) -> Iterator[Mark]:
    """Months and the year behind them as one mark: "the first half of 2014", "half-year summary of 2014"."""
    held: Mark | None = None
    for mark in found:
        between = outline.folded[held.end : mark.start] if held and held.months and mark.kind == "year" else None
        if held and between is not None and (len(between) <= 4 or _OF.fullmatch(between)):
            if mark.end > held.end and not held.first:
                held = replace(held, end=mark.end, first=mark.first, last=mark.last)
                continue
            if mark.end <= held.end:
                continue
        if held:
            yield held
        held = mark
    if held:
        yield held


def _spans(outline: Outline) -> Iterator[Mark]:
    folded, limit = outline.folded, outline.review + 15
    for m in _SPAN.finditer(folded):
        first, last = int(m[1]), int(m[2])
        if first < last <= limit:
            yield Mark(*m.span(), "span", first, last)
            yield from _each(outline, m, range(first, last + 1))
    for m in _SERIES.finditer(folded):
        years = [int(y) for y in re.findall(r"20\d\d", m[0])]
        if all(a < b for a, b in pairwise(years)):
            yield Mark(*m.span(), "span", years[0], years[-1])
            yield from _each(outline, m, years)
    for m in outline.cue["since"].finditer(folded):
        named = m[m.lastindex or 0]  # a year, or a congress
        yield Mark(*m.span(), "since", outline.plans.get(named) or int(named), outline.review)


def _each(outline: Outline, said: re.Match[str], years: Sequence[int]) -> Iterator[Mark]:
    """A list of values gives each its year: "2019年到2021年，…分别为4.1万人、3.8万人、4万人"."""
    folded = outline.folded
    start = last_end(SENTENCE, folded, said.start(), 200)
    stop = SENTENCE.search(folded, said.end(), said.end() + REACH)
    end = stop.start() if stop else len(folded)
    word = outline.cue["respectively"].search(folded, said.end(), end)
    if not word:
        return
    listed = word.end() if outline.language == "zh" else said.end()
    behind = list(islice(_ITEM.finditer(folded, listed, end), len(years)))
    before = list(_ITEM.finditer(folded, start, said.start()))[-len(years) :]
    items = behind if len(behind) == len(years) else before
    if len(items) == len(years) and all(b.start() - a.end() < 24 for a, b in pairwise(items)):
        for item, year in zip(items, years, strict=True):
            yield Mark(item.start(), item.end(), "behind", year, year)
        yield Mark(items[-1].end(), items[-1].end(), "resume")


def _plans(outline: Outline, spans: Sequence[Mark]) -> Iterator[Mark]:
    """Five-year plans by their names."""
    taken, named = {mark.start for mark in spans}, list(outline.cue["plan_name"].finditer(outline.folded))
    for m in named:
        before = outline.folded[max(0, m.start() - 24) : m.start()]
        aside = outline.cue["plan_aside"].search(before) or _compared(outline, *m.span())
        if not aside and m.start() not in taken:
            yield from _plan(outline, m)
    ends = [m.end() for m in named]
    for m in outline.cue["plan_says"].finditer(outline.folded):  # "《…“十四五”规划》。《规划》提出，…"
        last = bisect_right(ends, m.start()) - 1
        if last >= 0 and (first := _first_year(outline, named[last])) is not None:
            yield Mark(*m.span(), "plan", first, first + 4)


def _plan(outline: Outline, named: re.Match[str]) -> Iterator[Mark]:
    said, first = named.groupdict(), _first_year(outline, named)
    if first is None:
        return
    if said["end"] or said.get("late"):
        yield Mark(*named.span(), "year", first + 4, first + 4)
    elif said["span"] or said["since"] or outline.in_heading(named.start()):
        yield Mark(*named.span(), "since" if said["since"] else "plan", first, first + 4)


def _first_year(outline: Outline, named: re.Match[str]) -> int | None:
    """The first year of a plan by its name; None where no plan bears it."""
    said = named.groupdict()
    return outline.plans.get(said["name"] or f"{said.get('nth')}五")


def _numbers_of_years(outline: Outline) -> Iterator[Mark]:
    for kind in ("back", "ahead"):
        for m in outline.cue[f"years_{kind}"].finditer(outline.folded):
            count = _COUNT_OF_YEARS.search(m[0])
            yield Mark(*m.span(), kind, last=number_in(count[1]) if count else 5)


def _years(outline: Outline, dates: list[tuple[int, int]], spans: Sequence[Mark]) -> Iterator[Mark]:
    named = (mark for mark in spans if mark.kind != "behind")
    taken = {place for mark in named for place in range(mark.start, mark.end)}
    for start, end, year in _printed_years(outline, dates):
        near = -_PAST <= year - outline.review <= _FUTURE
        if not near or start in taken:
            continue
        if not _compared(outline, start, end):
            yield from _year(outline, start, end, year)
        elif year < outline.review - 1:
            yield Mark(start, end, "since_then", year, year)
    yield from _relative_years(outline)
    for name, kind in (("year_before", "behind"), ("period_before", "same")):
        for m in outline.cue[name].finditer(outline.folded):
            if not _compared(outline, *m.span()):
                last = outline.review - 1
                yield from in_clause(outline, Mark(*m.span(), kind, last, last))


def _relative_years(outline: Outline) -> Iterator[Mark]:
    """This year and last year, as seen from the report's or from its review's."""
    for name, shift in _RELATIVE.items():
        for m in outline.cue[name].finditer(outline.folded):
            if not _compared(outline, *m.span(), relative=True):
                yield from _year(outline, *m.span(), outline.this_year + shift)
    for name, year in (
        ("past_year", outline.past_year),
        ("year_through", outline.review),
        ("coming_year", outline.past_year + 1),
    ):
        for m in outline.cue[name].finditer(outline.folded):
            yield Mark(*m.span(), "year", year, year)


def _printed_years(outline: Outline, dates: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
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
    folded, cue = outline.folded, outline.cue
    alone = cue["rises"].match(folded, start - 1) or cue["held_against"].match(folded, end)
    if alone:  # 由2010年的A增加到B, 比2008年的4.62%回落
        yield Mark(start, end, "behind", year, year)
        yield Mark(alone.end(), alone.end(), "resume")
        return
    clause = last_end(_CLAUSE_START, folded, start, 200)
    closed = _CLAUSE_END.match(folded, end)
    if outline.language == "en" and closed and COUNT.search(folded, clause, start):
        same = cue["same_period"].search(folded, clause, end)
        yield Mark(clause, end, "same" if same else "behind", year, year)  # "203,000 in 2010;"
        aside = folded[clause - 1 : clause] == "(" or cue["against"].match(folded, clause)
        stop = None if aside else _SENTENCE_EN.search(folded, end, end + REACH)
        after = stop.start() if stop else end
        yield Mark(after, after, "resume")
    else:
        yield Mark(start, end, "year", year, year)


def _compared(outline: Outline, start: int, end: int, relative: bool = False) -> bool:
    """Whether a year is only what a figure is held against: 比上年, "than in 2008"."""
    folded, cue = outline.folded, outline.cue
    if cue["held_against"].match(folded, end):
        return False
    before = folded[max(0, start - 24) : start]
    risen = relative and cue["risen_before"].search(folded[max(0, start - 60) : start])
    after = cue["compared_after"].match(folded[end : end + 12])
    return bool(risen or after or cue["compared_before"].search(before))


def _totals(outline: Outline) -> Iterator[Mark]:
    """Words for a total in sentences that name no single year, and where clauses close."""
    folded, cue = outline.folded, outline.cue
    for m in cue["total"].finditer(folded):
        said = (last_end(_STOP, folded, m.start(), REACH), m.start())
        if cue["one_year"].search(folded, *said):
            continue
        if not outline.government and not cue["now"].search(folded, *said):
            yield from in_clause(outline, Mark(*m.span(), "total"))
        elif _ITEM.search(folded, *said):  # 新增3.2万人，累计61万人，…
            yield from in_clause(outline, Mark(*m.span(), "amid"))
        else:
            yield Mark(*m.span(), "running")
    yield from (Mark(*m.span(), "close") for m in re.finditer("[；;]", folded))


def _aims(outline: Outline) -> Iterator[Mark]:
    """Words of purpose and outcome, and sentences whose figures are hedged as goals are."""
    for kind, name in _PLAIN.items():
        for m in outline.cue[name].finditer(outline.folded):
            if kind not in ("goal", "aims") or not _fulfilled(outline, m):
                yield Mark(*m.span(), kind)
    start = 0
    for stop in re.finditer(r"[。\n]|\Z", outline.folded):
        hedged = list(outline.cue["hedged"].finditer(outline.folded, start, stop.start()))
        past = outline.cue["past"].search(outline.folded, start, stop.start())
        if len(hedged) > 1 and not past:
            yield Mark(start, start, "hedged")
        start = stop.end()
    yield from (Mark(line.start(), line.start(), "hedged") for line in outline.lines if _vows(outline, line))


def _vows(outline: Outline, line: re.Match[str]) -> bool:
    """Whether a paragraph of a government's report only says what is to be done: 进一步完善…，切实抓好…"""
    if not outline.government:
        return False
    vows, told = (sum(1 for _ in outline.cue[name].finditer(outline.folded, *line.span())) for name in ("vows", "told"))
    return vows >= _VOWS and told * _VOWS <= vows


def _fulfilled(outline: Outline, mark: re.Match[str]) -> bool:
    """Whether a goal is spoken of as one that was set or reached before."""
    before = outline.folded[max(0, mark.start() - 24) : mark.start()]
    after = outline.folded[mark.end() : mark.end() + 24]
    itself = mark[0][-1] in ":："  # behind a colon it is told itself
    told = not itself and (outline.cue["reached_after"].match(after) or outline.cue["set_before"].search(before))
    return bool(told or outline.cue["reached_before"].search(before))

"""Whose figure and which year: result or plan, one year or several, this city or elsewhere.

A text is walked once. Words of time and of purpose (去年, "next year", “十二五”期间, 力争) each set
the term that the following figures belong to; a sentence falls back to the term its paragraph
opened with, a paragraph to that of its heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.codebook import Codebook, Indicator
from analysis.reading.numerals import Numeral

_YEAR_ZH = re.compile(
    r"((?:20\d|199)\d|二[〇零○o0][〇零○一二三四五六七八九]{2})\s?年(?!.{0,2}(?:月|五))"
)
_SPAN = re.compile(r"(20\d\d)\s?年?\s?(?:-|—|–|~|至|到|to|and)\s?(20\d\d)\s?年?(?!\s?月)")
_PLAN_ZH = re.compile(
    r"(?:[“\"]?(?P<name>十[一二三四]?五)[”\"]?|第(?P<nth>十[一二三四]?)个五年)(?:规划|计划)?"
    r"(?P<span>期间|时期|期(?!末)|前?[三四]年|五年|[^，,。；\d]{0,8}(?:目标|累计))?(?P<since>以来)?(?P<end>期?末)?"
    r"(?![^，,。；\d]{0,6}(?:之年|一年|第[一二三四五]年|[头首]年|开门红))"
)
_PLAN_EN = re.compile(
    r"(?P<since>since )?(?P<end>end of )?(?:the )?[\"“]?"
    r"(?P<name>1[0-5]|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth)(?:th)?(?P<span>[ -])"
    r"five-year(?: plan)?[\"”]?"
)
_HAN_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_COUNTS = {"三": 3, "四": 4, "五": 5, "three": 3, "four": 4, "five": 5, "3": 3, "4": 4, "5": 5}
_PASSING = (
    "goal",
    "now",
    "done",
    "behind",
    "resume",
    "total",
    "part",
    "close",
)  # for their sentence alone
_NUMBER_OF_YEARS = re.compile(r"(three|four|five|[三四五345])\s?个?(?:年|years)")
_LINE = re.compile(r"[^\n]+")
_NUMBERED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[ivx]+[.,)]\s|[(（]?\d{1,2}[)）.、]\s?)"
)
_YEARS = re.compile(r"20\d\d|1[0-5]th")
_HEADING_LENGTH = {"zh": 42, "en": 110}
_STOPS = {"zh": re.compile(r"[。!?！？]"), "en": re.compile(r"[.!?](?=\s|\Z)")}
_OPENING = {"zh": re.compile(r"[^，,。；：:]{0,8}"), "en": re.compile(r"[^,.;:]{0,24}")}
_AFTERWARDS = re.compile(
    r"\s?(?:people |new jobs |yuan )?(?:in )?(?P<year>20\d\d|(?:this|last) year)\b"
)
_FROM_TO = re.compile(
    r"[由从][^，,。；]{0,30}?(?:增加|提高|上升|扩大|增长|发展|攀升|下降|减少|降低|回落|升|降)(?:到|至|为)"
)
_HELD_AGAINST = re.compile(r"(?:年?[末底])?的\s?\d[\d.\s]*[万亿]?[人元户%]+(?!以内)")
_CLAUSE_END = re.compile(r"\s?(?:[,.;)]|and\b|\Z|\n)")
_GOES_ON = re.compile(r"[^.;\n]*")
_COUNT = re.compile(r"\d(?:\s[a-z]|\s?%)")
_ONE_YEAR = re.compile(r"20\d\d|[去今上当全]年|this year|last year")
_TOTAL_WORD = re.compile(r"累计|cumulative|accumulat")
_EXPECTED = re.compile(r"预计|估计|is expected to (?:be|reach)|estimated")
_MIXED = "its heading names more than one period"
_ESTIMATE = "an estimate made before the year's end"
_CAP = re.compile(r"\s?(?:以内|以下|之内|的?(?:控制)?(?:目标|任务|指标))")


@dataclass(frozen=True)
class Placed:
    measure: str = ""
    period: str = ""
    fate: str = ""
    sure: bool = True
    note: str = ""


@dataclass(frozen=True)
class Term:
    """The years that figures belong to, looked forward to (`plan`) or back on.

    `named` where the words of the paragraph say so, `part` for some months of a year, `doubt` what
    the words leave open.
    """

    plan: bool
    first: int
    last: int
    named: bool = False
    doubt: str = ""
    part: bool = False

    @property
    def period(self) -> str:
        return str(self.last) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def several(self) -> bool:
        return self.first < self.last


class Scopes:
    """The terms of a text, place by place.

    A bureau report of `year` reviews that year; a government report of `year` reviews the year
    before and sets targets for it.
    """

    def __init__(self, folded: str, year: int, kind: str, language: str,
                 codebook: Codebook, dates: list[tuple[int, int]]):  # fmt: skip
        self.folded, self.language = folded, language
        self.government = kind == "government-report"
        self.review = year - 1 if self.government else year
        self.cue = codebook.cues[language]
        self.plans = codebook.plans
        self._lines = list(_LINE.finditer(folded))
        self._headings = {m.start(): m for m in self._lines if self._is_heading(m)}
        self.this_year = self._this_year()
        self._places, self._terms = [], []
        for place, term in self._walk(
            sorted(self._marks(dates), key=lambda m: (m[0], m[2] != "resume", -m[1]))
        ):
            self._places.append(place)
            self._terms.append(term)

    def at(self, place: int) -> Term:
        """The term in force at a place of the text."""
        i = bisect_right(self._places, place)
        return self._terms[i - 1] if i else Term(False, self.review, self.review)

    def stretch(self, sentence: int, place: int) -> str:
        """A name for what figures at a place are of: the same name, the same years and region."""
        term = self.at(place)
        abroad = self._elsewhere(self.folded[sentence:place])
        return f"{term.period}{' part' * term.part}{' elsewhere' * abroad}"

    def place(self, numeral: Numeral, sentence: int, indicator: Indicator, role: str) -> Placed:
        """Measure and period of a figure with the given role in its sentence."""
        before = self.folded[sentence : numeral.start]
        if self._elsewhere(before):
            return Placed(fate="scope")
        term = self.at(numeral.start)
        if after := _AFTERWARDS.match(self.folded, numeral.end):
            year = int(after["year"]) if after["year"].isdecimal() else (
                self.this_year - (after["year"] == "last year"))  # fmt: skip
            term = Term(year > self.review, year, year, named=True)
        if term.part:
            return Placed(fate="part-year")
        if term.several and self.cue["held"].search(before[-12:]):
            return Placed(fate="average")  # a level kept through the years
        if role == "outturn" and not term.plan and self._aimed(before):
            role = "target"
        if indicator.unit == "percent" and role != "completion":
            return self._rate(numeral, before, indicator, role, term)
        if role == "outturn" and term.plan:
            role = "target"
        risen = self.cue["change_to"].search(before[-24:])
        if indicator.facet == "insured" or (
            term.several and risen
        ):  # heads are counted at the period's end
            term = replace(term, first=term.last)
        elif role == "outturn" and term.several:
            role = "cumulative"
        elif role == "target" and term.last > self.review + 1 and _TOTAL_WORD.search(before[-24:]):
            starts = [first for first in self.plans.values() if first + 4 == term.last]
            term = replace(term, first=min([term.first, self.review + 1, *starts]))
        if role in ("target", "completion") and self.cue["campaign"].search(before[-24:]):
            return Placed(fate="total")  # of a plan of several years
        if role not in indicator.measures:
            return Placed(fate="total" if term.several else "target" if role == "target" else "unlinked")  # fmt: skip
        note = term.doubt
        if role == "outturn" and not term.named and self.government and _TOTAL_WORD.search(before[-24:]):  # fmt: skip
            note = "a running total: one year or several is not said"
        elif role == "outturn" and _EXPECTED.search(before):
            note = _ESTIMATE
        return Placed(role, term.period, sure=not note, note=note)

    def _rate(
        self, numeral: Numeral, before: str, indicator: Indicator, role: str, term: Term
    ) -> Placed:
        capped = "ceiling" in indicator.measures and (
            role == "ceiling" or term.plan or numeral.bound == "at_most"
            or bool(_CAP.match(self.folded, numeral.end))
        )  # fmt: skip
        if capped:
            return Placed("ceiling", term.period, sure=not term.doubt, note=term.doubt)
        if term.several:
            return Placed(fate="total")
        if role == "ceiling" or term.plan or role not in indicator.measures:
            return Placed(fate="target")
        note = term.doubt or (_ESTIMATE if _EXPECTED.search(before) else "")
        return Placed(role, term.period, sure=not note, note=note)

    def _aimed(self, before: str) -> bool:
        """Whether the words before set a goal and do not yet tell what came of it."""
        goals = [m.end() for m in self.cue["goals"].finditer(before)]
        return bool(goals) and not self.cue["actual"].search(before, goals[-1])

    def _elsewhere(self, before: str) -> bool:
        """Whether the clause, or the sentence from its start, is about the province or nation."""
        clause = re.split(r"[,，:：]", before)[-1]
        if self.cue["elsewhere"].search(clause):
            return not self.cue["here"].search(clause)
        opening = re.match(r"\s*(?:in |across |throughout |of |从|在)?", before)
        start = opening.end() if opening else 0
        return bool(self.cue["elsewhere"].match(before, start)) and not self.cue["here"].search(
            before
        )

    # ------------------------------------------------------------ the walk through the text

    def _walk(self, marks: list[tuple[int, int, str, int]]) -> Iterator[tuple[int, Term]]:
        """Each change of term with the place it starts from."""
        section = Term(False, self.review, self.review)
        at, mixed = 0, False
        for line in self._lines:
            inside = []
            while at < len(marks) and marks[at][0] < line.end():
                inside.append(marks[at])
                at += 1
            if line.start() in self._headings:
                section = self._heading(line, inside, section)
                mixed = section.doubt == _MIXED
                yield line.start(), section
                continue
            yield line.start(), section
            paragraph = term = held = section
            wide: Term | None = None  # the several years that a clause narrows to one
            sentence = line.start()
            stops = [m.end() for m in _STOPS[self.language].finditer(self.folded, *line.span())]
            for mark in inside:
                while stops and stops[0] <= mark[0]:
                    sentence, term, wide = stops.pop(0), paragraph, None
                    yield sentence, term
                if mark[2] == "behind":
                    held, term = term, self._after((*mark[:2], "year", mark[3]), term, section)
                elif mark[2] == "resume":
                    term = held
                elif mark[2] == "close":
                    term, wide = wide or term, None
                else:
                    wide = term if mark[2] == "year" and term.several and term.plan else wide
                    term = self._after(mark, term, section)
                opening = _OPENING[self.language].fullmatch(self.folded, sentence, mark[0])
                wide = None if opening else wide
                if mark[2] == "aims" or (opening and mark[2] not in _PASSING):
                    paragraph = term
                if mark[2] == "aims" and term.plan:
                    section = replace(term, named=False)
                yield mark[0], term
            if stops and term != paragraph:
                yield stops[0], paragraph
            if mixed and paragraph.named:
                section = replace(paragraph, named=False)  # the next of the heading's periods
            if self.cue["leads"].search(self.folded, sentence, line.end()):
                section = replace(paragraph, named=False)

    def _after(self, mark: tuple[int, int, str, int], term: Term, section: Term) -> Term:
        """The term behind a mark."""
        _, _, kind, number = mark
        if kind == "year":
            return Term(number > self.review, number, number, named=True)
        if kind == "back":
            for known in (term, section) if section.plan == term.plan else (term,):
                if known.last - known.first == number - 1:
                    return replace(known, named=True)
            if term.plan:
                last = max(term.last, self.review + number)
                return Term(True, last - number + 1, last, named=True)
            return Term(
                False,
                self.review - number + 1,
                self.review,
                named=True,
                doubt="the years of this total are not printed",
            )
        if kind == "ahead":
            return Term(True, self.review + 1, self.review + number, named=True)
        if kind == "total":  # 累计 in a sentence that names no year, under a heading of several
            return replace(section, named=True) if section.several and not term.several else term
        if kind == "part":
            return replace(term, part=True)
        if kind == "whole":
            year = self.review + 1 if term.plan else self.review
            year = term.last if not term.several else year
            return Term(term.plan, year, year, named=True)
        if kind in ("goal", "aims"):
            return term if term.plan else Term(True, self.review + 1, self.review + 1)
        if kind == "now" or (kind == "done" and not section.plan):
            return term if not term.plan else Term(False, self.review, self.review, named=True)
        if kind == "done":
            return term
        first, last = number // 10000, number % 10000
        if kind == "span":
            return Term(first > self.review, first, last, named=True)
        if kind == "since" or (first <= self.review < last and not term.plan):
            return Term(False, first, min(last, self.review), named=True)
        return Term(last > self.review, first, last, named=True)  # a five-year plan's period

    def _marks(self, dates: list[tuple[int, int]]) -> Iterator[tuple[int, int, str, int]]:
        """Words that set a term: where they start and end, their kind, a year or a length."""
        taken: set[int] = set()
        for m in _SPAN.finditer(self.folded):
            if int(m[1]) < int(m[2]) <= self.review + 15:
                taken.update(range(*m.span()))
                yield *m.span(), "span", int(m[1]) * 10000 + int(m[2])
        for m in (_PLAN_ZH if self.language == "zh" else _PLAN_EN).finditer(self.folded):
            name = m["name"] or f"{m['nth']}五"
            if name not in self.plans or m.start() in taken:
                continue
            first = self.plans[name]
            if m["end"]:
                yield *m.span(), "year", first + 4
            elif m["span"] or m["since"] or self._in_heading(m.start()):
                yield *m.span(), "since" if m["since"] else "plan", first * 10000 + first + 4
        for start, end, year in self._years(dates):
            if start not in taken and -12 <= year - self.review <= 16 and not self._compared(start, end):  # fmt: skip
                yield from self._year_mark(start, end, year)
        relative = {"this_year": 0, "last_year": -1, "next_year": 1}
        for name, shift in relative.items():
            for m in self.cue[name].finditer(self.folded):
                if not self._compared(*m.span()):
                    yield from self._year_mark(*m.span(), self.this_year + shift)
        for name, year in (("past_year", self.review), ("coming_year", self.review + 1)):
            for m in self.cue[name].finditer(self.folded):
                yield *m.span(), "year", year
        for name in ("back", "ahead"):
            for m in self.cue[f"years_{name}"].finditer(self.folded):
                number = _NUMBER_OF_YEARS.search(m[0])
                count = _COUNTS[number[1]] if number else 5
                yield *m.span(), name, count
        for m in _TOTAL_WORD.finditer(self.folded):
            start = max(self.folded.rfind(c, 0, m.start()) for c in "。；;\n") + 1
            if not _ONE_YEAR.search(self.folded, start, m.start()):
                yield *m.span(), "total", 0
        if self.language == "zh":
            yield from ((*m.span(), "close", 0) for m in re.finditer("；", self.folded))
        for kind, name in (("part", "part_year"), ("whole", "whole_year"), ("goal", "plan"),
                           ("aims", "aims"), ("now", "now"), ("done", "done")):  # fmt: skip
            for m in self.cue[name].finditer(self.folded):
                if kind not in ("goal", "aims") or not self._fulfilled(m):
                    yield *m.span(), kind, 0

    def _year_mark(self, start: int, end: int, year: int) -> Iterator[tuple[int, int, str, int]]:
        """A year named behind its figure ("203,000 in 2010;") is that clause's alone."""
        rise = _FROM_TO.match(self.folded, start - 1)
        if rise:  # 由2010年的A增加到B
            yield start, end, "behind", year
            yield rise.end(), rise.end(), "resume", year
            return
        if held := _HELD_AGAINST.match(self.folded, end):  # 比2008年的4.62%回落
            yield start, end, "behind", year
            yield held.end(), held.end(), "resume", year
            return
        clause = max(self.folded.rfind(c, 0, start) for c in ",;:(\n") + 1
        closed = _CLAUSE_END.match(self.folded, end)
        if self.language == "en" and closed and _COUNT.search(self.folded, clause, start):
            yield clause, end, "behind", year
            inside = self.folded[clause - 1 : clause] == "("
            goes_on = None if inside else _GOES_ON.match(self.folded, end)
            after = goes_on.end() if goes_on else end
            yield after, after, "resume", year
        else:
            yield start, end, "year", year

    def _years(self, dates: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
        if self.language == "en":
            named = dict(dates)
            for line in self._headings.values():
                for m in re.finditer(r"\b20\d\d\b(?![,.]\d)", line[0]):
                    named[line.start() + m.start()] = int(m[0])
            yield from ((start, start + 4, year) for start, year in sorted(named.items()))
            return
        for m in _YEAR_ZH.finditer(self.folded):
            yield *m.span(), int(m[1].translate(_HAN_DIGITS))

    def _compared(self, start: int, end: int) -> bool:
        """Whether a year is only what a figure is held against: 比上年, "than in 2008"."""
        if _HELD_AGAINST.match(self.folded, end):
            return False
        return bool(
            self.cue["compared_before"].search(self.folded[max(0, start - 24) : start])
            or self.cue["compared_after"].match(self.folded[end : end + 12])
        )

    def _fulfilled(self, mark: re.Match[str]) -> bool:
        """Whether a goal is spoken of as one that was set or reached before."""
        return bool(
            self.cue["reached_before"].search(self.folded[max(0, mark.start() - 24) : mark.start()])
            or self.cue["reached_after"].match(self.folded[mark.end() : mark.end() + 24])
        )

    # ------------------------------------------------------------ headings

    def _is_heading(self, line: re.Match[str]) -> bool:
        text = line[0].strip()
        if len(text) > _HEADING_LENGTH[self.language] or not text:
            return False
        numbered = _NUMBERED.match(text)
        title = text[numbered.end() :] if numbered else text
        if re.search(r"\d", _YEARS.sub("", title)):
            return False
        return bool(numbered) or text[-1] not in "。；;，,.：:"

    def _in_heading(self, place: int) -> bool:
        line = self.folded.rfind("\n", 0, place) + 1
        return line in self._headings

    def _this_year(self) -> int:
        """The year that 今年 or "this year" is: by the headings that look ahead, then by the kind.

        A bureau that opens a paragraph with "last year" and knows no "this year" before its plan
        writes after the year it reviews.
        """
        plans = [m for m in self._headings.values() if self.cue["plan_heading"].search(m[0])]
        for line in plans:
            if self.cue["next_year"].search(line[0]):
                return self.review
            if self.cue["this_year"].search(line[0]):
                return self.review + 1
        if self.government:
            return self.review + 1
        looks_back = self.folded[: plans[-1].start() if plans and plans[-1].start() else None]
        last = any(self.cue["last_year"].match(self.folded, m.start() + len(m[0]) - len(m[0].lstrip()))
                   for m in self._lines)  # fmt: skip
        return self.review + bool(last and not self.cue["this_year"].search(looks_back))

    def _heading(
        self, line: re.Match[str], marks: list[tuple[int, int, str, int]], section: Term
    ) -> Term:
        """The term of the section under a heading."""
        terms: list[Term] = []
        for mark in marks:
            if mark[2] in ("year", "back", "ahead", "span", "since", "plan"):
                terms.append(self._after(mark, section if terms else Term(False, 0, 0), section))
        back = bool(self.cue["review_heading"].search(line[0]))
        forward = bool(self.cue["plan_heading"].search(line[0])) and not back
        if line is self._lines[0] and not _NUMBERED.match(line[0]):
            return section  # the title
        terms = [t for t in terms if not (back and t.plan)] or terms
        office = any(kind == "back" for _, _, kind, _ in marks)
        if forward and office and not any(t.plan for t in terms):
            length = terms[0].last - terms[0].first + 1
            return Term(True, self.review + 1, self.review + length)  # the term of office to come
        if terms:
            found = replace(terms[0], named=False)
            if any(t.period != found.period for t in terms):
                found = replace(found, doubt=_MIXED)
            return found
        if forward and not section.plan:
            return Term(True, self.review + 1, self.review + 1)
        return Term(False, self.review, self.review) if back else section

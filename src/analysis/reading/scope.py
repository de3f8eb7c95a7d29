"""Whose figure and which year: result or plan, one year or several, this city or elsewhere."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from analysis.codebook import Codebook, Indicator
from analysis.reading.numerals import Numeral

_YEAR_ZH = re.compile(r"(20\d\d|二[〇零○oO0][〇零○一二三四五六七八九]{2})\s?年(?!.{0,2}(?:月|五))")
_PLAN_NAME_ZH = re.compile(
    r"(十[一二三四]?五)[”\"’]?(?:规划|计划)?(?:期间|时期|期|以来|五年|[”\"’]|末)"
)
_PLAN_NAME_EN = re.compile(
    r"(?:the )?[\"“]?(1[0-4]|tenth|eleventh|twelfth|thirteenth|fourteenth)(?:th)? five-year"
)
_HAN_DIGITS = str.maketrans("〇零○oO一二三四五六七八九", "00000123456789")
_THIS_YEAR = re.compile(r"\s?(?:people |new jobs )?(?:in )?(?:this|last) year")
_SPAN = re.compile(r"(20\d\d)\s?年?\s?(?:-|—|–|~|至|到|to)\s?(20\d\d)")
_TOTAL_WORD = re.compile(r"累计|cumulative")
_EXPECTED = re.compile(r"预计|估计|is expected to (?:be|reach)|estimated")
_YEARLY_WORD = re.compile(r"全年|今年|去年|当年|本年|上年|年度|截[至止]|20\d\d年")


@dataclass(frozen=True)
class Placed:
    measure: str = ""
    period: str = ""
    fate: str = ""
    sure: bool = True
    note: str = ""


class Scopes:
    """The parts of a text that look back and those that look forward.

    A bureau report of `year` reviews that year; a government report of `year` reviews the year
    before and sets targets for it.
    """

    def __init__(self, text: str, folded: str, year: int, kind: str, language: str,
                 codebook: Codebook, dates: list[tuple[int, int]]):  # fmt: skip
        self.text, self.folded, self.language = text, folded, language
        self.dates = dates
        self.government = kind == "government-report"
        self.review = year - 1 if self.government else year
        self.cue = codebook.cues[language]
        self.plans = codebook.plans
        marks = [
            (m.start(), self._heading(mode, m[0]))
            for mode in ("five_years", "plan", "review")
            if f"{mode}_heading" in self.cue
            for m in self.cue[f"{mode}_heading"].finditer(folded)
        ]
        marks.sort(key=lambda mark: (mark[0], mark[1] == "five_years"))
        self._places = [place for place, _ in marks]
        self._modes = [mode for _, mode in marks]

    def _heading(self, mode: str, heading: str) -> str:
        """A heading that names its year looks forward only past the year under review."""
        if mode == "five_years":
            return mode
        years = re.findall(r"20\d\d", heading.translate(_HAN_DIGITS))
        return ("plan" if int(years[-1]) > self.review else "review") if years else mode

    def mode(self, place: int) -> str:
        i = bisect_right(self._places, place)
        return self._modes[i - 1] if i else "review"

    def place(self, numeral: Numeral, sentence: int, indicator: Indicator, role: str) -> Placed:
        """Measure and period of a figure with the given role in its sentence."""
        before = self.folded[sentence : numeral.start]
        if self._elsewhere(before):
            return Placed(fate="scope")
        if self.cue["part_year"].search(before):
            return Placed(fate="part-year")
        plan = self._plan(before, numeral, sentence)
        span = self._span(before, numeral.start, sentence, plan)
        if span and int(span[0][-4:]) > self.review and "以来" not in before:
            plan = True
        if _THIS_YEAR.match(self.folded, numeral.end):
            span = None
        if role == "outturn" and span and not plan and indicator.unit != "percent":
            if "cumulative" not in indicator.measures:
                return Placed(fate="total")
            return Placed("cumulative", span[0], sure=span[1],
                          note="" if span[1] else "the years of this total are not printed")  # fmt: skip
        if role == "outturn" and plan and span:
            ahead = "target" in indicator.measures and span[0][:4].isdigit()
            return Placed("target", span[0], sure=span[1]) if ahead else Placed(fate="total")
        year = self._year(sentence, numeral.start, plan)
        if role == "outturn" and not plan and self.cue["goals"].search(before):
            role = "target"
        if indicator.unit == "percent" and span and role != "completion":
            return (
                Placed("ceiling", span[0], sure=span[1])
                if role == "ceiling"
                else Placed(fate="total")
            )
        if indicator.unit == "percent" and "ceiling" in indicator.measures:
            capped = role == "ceiling" or plan or numeral.bound == "at_most" or re.match(
                r"\s?(?:以内|以下|之内|的?(?:控制)?(?:目标|任务|指标))", self.folded[numeral.end : numeral.end + 8])  # fmt: skip
            return Placed("ceiling" if capped else "outturn", str(year))
        if role == "outturn" and plan:
            role = "target"
        if role not in indicator.measures:
            return Placed(fate="target" if role == "target" else "unlinked")
        doubtful = role == "outturn" and self.government and _TOTAL_WORD.search(
            before[-24:]) and not _YEARLY_WORD.search(before)  # fmt: skip
        if doubtful:
            return Placed(
                role, str(year), sure=False, note="a running total: one year or several is not said"
            )
        if role == "outturn" and _EXPECTED.search(before):
            return Placed(
                role, str(year), sure=False, note="an estimate made before the year's end"
            )
        return Placed(role, str(year))

    def _elsewhere(self, before: str) -> bool:
        """Whether the clause, or the sentence from its start, is about the province or nation."""
        clause = re.split(r"[,，:：]", before)[-1]
        if self.cue["elsewhere"].search(clause):
            return not self.cue["here"].search(clause)
        return bool(self.cue["elsewhere"].match(before)) and not self.cue["here"].search(before)

    def _named(self, sentence: int, place: int) -> list[tuple[int, int]]:
        """The years named in the sentence before a place, each with where it ends in it."""
        if self.language == "zh":
            part = self.folded[sentence:place]
            return [(m.end(), int(m[1].translate(_HAN_DIGITS))) for m in _YEAR_ZH.finditer(part)]
        low, high = bisect_left(self.dates, (sentence, 0)), bisect_left(self.dates, (place, 0))
        return [(start + 4 - sentence, year) for start, year in self.dates[low:high]]

    def _plan(self, before: str, numeral: Numeral, sentence: int) -> bool:
        forward = [m.end() for m in self.cue["plan"].finditer(before)]
        back = [m.end() for m in self.cue["review"].finditer(before)]
        if self.mode(sentence) != "plan":
            back += [m.end() for m in self.cue["done"].finditer(before)]
        named = self._named(sentence, numeral.start)
        last_forward, last_back = max(forward, default=-1), max(back, default=-1)
        if named and named[-1][0] > max(last_forward, last_back) and named[-1][1] <= self.review:
            return False
        if last_forward != last_back:
            return last_forward > last_back
        return self.mode(sentence) == "plan"

    def _span(self, before: str, place: int, sentence: int, plan: bool) -> tuple[str, bool] | None:
        """Period of a total over several years (and whether its years are named), else None."""
        context = self.folded[max(0, sentence - 400) : place]
        total = None
        for total in self.cue["total"].finditer(before):  # noqa: B007
            pass
        if total is None:
            named = self._named(sentence, place)
            if (
                plan
                or named
                or self.mode(sentence) != "five_years"
                or self._one_year(sentence, place)
            ):
                return None
            return self._years(context, 5)
        ahead = plan and re.search(r"今后|未来|下一", before)
        if ahead:
            return f"{self.review + 1}-{self.review + 5}", True
        reset = re.search(
            r"去年|上年|过去一年|20\d\d年(?!来|间)|其中|last year", before[total.end() :]
        )
        if reset:
            return None
        length = 5
        if re.search(r"三年|three", total[0]):
            length = 3
        elif re.search(r"四年|four", total[0]):
            length = 4
        return self._years(context, length)

    def _years(self, context: str, length: int) -> tuple[str, bool]:
        """The years of a total as the text before it names them, else as many as it says."""
        for pattern in (_PLAN_NAME_ZH, _PLAN_NAME_EN):
            names = pattern.findall(context)
            if names:
                first = self.plans[names[-1]]
                since = re.search(r"以来|since", context) and first <= self.review < first + 4
                return f"{first}-{self.review if since else first + 4}", True
        spans = _SPAN.findall(context)
        if spans:
            return f"{spans[-1][0]}-{spans[-1][1]}", True
        return f"{self.review - length + 1}-{self.review}", False

    def _one_year(self, sentence: int, place: int) -> bool:
        """Whether the section has come to speak of one year since its heading."""
        i = bisect_right(self._places, sentence)
        start = self._places[i - 1] + 24 if i else 0
        return bool(self.cue["one_year"].search(self.folded, start, place))

    def _year(self, sentence: int, place: int, plan: bool) -> int:
        named = self._named(sentence, place)
        default = self.review + 1 if plan else self.review
        if not named:
            return default
        year = named[-1][1]
        return year if self.review - 12 <= year <= self.review + 1 else default

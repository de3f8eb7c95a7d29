"""Whose figure and which year: result or plan, one year or several, this city or elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.codebook import Indicator
from analysis.notes import Code
from analysis.reading.numerals import Numeral
from analysis.reading.outline import Outline
from analysis.reading.terms import INTERIM, Term, Terms
from analysis.reading.times import TOTAL_WORD

_AFTERWARDS = re.compile(
    r"\s?(?:people |new jobs |yuan )?(?:in )?(?P<year>20\d\d|(?:this|last) year)\b"
)
_EXPECTED = re.compile(r"预计|估计|is expected to (?:be|reach)|estimated")
_ESTIMATE = Code.ESTIMATE
_RUNNING = Code.RUNNING_TOTAL
_OPENING = re.compile(
    r"\s*(?:[^，,。:：\d]{1,4}[:：])?(?:20\d\d\s?年(?:[末底]|全年)?[，,]?)?(?:in (?:20\d\d,? )?|across |throughout |of |从|在)?"
)
_COUNTY = re.compile(
    r"(?:^|[，,、：:]|其中|[，,]?在)(?!全|各|我|本|该|试点|贫困|示范|所有|每)([一-龥]{2}县)(?=[一-龥])"
    r"(?!级|城|区|域|乡|委|政府|财政|以上|内|外|直|市|[一-龥]{0,3}[、和及])"
)
_PLACE = re.compile(r"[：:、，](?!全|各|我|本|该|某)[一-龥]{2,3}[市区县]\Z")
_OWN_COUNTY = re.compile(r"[我全]县")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_CAP = re.compile(r"\s?(?:以内|以下|之内|的?(?:控制)?(?:目标|任务|指标))")


@dataclass(frozen=True)
class Placed:
    """Measure and period of a figure, or the `fate` that makes it none."""

    measure: str = ""
    period: str = ""
    fate: str = ""
    note: str = ""

    @property
    def sure(self) -> bool:
        return not self.note


class Scopes:
    """Places figures by the terms of a text and by the words in their sentence."""

    def __init__(self, outline: Outline, dates: list[tuple[int, int]]):
        self.outline, self.folded, self.cue = outline, outline.folded, outline.cue
        self.terms = Terms(outline, dates)

    def stretch(self, sentence: int, place: int) -> str:
        """A name for what figures at a place are of: the same name, the same years and region."""
        term = self.terms.at(place)
        abroad = self._elsewhere(sentence, place)
        return f"{term.period}{' part' * term.part}{' elsewhere' * abroad}"

    def place(self, numeral: Numeral, sentence: int, indicator: Indicator, role: str) -> Placed:
        """Measure and period of a figure with the given role in its sentence."""
        before = self.folded[sentence : numeral.start]
        if self._elsewhere(sentence, numeral.start):
            return Placed(fate="scope")
        term = self._term(numeral)
        if term.part:
            return Placed(fate="part-year")
        if term.several and self.cue["held"].search(before[-12:]):
            return Placed(fate="average")  # a level kept through the years
        if term.several and self.cue["change_to"].search(before[-48:]):
            term = replace(term, first=term.last)  # what it had come to in the end
        if role == "outturn" and not term.plan and self._aimed(before):
            role = "target"
        if indicator.unit == "percent" and role != "completion":
            return self._rate(numeral, before, indicator, role, term)
        if role == "outturn" and term.plan:
            role = "target"
        total = TOTAL_WORD.search(before[-24:])
        if indicator.facet == "insured":
            term = replace(term, first=term.last)  # heads are counted at the period's end
        elif role == "outturn" and term.several:
            role = "cumulative"
        elif role == "target" and total and term.last > self.outline.review + 1:
            plans = [first for first in self.outline.plans.values() if first + 4 == term.last]
            term = replace(term, first=min([term.first, self.outline.review + 1, *plans]))
        if role in ("target", "completion") and self.cue["campaign"].search(before[-24:]):
            return Placed(fate="total")  # of a plan of several years
        if role not in indicator.measures:
            several = "total" if term.several else "unlinked"
            return Placed(fate="target" if role == "target" and not term.several else several)
        note = term.doubt if role != "target" else term.doubt.replace(INTERIM, "")
        if role == "outturn" and total and not term.named and self.outline.government:
            note = _RUNNING
        elif role == "outturn" and _EXPECTED.search(before):
            note = _ESTIMATE
        return Placed(role, term.period, note=note)

    def _term(self, numeral: Numeral) -> Term:
        after = _AFTERWARDS.match(self.folded, numeral.end)
        if not after:
            return self.terms.at(numeral.start)
        named = after["year"]
        last = named == "last year"
        year = int(named) if named.isdecimal() else self.outline.this_year - last
        return Term(year > self.outline.review, year, year, named=True)

    def _rate(self, numeral: Numeral, before: str, indicator: Indicator, role: str,
              term: Term) -> Placed:  # fmt: skip
        planned = role == "ceiling" or term.plan
        capped = numeral.bound == "at_most" or bool(_CAP.match(self.folded, numeral.end))
        if "ceiling" in indicator.measures and (planned or capped):
            return Placed("ceiling", term.period, note=term.doubt.replace(INTERIM, ""))
        if term.several:
            return Placed(fate="total")
        if planned or role not in indicator.measures:
            return Placed(fate="target")
        note = term.doubt or (_ESTIMATE if _EXPECTED.search(before) else "")
        return Placed(role, term.period, note=note)

    def _aimed(self, before: str) -> bool:
        """Whether the words before set a goal and do not yet tell what came of it."""
        before = _BRACKETED.sub("", before)
        goals = [m.end() for m in self.cue["goals"].finditer(before)]
        return bool(goals) and not self.cue["actual"].search(before, goals[-1])

    @cached_property
    def _county(self) -> bool:
        """Whether the report is itself a county's."""
        title = next(iter(self.outline.headings.values()), None)
        return bool(title and "县" in title[0]) or bool(_OWN_COUNTY.search(self.folded))

    def _elsewhere(self, sentence: int, place: int) -> bool:
        """Whether the clause, or the sentence from its start, is about the province or nation.

        Or about one of a city's counties: "临港县新增城镇就业5120人".
        """
        clause = max(sentence, *(self.folded.rfind(c, sentence, place) + 1 for c in ",，:："))
        if self.cue["elsewhere"].search(self.folded, clause, place):
            return not self.cue["here"].search(self.folded, clause, place)
        if not self._county and self.outline.language == "zh":
            if _PLACE.search(self.folded[max(sentence, place - 5) : place]):
                return True
            last = max(sentence, self.folded.rfind("，", sentence, place))
            if any(_COUNTY.search(self.folded[a:place], 0, 12) for a in (sentence, last)):
                return True
        opening = _OPENING.match(self.folded, sentence)
        there = self.cue["elsewhere"].match(
            self.folded, opening.end() if opening else sentence, place
        )
        return bool(there) and not self.cue["here"].search(self.folded, sentence, place)

"""Whose figure and which year: one year, several or some months, this place or elsewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from analysis.codebook import LEVELS, Indicator
from analysis.codebook.notes import Code
from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral
from analysis.reading.outline import Outline
from analysis.reading.terms import Terms
from analysis.reading.time_words import REACH
from analysis.reading.turns import Term

_AFTERWARDS = re.compile(r"\s?(?:people |new jobs |yuan )?(?:in )?(?P<year>20\d\d|(?:this|last) year)\b")
_BESIDE = re.compile(r"(?:率|rate)(?:(?!率|rate).)*?(?<!\d)(?:\d{1,2}|x\.|%)(?!\d)(?:(?!率|rate).){0,60}\Z")
_CLAUSE_END = re.compile(r",(?!\d{3})|[，;；。\n]|\.\s|\Z")
_STOCKS = ("insured", "working", "retired", "balance")  # facets counted at a period's end
_FATES = {"target": "target", "ceiling": "target", "total": "total"}  # of what is no measure
_ASIDE = 12  # characters behind a goal that may still say of what it is
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


@dataclass(frozen=True)
class Placed:
    """Measure and period of a figure, or the `fate` that makes it none."""

    measure: str = ""
    period: str = ""
    fate: str = ""
    note: str = ""

    @property
    def sure(self) -> bool:
        """Whether the words say which year and purpose; a year that none names may still be the document's."""
        return self.note in ("", Code.UNDATED)


class Scopes:
    """Places figures by the terms of a text and by the words in their sentence."""

    def __init__(self, outline: Outline, dates: list[tuple[int, int]]):
        self.outline, self.folded, self.cue = outline, outline.folded, outline.cue
        self.terms = Terms(outline, dates)

    def at_home(self, word: Mention) -> bool:
        """Whether a word for another place is one for the report's own: 全国 in the nation's."""
        return word.name == "elsewhere" and bool(self._here.match(self.folded, word.start))

    def stretch(self, sentence: int, place: int) -> str:
        """A name for what figures at a place are of: the same name, the same period and region."""
        abroad = self._elsewhere(max(sentence, place - REACH), place)
        return f"{self.terms.at(place).period}{' elsewhere' * abroad}"

    def place(self, numeral: Numeral, sentence: int, indicator: Indicator, role: str) -> Placed:
        """Measure and period of a figure with the given role in its sentence."""
        sentence = max(sentence, numeral.start - REACH)
        before = self.folded[sentence : numeral.start]
        if self._elsewhere(sentence, numeral.start):
            return Placed(fate="scope")
        term = self._term(numeral, before, indicator)
        if term.months and 1 < term.months[0] == term.months[1]:
            return Placed(fate="part-year")  # a single month's
        role, term = self._reached_or_aimed(role, numeral, before, term)
        if role in ("target", "completion") and self.cue["campaign"].search(before[-24:]):
            return Placed(fate="total")  # of a plan of several years
        if indicator.unit == "percent" and role != "completion":
            role, term = self._rate(numeral, before, indicator, role, term)
        else:
            role, term = self._amount(indicator, role, term)
        if role not in indicator.measures:
            several = "total" if term.several and indicator.unit != "percent" else "unlinked"
            return Placed(fate=_FATES.get(role, several))
        note = term.doubt or self._estimated(role, before) or self._assumed(role, numeral, before, term)
        return Placed(role, term.period, note=note)

    def _reached_or_aimed(self, role: str, numeral: Numeral, before: str, term: Term) -> tuple[str, Term]:
        """A result in a plan is a target; what was measured is a result wherever it stands."""
        if role in ("outturn", "target") and self._measured(numeral, before, term, role == "target"):
            role, term = "outturn", self._reviewed(replace(term, plan=False))
        if role == "outturn" and (term.plan or self._aimed(before) or self._framed(numeral, before)):
            role = "target"
        return role, term

    def _term(self, numeral: Numeral, before: str, indicator: Indicator) -> Term:
        """The term of a figure; of several years the one that a level is of."""
        term = self.terms.at(numeral.start)
        if named := _AFTERWARDS.match(self.folded, numeral.end):
            return self._behind(named["year"], term)
        if not term.several:
            unsure = not (term.named or term.doubt) and self._of_another(numeral, term)
            return replace(term, doubt=Code.UNSURE) if unsure else term
        if not term.plan and self.cue["from_before"].search(before[-16:]):
            return replace(term, last=term.first)  # what it was at first
        if indicator.facet not in _STOCKS and not self._reached(numeral, before, indicator, term):
            return term
        unnamed = term.doubt == Code.UNNAMED_YEARS  # but the last of them is known
        return replace(term, first=term.last, doubt="" if unnamed else term.doubt)

    def _behind(self, said: str, term: Term) -> Term:
        """The term of a figure whose year is said behind it."""
        year = int(said) if said.isdecimal() else self.outline.this_year - (said[0] == "l")
        own = term.plan and year == self.outline.review and not self.outline.government
        return Term(own or year > self.outline.review, year, year, named=True)

    def _of_another(self, numeral: Numeral, term: Term) -> bool:
        """Whether a figure whose year nothing names has risen since a year that is not the last."""
        since = self.cue["risen_since"].match(self.folded, numeral.end)
        return since is not None and int(since["year"]) != term.last - 1

    def _reached(self, numeral: Numeral, before: str, indicator: Indicator, term: Term) -> bool:
        """Whether a figure is what was come to in the end: "下降到3.7%"."""
        if term.plan or (numeral.bound and indicator.unit == "percent"):
            return False
        rose = self.cue["change_to"].search(before[-48:])
        return bool(rose or self.cue["held"].search(before[-12:]))

    def _amount(self, indicator: Indicator, role: str, term: Term) -> tuple[str, Term]:
        if role == "target":
            return role, self._aim(term, indicator)
        return "cumulative" if role == "outturn" and term.several else role, term

    def _aim(self, term: Term, indicator: Indicator) -> Term:
        """The term of a target: of a whole year; of a flow up to a year to come, all before it."""
        if term.doubt == Code.UNNAMED_YEARS:  # as many years as are said, to come
            start = self.outline.review + 1
            return replace(term, plan=True, first=start, last=start + term.last - term.first)
        if not term.plan:
            begun = term.months or term.doubt == Code.INTERIM
            return replace(term, months=None, doubt="" if begun else term.doubt)
        start = self.outline.review + 1
        if term.several or term.last <= start or indicator.facet in _STOCKS or term.months:
            return term
        plans = [first for first in self.outline.plans.values() if first + 4 == term.last]
        return replace(term, first=min([start, *plans]))

    def _rate(self, numeral: Numeral, before: str, indicator: Indicator, role: str, term: Term) -> tuple[str, Term]:
        """A rate kept within bounds in review is a result; one aimed at is a ceiling if it has one."""
        capped, aimed = numeral.bound == "at_most", role in ("ceiling", "target")
        if aimed and not (capped or term.plan) and self._moved(before):
            aimed = False
        if aimed and capped and not term.plan:
            goal = self.cue["cap_goal"].match(self.folded, numeral.end) or _BESIDE.search(before)
            aimed = bool(goal) or self._aimed(before)
        if aimed:
            ceiling = "ceiling" if "ceiling" in indicator.measures else "target"
            return ceiling, term if term.plan else replace(term, months=None)
        return "total" if term.several and not capped else "outturn", term

    def _moved(self, before: str) -> bool:
        """Whether a figure is an end of a change: "从上年3.6%下降到1.4%"."""
        return any(self.cue[end].search(before) for end in ("from_before", "change_to"))

    def _reviewed(self, term: Term) -> Term:
        """The term of a result: of no year to come, where the text names none."""
        year = self.outline.review
        return term if term.named or term.first <= year else replace(term, first=year, last=year)

    def _estimated(self, role: str, before: str) -> str:
        said = role == "outturn" and self.cue["estimated"].search(before)
        return Code.ESTIMATE if said else ""

    def _assumed(self, role: str, numeral: Numeral, before: str, term: Term) -> str:
        """The doubt of a year that the text names nowhere or that may not be over, of a goal that nothing calls one."""
        aimed = role in ("target", "ceiling")
        whole = aimed or term.months or term.last != self.outline.review or self.cue["whole_year"].search(before)
        if self.terms.unfinished and not whole:
            return Code.INTERIM
        if aimed and not (self._purposed(numeral, term) and self._yearly(numeral, before)):
            return Code.UNSURE
        own = aimed or term.several or not (self.outline.government or self.outline.relative)
        return "" if own or term.last in self.outline.years else Code.UNDATED

    def _yearly(self, numeral: Numeral, before: str) -> bool:
        """Whether a goal told beside counts of some months is, as its clause says, of the whole year."""
        behind = self.folded[numeral.end : numeral.end + _ASIDE]
        return self.terms.at(numeral.start).months is None or bool(self.cue["yearly"].search(before + "\n" + behind))

    def _purposed(self, numeral: Numeral, term: Term) -> bool:
        """Whether a figure of a government report's own year follows a goal, or a word of what is to be done."""
        if not self.outline.government or term.last != self.outline.year:
            return True
        start = self.folded.rfind("\n", 0, numeral.start) + 1
        if self.cue["purpose"].search(self.folded, start, numeral.end + 2):
            return True
        return numeral.start > min(self._goals, default=math.inf)

    @cached_property
    def _goals(self) -> list[int]:
        """Where the text first sets a goal, and where first a heading plans."""
        goal = self.cue["set"].search(self.folded)
        plans = (at for at, line in self.outline.headings.items() if self.outline.plans_only(line[0]))
        return [*([goal.start()] if goal else []), *plans]

    def _aimed(self, before: str) -> bool:
        """Whether the words before set a goal and do not yet tell what came of it."""
        before = _BRACKETED.sub("", before)
        goals = [m.end() for m in self.cue["goals"].finditer(before)]
        return bool(goals) and not self.cue["actual"].search(before, goals[-1])

    def _framed(self, numeral: Numeral, before: str) -> bool:
        """Whether a figure stands within a goal that was met: "超额完成新增就业5万人的目标"."""
        ends = self.cue["goal_ends"].match(self.folded, numeral.end)
        return bool(ends) and bool(self.cue["goal_met"].search(before))

    def _measured(self, numeral: Numeral, before: str, term: Term, aimed: bool) -> bool:
        """Whether a figure that is aimed at, it seems, is held right behind to its goal, or last year."""
        if not (term.plan or aimed) or term.several or self.outline.planned or self.cue["set"].search(before[-24:]):
            return False
        names = ("held_to_goal", "held_to_past") if term.named else ("held_to_goal",)
        return any(self.cue[name].match(self.folded, numeral.end) for name in names)

    @cached_property
    def _county(self) -> bool:
        """Whether the report is a county's own, as its level, its words or its title say."""
        said = self._titled("county_title") or self.cue["own_county"].search(self.folded)
        return self.outline.level == LEVELS[-1] or bool(said)

    @cached_property
    def _above(self) -> re.Pattern[str]:
        """The words for all places above the report's own."""
        return self._words(LEVELS[: self._own_level])

    @cached_property
    def _here(self) -> re.Pattern[str]:
        """The words for the report's own place; a city's may be a county's own."""
        return self._words(LEVELS[self._own_level :])

    @cached_property
    def _own_level(self) -> int:
        """The level whose words mean the report's own place; a county may be a city by name."""
        city = self.outline.level == LEVELS[-1] and self._titled("city_title")
        return LEVELS.index(self.outline.level) - city

    def _titled(self, cue: str) -> bool:
        """Whether the first heading says so."""
        title = next(iter(self.outline.headings.values()), None)
        return title is not None and bool(self.cue[cue].search(title[0]))

    def _words(self, levels: Sequence[str]) -> re.Pattern[str]:
        return re.compile("|".join(self.cue[name].pattern for name in levels) or "(?!)")

    def _elsewhere(self, sentence: int, place: int) -> bool:
        """Whether the clause, or the sentence from its start, is of a place above or below.

        "临港县新增城镇就业5120人" in a city's report; the whole province's figure.
        """
        folded, here = self.folded, self._here
        clause = max(sentence, *(folded.rfind(c, sentence, place) + 1 for c in ",，:："))
        ends = _CLAUSE_END.search(folded, place, place + REACH)
        if self.cue["seat"].search(folded, sentence, ends.start() if ends else place):
            return True
        if self._above.search(folded, clause, place):
            return not here.search(folded, clause, place)
        if not self._county and self._below(sentence, place):
            return True
        opening = self.cue["opening"].match(folded, sentence)
        there = self._above.match(folded, opening.end() if opening else sentence, place)
        return bool(there) and not here.search(folded, sentence, place)

    def _below(self, sentence: int, place: int) -> bool:
        """Whether a place within the report's own is named before a figure."""
        if self.cue["named_before"].search(self.folded[max(sentence, place - 8) : place]):
            return True
        last = max(sentence, self.folded.rfind("，", sentence, place))
        return any(self.cue["named_place"].search(self.folded[a:place], 0, 12) for a in (sentence, last))

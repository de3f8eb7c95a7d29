"""The lines of a report and which of them are headings; which year its writer calls this year."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

LINE = re.compile(r"[^\n]+")
NUMBERED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[ivx]+[.,)]\s|[(（]?\d{1,2}[)）.、]\s?"
    r"|(?:part )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|one|two|three"
    r"|four|five|six|seven|eight|nine|ten)[,.:]\s)"
)
YEAR_EN = re.compile(r"\b20 ?\d ?\d\b(?![,.]\d)")  # a translation may space a 1: 20 1 1
_DATES = re.compile(r"20 ?\d ?\d|1[0-5]th|\d{1,2}月(?:\d{1,2}日)?|1?\d ?[-—至] ?1?\d月")
_RUN_IN = re.compile(r"[^.。:：\n]{4,80}[.。:：]\s?(?=\S)")
_LEAD = 40  # characters behind what a text is called that may still say that it is an account
_YEAR = re.compile(r"(?<!\d)(?:19|20) ?\d ?\d(?!\d)|二[〇零○o0][〇零○一二三四五六七八九]{2}")
_HAN_DIGITS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789", " ")
_STOPS = "。；;，,.：:、"
_LENGTH = {"zh": 42, "en": 110}


@dataclass(frozen=True)
class Outline:
    """A folded text with the cues of its language and the year it reviews.

    A bureau report or communiqué of `year` reviews that year; a government report of `year` reviews the year
    before and sets targets for it. `level` is that of its own place, one of `codebook.LEVELS`.
    """

    folded: str
    language: str
    year: int
    kind: str
    cue: dict[str, re.Pattern[str]]
    plans: dict[str, int]
    level: str = "city"

    @property
    def government(self) -> bool:
        return self.kind == "government-report"

    @property
    def review(self) -> int:
        return self.year - 1 if self.government else self.year

    @cached_property
    def goal_year(self) -> int:
        """The year of goals that name none: the next, unless a bureau speaks of none but its own."""
        names_next = self.cue["next_year"].search(self.folded) or str(self.review + 1) in self.folded
        own = self.cue["this_year"].search(self.folded) and self.this_year == self.review
        plans = any(self.cue["plan_heading"].search(m[0]) for m in self.headings.values())
        alone = own and not (names_next or plans or self.government)
        return self.review + (not alone)

    @cached_property
    def told_beside_results(self) -> bool:
        """Whether the text sets goals and tells under a heading of its own what came of each."""
        return not self.government and bool(self.cue["results_of_goals"].search(self.folded))

    @cached_property
    def planned(self) -> bool:
        """Whether the text is a budget or a list of tasks: what it says of its year is aimed at."""
        found = self.cue["planned"].search(self.folded)
        return found is not None and not self.cue["planned_kept"].search(self.folded, 0, found.end() + _LEAD)

    @cached_property
    def lines(self) -> list[re.Match[str]]:
        return list(LINE.finditer(self.folded))

    @cached_property
    def beginnings(self) -> frozenset[int]:
        """Where the text begins, and begins again with its first line: pages repeat themselves."""
        return frozenset(line.start() for line in self.lines if line[0].strip() == self.lines[0][0].strip())

    @cached_property
    def headings(self) -> dict[int, re.Match[str]]:
        """Headings by where they start: short lines, numbered or without a stop, without figures."""
        return {line.start(): line for line in self.lines if self._is_heading(line)}

    @cached_property
    def annual(self) -> bool:
        """Whether a text is of a year that was over: by its kind, or because a part of it reviews, or plans."""
        said = (self.cue["review_heading"], self.cue["plan_heading"])
        return self.kind != "bureau-report" or any(c.search(m[0]) for m in self.headings.values() for c in said)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text prints, and the one that a government report looks back on: 去年, "last year"."""
        printed = {int(m[0].translate(_HAN_DIGITS)) for m in _YEAR.finditer(self.folded)}
        back = any(self.cue[name].search(self.folded) for name in ("last_year", "past_year"))
        known = self.government or self.review + 1 in printed
        return frozenset(printed | {self.review} if back and known else printed)

    @cached_property
    def relative(self) -> bool:
        """Whether a notice says 今年, "last year" and the like: the year of its own day, which may be another."""
        said = (self.cue[name].search(self.folded) for name in ("this_year", "last_year", "past_year"))
        return not self.annual and any(said)

    def run_in(self, line: re.Match[str]) -> int:
        """Where the numbered heading that a paragraph opens with ends; its start if it has none."""
        numbered = NUMBERED.match(line[0])
        title = _RUN_IN.match(line[0], numbered.end()) if numbered else None
        if not title or re.search(r"\d", _DATES.sub("", title[0])):
            return line.start()
        return line.start() + title.end()

    def plans_only(self, heading: str) -> bool:
        """Whether a heading speaks of what is to be done, and of nothing done."""
        back = self.cue["review_heading"].search(heading)
        return not back and bool(self.cue["plan_heading"].search(heading))

    def in_heading(self, place: int) -> bool:
        return self.folded.rfind("\n", 0, place) + 1 in self.headings

    def headline(self, place: int) -> bool:
        """Whether a place stands in a short line without number or stop: a headline, with figures."""
        i = bisect_right(self._headlines, (place, math.inf)) - 1
        return i >= 0 and place < self._headlines[i][1]

    @cached_property
    def _headlines(self) -> list[tuple[int, float]]:
        return [line.span() for line in self.lines if self._is_short(line) and self._is_open(line)]

    def _is_short(self, line: re.Match[str]) -> bool:
        return 0 < len(line[0].strip()) <= _LENGTH[self.language]

    @staticmethod
    def _is_open(line: re.Match[str]) -> bool:
        """Whether a line has neither a number before it nor a stop behind it."""
        text = line[0].strip()
        return not NUMBERED.match(text) and text[-1] not in _STOPS

    def _is_heading(self, line: re.Match[str]) -> bool:
        if not self._is_short(line):
            return False
        text = line[0].strip()
        numbered = NUMBERED.match(text)
        title = text[numbered.end() :] if numbered else text
        if re.search(r"\d", _DATES.sub("", title)):
            return False
        return bool(numbered) or text[-1] not in _STOPS

    @cached_property
    def past_year(self) -> int:
        """The year that is called past: before the one called this year, else the one reviewed."""
        says = not self.government and self.cue["this_year"].search(self.folded)
        return self.this_year - 1 if says else self.review

    @cached_property
    def this_year(self) -> int:
        """The year that 今年 or "this year" is: by the words of plans, then by the kind.

        A bureau that speaks of "last year" and knows no "this year" before its plan writes after
        the year it reviews.
        """
        plans = [m for m in self.headings.values() if self.cue["plan_heading"].search(m[0])]
        for line in plans:
            if self.cue["next_year"].search(line[0]):
                return self.review
            if self.cue["this_year"].search(line[0]):
                return self.review + 1
        if self.government:
            return self.review + 1 - bool(self.cue["next_year_aims"].search(self.folded))
        for gone in self.cue["year_gone"].finditer(self.folded):
            if self.review - 1 <= (year := int(gone[gone.lastindex or 0])) <= self.review:
                return year + 1
        looks_back = self.folded[: plans[-1].start() if plans and plans[-1].start() else None]
        last = self.cue["last_year_opens"].search(looks_back)
        return self.review + bool(last and not self.cue["this_year"].search(looks_back))

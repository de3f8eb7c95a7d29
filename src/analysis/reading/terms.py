"""The years that figures belong to, place by place, and whether they look back or ahead.

A text is walked once. Words of time and of purpose (去年, "next year", “十二五”期间, 力争) each set
the term that the following figures belong to; a sentence falls back to the term its paragraph
opened with, a paragraph to that of its heading.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.codebook.notes import Code
from analysis.reading.outline import NUMBERED, Outline
from analysis.reading.time_words import Mark, Months
from analysis.reading.times import marks
from analysis.reading.turns import Term, after

_STOPS = {"zh": re.compile(r"[。!?！？]"), "en": re.compile(r"[.!?](?=\s|\Z)")}
_OPENING = {"zh": re.compile(r"[^，,。；：:]{0,8}"), "en": re.compile(r"[^,.;:]{0,24}")}
_LEAD_IN = {
    "zh": re.compile(r"[^，,。；：:\d]{0,12}[，,：:]|[^，,。；：:]{0,12}[：:]"),
    "en": re.compile(r"[^,.;:\d]{0,90}, ?"),
}
_PASSING = ("goal", "now", "done", "behind", "same", "month", "amid", "moment", "total", "running")
_LOCAL = ("behind", "same", "month", "amid", "total")  # until the next `resume`
_PERIODS = ("year", "so_far", "back", "ahead", "span", "since", "plan", "part")
_WIDER = ("back", "ahead", "span", "since", "plan", "whole", "goal", "aims")


class Terms:
    """The term in force at each place of a text."""

    def __init__(self, outline: Outline, dates: list[tuple[int, int]]):
        self.outline = outline
        found = marks(outline, dates)
        titled = _titled_by_year(outline, found)
        if titled:  # "so far this year" in a review of the year
            found = [mark for mark in found if mark.kind != "so_far"]
        part, year = _only_part(outline, found), outline.review
        self.unfinished = _unfinished(outline, titled)
        begun = Code.INTERIM if part is None and _opens_on_part(outline, found) else ""
        if outline.planned:
            year = outline.year
        self._base = Term(outline.planned, year, year, months=part, doubt=begun)
        changes = list(self._walk(found))
        self._places = [place for place, _ in changes]
        self._terms = [term for _, term in changes]

    def at(self, place: int) -> Term:
        i = bisect_right(self._places, place)
        return self._terms[i - 1] if i else self._base

    def _walk(self, found: Sequence[Mark]) -> Iterator[tuple[int, Term]]:
        """Each change of term with the place it starts from."""
        section, headed, mixed, whole = self._base, False, False, False
        for line, inside in self._lines(found):
            whole = whole or any(mark.kind == "whole" for mark in inside)
            if line.start() in self.outline.beginnings:
                section, headed, mixed = self._base, False, False
            if line.start() in self.outline.headings:
                section, headed = self._headed(line, inside, section, headed)
                mixed = section.doubt == Code.MIXED_HEADING
                yield line.start(), section
                continue
            told = [mark for mark in inside if not (headed and mark.kind == "hedged")]
            paragraph = self._paragraph(line, told, section)
            yield from paragraph.changes
            section = paragraph.section if whole else self._so_far(paragraph.section, inside)
            if mixed and paragraph.opened.named:
                section = replace(paragraph.opened, named=False)  # the next of the periods

    def _headed(self, line: re.Match[str], inside: Sequence[Mark], section: Term, headed: bool) -> tuple[Term, bool]:
        """The term under a heading, and whether it is more than the report's own title."""
        title = self._is_title(line)
        dated = self.outline.plans_only(line[0]) or any(mark.months for mark in inside)
        if title and not dated:
            return section, headed
        told = dated or self.outline.cue["review_heading"].search(line[0]) or any(m.kind in _PERIODS for m in inside)
        return self._under(line[0], inside, section), headed or bool(told and not title)

    def _is_title(self, line: re.Match[str]) -> bool:
        """Whether a heading is the report's own."""
        named = line.start() in self.outline.beginnings or self.outline.cue["report_title"].search(line[0])
        return bool(named) and not NUMBERED.match(line[0])

    def _so_far(self, section: Term, inside: Sequence[Mark]) -> Term:
        """The term of what follows a paragraph that may be of the part of a year that is over."""
        if section.months or not _opens_on_part(self.outline, _parts(inside)):
            return section
        return replace(section, doubt=section.doubt or Code.INTERIM)

    def _paragraph(self, line: re.Match[str], inside: Sequence[Mark], section: Term) -> _Paragraph:
        """The course of a paragraph, which may open with a heading of its own."""
        run_in = self.outline.run_in(line)
        if run_in > line.start():
            first = [mark for mark in inside if mark.start < run_in]
            section = self._under(self.outline.folded[line.start() : run_in], first, section)
        paragraph = _Paragraph(self.outline, section, line)
        paragraph.follow([mark for mark in inside if mark.start >= run_in])
        return paragraph

    def _lines(self, found: Sequence[Mark]) -> Iterator[tuple[re.Match[str], list[Mark]]]:
        """Each line with the marks in it."""
        places, at = [mark.start for mark in found], 0
        for line in self.outline.lines:
            end = bisect_left(places, line.end())
            yield line, list(found[at:end])
            at = end

    def _under(self, heading: str, inside: Sequence[Mark], section: Term) -> Term:
        """The term of the section under a heading with the marks `inside` it."""
        start, cue = self.outline.review + 1, self.outline.cue
        back = bool(cue["review_heading"].search(heading))
        forward = self.outline.plans_only(heading)
        terms = self._named(inside, section)
        terms = [t for t in terms if not (back and t.plan)] or terms
        if not terms:
            if forward and not section.plan:
                return Term(True, start, start)
            return self._base if back and section.plan else section
        if forward and not any(t.plan for t in terms) and any(m.kind == "back" for m in inside):
            return Term(True, start, start + terms[0].last - terms[0].first)  # the term to come
        return _first(terms)

    def _named(self, inside: Sequence[Mark], section: Term) -> list[Term]:
        """The terms that a heading names."""
        terms: list[Term] = []
        for mark in (mark for mark in inside if mark.kind in _PERIODS):
            if mark.kind == "part" and terms:
                terms[-1] = after(self.outline, mark, terms[-1], section)
            else:
                term = section if terms else Term(False, 0, 0)
                terms.append(after(self.outline, mark, term, section))
        return terms


def _only_part(outline: Outline, found: Sequence[Mark]) -> Months | None:
    """The months that all of a notice is of: it names them, and no other time and no purpose."""
    parts = {mark.months for mark in found if mark.kind in ("part", "moment")}
    other = any(m.kind in _WIDER or (m.kind == "year" and outline.folded[m.start].isdigit()) for m in found)
    return parts.pop() if len(parts) == 1 and not other and not outline.government else None


def _titled_by_year(outline: Outline, found: Sequence[Mark]) -> bool:
    """Whether the title of a text, and no month in it, says that it is of the year reviewed."""
    title = next(iter(outline.lines), None)
    if title is None or title.start() not in outline.headings:
        return False
    inside = [mark for mark in found if mark.start < title.end()]
    return any(mark.kind == "year" and mark.first == outline.review for mark in inside) and not any(
        mark.months for mark in inside
    )


def _unfinished(outline: Outline, titled: bool) -> bool:
    """Whether a text dates itself, it seems, within the year that it reviews: it speaks of this year or of months
    before the last, and of no time after."""
    behind = outline.review + 1 in outline.years or outline.this_year > outline.review
    if outline.annual or titled or behind:
        return False
    return any(outline.cue[name].search(outline.folded) for name in ("this_year", "within_year"))


def _parts(inside: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in inside if mark.kind in ("part", "moment")]


def _opens_on_part(outline: Outline, found: Sequence[Mark]) -> bool:
    """Whether the first time that a notice, or a paragraph of one, names is part of its year.

    What follows and names no time is perhaps no more than counted to it, too.
    """
    first = next((m for m in found if m.kind in (*_PERIODS, "moment", "whole")), None)
    return bool(first and first.months and first.first in (0, outline.review) and not outline.government)


def _first(terms: Sequence[Term]) -> Term:
    """The first of the terms that a heading names, in doubt where they are of several periods."""
    mixed = any(t.period != terms[0].period for t in terms)
    return replace(terms[0], named=False, doubt=Code.MIXED_HEADING if mixed else terms[0].doubt)


class _Paragraph:
    """The course of one paragraph: the term in force, and those it falls back to."""

    def __init__(self, outline: Outline, section: Term, line: re.Match[str]):
        self.outline, self.section, self.line = outline, section, line
        self.term = self.opened = section
        self.settled = -1  # the sentence that set what is fallen back to
        self.held: Term | None = None  # until a year of one figure or clause is left
        self.wide: Term | None = None  # what a clause narrows, or aims beyond, until it closes
        self.sentence, self.first = line.start(), True  # no word of time in it yet
        self.changes: list[tuple[int, Term]] = [(line.start(), section)]

    def follow(self, inside: Sequence[Mark]) -> None:
        """Walk the paragraph's marks, sentence by sentence."""
        outline, line = self.outline, self.line
        found = _STOPS[outline.language].finditer(outline.folded, *line.span())
        stops = deque(m.end() for m in found)
        for mark in inside:
            while stops and stops[0] <= mark.start:
                self._start(stops.popleft())
            self._meet(mark)
            self.changes.append((mark.start, self.term))
        if stops:
            self._close()
            self.changes.append((stops[0], self.opened))
        if outline.cue["leads"].search(outline.folded, self.sentence, line.end()):
            ahead = self.term.plan and not self.opened.plan
            told = self.term if ahead or self.term.months else self.opened
            self.section = replace(told, named=False)

    def _start(self, sentence: int) -> None:
        self._close()
        self.sentence, self.first = sentence, True
        self.term, self.held, self.wide = self.opened, None, None
        self.changes.append((sentence, self.term))

    def _close(self) -> None:
        """What follows a sentence that aims, and names no time, may be aimed at, too."""
        if self.term.plan and not self.opened.plan:
            self.opened = replace(self.opened, doubt=self.opened.doubt or Code.UNSURE)

    def _meet(self, mark: Mark) -> None:
        before = self.term
        if mark.kind == "resume":
            self.term, self.held = self.held or self.term, None
            return
        if mark.kind == "close":
            self.term, self.wide = self.wide or self.term, None
            return
        opening = self._opens(mark)
        if mark.kind in _LOCAL:
            self.held = self.held or before
        self.term = after(self.outline, mark, before, self.section)
        if opening or mark.kind == "aims":
            self.wide = None
        elif self._narrows(mark, before):
            self.wide = self.wide or before
        self._settle(mark, before, opening)
        self.first = False

    def _interim(self) -> None:
        """What follows a count to some month is perhaps no more than counted to it, too."""
        if not self.opened.several and not self.opened.months:
            self.opened = replace(self.opened, doubt=self.opened.doubt or Code.INTERIM)
            self.section = replace(self.section, doubt=self.section.doubt or Code.INTERIM)

    def _opens(self, mark: Mark) -> bool:
        """Whether a word opens its sentence, perhaps behind a phrase without figures or times."""
        language, folded = self.outline.language, self.outline.folded
        place = mark.start
        after_lead = self.first and mark.kind != "goal"
        lead = _LEAD_IN[language].match(folded, self.sentence, place) if after_lead else None
        starts = (self.sentence, lead.end() if lead else self.sentence)
        return any(_OPENING[language].fullmatch(folded, start, place) for start in starts)

    def _narrows(self, mark: Mark, before: Term) -> bool:
        """Whether a mark holds for its clause: a year of a plan, an English aside on a goal."""
        if mark.kind == "year":
            return before.several
        return mark.kind == "goal" and self.outline.language == "en" and not before.plan

    def _lasts(self, mark: Mark, opening: bool) -> bool:
        """Whether the sentences that follow are of the term that a mark sets."""
        if mark.kind == "whole" and self.opened.months:
            return True
        set_before = self.opened is not self.section and self.settled != self.sentence
        return opening and mark.kind not in _PASSING and not (mark.kind == "part" and set_before)

    def _settle(self, mark: Mark, before: Term, opening: bool) -> None:
        """What the sentences and paragraphs that follow fall back to."""
        aims = mark.kind in ("aims", "hedged")
        if aims or self._lasts(mark, opening):
            self.opened, self.settled = self.term, self.sentence
        elif mark.kind == "since_then":
            self.opened = after(self.outline, mark, self.opened, self.section)
        elif mark.kind == "moment" and not self.outline.government and not self.term.plan:
            self._interim()
        if aims and self.term.plan:
            self.section = replace(self.term, named=False)
        elif mark.kind == "done" and self.section.plan > self.term.plan < before.plan:
            self.opened = self.section = replace(self.term, named=False)  # what came of the plan

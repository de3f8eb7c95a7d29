"""The years that figures belong to, place by place, and whether they look back or ahead.

A text is walked once. Words of time and of purpose (去年, "next year", “十二五”期间, 力争) each set
the term that the following figures belong to; a sentence falls back to the term its paragraph
opened with, a paragraph to that of its heading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.notes import Code
from analysis.reading.outline import NUMBERED, Outline
from analysis.reading.times import Mark, marks

_STOPS = {"zh": re.compile(r"[。!?！？]"), "en": re.compile(r"[.!?](?=\s|\Z)")}
_OPENING = {"zh": re.compile(r"[^，,。；：:]{0,8}"), "en": re.compile(r"[^,.;:]{0,24}")}
_PASSING = ("goal", "now", "done", "behind", "resume", "total", "part", "close")
_PERIODS = ("year", "back", "ahead", "span", "since", "plan")
_MIXED = Code.MIXED_HEADING
INTERIM = Code.INTERIM
_UNNAMED = Code.UNNAMED_YEARS


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


class Terms:
    """The term in force at each place of a text."""

    def __init__(self, outline: Outline, dates: list[tuple[int, int]]):
        self.outline = outline
        self.review = outline.review
        changes = list(self._walk(marks(outline, dates)))
        self._places = [place for place, _ in changes]
        self._terms = [term for _, term in changes]

    def at(self, place: int) -> Term:
        i = bisect_right(self._places, place)
        return self._terms[i - 1] if i else Term(False, self.review, self.review)

    def _walk(self, found: Sequence[Mark]) -> Iterator[tuple[int, Term]]:
        """Each change of term with the place it starts from."""
        section = Term(False, self.review, self.review)
        at, mixed = 0, False
        for line in self.outline.lines:
            inside = []
            while at < len(found) and found[at].start < line.end():
                inside.append(found[at])
                at += 1
            if line.start() in self.outline.headings:
                first = line is self.outline.lines[0] and not NUMBERED.match(line[0])
                section = section if first else self._under(line[0], inside, section)  # a title
                mixed = section.doubt == _MIXED
                yield line.start(), section
                continue
            run_in = self.outline.run_in(line)
            title = [mark for mark in inside if mark.start < run_in]
            if title or run_in > line.start():
                section = self._under(self.outline.folded[line.start() : run_in], title, section)
            yield line.start(), section
            changes, paragraph, section = self._paragraph(line, inside[len(title) :], section)
            yield from changes
            if mixed and paragraph.named:
                section = replace(paragraph, named=False)  # the next of the heading's periods

    def _paragraph(self, line: re.Match[str], inside: Sequence[Mark],
                   section: Term) -> tuple[list[tuple[int, Term]], Term, Term]:  # fmt: skip
        """A paragraph's changes of term, the term it opened with, and that of what follows it."""
        language, folded = self.outline.language, self.outline.folded
        changes: list[tuple[int, Term]] = []
        paragraph = term = held = section
        wide: Term | None = None  # the several years that a clause narrows to one
        sentence = line.start()
        stops = [m.end() for m in _STOPS[language].finditer(folded, *line.span())]
        for mark in inside:
            while stops and stops[0] <= mark.start:
                sentence, term, wide = stops.pop(0), paragraph, None
                changes.append((sentence, term))
            opening = _OPENING[language].fullmatch(folded, sentence, mark.start)
            planned = term.plan
            if mark.kind == "resume":
                term = held
            elif mark.kind == "close":
                term, wide = wide or term, None
            else:
                held = term if mark.kind == "behind" else held
                wide = term if mark.kind == "year" and term.several and term.plan else wide
                term = self._after(mark, term, section)
            wide = None if opening else wide
            if mark.kind == "aims" or (opening and mark.kind not in _PASSING):
                paragraph = term
            if mark.kind == "part" and opening and sentence == line.start():
                paragraph = replace(term, part=False, doubt=INTERIM)
            if mark.kind == "aims" and term.plan:
                section = replace(term, named=False)
            if mark.kind == "done" and section.plan and planned and not term.plan:
                paragraph = section = replace(term, named=False)  # what came of the year's plan
            changes.append((mark.start, term))
        if stops and term != paragraph:
            changes.append((stops[0], paragraph))
        if self.outline.cue["leads"].search(folded, sentence, line.end()):
            section = replace(term if term.plan and not paragraph.plan else paragraph, named=False)
        return changes, paragraph, section

    def _after(self, mark: Mark, term: Term, section: Term) -> Term:
        """The term behind a mark."""
        kind, length = mark.kind, mark.last
        if kind == "behind" and mark.first == term.last and (term.part or term.doubt == INTERIM):
            return term  # "from January to May this year"
        if kind in ("year", "behind", "span"):
            return Term(mark.first > self.review, mark.first, mark.last, named=True)
        if kind == "back":
            return self._back(length, term, section)
        if kind == "ahead":
            return Term(True, self.review + 1, self.review + length, named=True)
        if kind == "since" or (kind == "plan" and mark.first <= self.review < mark.last
                               and not term.plan):  # fmt: skip
            return Term(False, mark.first, min(mark.last, self.review), named=True)
        if kind == "plan":
            return Term(mark.last > self.review, mark.first, mark.last, named=True)
        if kind == "total":  # 累计 in a sentence that names no year, under a heading of several
            return replace(section, named=True) if section.several and not term.several else term
        if kind == "part":
            return replace(term, part=True)
        if kind == "interim":
            return term if term.plan or term.several else replace(term, doubt=INTERIM)
        if kind == "whole":
            year = term.last if not term.several else self.review + term.plan
            return Term(term.plan, year, year, named=True)
        if kind == "aims" and term.named and term.first == term.last == self.review:
            return replace(term, plan=True)
        if kind in ("goal", "aims") and not term.plan:
            return Term(True, self.review + 1, self.review + 1)
        past = not section.plan or section.last <= self.review
        if term.plan and (kind == "now" or (kind == "done" and past)):
            return Term(False, self.review, self.review, named=True)
        return term

    def _back(self, length: int, term: Term, section: Term) -> Term:
        for known in (term, section) if section.plan == term.plan else (term,):
            if known.last - known.first == length - 1:
                return replace(known, named=True)
        if term.plan:
            last = max(term.last, self.review + length)
            return Term(True, last - length + 1, last, named=True)
        return Term(False, self.review - length + 1, self.review, named=True, doubt=_UNNAMED)

    def _under(self, heading: str, inside: Sequence[Mark], section: Term) -> Term:
        """The term of the section under a heading with the marks `inside` it."""
        terms: list[Term] = []
        for mark in inside:
            if mark.kind in _PERIODS:
                terms.append(self._after(mark, section if terms else Term(False, 0, 0), section))
        back = bool(self.outline.cue["review_heading"].search(heading))
        forward = not back and bool(self.outline.cue["plan_heading"].search(heading))
        terms = [t for t in terms if not (back and t.plan)] or terms
        office = any(mark.kind == "back" for mark in inside)
        if forward and office and not any(t.plan for t in terms):
            length = terms[0].last - terms[0].first + 1
            return Term(True, self.review + 1, self.review + length)  # the term of office to come
        if terms:
            mixed = any(t.period != terms[0].period for t in terms)
            return replace(terms[0], named=False, doubt=_MIXED if mixed else terms[0].doubt)
        if forward and not section.plan:
            return Term(True, self.review + 1, self.review + 1)
        return Term(False, self.review, self.review) if back and section.plan else section

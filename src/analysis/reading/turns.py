"""What each word of time does to the term in force."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.codebook.notes import Code
from analysis.codebook.periods import Period
from analysis.reading.outline import Outline
from analysis.reading.time_words import Mark, Months

_OFFICE = 5  # years of a term of office


@dataclass(frozen=True)
class Term:
    """The years that figures belong to, looked forward to (`plan`) or back on.

    `named` where the words of the paragraph say so, `months` for part of a year (first and last
    month), `doubt` what the words leave open, `until` the last year of a plan that is under way.
    """

    plan: bool
    first: int
    last: int
    named: bool = False
    doubt: str = ""
    months: Months | None = None
    until: int = 0

    @property
    def period(self) -> str:
        return str(Period(self.first, self.last, self.months))

    @property
    def several(self) -> bool:
        return self.first < self.last

    @property
    def part(self) -> bool:
        return self.months is not None


def after(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    """The term behind a mark that stands where `term` holds, in a section of `section`."""
    return _AFTER[mark.kind](outline, mark, term, section)


def _year(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    if mark.kind == "behind" and mark.first == term.last and term.months:
        return term  # "from January to May this year"
    plan = mark.first > outline.review or (outline.planned and mark.last == outline.year)
    return Term(plan, mark.first, mark.last, named=True)


def _same(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    """The months in force, of another year: "the same period of last year"."""
    return Term(False, mark.first, mark.last, named=True, months=term.months)


def _part(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    if mark.first:
        plan = mark.first > outline.review
        return Term(plan, mark.first, mark.first, named=True, months=mark.months)
    plan = term.plan and section.plan  # 今年一季度 in a report that reviews last year is reached
    year = term.last if term.last and not term.several else outline.review + plan
    return replace(term, plan=plan, first=year, last=year, months=mark.months)


def _back(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    length = mark.last
    for known in (term, section) if section.plan == term.plan else (term,):
        if known.last - known.first == length - 1:
            return replace(known, named=True)
    if term.plan:
        last = max(term.last, outline.review + length)
        return Term(True, last - length + 1, last, named=True)
    return Term(False, outline.review - length + 1, outline.review, named=True, doubt=Code.UNNAMED_YEARS)


def _ahead(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    return Term(True, outline.review + 1, outline.review + mark.last, named=True)


def _since(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    last = min(mark.last, outline.review)
    return Term(False, min(mark.first, last), last, named=True)


def _since_then(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    """What is held against a year long gone, and names none of its own, is perhaps of all since."""
    settled = term.named or term.several or term.plan or term.months
    return term if settled else replace(term, doubt=term.doubt or Code.UNSURE)


def _plan(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    if mark.first <= outline.review < mark.last and not term.plan:
        return replace(_since(outline, mark, term, section), until=mark.last)
    return Term(mark.last > outline.review, mark.first, mark.last, named=True)


def _total(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    """A total in a sentence that names no year: of the several that its heading names."""
    if section.several and not term.several:
        return replace(section, named=True)
    return term if term.several or term.named or term.plan else replace(term, doubt=Code.RUNNING_TOTAL)


def _running(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    """A total that is of the years in office where nothing names its own."""
    if section.several or term.plan or term.several or term.named or term.months:
        return _total(outline, mark, term, section)
    first = outline.review - _OFFICE + 1
    return Term(False, first, outline.review, named=True, doubt=Code.UNNAMED_YEARS)


def _whole(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    if not term.several and not term.months:
        return replace(term, doubt="") if term.doubt == Code.INTERIM else term
    year = term.last if not term.several else outline.review + term.plan
    doubt = Code.INTERIM if section.months else ""  # a form for whole years, filled in before
    return Term(term.plan, year, year, named=term.named, doubt=doubt)


def _so_far(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    """Perhaps not of the whole year."""
    return term if term.plan else replace(term, doubt=term.doubt or Code.INTERIM)


def _aims(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    if term.plan:
        return term
    if term.until and mark.kind != "hedged":
        return Term(True, term.first, term.until, named=True)
    if mark.kind == "hedged" and not outline.government:
        return replace(term, doubt=term.doubt or Code.UNSURE)
    if mark.kind == "aims" and outline.told_beside_results:
        return Term(True, outline.review, outline.review)
    reviewed = term.named and term.first == term.last == outline.review
    if reviewed and (mark.kind == "aims" or not outline.government):
        return replace(term, plan=True, months=None)  # "this year the city will add"
    return Term(True, outline.goal_year, outline.goal_year)


def _done(outline: Outline, mark: Mark, term: Term, section: Term) -> Term:
    past = mark.kind == "now" or not section.plan or section.last <= outline.review
    if not (term.plan and past):
        return term
    if term.named and not (section.plan or term.several):
        return replace(term, plan=False)  # what came of it in the year that the sentence names
    return Term(False, outline.review, outline.review, named=True)


_AFTER: dict[str, Callable[[Outline, Mark, Term, Term], Term]] = {
    "year": _year,
    "behind": _year,
    "same": _same,
    "span": _year,
    "so_far": _so_far,
    "part": _part,
    "moment": _part,
    "month": _part,
    "back": _back,
    "ahead": _ahead,
    "since": _since,
    "since_then": _since_then,
    "plan": _plan,
    "total": _total,
    "running": _running,
    "amid": _running,
    "whole": _whole,
    "goal": _aims,
    "aims": _aims,
    "hedged": _aims,
    "now": _done,
    "done": _done,
}

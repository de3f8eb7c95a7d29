"""Words for some months of a year: a half, quarters, "from January to May", 截至9月底."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from analysis.reading.outline import Outline
from analysis.reading.time_words import COUNT, REACH, SENTENCE, Mark, in_clause, last_end, number_in

# What words of months span, by the numbers they give; without one the first.
_SPANNED = {
    "months": lambda ns: (ns[0], ns[1]) if len(ns) > 1 else (1, ns[0]),
    "quarters": lambda ns: (1, 3 * ns[0]),
    "quarter": lambda ns: (3 * ns[0] - 2, 3 * ns[0]),
    "half_year": lambda ns: (1, 6),
    "month": lambda ns: (ns[0], ns[0]),
    "month_end": lambda ns: (1, ns[0]),
    "quarter_end": lambda ns: (1, 3 * ns[0]),
}


def months(outline: Outline) -> Iterator[Mark]:
    """Words for some months of a year, the longest at each place."""
    found = []
    for name, spanned in _SPANNED.items():
        for m in outline.cue[name].finditer(outline.folded):
            numbers = [number_in(group) for group in m.groups() if group]
            year = numbers.pop(0) if numbers and numbers[0] > 999 else 0
            span = spanned(numbers or [1])
            if 1 <= span[0] <= span[1] <= 12:
                kind = {"month": "month", "month_end": "moment", "quarter_end": "moment"}.get(name, "part")
                found.append(Mark(*m.span(), kind, year, year, span))
    end = 0
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        if mark.start >= end:
            end = mark.end
            yield from _of_months(outline, mark)


def _of_months(outline: Outline, mark: Mark) -> Iterator[Mark]:
    """What is counted to December is the year's; a single month holds for its clause."""
    if mark.months and mark.months[1] == 12 and mark.months[0] in (1, 12):
        yield replace(mark, kind="year" if mark.first else "whole", months=None)
    elif mark.kind == "month":
        yield from in_clause(outline, mark)
    else:
        yield replace(mark, start=_clause_start(outline, mark.start))


def _clause_start(outline: Outline, place: int) -> int:
    """Where what a month behind its figures says begins: "4,600 people from January to May"."""
    if outline.language == "zh":
        return place
    start = last_end(SENTENCE, outline.folded, place, REACH)
    return start if COUNT.search(outline.folded, start, place) else place

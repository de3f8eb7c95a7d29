"""Reading a report: from text to observations, numerals and edits, every number accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from analysis import codebook as codebooks
from analysis.codebook import Codebook
from analysis.codebook.status import Fate
from analysis.reading import glosses
from analysis.reading import numerals as lexer
from analysis.reading.judging import judge
from analysis.reading.linking import link, passage_of
from analysis.reading.numerals import Numeral
from analysis.reading.reporting import unit_of
from analysis.reading.rows import Decision, EditRow, NumeralRow, Observation, Parsed, Report
from analysis.reading.spelled import spelled_out
from analysis.reading.units import apply_stated_units
from analysis.reading.wrapping import unwrap

__all__ = ["Decision", "EditRow", "NumeralRow", "Observation", "Parsed", "Report", "judge", "parse", "read", "unit_of"]


def parse(text: str, *, year: int, kind: str, codebook: Codebook | None = None, level: str = "city") -> Parsed:
    """Find every numeral of a report and what it states.

    Parameters
    ----------
    text : the report, decoded.
    year : the document's year: a bureau-report reviews it, a government-report reviews the year
        before and sets targets for it.
    kind : "bureau-report" or "government-report".
    level : of the report's own place: "nation", "province", "city" or "county". Figures of places
        above and below are not its own.
    """
    codebook = codebook or codebooks.load()
    language = "zh" if lexer.is_chinese(text) else "en"
    plain, there = glosses.without(text)
    told, cell = spelled_out(plain, codebook, language)
    flat, back = unwrap(told, language == "zh")
    folded = lexer.fold(flat)
    found = apply_stated_units(folded, lexer.find(flat, folded))
    statements, fates, changes = link(*passage_of(flat, folded, found, codebook, year, kind, language, level))
    if flat is not text:
        found = [_as_printed(numeral, text, lambda place: there(cell(back(place)))) for numeral in found]
    stated = [(s, found[s.numeral]) for s in statements]
    by_numeral = {s.numeral: s for s in statements}
    rows: list[NumeralRow] = []
    seen: set[tuple[int, int]] = set()  # a table's label is told with each of its numbers
    for i, numeral in enumerate(_let_go(found)):
        s = by_numeral.get(i)
        if s is None and (numeral.start, numeral.end) in seen:
            continue
        seen.add((numeral.start, numeral.end))
        place = (numeral.start, numeral.end, numeral.printed, numeral.unit)
        rows.append(
            NumeralRow(*place, Fate.OBSERVATION, s.indicator, s.measure, s.period, s.runner_up, s.because, s.notes)
            if s
            else NumeralRow(*place, fates.get(i, Fate.UNLINKED))
        )
    return Parsed(stated, rows, changes)


def _let_go(found: list[Numeral]) -> Iterator[Numeral]:
    """The numerals in order, out of their list: a long text has too many to hold them twice."""
    found.reverse()
    while found:
        yield found.pop()


def _as_printed(numeral: Numeral, text: str, back: Callable[[int], int]) -> Numeral:
    start, end = back(numeral.start), back(numeral.end - 1) + 1
    return replace(numeral, start=start, end=end, printed=text[start:end])


def read(
    text: str,
    *,
    region: str,
    document: str,
    year: int,
    kind: str,
    others: Iterable[Observation] = (),
    decisions: Sequence[Decision] = (),
    codebook: Codebook | None = None,
    level: str = "city",
) -> Report:
    """Read a report: `parse`, then `judge`.

    `others` are observations of the region's other documents, as evidence; `decisions` a
    person's decisions on this document's figures; `level` is the kind of place (nation, province,
    city or county), whose usual levels hold.
    """
    codebook = codebook or codebooks.load()
    parsed = parse(text, year=year, kind=kind, codebook=codebook, level=level)
    return judge(parsed, region, document, others, decisions, codebook, level)

"""Reading a report: from text to observations, numerals and edits, every number accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analysis import codebook as codebooks
from analysis.codebook import Codebook
from analysis.codebook.status import Fate
from analysis.reading.judging import judge
from analysis.reading.linking import link, passage_of
from analysis.reading.numerals import Numeral
from analysis.reading.preparing import prepare
from analysis.reading.reporting import unit_of
from analysis.reading.rows import Decision, EditRow, NumeralRow, Observation, Parsed, Report
from analysis.reading.tabled import with_doubts

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
    ready = prepare(text, codebook, level)
    of = (ready.flat, ready.folded, ready.numerals, codebook, year, kind, ready.language, level)
    linked, fates, changes = link(*passage_of(*of))
    tabled = [(s, ready.table(s.numeral)) for s in linked]
    statements = with_doubts(tabled, year - (kind == "government-report"), codebook)
    found = ready.as_printed()
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

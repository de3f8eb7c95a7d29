"""From the documents of a region to its processed tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis import codebook as codebooks
from analysis.codebook import notes
from analysis.intake import decisions, documents, facts, frictionless, places, standing
from analysis.intake.documents import Document
from analysis.reading import Decision, EditRow, NumeralRow, Observation, Parsed, Report, judge, parse
from analysis.reading import numerals as lexer
from analysis.reading.statements import Statement
from analysis.system import project
from analysis.system.errors import one_line
from analysis.system.saving import write_all
from analysis.tables import panel, years
from analysis.tables.sources import Source


@dataclass(frozen=True)
class Refreshed:
    """What a refresh of a region found: its documents' reports, and which files changed.

    `why` says so where the tables were not as they had been left.
    """

    region: str
    reports: dict[str, Report]
    changed: list[Path]
    why: str = ""


def refresh(
    root: Path, region: str, force: bool = False, parsed: Mapping[str, Parsed] | None = None
) -> Refreshed | None:
    """Read all documents of a region together and write its tables.

    Each document is read alone first; then again with what the others state as evidence, so
    that the outcome does not depend on the order of arrival. Files that would not change are
    left alone. None where documents, library and tables are as they were after the last refresh.
    `parsed` holds documents that the caller has parsed already, by name.

    Raises
    ------
    InputError
        for a document, decision or codebook that cannot be read.
    """
    found = documents.list_documents(root, region)
    folder = project.processed_folder(root, region)
    inputs = standing.inputs(found)
    if not force and standing.is_made_from(folder, inputs):
        return None
    altered = inputs in standing.stored(folder) and not force
    book, known = codebooks.load(), parsed or {}
    taken = [_taken(document, book, known.get(document.name)) for document in found]
    reports = _judged(taken, book)
    together, edits = _together(taken, reports, book, places.level(root, region))
    for name, report in reports.items():
        mine = [o.claimed for o in together if o.document == name]
        reports[name] = replace(report, observations=mine)
    changed = _write(root, region, taken, reports, edits, together, inputs)
    why = "not as it was made; made again from data/raw" if altered else ""
    return Refreshed(region, reports, changed, why)


@dataclass(frozen=True)
class _Taken:
    """A document with where it is from, what it states, and what a person decided of that."""

    document: Document
    source: Source
    parsed: Parsed
    decisions: list[Decision]

    def judged(self, others: Sequence[Observation], book: codebooks.Codebook) -> Report:
        """What it states with what other documents do as evidence."""
        d = self.document
        return judge(self.parsed, d.region, d.name, others, self.decisions, book, d.level, d.people)

    def is_evidenced_by(self, other: _Taken) -> bool:
        """Whether the other's figures are evidence for its own: issuers who differ count differently."""
        issuers = {self.source.issuer, other.source.issuer} - {""}
        return other is not self and len(issuers) < 2


def _taken(document: Document, book: codebooks.Codebook, parsed: Parsed | None) -> _Taken:
    source = documents.source_of(document)
    decided = [Decision(**row) for row in decisions.read(document)]
    return _Taken(document, source, parsed or _parsed(document, book), decided)


def _judged(taken: Sequence[_Taken], book: codebooks.Codebook) -> dict[str, Report]:
    """What documents state: each read alone, then with what the others state of its periods as evidence."""
    first = {each.document.name: each.judged((), book) for each in taken}
    reports = {}
    for each in taken:
        spoken = {statement.period for statement, _ in each.parsed.stated}
        others = [other.document.name for other in taken if each.is_evidenced_by(other)]
        known = [o for name in others for o in first[name].observations if o.period in spoken]
        name = each.document.name
        reports[name] = each.judged(known, book) if known else first[name]
    return reports


def _together(
    taken: Sequence[_Taken], reports: Mapping[str, Report], book: codebooks.Codebook, level: str
) -> tuple[list[Observation], list[EditRow]]:
    """The observations of all documents held against one another, and the rules that did so."""
    stated = [o for report in reports.values() for o in report.observations]
    over_years, totals = years.check_years(stated, {t.document.name: t.parsed.changes for t in taken})
    together, carried = years.check_rules(over_years, book, level)
    return together, totals + carried


def rebuild(root: Path, force: bool = True, failures: dict[str, str] | None = None) -> list[Refreshed]:
    """Refresh every region that has documents, and remove the tables of those that have gone.

    A region that cannot be read goes into `failures`, with the reason, and stops no other; its
    tables stay as they were if they are whole, and go if they are damaged, for no page may be made
    from them. Without `failures` it raises what `refresh` raises.
    """
    names = [folder.name for folder in project.folders(root / "data" / "raw")]
    gone = [_remove(root, name) for name in standing.gone(root)]
    done = []
    for name in names:
        try:
            done.append(refresh(root, name, force))
        except Exception as error:
            if failures is None:
                raise
            lost = standing.remove_damaged(project.processed_folder(root, name))
            stands = "are damaged and were removed" if lost else "stay as they were"
            failures[name] = f"{one_line(error)}; its tables {stands}"
    return gone + [each for each in done if each]


def _remove(root: Path, region: str) -> Refreshed:
    folder = project.processed_folder(root, region)
    removed = standing.remove(folder, [*standing.tables(folder), folder / standing.PACKAGE])
    return Refreshed(region, {}, removed, "not in data/raw any longer; removed")


# ---------------------------------------------------------------- documents as statements


def _parsed(document: Document, book: codebooks.Codebook) -> Parsed:
    if document.path.suffix == ".csv":
        return _facts(document, book)
    return parse(
        documents.text_of(document), year=document.year, kind=document.kind, codebook=book, level=document.level
    )


def _facts(document: Document, book: codebooks.Codebook) -> Parsed:
    """A table of facts printed elsewhere: each row states one figure, and is taken at its word."""
    stated: list[tuple[Statement, lexer.Numeral]] = []
    rows = []
    given = {}
    for n, fact in enumerate(facts.read(document, book)):
        whole = replace(fact.numeral, printed=fact.printed, bound=fact.bound, unit=fact.unit)
        own = (notes.note(notes.Code.SAID, text=fact.note),) if fact.note else ()
        statement = Statement(n, fact.indicator, fact.measure, fact.period, True, own)
        stated.append((statement, whole))
        if reading := facts.reading(fact, book):
            given[n] = reading
        rows.append(
            NumeralRow(
                whole.start,
                whole.end,
                whole.printed,
                whole.unit,
                "observation",
                fact.indicator,
                fact.measure,
                fact.period,
            )
        )
    return Parsed(stated, rows, given=given)


def _write(
    root: Path,
    region: str,
    taken: Sequence[_Taken],
    reports: Mapping[str, Report],
    edits: list[EditRow],
    together: list[Observation],
    inputs: str,
) -> list[Path]:
    """Write the tables of a region, and remove those of documents that are gone; returns what changed."""
    contents: dict[Path, str] = {}
    for document, source in ((each.document, each.source) for each in taken):
        folder = project.processed_folder(root, region, document.name)
        report = reports[document.name]
        no_spans = document.path.suffix == ".csv"
        contents[folder / "observations.csv"] = frictionless.csv_of(report.observations, Observation, no_spans)
        contents[folder / "numerals.csv"] = frictionless.csv_of(report.numerals, NumeralRow, no_spans)
        contents[folder / "edits.csv"] = frictionless.csv_of(report.edits, EditRow)
        contents[folder / "datapackage.json"] = frictionless.package(
            document.name,
            {"observations": Observation, "numerals": NumeralRow, "edits": EditRow},
            [
                {"title": document.path.name, "path": f"../../../raw/{region}/{document.path.name}"},
                *frictionless.origin(source),
            ],
        )
    folder = project.processed_folder(root, region)
    contents[folder / "panel.csv"] = frictionless.csv_of(panel.panel(together), panel.PanelRow)
    contents[folder / "edits.csv"] = frictionless.csv_of(edits, EditRow)
    made = {path: content.encode("utf-8") for path, content in contents.items()}
    resources = {"panel": panel.PanelRow, "edits": EditRow}
    origins = [{"document": t.document.name, **each} for t in taken for each in frictionless.origin(t.source)]
    package = frictionless.package(region, resources, origins, {"inputs": inputs, "outputs": ""})
    contents[folder / standing.PACKAGE] = standing.stamped(package, folder, made)
    # of documents that are gone; and links, through which nothing is to be written
    gone = standing.remove(folder, sorted(standing.tables(folder).keys() - contents.keys()))
    return write_all(contents) + gone  # the package last: it says that the others stand

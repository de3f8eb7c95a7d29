"""Many reports at once: a folder or a table of texts, worker processes, a summary."""

from __future__ import annotations

import contextlib
import csv
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.intake import decisions, encodings, names, receipts, tabular
from analysis.intake.arrivals import Arrival, Conditions, Receipt, failed, take
from analysis.intake.formats import recognise
from analysis.system import project
from analysis.system.cluster import perform_all
from analysis.system.errors import AnalysisError, InputError
from analysis.system.progress import progress
from analysis.system.project import KINDS
from analysis.system.workers import Work, ending_in_order
from analysis.tables import sources

Region = tuple[str, list[Arrival]]
"""The name of a region and the reports that arrive for it."""

COLUMNS = ("text", "region", "year", "kind")
_FIELD = 50_000_000  # characters one cell of a table of texts may hold


def in_folder(folder: Path, region: str | None) -> tuple[list[Arrival], list[Receipt]]:
    """The reports of a folder ``<region>/<year>-<kind>``, in any form, and the files that are none.

    A Chinese name that says year and kind does as well (see `names`).

    With `region` given, files directly in the folder are that region's. What tells where a report
    is from (``.source.yaml``) and what was decided on it (``.decisions.csv``) goes with it.
    """
    arrivals, others = [], []
    files = list(_all_files(folder))
    for path in files:
        where = path.relative_to(folder)
        if stem := _belongs_to(path):
            if not any(_is_called(other, stem) for other in files if other.parent == path.parent):
                others.append(
                    Receipt(str(where), "", failure=f"{where}: is of a report {stem}, which is not beside it")
                )
            continue
        of = where.parts[0] if len(where.parts) == 2 else region if len(where.parts) == 1 else None
        try:
            if of is None or path.suffix.lower() in tabular.ENDINGS:
                raise InputError
            year, kind = names.year_and_kind(path.stem)
        except InputError:
            others.append(Receipt(str(where), of or "", failure=f"{where}: {_no_report(path, len(where.parts) > 2)}"))
        else:
            arrivals.append(Arrival(path, of, year, kind, str(where), names.document_of(path.stem)))
    return arrivals, others


def _no_report(path: Path, is_deep: bool) -> str:
    """What a file is that is not taken for a report, and what to do, in the words after its name."""
    try:
        found = recognise(encodings.load(path))
    except InputError as error:
        return str(error).removeprefix(f"{path}: ")
    if path.suffix.lower() in tabular.ENDINGS:
        found = replace(found, name="a table", reader="sheets")
    if found.refusal:
        return f"is {found.refusal}"
    deep = ", deeper than a folder of a region" if is_deep else ""
    return f"is {found.name}{deep}; name it like chengdu/2012-government-report{path.suffix.lower() or '.txt'}"


def _all_files(folder: Path) -> Iterator[Path]:
    """All that is no folder and may be a report; what a link to a folder leads to is not followed."""
    for path in project.listing(folder):
        if path.is_dir() and not path.is_symlink():
            yield from _all_files(path)
        else:
            yield path


def _belongs_to(path: Path) -> str:
    """The report that a file says something of, by its name; empty for a file of its own."""
    ending = next((end for end in (sources.SUFFIX, decisions.SUFFIX) if path.name.endswith(end)), None)
    return path.name.removesuffix(ending) if ending else ""


def _is_called(report: Path, name: str) -> bool:
    """Whether a file is the report that a short name, or a document's, means."""
    return not _belongs_to(report) and name in (report.stem, names.document_of(report.stem))


def in_table(
    path: Path, columns: Mapping[str, str], given: Mapping[str, str], encoding: str | None, spool: Path
) -> tuple[list[Arrival], list[Receipt]]:
    """The reports of a CSV with one text per row, each put into a file of the folder `spool`.

    Parameters
    ----------
    columns
        which column holds the text, region, year and kind.
    given
        region, year and kind of rows that have no such column.
    """
    arrivals, others = [], []
    for line, row in _rows(path, encoding):
        for what, column in columns.items():
            if column not in row and what not in given:
                raise InputError(
                    f"{path}: has no column {column!r}; give --{what}-column"
                    + (f", or --{what} for all rows" if what != "text" else "")
                )
        cells = {what: (row.get(columns[what]) or given.get(what, "")).strip() for what in columns}
        label = f"{path.name}:{line}"
        if why := _wrong(cells):
            others.append(Receipt(label, cells["region"], failure=f"{label}: {why}"))
            continue
        file = spool / f"{line}.txt"
        file.write_text(row[columns["text"]], encoding="utf-8", newline="")
        arrivals.append(Arrival(file, cells["region"], int(cells["year"]), cells["kind"], label))
    return arrivals, others


def _wrong(cells: Mapping[str, str]) -> str:
    for what in COLUMNS:
        if not cells[what]:
            return f"has no {what}"
    if not re.fullmatch(r"[12]\d{3}", cells["year"], re.ASCII):
        return f"year {cells['year']!r}: write four digits"
    return "" if cells["kind"] in KINDS else f"kind {cells['kind']!r}: use {' or '.join(KINDS)}"


def _rows(path: Path, encoding: str | None) -> Iterator[tuple[int, dict[str, str]]]:
    csv.field_size_limit(_FIELD)
    if encoding in (None, "auto"):
        with path.open("rb") as sample:
            found = encodings.detect(sample.read(60_000)) if encoding else None
        encoding = found or "utf-8-sig"
    try:
        with path.open(encoding=encoding, newline="") as file:
            by = tabular.separator(file.readline())
            file.seek(0)
            reader = csv.DictReader(file, delimiter=by)
            for row in reader:
                yield reader.line_num, row
    except (UnicodeError, IndexError):  # `undefined`, `punycode` and their like, too
        raise InputError(f"{path}: is not {encoding.removesuffix('-sig')}; give --encoding gb18030, or auto") from None
    except (csv.Error, LookupError) as error:
        raise InputError(f"{path}: cannot be read as CSV: {error}") from None


@dataclass(frozen=True)
class Taking(Work[Region, list[Receipt]]):
    """The work of taking the reports of a region in; interrupted, what has begun is finished.

    It has no limit as a whole: each report has its own, and its region's reading (`Conditions.timeout`).
    """

    root: Path
    terms: Conditions
    is_finished = True

    def __call__(self, region: Region) -> list[Receipt]:
        """Take the reports of a region in."""
        return take(self.root, *region, self.terms)

    def lost(self, region: Region, why: str) -> list[Receipt]:
        """What became of the reports of a region whose worker died."""
        return [failed(arrival, AnalysisError(why)) for arrival in region[1]]


def take_all(
    root: Path,
    arrivals: Sequence[Arrival],
    others: Sequence[Receipt],
    terms: Conditions,
    jobs: int | None = None,
    cluster: str | None = None,
) -> int:
    """Take all reports in, region by region; print progress and a summary.

    Parameters
    ----------
    jobs, cluster
        processes of this machine, or the address of a Dask scheduler that has the work done.

    Returns
    -------
    int
        exit code: 1 where a report failed.
    """
    by_region: dict[str, list[Arrival]] = {}
    for arrival in arrivals:
        by_region.setdefault(arrival.region, []).append(arrival)

    outcomes = list(others)
    with (
        ending_in_order(),
        progress(len(arrivals), "report") as advance,
        contextlib.closing(perform_all(list(by_region.items()), Taking(root, terms), jobs, cluster)) as performed,
    ):
        for (region, _), done in performed:
            outcomes += done
            advance(f"{region}: {receipts.counts(done)}", len(done), sum(bool(o.failure) for o in done))
    receipts.summarise(outcomes, terms.timeout)
    for region in sorted({outcome.region for outcome in outcomes if outcome.document}):
        for line in decisions.idle(root, region):
            print(f"not applied: {line}", file=sys.stderr)
    return 1 if any(outcome.failure for outcome in outcomes) else 0

"""`analysis ingest`: what is given, by what it is, to what takes it in; and what is said of it."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from analysis import codebook
from analysis.intake import arrivals, bulk, decisions, documents, facts, names, places, received, tabular, yearbook
from analysis.intake.arrivals import Arrival, Conditions, Receipt
from analysis.intake.encodings import LARGEST, check_regular
from analysis.system import project
from analysis.system.errors import AnalysisError, InputError
from analysis.system.limits import time_limit
from analysis.system.regions import identified, nearest, slip
from analysis.tables import audit, sources
from analysis.tables.sources import UNKNOWN

_SHOWN = 20
_DECISIONS = "holds decisions; put it beside the report it is on, under its name, and give the report"


def ingest(root: Path, given: argparse.Namespace) -> int:
    """Take in what is given: a report, a folder of them, a table, or standard input.

    Returns
    -------
    int
        exit code: 1 where one of several failed.

    Raises
    ------
    AnalysisError
        where the one that is given cannot be taken in.
    """
    path: Path = given.path
    given.label = str(path)
    if str(path) == "-":
        return _stream(root, given)
    if path.is_dir():
        return _folder(root, given)
    if str(path).startswith(("http:/", "https:/")):
        raise InputError(f"{path}: is an address; save what is there, and give the file and --source")
    check_regular(path)
    if path.name.endswith(decisions.SUFFIX):
        raise InputError(f"{path}: {_DECISIONS}")
    if path.suffix.lower() in tabular.ENDINGS or received.is_workbook(path):
        return _tables(root, given)
    return _report(root, given)


def _stream(root: Path, given: argparse.Namespace) -> int:
    with _spool() as spool:
        given.path, given.label = spool / "input", "standard input"
        given.path.write_bytes(sys.stdin.buffer.read(LARGEST + 1))
        return _report(root, given)


def _report(root: Path, given: argparse.Namespace) -> int:
    """One report: taken in, then what was settled, what was not, and the year before."""
    region = _needed(given, "region")
    _check_meant(root, region, given)
    if not (given.year and given.kind):
        year, kind = project.parse_name(given.name) if given.name else _said(given.path)
        given.year, given.kind = given.year or year, given.kind or kind
    arrival = Arrival(given.path, region, _needed(given, "year"), _needed(given, "kind"), given.label)
    with _places(root, [region], given.level):
        outcome = arrivals.take(root, region, [arrival], _terms(given))[0]
    if outcome.failure:
        raise (InputError if outcome.exit_code == 2 else AnalysisError)(outcome.failure)
    for note in outcome.notes:
        print(f"{given.label}: {note}")
    print(audit.summary(root, region, outcome.document), end="")
    decisions.tell_idle(root, [region])
    if outcome.open:
        where = f"data/raw/{region}/{outcome.document}{decisions.SUFFIX}"
        print(f"Decide the open figures in {where}, then run `analysis build`.")
    _ask_source(root, region, outcome.document, given)
    return 0


def _said(path: Path) -> tuple[int | None, str | None]:
    """Year and kind of a report by the name of its file; None where that does not say them."""
    try:
        return names.year_and_kind(path.stem)
    except InputError:
        return None, None


def _folder(root: Path, given: argparse.Namespace) -> int:
    if said := next((each for each in ("year", "kind", "name") if getattr(given, each)), None):
        raise InputError(f"{given.path}: the files of a folder say their year and kind themselves; leave --{said} out")
    if given.region:
        _check_meant(root, given.region, given)
    there, others = bulk.in_folder(given.path.absolute(), given.region)
    found, others = _placed(root, there, others, given)
    if not found and not others:
        what = f"report of {given.region}" if there else "file"
        raise InputError(f"{given.path}: holds no {what}; lay it out as REGION/YEAR-KIND.txt")
    with _places(root, [each.region for each in found], given.level):
        return bulk.take_all(root, found, others, _terms(given), given.jobs, given.cluster)


def _tables(root: Path, given: argparse.Namespace) -> int:
    """A workbook or CSV: printed facts, one text a row, or tables of a yearbook."""
    is_csv = given.path.suffix.lower() in tabular.ENDINGS and not received.is_workbook(given.path)
    header = tabular.header(given.path) if is_csv else []
    if decisions.is_decisions(header):
        raise InputError(f"{given.path}: {_DECISIONS}")
    if facts.is_facts(header):
        rows = tabular.rows(given.path, facts.NEEDED, given.encoding or "auto")
        _facts(root, given, rows, None, given.name)
        return 0
    if given.text_column in header or given.text_column != bulk.COLUMNS[0]:
        return _texts(root, given)
    sheets, came = received.sheets(given.path, given.encoding)
    first = next((each for each in sheets.values() if each), [])
    if facts.is_facts(next(iter(first), [])):
        rows = tabular.named(given.path, enumerate(first, 1), facts.NEEDED)
        _facts(root, given, rows, came, given.name)
        return 0
    return _yearbook(root, given, sheets, came)


def _facts(
    root: Path, given: argparse.Namespace, rows: facts.Rows, came: received.Received | None, name: str | None = None
) -> list[str]:
    """Figures printed elsewhere, one document per region, report year and kind; the regions."""
    fixed = {
        "report_year": str(given.year or ""),
        "kind": given.kind or "",
        "region": given.region or "",
        "level": given.level or "",
    }
    terms = _terms(given)
    arriving = facts.incoming(given.path, root, fixed, rows, codebook.load(), name, terms.told, came)
    for each in arriving:
        _check_meant(root, each.document.region, given)
    with _places(root, [each.document.region for each in arriving], given.level):
        taken = arrivals.take_facts(root, arriving, terms)
    for document in taken:
        print(audit.summary(root, document.region, document.name).partition("\n")[0])
    return [document.region for document in taken]


def _yearbook(root: Path, given: argparse.Namespace, sheets: dict[str, received.Rows], came: received.Received) -> int:
    """Tables of indicators and years: one document a region, named by the year of the yearbook."""
    year = _needed(given, "year")
    given.kind = given.kind or "communique"
    name = given.name or f"{documents.usual_name(year, given.kind)}-yearbook"
    level = given.level or places.level(root, given.region or "")
    with time_limit(given.timeout, "reading it"):
        taken = yearbook.as_facts(sheets, codebook.load(), level, partial(_known_region, root))
    regions = _facts(root, given, _of_region(taken, given), came, name)
    if taken.left:
        print("Not taken:", *taken.left[:_SHOWN], sep="\n  ")
    if (more := len(taken.left) - _SHOWN) > 0:
        print(f"  … and {more} more")
    _ask_source(root, regions[0], name, given)
    return 0


def _of_region(taken: yearbook.Taken, given: argparse.Namespace) -> list[tuple[str, dict[str, str]]]:
    """What was taken of a yearbook; with `--region` what is that region's, and how much is of others is noted."""
    rows = [(w, row) for w, row in taken.rows if given.region in (None, row["region"] or given.region)]
    if others := len(taken.rows) - len(rows):
        taken.left.insert(0, f"figures of other regions: {others}; without --region each is taken in")
    if not rows:
        why = f"nothing in it is known: {taken.left[0]}" if taken.left else "holds no table that is known"
        raise InputError(
            f"{given.path}: {why}; give indicators and years, printed facts (columns year, "
            "indicator, measure, printed), or one text a row (--text-column)"
        )
    if not all(row["region"] for _, row in rows):
        _needed(given, "region")
    return rows


def _known_region(root: Path, name: str) -> str:
    """The id of a region that a table names; "" where nobody knows it."""
    found = identified(root, name)
    return found if found in project.place_names(root) else ""


def _texts(root: Path, given: argparse.Namespace) -> int:
    """A table with one text a row."""
    columns = {what: getattr(given, f"{what}_column") for what in bulk.COLUMNS}
    fixed = {what: str(v) for what in bulk.COLUMNS if (v := getattr(given, what, None))}
    with _spool(root / ".build" if given.cluster else None) as spool:
        found, others = bulk.in_table(given.path, columns, fixed, given.encoding, spool)
        if not found and not others:
            raise InputError(f"{given.path}: has no rows")
        (found, others), given.encoding = _placed(root, found, others, given), None
        with _places(root, [each.region for each in found], given.level):
            return bulk.take_all(root, found, others, _terms(given), given.jobs, given.cluster)


# ---------------------------------------------------------------- what all of them need


@contextlib.contextmanager
def _spool(beside: Path | None = None) -> Iterator[Path]:
    """A folder for files on their way; in the project where a cluster is to see them."""
    with tempfile.TemporaryDirectory(prefix="analysis-ingest-", dir=beside) as folder:
        yield Path(folder)


@contextlib.contextmanager
def _places(root: Path, regions: Sequence[str], level: str | None) -> Iterator[None]:
    """Have it written down of what level the regions are; name those of which nobody says it."""
    with places.entered(root, regions, level) as unknown:
        yield
    if unknown:
        named = ", ".join(_maybe(root, name) for name in unknown[:5]) + (" …" if len(unknown) > 5 else "")
        print(
            f"read as cities, as data/places.csv does not know them: {named}; --level says otherwise", file=sys.stderr
        )


def _maybe(root: Path, region: str) -> str:
    """A region that nobody knows, and the one that may be meant though it is not very like."""
    near = nearest(root, region, project.place_names(root))
    return f"{region} (or did you mean {near[0]}?)" if near else region


def _check_meant(root: Path, region: str, given: argparse.Namespace) -> None:
    """Refuse a region nearly called as one that is known, unless it is said what kind of place it is."""
    if not given.level and (why := slip(root, region)):
        raise InputError(f"{given.label}: {why}")


def _placed(
    root: Path, found: Iterable[Arrival], others: Iterable[Receipt], given: argparse.Namespace
) -> tuple[list[Arrival], list[Receipt]]:
    """Arrivals by the ids of their regions; with `--region` those of that region alone."""
    kept, elsewhere = [], 0
    failed = [replace(each, region=identified(root, each.region)) if each.region else each for each in others]
    for each in found:
        region = identified(root, each.region)
        if given.region not in (None, region):
            elsewhere += 1
        elif not given.level and (why := slip(root, region)):
            failed.append(Receipt(each.label, region, failure=f"{each.label}: {why}"))
        else:
            kept.append(replace(each, region=region))
    if elsewhere:
        print(f"reports of other regions: {elsewhere} not taken in; without --region each is")
    return kept, failed


def _needed(given: argparse.Namespace, name: str) -> Any:
    value = getattr(given, name)
    if value is None:
        example = {"region": "guangyuan", "year": "2025", "kind": "government-report"}[name]
        raise InputError(f"{given.label}: give --{name}, like --{name} {example}")
    return value


def _terms(given: argparse.Namespace) -> Conditions:
    said = {"url": given.source, "title": given.title, "issuer": given.issuer, "published": given.published}
    try:
        told = sources.checked({key: value for key, value in said.items() if value})
    except ValueError as error:
        raise InputError(f"--{str(error).replace('url', 'source', 1)}") from None
    return Conditions(given.encoding, given.replace, given.confirm_year, given.name, given.timeout, told)


def _ask_source(root: Path, region: str, document: str, given: argparse.Namespace) -> None:
    source = sources.load(root, region, document)
    if not source.is_told:
        path = sources.path_of(root, region, document).relative_to(root)
        print(f"Where is it from? Give --source, --title, --issuer and --published, or fill in {path}.")
    elif given.replace and _terms(given).told == UNKNOWN:
        print(f"From {source.url or source.title}, as before; --source or --title say otherwise.")

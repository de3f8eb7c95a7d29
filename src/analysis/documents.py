"""The documents of a region: their names, how one is received, what is decided about it.

A document is named ``<year>-labor-bureau-report`` or ``<year>-government-work-report`` (with an
optional ``-suffix``); a ``.txt`` is a report as received, a ``.csv`` a table of facts printed
elsewhere. Its kind and year are those of its name.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from analysis import codebook, project
from analysis.encodings import read_text
from analysis.errors import InputError

KINDS = {"bureau-report": "labor-bureau-report", "government-report": "government-work-report"}
FACTS = ("year", "indicator", "measure", "value", "unit", "printed", "note")
_DECISION = ("indicator", "measure", "period", "value", "who", "why", "printed")
_NAME = re.compile(rf"([12]\d{{3}})-({'|'.join(KINDS.values())})(?:-[\w.-]*\w)?\Z")
_PERIOD = re.compile(r"\d{4}(-\d{4})?\Z")


@dataclass(frozen=True)
class Document:
    """A document of a region under data/raw."""

    region: str
    name: str
    kind: str
    year: int
    path: Path


def parse_name(name: str) -> tuple[int, str]:
    """Year and kind of a document's name.

    >>> parse_name("2009-labor-bureau-report")
    (2009, 'bureau-report')
    """
    if found := _NAME.match(name):
        return int(found[1]), next(kind for kind, words in KINDS.items() if words == found[2])
    raise InputError(f"document {name!r}: name it like 2009-{' or 2009-'.join(KINDS.values())}")


def list_documents(root: Path, region: str) -> list[Document]:
    """The documents of a region, by name.

    Raises
    ------
    InputError
        for a file whose name is not a document's, or two files of one name.
    """
    found: dict[str, Document] = {}
    folder = project.raw_folder(root, region)
    for path in project.files(folder):
        if path.suffix not in (".txt", ".csv") or path.name.endswith(".decisions.csv"):
            continue
        try:
            year, kind = parse_name(path.stem)
        except InputError as error:
            raise InputError(f"{path}: {error}") from None
        if path.stem in found:
            raise InputError(f"{path}: {found[path.stem].path.name} stands beside it; keep one")
        found[path.stem] = Document(region, path.stem, kind, year, path)
    return list(found.values())


def text_of(document: Document) -> str:
    """The text of a report without its byte order mark; spans count its characters."""
    return read_text(document.path)[0]


def named(year: int, kind: str, name: str | None = None) -> str:
    """The name of a document of this year and kind: the usual one, or `name` if it fits."""
    if kind not in KINDS:
        raise InputError(f"--kind {kind}: use {' or '.join(KINDS)}")
    usual = f"{year}-{KINDS[kind]}"
    if parse_name(name or usual) != (year, kind):
        raise InputError(f"--name {name}: begin it with {usual}")
    return name or usual


@contextlib.contextmanager
def received(
    path: Path,
    root: Path,
    region: str,
    year: int,
    kind: str,
    name: str | None = None,
    encoding: str | None = None,
    replace: bool = False,
) -> Iterator[Document]:
    """Copy a report into data/raw, byte for byte; taken back if the body raises.

    A file in another encoding is stored as UTF-8 where `encoding` names it (see `read_text`).

    Raises
    ------
    InputError
        for a file that cannot be read as text, a name that cannot be a folder's, or another
        document of that name (unless `replace`).
    """
    text, is_utf8 = read_text(path, encoding)
    content = path.read_bytes() if is_utf8 else text.encode("utf-8")
    with _stored(root, region, named(year, kind, name), ".txt", content, replace, path) as document:
        yield document


@contextlib.contextmanager
def received_facts(
    path: Path,
    root: Path,
    region: str,
    year: int | None = None,
    encoding: str | None = None,
    replace: bool = False,
) -> Iterator[list[Document]]:
    """Take a table of printed facts over, one document per report year; see `received`."""
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(
                _stored(root, region, named(report_year, "government-report"), ".csv",
                        content.encode("utf-8"), replace, path))
            for report_year, content in split_facts(path, year, encoding).items()
        ]  # fmt: skip


@contextlib.contextmanager
def _stored(root: Path, region: str, name: str, suffix: str, content: bytes, replace: bool,
            source: Path) -> Iterator[Document]:  # fmt: skip
    year, kind = parse_name(name)
    path = project.raw_folder(root, region) / f"{name}{suffix}"
    before = {p: p.read_bytes() for s in (".txt", ".csv") if (p := path.with_suffix(s)).exists()}
    if not replace and before and before != {path: content}:
        held = next(iter(before))
        raise InputError(f"{source}: {held.relative_to(root)} holds another text; "
                         f"give --replace, or --name {name}-2 to keep both")  # fmt: skip
    try:
        for other in before.keys() - {path}:
            other.unlink()
        project.write_atomic(path, content)
        yield Document(region, name, kind, year, path)
    except BaseException:
        path.unlink(missing_ok=True)
        for held, bytes_ in before.items():
            project.write_atomic(held, bytes_)
        if not before:
            with contextlib.suppress(OSError):
                path.parent.rmdir()
        raise


def is_facts(path: Path) -> bool:
    """Whether a CSV is a table of printed facts, and not one text per row."""
    with path.open("rb") as file:
        header = file.readline().decode("ascii", "replace")
    return {"indicator", "measure", "printed"} <= set(re.findall(r"\w+", header))


def split_facts(path: Path, year: int | None = None, encoding: str | None = None) -> dict[int, str]:
    """The documents (CSV text by report year) in a table of printed facts.

    Parameters
    ----------
    path
        columns year, indicator, measure, value, unit, printed, note, and report_year unless
        `year` says which report all rows are from.
    encoding
        see `encodings.read_text`.
    """
    rows: dict[int, list[list[str]]] = {}
    for line, row in _rows(path, encoding):
        if missing := [c for c in ("year", "indicator", "measure", "printed") if not row.get(c)]:
            raise InputError(f"{path}:{line}: {missing[0]} is empty or not a column")
        report_year = row.get("report_year") or str(year or "")
        if not re.fullmatch(r"[12]\d{3}", report_year):
            raise InputError(f"{path}:{line}: report_year {report_year!r} is no year; "
                             f"fill the column, or give --year")  # fmt: skip
        rows.setdefault(int(report_year), []).append([row.get(c) or "" for c in FACTS])
    if not rows:
        raise InputError(f"{path}: has no rows")
    return {year: project.csv_text([FACTS, *rows[year]]) for year in sorted(rows)}


def decisions(document: Document) -> list[dict[str, Any]]:
    """A person's decisions on a document's figures; rows without a value are still open.

    Returns
    -------
    list of dict
        indicator, measure, period, value (Decimal, base units), who, why, printed.

    Raises
    ------
    InputError
        naming file and line, for an unknown figure, a value that is no number, a missing
        reason, or two decisions on one figure.
    """
    path = document.path.with_name(f"{document.name}.decisions.csv")
    out: dict[tuple[str, str, str], dict[str, Any]] = {}
    known = codebook.load().indicators
    for line, row in _rows(path) if path.exists() else ():
        cells: dict[str, Any] = {column: (row.get(column) or "").strip() for column in _DECISION}
        if not cells["value"]:
            continue
        where, key = f"{path}:{line}", (cells["indicator"], cells["measure"], cells["period"])
        if key[0] not in known or key[1] not in known[key[0]].measures:
            raise InputError(f"{where}: {key[0]!r} {key[1]!r} is not in the codebook")
        if not _PERIOD.match(key[2]):
            raise InputError(f"{where}: period {key[2]!r}: write 2009 or 2016-2020")
        try:
            cells["value"] = Decimal(cells["value"].replace(",", ""))
        except InvalidOperation:
            raise InputError(f"{where}: value {cells['value']!r} is no number; "
                             f"write it in {known[key[0]].unit}, like 25300") from None  # fmt: skip
        if not cells["value"].is_finite() or not cells["who"] or not cells["why"]:
            raise InputError(f"{where}: a decision needs a value, who decided, and why")
        if key in out:
            raise InputError(f"{where}: {' '.join(key)} is decided twice")
        out[key] = cells
    return list(out.values())


def _rows(path: Path, encoding: str | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV with the line each ends on."""
    reader = csv.DictReader(io.StringIO(read_text(path, encoding)[0], newline=""))
    try:
        for row in reader:
            if None in row:
                raise InputError(f"{path}:{reader.line_num}: has more cells than columns")
            yield reader.line_num, row
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: not CSV: {error}") from None

"""What a person decided about a document's figures, and which of it applies to nothing."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis import codebook
from analysis.codebook.status import settled
from analysis.intake import levels, tabular
from analysis.intake.documents import Document, left_over, list_documents
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.saving import write_all
from analysis.tables.figures import Taken, decided

Key = tuple[str, str, str]
"""Indicator, measure and period of a figure."""
SUFFIX = ".decisions.csv"
NEEDED = ("indicator", "measure", "period", "value", "who", "why")
#: `candidates` say what a figure may be, for whoever decides.
COLUMNS = (*NEEDED, "printed", "candidates")


def path_of(document: Document) -> Path:
    """Where the decisions on a document stand, if any are made."""
    return document.path.with_name(document.name + SUFFIX)


def is_decisions(header: Iterable[str]) -> bool:
    """Whether a table with these columns is one of decisions."""
    return {*NEEDED} <= set(header)


def read(document: Document, path: Path | None = None) -> list[dict[str, Any]]:
    """A person's decisions on a document's figures; rows without a value are still open.

    Parameters
    ----------
    path
        the file they are in, where that is not `path_of` the document.

    Returns
    -------
    list of dict
        indicator, measure, period, value (Decimal, base units), who, why, printed.

    Raises
    ------
    InputError
        naming file and line, for an unknown figure, a value that is no number or that no such place
        has (unless the print says it), a missing reason, or two decisions on one figure.
    """
    path = path or path_of(document)
    out: dict[Key, dict[str, Any]] = {}
    for where, row in tabular.rows(path, NEEDED, "auto") if path.exists() else ():
        cells: dict[str, Any] = {column: row.get(column, "") for column in (*NEEDED, "printed")}
        if not cells["value"]:
            continue
        if not cells["who"] or not cells["why"]:
            raise InputError(f"{where}: a decision needs a value, who decided, and why")
        key = _key(cells)
        try:
            cells["value"] = _value(document, key, cells["value"], cells["printed"])
        except ValueError as error:
            raise InputError(f"{where}: {error}") from None
        if key in out:
            raise InputError(f"{where}: {' '.join(key)} is decided twice")
        out[key] = cells
    return list(out.values())


def made(path: Path) -> bytes:
    """A file of decisions as it stands; empty where it decides nothing yet."""
    rows = tabular.rows(path, NEEDED, "auto") if path.exists() else ()
    return path.read_bytes() if any(row["value"] for _, row in rows) else b""


def write_template(root: Path, document: Document) -> Path | None:
    """A file with just the open figures of a document, values left empty; None where none is open.

    Decisions that stand there already are left as they are.
    """
    path = path_of(document)
    rows = [row for _, row in _stated(root, document) if not settled(row["status"])]
    if not rows or path.exists():
        return None
    lines = [[row.get(column, "") for column in COLUMNS] for row in (_to_decide(row) for row in rows)]
    write_all({path: project.csv_text([COLUMNS, *lines])})
    return path


def _to_decide(row: Mapping[str, str]) -> dict[str, str]:
    """An open figure without a value, and what it may be."""
    known = row.get("candidates", "").split() or [row["value"], row["runner_up"]]
    either = " or ".join(f"{Decimal(value):,}" for value in known if value)
    ends = (row["low"], row["high"]) if row["low"] and not row["value"] else ()
    return {**row, "value": "", "candidates": either or " to ".join(f"{Decimal(end):,}" for end in ends)}


def arriving(report: Path, document: Document, replace: bool) -> dict[Path, bytes]:
    """The decisions that lie beside a report on its way in, by where they will stand.

    They are called as the report is, or as the document will be.

    Raises
    ------
    InputError
        for decisions that cannot be right, or, unless they are to `replace` them, where others were
        made on the document.
    """
    names = dict.fromkeys((report.stem, document.name))
    found = [path for name in names if made(path := report.with_name(name + SUFFIX))]
    if len(found) > 1:
        raise InputError(f"{found[0]}: {found[1].name} stands beside it; keep one")
    for path in found:
        read(document, path)
        if not replace and made(path_of(document)) not in (b"", made(path)):
            raise InputError(f"{path}: other decisions were made on {document.name}; give --replace, or take it away")
    return {path_of(document): made(path) for path in found}


def _value(document: Document, key: Key, cell: str, printed: str) -> Decimal:
    indicator, measure, period = key
    from analysis.reading import numerals, unit_of  # only where something is decided
    from analysis.reading.readings import readings

    book = codebook.load()
    if indicator not in book.indicators or measure not in book.indicators[indicator].measures:
        raise ValueError(f"{indicator!r} {measure!r} is not in the codebook")
    tabular.period(period)
    unit = unit_of(indicator, measure, book)
    value = tabular.number(cell, unit)
    said = [r for numeral in numerals.find(printed) for r in readings(numeral, unit, book) if not r.damage]
    usual = levels.usual(key, (value, value), book, document.level, document.people)
    if usual and not any(r.low <= value <= r.high for r in said):
        raise ValueError(f"column value: {cell} is not {usual}, and the print does not say so; correct it")
    return value


def idle(root: Path, region: str) -> list[str]:
    """A line for each decision of a region that applies to no figure of its tables, and why."""
    lines: list[str] = []
    try:
        names = {d.name: d for d in list_documents(root, region)}
    except InputError as error:
        return [str(error)]
    for path in project.files(project.raw_folder(root, region)):
        if not path.name.endswith(SUFFIX):
            continue
        name = path.name.removesuffix(SUFFIX)
        if name not in names:
            lines.append(f"{path}: decides about {name}, but there is no such document")
            continue
        try:
            lines += [f"{path}: {why}" for why in _idle(root, names[name])]
        except InputError as error:
            lines.append(str(error))
    return lines


def _idle(root: Path, document: Document) -> list[str]:
    prints: dict[Key, list[str]] = {}
    for key, row in _stated(root, document):
        prints.setdefault(key, []).append(row["printed"])
    lines = []
    for decision in read(document) if prints else ():
        key = _key(decision)
        what = f"the decision of {decision['who']} on {' '.join(key)} is not applied"
        if key not in prints:
            lines.append(f"{what}: the report states no such figure")
        elif decision["printed"] and decision["printed"] not in prints[key]:
            lines.append(
                f"{what}: it was made on {decision['printed']!r}, the report now has "
                f"{' and '.join(map(repr, prints[key]))}"
            )
    return lines


def tell_idle(root: Path, regions: Iterable[str]) -> None:
    """Name on stderr the decisions of these regions that apply to nothing, and what is left over."""
    for region in regions:
        for line in idle(root, region):
            print(f"not applied: {line}", file=sys.stderr)
        for line in left_over(root, region):
            print(f"left over: {line}", file=sys.stderr)


def pending(root: Path, region: str) -> dict[tuple[str, Key], str]:
    """What was decided, or taken back, since the tables of a region were made.

    Returns
    -------
    dict
        a sentence without a full stop, by document and figure; of decisions that cannot be read, none
        (see `idle`).
    """
    found: dict[tuple[str, Key], str] = {}
    with contextlib.suppress(InputError):
        for document in list_documents(root, region):
            now = {_key(decision): decision for decision in read(document)}
            for key, row in _stated(root, document):
                if say := _changed(decided(row), now.get(key), row["printed"]):
                    found[document.name, key] = f"{say}; not built yet"
    return found


def _changed(then: Taken | None, now: Mapping[str, Any] | None, printed: str) -> str:
    """In words, a decision that is not the one taken before; empty where it is, or is on another print."""
    if now is None:
        return f"the decision of {then[0]} was taken back" if then else ""
    if now["printed"] not in ("", printed) or then == (now["who"], now["why"], now["value"]):
        return ""
    return f"decided by {now['who']} as {now['value']:,f}: {now['why']}"


def _key(row: Mapping[str, str]) -> Key:
    return row["indicator"], row["measure"], row["period"]


def _stated(root: Path, document: Document) -> Iterator[tuple[Key, dict[str, str]]]:
    """The rows of a document's observations, by figure; none where it was not read yet."""
    for row in project.table(root, document.region, "observations", document.name):
        yield _key(row), row

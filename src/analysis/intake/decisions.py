"""What a person decided about a document's figures, and which of it applies to nothing."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.intake import tabular
from analysis.intake.documents import Document, list_documents
from analysis.system import project

SUFFIX = ".decisions.csv"
_COLUMNS = ("indicator", "measure", "period", "value", "who", "why", "printed")


def path_of(document: Document) -> Path:
    """Where the decisions on a document stand, if any are made."""
    return document.path.with_name(document.name + SUFFIX)


def read(document: Document) -> list[dict[str, Any]]:
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
    path = path_of(document)
    out: dict[tuple[str, str, str], dict[str, Any]] = {}
    for where, row in tabular.rows(path, _COLUMNS[:-1], "auto") if path.exists() else ():
        cells: dict[str, Any] = {column: row.get(column, "") for column in _COLUMNS}
        if not cells["value"]:
            continue
        key = (cells["indicator"], cells["measure"], cells["period"])
        cells["value"] = _value(where, key, cells["value"])
        if not cells["who"] or not cells["why"]:
            raise InputError(f"{where}: a decision needs a value, who decided, and why")
        if key in out:
            raise InputError(f"{where}: {' '.join(key)} is decided twice")
        out[key] = cells
    return list(out.values())


def made(document: Document) -> bytes:
    """The file of decisions on a document as it stands; empty where it decides nothing yet."""
    path = path_of(document)
    rows = tabular.rows(path, ("value",), "auto") if path.exists() else ()
    return path.read_bytes() if any(row["value"] for _, row in rows) else b""


def _value(where: str, key: tuple[str, str, str], cell: str) -> Decimal:
    indicator, measure, period = key
    from analysis import codebook  # only where something is decided

    known = codebook.load().indicators
    if indicator not in known or measure not in known[indicator].measures:
        raise InputError(f"{where}: {indicator!r} {measure!r} is not in the codebook")
    try:
        tabular.period(period)
        return tabular.number(cell, "percent" if measure == "completion" else known[indicator].unit)
    except ValueError as error:
        raise InputError(f"{where}: {error}") from None


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
    table = project.processed_folder(root, document.region, document.name) / "observations.csv"
    prints: dict[tuple[str, str, str], list[str]] = {}
    if not table.exists():  # not read yet
        return []
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key = (row["indicator"], row["measure"], row["period"])
            prints.setdefault(key, []).append(row["printed"])
    lines = []
    for decision in read(document):
        key = (decision["indicator"], decision["measure"], decision["period"])
        what = f"the decision of {decision['who']} on {' '.join(key)} is not applied"
        if key not in prints:
            lines.append(f"{what}: the report states no such figure")
        elif decision["printed"] and decision["printed"] not in prints[key]:
            lines.append(
                f"{what}: it was made on {decision['printed']!r}, the report now has "
                f"{' and '.join(map(repr, prints[key]))}"
            )
    return lines

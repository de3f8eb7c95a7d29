"""Figures as they leave the project: the same columns in every download and every export."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.system import project
from analysis.system.kept import until_changed
from analysis.system.spreadsheets import unrun
from analysis.tables import sources
from analysis.tables.loading import root_folder

#: `source`: issuer and address of each document, as far as known, joined by "; ".
COLUMNS = (
    "region",
    "year",
    "indicator",
    "measure",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "status",
    "documents",
    "source",
)
#: No two rows of an extract have all of these in common.
KEY = ("region", "year", "indicator", "measure")


def extract(rows: pd.DataFrame, root: Path | str | None = None) -> pd.DataFrame:
    """The figures of some rows of panels, in the columns that everybody downloads.

    Parameters
    ----------
    rows
        rows with `KEY` and `documents`, such as `load` gives; of the other columns of a panel,
        those that are missing come out empty.
    root
        project folder, where the documents' addresses are looked up.

    Returns
    -------
    DataFrame
        `COLUMNS`, typed as they were: `value`, `low` and `high` in the base unit named by `unit`.
    """
    base = root_folder(root)
    found = rows.reindex(columns=list(COLUMNS))
    keys = (rows[column] for column in ("region", "documents", "year", "indicator", "measure"))
    found["source"] = [source(base, *key) for key in zip(*keys, strict=True)]
    return found


def source(root: Path, region: str, documents: str, year: int, indicator: str, measure: str) -> str:
    """Where a figure's documents can be found: issuer and address of each, as far as known."""
    key = str(year), indicator, measure
    names = str(documents).split()
    return _joined(_told(root, region, name) or _printed(root, region, name).get(key, "") for name in names)


def found_at(root: Path, region: str, document: str) -> str:
    """Where a document, or what a table of printed facts is taken from, can be found."""
    told = _told(root, region, document)
    return told or _joined(_printed(root, region, document).values())


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """A table for a download: texts that a spreadsheet would run as a formula begin with `'`.

    The signs are those of OWASP's page on CSV injection. Tables under data/processed stay exact.
    """
    safe = table.copy()
    for name in table.select_dtypes(exclude="number"):
        safe[name] = table[name].map(lambda cell: unrun(cell) if isinstance(cell, str) else cell)
    return safe


def _joined(each: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(filter(None, each)))


def _told(root: Path, region: str, document: str) -> str:
    """Issuer (or title) and address that stand in a document's `.source.yaml`."""
    path = sources.path_of(root, region, document)
    return _written(path) if path.is_file() else ""


@until_changed(files=1024)
def _written(path: Path) -> str:
    known = sources.read(path)
    return ", ".join(filter(None, (known.issuer or known.title, known.url)))


def _printed(root: Path, region: str, document: str) -> dict[tuple[str, str, str], str]:
    """Issuer and address of each figure of a table of printed facts."""
    path = project.raw_folder(root, region) / f"{document}.csv"
    return _addresses(path) if path.is_file() else {}


@until_changed(files=1024)
def _addresses(path: Path) -> dict[tuple[str, str, str], str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {
            (row["year"], row["indicator"], row["measure"]): ", ".join(
                cell for column in ("issuer", "source") if (cell := row.get(column) or "")
            )
            for row in csv.DictReader(file)
        }

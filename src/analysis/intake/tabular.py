"""Small tables as people and spreadsheets write them: separators, encodings, cells, numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from analysis.codebook import periods
from analysis.intake.encodings import detect, read_text
from analysis.system.errors import InputError
from analysis.system.spreadsheets import is_number

ENDINGS = (".csv", ".tsv")  # of the names of tables
SEPARATORS = ",;\t"
_SAMPLE = 60_000
_LARGEST = Decimal(10) ** 16  # of the figures of a country, in yuan


def separator(header: str) -> str:
    """The separator of a table whose first line this is; a comma where none stands out."""
    return max(SEPARATORS, key=header.count)


def header(path: Path) -> list[str]:
    """The column names of a table, from the beginning of its file."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    text = sample.decode(detect(sample) or "utf-8", "replace").removeprefix("\ufeff")
    read = io.StringIO(text, newline="")  # a line may end in CR alone
    delimiter = separator(text.partition("\n")[0])
    return [name.strip() for name in next(csv.reader(read, delimiter=delimiter), [])]


def rows(path: Path, needed: Sequence[str], encoding: str | None = None) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a table, each after the place (file and line) that messages name.

    Read as a spreadsheet may have written it: separated by comma, semicolon or tab, cells with
    blanks around them, rows left empty. An absent cell is "".

    Raises
    ------
    InputError
        for a file that is no table, or has not the columns `needed`.
    """
    return named(path, lines(path, encoding), needed)


def lines(path: Path, encoding: str | None = None) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table as cells, each with its number; those left empty are not among them.

    Raises
    ------
    InputError
        for a file that is no table.
    """
    text = read_text(path, encoding)[0]
    found = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator(text.partition("\n")[0]))
    try:
        for cells in found:
            cells = [cell.strip() for cell in cells]
            if any(cells):
                yield found.line_num, cells
    except csv.Error as error:
        raise InputError(f"{path}:{found.line_num}: not CSV: {error}") from None


def named(
    path: Path, numbered: Iterable[tuple[int, Sequence[str]]], needed: Sequence[str]
) -> Iterator[tuple[str, dict[str, str]]]:
    """Numbered lines of cells as rows by the names of the first; see `rows`."""
    names: list[str] = []
    for number, cells in numbered:
        if not any(cells):
            continue
        where = f"{path}:{number}"
        if not names:
            names = _checked(where, list(cells), needed)
            continue
        if any(cells[len(names) :]):
            raise InputError(f"{where}: has more cells than columns")
        yield where, dict.fromkeys(names, "") | dict(zip(names, cells, strict=False))


def _checked(where: str, names: list[str], needed: Sequence[str]) -> list[str]:
    if missing := [name for name in needed if name not in names]:
        raise InputError(f"{where}: has no column {missing[0]!r}; its first line must name {', '.join(needed)}")
    if twice := [name for name in names if name and names.count(name) > 1]:
        raise InputError(f"{where}: has two columns {twice[0]!r}; keep one")
    return names


def number(cell: str, unit: str) -> Decimal:
    """A cell's number in base units; thousands may be grouped by commas.

    Raises
    ------
    ValueError
        saying what is wrong, for what is no plain decimal number, has another sign than figures
        of its unit can have, or is larger than any figure of a country.
    """
    if not is_number(cell):
        raise ValueError(f"{_short(cell)} is no number; write it in {unit}, like 25300")
    value = Decimal(cell.replace(",", ""))
    if abs(value) >= _LARGEST:
        raise ValueError(f"{_short(cell)} is larger than any figure of a country")
    if value < 0 and unit not in ("yuan", "percent"):
        raise ValueError(f"{_short(cell)} is negative, but counted in {unit}")
    return value


def period(cell: str) -> str:
    """A cell's period: a year, years or months.

    Raises
    ------
    ValueError
        saying how to write it.
    """
    try:
        return str(periods.parse_period(cell))
    except ValueError as error:
        raise ValueError(f"{_short(cell)} {error}") from None


def _short(cell: str) -> str:
    return repr(cell if len(cell) <= 40 else cell[:37] + "…")

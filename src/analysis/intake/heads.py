"""The heads of a sheet's tables: what each column is called, and of which year it is, in one row or two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from analysis import codebook
from analysis.intake.readers.contents import Rows
from analysis.reading import numerals as lexer

_WORDS = Path(codebook.__file__).with_name("sheets.yaml")
_FIRST = 2  # rows that must begin with years for all to


@dataclass(frozen=True)
class Head:
    """The columns by the names that heads have, the years of others, and what they are of, with its unit.

    `size` is of how many rows it is.
    """

    columns: Mapping[str, int]
    years: Mapping[int, str]
    labels: Mapping[int, tuple[str, str]]
    size: int = 1

    @property
    def by_place(self) -> bool:
        """Whether its rows are of places, and not of indicators."""
        return "place" in self.columns and "indicator" not in self.columns


def head_of(row: Sequence[str], below: Rows) -> Head | None:
    """The head that a row is, perhaps with the row below; None where it is none."""
    if below and _is_parted(row, below[0]):
        return _in_two(row, below[0])
    columns = _columns(row)
    years = _years(row, bool(columns))
    if len(filled(row)) < 2 or not (years or {"year", "place"} & columns.keys() or _in_rows(below)):
        return None
    others = {*columns.values(), *years}
    return Head(columns, years, {n: split(cell) for n, cell in enumerate(row) if cell.strip() and n not in others})


def _is_parted(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below says what columns under one cell of this row are: none of it is a figure."""
    under = [n for n, cell in enumerate(below) if cell.strip() and not cell_of(row, n)]
    begins = next((n for n, cell in enumerate(row) if cell.strip()), len(row))
    return (
        any(n > begins for n in under)
        and len(filled(row)) > 1
        and (not cell_of(below, 0) or bool(_named(row[0]) and _named(below[0])))
        and all(year_of(cell) or not re.match(r"[-+]?[\d.]", cell.strip()) for cell in below)
    )


def _in_two(row: Sequence[str], below: Sequence[str]) -> Head | None:
    over: list[str] = []
    for n in range(max(len(row), len(below))):
        over.append(cell_of(row, n) or (over[-1] if over else ""))
    columns = _columns(row)
    said = {
        n: _column(above, cell_of(below, n))
        for n, above in enumerate(over)
        if n not in columns.values() and (cell_of(below, n) or cell_of(row, n))
    }
    years = {n: year for n, (year, _) in said.items() if year}
    labels = {n: label for n, (_, label) in said.items() if label}
    return Head(columns, years, labels, 2) if columns or years else None


def _columns(row: Sequence[str]) -> dict[str, int]:
    return {name: n for n, cell in enumerate(row) if (name := _named(cell))}


def _years(row: Sequence[str], has_columns: bool) -> dict[int, str]:
    """The years of columns; none in a row that begins with its own, or has one and nothing else that is a head."""
    years = {n: year for n, cell in enumerate(row) if (year := year_of(cell))}
    return {} if 0 in years or (len(years) == 1 and not has_columns) else years


def _column(above: str, part: str) -> tuple[str, tuple[str, str] | None]:
    """The year of a column of figures and its label with the unit, from its cells in a head of two rows."""
    year = year_of(above) or year_of(part)
    if year:
        above, part = "", part if year_of(above) else above
    if part and not re.fullmatch(patterns()["actual"], part):
        return year, _joined(above, part)
    return year, split(above) if above else None


def _joined(above: str, part: str) -> tuple[str, str]:
    """A label of two rows: what it is a part of stands behind it, unless it says so itself."""
    (whole, unit), (own, own_unit) = split(above), split(part)
    told = own if bare_label(whole) in bare_label(own) else f"{own}{whole}"
    return told, own_unit or unit


def _in_rows(below: Rows) -> bool:
    """Whether the rows below begin with years."""
    return len(below) >= _FIRST and all(row and year_of(row[0]) for row in below[:_FIRST])


# ---------------------------------------------------------------- what cells say


@lru_cache
def patterns() -> Mapping[str, Any]:
    """Patterns of what stands in the heads and labels of tables (`sheets.yaml`)."""
    return dict(yaml.safe_load(_WORDS.read_text("utf-8")))


def cell_of(row: Sequence[str], column: int) -> str:
    """What a row has in a column; "" where it ends before."""
    return row[column].strip() if 0 <= column < len(row) else ""


def filled(row: Sequence[str]) -> list[str]:
    """The cells of a row that hold something."""
    return [text for cell in row if (text := cell.strip())]


def split(cell: str) -> tuple[str, str]:
    """A label and the unit in brackets behind it."""
    text = "".join(cell.split()) if lexer.is_chinese(cell) else cell.strip()
    if (found := re.fullmatch(patterns()["bracketed"], text)) and bare_label(text) not in _bracketed():
        return found[1], found[2].removeprefix("单位：").removeprefix("单位:")
    return text, ""


def plain_unit(unit: str) -> str:
    """A unit as prose has it: 万人 for 10 000 persons."""
    found = (plain for plain, said in patterns()["units"].items() if re.fullmatch(said, unit.strip(), re.I))
    return next(found, unit)


def bare_label(label: str) -> str:
    """A label without blanks and signs."""
    return re.sub(r"[\s“”\"'：:、*]", "", label)


def year_of(cell: str) -> str:
    """The year that a cell is; "" where it is none."""
    found = re.fullmatch(patterns()["year"], cell.strip())
    return found[1] if found else ""


def _named(cell: str) -> str:
    text = "".join(cell.split()).lower()
    return next((name for name, said in patterns()["heads"].items() if re.fullmatch(said, text)), "")


@lru_cache
def _bracketed() -> set[str]:
    """Names of indicators whose brackets are their own."""
    return {bare_label(each.zh) for each in codebook.load().indicators.values()}

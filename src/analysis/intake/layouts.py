"""Where the figures of a sheet stand: under which words, in which unit, of which year and place.

Years may stand beside each other, an indicator or place a row; below each other, an indicator a
column; or a figure a row (indicator, year, value). A column may name the place of each row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
class Cell:
    """A figure of a table: the words it stands under, its unit, its year, and where it is.

    `place` is what its row calls the place it is of, if tables of several are so laid out.
    """

    label: str
    unit: str
    year: str
    text: str
    where: str
    place: str = ""


@dataclass(frozen=True)
class _Table:
    """A table of a sheet: its head, the columns that heads name, those of years, what stands above.

    `rows` are those below the head, each with its number.
    """

    sheet: str
    head: Sequence[str]
    columns: Mapping[str, int]
    years: Mapping[int, str]
    unit: str
    title: str
    rows: Sequence[tuple[int, Sequence[str]]] = ()

    def cell(self, row: Sequence[str], name: str) -> str:
        """What a row has in the column that a head names."""
        return _cell(row, self.columns.get(name, -1))


def cells(sheet: str, rows: Rows) -> Iterator[Cell]:
    """The figures of a sheet, whatever the form of its tables; none where no table is known."""
    for table in _tables(sheet, rows):
        if {"indicator", "year", "value"} <= table.columns.keys():
            found = _long(table)
        else:
            found = _wide(table) if table.years else _tall(table)
        yield from found


def patterns() -> Mapping[str, str]:
    """Patterns of what stands in the heads and labels of tables (`sheets.yaml`)."""
    return {name: words for name, words in _written().items() if isinstance(words, str)}


def _tables(sheet: str, rows: Rows) -> Iterator[_Table]:
    """The tables of a sheet: each from its head to the next."""
    open_: _Table | None = None
    body: list[tuple[int, Sequence[str]]] = []
    unit = title = ""
    for number, row in enumerate(rows, 1):
        stated = _stated_unit(row)
        head = _head(sheet, row, rows[number:], stated or unit, title)
        if head and (head.columns or not open_):
            if open_:
                yield replace(open_, rows=body)
            open_, body = head, []
        elif open_:
            body.append((number, row))
        else:
            unit = stated or unit
            title = title if stated else " ".join(_filled(row)) or title
    if open_:
        yield replace(open_, rows=body)


def _head(sheet: str, row: Sequence[str], below: Rows, unit: str, title: str) -> _Table | None:
    """The table that a row is the head of, if it is one."""
    columns = {name: n for n, cell in enumerate(row) if (name := _named(cell))}
    years = {n: year for n, cell in enumerate(row) if (year := _year(cell))}
    if years and (_year(row[0]) or (len(years) == 1 and not columns)):
        years = {}
    if len(_filled(row)) < 2 or not (years or {"year", "place"} & columns.keys() or _in_rows(below)):
        return None
    return _Table(sheet, row, columns, years, unit, title)


# ---------------------------------------------------------------- the forms of tables


def _wide(table: _Table) -> Iterator[Cell]:
    """Years beside each other; of an indicator a row, or of a place, and the title names the indicator."""
    by_place = "place" in table.columns and "indicator" not in table.columns
    first = table.columns.get("indicator", 0)
    titled, title_unit = _split(_untitled(table.title))
    unit, place = table.unit, ""
    for number, row in table.rows:
        unit, place = _stated_unit(row) or unit, table.cell(row, "place") or place
        label, own = (titled, title_unit) if by_place else _split(_cell(row, first))
        said = table.cell(row, "unit") or own or unit
        for column, year in table.years.items():
            where = f"{table.sheet}, row {number}, {year}"
            yield from _figure(label, said, year, _cell(row, column), where, place)


def _tall(table: _Table) -> Iterator[Cell]:
    """An indicator a column; years below each other, or places in a year that stands above."""
    when = table.columns.get("year", -1 if "place" in table.columns else 0)
    fixed = _only_year(f"{table.title} {table.sheet}")
    others = {when, *(table.columns.get(name, -1) for name in ("place", "unit"))}
    labels = {n: _split(cell) for n, cell in enumerate(table.head) if n not in others and cell.strip()}
    units = _units(table)
    place = ""
    for number, row in table.rows[bool(units) :]:
        place = table.cell(row, "place") or place
        year = fixed if when < 0 else _year(_cell(row, when))
        for column, (label, own) in labels.items() if year or when < 0 else ():
            where = f"{table.sheet}, row {number}, {label}"
            said = own or units.get(column, table.unit)
            yield from _figure(label, said, year, _cell(row, column), where, place)


def _units(table: _Table) -> dict[int, str]:
    """The units of columns, where the first row below the head holds nothing else."""
    row = table.rows[0][1] if table.rows else ()
    found = {n: re.fullmatch(patterns()["unit"], cell.strip()) for n, cell in enumerate(row) if cell.strip()}
    return {n: unit[1] for n, unit in found.items() if unit} if all(found.values()) else {}


def _long(table: _Table) -> Iterator[Cell]:
    """A figure a row."""
    place = ""
    for number, row in table.rows:
        place = table.cell(row, "place") or place
        label, own = _split(table.cell(row, "indicator"))
        said = table.cell(row, "unit") or own or table.unit
        if year := _year(table.cell(row, "year")):
            where = f"{table.sheet}, row {number}"
            yield from _figure(label, said, year, table.cell(row, "value"), where, place)


def _figure(label: str, unit: str, year: str, text: str, where: str, place: str) -> Iterator[Cell]:
    shown = text.endswith(("%", "％"))
    text = text.rstrip("%％") if shown else text
    unit = "%" if shown or unit == "％" else unit
    if label and not re.fullmatch(patterns()["none"], text, re.I):
        yield Cell(label, unit, year, text, where, place)


# ---------------------------------------------------------------- what cells say


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if 0 <= column < len(row) else ""


def _filled(row: Sequence[str]) -> list[str]:
    return [text for cell in row if (text := cell.strip())]


def _in_rows(below: Rows) -> bool:
    """Whether the rows below begin with years."""
    return len(below) >= _FIRST and all(row and _year(row[0]) for row in below[:_FIRST])


def _split(cell: str) -> tuple[str, str]:
    """A label and the unit in brackets behind it."""
    text = "".join(cell.split()) if lexer.is_chinese(cell) else cell.strip()
    if (found := re.fullmatch(patterns()["bracketed"], text)) and bare_label(text) not in _bracketed():
        return found[1], found[2].removeprefix("单位：").removeprefix("单位:")
    return text, ""


def bare_label(label: str) -> str:
    """A label without blanks and signs."""
    return re.sub(r"[\s“”\"'：:、*]", "", label)


@lru_cache
def _bracketed() -> set[str]:
    """Names of indicators whose brackets are their own."""
    return {bare_label(each.zh) for each in codebook.load().indicators.values()}


def _untitled(title: str) -> str:
    """What a title names, without its number, its years and the places it is by."""
    return re.sub(patterns()["titled"], "", title)


def _stated_unit(row: Sequence[str]) -> str:
    """The unit that a line above a table says holds for all of it."""
    filled = _filled(row)
    found = re.search(patterns()["stated"], " ".join(filled)) if 0 < len(filled) < 3 else None
    return (found[1] or found[2] or "").strip() if found else ""


def _named(cell: str) -> str:
    text = "".join(cell.split()).lower()
    return next((name for name, said in _heads().items() if re.fullmatch(said, text)), "")


def _year(cell: str) -> str:
    found = re.fullmatch(patterns()["year"], cell.strip())
    return found[1] if found else ""


def _only_year(text: str) -> str:
    found = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    return found.pop() if len(found) == 1 else ""


@lru_cache
def _heads() -> dict[str, str]:
    return dict(_written()["heads"])


@lru_cache
def _written() -> dict[str, Any]:
    return dict(yaml.safe_load(_WORDS.read_text("utf-8")))

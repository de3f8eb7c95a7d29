"""Where the figures of a sheet stand: under which words, in which unit, of which year and place.

Years may stand beside each other, an indicator or place a row; below each other, an indicator a
column; or a figure a row (indicator, year, value). A column may name the place of each row. A head
may be of two rows, the second saying what the columns under one cell of the first are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.intake.heads import Head, cell_of, filled, head_of, patterns, plain_unit, split, year_of
from analysis.intake.readers.contents import Rows


@dataclass(frozen=True)
class Cell:
    """A figure of a table: the words it stands under, its unit, its year, and where it is.

    `place` is what its row calls the place it is of, if tables of several are so laid out; `percent`
    whether a percent sign stands in the cell itself.
    """

    label: str
    unit: str
    year: str
    text: str
    where: str
    place: str = ""
    percent: bool = False


@dataclass(frozen=True)
class _Table:
    """A table of a sheet: its head, and the unit and title that stand above it.

    `rows` are those below the head, each with its number.
    """

    sheet: str
    head: Head
    unit: str
    title: str
    rows: Sequence[tuple[int, Sequence[str]]] = ()

    def cell(self, row: Sequence[str], name: str) -> str:
        """What a row has in the column that a head names."""
        return cell_of(row, self.head.columns.get(name, -1))


def cells(sheet: str, rows: Rows) -> Iterator[Cell]:
    """The figures of a sheet, whatever the form of its tables; none where no table is known."""
    for table in _tables(sheet, rows):
        head = table.head
        if {"indicator", "year", "value"} <= head.columns.keys():
            found = _long(table)
        else:
            found = _wide(table) if head.years and not (head.by_place and head.labels) else _tall(table)
        yield from found


def _tables(sheet: str, rows: Rows) -> Iterator[_Table]:
    """The tables of a sheet: each from its head to the next."""
    open_: _Table | None = None
    body: list[tuple[int, Sequence[str]]] = []
    unit = title = ""
    begins = 0
    for number, row in enumerate(rows, 1):
        if number < begins:
            continue
        stated = _stated_unit(row)
        head = head_of(row, rows[number:])
        if head and (head.columns or not open_):
            if open_:
                yield replace(open_, rows=body)
            open_, body = _Table(sheet, head, stated or unit, title), []
            begins = number + head.size
        elif open_:
            body.append((number, row))
        else:
            unit = stated or unit
            title = title if stated else " ".join(filled(row)) or title
    if open_:
        yield replace(open_, rows=body)


# ---------------------------------------------------------------- the forms of tables


def _wide(table: _Table) -> Iterator[Cell]:
    """Years beside each other; of an indicator a row, or of a place, and the title names the indicator."""
    head = table.head
    first = head.columns.get("indicator", 0)
    titled, title_unit = split(_untitled(table.title))
    unit, place = table.unit, ""
    for number, row in table.rows:
        unit, place = _stated_unit(row) or unit, table.cell(row, "place") or place
        label, own = (titled, title_unit) if head.by_place else split(cell_of(row, first))
        for column, year in head.years.items():
            part, part_unit = head.labels.get(column, ("", ""))
            said = part_unit or table.cell(row, "unit") or own or unit
            where = f"{table.sheet}, row {number}, {year}"
            yield from _figure(label and f"{label}{part}", said, year, cell_of(row, column), where, place)


def _tall(table: _Table) -> Iterator[Cell]:
    """An indicator a column; years below each other, or places in a year that stands above."""
    head = table.head
    when = head.columns.get("year", -1 if "place" in head.columns else 0)
    fixed = _only_year(f"{table.title} {table.sheet}")
    titled = split(_untitled(table.title))
    units = _units(table)
    place = ""
    for number, row in table.rows[bool(units) :]:
        place = table.cell(row, "place") or place
        whole = fixed if when < 0 else year_of(cell_of(row, when))
        for column in sorted({*head.labels, *head.years} - {when}):
            label, own = head.labels.get(column, titled)
            where = f"{table.sheet}, row {number}, {label}"
            year, said = head.years.get(column, whole), own or units.get(column, table.unit)
            yield from _figure(label, said, year, cell_of(row, column), where, place)


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
        label, own = split(table.cell(row, "indicator"))
        said = table.cell(row, "unit") or own or table.unit
        if year := year_of(table.cell(row, "year")):
            where = f"{table.sheet}, row {number}"
            yield from _figure(label, said, year, table.cell(row, "value"), where, place)


def _figure(label: str, unit: str, year: str, text: str, where: str, place: str) -> Iterator[Cell]:
    shown = text.endswith(("%", "％"))
    text = text.rstrip("%％") if shown else text
    unit = "%" if shown or unit == "％" else plain_unit(unit)
    if label and not re.fullmatch(patterns()["none"], text, re.I):
        yield Cell(label, unit, year, text, where, place, shown)


# ---------------------------------------------------------------- what stands above a table


def _untitled(title: str) -> str:
    """What a title names, without its number, its years and the places it is by."""
    return re.sub(patterns()["titled"], "", title)


def _stated_unit(row: Sequence[str]) -> str:
    """The unit that a line above a table says holds for all of it."""
    there = filled(row)
    found = re.search(patterns()["stated"], " ".join(there)) if 0 < len(there) < 3 else None
    return (found[1] or found[2] or "").strip() if found else ""


def _only_year(text: str) -> str:
    found = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    return found.pop() if len(found) == 1 else ""

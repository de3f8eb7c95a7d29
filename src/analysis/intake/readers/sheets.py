"""Workbooks (.xlsx, .xls) as rows of text, by calamine; how Excel shows their numbers, by openpyxl."""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import reduce
from typing import Any

from analysis.intake.formats import unpacked
from analysis.intake.readers.contents import Rows, Unreadable
from analysis.system.errors import AnalysisError

_MOST = 2_000_000  # cells of a sheet, with the empty ones
_SHOWN = 200_000  # cells of a workbook whose formats are looked at
_PLACE = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_FORMAT = re.compile(r"[#0,]*0(?:\.(0+))?(%?)\Z")
_IDLE = re.compile(r'\\.|_.|\*.|"[^"]*"|\[[^]]*\]|\s')  # of a format: blanks, colours, signs as they are

Place = tuple[str, int, int]
"""Sheet, row and column of a cell, both from 0."""


def read(data: bytes) -> dict[str, Rows]:
    """The cells of each sheet: numbers plain, dates in ISO 8601, "" where empty.

    In a workbook of Excel (.xlsx) of no extreme size numbers have the decimals and percent signs that
    they are shown with; in others 3.4% is what it is kept as, 0.034.

    Raises
    ------
    Unreadable
        where it is damaged, under a password, or would fill the memory.
    """
    import python_calamine

    if data.startswith(b"PK"):
        _check_size(data)
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        sizes = [sheet.total_height * sheet.total_width for sheet in sheets.values()]
        if max(sizes, default=0) > _MOST:
            raise Unreadable(f"a workbook with a sheet of more than {_MOST} cells")
        told = _as_formatted(data) if sum(sizes) < _SHOWN and data.startswith(b"PK") else {}
        return {name: _rows(name, sheet, told) for name, sheet in sheets.items()}
    except Unreadable:
        raise
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        why = "under a password" if "assword" in str(error) else "damaged"
        raise Unreadable(f"a workbook that is {why}") from None


def _rows(name: str, sheet: Any, told: Mapping[Place, str]) -> Rows:
    """The rows of a sheet; cells are `told` as they are shown, by their places."""
    return [
        [told.get((name, n, m)) or _text(cell) for m, cell in enumerate(row)] for n, row in enumerate(sheet.iter_rows())
    ]


def _check_size(data: bytes) -> None:
    """Refuse a sheet whose last cell is so far off that its empty ones would fill the memory."""
    archive = unpacked(data)
    try:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        largest = max((_cells(archive.read(name)) for name in sheets), default=0)
    except AnalysisError:  # its time is over
        raise
    except Exception:  # whatever a damaged archive makes zipfile say
        raise Unreadable("a workbook that is damaged") from None
    if largest > _MOST:
        raise Unreadable(f"a workbook with a sheet of more than {_MOST} cells")


def _cells(xml: bytes) -> int:
    columns = rows = 1
    for column, row in _PLACE.findall(xml):
        number = reduce(lambda before, letter: before * 26 + letter - 64, column, 0)
        columns, rows = max(columns, number), max(rows, int(row))
    return columns * rows


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float | int):
        return format(cell, ".12g") if abs(cell) < 1e12 else format(cell, ".0f")
    if isinstance(cell, datetime.date | datetime.time | datetime.datetime):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


# ---------------------------------------------------------------- how numbers are shown


def _as_formatted(data: bytes) -> dict[Place, str]:
    """The numbers that are shown with more decimals than they are kept with, or as percentages.

    No digit is cut; empty for a workbook that openpyxl does not read.
    """
    import openpyxl

    try:
        with warnings.catch_warnings(action="ignore"):
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            return dict(_numbers(book))
    except AnalysisError:  # its time is over
        raise
    except Exception:  # whatever a workbook makes it say: the numbers are read as they are kept
        return {}


def _numbers(book: object) -> Iterator[tuple[Place, str]]:
    for sheet in book.worksheets:  # type: ignore[attr-defined]
        for row in sheet.iter_rows():
            for cell in row:
                is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
                if is_number and (text := as_shown(cell.value, cell.number_format or "")):
                    yield (sheet.title, cell.row - 1, cell.column - 1), text


def as_shown(value: float, form: str) -> str:
    """A number in a format of Excel; empty where that adds neither decimals nor a percent sign.

    >>> as_shown(0.034, "0.00%"), as_shown(4, "#,##0.0_ "), as_shown(3.14, "0.0")
    ('3.40%', '4.0', '')
    """
    found = _FORMAT.match(_IDLE.sub("", form.partition(";")[0]))
    if not found:
        return ""
    kept = Decimal(format(value, ".12g")) * (100 if found[2] else 1)
    kept = kept.normalize()
    own, wanted = max(0, -int(kept.as_tuple().exponent)), len(found[1] or "")
    return f"{kept:.{max(own, wanted)}f}{found[2]}" if found[2] or wanted > own else ""

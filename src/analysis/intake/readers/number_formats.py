"""How the numbers of an Excel workbook are shown, by openpyxl: 4.0 and 3.4%, kept as 4 and 0.034."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal

from analysis.system.errors import AnalysisError

_FORMAT = re.compile(r"[#0,]*0(?:\.(0+))?(%?)\Z")
_IDLE = re.compile(r'\\.|_.|\*.|"[^"]*"|\[[^]]*\]|\s')  # of a format: blanks, colours, signs as they are

Place = tuple[str, int, int]


def as_formatted(data: bytes) -> dict[Place, str]:
    """The numbers that are shown with more decimals than they are kept with, or as percentages.

    By sheet, row and column, both from 0. No digit is cut; empty for a workbook that openpyxl does
    not read.
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

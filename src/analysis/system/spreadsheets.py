"""Cells of tables that a spreadsheet may open."""

from __future__ import annotations

import re

_RUN = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{1,9})?\Z", re.ASCII)


def unrun(cell: str) -> str:
    """A cell for a spreadsheet: what it would run as a formula, and is no number, begins with `'`."""
    return f"'{cell}" if cell.startswith(_RUN) and not is_number(cell) else cell


def is_number(cell: str) -> bool:
    """Whether a cell is a plain decimal number, with or without separators of thousands."""
    return _NUMBER.match(cell) is not None

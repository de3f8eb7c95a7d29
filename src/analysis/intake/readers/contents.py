"""What a reader takes from a file: prose, and the tables that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[str]]
_LONG = 60  # characters; a longer cell is a paragraph, not an entry
_BLANK = re.compile(r"[ \t\r\f\v\xa0]+")


class Unreadable(ValueError):
    """A file that its reader cannot take: what it is, in the words that follow "is"."""


@dataclass(frozen=True)
class Contents:
    """What a file says: its prose, a paragraph a line, and its tables, rows of cells, set aside.

    `url` is the address that the file says it is from, `left` what else was left out, in words.
    """

    text: str
    tables: tuple[Rows, ...] = ()
    url: str = ""
    left: tuple[str, ...] = ()


def paragraphs(lines: Iterable[str]) -> str:
    """Lines as the text of a document: blanks taken together, empty lines left out."""
    found = (_BLANK.sub(" ", line).strip() for line in lines)
    return "".join(f"{line}\n" for line in found if line)


def is_data(rows: Rows) -> bool:
    """Whether a table holds data, and not a page's columns or a frame around prose."""
    wide = sum(len([cell for cell in row if cell.strip()]) > 1 for row in rows)
    cells = [cell.strip() for row in rows for cell in row if cell.strip()]
    prose = sum(len(cell) > _LONG or "。" in cell for cell in cells)
    return wide > 1 and prose <= len(cells) / 10

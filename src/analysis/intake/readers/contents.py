"""What a reader takes from a file: prose, and the tables that are none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Rows = Sequence[Sequence[str]]
_LONG = 60  # characters; a longer cell is a paragraph, not an entry
_PROSE = re.compile(r"[。，；]|[a-z]{2}[.;]( |\Z)")
_DATE = re.compile(r"(?:19|20)\d\d(?:[-—～~至](?:19|20)\d\d)?(?:[年./-]\d{1,2}(?:[月./-](?:\d{1,2}日?)?)?)?")
_ORDINAL = re.compile(r"\A[（(]?\d{1,3}(?:[)）.、．](?!\d)|\Z)")
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
    """Whether a table holds figures, and not a page's columns or a frame around prose.

    However few its cells are: read as sentences, entries would go to the words around them.
    """
    numbered = [row[_ORDINAL.fullmatch(row[0].strip()) is not None :] for row in rows if row]
    cells = [cell.strip() for row in numbered for cell in row]
    prose = sum(len(cell) for cell in cells if len(cell) > _LONG or _PROSE.search(cell))
    return any(map(has_figure, cells)) and 2 * prose <= sum(map(len, cells))


def has_figure(cell: str) -> bool:
    """Whether a cell has a number that is neither a date nor what its text is numbered by."""
    text = cell if cell.isdigit() else _ORDINAL.sub("", cell)
    return any(map(str.isdigit, _DATE.sub("", text)))

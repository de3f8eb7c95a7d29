"""Tables pasted into a text: lines of cells, parted by bars, tabs or blanks, under a line of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_MISSING = re.compile(r"[-—–/.…]*")
_WORD = {"\t": re.compile(r"[^\t\n]+"), " ": re.compile(r"\S+")}
_PROSE = re.compile(r"[，。；]|[a-z][,.;] ")
_LONGEST = 400  # characters of a line of cells
_WIDEST = 24  # characters of a label; longer ones are prose
_LEAST = {"|": (2, 1), "\t": (2, 1), " ": (3, 2)}  # columns, and rows of numbers, that make a table


@dataclass(frozen=True)
class GridCell:
    """A cell of a line: where its text stands, without the blanks around, and what it says."""

    start: int
    end: int
    said: str

    @property
    def is_number(self) -> bool:
        return _NUMBER.fullmatch(self.said) is not None

    @property
    def is_year(self) -> bool:
        return _YEAR.fullmatch(self.said) is not None

    @property
    def is_label(self) -> bool:
        return len(self.said) <= _WIDEST and (self.is_year or not self.is_number)


@dataclass(frozen=True)
class Grid:
    """A table from `start` to `end` of a text; `above` is the line before it.

    `numbers` are the columns of each row that hold a number; a row between bars may hold none.
    """

    start: int
    end: int
    above: str
    head: Sequence[GridCell]
    rows: Sequence[Sequence[GridCell]]

    @property
    def numbers(self) -> list[list[int]]:
        return [_numbers(row) for row in self.rows]

    @property
    def labels(self) -> list[GridCell]:
        """Those of the columns, then those of the rows."""
        return [*self.head, *(row[0] for row in self.rows)]


def grids(text: str) -> Iterator[Grid]:
    """The tables of a text in order, in one walk over its lines."""
    lines = (_Line(text, m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    above = ""
    for (mark, columns), same in groupby(lines, key=lambda line: (line.mark, len(line.cells))):
        if columns < _LEAST[mark][0]:
            for line in same:
                above = line.said
        else:
            run = list(same)
            yield from _of_run(run, above)
            above = run[-1].said


class _Line:
    """A line with its cells and what parts them."""

    def __init__(self, text: str, start: int, end: int):
        self.start, self.end, self.said = start, end, text[start:end]
        self.mark = "|" if self.said.count("|") > 1 else "\t" if "\t" in self.said else " "
        prose = end - start > _LONGEST or _PROSE.search(self.said)
        self.cells = [] if prose else list(_cells(text, start, end, self.mark))

    @property
    def is_head(self) -> bool:
        return all(c.is_label for c in self.cells)

    @property
    def is_row(self) -> bool:
        """Whether it is a label and numbers, some of which may be missing; between bars all of them may."""
        label, *values = self.cells
        if not label.said or label.is_number or not label.is_label:
            return False
        if self.mark == "|":
            return True
        return bool(_numbers(self.cells)) and all(c.is_number or _MISSING.fullmatch(c.said) for c in values)

    @property
    def is_data(self) -> bool:
        return any(c.is_number and not c.is_year for c in self.cells[1:])


def _of_run(run: Sequence[_Line], above: str) -> Iterator[Grid]:
    """The tables of lines that have as many cells, parted alike."""
    first: int | None = None
    for at in range(len(run) + 1):
        if first is not None and at < len(run) and run[at].is_row:
            continue
        if first is not None:
            yield from _under_its_head(run[first:at], run[first - 1].said if first else above)
        first = at if at < len(run) and run[at].is_head else None


def _under_its_head(block: Sequence[_Line], above: str) -> Iterator[Grid]:
    """The table of a line of labels and the rows below it; its head is the last line with a label over each number."""
    data = [at for at, line in enumerate(block) if line.is_data]
    if len(data) < _LEAST[block[0].mark][1]:
        return
    used = {n for at in data for n in _numbers(block[at].cells)}
    for at in reversed(range(data[0])):
        head = block[at]
        if head.is_head and not any(_MISSING.fullmatch(head.cells[n].said) for n in used):
            rows = [line.cells for line in block[at + 1 :]]
            yield Grid(head.start, block[-1].end, block[at - 1].said if at else above, head.cells, rows)
            return


def _numbers(cells: Sequence[GridCell]) -> list[int]:
    return [n for n, c in enumerate(cells) if n and c.is_number]


def _cells(text: str, start: int, end: int, mark: str) -> Iterator[GridCell]:
    """The cells of a line; of bars also the empty ones."""
    if mark == "|":
        said = text[start:end]
        start, end = end - len(said.lstrip().removeprefix("|")), start + len(said.rstrip().removesuffix("|"))
        bars = [i for i in range(start, end) if text[i] == "|"]
        spans = list(zip([start, *(i + 1 for i in bars)], [*bars, end], strict=True))
    else:
        spans = [m.span() for m in _WORD[mark].finditer(text, start, end)]
    for low, high in spans:
        said = text[low:high]
        low += len(said) - len(said.lstrip())
        yield GridCell(low, low + len(said.strip()), said.strip())

"""Tables pasted into a text: rows of figures under one line of labels or two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, takewhile

from analysis.reading.glyphs import fold
from analysis.reading.gridlines import Cues, GridCell, GridLine

_LEAST = {"|": 1, "\t": 1, " ": 2}  # rows of figures that make a table
_STOP = re.compile(r"[。；]|[.;] ")
_PROSE = re.compile(r"[。；，]|[.;,] ")
_LISTED = re.compile(r"[、，,/；;]\s?(?!000)")
_ABOVE = 3  # lines before a table that may be its title


@dataclass(frozen=True)
class GridRow:
    """A row: the cells that label it, its figures by their columns, its unit, and what else it says.

    `section` are the labels alone in a line above that hold for it.
    """

    labels: Sequence[GridCell]
    values: Mapping[int, GridCell] = field(default_factory=dict)
    unit: str = ""
    aside: Sequence[GridCell] = ()
    section: Sequence[GridCell] = ()


@dataclass(frozen=True)
class Grid:
    """A table from `start` to `end` of a text, parted by `mark`; `above` are the lines before it, the last first.

    `heads` are the labels of each column, from above to below; `torn` where these are lost. `below` are notes on it.
    """

    start: int
    end: int
    mark: str
    above: Sequence[GridCell]
    heads: Sequence[Sequence[GridCell]]
    rows: Sequence[GridRow]
    torn: bool = False
    below: Sequence[GridCell] = ()


def grids(text: str, cue: Cues) -> Iterator[Grid]:
    """The tables of a text in order, in one walk over its lines; `cue` has the words of tables."""
    above: list[GridCell] = []
    kept: list[Grid] = []
    for kind, same in groupby(_lines(text, cue), key=lambda line: line.kind):
        run = list(same)
        if kind is None:
            told = [line.whole for line in run]
            yield from (replace(grid, below=list(_notes(told, cue))) for grid in kept)
            renewed = kept and not all(_is_unit(line.said, cue) for line in told)
            above, kept = ([] if renewed else above) + told, []
            above = above[-_ABOVE:]
            continue
        for block in _blocks(run, cue):
            if grid := _grid_of(block, above, cue):
                kept.append(grid)
            else:
                above = [*above, *(line.whole for line in block)][-_ABOVE:]
    yield from kept


def _notes(told: Sequence[GridCell], cue: Cues) -> Iterator[GridCell]:
    """The lines right below a table that are about it."""
    return takewhile(lambda line: cue["table_note"].match(fold(line.said.strip())) is not None, told)


def _is_unit(line: str, cue: Cues) -> bool:
    """Whether a line says nothing but a unit."""
    bare = cue["table_declared"].sub("", fold(line)).strip("(（)） ")
    return all(cue["table_unit"].fullmatch(fold(unit)) for unit in _LISTED.split(bare))


def _lines(text: str, cue: Cues) -> Iterator[GridLine]:
    before = 0
    for m in re.finditer(r"[^\n]*\S[^\n]*", text):
        yield GridLine(text, m.start(), m.end(), "\n" in text[before : m.start()].removesuffix("\n"), cue)
        before = m.end() + 1


def _blocks(run: Sequence[GridLine], cue: Cues) -> Iterator[list[GridLine]]:
    """The lines of tables right below one another, each under its own labels."""
    block: list[GridLine] = []
    for at, line in enumerate(run):
        anew = line.is_head and _is_anew(line, run[at + 1 : at + 2], cue)
        if anew and any(before.is_data for before in block):
            yield block
            block = []
        block.append(line)
    yield block


def _is_anew(line: GridLine, below: Sequence[GridLine], cue: Cues) -> bool:
    """Whether labels below figures are those of another table: parted from it, ruled off, or called as heads are."""
    ruled = bool(below) and below[0].is_rule
    return line.apart or ruled or bool(cue["table_opens"].fullmatch(fold(line.cells[0].said)))


def _grid_of(block: Sequence[GridLine], above: Sequence[GridCell], cue: Cues) -> Grid | None:
    """The table of some lines, where they are one: with labels over its figures, or a list of labels and figures."""
    data = [at for at, line in enumerate(block) if line.is_data]
    mark, width = block[0].mark, max(len(line.cells) for line in block)
    if len(data) < _LEAST[mark]:
        return None
    heads = _heads(block[: data[0]])
    torn = not heads and (width > 2 or data[0] > 0)
    if torn and mark == " ":
        return None
    top, last = (block.index(heads[0]), block.index(heads[-1])) if heads else (0, -1)
    titles = _titles([*above, *(line.whole for line in block[:top] if not line.is_rule)][-_ABOVE:], cue)
    body = [line for line in block[last + 1 :] if not line.is_rule]
    labels = _columns(heads, width)
    rows = _Rows(labels, body, cue).read()
    return Grid(block[top].start, block[-1].end, mark, list(titles), labels, list(rows), torn)


def _titles(above: Sequence[GridCell], cue: Cues) -> Iterator[GridCell]:
    """The titles among the lines before a table, the last first: prose is none, but for a sentence that leads to it."""
    for line in reversed(above):
        leads = cue["table_leads"].search(fold(line.said.strip()))
        if not leads and _PROSE.search(line.said) and not cue["table_declared"].search(fold(line.said)):
            return
        stops = [m.end() for m in _STOP.finditer(line.said) if line.said[m.end() :].strip()] if leads else []
        yield line.part(max(stops, default=0), len(line.said))


def _heads(top: Sequence[GridLine]) -> list[GridLine]:
    """The last line of labels before the figures, after the line above it that it goes into."""
    labels = [line for line in top if line.is_head]
    if len(labels) < 2:
        return labels
    high, low = labels[-2:]
    return [high, low] if low.cells[0].is_missing or low.cells[0].said == high.cells[0].said else [low]


def _columns(heads: Sequence[GridLine], width: int) -> list[list[GridCell]]:
    """The labels over each column; one over several stands in the first of them."""
    out: list[list[GridCell]] = [[] for _ in range(width)]
    for line in heads:
        over: GridCell | None = None
        for n, cell in enumerate(line.cells):
            if not cell.is_missing or line is heads[-1] or not n:
                over = cell
            if over and not over.is_missing and over.said not in [c.said for c in out[n]]:
                out[n].append(over)
    return out


class _Rows:
    """The lines below the labels of columns, read as rows: which columns are labels of theirs, units, figures."""

    def __init__(self, labels: Sequence[Sequence[GridCell]], body: Sequence[GridLine], cue: Cues):
        said = ["".join(c.said for c in column).replace(" ", "") for column in labels]
        serial = {n for n, s in enumerate(said) if cue["table_serial"].fullmatch(fold(s))}
        self.unit = next((n for n, s in enumerate(said) if cue["table_units"].fullmatch(fold(s))), None)
        self.figures = {n for line in body if line.is_data for n in line.values} - serial - {self.unit}
        self.labels = [n for n in range(min(self.figures, default=0)) if n not in serial and n != self.unit]
        self.body = body

    def read(self) -> Iterator[GridRow]:
        """The rows; a label over several goes on until the next, one alone in its line holds for those below."""
        section: list[GridCell] = []
        labels: dict[int, GridCell] = {}
        alone = False
        for line in self.body:
            if line.is_alone:
                section = [*section, line.filled[0]] if alone else [line.filled[0]]
                yield GridRow([], aside=line.filled[:1])
            else:
                own = {n: line.cells[n] for n in self.labels if self._filled(line, n)}
                labels = {n: c for n, c in labels.items() if n <= max(own, default=-1)} | own
                yield self._row(line, labels, section)
            alone = line.is_alone

    def _row(self, line: GridLine, labels: dict[int, GridCell], section: Sequence[GridCell]) -> GridRow:
        values = {n: c for n, c in enumerate(line.cells) if n in self.figures and self._is_figure(line, n)}
        if not (values and labels):
            return GridRow([], aside=line.cells)
        unit = line.cells[self.unit].said if self.unit is not None and self._filled(line, self.unit) else ""
        aside = [c for n, c in enumerate(line.cells) if n not in values and n not in labels]
        return GridRow([labels[n] for n in sorted(labels)], values, unit, aside, section)

    @staticmethod
    def _is_figure(line: GridLine, n: int) -> bool:
        """Whether a cell is a figure: a bare year is one among figures."""
        return n in line.values or (line.cells[n].is_year and line.cells[n].is_number)

    @staticmethod
    def _filled(line: GridLine, n: int) -> bool:
        return n < len(line.cells) and not line.cells[n].is_missing

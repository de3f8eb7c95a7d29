"""Tables pasted into a text, spelled out as sentences, and the way back to their cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

from analysis.codebook import Codebook
from analysis.reading.mentions import Finder
from analysis.reading.numerals import fold

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")
_BLANK = re.compile(r"[-—–/.…\s]*")
_UNIT = re.compile(r"\s*[(（](?P<unit>[^()（）\d]{1,6})[)）]\s*\Z")
_ABOVE = re.compile(r"(?:单位[:：]\s?(?P<declared>[^\s()（）]+)|[(（](?P<titled>[^()（）\d]{1,8})[)）])\s*[)）]?\s*\Z")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_CELL = {"|": re.compile(r"[^|\n]+"), "\t": re.compile(r"[^\t\n]+"), " ": re.compile(r"[^\s]+")}
_WIDEST = 24  # characters of a label; longer ones are prose

Cell = tuple[int, int]  # where its text begins and ends


def spelled_out(text: str, codebook: Codebook, language: str) -> tuple[str, Callable[[int], int]]:
    """The text with each row of its tables as sentences, and a function from its places to the text's.

    A table is a line of labels, cells parted by bars, tabs or blanks, with at least one line of a label and numbers of
    the same cells below it. Each number becomes a sentence: label of the row, of the column, number, unit. A table
    with rows whose labels the codebook does not know stands as it is: they may be of other places.
    """
    out = _Pieces(text)
    lines = [m.span() for m in re.finditer(r"[^\n]+", text)]
    at = 0
    while at < len(lines):
        table = _table(text, lines, at)
        above = text[slice(*lines[at - 1])] if at else ""
        if table and out.spell(table, _Known(text, table, above, codebook, language), lines[at : at + len(table)]):
            at += len(table)
        else:
            at += 1
    return out.joined()


def _table(text: str, lines: Sequence[Cell], at: int) -> list[list[Cell]]:
    """The rows of cells that begin with the line of labels `at`; none where no table does."""
    for mark in _CELL:
        head = _cells(text, lines[at], mark)
        if len(head) < (3 if mark == " " else 2) or not all(_is_label(text, c) for c in head):
            continue
        rows = [head]
        for line in lines[at + 1 :]:
            cells = _cells(text, line, mark)
            if len(cells) != len(head) or not _is_row(text, cells, mark):
                break
            rows.append(cells)
        if _is_headed(text, rows, 2 if mark == " " else 1):
            return rows
    return []


def _is_headed(text: str, table: Sequence[Sequence[Cell]], least: int) -> bool:
    """Whether there are rows of numbers enough, and a label over each."""
    head, *rows = table
    numbers = [[n for n, c in enumerate(row) if _is_number(text, c)] for row in rows]
    return sum(map(bool, numbers)) >= least and all(head[n][0] < head[n][1] for row in numbers for n in row)


def _cells(text: str, line: Cell, mark: str) -> list[Cell]:
    """The cells of a line, without the blanks around; of bars also the empty ones."""
    start, end = line
    if mark == "|":
        if text[start:end].count("|") < 2:
            return []
        start, end = start + (text[start] == "|"), end - (text[end - 1] == "|")
        ends = [i for i in range(start, end) if text[i] == "|"]
        spans = list(zip([start, *(i + 1 for i in ends)], [*ends, end], strict=True))
    else:
        spans = [m.span() for m in _CELL[mark].finditer(text, start, end)]
    return [_stripped(text, span) for span in spans]


def _stripped(text: str, span: Cell) -> Cell:
    said = text[slice(*span)]
    start = span[0] + len(said) - len(said.lstrip())
    return (start, start + len(said.strip()))


def _is_label(text: str, cell: Cell) -> bool:
    said = text[slice(*cell)]
    return len(said) <= _WIDEST and (not _NUMBER.fullmatch(said) or bool(_YEAR.fullmatch(said)))


def _is_row(text: str, cells: Sequence[Cell], mark: str) -> bool:
    """Whether a line is a label and numbers, some of which may be missing; between bars all of them may."""
    label, *values = cells
    if _is_number(text, label) or label[1] - label[0] > _WIDEST:
        return False
    if mark == "|":
        return label[0] < label[1]
    numbers = [c for c in values if _is_number(text, c)]
    return bool(numbers) and all(_BLANK.fullmatch(text[slice(*c)]) for c in values if c not in numbers)


def _is_number(text: str, cell: Cell) -> bool:
    return bool(_NUMBER.fullmatch(text[slice(*cell)]))


class _Pieces:
    """A text put together from stretches of another; what stands between them is of no place there."""

    def __init__(self, text: str):
        self.text, self.done = text, 0
        self.parts: list[tuple[str, int, bool]] = []  # said, where in the text, whether copied from there

    def spell(self, table: Sequence[Sequence[Cell]], known: _Known, lines: Sequence[Cell]) -> bool:
        """Take a table in, its rows spelled out; False, and nothing taken, where a row's label is not known."""
        head, *rows = table
        told = [[n for n, c in enumerate(row) if n and _is_number(self.text, c)] for row in rows]
        if not all(known.label(row[0]) for row, numbers in zip(rows, told, strict=True) if numbers):
            return False
        by_row = known.subjects(row[0] for row in rows) >= known.subjects(head[1:])
        self._copy(self.done, lines[0][0])
        used = {n for numbers in told for n in numbers}
        self._aside(c for n, c in enumerate(head) if n not in used)
        for row, numbers in zip(rows, told, strict=True):
            self._row(head, row, numbers, by_row, known)
        self.done = lines[-1][1]
        return True

    def _row(
        self, head: Sequence[Cell], row: Sequence[Cell], numbers: Sequence[int], by_row: bool, known: _Known
    ) -> None:
        """The numbers of a row with their labels, then its other cells."""
        for n in numbers:
            labels = (row[0], head[n]) if by_row else (head[n], row[0])
            self._sentence(*labels, row[n], known)
        self._aside(c for n, c in enumerate(row) if n not in numbers and (n or not numbers))
        self._say("\n", row[-1][1])

    def _aside(self, cells: Iterable[Cell]) -> None:
        """Cells of no number, a line for each: what they say holds below, and their digits are accounted for."""
        for cell in cells:
            self._copy(*cell)
            self._say("\n" if cell[0] < cell[1] else "", cell[1])

    def _sentence(self, subject: Cell, counted: Cell, cell: Cell, known: _Known) -> None:
        """A number with its labels; a year goes before, a unit behind."""
        labels = sorted((subject, counted), key=lambda c: not _YEAR.fullmatch(self.text[slice(*c)]))
        unit = known.stated(labels)
        for label in labels:
            said = self.text[slice(*label)]
            own = _UNIT.search(said)
            unit = own["unit"] if own else unit
            self._copy(label[0], label[0] + own.start() if own else label[1])
            self._say("年" if _YEAR.fullmatch(said) and said[-1] != "年" else "", label[1])
        self._copy(*cell)
        self._say(("" if self.text[cell[1] - 1] == "%" else unit) + "；", cell[1])

    def _copy(self, start: int, end: int) -> None:
        self.parts.append((self.text[start:end], start, True))

    def _say(self, said: str, place: int) -> None:
        self.parts.append((said, max(place - 1, 0), False))

    def joined(self) -> tuple[str, Callable[[int], int]]:
        """The text as put together, and the way back."""
        if not self.parts:
            return self.text, lambda place: place
        self._copy(self.done, len(self.text))
        parts = [p for p in self.parts if p[0]]
        starts = list(accumulate((len(p[0]) for p in parts), initial=0))

        def back(place: int) -> int:
            i = min(bisect_right(starts, place), len(parts)) - 1
            _, origin, copied = parts[i]
            return origin + (place - starts[i]) * copied

        return "".join(p[0] for p in parts), back


class _Known:
    """What the codebook knows of the labels of a table, with the units stated `above` it."""

    def __init__(
        self, text: str, table: Sequence[Sequence[Cell]], above: str, codebook: Codebook, language: str
    ) -> None:
        labels = [*table[0], *(row[0] for row in table[1:])]
        said = [fold(text[slice(*c)]) + "\n" for c in labels]
        *starts, end = accumulate((len(s) for s in said), initial=0)
        self._finder = Finder("".join(said), starts, end, codebook, language)
        self._at = {cell: i for i, cell in enumerate(labels)}
        self._money = {i.facet for i in codebook.indicators.values() if i.unit == "yuan"} - {""}
        stated = _ABOVE.search(above)
        self._units = re.split("[、，,/]", stated["declared"] or stated["titled"]) if stated else []

    def subjects(self, cells: Iterable[Cell]) -> int:
        """How many of some labels name a subject."""
        return sum(bool(self._finder.subjects(self._at[cell])) for cell in cells)

    def label(self, cell: Cell) -> bool:
        return bool(self.subjects([cell]) or self._facets(cell))

    def stated(self, labels: Sequence[Cell]) -> str:
        """The unit above the table that is of figures under these labels: money or heads."""
        money = any(self._facets(c) & self._money for c in labels)
        return next((u for u in self._units if ("元" in u) == money), "")

    def _facets(self, cell: Cell) -> set[str]:
        return {m.name for m in self._finder.facets(self._at[cell])}

"""Tables of a text spelled out as sentences, and the way back to their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.codebook import Codebook
from analysis.codebook.status import Fate
from analysis.reading.glyphs import fold
from analysis.reading.gridlines import GridCell
from analysis.reading.grids import Grid, grids
from analysis.reading.origins import Back, way_back
from analysis.reading.recital import Recital, Recited
from analysis.reading.tabled import Tabled

_STOP = {"en": ".\n", "zh": "。\n"}
_DIGITS = re.compile(r".*\d", re.S)
_SIGNS = {
    "≥": {"en": "at least ", "zh": "不低于"},
    ">": {"en": "over ", "zh": "超过"},
    "＞": {"en": "over ", "zh": "超过"},
    "≤": {"en": "at most ", "zh": "不超过"},
    "<": {"en": "below ", "zh": "低于"},
    "＜": {"en": "below ", "zh": "低于"},
}


@dataclass(frozen=True)
class Spelled:
    """A text with its tables spelled out, and the way back.

    `figures` are what is known of the figures of tables, by each of their places: what their labels say, or the fate
    of one that states nothing.
    """

    text: str
    back: Back
    figures: dict[int, Tabled | str] = field(default_factory=dict)


def spelled_out(text: str, codebook: Codebook, language: str, level: str = "city") -> Spelled:
    """The text with each figure of its tables as a sentence: labels of row and column, number, unit.

    Tables that name no subject stand as they are.
    """
    found = list(grids(text, codebook.cues[language]))
    if not found:
        return Spelled(text, lambda place: place)
    recital = Recital(found, codebook, language, level)
    out = _Pieces(text, language, codebook.cues[language]["table_unit"])
    for grid in found:
        out.spell(grid, list(recital.of(grid)))
    return out.joined()


class _Pieces:
    """A text put together from stretches of another; what is said between them has the place of what is before it."""

    def __init__(self, text: str, language: str, unit: re.Pattern[str]):
        self.language, self.unit = language, unit
        self.text, self.done, self.length = text, 0, 0
        self.blank = " " if language == "en" else ""
        self.parts: list[str] = []
        self.starts, self.origins = [0], [0]
        self.figures: dict[int, Tabled | str] = {}

    def spell(self, grid: Grid, rows: Sequence[Sequence[Recited]]) -> None:
        """Take a table in, its rows spelled out, unless nothing of it is."""
        if grid.mark == " " and all(r.fate for row in rows for r in row):
            return
        self._copy(self.done, grid.start)
        self._aside(c for head in grid.heads for c in head)
        for row, recited in zip(grid.rows, rows, strict=True):
            self._aside([*row.labels, *row.aside])
            for each in recited:
                self._figure(each)
            self._say("\n")
        self.done = grid.end

    def _aside(self, cells: Iterable[GridCell]) -> None:
        """Cells of no figure: their digits are accounted for."""
        for cell in dict.fromkeys(cells):
            if any(c.isdigit() for c in cell.said):
                self._mark(Fate.NAME, cell)

    def _figure(self, each: Recited) -> None:
        if each.fate:
            self._mark(each.fate, each.figure)
            return
        for words in each.words:
            if isinstance(words, str):
                self._say(words if words.strip() else self.blank)
            else:
                self._copy(*words)
        self._mark(each.tabled, each.figure, each.unit)

    def _mark(self, what: Tabled | str, cell: GridCell, unit: str = "") -> None:
        """A number, its unit behind its last digit unless it has one of its own, and what is known of it."""
        sign = _SIGNS.get(cell.said[:1])
        self._say(sign[self.language] if sign else "")
        start, digits = self.length, _DIGITS.match(cell.said)
        end = cell.start + (digits.end() if digits else len(cell.said))
        self._copy(cell.start + bool(sign), end)
        own = self.unit.match(fold(self.text[end : cell.end].strip()))
        self._say("" if own else self.blank + unit)
        self._copy(end, cell.end)
        self.figures |= dict.fromkeys(range(start, self.length), what)
        self._say("；" if isinstance(what, Tabled) and self.language == "zh" else _STOP[self.language])

    def _copy(self, start: int, end: int) -> None:
        self._add(self.text[start:end], [self.length], [start])

    def _say(self, said: str) -> None:
        last = self.origins[-1] + self.length - self.starts[-1] - 1
        self._add(said, range(self.length, self.length + len(said)), [max(last, 0)] * len(said))

    def _add(self, said: str, starts: Iterable[int], origins: Iterable[int]) -> None:
        if said:
            self.parts.append(said)
            self.starts += starts
            self.origins += origins
            self.length += len(said)

    def joined(self) -> Spelled:
        """The text as put together."""
        self._copy(self.done, len(self.text))
        return Spelled("".join(self.parts), way_back(self.starts, self.origins), self.figures)

"""Tables of a text spelled out as sentences, and the way back to their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from analysis.codebook import Codebook
from analysis.reading.grids import Grid, GridCell, grids
from analysis.reading.mentions import Finder
from analysis.reading.numerals import fold
from analysis.reading.origins import Back, way_back

_UNIT = re.compile(r"\s*[(（](?P<unit>[^()（）\d]{1,6})[)）]\Z")
_ABOVE = re.compile(
    r"(?:单位[:：]\s?(?P<declared>[^\s()（）]+)|[(（](?!单位)(?P<titled>[^()（）\d]{1,8})[)）])\s*[)）]?\s*\Z"
)


def spelled_out(text: str, codebook: Codebook, language: str) -> tuple[str, Back]:
    """The text with each row of its tables as sentences, and a function from its places to the text's.

    Each number becomes a sentence: label of the row, of the column, number, unit. A table with rows whose labels the
    codebook does not know stands as it is: they may be of other places.
    """
    found = list(grids(text))
    if not found:
        return text, lambda place: place
    known = _Known(found, codebook, language)
    out = _Pieces(text)
    for grid in found:
        if known.whole(grid):
            out.spell(grid, known)
    return out.joined()


class _Known:
    """What the codebook knows of the labels of tables."""

    def __init__(self, found: Sequence[Grid], codebook: Codebook, language: str) -> None:
        labels = dict.fromkeys(label for grid in found for label in grid.labels)
        said = [fold(label.said) + "\n" for label in labels]
        *starts, end = accumulate((len(s) for s in said), initial=0)
        self._finder = Finder("".join(said), starts, end, codebook, language)
        self._at = {label: i for i, label in enumerate(labels)}
        self._total = codebook.cues[language]["table_total"]
        self._totals = {parts: says[language] for parts, says in codebook.totals.items()}
        self._money = {i.facet for i in codebook.indicators.values() if i.unit == "yuan"} - {""}

    def whole(self, grid: Grid) -> bool:
        """Whether the label of each row with numbers is known."""
        labels = [row[0] for row, numbers in zip(grid.rows, grid.numbers, strict=True) if numbers]
        return all(self.subjects([label]) or self._facets(label) or self.total(label, labels) for label in labels)

    def named(self, grid: Grid) -> dict[GridCell, str]:
        """The labels that name subjects, those of the rows or of the columns, each with what it is a total of."""
        rows, columns = [row[0] for row in grid.rows], grid.head[1:]
        labels = rows if self.subjects(rows) >= self.subjects(columns) else columns
        return {label: self.total(label, labels) for label in labels}

    def total(self, label: GridCell, beside: Iterable[GridCell]) -> str:
        """What a label of totals is of, by the labels beside it; nothing for other labels, and where nobody knows."""
        if not self._total.fullmatch(fold(label.said)):
            return ""
        parts = {m.name for each in beside for m in self._finder.subjects(self._at[each])}
        return self._totals.get(frozenset(parts), "")

    def subjects(self, labels: Iterable[GridCell]) -> int:
        """How many of some labels name a subject."""
        return sum(bool(self._finder.subjects(self._at[label])) for label in labels)

    def unit(self, grid: Grid, labels: Sequence[GridCell]) -> str:
        """The unit stated above a table that is of figures under these labels: money or heads."""
        stated = _ABOVE.search(grid.above)
        units = re.split("[、，,/]", stated["declared"] or stated["titled"]) if stated else []
        money = any(self._facets(label) & self._money for label in labels)
        return next((u for u in units if ("元" in u) == money), "")

    def _facets(self, label: GridCell) -> set[str]:
        return {m.name for m in self._finder.facets(self._at[label])}


class _Pieces:
    """A text put together from stretches of another; what is said between them has the place of what is before it."""

    def __init__(self, text: str):
        self.text, self.done, self.length = text, 0, 0
        self.parts: list[str] = []
        self.starts, self.origins = [0], [0]

    def spell(self, grid: Grid, known: _Known) -> None:
        """Take a table in, its rows spelled out."""
        self._copy(self.done, grid.start)
        used = {n for numbers in grid.numbers for n in numbers}
        self._aside(c for n, c in enumerate(grid.head) if n not in used)
        named = known.named(grid)
        for row, numbers in zip(grid.rows, grid.numbers, strict=True):
            for n in numbers:
                labels = (row[0], grid.head[n]) if row[0] in named else (grid.head[n], row[0])
                self._sentence(labels, row[n], known.unit(grid, labels), named[labels[0]])
            self._aside(c for n, c in enumerate(row) if n not in numbers and (n or not numbers))
            self._say("\n")
        self.done = grid.end

    def _aside(self, cells: Iterable[GridCell]) -> None:
        """Cells of no number, a line for each: what they say holds below, and their digits are accounted for."""
        for cell in cells:
            self._copy(cell.start, cell.end)
            self._say("\n" if cell.said else "")

    def _sentence(self, labels: Sequence[GridCell], number: GridCell, unit: str, total: str) -> None:
        """A number with its labels, the first perhaps of a total; a year goes before, a unit behind."""
        self._say(total)
        for label in sorted(labels[bool(total) :], key=lambda c: not c.is_year):
            own = _UNIT.search(label.said)
            unit = own["unit"] if own else unit
            self._copy(label.start, label.start + own.start() if own else label.end)
            self._say("年" if label.is_year and not label.said.endswith("年") else "")
        self._copy(number.start, number.end)
        self._say(("" if number.said.endswith("%") else unit) + "；")

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

    def joined(self) -> tuple[str, Back]:
        """The text as put together, and the way back."""
        self._copy(self.done, len(self.text))
        return "".join(self.parts), way_back(self.starts, self.origins)

"""Lines of cells, parted by bars, tabs or blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from analysis.reading.glyphs import fold

_NUMBER = re.compile(r"[-−]?\d[\d,]*(?:\.\d+)?%?")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_MISSING = re.compile(r"[-—–/.…:\s]*")
_PROSE = re.compile(r"[，。；](?!\d{3})|[a-z][,.;] ")
_WORD = re.compile(r"\S+")
_COLUMN = re.compile(r"\S+(?: \S+)*")
_DRESS = " \t　\xa0*_`#"  # what stands around the words of a cell and says nothing
_LONGEST = 400  # characters of a line of cells
_WIDEST = {"|": 80, "\t": 80, " ": 48}  # characters of a label; longer ones are prose
_LEAST = {"|": 2, "\t": 2, " ": 3}  # columns

Cues = Mapping[str, re.Pattern[str]]


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
    def is_missing(self) -> bool:
        return _MISSING.fullmatch(self.said) is not None

    def part(self, start: int, end: int) -> GridCell:
        """A stretch of it, without what dresses it."""
        said = self.said[start:end]
        low = self.start + start + len(said) - len(said.lstrip(_DRESS))
        bare = said.strip(_DRESS)
        return GridCell(low, low + len(bare), bare)


class GridLine:
    """A line with its cells and what parts them; `apart` where a line without words stands before it."""

    def __init__(self, text: str, start: int, end: int, apart: bool, cue: Cues):
        self.start, self.end, self.said, self.apart = start, end, text[start:end], apart
        self.mark = "|" if self.said.count("|") > 1 else "\t" if "\t" in self.said.strip(" 　") else " "
        self._value = cue["table_value"]
        prose = end - start > _LONGEST or (self.mark == " " and _PROSE.search(self.said))
        cells = [] if prose else [_cell(text, *span) for span in self._spans(text)]
        self.values = {n for n, c in enumerate(cells) if self._is_value(c.said) and not c.is_year}
        prose = any(self._is_prose(c.said) for n, c in enumerate(cells) if n not in self.values)
        self.cells = [] if prose else cells

    @property
    def whole(self) -> GridCell:
        """All of it as one cell."""
        return GridCell(self.start, self.end, self.said)

    @property
    def kind(self) -> tuple[str, int] | None:
        """Lines of one kind may be of one table; None for prose. Between bars and tabs cells may be missing."""
        columns = len(self.cells)
        return (self.mark, columns if self.mark == " " else 0) if columns >= _LEAST[self.mark] else None

    @cached_property
    def filled(self) -> list[GridCell]:
        return [c for c in self.cells if not c.is_missing]

    @property
    def is_head(self) -> bool:
        """Whether it may be a line of labels over columns."""
        return not self.values and len({c.said for c in self.filled}) > 1

    @cached_property
    def is_data(self) -> bool:
        """Whether it has figures behind a label."""
        label = next((n for n, c in enumerate(self.cells) if not c.is_missing and n not in self.values), None)
        return label is not None and any(n > label for n in self.values)

    @property
    def is_rule(self) -> bool:
        return not self.filled

    @property
    def is_alone(self) -> bool:
        """Whether it is one label over all columns: the others are empty, or say the same."""
        return not self.values and len({c.said for c in self.cells} - {""}) == 1

    def _is_value(self, said: str) -> bool:
        return self._value.fullmatch(fold(said)) is not None

    def _is_prose(self, said: str) -> bool:
        return len(said) > _WIDEST[self.mark] or bool(_PROSE.search(said) and "。" in said)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the cells stand; of bars and tabs also the empty ones."""
        if self.mark == " ":
            yield from self._columns(text)
            return
        said, start, end = self.said, self.start, self.end
        if self.mark == "|":
            start, end = end - len(said.lstrip().removeprefix("|")), start + len(said.rstrip().removesuffix("|"))
        parts = [i for i in range(start, end) if text[i] == self.mark]
        yield from zip([start, *(i + 1 for i in parts)], [*parts, end], strict=True)

    def _columns(self, text: str) -> Iterator[tuple[int, int]]:
        """Stretches parted by several blanks; the figures at the end of one are cells of their own."""
        wide = [m.span() for m in _COLUMN.finditer(text, self.start, self.end)]
        for low, high in wide:
            words = [m.span() for m in _WORD.finditer(text, low, high)]
            figures = next(
                (n for n, (a, b) in enumerate(reversed(words)) if not self._is_figure(text[a:b])), len(words)
            )
            label = words[: len(words) - figures]
            if label and len(wide) == 1 and not figures:
                yield from label
                continue
            if label:
                yield label[0][0], label[-1][1]
            yield from words[len(label) :]

    def _is_figure(self, said: str) -> bool:
        return self._is_value(said) or (said != "" and _MISSING.fullmatch(said) is not None)


def _cell(text: str, start: int, end: int) -> GridCell:
    return GridCell(start, end, text[start:end]).part(0, end - start)

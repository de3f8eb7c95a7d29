"""The words of a label apart from the unit, the gloss and the blanks in its cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analysis.reading.glyphs import fold
from analysis.reading.gridlines import Cues, GridCell

_BRACKETED = re.compile(r"\s*[(（](?:单位[:：])?([^()（）]*)[)）]|\s*[/／,，]\s*([^\s/／,，]+)\Z")
_FOREIGN = re.compile(
    r"(?<=[\u4e00-\u9fff)）\s])[A-Za-z][^\u4e00-\u9fff]*|\A[A-Za-z][^\u4e00-\u9fff]*(?=[\u4e00-\u9fff])"
)
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class CellWords:
    """A label without its unit: where its words stand, and what they are; `gloss` is in the other language."""

    spans: Sequence[tuple[int, int]]
    text: str
    unit: str
    gloss: str


def words_of(cell: GridCell, language: str, cue: Cues) -> CellWords:
    """A label in the language of its text, without brackets that say what it takes in."""
    said, unit = cell.said, ""
    foreign = _FOREIGN.search(said) if language == "zh" and _HAN.search(said) else None
    asides = [m for m in cue["aside"].finditer(fold(said)) if not cue["table_without"].search(m[0])]
    drop = [m.span() for m in (foreign, *asides, *_BLANK.finditer(said)) if m]
    for m in _BRACKETED.finditer(said, 0, foreign.start() if foreign else len(said)):
        words = (m[1] or m[2] or "").strip()
        if cue["table_unit"].fullmatch(fold(words)):
            drop.append(m.span())
            unit = words
    spans = list(_left(len(said), sorted(drop)))
    text = "".join(said[a:b] for a, b in spans)
    return CellWords([(cell.start + a, cell.start + b) for a, b in spans], text, unit, foreign[0] if foreign else "")


def _left(length: int, drop: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What stretches taken out leave."""
    at = 0
    for low, high in drop:
        if at < low:
            yield at, low
        at = max(at, high)
    if at < length:
        yield at, length

"""What converted and scanned pages put into Chinese words: readings in brackets, 就業(yè); blanks, 失业 率."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.reading import origins
from analysis.reading.origins import Back

_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6}) ?\)")
_TONE = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_PROSE = re.compile(r"[^\n]*[，,。；;][^\n]*")


def without(text: str) -> tuple[str, Back]:
    """The text without them, and a function from its places to the text's.

    A text that holds no reading with a tone mark keeps its brackets: (a) to (e) may be items. Blanks part words
    in lines without a comma or stop: those of tables, titles and names.
    """
    return origins.without(text, sorted([*_readings(text), *_blanks(text)]))


def _readings(text: str) -> list[tuple[int, int]]:
    found = list(_GLOSS.finditer(text))
    return [m.span() for m in found] if any(_TONE.search(m[1]) for m in found) else []


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    for line in _PROSE.finditer(text):
        yield from (m.span() for m in _BLANK.finditer(text, *line.span()))

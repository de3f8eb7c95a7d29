"""What converted and scanned pages put into Chinese words: readings in brackets, 就業(yè); blanks, 失业 率."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator

_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6})\)")
_TONE = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_PROSE = re.compile(r"[^\n]*[，,。；;][^\n]*")


def without(text: str) -> tuple[str, Callable[[int], int]]:
    """The text without them, and a function from its places to the text's.

    A text that holds no reading with a tone mark keeps its brackets: (a) to (e) may be items. Blanks part words
    in lines without a comma or stop: those of tables, titles and names.
    """
    out = sorted([*_glosses(text), *_blanks(text)])
    if not out:
        return text, lambda place: place
    parts, starts, origins, end, at = [], [0], [0], 0, 0
    for start, stop in out:
        parts.append(text[end:start])
        at += start - end
        end = stop
        starts.append(at)
        origins.append(end)
    parts.append(text[end:])

    def back(place: int) -> int:
        i = bisect_right(starts, place) - 1
        return origins[i] + place - starts[i]

    return "".join(parts), back


def _glosses(text: str) -> list[tuple[int, int]]:
    found = list(_GLOSS.finditer(text))
    return [m.span() for m in found] if any(_TONE.search(m[1]) for m in found) else []


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    for line in _PROSE.finditer(text):
        yield from (m.span() for m in _BLANK.finditer(text, *line.span()))

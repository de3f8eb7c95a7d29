"""Readings in brackets behind Han characters, as converted pages print them: 就業(yè)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

_GLOSS = re.compile(r"(?<=[\u4e00-\u9fff])\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ]{1,6})\)")
_TONE = re.compile(r"[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ]")


def without(text: str) -> tuple[str, Callable[[int], int]]:
    """The text without readings of single characters, and a function from its places to the text's.

    A text that holds none with a tone mark is left as it is: (a) to (e) may be items.
    """
    if not any(_TONE.search(m[1]) for m in _GLOSS.finditer(text)):
        return text, lambda place: place
    parts, starts, origins, end, at = [], [0], [0], 0, 0
    for m in _GLOSS.finditer(text):
        parts.append(text[end : m.start()])
        at += m.start() - end
        end = m.end()
        starts.append(at)
        origins.append(end)
    parts.append(text[end:])

    def back(place: int) -> int:
        i = bisect_right(starts, place) - 1
        return origins[i] + place - starts[i]

    return "".join(parts), back

"""A text cut into sentences, and how many clause boundaries lie between two of its places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral

_STOP = {
    "en": re.compile(
        r";\s?|\n+|[.!?](?<!\bno.)(?<!\bart.)(?<!\bapprox.)(?:\s+|\Z)|\.(?<=[a-z].)(?=[A-Z])"
    ),
    "zh": re.compile(r"[。；;!?！？\n]+"),
}
_HEAVY = {"en": re.compile(r",(?!\d{3})|[:()]"), "zh": re.compile(r"[，,：:（）()](?!\d{3})")}
_LIGHT = {
    "en": re.compile(r"\b(?:and|with|of which|including|while)\b"),
    "zh": re.compile(r"、|其中|以及|并"),
}


@dataclass
class Sentence:
    """A stretch of text with its numerals and the words of the codebook in it.

    `numerals` are indices into the text's; `opens` where it is the first of its line.
    """

    start: int
    end: int
    numerals: list[int]
    opens: bool
    subjects: list[Mention] = field(default_factory=list)
    facets: list[Mention] = field(default_factory=list)
    modifiers: list[Mention] = field(default_factory=list)


def sentences(text: str, folded: str, numerals: Sequence[Numeral], language: str) -> list[Sentence]:
    """The sentences of a text in order; a stop inside a number ends none."""
    source = text if language == "en" else folded
    starts = [n.start for n in numerals]
    out, at, opens = [], 0, True
    for match in [*_STOP[language].finditer(source), None]:
        end = match.start() if match else len(source)
        high = bisect_right(starts, end)
        if match and high and end < numerals[high - 1].end - 1:
            continue
        low, high = bisect_left(starts, at), bisect_left(starts, end)
        out.append(Sentence(at, end, list(range(low, high)), opens))
        if match:
            at, opens = match.end(), "\n" in match[0]
    return out


class Clauses:
    """The clause boundaries of a text: heavy (commas, brackets) and light (and, 、)."""

    def __init__(self, folded: str, language: str):
        self._heavy = [m.start() for m in _HEAVY[language].finditer(folded)]
        self._light = [m.start() for m in _LIGHT[language].finditer(folded)]

    def heavy(self, low: int, high: int) -> int:
        return bisect_left(self._heavy, high) - bisect_left(self._heavy, low)

    def light(self, low: int, high: int) -> int:
        return bisect_left(self._light, high) - bisect_left(self._light, low)

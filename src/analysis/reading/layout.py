"""A text cut into sentences, and how many clause boundaries lie between two of its places."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral

_STOP = {
    "en": re.compile(r";\s?|\n+|[.!?](?<!\bno.)(?<!\bart.)(?<!\bapprox.)(?:\s+|\Z)|\.(?<=[a-z].)(?=[A-Z])"),
    "zh": re.compile(r"[。；;!?！？\n]+"),
}
_HEAVY = {"en": re.compile(r",(?!\d{3})|[:()]"), "zh": re.compile(r"[，,：:（）()](?!\d{3})")}
_LIGHT = {"en": re.compile(r"\b(?:and|with|of which|including|while)\b"), "zh": re.compile(r"、|其中|以及|并")}
# What a sentence may hold; one with more is read clause by clause. Labelled reports reach half of it.
_NUMBERS = 40
_CHARACTERS = 1500
# What follows so much without a stop or a line's end is no prose: its numbers state nothing.
_LOST = 50_000


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


class Clauses:
    """The clause boundaries of a text: heavy (commas, brackets) and light (and, 、)."""

    def __init__(self, folded: str, language: str):
        self._heavy = [m.start() for m in _HEAVY[language].finditer(folded)]
        self._light = [m.start() for m in _LIGHT[language].finditer(folded)]

    def before(self, place: int) -> tuple[int, int]:
        """How many boundaries of each kind lie before a place."""
        return bisect_left(self._heavy, place), bisect_left(self._light, place)

    def last(self, low: int, high: int) -> int | None:
        """The last heavy boundary behind `low` and not behind `high`."""
        i = bisect_right(self._heavy, high)
        return self._heavy[i - 1] if i and self._heavy[i - 1] > low else None


def sentences(
    text: str, folded: str, numerals: Sequence[Numeral], language: str, clauses: Clauses
) -> Iterator[Sentence]:
    """The sentences of a text in order; a stop inside a number ends none."""
    source = text if language == "en" else folded
    starts = [n.start for n in numerals]
    at, opens = 0, True
    for match in chain(_STOP[language].finditer(source), [None]):
        end = match.start() if match else len(source)
        high = bisect_right(starts, end)
        if match and high and end < numerals[high - 1].end - 1:
            continue
        for start, stop in _pieces(at, min(end, at + _LOST), numerals, starts, clauses):
            low, high = bisect_left(starts, start), bisect_left(starts, stop)
            yield Sentence(start, stop, list(range(low, high)), opens and start == at)
        if match:
            at, opens = match.end(), "\n" in match[0]


def _pieces(
    at: int, end: int, numerals: Sequence[Numeral], starts: Sequence[int], clauses: Clauses
) -> Iterator[tuple[int, int]]:
    """A sentence whole, or cut at clause boundaries, or before a number, into what one may hold."""
    while True:
        beyond = bisect_left(starts, at) + _NUMBERS
        limit = min(at + _CHARACTERS, starts[beyond] if beyond < len(starts) else end)
        if limit >= end:
            yield at, end
            return
        cut = clauses.last(at, limit) or limit
        i = bisect_left(starts, cut) - 1  # the number it may lie in
        if i >= 0 and cut < numerals[i].end:
            cut = starts[i] if starts[i] > at else numerals[i].end
        yield at, cut
        at = cut

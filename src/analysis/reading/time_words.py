"""What a word of time in a text is, and the pieces that all of them are found with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.reading.outline import Outline

Months = tuple[int, int]

REACH = 400  # characters; nothing farther off belongs to a sentence
SENTENCE = re.compile(r"[;\n。；]|[.!?]\s|\Z")
COUNT = re.compile(r"\d(?:\s[a-z]|\s?%)")
_COMMA = re.compile(r"[，,；;。\n]|\Z")
_LOOKS = str.maketrans("lo", "10")
_WORDS = (
    "一 元 one first jan",
    "二 两 two second feb",
    "三 three third mar",
    "四 four apr",
    "五 five may",
    "六 six jun",
    "七 seven jul",
    "八 eight aug",
    "九 nine sep",
    "十 ten oct",
    "十一 eleven nov",
    "十二 twelve dec",
)
NUMBERS = {word: n for n, words in enumerate(_WORDS, 1) for word in words.split()}


@dataclass(frozen=True)
class Mark:
    """A word of time: `kind` says what it does to the term, `first` and `last` are years.

    For `back` and `ahead` `last` is a number of years. `behind`, `month` and `amid` hold until the next
    `resume`. `months` are those of a `part` or `month`, whose year is 0 where none is named.
    """

    start: int
    end: int
    kind: str
    first: int = 0
    last: int = 0
    months: Months | None = None


def last_end(pattern: re.Pattern[str], folded: str, place: int, reach: int) -> int:
    """Where the last match before a place ends; `reach` characters before it where there is none."""
    begin = max(0, place - reach)
    found = (m.end() for m in pattern.finditer(folded, begin, place) if m[0])
    return max(found, default=begin)


def in_clause(outline: Outline, mark: Mark) -> Iterator[Mark]:
    """A mark that is taken back where its clause ends."""
    yield mark
    if stop := _COMMA.search(outline.folded, mark.end, mark.end + REACH):
        yield Mark(stop.start(), stop.start(), "resume")


def number_in(word: str) -> int:
    """A number of years or months; text recognition reads l for 1 and o for 0."""
    return NUMBERS[word] if word in NUMBERS else int(word.translate(_LOOKS))

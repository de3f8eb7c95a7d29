"""Every printed number of a text, found and described, whatever shape it is in.

A numeral is the glyphs between two places of the text, the scale word and unit that follow
(million, 万, yuan, 人, %), and whether the words around make it a bound. Nothing is valued
here: `readings` says what a numeral may stand for.
"""

from __future__ import annotations

from analysis.reading import chinese_numerals, english_numerals
from analysis.reading.glyphs import ONE, Numeral, fold, is_chinese
from analysis.reading.ranges import join

__all__ = ["ONE", "Numeral", "find", "fold", "is_chinese"]


def find(text: str, folded: str | None = None) -> list[Numeral]:
    """All numerals of a text in their order; spans never overlap.

    `folded` is the text as `fold` gives it, for callers that have it already.
    """
    folded = fold(text) if folded is None else folded
    language = chinese_numerals if is_chinese(text) else english_numerals
    return join(text, folded, language.find(text, folded))

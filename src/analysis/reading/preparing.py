"""A text made ready: what pages did to it undone, folded, its printed numbers found, and the way back to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.codebook import Codebook
from analysis.reading import glosses
from analysis.reading import numerals as lexer
from analysis.reading.numerals import Numeral
from analysis.reading.origins import Back
from analysis.reading.spelled import spelled_out
from analysis.reading.units import apply_stated_units
from analysis.reading.wrapping import unwrap


@dataclass(frozen=True)
class Prepared:
    """A text as it is read: `flat`, and `folded` to lower case and half width, with its numerals; `back` leads to the
    places of the text as received."""

    text: str
    flat: str
    folded: str
    language: str
    numerals: list[Numeral]
    back: Back

    def as_printed(self) -> list[Numeral]:
        """The numerals with their places, and what stands there, in the text as received."""
        if self.flat is self.text:
            return self.numerals
        return [self._as_printed(numeral) for numeral in self.numerals]

    def _as_printed(self, numeral: Numeral) -> Numeral:
        start, end = self.back(numeral.start), self.back(numeral.end - 1) + 1
        return replace(numeral, start=start, end=end, printed=self.text[start:end])


def prepare(text: str, codebook: Codebook) -> Prepared:
    """Make a text ready to be read."""
    language = "zh" if lexer.is_chinese(text) else "en"
    plain, of_plain = glosses.without(text)
    told, of_told = spelled_out(plain, codebook, language)
    flat, of_flat = unwrap(told, language == "zh")
    folded = lexer.fold(flat)
    found = apply_stated_units(folded, lexer.find(flat, folded))
    return Prepared(text, flat, folded, language, found, lambda place: of_plain(of_told(of_flat(place))))

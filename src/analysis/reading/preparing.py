"""A text made ready: what pages did to it undone, folded, its printed numbers found, and the way back to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from analysis.codebook import Codebook
from analysis.reading import glosses
from analysis.reading import numerals as lexer
from analysis.reading.numerals import Numeral
from analysis.reading.origins import Back
from analysis.reading.spelled import spelled_out
from analysis.reading.tabled import Tabled
from analysis.reading.units import apply_stated_units
from analysis.reading.wrapping import unwrap


@dataclass(frozen=True)
class Prepared:
    """A text as it is read: `flat`, and `folded` to lower case and half width, with its numerals; `back` leads to the
    places of the text as received. `tables` says what is known of a place among the figures of tables."""

    text: str
    flat: str
    folded: str
    language: str
    numerals: list[Numeral]
    back: Back
    tables: Callable[[int], Tabled | str | None]

    def table(self, numeral: int) -> Tabled | None:
        """What the labels of a number say, where it is a figure of a table."""
        told = self.tables(self.numerals[numeral].start)
        return told if isinstance(told, Tabled) else None

    def as_printed(self) -> list[Numeral]:
        """The numerals with their places, and what stands there, in the text as received."""
        if self.flat is self.text:
            return self.numerals
        return [self._as_printed(numeral) for numeral in self.numerals]

    def _as_printed(self, numeral: Numeral) -> Numeral:
        start, end = self.back(numeral.start), self.back(numeral.end - 1) + 1
        return replace(numeral, start=start, end=end, printed=self.text[start:end])


def prepare(text: str, codebook: Codebook, level: str = "city") -> Prepared:
    """Make a text ready to be read; `level` is that of its own place."""
    language = "zh" if lexer.is_chinese(text) else "en"
    plain, of_plain = glosses.without(text)
    told = spelled_out(plain, codebook, language, level)
    flat, of_flat = unwrap(told.text, language == "zh")
    folded = lexer.fold(flat)

    def tables(place: int) -> Tabled | str | None:
        return told.figures.get(of_flat(place))

    found = [_fated(n, tables(n.start)) for n in apply_stated_units(folded, lexer.find(flat, folded))]
    return Prepared(text, flat, folded, language, found, lambda place: of_plain(told.back(of_flat(place))), tables)


def _fated(numeral: Numeral, told: Tabled | str | None) -> Numeral:
    """A number of a table that states nothing, with its fate."""
    return replace(numeral, fate=numeral.fate or told) if isinstance(told, str) else numeral

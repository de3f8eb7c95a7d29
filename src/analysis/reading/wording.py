"""What the labels and titles of tables say, and which of their words are not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import reduce
from itertools import accumulate
from typing import Any

from analysis.codebook import Codebook
from analysis.reading.glyphs import fold
from analysis.reading.mentions import Finder, Mention

# Modifiers that say which measure a figure is; the others, and those of a fate, say that it is no level.
_OF_MEASURES = ("aim", "plan", "completes", "of-aim", "reached", "total", "stock", "cap", "held", "of-which")
_WHEN = ("part", "relative", "last_month", "whole", "moment")
_RESULTS = ("completes", "reached")
_FIGURE = {"zh": "5万人", "en": " 5 people"}  # what some words are only known before
_FIRST = re.compile(r"\A[\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[^\S\n]+[^\W\d_]+)*")


@dataclass(frozen=True)
class Said:
    """What a text says: subjects of the codebook and what of them is counted, when, goals and results.

    `rest` is what nothing of it explains, `fates` what its words say that figures are which are no level.
    `last_month` is December, `whole` a whole year, `moment` any month or quarter. `total` is how it names a total:
    "all" or "part"; `here` whether it names the report's own place; `of_which` whether it names a part of what
    stands before it.
    """

    subjects: tuple[Mention, ...] = ()
    counted: tuple[Mention, ...] = ()
    years: frozenset[str] = frozenset()
    part: bool = False
    relative: bool = False
    last_month: bool = False
    whole: bool = False
    moment: bool = False
    aims: bool = False
    results: bool = False
    total: str = ""
    here: bool = False
    of_which: bool = False
    fates: tuple[str, ...] = ()
    rest: str = ""

    def __or__(self, other: Said) -> Said:
        """What two texts say together."""
        return Said(**{f.name: _both(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)})

    @property
    def facets(self) -> frozenset[str]:
        """What of a subject is counted."""
        return frozenset(m.name for m in self.counted)

    @property
    def timed(self) -> bool:
        """Whether it says when, and nothing of what."""
        return bool(self.years or self.part or self.relative or self.last_month) and not (
            self.subjects or self.facets or self.aims or self.rest
        )

    @property
    def known(self) -> bool:
        """Whether what it names is understood, or there is nothing to understand: 上年同期 is not last year."""
        named = self.subjects or self.facets or self.total or self.here or self.aims or self.results
        return bool(named or not self.rest)


class Wording:
    """What some texts say, in the words of a language and for a report of a level."""

    def __init__(self, texts: Iterable[str], codebook: Codebook, language: str, level: str):
        self._codebook, self._language = codebook, language
        self._cue = codebook.cues[language]
        self._level = level
        self._stated = (
            {i.about for i in codebook.indicators.values()} | codebook.members.keys() | codebook.meanings.keys()
        )
        self._texts = list(dict.fromkeys(texts))
        self._at = {text: i for i, text in enumerate(self._texts)}
        self._folded = [fold(text) for text in self._texts]
        told = [text + _FIGURE[language] + "\n" for text in self._folded]
        *starts, end = accumulate(map(len, told), initial=0)
        self._starts = starts
        self._finder = Finder("".join(told), starts, end, codebook, language)
        self._known: dict[str, Said] = {}

    def of(self, text: str) -> Said:
        """What a text says."""
        if text not in self._known:
            self._known[text] = self._read(text)
        return self._known[text]

    def _read(self, text: str) -> Said:
        """What a text says, found word by word."""
        i = self._at[text]
        folded = self._folded[i]
        subjects, facets, modifiers = (
            self._own(i, found)
            for found in (self._finder.subjects(i), self._finder.facets(i), self._finder.modifiers(i))
        )
        counted = tuple(m for m in facets if m.mark != "not")
        ruled = [m for m in modifiers if self._fate(m) and not any(_holds(s, m) for s in subjects)]
        explained = [*counted, *self._explaining([*subjects, *modifiers])]
        names = {m.name for m in modifiers}
        return Said(
            subjects,
            counted,
            frozenset(re.findall(r"\d{4}", " ".join(self._cue["table_year"].findall(folded)))),
            aims=self._has("table_goal", folded),
            results=bool(names & set(_RESULTS)) or self._has("table_result", folded),
            total=self._total(folded.strip()),
            here=self._has(self._level, folded),
            of_which="of-which" in names,
            fates=tuple(map(self._fate, ruled)),
            rest=self._rest(folded, explained, ruled),
            **{name: self._has(f"table_{name}", folded) for name in _WHEN},
        )

    def _explaining(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Those that are of indicators, or say which measure a figure is."""
        return [m for m in mentions if m.name in self._stated or m.name in _OF_MEASURES]

    def _has(self, cue: str, folded: str) -> bool:
        return bool(self._cue[cue].search(folded))

    def _own(self, i: int, found: Iterable[Mention]) -> tuple[Mention, ...]:
        """Mentions of a text by their places in it."""
        low, end = self._starts[i], self._starts[i] + len(self._folded[i])
        return tuple(m._replace(start=m.start - low, end=m.end - low) for m in found if m.end <= end + 1)

    def _total(self, folded: str) -> str:
        kinds = {"all": "table_total", "part": "table_subtotal"}
        return next((kind for kind, name in kinds.items() if self._cue[name].fullmatch(folded)), "")

    def _rest(self, folded: str, explained: Iterable[Mention], ruled: Iterable[Mention]) -> str:
        """The words of a text that are neither explained nor idle; those `ruled` out are among them."""
        kept = list(folded)
        for m in explained:
            kept[m.start : m.end] = "\n" * (m.end - m.start)
        for m in ruled:
            kept[m.start : m.end] = folded[m.start : m.end]
        left = self._cue["aside"].sub(
            lambda m: m[0] if self._cue["table_without"].search(m[0]) else "\n", "".join(kept)
        )
        for name in ("table_year", "table_part", "table_relative", "table_last_month", self._level):
            left = self._cue[name].sub("\n", left)
        begins = len(left) - len(_FIRST.sub("", left, count=1))
        places = (self._cue[f"table_{self._level}"].match(left, begins), self._cue["table_spread"].search(left))
        for place in places:
            if place and _WORD.search(folded, place.end()):  # a title's: as a label it is one place of several
                left = left[: place.start()] + "\n" * len(place[0]) + left[place.end() :]
        for name in ("table_total", "table_subtotal", "table_idle", "table_unit"):
            left = self._cue[name].sub("\n", left)
        return " ".join(m[0] for m in _WORD.finditer(left))

    def _fate(self, m: Mention) -> str:
        return self._codebook.modifiers[m.name][self._language].fate


def _holds(whole: Mention, part: Mention) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def together(said: Iterable[Said]) -> Said:
    """What some texts say together."""
    return reduce(Said.__or__, said, Said())


def _both(a: Any, b: Any) -> Any:
    if isinstance(a, str):
        return " ".join(dict.fromkeys(filter(None, (a, b))))
    return a + b if isinstance(a, tuple) else a | b

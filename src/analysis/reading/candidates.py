"""What each number of a sentence may state: the indicators named for it, and where they are named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.codebook import Codebook, Indicator
from analysis.reading.layout import Clauses, Sentence
from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral
from analysis.reading.scope import Scopes

_ALIKE = {
    frozenset(("enterprises", "households")),
    frozenset(("enterprises", "employers")),
    frozenset(("employers", "households")),
    frozenset(("posts", "people")),
    frozenset(("cards", "people")),
    frozenset(("sites", "enterprises")),
    frozenset(("sites", "projects")),
}


@dataclass
class Passage:
    """A text being linked, and what is known of it.

    `by_subject` are the indicators of each subject; `fates` the numerals found to be no figure.
    """

    folded: str
    numerals: Sequence[Numeral]
    language: str
    codebook: Codebook
    by_subject: dict[str, list[Indicator]]
    clauses: Clauses
    scopes: Scopes
    contexts: Callable[[int], frozenset[str]]
    fates: dict[int, str] = field(default_factory=dict)

    def live(self, sentence: Sentence) -> list[int]:
        return [i for i in sentence.numerals if i not in self.fates]


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A mention that a sentence's numbers may be about: its own, or one left by what went before.

    `kind` is own, open (the line's opener), head, or prev1 to prev3 (sentences before); `live` where the sentence it
    stands in has numbers, `last` where it is that sentence's last.
    """

    mention: Mention
    kind: str = "own"
    live: bool = True
    last: bool = False
    far: bool = False  # in another line


class Fit(NamedTuple):
    """An indicator that a number may be of, and which of its `roles` it may have.

    `how` says how the number's unit fits: same, bare, near or rate (a rate of completion alone).
    """

    indicator: Indicator
    how: str
    roles: tuple[str, ...]


class Link(NamedTuple):
    """An indicator that a number may be of, by a mention; None for a subject that has no indicator."""

    indicator: Indicator | None
    source: Antecedent


def rate_like(numeral: Numeral) -> bool:
    """Whether a number may be a percentage."""
    if numeral.unit:
        return numeral.unit in ("percent", "permille")
    return not numeral.scale and "," not in numeral.glyphs and len(numeral.glyphs.strip()) <= 7


def unit_fit(numeral: Numeral, unit: str) -> str:
    """How a number's own words fit a unit: same, near, bare (no unit said) or not at all."""
    if unit == "percent":
        return (
            "same"
            if numeral.unit in ("percent", "permille")
            else ("bare" if rate_like(numeral) and not numeral.unit else "")
        )
    if numeral.unit in ("percent", "permille", "points"):
        return ""
    if numeral.unit == unit:
        return "same"
    if unit == "yuan":
        return "bare" if not numeral.unit and numeral.scale >= 6 else ""
    if not numeral.unit:
        return "bare"
    general = numeral.unit == "projects" and numeral.printed.endswith("个")
    return "near" if general or frozenset((unit, numeral.unit)) in _ALIKE else ""


def fits(passage: Passage, sentence: Sentence, numeral: Numeral, name: str) -> list[Fit]:
    """The indicators that a subject names and a number may be of."""
    out = []
    for indicator in passage.by_subject.get(name, ()):
        if indicator.context and indicator.context not in passage.contexts(sentence.start):
            continue
        how = unit_fit(numeral, indicator.unit)
        if not how and "completion" in indicator.measures and rate_like(numeral):
            how = "rate"
        if how:
            out.append(Fit(indicator, how, tuple(_roles(indicator, how, numeral))))
    return out


def _roles(indicator: Indicator, fit: str, numeral: Numeral) -> Iterator[str]:
    """What of an indicator a number may be."""
    measures = indicator.measures
    if fit != "rate":
        if "outturn" in measures or "cumulative" in measures:
            yield "outturn"
        yield from (m for m in ("target", "ceiling") if m in measures)
    if "completion" in measures and rate_like(numeral):
        yield "completion"

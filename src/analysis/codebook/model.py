"""What the codebook holds, once read."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from analysis.codebook.phrases import Phrase
from analysis.codebook.status import Measure
from analysis.system import project

LANGUAGES = ("en", "zh")
MEASURES = tuple(measure.value for measure in Measure)
SECTIONS = ("pilot", "employment", "insurance", "relations", "reconstruction")
UNITS = (
    "people",
    "households",
    "yuan",
    "percent",
    "enterprises",
    "employers",
    "contracts",
    "cases",
    "projects",
    "posts",
    "events",
    "sites",
)
LEVELS = project.LEVELS
KINDS = tuple(project.KINDS)
_SUM = re.compile(r"([\w.]+) == ([\w.]+(?: \+ [\w.]+)+)")


Span = tuple[float, float]
ALWAYS = (0, 9999)
# People are insured where they are registered. Of the cities of Sichuan that people leave, Nanchong had
# 6.9 million people in 1992 and 5.6 million in 2020 (`data/places.csv`); half as many again is out of reach.
REGISTERED = 1.5


@dataclass(frozen=True)
class Words:
    """Phrases of one subject, facet, context or modifier.

    `only` is the kind of report they hold for, `fate` what a number becomes that states nothing where
    the modifier speaks of it.
    """

    name: str
    patterns: tuple[Phrase, ...] = ()
    barred: tuple[Phrase, ...] = ()
    only: str = ""
    fate: str = ""


@dataclass(frozen=True)
class Indicator:
    """One thing a report may state; unit is people, households, yuan, percent, …

    `stata` is its name as a variable: letters, digits and `_`, 24 at most, so that a measure and a
    bound or a status can be put behind it in the 32 that Stata allows.
    `about` is its subject, `others` more subjects whose words name it; `years` the first and the
    last year reviewed in which there is such a thing, 0 and 9999 where it has no end. `untried` is
    one whose reading no real text has measured yet: words alone give it no strong status.
    """

    id: str
    section: str
    unit: str
    stata: str
    en: str
    zh: str
    measures: tuple[str, ...]
    about: str = ""
    facet: str = ""
    context: str = ""
    typical: Mapping[str, Span] = field(default_factory=dict, repr=False, compare=False)
    years: tuple[int, int] = ALWAYS
    others: tuple[str, ...] = ()
    untried: bool = False

    def typical_at(self, level: str, people: int | None = None) -> Span | None:
        """Between what a year's figure of such a place lies; None where nothing is known.

        `level` is nation, province, city or county; of `people` living there, where that is known,
        no scheme insures more than are registered there.
        """
        span = self.typical.get(level)
        if people is None or not self.id.startswith("insured."):
            return span
        low, high = span or (0.0, math.inf)
        return low, min(high, REGISTERED * people)


@dataclass(frozen=True)
class Definition:
    """What something counts, in both languages, and `by` whom it is so defined, by language."""

    en: str
    zh: str
    by: tuple[Mapping[str, str], ...]


@dataclass(frozen=True)
class Rule:
    """An edit rule as written, why in English and Chinese; `optional` terms may be absent.

    `years` are the first and the last year it holds for, `gaps` those between in which it does not;
    `levels` the kinds of place it holds for, all where none is named; `terms` the indicators it
    compares, none for `each`.
    """

    id: str
    rule: str
    kind: str
    why: str
    why_zh: str
    optional: tuple[str, ...] = ()
    years: tuple[int, int] = ALWAYS
    terms: frozenset[str] = frozenset()
    gaps: tuple[int, ...] = ()
    levels: tuple[str, ...] = ()

    def holds_for(self, year: int, level: str) -> bool:
        """Whether it is a rule for the figures of such a place in a year."""
        of_level = not self.levels or level in self.levels
        return of_level and self.years[0] <= year <= self.years[1] and year not in self.gaps


@dataclass(frozen=True)
class Meaning:
    """The subjects that a subject's words stand for, with the first and last year reviewed in which they do.

    Where the text names the subject `beside` too, the words stand for their own subject in all years.
    """

    means: dict[str, tuple[int, int]]
    beside: str = ""


@dataclass(frozen=True)
class Codebook:
    """All of it: `subjects`, `facets`, `contexts` by name and language, `cues` by language.

    `meanings` are the subjects whose words mean another subject in some years, with that subject
    and the years; `members` the words for members, with the part they name of each scheme;
    `totals` what is said for the sum of some subjects.
    """

    indicators: dict[str, Indicator]
    subjects: dict[str, dict[str, Words]] = field(repr=False)
    facets: dict[str, dict[str, Words]] = field(repr=False)
    contexts: dict[str, dict[str, Words]] = field(repr=False)
    rules: dict[str, Rule] = field(repr=False)
    series: dict[str, dict[int, float]] = field(repr=False)
    damage: dict[str, float] = field(repr=False)
    says: dict[str, Mapping[str, str]] = field(repr=False)
    cues: dict[str, dict[str, re.Pattern[str]]] = field(repr=False)
    modifiers: dict[str, dict[str, Words]] = field(repr=False)
    plans: dict[str, int] = field(repr=False)
    meanings: dict[str, Meaning] = field(repr=False, default_factory=dict)
    members: dict[str, dict[str, str]] = field(repr=False, default_factory=dict)
    totals: dict[frozenset[str], Mapping[str, str]] = field(repr=False, default_factory=dict)
    definitions: dict[str, Definition] = field(repr=False, default_factory=dict)

    def definition(self, indicator: str) -> tuple[Definition, ...]:
        """What an indicator counts: its own definition, else those of its kind and of its scheme."""
        if indicator in self.definitions:
            return (self.definitions[indicator],)
        halves = indicator.split(".")
        return tuple(self.definitions[half] for half in halves if half in self.definitions)

    def in_year(self, year: int, text: str = "", language: str = "zh") -> list[Indicator]:
        """What a report that reviews `year` may state, once for each subject that then names it.

        Bare "basic pension" names the urban workers' scheme in one year and all schemes in
        another: an indicator named by several subjects comes once with each as its `about`.
        What stands beside such words is looked for in `text`, folded.
        """
        literal = {name for name, m in self.meanings.items() if m.beside and self._names(m.beside, text, language)}
        named: dict[tuple[str, str], Indicator] = {}
        for indicator in self.indicators.values():
            if indicator.years[0] <= year <= indicator.years[1]:
                for about in self._naming(indicator, year, literal):
                    same = about == indicator.about
                    named[indicator.id, about] = indicator if same else replace(indicator, about=about)
        return list(named.values())

    def _names(self, subject: str, text: str, language: str) -> bool:
        return any(pattern[1].search(text) for pattern in self.subjects[subject][language].patterns)

    def _naming(self, indicator: Indicator, year: int, literal: Collection[str]) -> Iterator[str]:
        for about in (indicator.about, *indicator.others):
            if about not in self.meanings or about in literal:
                yield about
            for subject, meaning in self.meanings.items():
                first, last = meaning.means.get(about, (1, 0))
                if first <= year <= last and subject not in literal:
                    yield subject

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """The indicators that a hard rule makes the sum of others, with the summands of the first."""
        out: dict[str, list[str]] = {}
        for rule in self.rules.values():
            if rule.kind == "hard" and (match := _SUM.fullmatch(rule.rule)):
                out.setdefault(match[1], match[2].split(" + "))
        return out

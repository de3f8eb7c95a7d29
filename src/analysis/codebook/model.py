"""What the codebook holds, once read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from analysis.codebook.phrases import Phrase
from analysis.status import Measure

LANGUAGES = ("en", "zh")
MEASURES = tuple(measure.value for measure in Measure)
SECTIONS = ("pilot", "employment", "insurance", "relations", "reconstruction")
UNITS = (
    "people", "households", "yuan", "percent", "enterprises", "employers", "contracts", "cases", "projects",
)  # fmt: skip
KINDS = ("bureau-report", "government-report", "communique")
_SUM = re.compile(r"([\w.]+) == ([\w.]+(?: \+ [\w.]+)+)")


@dataclass(frozen=True)
class Words:
    """Phrases of one subject, facet or context; `only` the kind of report they hold for."""

    name: str
    patterns: tuple[Phrase, ...] = ()
    barred: tuple[Phrase, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class Indicator:
    """One thing a report may state; unit is people, households, yuan, percent, …"""

    id: str
    section: str
    unit: str
    en: str
    zh: str
    measures: tuple[str, ...]
    about: str = ""
    facet: str = ""
    context: str = ""
    typical: tuple[float, float] | None = None


@dataclass(frozen=True)
class Rule:
    """An edit rule as written, why in English and Chinese; `optional` terms may be absent."""

    id: str
    rule: str
    kind: str
    why: str
    why_zh: str
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Codebook:
    """All of it: `subjects`, `facets`, `contexts` by name and language, `cues` by language."""

    indicators: dict[str, Indicator]
    subjects: dict[str, dict[str, Words]] = field(repr=False)
    facets: dict[str, dict[str, Words]] = field(repr=False)
    contexts: dict[str, dict[str, Words]] = field(repr=False)
    rules: dict[str, Rule] = field(repr=False)
    series: dict[str, dict[int, float]] = field(repr=False)
    damage: dict[str, float] = field(repr=False)
    says: dict[str, Mapping[str, str]] = field(repr=False)
    cues: dict[str, dict[str, re.Pattern[str]]] = field(repr=False)
    plans: dict[str, int] = field(repr=False)

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """The indicators that a hard rule makes the sum of others, each with its summands."""
        sums = (_SUM.fullmatch(r.rule) for r in self.rules.values() if r.kind == "hard")
        return {m[1]: m[2].split(" + ") for m in sums if m}

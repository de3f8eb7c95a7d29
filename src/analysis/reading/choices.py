"""The candidates of a number with their weights, and what was chosen among them."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, field

from analysis.codebook import Indicator
from analysis.reading import features
from analysis.reading.candidates import Link, links, roles
from analysis.reading.scenery import Scenery
from analysis.reading.weights import ROLES, Weights

Key = tuple[str, str]  # indicator and role; ("", "none") where nothing is stated
_NOTHING: Key = ("", "none")


def key_of(role: str, link: Link | None) -> Key:
    """What a candidate states."""
    return (link.indicator.id, role) if link and link.indicator and role != "none" else _NOTHING


@dataclass(frozen=True, slots=True)
class Choice:
    """Number `at` of a sentence taken as `role` of the link's indicator; no link: as nothing.

    `odds` holds the logit of each key that was open to the number.
    """

    at: int
    role: str
    link: Link | None
    odds: Mapping[Key, float] = field(default_factory=dict, hash=False, compare=False)
    fit: float = 0.0  # what a division that it takes part in adds to them

    @property
    def indicator(self) -> Indicator | None:
        return self.link.indicator if self.link and self.role != "none" else None

    @property
    def key(self) -> Key:
        return key_of(self.role, self.link)

    @property
    def subject(self) -> str:
        """The subject that names what is stated."""
        return self.link.source.mention.name if self.link else ""

    @property
    def margin(self) -> float:
        """ln of the odds that this is what the number states.

        A division that fits speaks for the search, not here: any result, base and rate fit one.
        """
        rest = [v for k, v in self.odds.items() if k != self.key]
        if not rest or self.key not in self.odds:
            return math.inf
        return self.odds[self.key] - logsum(rest)

    @property
    def next_best(self) -> Key | None:
        others = {k: v for k, v in self.odds.items() if k != self.key}
        return max(others, key=lambda k: (others[k], k)) if others else None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a number may state, with the features of its link and what it weighs so far."""

    role: str
    link: Link | None
    features: tuple[str, ...]
    weight: float = 0.0

    @property
    def key(self) -> Key:
        return key_of(self.role, self.link)


@dataclass(frozen=True)
class Before:
    """What a text has stated so far: of the sentence before, and of each year and place.

    `subject` is the one its last figure was of.
    """

    last: Mapping[str, frozenset[str]] = field(default_factory=dict)
    said: Set[tuple[str, str, str]] = frozenset()
    subject: str = ""


def candidates(scene: Scenery, at: int, weights: Weights) -> tuple[list[str], list[Candidate]]:
    """Features of number `at` by itself, and all it may state."""
    numeral = scene.numerals[at]
    own = features.of_number(scene, at)
    by_role = dict(zip(ROLES, weights.of_roles(own), strict=True))
    out = [Candidate("none", None, (), by_role["none"])]
    for link in links(scene.passage, scene.sentence, numeral, scene.sources_of(at)):
        told = tuple(features.of_link(scene, at, link))
        weight = weights.of_link(told)
        if link.indicator is None:
            out.append(Candidate("none", link, told, weight + by_role["none"]))
        for role in roles(link, numeral):
            out.append(Candidate(role, link, told, weight + by_role[role]))
    return own, out


def logsum(weights: Collection[float]) -> float:
    """ln of the sum of the odds that are given as logarithms."""
    top = max(weights)
    return top + math.log(sum(math.exp(w - top) for w in weights))

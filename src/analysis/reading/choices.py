"""The candidates of a number with their weights, and what was chosen among them."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from analysis.codebook import Indicator
from analysis.reading import features
from analysis.reading.candidates import Fit, Link, fits
from analysis.reading.features import Features
from analysis.reading.scenery import Scenery
from analysis.reading.weights import ROLES, Weights

Key = tuple[str, str]  # indicator and role; ("", "none") where nothing is stated
NOTHING: Key = ("", "none")


class Candidate(NamedTuple):
    """One thing a number may state, with the features of its link and what it weighs so far."""

    role: str
    link: Link | None
    told: tuple[Features, ...] = ()
    weight: float = 0.0
    key: Key = NOTHING

    @property
    def features(self) -> Iterator[str]:
        return chain.from_iterable(self.told)

    @property
    def indicator(self) -> Indicator | None:
        return self.link.indicator if self.link and self.role != "none" else None


class Choice(NamedTuple):
    """A candidate taken for number `at` of a sentence; `own` are the features of the number.

    `odds` holds the logit of each key that was open to the number.
    """

    at: int
    taken: Candidate
    own: Sequence[str] = ()
    odds: Mapping[Key, float] = MappingProxyType({})
    fit: float = 0.0  # what a division that it takes part in adds to them

    @property
    def role(self) -> str:
        return self.taken.role

    @property
    def link(self) -> Link | None:
        return self.taken.link

    @property
    def indicator(self) -> Indicator | None:
        return self.taken.indicator

    @property
    def key(self) -> Key:
        return self.taken.key

    def fitting(self, gain: float) -> Choice:
        """The same choice as part of a division that fits."""
        return Choice(self.at, self.taken, self.own, self.odds, gain)

    @property
    def subject(self) -> str:
        """The subject that names what is stated."""
        return self.taken.link.source.mention.name if self.taken.link else ""

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
    own = features.of_number(scene, at)
    by_role = dict(zip(ROLES, weights.of_roles(own), strict=True))
    out = [Candidate("none", None, (), by_role["none"])]
    for link, fit, told in _links(scene, at):
        weight = sum(map(weights.of_link, told))
        if fit is None:
            out.append(Candidate("none", link, told, weight + by_role["none"]))
            continue
        for role in fit.roles:
            key = (fit.indicator.id, role)
            out.append(Candidate(role, link, told, weight + by_role[role], key))
    return own, out


def _links(scene: Scenery, at: int) -> Iterator[tuple[Link, Fit | None, tuple[Features, ...]]]:
    """The indicators that a number may be of, with the features of each."""
    passage, numeral = scene.passage, scene.numerals[at]
    counted: dict[tuple[str, str], Features] = {}
    known: dict[str, list[Fit]] = {}
    for source in scene.sources_of(at):
        mention = source.mention
        if mention.start == numeral.start:  # a group named by a number
            continue
        placed = features.of_source(scene, at, source)
        if mention.name not in known:
            known[mention.name] = fits(passage, scene.sentence, numeral, mention.name)
        if source.kind == "own" and not passage.by_subject.get(mention.name):
            yield Link(None, source), None, (features.aside(placed),)
        listed = features.in_list(scene, at, mention) if known[mention.name] else ()
        for fit in known[mention.name]:
            indicator, facet = fit.indicator, (fit.indicator.facet, fit.how)
            if facet not in counted:
                counted[facet] = features.counted(scene, at, *facet)
            named = features.of_indicator(numeral, indicator, fit.how, mention)
            inside = features.within(scene, indicator.facet, mention)
            yield Link(indicator, source), fit, (placed, named, counted[facet], inside, listed)


def logsum(weights: Collection[float]) -> float:
    """ln of the sum of the odds that are given as logarithms."""
    top = max(weights)
    if len(weights) == 1:
        return top
    return top + math.log(sum([math.exp(w - top) for w in weights]))

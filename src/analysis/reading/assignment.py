"""A sentence's statements chosen together: which number states what, and how surely.

Numbers are decided from left to right; what is stated so far is part of what speaks for the next
(a target behind a result, a list in the order of the one before, a division that fits). The best
few ways are kept at each step (beam search).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest

from analysis.codebook import Codebook, Indicator
from analysis.reading import features
from analysis.reading.candidates import Link, links, roles
from analysis.reading.numerals import Numeral
from analysis.reading.readings import readings
from analysis.reading.scenery import Scenery
from analysis.reading.weights import ROLES, Weights

BEAM = 4
_KEPT = 8  # candidates of a number that are weighed in the light of those before
_RECENT = 12  # statements of a sentence that still speak for the next

_CHANCE = 5.5  # ln of the odds against a division of printed numbers fitting by chance

_HOPELESS = 9.0  # what is worth so much less than all else together is not followed

Key = tuple[str, str]  # indicator and role; ("", "none") where nothing is stated
_NOTHING: Key = ("", "none")


def key_of(role: str, link: Link | None) -> Key:
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
    def margin(self) -> float:
        """ln of the odds that this is what the number states."""
        rest = [v for k, v in self.odds.items() if k != self.key]
        if not rest or self.key not in self.odds:
            return math.inf
        return self.odds[self.key] - _logsum(rest) + self.fit

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
    """What a text has stated so far: of the sentence before, and of each year and place."""

    last: Mapping[str, frozenset[str]] = field(default_factory=dict)
    said: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Way:
    weight: float
    choices: tuple[Choice, ...]
    recent: tuple[Choice, ...]


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


def assign(scene: Scenery, before: Before, weights: Weights) -> list[Choice]:
    """What each live number of a sentence states, or that it states nothing."""
    ways = [_Way(0.0, (), ())]
    for at in range(len(scene.numerals)):
        _, options = candidates(scene, at, weights)
        options = nlargest(_KEPT, options, key=lambda c: c.weight)
        longer = [new for way in ways for new in _longer(scene, at, way, options, before, weights)]
        ways = nlargest(BEAM, longer, key=lambda w: w.weight)
    return list(ways[0].choices)


def _longer(
    scene: Scenery,
    at: int,
    way: _Way,
    options: Sequence[Candidate],
    before: Before,
    weights: Weights,
) -> Iterator[_Way]:
    """A way with each thing that the next number may state."""
    groups: dict[Key, list[tuple[float, Candidate]]] = {}
    for candidate in options:
        history = of_history(scene, at, candidate, way.recent, before)
        weight = candidate.weight + weights.of_link(history)
        groups.setdefault(candidate.key, []).append((weight, candidate))
    odds = {key: _logsum([w for w, _ in group]) for key, group in groups.items()}
    total = _logsum(odds.values())
    for key, logit in odds.items():
        if logit < total - _HOPELESS:
            continue
        candidate = max(groups[key], key=lambda g: g[0])[1]
        choice = Choice(at, candidate.role, candidate.link, odds)
        weight = way.weight + logit - total
        if choice.indicator is None:
            yield _Way(weight, (*way.choices, choice), way.recent)
        else:
            yield _stated(scene, way, choice, weight)


def _stated(scene: Scenery, way: _Way, choice: Choice, weight: float) -> _Way:
    """A way with one more statement; a division that now fits speaks for all three of its figures."""
    assert choice.indicator is not None
    held = _held(scene, choice.at, choice.indicator, way.recent)
    damage = _division(scene, choice.at, choice.role, held, choice.indicator)
    choices = way.choices
    if 0 <= damage < _CHANCE:
        gain = _CHANCE - damage
        part = {c.at for c in held.values()}
        choices = tuple(replace(c, fit=gain) if c.at in part else c for c in choices)
        choice, weight = replace(choice, fit=gain), weight + gain
    return _Way(weight, (*choices, choice), (*way.recent, choice)[-_RECENT:])


def _logsum(weights: Collection[float]) -> float:
    top = max(weights)
    return top + math.log(sum(math.exp(w - top) for w in weights))


# ---------------------------------------------------------------- what was stated before


def of_history(
    scene: Scenery, at: int, candidate: Candidate, recent: Sequence[Choice], before: Before
) -> list[str]:
    """Features of a candidate in the light of what the sentence has stated so far."""
    role, last = candidate.role, recent[-1] if recent else None
    indicator = candidate.link.indicator if candidate.link else None
    adjacent = last is not None and at - last.at == 1
    if indicator is None or role == "none":
        return [f"h/{last.role if last else '-'}/none/{adjacent:d}"]
    rate = "%" if indicator.unit == "percent" else ""
    out = [f"kind/{role}{rate}/plan{scene.planned(at):d}/{scene.numerals[at].bound}"]
    if last is None:
        out.append(f"h/first/{role}{rate}")
    else:
        whose = "same" if last.key[0] == indicator.id else "other"
        out.append(f"h/{last.role}/{whose}/{role}{rate}/{adjacent:d}")
    held = _held(scene, at, indicator, recent)
    out.append(f"has/{'+'.join(sorted(held))}/{role}{rate}")
    if role in held:
        out.append(f"dup/{role}{rate}")
    damage = _division(scene, at, role, held, indicator) if len(held) > 1 else -1.0
    if damage >= 0:
        told = "printed" if not damage else "repaired" if damage < _CHANCE else "no"
        out.append(f"division/{told}/{role}")
    if (partner := scene.partner(at)) is not None:
        known = next((c for c in recent if c.at == partner), None)
        if known is not None:
            out.append(f"list/order/{known.key[0] == indicator.id:d}/{role}")
    if indicator.id in before.last:
        out.append(f"prev/{'+'.join(sorted(before.last[indicator.id]))}/{role}{rate}")
    if (indicator.id, role, scene.stretch(at)) in before.said:
        out.append(f"again/{role}{rate}")
    return out


def _held(
    scene: Scenery, at: int, indicator: Indicator, recent: Sequence[Choice]
) -> dict[str, Choice]:
    """What the sentence has stated of an indicator, for the years and place of number `at`."""
    same = (c for c in recent if c.key[0] == indicator.id)
    return {c.role: c for c in same if scene.stretch(c.at) == scene.stretch(at)}


def _division(
    scene: Scenery, at: int, role: str, held: Mapping[str, Choice], indicator: Indicator
) -> float:
    """The damage to assume for result / target = rate to hold with this number as the third of them.

    Infinite where none makes it hold, below 0 where the three are not all stated.
    """
    parts = {name: c.at for name, c in held.items()} | {role: at}
    if not {"outturn", "target", "completion"} <= set(parts) or indicator.unit == "percent":
        return -1.0
    result, target, rate = (
        scene.numerals[parts[name]] for name in ("outturn", "target", "completion")
    )
    return damage_of(result, target, rate, indicator.unit, scene.passage.codebook)


def damage_of(
    result: Numeral, target: Numeral, rate: Numeral, unit: str, codebook: Codebook
) -> float:
    """The least cost of readings with which result / target = rate holds within its rounding."""
    best = math.inf
    rates = readings(rate, "percent", codebook)[:4]
    for r in readings(result, unit, codebook)[:6]:
        for t in readings(target, unit, codebook)[:6]:
            if r.cost + t.cost >= best or not t.low > 0 or r.interval or t.interval:
                continue
            low, high = r.low * 100 / t.high, r.high * 100 / t.low
            agree = [c.cost for c in rates if c.low <= high and low <= c.high]
            best = min([best, *(r.cost + t.cost + c for c in agree)])
    return best

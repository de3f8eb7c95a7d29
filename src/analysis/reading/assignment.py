"""A sentence's statements chosen together: which number states what, and how surely.

Numbers are decided from left to right; what is stated so far is part of what speaks for the next
(a target behind a result, a list in the order of the one before, a division that fits). The best
few ways are kept at each step (beam search).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple, TypeVar

from analysis.reading.choices import Before, Candidate, Choice, Key, candidates, logsum
from analysis.reading.history import CHANCE, Past, division, told_by
from analysis.reading.scenery import Scenery
from analysis.reading.weights import Weights

BEAM = 4
_KEPT = 8  # candidates of a number that are weighed in the light of those before
_RECENT = 12  # statements of a sentence that still speak for the next
_HOPELESS = 9.0  # what is worth so much less than all else together is not followed
_W = TypeVar("_W", Candidate, "_Step")


class _Way(NamedTuple):
    """What the numbers so far state (`choices`, one each), the last that state something, its weight."""

    weight: float
    choices: tuple[Choice, ...]
    recent: tuple[Choice, ...]


class _Step(NamedTuple):
    """A way with one number more; `gain` is what a division that now fits adds to its `parts`."""

    weight: float
    way: _Way
    choice: Choice
    gain: float = 0.0
    parts: tuple[int, ...] = ()

    def taken(self) -> _Way:
        choices = [*self.way.choices, self.choice]
        for at in self.parts:  # the division speaks for all three of its figures
            choices[at] = choices[at].fitting(self.gain)
        if self.choice.indicator is None:
            return _Way(self.weight, tuple(choices), self.way.recent)
        recent = (*self.way.recent, choices[-1])[-_RECENT:]
        return _Way(self.weight, tuple(choices), recent)


@dataclass(frozen=True, slots=True)
class _Draw:
    """A number to decide on: its features, and the best of what it may state, by key.

    Beside each candidate stands what its history hangs on.
    """

    scene: Scenery
    at: int
    own: Sequence[str]
    options: Mapping[Key, Sequence[tuple[Candidate, Hashable]]]


def assign(scene: Scenery, before: Before, weights: Weights) -> list[Choice]:
    """What each live number of a sentence states, or that it states nothing."""
    ways = [_Way(0.0, (), ())]
    for at in range(len(scene.numerals)):
        draw = _draw(scene, at, before, weights)
        steps = [step for way in ways for step in _steps(draw, way, before, weights)]
        ways = [step.taken() for step in _best(steps, BEAM)]
    return list(ways[0].choices)


def _draw(scene: Scenery, at: int, before: Before, weights: Weights) -> _Draw:
    own, found = candidates(scene, at, weights)
    options: dict[Key, list[tuple[Candidate, Hashable]]] = {}
    for candidate in _best(found, _KEPT):
        options.setdefault(candidate.key, []).append((candidate, told_by(candidate, before)))
    return _Draw(scene, at, own, options)


def _best(of: Iterable[_W], count: int) -> list[_W]:
    return sorted(of, key=attrgetter("weight"), reverse=True)[:count]


def _steps(draw: _Draw, way: _Way, before: Before, weights: Weights) -> Iterator[_Step]:
    """A way with each thing that the next number may state."""
    past = Past(draw.scene, draw.at, way.recent, before)
    known: dict[Hashable, float] = {}
    odds: dict[Key, float] = {}
    best: dict[Key, Candidate] = {}
    for key, group in draw.options.items():
        weighed = []
        for candidate, told in group:
            if told not in known:
                known[told] = weights.of_link(past.told_by(candidate))
            weighed.append(candidate.weight + known[told])
        odds[key] = logsum(weighed)
        best[key] = group[weighed.index(max(weighed))][0]
    total = logsum(odds.values())
    for key, logit in odds.items():
        if logit < total - _HOPELESS:
            continue
        choice = Choice(draw.at, best[key], draw.own, odds)
        yield _step(past, way, choice, way.weight + logit - total)


def _step(past: Past, way: _Way, choice: Choice, weight: float) -> _Step:
    """A step of a weight; a division that now fits adds to it."""
    indicator = choice.indicator
    if indicator is None:
        return _Step(weight, way, choice)
    held = past.held.get(indicator.id, {})
    damage = division(past.scene, past.at, choice.role, held, indicator)
    if not 0 <= damage < CHANCE:
        return _Step(weight, way, choice)
    gain = CHANCE - damage
    parts = {choice.at, *(c.at for c in held.values())}
    return _Step(weight + gain, way, choice, gain, tuple(parts))

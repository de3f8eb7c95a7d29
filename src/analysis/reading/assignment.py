"""A sentence's statements chosen together: which number states what, and how surely.

Numbers are decided from left to right; what is stated so far is part of what speaks for the next
(a target behind a result, a list in the order of the one before, a division that fits). The best
few ways are kept at each step (beam search).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import attrgetter, itemgetter
from typing import NamedTuple

from analysis.reading.choices import Before, Candidate, Choice, Key, candidates, logsum
from analysis.reading.history import CHANCE, division, held_of, of_history, told_by
from analysis.reading.scenery import Scenery
from analysis.reading.weights import Weights

BEAM = 4
_KEPT = 8  # candidates of a number that are weighed in the light of those before
_RECENT = 12  # statements of a sentence that still speak for the next
_HOPELESS = 9.0  # what is worth so much less than all else together is not followed


class _Way(NamedTuple):
    weight: float
    choices: tuple[Choice, ...]
    recent: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class _Draw:
    """A number to decide on: its features, and the best of what it may state."""

    scene: Scenery
    at: int
    own: Sequence[str]
    options: Sequence[Candidate]


def assign(scene: Scenery, before: Before, weights: Weights) -> list[Choice]:
    """What each live number of a sentence states, or that it states nothing."""
    ways = [_Way(0.0, (), ())]
    for at in range(len(scene.numerals)):
        own, options = candidates(scene, at, weights)
        draw = _Draw(scene, at, own, nlargest(_KEPT, options, key=attrgetter("weight")))
        longer = [new for way in ways for new in _longer(draw, way, before, weights)]
        ways = nlargest(BEAM, longer, key=lambda w: w.weight)
    return list(ways[0].choices)


def _longer(draw: _Draw, way: _Way, before: Before, weights: Weights) -> Iterator[_Way]:
    """A way with each thing that the next number may state."""
    groups: dict[Key, list[tuple[float, Candidate]]] = {}
    known: dict[Hashable, float] = {}
    for candidate in draw.options:
        told = told_by(candidate, before)
        if told not in known:
            history = of_history(draw.scene, draw.at, candidate, way.recent, before)
            known[told] = weights.of_link(history)
        weight = candidate.weight + known[told]
        groups.setdefault(candidate.key, []).append((weight, candidate))
    odds = {key: logsum([w for w, _ in group]) for key, group in groups.items()}
    total = logsum(odds.values())
    for key, logit in odds.items():
        if logit < total - _HOPELESS:
            continue
        candidate = max(groups[key], key=itemgetter(0))[1]
        choice = Choice(draw.at, candidate, draw.own, odds)
        weight = way.weight + logit - total
        if candidate.indicator is None:
            yield _Way(weight, (*way.choices, choice), way.recent)
        else:
            yield _stated(draw.scene, way, choice, weight)


def _stated(scene: Scenery, way: _Way, choice: Choice, weight: float) -> _Way:
    """A way with one more statement; a division that now fits speaks for all three of its figures."""
    assert choice.indicator is not None
    held = held_of(scene, choice.at, choice.indicator, way.recent)
    damage = division(scene, choice.at, choice.role, held, choice.indicator)
    choices = way.choices
    if 0 <= damage < CHANCE:
        gain = CHANCE - damage
        part = {c.at for c in held.values()}
        choices = tuple(c.fitting(gain) if c.at in part else c for c in choices)
        choice, weight = choice.fitting(gain), weight + gain
    return _Way(weight, (*choices, choice), (*way.recent, choice)[-_RECENT:])

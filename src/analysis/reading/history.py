"""Features of what a number may state in the light of what its sentence has stated before it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from itertools import product

from analysis.codebook import Indicator
from analysis.reading.choices import Before, Candidate, Choice
from analysis.reading.features import Features
from analysis.reading.readings import Reading
from analysis.reading.scenery import Scenery

CHANCE = 5.5  # ln of the odds against a division of printed numbers fitting by chance
_ROOM = 1 + 1e-9
_DIVIDED = frozenset(("outturn", "target", "completion"))


class Past:
    """What a sentence has stated before number `at`, and the text before the sentence.

    `held` are the statements of the years and place of the number, by indicator and role.
    """

    def __init__(self, scene: Scenery, at: int, recent: Sequence[Choice], before: Before):
        self.scene, self.at, self.before = scene, at, before
        here, partner = scene.stretch(at), scene.partner(at)
        self.held: dict[str, dict[str, Choice]] = {}
        self._partners = [c.key[0] for c in recent if c.at == partner]
        for c in recent:
            if scene.stretch(c.at) == here:
                self.held.setdefault(c.key[0], {})[c.role] = c
        last = recent[-1] if recent else None
        self._last = (last.role, last.key[0]) if last else ("", "")
        self._adjacent = last is not None and at - last.at == 1
        self._kind = (scene.planned(at), scene.numerals[at].bound)

    def told_by(self, candidate: Candidate) -> Features:
        """Features of a candidate after what was stated."""
        indicator, (last, subject) = candidate.indicator, self._last
        if indicator is None:
            return _none(last, self._adjacent)
        id_, role, rate = indicator.id, candidate.role, indicator.unit == "percent"
        out = _follows(role, rate, *self._kind, last, subject == id_, self._adjacent)
        out += self._beside(role, rate, indicator)
        for other in self._partners:  # a list in the order of the list before it
            out += (f"list/order/{other == id_:d}/{role}",)
        source = candidate.link.source if candidate.link else None
        if source and source.kind != "own":
            out += (f"goes-on/{source.kind}/{source.mention.name == self.before.subject:d}",)
        if id_ in self.before.last:
            stated = "+".join(sorted(self.before.last[id_]))
            out += (f"prev/{stated}/{role}{'%' * rate}",)
        if (id_, role, self.scene.stretch(self.at)) in self.before.said:
            out += (f"again/{role}{'%' * rate}",)
        return out

    def _beside(self, role: str, rate: bool, indicator: Indicator) -> Features:
        """What the sentence has stated of the same indicator."""
        held = self.held.get(indicator.id, {})
        out = _holds(frozenset(held), role, rate)
        damage = division(self.scene, self.at, role, held, indicator)
        if damage >= 0:
            says = "no" if damage >= CHANCE else "repaired" if damage else "printed"
            out += (f"division/{says}/{role}",)
        return out


@cache
def _none(last: str, adjacent: bool) -> Features:
    return (f"h/{last or '-'}/none/{adjacent:d}",)


@cache
def _follows(role: str, rate: bool, plan: bool, bound: str, last: str, same: bool, adjacent: bool) -> Features:
    """Features of a role behind the role stated last."""
    role += "%" * rate
    behind = f"h/{last}/{'same' if same else 'other'}/{role}/{adjacent:d}"
    return f"kind/{role}/plan{plan:d}/{bound}", behind if last else f"h/first/{role}"


@cache
def _holds(held: frozenset[str], role: str, rate: bool) -> Features:
    """Features of a role beside those that are stated of its indicator."""
    has = f"has/{'+'.join(sorted(held))}/{role}{'%' * rate}"
    return (has, f"dup/{role}{'%' * rate}") if role in held else (has,)


def told_by(candidate: Candidate, before: Before) -> Hashable:
    """What of a candidate its history hangs on: those it is the same for have one history."""
    source = candidate.link.source if candidate.link and candidate.indicator else None
    if source is None or source.kind == "own":
        return candidate.key
    return candidate.key, source.kind, source.mention.name == before.subject


def division(scene: Scenery, at: int, role: str, held: Mapping[str, Choice], indicator: Indicator) -> float:
    """The damage to assume for result / target = rate to hold with this number as the third of them.

    Infinite where none makes it hold, below 0 where the three are not all stated.
    """
    if len(held) < 2 or indicator.unit == "percent" or not {role, *held} >= _DIVIDED:
        return -1.0
    parts = {name: c.at for name, c in held.items()} | {role: at}
    three = (parts["outturn"], parts["target"], parts["completion"], indicator.unit)
    if three not in scene.divisions:
        scene.divisions[three] = _damage_of(scene, *three)
    return scene.divisions[three]


def _damage_of(scene: Scenery, result: int, target: int, rate: int, unit: str) -> float:
    """The least cost of readings with which result / target = rate holds within its rounding."""
    best, rates = math.inf, scene.readings(rate, "percent")[:4]
    for r, t in product(scene.readings(result, unit)[:6], scene.readings(target, unit)[:6]):
        if r.cost + t.cost >= best or not t.low > 0 or r.interval or t.interval:
            continue
        agree = [c.cost for c in rates if _near(r, t, c) and _agree(r, t, c)]
        best = min([best, *(r.cost + t.cost + c for c in agree)])
    return best


def _agree(result: Reading, target: Reading, rate: Reading) -> bool:
    """Whether result / target = rate can hold within their rounding."""
    low, high = result.low * 100 / target.high, result.high * 100 / target.low
    return rate.low <= high and low <= rate.high


def _near(result: Reading, target: Reading, rate: Reading) -> bool:
    """The same in binary fractions, quicker and with room for their own rounding."""
    (low, high), (least, most), (from_, to) = result.ends, target.ends, rate.ends
    return from_ * least <= high * 100 * _ROOM and low * 100 <= to * most * _ROOM

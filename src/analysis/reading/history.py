"""Features of what a number may state in the light of what its sentence has stated before it."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import product

from analysis.codebook import Indicator
from analysis.reading.choices import Before, Candidate, Choice
from analysis.reading.scenery import Scenery

CHANCE = 5.5  # ln of the odds against a division of printed numbers fitting by chance
_DIVIDED = frozenset(("outturn", "target", "completion"))


def of_history(
    scene: Scenery, at: int, candidate: Candidate, recent: Sequence[Choice], before: Before
) -> list[str]:
    """Features of a candidate after the statements `recent` of its sentence."""
    indicator, last = candidate.indicator, recent[-1] if recent else None
    adjacent = last is not None and at - last.at == 1
    if indicator is None:
        return [f"h/{last.role if last else '-'}/none/{adjacent:d}"]
    role = candidate.role + "%" * (indicator.unit == "percent")
    out = [f"kind/{role}/plan{scene.planned(at):d}/{scene.numerals[at].bound}"]
    if last is None:
        out.append(f"h/first/{role}")
    else:
        whose = "same" if last.key[0] == indicator.id else "other"
        out.append(f"h/{last.role}/{whose}/{role}/{adjacent:d}")
    out += _beside(scene, at, candidate.role, indicator, recent)
    out += _in_order(scene, at, candidate.role, indicator, recent)
    source = candidate.link.source if candidate.link else None
    if source and source.kind != "own":
        out.append(f"goes-on/{source.kind}/{source.mention.name == before.subject:d}")
    if indicator.id in before.last:
        out.append(f"prev/{'+'.join(sorted(before.last[indicator.id]))}/{role}")
    if (indicator.id, candidate.role, scene.stretch(at)) in before.said:
        out.append(f"again/{role}")
    return out


def told_by(candidate: Candidate, before: Before) -> Hashable:
    """What of a candidate its history hangs on: those it is the same for have one history."""
    source = candidate.link.source if candidate.link and candidate.indicator else None
    if source is None or source.kind == "own":
        return candidate.key
    return candidate.key, source.kind, source.mention.name == before.subject


def _beside(
    scene: Scenery, at: int, role: str, indicator: Indicator, recent: Sequence[Choice]
) -> Iterator[str]:
    """What the sentence has stated of the same indicator."""
    rate = "%" * (indicator.unit == "percent")
    held = held_of(scene, at, indicator, recent)
    yield f"has/{'+'.join(sorted(held))}/{role}{rate}"
    if role in held:
        yield f"dup/{role}{rate}"
    damage = division(scene, at, role, held, indicator) if len(held) > 1 else -1.0
    if damage >= 0:
        yield f"division/{'no' if damage >= CHANCE else 'repaired' if damage else 'printed'}/{role}"


def _in_order(
    scene: Scenery, at: int, role: str, indicator: Indicator, recent: Sequence[Choice]
) -> Iterator[str]:
    """Whether a list goes on in the order of the list before it."""
    partner = scene.partner(at)
    if partner is None:
        return
    for choice in recent:
        if choice.at == partner:
            yield f"list/order/{choice.key[0] == indicator.id:d}/{role}"


def held_of(
    scene: Scenery, at: int, indicator: Indicator, recent: Sequence[Choice]
) -> dict[str, Choice]:
    """What the sentence has stated of an indicator, for the years and place of number `at`."""
    here = scene.stretch(at)
    same = [c for c in recent if c.taken.key[0] == indicator.id]
    return {c.taken.role: c for c in same if scene.stretch(c.at) == here}


def division(
    scene: Scenery, at: int, role: str, held: Mapping[str, Choice], indicator: Indicator
) -> float:
    """The damage to assume for result / target = rate to hold with this number as the third of them.

    Infinite where none makes it hold, below 0 where the three are not all stated.
    """
    parts = {name: c.at for name, c in held.items()} | {role: at}
    if len(parts) < 3 or not parts.keys() >= _DIVIDED or indicator.unit == "percent":
        return -1.0
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
        low, high = r.low * 100 / t.high, r.high * 100 / t.low
        agree = [c.cost for c in rates if c.low <= high and low <= c.high]
        best = min([best, *(r.cost + t.cost + c for c in agree)])
    return best

"""Features of what a number may state in the light of what its sentence has stated before it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from analysis.codebook import Codebook, Indicator
from analysis.reading.choices import Before, Candidate, Choice
from analysis.reading.numerals import Numeral
from analysis.reading.readings import readings
from analysis.reading.scenery import Scenery

CHANCE = 5.5  # ln of the odds against a division of printed numbers fitting by chance


def of_history(
    scene: Scenery, at: int, candidate: Candidate, recent: Sequence[Choice], before: Before
) -> list[str]:
    """Features of a candidate after the statements `recent` of its sentence."""
    indicator = candidate.link.indicator if candidate.link else None
    last = recent[-1] if recent else None
    adjacent = last is not None and at - last.at == 1
    if indicator is None or candidate.role == "none":
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
    for choice in recent:
        if choice.at == partner:
            yield f"list/order/{choice.key[0] == indicator.id:d}/{role}"


def held_of(
    scene: Scenery, at: int, indicator: Indicator, recent: Sequence[Choice]
) -> dict[str, Choice]:
    """What the sentence has stated of an indicator, for the years and place of number `at`."""
    same = (c for c in recent if c.key[0] == indicator.id)
    return {c.role: c for c in same if scene.stretch(c.at) == scene.stretch(at)}


def division(
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

"""Which indicator a number is about: the nearest subject that is counted in its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.codebook import Indicator
from analysis.reading.clauses import Scene, Sentence, between
from analysis.reading.numerals import Numeral

_LOOSE = {
    ("enterprises", "households"): 0.3, ("enterprises", "employers"): 0.2,
    ("employers", "households"): 0.3, ("employers", "enterprises"): 0.2,
    ("households", "enterprises"): 0.3,
}  # fmt: skip
_OF = re.compile(r"\s?(?:of|in|as|for|were|are|was)?\s?")
_BESIDE = re.compile(r"\s?(?:new |have |had |has |people |workers |persons )?\s?")
_COUNTED_NOUN = 0.6  # "seven projects" names what the seven are, seldom what later numbers are


#: What the codebook knows only to set aside: a subject without indicators.
ASIDE = Indicator("", "", "", "", "", ())


@dataclass(frozen=True)
class Guess:
    indicator: Indicator
    cost: float
    sure: bool = True  # whether the words name the subject exactly


def unit_cost(numeral: Numeral, unit: str) -> float | None:
    if unit == "percent":
        plain = not numeral.unit and not numeral.scale and "," not in numeral.glyphs
        return 0.0 if numeral.unit in ("percent", "permille") else 0.2 if plain else None
    if numeral.unit in ("percent", "permille", "points"):
        return None
    if unit == "yuan":
        bare = not numeral.unit and numeral.scale >= 6
        return 0.0 if numeral.unit == "yuan" else 0.35 if bare else None
    if numeral.unit == unit:
        return 0.0
    if not numeral.unit:
        return 0.2
    if numeral.chinese and numeral.unit == "projects" and numeral.printed.endswith("个"):
        return 0.3
    return _LOOSE.get((unit, numeral.unit))


def guesses(scene: Scene, sentence: Sentence, index: int,
             contexts: frozenset[str]) -> list[Guess]:  # fmt: skip
    numeral = scene.numerals[index]
    out = []
    for hit in sentence.hits:
        far = distance(scene, sentence, index, hit)
        if far is None:
            continue
        if hit[2] not in scene.by_subject:
            out.append(Guess(ASIDE, far))
        for indicator in scene.by_subject.get(hit[2], ()):
            unit = unit_cost(numeral, indicator.unit)
            if (
                not numeral.unit
                and numeral.scale >= 6
                and not _money_or_people(scene, numeral, indicator.unit)
            ):
                continue
            if unit is None or (indicator.context and indicator.context not in contexts):
                continue
            facet = _facet_cost(scene, sentence, index, indicator, hit) if indicator.facet else 0.0
            if facet is None:
                continue
            favour = -0.35 if indicator.context else 0.0
            out.append(Guess(indicator, far + unit + facet + favour, hit not in sentence.loose))
    return sorted(out, key=lambda g: g.cost)


def _money_or_people(scene: Scene, numeral: Numeral, unit: str) -> bool:
    """Whether a bare "88 million" may count `unit`, by the last word on heads or premiums."""
    part = scene.folded[max(0, numeral.start - 260) : numeral.end + 24]
    last = {}
    for name, what in (("insured", "people"), ("collected", "yuan")):
        words = (
            scene.codebook.facets[name][scene.language].patterns
            if name in scene.codebook.facets
            else ()
        )
        last[what] = max((m.start() for _, p, _ in words for m in p.finditer(part)), default=-1)
    if unit not in last or max(last.values()) < 0:
        return True
    return last[unit] == max(last.values())


def distance(scene: Scene, sentence: Sentence, index: int,
              hit: tuple[int, int, str]) -> float | None:  # fmt: skip
    numeral = scene.numerals[index]
    if hit[1] <= numeral.start:
        heavy, light = between(scene, hit[1], numeral.start)
        others = sum(1 for i in sentence.numerals if i < index and i not in scene.fates
                     and hit[1] <= scene.numerals[i].start)  # fmt: skip
        counted = any(
            _OF.fullmatch(scene.folded, scene.numerals[i].end, hit[0])
            for i in sentence.numerals
            if scene.numerals[i].end <= hit[0]
        )
        return (0.5 * heavy + 0.15 * light + 0.2 * others + 0.001 * (numeral.start - hit[1])
                + (_COUNTED_NOUN if counted else 0.0))  # fmt: skip
    if hit[0] < numeral.end:
        return 0.0
    heavy, light = between(scene, numeral.end + numeral.zeros_lost, hit[0])
    skipped = [
        scene.numerals[i]
        for i in sentence.numerals
        if i > index and i not in scene.fates and scene.numerals[i].start < hit[0]
    ]
    money = len(skipped) == 1 and {skipped[0].unit, numeral.unit} == {"people", "yuan"}
    if money:  # "1,200 workers received 3 million yuan of wages"
        light += 1
        skipped = []
    if heavy or skipped or hit[0] - numeral.end > (14 if scene.language == "zh" else 60):
        return None
    beside = 0.1 if _BESIDE.fullmatch(scene.folded, numeral.end, hit[0]) else 0.3
    return beside + 0.3 * light + 0.005 * (hit[0] - numeral.end)


def _facet_cost(scene: Scene, sentence: Sentence, index: int, indicator: Indicator,
                hit: tuple[int, int, str]) -> float | None:  # fmt: skip
    numeral = scene.numerals[index]
    before = max([scene.numerals[i].end for i in sentence.numerals if i < index] + [sentence.start])
    later = [scene.numerals[i] for i in sentence.numerals if i > index]
    if later and (numeral.unit, later[0].unit) == ("people", "yuan"):
        later = later[1:]
    after = later[0].start if later else sentence.end
    best: float | None = None
    for start, end, name, barred in sentence.facets:
        if name != indicator.facet:
            continue
        if barred:
            inside = (
                before <= start
                and end <= numeral.start
                and (sum(between(scene, end, numeral.start)) == 0)
            )
            behind = numeral.end <= start < numeral.end + 6 and (
                sum(between(scene, numeral.end, start)) == 0
            )
            if inside or behind:
                return None
            continue
        if start < numeral.start:
            heavy, light = between(scene, end, numeral.start)
            skipped = sum(
                1 for i in sentence.numerals if end <= scene.numerals[i].start < numeral.start
            )
            cost = 0.1 + 0.4 * heavy + 0.3 * light + 0.4 * skipped
        elif end <= after and sum(between(scene, max(numeral.end, min(hit[1], start)), start)) == 0:
            cost = 0.15
        else:
            continue
        best = cost if best is None else min(best, cost)
    siblings = [i for i in scene.by_subject[hit[2]] if i.unit == indicator.unit]
    if best is None and len(siblings) == 1 and indicator.facet in ("insured", "collected"):
        return 0.3
    return best

"""Which indicator a number is about: the nearest subject that is counted in its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.codebook import Indicator
from analysis.reading.clauses import Scene, Sentence, between
from analysis.reading.facets import facet_cost
from analysis.reading.numerals import Numeral

_LOOSE = {
    ("enterprises", "households"): 0.3, ("enterprises", "employers"): 0.2,
    ("employers", "households"): 0.3, ("employers", "enterprises"): 0.2,
    ("households", "enterprises"): 0.3,
}  # fmt: skip
_OF = re.compile(r"\s?(?:of|in|as|for|were|are|was)?\s?")
_BESIDE = re.compile(
    r"\s?(?:new |have |had |has |people |workers |persons )?"
    r"(?:(?:of (?:which|whom|them|these) |(?:in|of|for|with) )(?:the )?)?"
)
_APART = re.compile(r"\([^()]*\)|, or [^,;]*%,")
_NAMED_BEFORE = 0.4  # where numbers lead, the subject before one is that of the number before
_COUNTED_NOUN = 0.6  # "seven projects" names what the seven are, seldom what later numbers are


#: What the codebook knows only to set aside: a subject without indicators.
ASIDE = Indicator("", "", "", "", "", ())


@dataclass(frozen=True)
class Guess:
    indicator: Indicator
    cost: float
    sure: bool = True  # whether the words name the subject exactly


def _led_by_numbers(scene: Scene, sentence: Sentence) -> bool:
    """Whether each number stands before its subject: "650 signed contracts and 300 negotiated"."""
    first = next(scene.numerals[i].start for i in sentence.numerals if i not in scene.fates)
    return scene.language == "en" and not any(sentence.start <= h[0] < first for h in sentence.hits)


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
    fars = [(hit, distance(scene, sentence, index, hit)) for hit in sentence.hits]
    led = _led_by_numbers(scene, sentence) and any(
        far is not None and hit[0] >= numeral.end for hit, far in fars
    )
    for hit, far in fars:
        if far is None:
            continue
        if led and hit[1] <= numeral.start:
            far += _NAMED_BEFORE
        if hit[2] not in scene.by_subject:
            out.append(Guess(ASIDE, far))
        for indicator in scene.by_subject.get(hit[2], ()):
            unit = unit_cost(numeral, indicator.unit)
            if unit is None or (indicator.context and indicator.context not in contexts):
                continue
            facet = facet_cost(scene, sentence, index, indicator, hit) if indicator.facet else 0.0
            if facet is None:
                continue
            favour = -0.35 if indicator.context else 0.0
            out.append(Guess(indicator, far + unit + facet + favour, hit not in sentence.loose))
    return sorted(out, key=lambda g: g.cost)


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
    start = numeral.end + numeral.zeros_lost
    apart = [m.span() for m in _APART.finditer(scene.folded, start, hit[0])]
    heavy, light = between(scene, start, hit[0])
    for low, high in apart:  # "856 of them, or 65%, were settled"
        heavy -= between(scene, low, high)[0]
    skipped = [
        scene.numerals[i]
        for i in sentence.numerals
        if i > index and i not in scene.fates and scene.numerals[i].start < hit[0]
        and not any(low <= scene.numerals[i].start < high for low, high in apart)
    ]  # fmt: skip
    money = len(skipped) == 1 and {skipped[0].unit, numeral.unit} == {"people", "yuan"}
    if money:  # "1,200 workers received 3 million yuan of wages"
        light += 1
        skipped = []
    if heavy or skipped or hit[0] - numeral.end > (14 if scene.language == "zh" else 60):
        return None
    beside = 0.1 if _BESIDE.fullmatch(scene.folded, numeral.end, hit[0]) else 0.3
    return beside + 0.3 * light + 0.005 * (hit[0] - numeral.end)

"""What of its subject a number states: heads insured, premiums collected, projects started."""

from __future__ import annotations

from analysis.codebook import Indicator
from analysis.reading.clauses import Scene, Sentence, between
from analysis.reading.numerals import Numeral

INSURANCE = ("insured", "collected")  # one is said once and holds for a list of schemes
_BY_UNIT = {"people": "insured", "yuan": "collected"}
_OTHER = ("other", "aside", "carried")
Event = tuple[int, int, str]


def facet_cost(scene: Scene, sentence: Sentence, index: int, indicator: Indicator,
               hit: tuple[int, int, str]) -> float | None:  # fmt: skip
    """What it costs to take a number for the indicator's facet of its subject; None if it is none."""
    if indicator.facet not in INSURANCE:
        return _named_near(scene, sentence, index, indicator, hit)
    numeral = scene.numerals[index]
    said, near = in_force(scene, sentence, index)
    if said == indicator.facet:
        return 0.1
    if said in _OTHER:
        return 0.5 if said == "carried" and numeral.unit == indicator.unit == "people" else None
    named = scene.folded[hit[0] : hit[1]]
    if not _counts(numeral, indicator.unit):
        plain = not said and not numeral.unit and not numeral.scale and scene.language == "en"
        listed = len(sentence.hits) > 1 or any(i.startswith("insured.") for i in sentence.series)
        listed = listed or len(named.split()) > 1
        beside = "insur" in named or (
            listed and (0 <= numeral.start - hit[1] <= 2 or 0 < hit[0] - numeral.end <= 5)
        )
        return 0.5 if plain and indicator.facet == "insured" and beside else None
    if said and near:
        return 0.6
    clear = len(named.split()) > 1 and hit not in sentence.loose
    return 0.3 if said or clear or scene.language == "zh" else None


def _counts(numeral: Numeral, unit: str) -> bool:
    """Whether a number's own words say that it counts people, or money."""
    return numeral.unit == unit


def in_force(scene: Scene, sentence: Sentence, index: int) -> tuple[str, bool]:
    """The insurance facet that holds for a number, and whether its own clause says so."""
    numeral = scene.numerals[index]
    at = sentence.numerals.index(index)
    low = scene.numerals[sentence.numerals[at - 1]].end if at else sentence.start
    high = (
        scene.numerals[sentence.numerals[at + 1]].start
        if at + 1 < len(sentence.numerals)
        else sentence.end
    )
    events = sentence.events
    before = [e for e in events if e[1] <= numeral.start]
    if (
        len(before) > 1
        and before[-2][2] == "other"
        and any(h[0] <= before[-1][0] and before[-1][1] <= h[1] for h in sentence.hits)
    ):  # "the pension fund paid 12 million yuan, the medical fund 9 million"
        before = before[:-1]
    if before and before[-1][0] >= low and not sum(between(scene, before[-1][1], numeral.start)):
        return before[-1][2], True
    for e in events:
        if e[0] < numeral.start and numeral.end <= e[1]:
            return e[2], True
    follow = [
        e[2] for e in events
        if numeral.end <= e[0] and e[1] <= high and not between(scene, numeral.end, e[0])[0]
    ]  # fmt: skip
    if follow:
        return next((name for name in follow if name != "aside"), "aside"), True
    before = [e for e in before if e[2] != "aside"]
    if not before and sentence.carried == "other":
        return "carried", False
    at_end = bool(events) and events[0][0] >= scene.numerals[sentence.numerals[-1]].end
    if at_end and not before and not sentence.carried:
        return events[0][2], False  # "A 70,000, B 74,000 and C 33,000 insured"
    said = before[-1] if before else (sentence.start, 0, sentence.carried)
    for i in reversed(sentence.numerals[:at]):
        unit = scene.numerals[i].unit
        if unit in _BY_UNIT and scene.numerals[i].start > said[0] and said[2] != "other":
            return _BY_UNIT[unit], False
    return said[2], bool(before) and said[0] >= low


def _named_near(scene: Scene, sentence: Sentence, index: int, indicator: Indicator,
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
    return best

"""Why a number was taken for what it states: the features that weighed most, in a few words."""

from __future__ import annotations

import re
from functools import cache

from analysis.reading.choices import Choice
from analysis.reading.scenery import Scenery
from analysis.reading.weights import ROLES, Weights

_TOLD = 3  # features named beside the words that name the subject
_SIDES = {"b": "before", "a": "after", "i": "around"}
#: What a family of features says; the others (distances, counts, single words) go without saying.
_FAMILIES = (
    (re.compile(r"m/([\w-]+)/([ab])"), lambda m: f"{m[1]} {_SIDES[m[2]]}"),
    (re.compile(r"list/[ab]/1|list/order/1.*"), lambda m: "its place in the list"),
    (re.compile(r"f[abci]/own.*"), lambda m: "what is counted"),
    (re.compile(r"term/plan1.*"), lambda m: "a plan"),
    (re.compile(r"unit/.*"), lambda m: "its unit"),
    (re.compile(r"bound/(\w+)"), lambda m: m[1].replace("_", " ")),
)


def because(scene: Scenery, choice: Choice, weights: Weights) -> str:
    """The words that name the subject, then what weighed most for the choice; empty for none."""
    if choice.link is None:
        return ""
    mention = choice.link.source.mention
    named = " ".join(scene.passage.folded[mention.start : mention.end].split())
    role = ROLES.index(choice.role)
    weighed = [(weights.link.get(f, 0.0), f) for f in choice.taken.features]
    weighed += [(weights.role[f][role], f) for f in choice.own if f in weights.role]
    told = [f"“{named}”"]
    if choice.fit:
        told.append("a division that fits")
    for weight, feature in sorted(weighed, reverse=True):
        if weight <= 0 or len(told) > _TOLD:
            break
        if (words := _words(feature)) and words not in told:
            told.append(words)
    return ", ".join(told)


@cache
def _words(feature: str) -> str:
    for pattern, words in _FAMILIES:
        if m := pattern.fullmatch(feature) or pattern.match(feature):
            return words(m)
    return ""

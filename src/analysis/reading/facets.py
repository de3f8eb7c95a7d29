"""Features of what of its subject a number counts: heads insured, premiums, income, balance …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.reading.mentions import Mention
from analysis.reading.scenery import Scenery

#: Of several words that speak at once, the one that holds for a facet.
_STRENGTH = ("not", "own", "other")


def counted(scene: Scenery, at: int, facet: str, fit: str) -> tuple[str, ...]:
    """What the words of facets around a number say of one facet; nothing where there is none.

    "own" where they name it, "other" where they name another, "not" where they bar it; `fit` is how
    the number's unit fits (see `candidates.unit_fit`).
    """
    return tuple(_counted(scene, at, facet, fit)) if facet else ()


def _counted(scene: Scenery, at: int, facet: str, fit: str) -> Iterator[str]:
    numeral = scene.numerals[at]
    words = [w for w in scene.sentence.facets if w.name == facet or w.mark != "not"]
    before = [w for w in words if w.end <= numeral.start]
    after = [w for w in words if w.start >= numeral.end]
    yield f"fx{any(told(w, facet) == 'own' for w in words):d}/{fit}"
    if listed := scene.facet_of(at):  # "income and expenditure were 3.1 and 2.7 million yuan"
        yield f"fl/{_loudest(listed, facet)}"
    elif before:
        yield from _before(scene, at, facet, before)
    else:
        yield f"fb/-/{fit}/{facet}"
    if after:
        where = scene.relation(at, after[0])
        says = _loudest([w for w in after if w.start == after[0].start], facet)
        yield (f"fa/{says}/h{min(where.heavy, 2)}/n{min(where.numbers, 2)}/b{bool(before):d}")
    carried = min((told(w, facet) for w in scene.carried), key=_STRENGTH.index, default="-")
    yield f"fc/{carried}/b{bool(before):d}"


def _before(scene: Scenery, at: int, facet: str, before: Sequence[Mention]) -> Iterator[str]:
    where = scene.relation(at, before[-1])
    says = _loudest([w for w in before if w.start == before[-1].start], facet)
    yield f"fb/{says}/h{min(where.heavy, 2)}/n{min(where.numbers, 2)}"
    yield f"fb/{says}/{facet}/{before[-1].name}"
    if where.numbers:
        unit, behind = scene.numerals[at].unit, before[-1].end
        same = any(o.unit == unit for o in scene.numerals[:at] if o.start >= behind)
        yield f"fb/{says}/same{same:d}"


def within(scene: Scenery, facet: str, m: Mention) -> tuple[str, ...]:
    """What the words of facets inside a mention say of a facet."""
    if not facet:
        return ()
    inside = [w for w in scene.sentence.facets if m.start <= w.start and w.end <= m.end]
    return tuple([f"fi/{says}" for says in sorted({told(w, facet) for w in inside})])


def _loudest(words: Sequence[Mention], facet: str) -> str:
    says = {told(w, facet) for w in words}
    return "own" if "own" in says else min(says)


def told(word: Mention, facet: str) -> str:
    """What one word says of a facet: own, not or other."""
    if word.name != facet:
        return "other"
    return "not" if word.mark == "not" else "own"

"""Numbers listed side by side, and the subjects listed for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from analysis.reading.candidates import Passage
from analysis.reading.layout import Sentence
from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral

Span = tuple[int, int]
_BETWEEN = re.compile(
    r"(?:左右|以[上内下]|之内)?[\s、，,和及与]{1,4}"
    r"|\s?(?:people|persons|yuan|of the (?:[a-z]+ )?(?:target|task|plan|goal)s?)?\s?(?:,|and|, and)\s?"
)
_BESIDE = {
    "en": re.compile(r"[\s,'\"]*(?:(?:and|insurance|the|for|of|as well as)\b\s?)*"),
    "zh": re.compile(r"(?:保险)?[\s、，,和及与以“”\"‘’]{0,4}[一-鿿]{0,3}"),
}


def runs_of(folded: str, numerals: Sequence[Numeral]) -> list[list[int]]:
    """Numbers with nothing but marks and "and" between, two at least, by their place."""
    out: list[list[int]] = []
    for at, n in enumerate(numerals):
        last = numerals[at - 1] if at else None
        if last and _one_kind(last, n) and _BETWEEN.fullmatch(folded, last.end, n.start):
            out[-1].append(at)
        else:
            out.append([at])
    return [run for run in out if len(run) > 1]


def _one_kind(left: Numeral, right: Numeral) -> bool:
    """Whether two numbers may stand in one list: 24.6万、11.2万人."""
    units = {left.unit, right.unit}
    return len(units) == 1 or ("" in units and not units & {"percent", "points"})


def heads_of(
    passage: Passage, sentence: Sentence, numerals: Sequence[Numeral], run: Sequence[int], mentions: Sequence[Mention]
) -> tuple[str, list[Span]]:
    """The subjects listed right before a list of numbers, else right behind it, and the side."""
    start, end = numerals[run[0]].start, numerals[run[-1]].end
    low = max([n.end for n in numerals if n.end <= start], default=0)
    before = _joined(passage.folded, {(m.start, m.end) for m in mentions if low <= m.start and m.end <= start})
    if before:
        return "b", _beside(passage, before[::-1])[::-1]
    high = min([n.start for n in numerals if n.start >= end], default=sentence.end)
    after = _joined(passage.folded, {(m.start, m.end) for m in mentions if end <= m.start and m.end <= high})
    return "a", _beside(passage, after)


def _joined(folded: str, spans: Iterable[Span]) -> list[Span]:
    """Spans in order; those with only a blank between are one: "basic old-age" "pension"."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not folded[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _beside(passage: Passage, spans: Sequence[Span]) -> list[Span]:
    """The first of some spans with those that follow it side by side; "，" ends a list by "、"."""
    group, listed = list(spans[:1]), False
    for span in spans[1:]:
        low, high = sorted((group[-1], span))
        joint = _BESIDE[passage.language].fullmatch(passage.folded, low[1], high[0])
        if not joint or (listed and "，" in joint[0]):
            break
        listed = listed or "、" in joint[0]
        group.append(span)
    return group

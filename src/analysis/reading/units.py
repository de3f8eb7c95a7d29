"""Units stated apart from their numbers: "(unit: 10,000 yuan)", "12.3, 4.5 and 6 (ten thousand people)"."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.reading.numerals import Numeral

_POWERS = {"1,000": 3, "thousand": 3, "10,000": 4, "10000": 4, "ten thousand": 4,
           "million": 6, "100 million": 8, "hundred million": 8, "billion": 9, "万": 4, "亿": 8}  # fmt: skip
_STATED = re.compile(
    r"(?:[(（]|(?P<head>\bunits?(?: of measurement)?(?: is| are|:)?\s))\s?(?P<word>units?:? ?|单位[:：]?|in )?"
    rf"(?P<scale>{'|'.join(sorted(_POWERS, key=len, reverse=True))})\s?"
    r"(?P<what>(?:yuan|rmb|people|persons|person-times|households)\b|元|人次?|户)[)）]?"
)
_JOINS = re.compile(r"\s?(?:people |persons )?(?:,|and|, and|respectively)?\s?")
_STOP = re.compile(r"(?<!\d)\.(?=\s|\Z)|[;；。\n]")


def apply_stated_units(folded: str, numerals: list[Numeral]) -> list[Numeral]:
    """The numerals with the units that the text states for several, or behind them in brackets.

    Behind a number it is that number's and of those listed with it; with the word "unit" it is that
    of all bare numbers of its sentence and of the rest of its line; else of those that follow.
    """
    out = list(numerals)
    for i in reversed(range(len(out) - 1)):  # "3.2, 0.1 and 1.2 hundred million yuan"
        here, behind = out[i], out[i + 1]
        if (
            behind.scale
            and behind.unit in ("yuan", "people")
            and re.fullmatch(r"\d{1,3}(\.\d+)?", here.glyphs)
            and not (here.fate or here.scale or here.unit)
            and _JOINS.fullmatch(folded, here.end, behind.start)
        ):
            out[i] = replace(here, scale=behind.scale, unit=behind.unit)
    for m in _STATED.finditer(folded):
        unit = {
            "yuan": "yuan",
            "rmb": "yuan",
            "households": "households",
            "元": "yuan",
            "户": "households",
        }.get(m["what"], "people")
        bare = [i for i, n in enumerate(out)
                if not n.fate and not n.scale and n.unit in ("", "people", unit)
                and not m.start() <= n.start < m.end()]  # fmt: skip
        before = [i for i in bare if out[i].end <= m.start()]
        declared = m["head"] or (m["word"] or "").startswith(("unit", "单位"))
        if declared or folded[m.end() : m.end() + 1] == ":":
            stops = [s.end() for s in re.finditer(r"(?<!\d)\.\s|[。\n]", folded[: m.start()])]
            low, end = (stops or [0])[-1], folded.find("\n", m.end())
            meant = [i for i in bare if low <= out[i].start and (end < 0 or out[i].start < end)]
        elif listed := _listed(folded, out, before, m.start()):
            meant = listed
        else:
            stop = _STOP.search(folded, m.end())
            end = stop.start() if stop else len(folded)
            meant = [i for i in bare if m.end() <= out[i].start < end]
        for i in meant:
            out[i] = replace(out[i], scale=_POWERS[m["scale"]], unit=unit)
        for i, n in enumerate(out):
            if m.start() <= n.start < m.end():
                out[i] = replace(n, fate="unit")
    return out


def _listed(folded: str, numerals: list[Numeral], before: list[int], end: int) -> list[int]:
    run: list[int] = []
    for i in reversed(before):
        if not _JOINS.fullmatch(folded, numerals[i].end, end):
            break
        run.append(i)
        end = numerals[i].start
    return run

"""Units that stand apart from their numbers: "1,386 (10,000 yuan)", "unit: 10,000 people", 单位：万元."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.reading.numerals import Numeral

_UNIT = {
    "en": r"(?P<scale>10,?000|ten thousand|hundred million|100 million|million|billion)?\s?"
    r"(?P<unit>(?:rmb )?yuan|rmb|people|persons?(?:-times)?|workers)\b",
    "zh": r"(?P<scale>万|百万|千万|亿|千)?(?P<unit>元|人次?|户)",
}
_SCALES = {
    "10,000": 4, "10000": 4, "ten thousand": 4, "million": 6, "hundred million": 8,
    "100 million": 8, "billion": 9, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8,
}  # fmt: skip
_UNITS = {"元": "yuan", "户": "households"}
_BEHIND = {
    k: re.compile(rf"\s?[(（]\s?(?:units?:?\s?|单位[:：]?)?{u}\s?[)）]") for k, u in _UNIT.items()
}
_DECLARED = {
    "en": re.compile(rf"\bunits?(?: is| are| of)?[:,]?\s{_UNIT['en']}"),
    "zh": re.compile(rf"单位[:：为]?\s?{_UNIT['zh']}"),
}
_STOP = {"en": re.compile(r"\n|\.(?=\s|\Z)"), "zh": re.compile(r"[。\n]")}


def give_units(numerals: list[Numeral], folded: str, language: str) -> list[Numeral]:
    """The numerals with the units that stand in brackets behind them or are declared for a list.

    A declaration is for the bare numbers of its sentence; numbers inside one get the fate `unit`.
    """
    out = list(numerals)
    spans: list[tuple[int, int]] = []
    for i, numeral in enumerate(numerals):
        behind = _BEHIND[language].match(folded, numeral.end)
        if behind and not numeral.scale and numeral.unit in ("", "yuan", "people"):
            spans.append(behind.span())
            out[i] = _given(numeral, behind)
    for declared in _DECLARED[language].finditer(folded):
        spans.append(declared.span())
        stops = [m.end() for m in _STOP[language].finditer(folded)]
        start = max((s for s in stops if s <= declared.start()), default=0)
        end = min((s for s in stops if s >= declared.end()), default=len(folded))
        for i, numeral in enumerate(out):
            bare = not (numeral.unit or numeral.scale or numeral.fate)
            if bare and start <= numeral.start < end:
                out[i] = _given(numeral, declared)
    return [
        replace(n, fate="unit") if any(s <= n.start < e for s, e in spans) else n for n in out
    ]  # fmt: skip


def _given(numeral: Numeral, unit: re.Match[str]) -> Numeral:
    name = unit["unit"]
    kind = _UNITS.get(name, "yuan" if "yuan" in name or name == "rmb" else "people")
    return replace(numeral, scale=_SCALES.get(unit["scale"] or "", 0), unit=kind)

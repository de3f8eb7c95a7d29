"""Hand-written reports of invented cities with tables of what they state.

`<city>-<year>-<kind>.txt` beside a `.csv` of indicator, measure, period, low, high, flag:

========  =====================================================================================
flag      meaning
========  =====================================================================================
(empty)   the text settles the figure: low = high is its value
range     only the bounds can be known
open      a figure stands there that the text cannot settle: it must not be called confirmed or
          repaired with a value outside low and high
optional  may be taken or left
ceiling   the text is read as a ceiling by some, as a result by others
========  =====================================================================================

Anything the engine states beyond these rows, of an indicator known when they were written, counts as invented.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from .cases import labelled_for
from .score import STRONG, Verdict


@dataclass(frozen=True)
class Stated:
    indicator: str
    measure: str
    period: str
    low: Decimal | None
    high: Decimal | None
    flag: str

    @property
    def figure(self) -> str:
        return f"{self.indicator}:{self.measure}:{self.period}"


@dataclass(frozen=True)
class Document:
    name: str
    text: str
    year: int
    kind: str
    language: str
    stated: tuple[Stated, ...]


def load(folder: Path) -> list[Document]:
    """All reports of a folder with their truth tables."""
    documents = []
    for path in sorted(folder.glob("*.txt")):
        _, year, source = path.stem.split("-", 2)
        with path.with_suffix(".csv").open(newline="", encoding="utf-8") as file:
            stated = tuple(
                Stated(
                    r["indicator"],
                    r["measure"],
                    r["period"],
                    Decimal(r["low"]) if r["low"] else None,
                    Decimal(r["high"]) if r["high"] else None,
                    r["flag"],
                )
                for r in csv.DictReader(file)
            )
        text = path.read_text(encoding="utf-8")
        chinese = sum("\u4e00" <= c <= "\u9fff" for c in text) > len(text) / 5
        kind = "government-report" if source.startswith("government") else "bureau-report"
        documents.append(Document(path.stem, text, int(year), kind, "zh" if chinese else "en", stated))
    return documents


def judge(document: Document, observations: Iterable[Any]) -> list[Verdict]:
    """Compare a reading with the truth table, by indicator, measure and period."""
    rows: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
    for row in observations:
        rows[row.indicator, row.measure, row.period].append(row)
    verdicts = []
    for stated in sorted(document.stated, key=lambda s: s.low is None):
        measures = (stated.measure, "ceiling") if stated.flag == "ceiling" else (stated.measure,)
        found = [r for m in measures for r in rows[stated.indicator, m, stated.period]]
        found.sort(key=lambda r: 0 if _outcome(stated, r) == "right" else 1)
        row = found[0] if found else None
        if row:
            rows[row.indicator, row.measure, row.period].remove(row)
        elif stated.flag in ("optional", "open"):
            continue
        verdicts.append(_verdict(document, stated, row, _outcome(stated, row) if row else "missed"))
    for (indicator, measure, period), left in rows.items():
        for row in left if indicator in labelled_for() else ():
            same = [s for s in document.stated if s.indicator == indicator]
            if any((s.measure, s.period) == (measure, period) and _outcome(s, row) == "right" for s in same):
                continue  # the same figure, twice in the text
            figure = f"{indicator}:{measure}:{period}"
            missed = [
                v
                for v in verdicts
                if v.outcome == "missed" and v.truth == row.value and v.figure.startswith(f"{indicator}:")
            ]
            if missed:
                stated = next(s for s in same if s.figure == missed[0].figure)
                verdicts.remove(missed[0])
                verdicts.append(_verdict(document, stated, row, "wrong-key", figure))
            else:
                verdicts.append(_verdict(document, None, row, "invented", figure))
    return verdicts


def _outcome(stated: Stated, row: Any) -> str:
    if row.value is not None:
        fits = stated.low is not None and stated.high is not None and (stated.low <= row.value <= stated.high)
        if fits:
            return "right"
        return "open" if stated.flag in ("open", "optional") and row.status not in STRONG else "wrong"
    if row.low is not None and row.high is not None and stated.low is not None:
        return "bounded" if row.low <= stated.low and row.high >= stated.low else "open"
    return "open"


def _verdict(document: Document, stated: Stated | None, row: Any, outcome: str, figure: str = "") -> Verdict:
    start, end = (row.start or 0, row.end or 0) if row else (0, 0)
    return Verdict(
        outcome,
        row.status if row else "",
        stated.flag if stated else "",
        document.language,
        document.kind,
        stated.measure if stated else "",
        row.measure if row else "",
        False,
        row.printed if row else "",
        row.value if row else None,
        stated.low if stated else None,
        stated.figure if stated else "",
        figure or (stated.figure if stated and row else ""),
        document.text[max(0, start - 60) : end + 40] if row else document.name,
    )

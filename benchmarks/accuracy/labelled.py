"""Labelled texts to fit on: the hand-written corpus, the cases, and generated reports."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import repeat
from pathlib import Path

import yaml

from analysis.reading.numerals import is_chinese
from analysis.reading.readings import Reading

from . import corpus, phrasing, truths
from .cases import labelled_for

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
SENTENCES_COUNT = 10
NATURAL_COUNT = 3
PASSAGES_COUNT = 3
SMALL_COUNT = 4
GENERATED = 10  # of each kind
HEAD = "Work report of the labor bureau of 2009\n\nI. Work in 2009\nIn 2009 all worked hard.\n"


@dataclass(frozen=True)
class Label:
    """One figure that a text states; by its span, or by its value."""

    indicator: str
    measure: str
    period: str
    low: Decimal | None = None
    high: Decimal | None = None
    start: int | None = None
    end: int = 0
    optional: bool = False

    def holds(self, r: Reading) -> bool:
        if self.low is None or self.high is None:
            return False
        return self.low <= r.value <= self.high or (r.interval and r.low <= self.low <= r.high)


@dataclass(frozen=True)
class Labelled:
    name: str
    text: str
    year: int
    kind: str
    level: str
    labels: tuple[Label, ...]
    group: str
    covers: frozenset[str] = frozenset()  # all that is labelled, where that is not all there is

    @property
    def language(self) -> str:
        return "zh" if is_chinese(self.text) else "en"


def everything() -> Iterator[Labelled]:
    """All that the weights are fitted on; what is short or of real structure counts several times."""
    yield from from_corpus(ROOT / "tests" / "corpus")
    yield from generated(GENERATED)
    passages, small = from_passages(CASES / "passages"), from_small(CASES / "small.jsonl")
    for texts, count in ((passages, PASSAGES_COUNT), (small, SMALL_COUNT)):
        for text in texts:
            yield from repeat(replace(text, covers=labelled_for()), count)
    for _ in range(SENTENCES_COUNT):
        yield from from_sentences(CASES / "sentences.yaml")
    for _ in range(NATURAL_COUNT):
        yield from from_sentences(CASES / "natural.yaml")


def _rounded(value: str, low: str, high: str) -> tuple[Decimal | None, Decimal | None]:
    if value:
        v = Decimal(value)
        slack = abs(v) * Decimal("0.000001")
        return (Decimal(low) if low else v - slack, Decimal(high) if high else v + slack)
    return (Decimal(low) if low else None, Decimal(high) if high else None)


def from_corpus(folder: Path) -> Iterator[Labelled]:
    """Reports labelled before some indicators were known: they cover those labelled somewhere."""
    documents = corpus.load(folder)
    covers = frozenset(s.indicator for d in documents for s in d.stated)
    for d in documents:
        labels = tuple(
            Label(s.indicator, s.measure, s.period, s.low, s.high, optional=s.flag in ("optional", "open"))
            for s in d.stated
        )
        yield Labelled(d.name, d.text, d.year, d.kind, "city", labels, "corpus", covers)


def from_passages(folder: Path) -> Iterator[Labelled]:
    for path in sorted(folder.glob("*.txt")):
        about = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        with path.with_suffix(".csv").open(newline="", encoding="utf-8") as file:
            labels = tuple(
                Label(
                    r["indicator"],
                    r["measure"],
                    r["period"],
                    *_rounded(r["value"], r["low"], r["high"]),
                    optional=r["sure"] == "open",
                )
                for r in csv.DictReader(file)
            )
        yield Labelled(
            path.stem,
            path.read_text(encoding="utf-8"),
            about["year"],
            about["kind"],
            about.get("region_level", "city"),
            labels,
            about["group"],
        )


def from_small(path: Path) -> Iterator[Labelled]:
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case.get("suffix", ".txt") != ".txt" or case["also"]:
            continue
        labels = tuple(
            Label(
                r["indicator"],
                r["measure"],
                r["period"],
                *(Decimal(str(r[k])) if r.get(k) is not None else None for k in ("low", "high")),
                optional=bool(r.get("optional")),
            )
            for r in case["expect"]
        )
        yield Labelled(
            case["id"], case["text"], case["year"], case["document_kind"], case["region_level"], labels, "small"
        )


def from_sentences(path: Path) -> Iterator[Labelled]:
    """Sentences with all they state; without year and kind of a bureau's report of 2009."""
    for n, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
        text = case["text"] + "\n" if "year" in case else f"{HEAD}{case['text']}\n"
        labels = []
        for stated in case["states"]:
            indicator, measure, period, value = stated.split()
            labels.append(Label(indicator, measure, period, *_rounded(value, "", "")))
        yield Labelled(
            f"sentence-{n}",
            text,
            case.get("year", 2009),
            case.get("kind", "bureau-report"),
            case.get("level", "city"),
            tuple(labels),
            "sentences",
        )


def generated(number: int) -> Iterator[Labelled]:
    makers = (phrasing.english_report, phrasing.chinese_bureau, phrasing.government_report)
    for make in makers:
        for n in range(number):
            case = make(random.Random(90_000 + n), 0.0)
            labels = tuple(Label(m.indicator, m.measure, m.period, m.low, m.high, m.start, m.end) for m in case.marks)
            yield Labelled(
                f"{make.__name__}-{n}",
                case.text,
                case.year,
                case.kind,
                "city",
                labels,
                "generated",
                frozenset(truths.NAMES.values()),
            )

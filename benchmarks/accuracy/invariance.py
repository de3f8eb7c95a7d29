"""What changes that change nothing do to the figures, and one replaced digit to the claims."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from analysis.reading import read

from . import corpus, passages
from .cases import FOLDER, PROVEN, near
from .changes import CHANGES, Change

#: from what claims least to what claims most
STRENGTH = ("unreadable", "conflict", "range", "plausible", "printed", "repaired", "confirmed")
DIGIT = "one digit replaced"
_CORPUS = FOLDER.parent / "corpus"
#: every third report of the corpus will do: they are long
_EVERY = 3
_TRIES = 6


@dataclass(frozen=True)
class Sample:
    name: str
    language: str
    text: str
    year: int
    kind: str


@dataclass(frozen=True)
class Difference:
    """Figures that a changed text no longer has, has besides, or claims more of."""

    lost: tuple[str, ...]
    added: tuple[str, ...]
    stronger: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.added or self.stronger)


@cache
def samples() -> tuple[Sample, ...]:
    """Passages and reports, in order."""
    short = [
        Sample(p.name, "zh" if p.language == "zh" else "en", p.text.text, p.text.year, p.text.kind)
        for p in passages.load()
    ]
    long = [Sample(d.name, d.language, d.text, d.year, d.kind) for d in corpus.load(_CORPUS)[::_EVERY]]
    return (*short, *long)


def report(sample: Sample, text: str) -> Any:
    """What the engine makes of a text in a sample's place."""
    return read(text, region="city", document=f"{sample.year}-{sample.kind}", year=sample.year, kind=sample.kind)


def rows(sample: Sample, text: str) -> list[Any]:
    return list(report(sample, text).observations)


def figures(stated: Sequence[Any]) -> dict[str, str]:
    """The strongest status of each figure: what, when and how much."""
    found: dict[str, str] = {}
    for row in stated:
        size = row.value if row.value is not None else f"{row.low}..{row.high}"
        figure = f"{row.indicator} {row.measure} {row.period} {size}"
        found[figure] = max(found.get(figure, row.status), row.status, key=_strength)
    return found


def _strength(status: str) -> int:
    return STRENGTH.index(status) if status in STRENGTH else 0


def difference(sample: Sample, changed: str) -> Difference:
    """What a change did to the figures of a sample."""
    before, after = figures(_unchanged(sample)), figures(rows(sample, changed))
    return Difference(
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(after.keys() - before.keys())),
        tuple(
            f"{figure} {before[figure]} → {after[figure]}"
            for figure in sorted(before.keys() & after.keys())
            if _strength(after[figure]) > _strength(before[figure])
        ),
    )


@cache
def _unchanged(sample: Sample) -> list[Any]:
    return rows(sample, sample.text)


def changed(change: Change, sample: Sample, seed: int) -> str | None:
    if sample.language not in change.languages.split():
        return None
    return change.make(sample.text, random.Random(f"{seed} {change.name} {sample.name}"))


def measure() -> tuple[dict[tuple[str, ...], Counter[str]], list[str]]:
    """Counts by change and language, and what each changed text lost, gained or claims."""
    counts: dict[tuple[str, ...], Counter[str]] = {}
    said = []
    for change in CHANGES:
        for sample in samples()[::2]:
            text = changed(change, sample, 0)
            if text is None:
                continue
            found = difference(sample, text)
            counts.setdefault((change.name, sample.language), Counter()).update(
                {
                    "texts": 1,
                    "figures": len(figures(_unchanged(sample))),
                    "lost": len(found.lost),
                    "added": len(found.added),
                    "stronger": len(found.stronger),
                }
            )
            said += [
                f"{change.name} | {sample.name} | {kind} {figure}"
                for kind in ("lost", "added", "stronger")
                for figure in getattr(found, kind)
            ]
    for language, tried, proven, words in digits():
        counts.setdefault((DIGIT, language), Counter()).update({"texts": 1, "figures": tried, "stronger": proven})
        said += words
    return counts, said


def digits() -> Iterator[tuple[str, int, int, list[str]]]:
    """Of each report: language, right figures one digit of which was replaced, those then proven."""
    for document in corpus.load(_CORPUS)[::_EVERY]:
        sample = Sample(document.name, document.language, document.text, document.year, document.kind)
        right = {v.figure for v in corpus.judge(document, _unchanged(sample)) if v.outcome == "right"}
        rng = random.Random(document.name)
        able = [row for row in _unchanged(sample) if _figure(row) in right and row.start is not None]
        words = []
        picked = rng.sample(able, min(_TRIES, len(able)))
        for row in picked:
            text = _replaced(document.text, row, rng)
            if told := next((r for r in rows(sample, text) if _still(row, r)), None):
                words.append(
                    f"{DIGIT} | {document.name} | {_figure(row)} {row.printed!r} → "
                    f"{told.printed!r} {told.value} {told.status}"
                )
        yield document.language, len(picked), len(words), words


def _figure(row: Any) -> str:
    return f"{row.indicator}:{row.measure}:{row.period}"


def _replaced(text: str, row: Any, rng: random.Random) -> str:
    places = [i for i in range(row.start, row.end) if text[i] in "0123456789"]
    if not places:
        return text
    at = rng.choice(places)
    return text[:at] + rng.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def _still(before: Any, after: Any) -> bool:
    """Whether the replaced figure is called proven with a value that it never had."""
    return (
        _figure(before) == _figure(after)
        and after.status in PROVEN
        and not (before.value is None or near(float(before.value), _float(after.value)))
    )


def _float(value: Any) -> float | None:
    return None if value is None else float(value)

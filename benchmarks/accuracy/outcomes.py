"""What becomes of every number and every rule: counts that no change of the engine alters unseen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from .invariance import report, samples


def measure() -> tuple[dict[tuple[str, ...], Counter[str]], list[str]]:
    """Counts by kind and code, in each language, over the passages and every third report."""
    counts: dict[tuple[str, ...], Counter[str]] = {}
    for sample in samples():
        for key in _keys(report(sample, sample.text)):
            counts.setdefault(key, Counter())[sample.language] += 1
    return dict(sorted(counts.items())), []


def _keys(made: Any) -> Iterator[tuple[str, str]]:
    for row in made.observations:
        yield "status", row.status
        yield "measure", row.measure
        yield "bound", row.bound
        yield "has", "runner-up" if row.runner_up is not None else "no runner-up"
        for note in row.notes:
            yield "note", note.code
        yield "width", "exact" if row.low == row.high else "rounded" if row.value else "interval"
        for basis in row.basis.split():
            yield "basis", basis.partition(":")[0]
    for row in made.numerals:
        yield "fate", row.fate
        yield "unit", row.unit
    for edit in made.edits:
        yield "rule", f"{edit.rule} {'holds' if edit.holds else 'is broken'}"

"""What was made of the passages of `tests/cases`: one grade for each label and each row beyond."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .cases import FOLDER, PROVEN, STRONG, Row, Taken, Text, labelled_for, near, number, scratch, take

#: a value this near is the same figure, otherwise rounded
_ROUNDED = 0.006


@dataclass(frozen=True)
class Label:
    """A figure that a passage states; bounds instead of a value where only they can be known."""

    indicator: str
    measure: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    sure: str

    @property
    def open(self) -> bool:
        """Nobody can say: any answer will do, and none."""
        return self.sure == "open" or self.value is self.low is self.high is None

    def __str__(self) -> str:
        return f"{self.indicator} {self.measure} {self.period} {self.value}"


@dataclass(frozen=True)
class Passage:
    name: str
    group: str
    language: str
    text: Text
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class Grade:
    """One label, or one row that no label asks for, and what was made of it."""

    name: str
    label: Label | None
    row: Row | None


def load(folder: Path = FOLDER / "passages") -> list[Passage]:
    """All passages of a folder with their labels."""
    found = []
    for path in sorted(folder.glob("*.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        with path.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
            labels = tuple(_label(cells) for cells in csv.DictReader(file))
        text = Text(
            path.with_suffix(".txt").read_text(encoding="utf-8"), about["year"], about["kind"], about["region_level"]
        )
        found.append(Passage(path.stem, about["group"], about["language"], text, labels))
    return found


def _label(cells: dict[str, str]) -> Label:
    value, low, high = (number(cells[c]) for c in ("value", "low", "high"))
    return Label(cells["indicator"], cells["measure"], cells["period"], value, low, high, cells["bound"], cells["sure"])


def read(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Taken]]:
    with scratch() as folder:
        for passage in passages:
            yield passage, take([passage.text], folder / passage.name)


def judge(labels: Sequence[Label], rows: Sequence[Row]) -> list[Grade]:
    """A grade for every label that is not open, and for every row beside them."""
    by_key: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        by_key[row.indicator, row.measure].append(row)
    grades, used = [], set()
    for label in labels:
        candidates = by_key[label.indicator, label.measure]
        same = [r for r in candidates if label.period in ("unnamed", r.period)]
        if not label.open and "/" in label.period and not same:
            same = [r for r in candidates if r.period == label.period[:4] and _is(label, r)]
            grades.append(_part_of_year(label, same))
        elif not label.open:
            grades.append(_grade(label, same))
        used |= {id(row) for row in same}
    beyond = (r for r in rows if id(r) not in used and r.indicator in labelled_for())
    return grades + [Grade(_invented(r), None, r) for r in beyond]


def _is(label: Label, row: Row, share: float = 1e-6) -> bool:
    return near(label.value, row.value, share)


def _part_of_year(label: Label, as_year: Sequence[Row]) -> Grade:
    """A part of a year none of whose rows has its period: left out, or taken for the year."""
    if not as_year:
        return Grade("set aside", label, None)
    row = as_year[0]
    said = row.status not in STRONG or "end" in row.note
    return Grade("right flagged" if said else "part as year", label, row)


def _grade(label: Label, same: Sequence[Row]) -> Grade:
    if not same:
        return Grade("missed", label, None)
    if row := next((r for r in same if _is(label, r) or _same_interval(label, r)), None):
        turned = label.bound and row.bound and label.bound != row.bound
        return Grade("bound turned" if turned else _right(row), label, row)
    row = same[0]
    if _is(label, row, _ROUNDED):
        return Grade(_right(row), label, row)
    if row.value is None:
        return Grade("bounds hold" if _holds(label, row) else "undecided", label, row)
    return Grade(f"wrong {_strength(row)}", label, row)


def _same_interval(label: Label, row: Row) -> bool:
    return label.value is None and near(label.low, row.low, 0.01)


def _holds(label: Label, row: Row) -> bool:
    if row.low is None or label.value is None:
        return False
    return row.low <= label.value <= (row.high or float("inf"))


def _right(row: Row) -> str:
    return "right" if row.status in STRONG else "right flagged"


def _invented(row: Row) -> str:
    return f"invented {_strength(row)}"


def _strength(row: Row) -> str:
    if row.status in PROVEN:
        return "proven"
    return "printed" if row.status in STRONG else "flagged"


def rightly(row: Row, labels: Sequence[Label]) -> bool:
    """Whether a row states what some label says, within rounding."""
    return any(
        (label.indicator, label.measure) == (row.indicator, row.measure)
        and label.period in (row.period, "unnamed")
        and _is(label, row, _ROUNDED)
        for label in labels
    )

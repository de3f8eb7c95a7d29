"""The cases of `tests/cases` taken in as `analysis ingest` takes them, and the rows that come out."""

from __future__ import annotations

import contextlib
import csv
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..command import inside

FOLDER = Path(__file__).resolve().parents[2] / "tests" / "cases"
PROVEN = ("confirmed", "repaired")
STRONG = (*PROVEN, "printed", "decided")
_MEMORY = Path("/dev/shm")


@cache
def labelled_for() -> frozenset[str]:
    """The indicators that were known when the texts were labelled; rows of others are no fault of theirs."""
    return frozenset((FOLDER / "indicators.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class Text:
    """A document to take in; `suffix` .csv is a table of facts."""

    text: str
    year: int
    kind: str
    level: str
    suffix: str = ".txt"


@dataclass(frozen=True)
class Row:
    """A row of observations.csv, numbers as floats, None where a cell is empty."""

    document: str
    indicator: str
    measure: str
    period: str
    value: float | None
    low: float | None
    high: float | None
    bound: str
    status: str
    printed: str
    note: str

    def __str__(self) -> str:
        shown = f"{self.value:g}" if self.value is not None else f"{self.low}..{self.high}"
        return f"{self.indicator} {self.measure} {self.period} {shown} {self.status} {self.printed!r}"


@dataclass(frozen=True)
class Taken:
    """What became of a case: its rows, what was said, and why documents were refused."""

    rows: tuple[Row, ...]
    said: str
    refused: tuple[str, ...]


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder that goes, in memory where the machine has such a place."""
    place = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="cases-", dir=place) as folder:
        yield Path(folder)


def take(texts: Sequence[Text], root: Path) -> Taken:
    """Take documents in as one region of a new project at `root`."""
    (root / "data" / "raw").mkdir(parents=True)
    refused, said = [], ""
    for number, text in enumerate(texts):
        path = root / f"{number}{text.suffix}"
        path.write_bytes(text.text.encode())
        ran = inside("--root", root, "ingest", path, "--region", "place", *_options(text))
        said = ran.out
        if ran.code:
            refused.append(ran.err)
    return Taken(tuple(_rows(root)), said, tuple(refused))


def _options(text: Text) -> list[str]:
    options = ["--year", str(text.year), "--level", text.level]
    return [*options, "--kind", text.kind, "--confirm-year"] if text.suffix == ".txt" else options


def _rows(root: Path) -> Iterator[Row]:
    for path in sorted(root.glob("data/processed/place/*/observations.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for cells in csv.DictReader(file):
                named: dict[str, Any] = {name: cells[name] for name in Row.__annotations__}
                for name in ("value", "low", "high"):
                    named[name] = number(cells[name])
                yield Row(**named)


def number(cell: str) -> float | None:
    return float(cell) if cell else None


def small() -> list[dict[str, Any]]:
    """The short texts; see the README beside them."""
    lines = (FOLDER / "small.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def near(one: float | None, other: float | None, share: float = 1e-6) -> bool:
    """Whether two numbers differ by no more than a share of the larger."""
    if one is None or other is None:
        return False
    return abs(one - other) <= share * max(abs(one), abs(other)) + 1e-9

"""What campaigns have in common: a trial, a campaign, the texts and projects they start from."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from analysis.system.errors import AnalysisError

from ..accuracy import corpus, passages
from ..command import Ran, inside

ROOT = Path(__file__).resolve().parents[2]
SIZES = ("short", "default", "full")


@dataclass(frozen=True)
class Trial:
    """One thing tried; `fault` says what broke and is empty where all held."""

    what: str
    fault: str = ""


class Skipped(AnalysisError):
    """This machine cannot run the campaign; the message says what it lacks."""


@dataclass(frozen=True)
class Campaign:
    """A series of trials.

    `holds` says in one line what must hold; `counts` has the number of trials by size; `run`
    gives the trials of a number, a seeded generator and an empty folder.
    """

    name: str
    holds: str
    counts: tuple[int, int, int]
    run: Callable[[int, random.Random, Path], Iterator[Trial]]


@dataclass
class Result:
    """A campaign run: how many trials, which of them broke something, or why it was not run."""

    campaign: Campaign
    tried: int = 0
    faults: list[Trial] = field(default_factory=list)
    skipped: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Sample:
    """A text to start from."""

    name: str
    text: str
    year: int
    kind: str


@cache
def samples() -> tuple[Sample, ...]:
    """Passages and hand-written reports."""
    short = [Sample(p.name, p.text.text, p.text.year, p.text.kind) for p in passages.load()]
    long = corpus.load(ROOT / "tests" / "corpus")
    return (*short, *(Sample(d.name, d.text, d.year, d.kind) for d in long))


def reports(count: int, rng: random.Random) -> list[Sample]:
    """Some hand-written reports, longer than the passages."""
    return rng.sample([s for s in samples() if len(s.text) > 1500], count)


def project(folder: Path) -> Path:
    """An empty project at a folder that may exist."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data" / "raw").mkdir(parents=True)
    return folder


def take(root: Path, sample: Sample, folder: Path, *more: object, region: str = "place") -> Ran:
    """Take a text in, in this process."""
    return inside(*arguments(root, sample, folder, *more, region=region))


def arguments(root: Path, sample: Sample, folder: Path, *more: object, region: str = "place") -> list[object]:
    """The arguments that take a text in; it is put into a file of `folder`."""
    path = folder / f"{sample.name}.txt"
    path.write_text(sample.text, encoding="utf-8", newline="")
    return [
        "--root",
        root,
        "ingest",
        path,
        "--region",
        region,
        "--year",
        sample.year,
        "--kind",
        sample.kind,
        "--confirm-year",
        *more,
    ]

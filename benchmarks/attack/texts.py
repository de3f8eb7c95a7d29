"""Mutated texts through the reading: what crashes, hangs, loses a number or claims too much."""

from __future__ import annotations

import math
import random
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from analysis.reading import read

from ..accuracy.cases import PROVEN
from ..command import SOURCES
from .mutations import mutated
from .trials import ROOT, Campaign, Sample, Trial, samples

SECONDS = 10
_MEGABYTES = 300
_SECONDS_PER_MB = 30
_NUMBER = re.compile(r"[0-9０-９]+")


class _TooLong(Exception):
    pass


def texts(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """Reports after one to three mutations each."""
    for number in range(count):
        sample = rng.choice(samples())
        text, how = mutated(sample.text, rng)
        fault = fault_of(text, sample)
        if fault:
            (folder / f"{number}.txt").write_text(text, encoding="utf-8", errors="replace")
        yield Trial(f"{number} {sample.name} {how}", fault)


def fault_of(text: str, sample: Sample) -> str:
    """What is wrong with how a text is read; empty where nothing is."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        report = read(text, region="r", document=f"{sample.year}-x", year=sample.year, kind=sample.kind)
    except _TooLong:
        return f"takes over {SECONDS} s"
    except Exception as error:
        return f"crashes: {type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return next(filter(None, (_row_fault(text, row, report) for row in report.observations)), "") or _unaccounted(
        text, report
    )


def _stop(number: int, frame: FrameType | None) -> None:
    raise _TooLong


def _row_fault(text: str, row: Any, report: Any) -> str:
    numbers = [n for n in (row.low, row.value, row.high) if n is not None]
    if not all(math.isfinite(n) for n in numbers) or numbers != sorted(numbers):
        return f"bounds out of order: {row.low} {row.value} {row.high}"
    if row.start is not None and text[row.start : row.end] != row.printed:
        return f"span holds {text[row.start : row.end]!r}, not {row.printed!r}"
    if row.status in PROVEN and not carried(row, report):
        return f"{row.status} without a rule that carries it: {row.indicator} {row.basis!r}"
    return ""


def carried(row: Any, report: Any) -> bool:
    """Whether a hard rule of the row's basis holds and has the row's indicator among its figures."""
    basis = set(row.basis.split())
    return any(
        edit.holds
        and edit.kind == "hard"
        and {edit.rule, edit.edit.partition("@")[0]} & basis
        and row.indicator in edit.expression + edit.figures
        for edit in report.edits
    )


def _unaccounted(text: str, report: Any) -> str:
    """A digit that stands in no row of numerals.csv."""
    counted = bytearray(len(text))
    for row in report.numerals:
        counted[row.start : row.end] = b"\1" * (row.end - row.start)
    for found in _NUMBER.finditer(text):
        if not all(counted[found.start() : found.end()]):
            return f"no row for {found[0][:20]!r} at {found.start()}"
    return ""


def sizes(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """Long texts of several shapes, each in a process of its own whose peak is measured."""
    for number in range(count):
        name, make = _SHAPES[number % len(_SHAPES)]
        megabytes = (1, 10)[number >= len(_SHAPES)]
        path = folder / "long.txt"
        path.write_text(make(megabytes * 1_000_000, rng), encoding="utf-8")
        yield Trial(f"{megabytes} MB of {name}", _measured(path, _SECONDS_PER_MB * megabytes))


def _report(length: int, rng: random.Random) -> str:
    text = rng.choice(samples()).text
    return (text + "\n") * (length // max(1, len(text.encode())) + 1)


def _shape(unit: str) -> Any:
    return lambda length, rng: unit * (length // len(unit.encode()))


_SHAPES = (
    ("reports one behind the other", _report),
    ("Chinese on one line", _shape("城镇新增就业3.2万人，完成目标的102%，")),
    ("English on one line", _shape("new urban jobs 32,000, 102% of the target, ")),
    ("digits", _shape("1 234567890")),
    ("numbers without stops", _shape("参保 88900 人 ")),
    ("one letter", _shape("a")),
    ("line breaks", _shape("\n")),
    ("brackets", _shape("（(")),
)


_READ = """
import resource, sys
from analysis.reading import read
resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[2]), int(sys.argv[2])))
text = open(sys.argv[1], encoding="utf-8").read()
read(text, region="r", document="2009-x", year=2009, kind="bureau-report")
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_maxrss // 1024, round(used.ru_utime))
"""


def _measured(path: Path, seconds: int) -> str:
    """What is wrong with how a long text is read, by processor time and peak of memory."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path), str(seconds)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"PYTHONPATH": str(SOURCES)},
    )
    if done.returncode < 0:
        return f"takes over {seconds} s of processor time"
    if done.returncode:
        return f"crashes: {done.stderr.strip().splitlines()[-1:]}"
    megabytes, took = map(int, done.stdout.split())
    return f"peak of {megabytes} MB ({took} s)" if megabytes > _MEGABYTES else ""


TEXTS = Campaign(
    "mutated reports",
    f"no crash, none over {SECONDS} s, every number has a row, no strong claim without a hard rule",
    (40, 2_500, 25_000),
    texts,
)
LONG = Campaign(
    "long texts of 1 and 10 MB",
    f"read in {_SECONDS_PER_MB} s of processor time for 1 MB, peak under {_MEGABYTES} MB",
    (0, len(_SHAPES), 2 * len(_SHAPES)),
    sizes,
)

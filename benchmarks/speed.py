"""Reports a second on one core, the time by stage, growth with length, and hostile shapes.

``python -m benchmarks.speed [--megabytes 10]``: processor time, best of three, so that other work
on the machine does not enter. Hostile shapes are read once in two sizes, one eight times the other:
a growth of 8 is linear, 64 quadratic; the last column has the larger beside folding the same text and
finding its numbers by a pattern, in the same run.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from analysis import codebook as codebooks
from analysis.reading import judge, numerals, parse, read

from . import hostile
from .accuracy.phrasing import Case, chinese_bureau, english_report, government_report

ROOT = Path(__file__).resolve().parents[1]
MAKERS = {
    "English, translated": (english_report, 0.45),
    "Chinese, bureau": (chinese_bureau, 0.3),
    "Chinese, government": (government_report, 0.3),
}


def seconds(action: Callable[[], Any], times: int = 3) -> float:
    """Processor seconds of the fastest of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def long_text(make: Any, rate: float, characters: int, seed: int) -> str:
    """Generated reports one behind the other until a length is reached."""
    text, n = "", 0
    while len(text) < characters:
        text += make(random.Random(seed + n), rate).text + "\n"
        n += 1
    return text[:characters]


def samples(count: int) -> dict[str, list[Case]]:
    """The project's own prose reports, and generated ones by kind."""
    own = []
    for path in sorted((ROOT / "data" / "raw").glob("*/*.txt")):
        year, _, source = path.stem.partition("-")
        kind = "government-report" if source.startswith("government") else "bureau-report"
        own.append(Case(path.read_text(encoding="utf-8"), int(year), kind, "", []))
    made = {kind: [make(random.Random(n), rate) for n in range(count)] for kind, (make, rate) in MAKERS.items()}
    return {"the project's own": own, **made} if own else made


def stages(cases: Sequence[Case]) -> tuple[float, float, float]:
    """Seconds a report for finding numerals, linking, and judging."""
    codebook = codebooks.load()
    find = seconds(lambda: [numerals.find(c.text, numerals.fold(c.text)) for c in cases])
    whole = seconds(lambda: [parse(c.text, year=c.year, kind=c.kind) for c in cases])
    parsed = [parse(c.text, year=c.year, kind=c.kind) for c in cases]
    decide = seconds(lambda: [judge(p, "city", "d", (), (), codebook) for p in parsed])
    return find / len(cases), (whole - find) / len(cases), decide / len(cases)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    options.add_argument("--reports", type=int, default=60)
    options.add_argument("--megabytes", type=float, default=1.0, help="longest text to read")
    options.add_argument("--limit", type=float, default=30.0, help="seconds for a hostile text")
    chosen = options.parse_args()
    print("| Reports | Characters | Numerals | Linking | Judging | A second |\n| --- |" + " ---: |" * 5)
    for name, cases in samples(chosen.reports).items():
        times = stages(cases)
        length = sum(len(c.text) for c in cases) // len(cases)
        cells = " | ".join(f"{1000 * s:.1f} ms" for s in times)
        print(f"| {name} | {length:,} | {cells} | {1 / sum(times):.0f} |")
    print("\n| Length | English | Chinese |\n| --- | ---: | ---: |")
    size = 10_000
    while size <= chosen.megabytes * 1_000_000:
        row = []
        for make, kind in ((english_report, "bureau-report"), (government_report, "government-report")):
            text = long_text(make, 0.3, size, 7)
            read_it = partial(read, text, region="city", document="d", year=2009, kind=kind)
            took = seconds(read_it, 1)
            row.append(f"{took:.2f} s")
        print(f"| {size:,} characters | {' | '.join(row)} |", flush=True)
        size *= 10
    print("\n| Hostile shape | smaller | larger | growth | beside a pattern |")
    print("| --- |" + " ---: |" * 4)
    for cells in hostile.rows(chosen.limit):
        print(f"| {' | '.join(cells)} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

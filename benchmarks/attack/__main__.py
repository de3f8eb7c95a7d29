"""Run the campaigns: ``python -m benchmarks.attack [--size short|default|full] [--seed N]``."""

from __future__ import annotations

import argparse
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from . import CAMPAIGNS
from .page import entry, row, write
from .trials import ROOT, SIZES, Campaign, Result, Skipped


def run(campaign: Campaign, size: str, seed: int, within: float = math.inf) -> Iterator[Result]:
    """Run a campaign; the result so far after each trial, none begun after `within` seconds."""
    result, began = Result(campaign), time.monotonic()
    rng = random.Random(f"{seed} {campaign.name}")
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        try:
            for trial in campaign.run(campaign.counts[SIZES.index(size)], rng, Path(folder)):
                result.tried += 1
                if trial.fault:
                    result.faults.append(trial)
                result.seconds = time.monotonic() - began
                yield result
                if result.seconds > within:
                    break
        except Skipped as why:
            result.skipped = str(why)
            yield result


def _shown(result: Result, known: int) -> None:
    """What broke since, and how far a campaign is where somebody watches."""
    for trial in result.faults[known:]:
        print(f"{result.campaign.name}: {trial.what}: {trial.fault}", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(f"\r{result.campaign.name}: {result.tried}", end="\r", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the campaigns asked for; exit code 1 where something broke."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attack", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--within", type=float, default=math.inf, metavar="SECONDS", help="begin no trial of a campaign later than this"
    )
    parser.add_argument("--only", nargs="+", metavar="WORD", help="campaigns with a word in them")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md: the row of each campaign run")
    given = parser.parse_args(arguments)
    chosen = [c for c in CAMPAIGNS if not given.only or any(w in c.name for w in given.only)]
    broke = False
    for campaign in chosen:
        result, known = Result(campaign), 0
        for result in run(campaign, given.size, given.seed, given.within):
            _shown(result, known)
            known = len(result.faults)
        print(row(campaign, entry(result, given.seed)), flush=True)
        broke |= bool(result.faults)
        if given.write:  # after each: what is known stays where a later one is stopped
            write(ROOT, CAMPAIGNS, result, given.seed)
    return int(broke)


if __name__ == "__main__":
    sys.exit(main())

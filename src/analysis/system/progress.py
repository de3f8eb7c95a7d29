"""What a command that does many things tells the person who waits for it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any


@contextlib.contextmanager
def progress(total: int, unit: str) -> Iterator[Callable[[str, int, int], None]]:
    """A bar with counts, rate and time left; one plain line a task where there is no terminal.

    Yields
    ------
    callable
        `advance(line, count, failed)`: what has ended, how many units it was, how many of them failed.
    """
    ended = failures = 0

    def advance(line: str, count: int, failed: int) -> None:
        nonlocal ended, failures
        ended, failures = ended + count, failures + failed
        if bar is None:
            print(f"[{ended}/{total}] {line}", file=sys.stderr, flush=True)
        else:
            bar.set_postfix(failed=failures, refresh=False)
            bar.update(count)

    bar: Any = None
    if sys.stderr.isatty():
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread beside the forks
        bar = tqdm(total=total, unit=unit, dynamic_ncols=True, smoothing=0.1)
    with contextlib.nullcontext() if bar is None else bar:
        yield advance

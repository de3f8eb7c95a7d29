"""What a build tells the person who waits for it."""

from __future__ import annotations

import sys
from typing import Any

from analysis.batch.endings import Outcome
from analysis.batch.plan import Run


class Progress:
    """A bar with counts, rate and time left; one plain line a run where there is no terminal."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0
        self.failures: list[str] = []
        self.lacking: list[str] = []
        self.stopped = False
        self._bar: Any = None
        if sys.stderr.isatty():
            from tqdm import tqdm

            tqdm.monitor_interval = 0  # no thread of its own beside the forks
            self._bar = tqdm(total=total, unit="run", dynamic_ncols=True, smoothing=0.1)

    def ended(self, run: Run, outcome: Outcome) -> None:
        """Count a run that has ended, and keep its failure if it failed."""
        self.done += 1
        if outcome.failure:
            where = f"{outcome.failure.where}: " if outcome.failure.where else ""
            self.failures.append(f"{run}: {where}{outcome.failure.error}")
        if outcome.lacks:
            self.lacking.append(f"{run}: {', '.join(outcome.lacks)}")
        if self._bar:
            self._bar.set_postfix(failed=len(self.failures), refresh=False)
            self._bar.update()
        else:
            word = "failed" if outcome.failure else "done"
            print(f"[{self.done}/{self.total}] {run}: {word}", flush=True)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self._bar:
            self._bar.close()

    def summarise(self, unchanged: int, seconds: float, limit: float) -> None:
        """Close with the counts and the time limit, and a line for each run that failed or lacks."""
        for line in self.lacking:
            print(f"not in the page: {line}")
        for line in self.failures:
            print(f"failed: {line}")
        if self.failures:
            print("their notebooks and logs: .build/failed/")
        built = self.done - len(self.failures)
        counts = f"{built} built, {unchanged} up to date, {len(self.failures)} failed"
        if self.stopped:
            counts = f"stopped: {counts}, {self.total - self.done} left for the next build"
        print(f"{counts} ({seconds:.1f} s; no run may take over {limit:g} s)", flush=True)

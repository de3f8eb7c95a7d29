"""How runs end, and what a build tells of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analysis.batch.outputs import Stamp
from analysis.batch.plan import Run


@dataclass(frozen=True)
class Failure:
    """Why a run failed: `where` names the cell, `error` is one line, `log` the whole story."""

    where: str
    error: str
    log: str = ""


@dataclass(frozen=True)
class Ending:
    """How a run ended, and which files it published (paths relative to the root).

    `lacks` names what its notebook shows and its page cannot hold, such as a picture not there.
    """

    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    failure: Failure | None = None
    lacks: tuple[str, ...] = ()


@dataclass
class Tally:
    """What has ended of a build of `total` runs; `advance` is that of `analysis.system.progress`."""

    total: int
    done: int = 0
    failures: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    stopped: bool = False

    def count(self, run: Run, ending: Ending, advance: Callable[[str, int, int], None]) -> None:
        """Count a run that has ended, and keep its failure if it failed."""
        self.done += 1
        if ending.failure:
            where = f"{ending.failure.where}: " if ending.failure.where else ""
            self.failures.append(f"{run}: {where}{ending.failure.error}")
        if ending.lacks:
            self.lacking.append(f"{run}: {', '.join(ending.lacks)}")
        advance(f"{run}: {'failed' if ending.failure else 'done'}", 1, bool(ending.failure))

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

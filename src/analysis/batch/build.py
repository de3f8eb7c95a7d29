"""The batch from plan to index: what `analysis build` does."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import shutil
import signal
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from analysis.batch import ledger, notebooks, plan
from analysis.batch.ledger import Record
from analysis.batch.plan import Run
from analysis.errors import AnalysisError, InputError

if TYPE_CHECKING:  # heavy: imported only once there is something to do
    from analysis.batch.progress import Progress
    from analysis.batch.run import Outcome, Render


@dataclasses.dataclass(frozen=True)
class Options:
    """How the runs are done.

    Attributes
    ----------
    jobs
        runs at a time; by default one more than there are cores.
    cluster
        address of a Dask scheduler that is to do the runs instead.
    timeout
        seconds one run may take.
    warm
        fork kernels from a warm process; by default wherever that is safe.
    render, index
        make a page of an executed notebook, and the index; by default those of `analysis.pages`.
    """

    jobs: int | None = None
    cluster: str | None = None
    timeout: float | None = None
    warm: bool | None = None
    render: Render | None = None
    index: Callable[[Path], object] | None = None


def build(
    root: Path,
    regions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    force: bool = False,
    dry_run: bool = False,
    languages: Sequence[str] = ("en",),
    **options: object,
) -> int:
    """Run the notebooks that need it; publish their figures and pages.

    Parameters
    ----------
    root
        the project folder.
    regions, years
        only runs of these; runs over several regions, or several years, are then left out.
    force, dry_run
        remake all; only say what would be made, and why.
    languages
        languages of the pages, for notebooks with a `language` parameter.
    **options
        see `Options`.

    Returns
    -------
    int
        exit code: 0, or 1 where a run failed or a notebook cannot be used.

    Raises
    ------
    InputError
        where nothing matches, another build is at work, or the output cannot be written.
    """
    begun = time.monotonic()
    root = root.resolve()
    with contextlib.nullcontext() if dry_run else ledger.locked(root):
        found, problems = notebooks.read_all(root)
        runs = plan.selected(plan.all_runs(root, found, languages), regions, years)
        records = ledger.read(root)
        needed = plan.needed(root, runs, records, force)
        for line in problems:
            print(f"unusable: {line}")
        if dry_run:
            for run in needed:
                print(f"{run}: {run.reason}")
        if dry_run or not (needed or ledger.index_is_due(root)):
            print(f"{len(needed)} to build, {len(runs) - len(needed)} up to date")
            return 1 if problems else 0
        _prepare(root)
        progress = _perform(root, needed, records, Options(**options))  # type: ignore[arg-type]
        progress.summarise(len(runs) - len(needed), time.monotonic() - begun)
        return 1 if problems or progress.failures or progress.stopped else 0


def _prepare(root: Path) -> None:
    """Clear what a killed build left, and find out now whether the output can be written."""
    shutil.rmtree(ledger.state_folder(root) / "staging", ignore_errors=True)
    for name in ("figures", "reports"):
        folder = root / name
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder}: cannot be written ({error.strerror})") from None
        if not os.access(folder, os.W_OK):
            raise InputError(f"{folder}: cannot be written; see its permissions")
    for partial in (root / "reports").glob(".index.html.*"):  # torn off while being written
        partial.unlink(missing_ok=True)


def _perform(
    root: Path,
    runs: Sequence[Run],
    records: Mapping[str, Record],
    options: Options,
) -> Progress:
    from analysis.batch.progress import Progress

    progress = Progress(len(runs))
    try:
        ledger.rewrite(root, records)
        with (
            _ending_in_order(),
            contextlib.closing(_outcomes(root, runs, options)) as outcomes,
        ):
            for run, outcome in outcomes:
                _record(root, run, outcome, records.get(run.key))
                progress.ended(run, outcome)
            _remove_orphans(root, records)
            if ledger.index_is_due(root):
                from analysis import pages

                (options.index or pages.write_index)(root)
                ledger.index_is_done(root)
    except KeyboardInterrupt:
        progress.stopped = True
    except OSError as error:
        raise AnalysisError(f"{error.filename or root}: {error.strerror}; build stopped") from error
    finally:
        progress.close()
        shutil.rmtree(ledger.state_folder(root) / "staging", ignore_errors=True)
    return progress


def _outcomes(root: Path, runs: Sequence[Run], options: Options) -> Generator[tuple[Run, Outcome]]:
    from analysis.batch import cluster, workers
    from analysis.batch.run import Work

    if not runs:  # only the index is due
        return
    given = {} if options.warm is None else {"warm": options.warm}
    work = Work(root, options.render, options.timeout, **given)
    if options.cluster:
        yield from cluster.perform_all(options.cluster, runs, work)
    else:
        yield from workers.perform_all(runs, work, options.jobs)


def _record(root: Path, run: Run, outcome: Outcome, before: Record | None) -> None:
    """Write down how a run ended; where it failed, what it published before still stands."""
    if outcome.failure:
        stands = before.outputs if before else {}
        ledger.append(root, run.key, Record(run.fingerprint, stands, outcome.failure.error))
    else:
        ledger.append(root, run.key, Record(run.fingerprint, outcome.outputs))


def _remove_orphans(root: Path, before: Mapping[str, Record]) -> None:
    """Remove what was published before and is no run's any longer."""

    def published(records: Mapping[str, Record]) -> set[str]:
        return {path for record in records.values() for path in record.outputs}

    for path in published(before) - published(ledger.read(root)):
        (root / path).unlink(missing_ok=True)


@contextlib.contextmanager
def _ending_in_order() -> Iterator[None]:
    """Take SIGTERM as Ctrl-C, and either only once: what follows is the clearing up."""

    def stop(number: int, frame: FrameType | None) -> None:
        for each in before:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

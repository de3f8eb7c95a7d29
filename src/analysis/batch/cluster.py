"""The same runs on a Dask cluster whose workers see the project folder under the same path."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import as_completed
from functools import cache

from analysis.batch.endings import Outcome
from analysis.batch.plan import Run
from analysis.batch.run import Work
from analysis.batch.workers import Worker, ask, finish, hired
from analysis.errors import InputError

_here = contextlib.ExitStack()
_idle: dict[Work, list[Worker]] = defaultdict(list)


def perform_all(address: str, runs: Sequence[Run], work: Work) -> Iterator[tuple[Run, Outcome]]:
    """Hand every run to the cluster; yields each with its outcome as it ends.

    The scheduler gives the runs of a worker that dies to another; publishing twice is harmless.

    Raises
    ------
    InputError
        where `distributed` is not installed or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--cluster needs `distributed`: install `analysis[cluster]`") from None
    try:
        client = Client(address, timeout=10, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler at {address} ({error})") from None
    with client, client.get_executor(pure=False) as executor:
        futures = {executor.submit(_perform, work, run): run for run in runs}
        try:
            for job in as_completed(futures):
                try:
                    outcome = job.result()
                except Exception as error:
                    outcome = Outcome.failed(f"lost by the cluster: {error}")
                yield futures[job], outcome
        finally:
            executor.shutdown(wait=False)


def _perform(work: Work, run: Run) -> Outcome:
    if not work.warm:
        return work(run)
    worker = _idle[work].pop() if _idle[work] else _hire(work)()
    ask(worker, run)
    outcome, alive = finish(worker, work)
    _idle[work] += [worker] if alive else []
    return outcome


@cache
def _hire(work: Work) -> Callable[[], Worker]:
    """Warm workers of this process of the cluster; they end with it."""
    return _here.enter_context(hired(work))

"""Tasks done by workers of this machine, or of a Dask cluster that sees the same files under the same paths."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import as_completed
from functools import cache
from typing import Any

from analysis.system import workers
from analysis.system.errors import InputError
from analysis.system.workers import Crew, Result, Task, Work, Worker

_PATIENCE = 10.0  # seconds in which a scheduler must answer
_here = contextlib.ExitStack()


def perform_all(
    tasks: Sequence[Task], work: Work[Task, Result], jobs: int | None, address: str | None
) -> Generator[tuple[Task, Result]]:
    """Do `work` for every task; yields each with its result as it ends.

    Parameters
    ----------
    jobs
        tasks at a time on this machine; by default as many as cores.
    address
        of the Dask scheduler that has them done instead. It gives the tasks of a worker that dies to
        another, so doing one twice must be harmless.

    Raises
    ------
    InputError
        where `distributed` is not installed or no scheduler answers.
    """
    if tasks and address:
        yield from _on_cluster(address, tasks, work)
    elif tasks:
        yield from workers.perform_here(tasks, work, jobs)


def _on_cluster(address: str, tasks: Sequence[Task], work: Work[Task, Result]) -> Generator[tuple[Task, Result]]:
    """Have the workers of a Dask scheduler do all tasks; yields each with its result as it ends."""
    try:
        from distributed import Client
    except ImportError:
        raise InputError("--cluster needs `distributed`: run `pip install '.[cluster]'` in the project") from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(f"no Dask scheduler at {address} ({error})") from None
    with client, client.get_executor(pure=False) as executor:
        futures = {executor.submit(_perform, work, task): task for task in tasks}
        try:
            for future in as_completed(futures):
                task = futures[future]
                try:
                    result = future.result()
                except Exception as error:
                    result = work.lost(task, f"lost by the cluster: {error}")
                yield task, result
        finally:
            executor.shutdown(wait=False)


def _perform(work: Work[Task, Result], task: Task) -> Result:
    if not work.server():
        return work(task)
    ((_, result),) = _crew(work, threading.get_ident()).perform([task])
    return result


@cache
def _crew(work: Work[Task, Result], thread: int) -> Crew[Task, Result]:
    """The warm workers of a thread of this process of the cluster."""
    return Crew(work, _hire(work))


@cache
def _hire(work: Work[Any, Any]) -> Callable[[], Worker]:
    """What starts warm workers of this process of the cluster; they end with it."""
    return _here.enter_context(workers.hired(work))

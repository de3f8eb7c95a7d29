"""The same runs on a Dask cluster whose workers see the project folder under the same path."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from functools import cache
from pathlib import Path

from analysis.batch.kernels import Server, server
from analysis.batch.plan import Run
from analysis.batch.run import Failure, Outcome, Render, Work, preload
from analysis.errors import InputError

_here = contextlib.ExitStack()


def perform_all(
    address: str,
    root: Path,
    runs: Sequence[Run],
    render: Render,
    timeout: float | None = None,
    warm: bool | None = None,
) -> Iterator[tuple[Run, Outcome]]:
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
        futures = {}
        for run in runs:
            job = executor.submit(_perform, root, run, render, timeout, warm)
            futures[job] = run
        try:
            for job in as_completed(futures):
                try:
                    outcome = job.result()
                except Exception as error:
                    outcome = Outcome(failure=Failure("", f"lost by the cluster: {error}"))
                yield futures[job], outcome
        finally:
            executor.shutdown(wait=False)


def _perform(
    root: Path,
    run: Run,
    render: Render,
    timeout: float | None,
    warm: bool | None,
) -> Outcome:
    return Work(root, _server(warm), render, timeout)(run)


@cache
def _server(warm: bool | None) -> Server:
    """The warm kernels of this worker process; they end with it."""
    started = _here.enter_context(server(warm))
    preload()
    return started

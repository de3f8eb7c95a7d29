"""Worker processes on this machine: each takes one run after the other."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess, parent_process

from analysis.batch.plan import Run
from analysis.batch.run import Failure, Outcome

_GRACE = 30.0
"""Seconds beyond its time limit in which a run may stop its kernel and keep what it had."""


@dataclass(frozen=True)
class _Worker:
    process: BaseProcess
    pipe: Connection


def default_jobs() -> int:
    """As many as cores this process may use, and one more to fill the waits of the others."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (cores or 1) + 1


def perform_all(
    runs: Sequence[Run], work: Callable[[Run], Outcome], jobs: int, timeout: float | None = None
) -> Iterator[tuple[Run, Outcome]]:
    """Do `work` for every run in `jobs` processes; yields each with its outcome as it ends.

    A worker that dies, or is stuck beyond the time limit, costs the run it was at and no other.
    """
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    gc.freeze()  # what the workers share with this process stays shared
    todo = list(reversed(runs))
    started: list[_Worker] = []
    idle: list[_Worker] = []
    busy: dict[Connection, tuple[_Worker, Run, float]] = {}
    try:
        while todo or busy:
            while todo and len(busy) < jobs:
                if not idle:
                    started.append(_start(context, work))
                    idle.append(started[-1])
                worker = idle.pop()
                limit = time.monotonic() + timeout + _GRACE if timeout else float("inf")
                busy[worker.pipe] = (worker, todo.pop(), limit)
                worker.pipe.send(busy[worker.pipe][1])
            patience = min(limit for _, _, limit in busy.values()) - time.monotonic()
            for pipe in wait(list(busy), None if timeout is None else max(patience, 0)):
                assert isinstance(pipe, Connection)
                worker, run, _ = busy.pop(pipe)
                try:
                    yield run, pipe.recv()
                    idle.append(worker)
                except (EOFError, ConnectionError):
                    worker.process.join()
                    code = worker.process.exitcode
                    yield run, Outcome(failure=Failure("", f"its worker died (exit code {code})"))
            for worker, _, limit in busy.values():
                if limit < time.monotonic():
                    worker.process.kill()
    finally:
        for worker in started:
            worker.process.kill()
        for worker in started:
            worker.process.join()
            worker.pipe.close()


def _start(context: multiprocessing.context.BaseContext, work: Callable[[Run], Outcome]) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, work), daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(pipe: Connection, work: Callable[[Run], Outcome]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends its workers itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_build, daemon=True).start()
    while True:
        pipe.send(work(pipe.recv()))


def _end_with_build() -> None:
    build = parent_process()
    if build:
        build.join()
        os._exit(1)

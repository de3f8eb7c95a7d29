"""Worker processes on this machine: each takes one run after the other."""

from __future__ import annotations

import contextlib
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
from typing import Any, cast

from analysis.batch import kin, server
from analysis.batch.endings import Outcome, over_time
from analysis.batch.plan import Run
from analysis.batch.run import Work

_GRACE = 10.0
"""Seconds beyond its time limit in which a run may stop its kernel and keep what it had."""


@dataclass(frozen=True)
class Spawned:
    """A worker where there is no fork server; the same face as `analysis.batch.server.Forked`."""

    connection: Connection
    process: BaseProcess

    def exit_code(self) -> int | None:
        """Wait for the process to end; negative where a signal ended it."""
        self.process.join()
        return self.process.exitcode

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def close(self) -> None:
        """End the process and let go of it."""
        self.kill()
        self.exit_code()
        self.connection.close()


Worker = server.Forked | Spawned


def default_jobs() -> int:
    """As many as cores this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return cores or 1


def perform_all(
    runs: Sequence[Run], work: Work, jobs: int | None = None
) -> Iterator[tuple[Run, Outcome]]:
    """Do `work` for every run, `jobs` at a time; yields each with its outcome as it ends.

    A worker that dies, or is stuck beyond the time limit, costs the run it was at and no other.
    """
    todo = list(reversed(runs))
    idle: list[Worker] = []
    busy: dict[Connection, tuple[Worker, Run]] = {}
    limits: dict[Connection, float] = {}  # of runs that have begun, and are not being ended
    ended: set[Connection] = set()
    with hired(work) as hire:
        while todo or busy:
            while todo and len(busy) < (jobs or default_jobs()):
                worker, run = idle.pop() if idle else hire(), todo.pop()
                busy[worker.connection] = worker, run
                ask(worker, run)
            first = min(limits.values(), default=None)
            patience = None if first is None else max(first - time.monotonic(), 0)
            for connection in cast(list[Connection], wait(list(busy), patience)):
                worker, run = busy[connection]
                outcome, alive = answer(worker)
                if outcome is None:
                    limits[connection] = time.monotonic() + work.timeout + _GRACE
                    continue
                del busy[connection]
                limits.pop(connection, None)
                idle += [worker] if alive else []
                late = connection in ended and not alive
                yield run, Outcome.failed(over_time(work.timeout)) if late else outcome
            for connection in [c for c, limit in limits.items() if limit < time.monotonic()]:
                del limits[connection]
                ended.add(connection)
                busy[connection][0].kill()


@contextlib.contextmanager
def hired(work: Work) -> Iterator[Callable[[], Worker]]:
    """What starts one more worker; all of them end with the block."""
    started: list[Worker] = []

    def hire(start: Callable[[], Worker]) -> Worker:
        started.append(worker := start())
        # a function that renders may be defined in a script, beside modules of its own
        worker.connection.send(sys.path if work.render else [])
        worker.connection.send(work)
        return worker

    with contextlib.ExitStack() as stack:
        if work.warm:
            program = "from analysis.batch import workers; workers.serve()"
            control = stack.enter_context(server.server(program))
        try:
            yield lambda: hire(lambda: server.fork(control) if work.warm else _spawned())
        finally:
            for worker in started:
                worker.close()


def ask(worker: Worker, run: Run) -> None:
    """Send a worker its next run."""
    with contextlib.suppress(OSError):  # a worker that has died says so when it should answer
        worker.connection.send(run)


def answer(worker: Worker) -> tuple[Outcome | None, bool]:
    """The outcome of the run asked for, and whether the worker can take another.

    Before its outcome a run says that it has begun: with None.
    """
    try:
        return worker.connection.recv(), True
    except (EOFError, OSError):
        return Outcome.failed(f"its worker died (exit code {worker.exit_code()})"), False


def finish(worker: Worker, work: Work) -> tuple[Outcome, bool]:
    """Wait for the run asked for; its outcome, and whether the worker can take another."""
    outcome, alive = answer(worker)
    if outcome is not None:  # it died before it began
        return outcome, alive
    late = not worker.connection.poll(work.timeout + _GRACE)
    if late:
        worker.kill()
    outcome, alive = answer(worker)
    if outcome is None or (late and not alive):
        return Outcome.failed(over_time(work.timeout)), False
    return outcome, alive


def work(connection: Connection) -> None:
    """Be a worker until nobody asks any more."""
    kin.adopt()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends its workers itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(EOFError, OSError):
        sys.path += [place for place in connection.recv() if place not in sys.path]
        perform: Work = connection.recv()
        while True:
            run = connection.recv()
            connection.send(None)
            connection.send(perform(run))


def serve() -> None:
    """Be the server of such workers."""
    server.main(work)


def _spawned() -> Spawned:
    how: Any = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(how)
    ours, theirs = context.Pipe()
    with theirs:
        process = context.Process(target=_work_for_parent, args=(theirs,), daemon=True)
        process.start()
    return Spawned(ours, process)


def _work_for_parent(connection: Connection) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work(connection)


def _end_with_parent() -> None:
    build = parent_process()
    assert build
    build.join()
    kin.end_all()
    os._exit(1)

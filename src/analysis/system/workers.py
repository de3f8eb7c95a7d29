"""Worker processes on this machine: each takes one task after the other."""

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
from types import FrameType
from typing import Any, Generic, Protocol, TypeVar, cast

from analysis.system import kin

Task = TypeVar("Task")
Result = TypeVar("Result")

_GRACE = 10.0
"""Seconds beyond its time limit in which a task may end in order and keep what it had."""


class Worker(Protocol):
    """A process that works, seen from the one that asks it."""

    @property
    def connection(self) -> Connection:
        """Over which tasks go out and results come back."""

    def exit_code(self) -> int | None:
        """Wait for the process to end; negative where a signal ended it, None where nobody knows."""

    def kill(self) -> None:
        """End the process at once."""

    def close(self) -> None:
        """End the process and let go of it."""


class Work(Generic[Task, Result]):
    """What is done for every task; it goes to the workers pickled.

    Attributes
    ----------
    timeout
        seconds a task may take, after which its worker is killed; None where tasks end by themselves.
    is_finished
        when all is stopped, tasks that have begun are finished, not killed.
    """

    timeout: float | None = None
    is_finished: bool = False

    def __call__(self, task: Task) -> Result:
        """Do one task; what goes wrong is in the result, which is never None."""
        raise NotImplementedError

    def lost(self, task: Task, why: str) -> Result:
        """The result of a task whose worker died or was ended."""
        raise NotImplementedError

    def server(self) -> contextlib.AbstractContextManager[Callable[[], Worker]] | None:
        """What starts workers that share what a server has made ready; None for plain processes."""
        return None


def default_jobs() -> int:
    """As many as cores this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return cores or 1


def perform_here(
    tasks: Sequence[Task], work: Work[Task, Result], jobs: int | None = None
) -> Iterator[tuple[Task, Result]]:
    """Do `work` for every task, `jobs` at a time; yields each with its result as it ends.

    A worker that dies, or is stuck beyond the time limit, costs the task it was at and no other.
    """
    with hired(work) as hire:
        yield from Crew(work, hire).perform(tasks, jobs or default_jobs())


class Crew(Generic[Task, Result]):
    """Workers of this machine: which are idle, and which are at which task until when."""

    def __init__(self, work: Work[Task, Result], hire: Callable[[], Worker]) -> None:
        self._work = work
        self._hire = hire
        self._idle: list[Worker] = []
        self._busy: dict[Connection, tuple[Worker, Task]] = {}
        self._limits: dict[Connection, float] = {}  # of tasks that have begun, and are not being ended
        self._killed: set[Connection] = set()

    def perform(self, tasks: Sequence[Task], jobs: int = 1) -> Iterator[tuple[Task, Result]]:
        """Do the work for every task; see `perform_here`."""
        todo = list(reversed(tasks))
        while todo or self._busy:
            while todo and len(self._busy) < jobs:
                self._employ(todo.pop())
            yield from self._answers()
            self._kill_late()

    def _employ(self, task: Task) -> None:
        worker = self._idle.pop() if self._idle else self._hire()
        self._busy[worker.connection] = worker, task
        with contextlib.suppress(OSError):  # a worker that has died says so when it should answer
            worker.connection.send(task)

    def _answers(self) -> Iterator[tuple[Task, Result]]:
        """The results that come before the first time limit is over."""
        first = min(self._limits.values(), default=None)
        patience = None if first is None else max(first - time.monotonic(), 0)
        for connection in cast(list[Connection], wait(list(self._busy), patience)):
            worker, task = self._busy[connection]
            try:
                result = connection.recv()
            except (EOFError, OSError):
                self._let_go(connection)
                late = connection in self._killed
                died = f"its worker died (exit code {worker.exit_code()})"
                yield task, self._work.lost(task, too_long(self._work.timeout) if late else died)
                continue
            if result is not None:
                self._let_go(connection)
                self._idle.append(worker)
                yield task, result
            elif self._work.timeout is not None:  # it says that it has begun
                self._limits[connection] = time.monotonic() + self._work.timeout + _GRACE

    def _let_go(self, connection: Connection) -> None:
        del self._busy[connection]
        self._limits.pop(connection, None)

    def _kill_late(self) -> None:
        for connection in [c for c, limit in self._limits.items() if limit < time.monotonic()]:
            del self._limits[connection]
            self._killed.add(connection)
            self._busy[connection][0].kill()


def too_long(limit: float | None) -> str:
    """What is said of a task that took longer than `limit` seconds."""
    return f"over its time limit of {limit:g} s"


@contextlib.contextmanager
def hired(work: Work[Task, Result]) -> Iterator[Callable[[], Worker]]:
    """What starts one more worker; all of them end with the block."""
    started: list[Worker] = []
    with contextlib.ExitStack() as stack:
        server = work.server()
        start = stack.enter_context(server) if server else lambda: _spawned(work.is_finished)

        def hire() -> Worker:
            started.append(worker := start())
            worker.connection.send(work)
            return worker

        try:
            yield hire
        finally:
            for worker in started:
                worker.close()


def serve(connection: Connection) -> None:
    """Be a worker until nobody asks any more."""
    kin.adopt()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started the workers ends them
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(EOFError, OSError):
        perform: Work[Any, Any] = connection.recv()
        while (task := connection.recv()) is not None:
            connection.send(None)
            connection.send(perform(task))


@dataclass(frozen=True)
class Spawned:
    """A worker that is a child of this process."""

    connection: Connection
    process: BaseProcess
    is_finished: bool

    def exit_code(self) -> int | None:
        """Wait for the process to end; negative where a signal ended it."""
        self.process.join()
        return self.process.exitcode

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()

    def close(self) -> None:
        """End the process, once it has finished its task where tasks are finished; let go of it."""
        if self.is_finished:
            with contextlib.suppress(OSError):
                self.connection.send(None)
        else:
            self.kill()
        self.exit_code()
        self.connection.close()


def _spawned(is_finished: bool) -> Spawned:
    how: Any = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(how)
    ours, theirs = context.Pipe()
    with theirs:
        process = context.Process(target=_work_for_parent, args=(theirs,), daemon=True)
        process.start()
    return Spawned(ours, process, is_finished)


def _work_for_parent(connection: Connection) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    serve(connection)


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent
    parent.join()
    kin.end_all()
    os._exit(1)


@contextlib.contextmanager
def ending_in_order() -> Iterator[None]:
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

"""The fork server: a process that has imported everything once and forks workers.

Each worker is asked for with one message on the control socket (the server's standard input): a
byte that carries one end of two fresh socket pairs. Over the first, worker and build speak. The
second tells the build the exit code when the worker has ended, and the server, by closing, that
the worker is to be killed. When the control socket closes, the server ends.

No name on disk, no port, no thread: all that a fork could inherit by mistake.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from analysis.batch import warming
from analysis.system import kin

_NUMBER = struct.Struct("i")


@contextlib.contextmanager
def forking(program: str) -> Iterator[Callable[[], ForkedWorker]]:
    """What forks one more worker from a server; it and its workers end with the block.

    `program` is Python that calls `main` with what a worker is to do.
    """
    control, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", program],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            env=os.environ | warming.FIXED_ENVIRONMENT,
            start_new_session=True,  # Ctrl-C is for the build, which ends the server in order
        )
    try:
        yield lambda: _fork(control)
    finally:
        control.close()
        process.terminate()  # heeded only while it still imports, and has no workers
        process.wait()


@dataclass(frozen=True)
class ForkedWorker:
    """A worker of the server's; see `analysis.system.workers.Worker`."""

    connection: Connection
    life: socket.socket

    def exit_code(self) -> int | None:
        """Wait for the process to end; None where the server died with it."""
        answer = self.life.recv(_NUMBER.size, socket.MSG_WAITALL)
        return _NUMBER.unpack(answer)[0] if answer else None

    def kill(self) -> None:
        """Have the server end the process and all it started."""
        with contextlib.suppress(OSError):
            self.life.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        """Let go of the process; the server ends it if it still runs."""
        self.life.close()
        self.connection.close()


def _fork(control: socket.socket) -> ForkedWorker:
    """Ask for a worker; it will be there when the server has imported its libraries."""
    ours, theirs = socket.socketpair()
    life, its_life = socket.socketpair()
    with theirs, its_life:
        socket.send_fds(control, [b"."], [theirs.fileno(), its_life.fileno()])
    return ForkedWorker(Connection(ours.detach()), life)


# ---------------------------------------------------------------- the far side


def fork_workers(work: Callable[[Connection], object], prepare: Callable[[], object]) -> None:
    """Warm up, and `prepare`; then fork workers until the build has gone, each to `work` over its connection."""
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warming.warm_up()
    with contextlib.suppress(Exception):
        prepare()
    warming.make_kernel()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # there may be workers to end from now on
    kin.adopt()  # what a notebook leaves behind when its worker is killed
    _serve(control, work)
    os._exit(0)  # the teardown would unload every library


def _serve(control: socket.socket, work: Callable[[Connection], object]) -> None:
    """Fork, kill and bury workers as the control socket asks, until it closes."""
    lives: dict[int, socket.socket] = {}
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(ended, selectors.EVENT_READ)
    while True:
        for ready, _ in selector.select():
            if ready.fileobj is control:
                _, descriptors, _, _ = socket.recv_fds(control, 1, 2)
                if not descriptors:
                    _end(lives)
                    return
                connection, life = Connection(descriptors[0]), socket.socket(fileno=descriptors[1])
                process = _worker(work, connection, [selector, control, life, *lives.values()])
                lives[process] = life
                selector.register(life, selectors.EVENT_READ, process)
            elif ready.fileobj == ended:
                os.read(ended, 4096)
                _bury(selector, lives)
            else:
                selector.unregister(ready.fileobj)
                _kill(ready.data)


def _worker(work: Callable[[Connection], object], connection: Connection, inherited: list[Any]) -> int:
    """Fork a worker that lets go of what it has `inherited`; its process id."""
    process = os.fork()
    if process == 0:
        _become_worker(work, connection, inherited)
    connection.close()
    return process


def _bury(selector: selectors.BaseSelector, lives: dict[int, socket.socket]) -> None:
    """Tell of the workers that have ended, and end what they left."""
    for process, code in _reaped():
        if process in lives:
            _tell(selector, lives.pop(process), code)
    kin.end_all(but=lives)  # what was adopted from a worker that was killed


def _tell(selector: selectors.BaseSelector, life: socket.socket, code: int) -> None:
    with contextlib.suppress(KeyError):  # where the build has let go of it first
        selector.unregister(life)
    with contextlib.suppress(OSError):
        life.sendall(_NUMBER.pack(code))
    life.close()


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(process, signal.SIGKILL)


def _reaped() -> list[tuple[int, int]]:
    found = []
    with contextlib.suppress(ChildProcessError):
        while (status := os.waitpid(-1, os.WNOHANG))[0]:
            found.append((status[0], os.waitstatus_to_exitcode(status[1])))
    return found


def _end(lives: dict[int, socket.socket]) -> None:
    for process in lives:
        _kill(process)
    for process in lives:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(process, 0)
    kin.end_all()


def _become_worker(work: Callable[[Connection], object], connection: Connection, inherited: list[Any]) -> NoReturn:
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for thing in inherited:
            thing.close()
        os.register_at_fork(after_in_child=connection.close)  # a kernel is not to hold it
        work(connection)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)

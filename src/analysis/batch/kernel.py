"""The far side of a forked kernel: IPython's own kernel, its messages over a pipe.

What a cell shows is made by the same shell as under Jupyter, so the outputs are the same; the
sockets, threads and handshakes of a kernel that outlives its notebook are left out.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import io
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Mapping
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session
from traitlets.config import Config

STREAMS = ("stdout", "stderr")
_PATIENCE = 0.2
"""Seconds for which printed text may wait for more before it is sent."""


def become(connection: Connection, lifeline: int, environment: Mapping[str, str], folder: Path, logs: Path) -> None:
    """Turn this process, just forked, into a kernel; never returns.

    Parameters
    ----------
    connection
        sources of cells come in, messages go out; None ends the kernel.
    lifeline
        a pipe that closes when whoever asked for the kernel has gone.
    logs
        folder of the files `stdout` and `stderr`, for what bypasses Python.
    """
    code = 1
    try:
        os.setsid()
        threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
        _take_on(environment, folder, logs)
        _execute_all(connection, logs)
        code = 0
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        # an orderly end without the interpreter's teardown, which would unload every library
        with contextlib.suppress(BaseException):
            threading._shutdown()  # type: ignore[attr-defined]
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _end_with(lifeline: int) -> None:
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


def _take_on(environment: Mapping[str, str], folder: Path, logs: Path) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    files = [os.open(logs / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644) for name in STREAMS]
    for source, target in zip((os.open(os.devnull, os.O_RDONLY), *files), range(3), strict=True):
        os.dup2(source, target)
        os.close(source)
    if "numpy.random" in sys.modules:  # Python's own generator reseeds itself after a fork
        sys.modules["numpy.random"].seed()


@cache
def prepared() -> Any:
    """A kernel with all but what it is to do: made once, and forked with the process."""
    config = Config()
    config.HistoryManager.enabled = False  # kept for people who come back
    log = logging.getLogger("ipykernel")
    kernel = IPythonKernel(session=_Session(), config=config, log=log, profile_dir=ProfileDir())
    kernel._execute_sleep = 0.0
    kernel.shell_channel_thread = SimpleNamespace(parent_thread=None)
    IPKernelApp.instance().kernel = kernel  # where `%matplotlib` and the like look for it
    # what `exit()` asks for: the end of the kernel once its cell is done
    kernel.io_loop = SimpleNamespace(  # type: ignore[assignment]
        call_later=lambda *_: os._exit(0), stop=None
    )
    return kernel


def _settle(kernel: Any, folder: Path) -> None:
    """Tell a kernel made elsewhere where it is."""
    shell = kernel.shell
    shell.init_environment()
    shell.ipython_dir = os.environ["IPYTHONDIR"]
    shell.profile_dir.location = os.path.join(shell.ipython_dir, "profile_default")
    shell.history_manager.dir_hist[:] = [folder]


def _execute_all(connection: Connection, logs: Path) -> None:
    kernel = prepared()
    session = kernel.session
    session.connection = connection
    sys.stdout, sys.stderr = _Stream(session, "stdout", logs), _Stream(session, "stderr", logs)
    _settle(kernel, Path.cwd())
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    session.send(None, "kernel_info_reply", {"language_info": kernel.language_info})
    while (source := connection.recv()) is not None:
        request = session.msg("execute_request", {"code": source, "stop_on_error": False})
        kernel.set_parent([], request)
        loop.run_until_complete(kernel.execute_request(None, [], request))


class _Session(Session):
    """Jupyter's messages, packed as they are for its sockets."""

    connection: Connection

    def __init__(self) -> None:
        super().__init__()
        self._one_at_a_time = threading.Lock()

    def send(  # type: ignore[override]
        self,
        stream: Any,
        message: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        if not isinstance(message, dict):
            message = self.msg(message, content, parent, header, metadata)
        packed = self.pack(message)
        with self._one_at_a_time:
            self.connection.send((packed, [bytes(buffer) for buffer in buffers or ()]))
        return message


class _Stream(io.TextIOBase):
    """Standard output or error of a notebook, with what its subprocesses write."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, session: _Session, name: str, logs: Path) -> None:
        self.name = name
        self._session = session
        self._waiting: list[str] = []
        self._sent = 0.0
        self._file = (logs / name).open("r", encoding="utf-8", errors="replace")

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return STREAMS.index(self.name) + 1

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._waiting.append(text)
        if time.monotonic() - self._sent > _PATIENCE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._sent = time.monotonic()
        if text := "".join(waiting) + self._file.read():
            self._session.send(None, "stream", {"name": self.name, "text": text})

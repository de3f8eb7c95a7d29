"""The fork server: a process that has imported everything once and forks workers.

Each worker is asked for with one message on the control socket (the server's standard input): a
byte that carries one end of two fresh socket pairs. Over the first, worker and build speak. The
second tells the build the exit code when the worker has ended, and the server, by closing, that
the worker is to be killed. When the control socket closes, the server ends.

No name on disk, no port, no thread: all that a fork could inherit by mistake.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import selectors
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from analysis.system import kin

FIXED_ENVIRONMENT = {
    # read when libraries are imported, so they must stand before the server starts
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "946684800",
    "TZ": "UTC",
    # as many kernels as cores; and a pool of threads does not survive a fork
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
LIBRARIES = (
    "ipykernel.debugger",
    "analysis.batch.kernel",
    "analysis.batch.kernels",
    "analysis.writing.prose",
    "analysis.charts.publish",
    # what these import on first use
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "bdb",
    "ipykernel.kernelspec",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "papermill.parameterize",
)
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
            env=os.environ | FIXED_ENVIRONMENT,
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
    warm_up()
    with contextlib.suppress(Exception):
        prepare()
    make_kernel()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # there may be workers to end from now on
    kin.adopt()  # what a notebook leaves behind when its worker is killed
    _serve(control, work)
    os._exit(0)  # the teardown would unload every library


def warm_up() -> None:
    """Import what every run will want, and have done once what libraries put off.

    Whatever fails here will fail, and say so, in the notebooks that need it.
    """
    # jsonschema takes this package up where it finds it, at the cost of a grammar compiled on
    # import, and does without it just as well
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # nor does a kernel nobody sits at need its debugger
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
    for name in LIBRARIES:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    for name in ("debugpy", "rfc3987_syntax"):
        if sys.modules[name] is None:
            del sys.modules[name]
    with contextlib.suppress(Exception):
        _draw_once()
    with contextlib.suppress(Exception):
        _render_once()
    with contextlib.suppress(Exception):
        _forget_charts()
    # imported here, the inline backend would never meet a shell: figures vanish without a word
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    gc.collect()
    gc.freeze()  # or every kernel would go through it all, and get a copy of it by doing so


def make_kernel() -> None:
    """Make what every kernel is forked with; from then on `display` here has nowhere to show."""
    os.environ["IPYTHONDIR"] = tempfile.gettempdir()  # a kernel at work has its own
    with contextlib.suppress(Exception):
        from analysis.batch import kernel

        kernel.prepared()
    gc.collect()
    gc.freeze()


def _draw_once() -> None:
    from matplotlib.figure import Figure

    from analysis import codebook
    from analysis.charts import style
    from analysis.writing import words

    codebook.load()
    words.lexicon()
    with style.house():
        figure = Figure()
        figure.subplots().set_title(style.drawable("draw once"))
        for kind in ("png", "svg"):
            figure.savefig(io.BytesIO(), format=kind)


def _forget_charts() -> None:
    """Leave it to each notebook to import the charts, which sets the font of all its pictures."""
    import analysis
    from analysis.charts import style

    style.unregister()
    del sys.modules["analysis.charts"], analysis.charts


def _render_once() -> None:
    from nbformat import v4

    from analysis import pages

    cells = [v4.new_markdown_cell("# Once 一次"), v4.new_code_cell("once = 1", outputs=[])]
    pages.render(v4.new_notebook(cells=cells), Path())


def _serve(control: socket.socket, work: Callable[[Connection], object]) -> None:
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

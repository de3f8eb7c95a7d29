"""The fork server: a process that has imported the libraries once and forks kernels.

Each kernel is asked for with one message: a byte on the control socket (standard input) that
carries one end of a fresh socket pair, in which a line of JSON already waits: `command`,
`environment`, `folder`, `log`. The answer is the kernel's process id and, when it has ended, its
exit code. Whoever asked holds the other end: when that closes, the
kernel is killed; when the control socket closes, the server ends.

No name on disk, no port, no thread: all that a fork could inherit by mistake.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import json
import os
import selectors
import shutil
import signal
import socket
import struct
import sys
import threading
import time
import traceback
from typing import Any

NUMBER = struct.Struct("i")
"""How process ids and exit codes are sent."""

LIBRARIES = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "analysis.prose",
    "analysis.publish",
    # what these import on first use, in every kernel
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.extensions.storemagic",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pandas.io.formats.csvs",
    "psutil",
    "sqlite3",
    "tornado.platform.asyncio",
    "zmq.utils.garbage",
)


def warm_up() -> None:
    """Import what every kernel will want, and have done once what libraries put off.

    Whatever fails here will fail, and say so, in the notebooks that need it.
    """
    for name in LIBRARIES:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):
        from matplotlib.figure import Figure

        from analysis import codebook
        from analysis.charts import style

        codebook.load()
        with style.house():
            figure = Figure()
            figure.subplots().set_title(style.drawable("draw once"))
            for kind in ("png", "svg"):
                figure.savefig(io.BytesIO(), format=kind)
    # imported here, the inline backend would never meet a shell: figures vanish without a word
    sys.modules.pop("matplotlib_inline.backend_inline", None)


def serve(control: socket.socket) -> None:
    """Fork kernels until the last process that may ask for one has gone."""
    kernels: dict[int, socket.socket] = {}
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    selector = selectors.DefaultSelector()
    selector.register(control, selectors.EVENT_READ)
    selector.register(ended, selectors.EVENT_READ)
    while True:
        for ready, _ in selector.select():
            if ready.fileobj is control:
                _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
                if not descriptors:
                    _end(kernels)
                    return
                client = socket.socket(fileno=descriptors[0])
                request = json.loads(client.makefile().readline())
                process = os.fork()
                if process == 0:
                    _become_kernel(client, request, [selector, control, *kernels.values()])
                kernels[process] = client
                _tell(client, process)
                selector.register(client, selectors.EVENT_READ, process)
            elif ready.fileobj == ended:
                os.read(ended, 4096)
                for process, code in _reaped():
                    client = kernels.pop(process)
                    with contextlib.suppress(KeyError):  # where the client went first
                        selector.unregister(client)
                    _tell(client, code)
                    client.close()
                    _kill(process)  # what the notebook left running
            else:  # the client has gone
                selector.unregister(ready.fileobj)
                _kill(ready.data)


def _tell(client: socket.socket, number: int) -> None:
    with contextlib.suppress(OSError):
        client.sendall(NUMBER.pack(number))


def _kill(process: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)


def _reaped() -> list[tuple[int, int]]:
    found = []
    with contextlib.suppress(ChildProcessError):
        while (status := os.waitpid(-1, os.WNOHANG))[0]:
            found.append((status[0], os.waitstatus_to_exitcode(status[1])))
    return found


def _end(kernels: dict[int, socket.socket]) -> None:
    for process in kernels:
        _kill(process)
    with contextlib.suppress(ChildProcessError):
        while kernels:
            os.waitpid(-1, 0)


def _become_kernel(client: socket.socket, request: dict[str, Any], inherited: list[Any]) -> None:
    """In the child: shed the server, take on the request, run the kernel, never return."""
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        for thing in inherited:
            thing.close()
        threading.Thread(target=_watch, args=(client,), daemon=True).start()
        _take_on(request)
        gc.enable()
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(argv=request["command"])
        # closing the sockets one by one at times waits for a thread that waits for another
        atexit.unregister(IPKernelApp.instance().close)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        # an orderly end without the interpreter's teardown, which would unload every library
        with contextlib.suppress(BaseException):
            threading._shutdown()  # type: ignore[attr-defined]
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _watch(client: socket.socket) -> None:
    client.recv(1)
    os.killpg(0, signal.SIGKILL)


def _take_on(request: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    log = os.open(request["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((null, 0), (log, 1), (log, 2)):
        os.dup2(source, target)
    os.close(log)
    os.close(null)
    if "numpy.random" in sys.modules:  # Python's own generator reseeds itself after a fork
        sys.modules["numpy.random"].seed()


def main() -> None:
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    try:
        warm_up()
        gc.collect()
        gc.disable()
        gc.freeze()
        serve(control)
    finally:
        shutil.rmtree(sys.argv[1], ignore_errors=True)


if __name__ == "__main__":
    main()

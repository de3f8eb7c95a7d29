"""Kernels for the batch: forked from the warm server where it can be, started cold elsewhere.

The one door to jupyter_client: a kernel manager papermill is handed as a class.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.batch.server import NUMBER

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


@dataclass(frozen=True)
class Server:
    """The near side of the fork server; `control` is None where kernels start cold."""

    scratch: Path
    control: socket.socket | None = None

    def fork(self, **request: Any) -> ForkedKernel:
        """Ask for a kernel: `command`, `environment`, `folder`, `log`.

        Raises
        ------
        OSError
            where there is no server, or no longer.
        """
        if self.control is None:
            raise ConnectionError("kernels start cold here")
        ours, theirs = socket.socketpair()
        with theirs:
            ours.sendall(json.dumps(request).encode() + b"\n")
            socket.send_fds(self.control, [b"."], [theirs.fileno()])
        return ForkedKernel(ours)


@contextlib.contextmanager
def server(warm: bool | None = None) -> Iterator[Server]:
    """A server for as long as the block lasts; its kernels end with it.

    Parameters
    ----------
    warm
        False starts every kernel cold; by default they are forked on Linux, where a fork is safe.
    """
    scratch = Path(tempfile.mkdtemp(prefix="analysis-"))
    try:
        if sys.platform == "linux" if warm is None else warm:
            with _forking(scratch) as control:
                yield Server(scratch, control)
        else:
            yield Server(scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextlib.contextmanager
def _forking(scratch: Path) -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "analysis.batch.server", str(scratch)],
            stdin=theirs.fileno(),
            stdout=subprocess.DEVNULL,
            env=os.environ | FIXED_ENVIRONMENT | {"PYDEVD_DISABLE_FILE_VALIDATION": "1"},
            start_new_session=True,  # Ctrl-C is for the build, which ends the server in order
        )
    try:
        yield ours
    finally:
        ours.close()
        process.wait()


class ForkedKernel:
    """A kernel of the server's, with the face of `subprocess.Popen` jupyter_client expects."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.returncode: int | None = None
        answer = connection.recv(NUMBER.size, socket.MSG_WAITALL)
        if not answer:
            connection.close()
            raise ConnectionError("the fork server has ended")
        (self.pid,) = NUMBER.unpack(answer)

    def poll(self) -> int | None:
        with contextlib.suppress(BlockingIOError):
            self._await_end(socket.MSG_DONTWAIT)
        return self.returncode

    def wait(self) -> int:
        return self._await_end(socket.MSG_WAITALL)

    def _await_end(self, how: int) -> int:
        if self.returncode is None:
            answer = self._connection.recv(NUMBER.size, how)
            self.returncode = NUMBER.unpack(answer)[0] if answer else -signal.SIGKILL
            self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def manager_class(from_server: Server, environment: Mapping[str, str], log: Path) -> type:
    """A kernel manager class whose kernels run in `environment` and write stray output to `log`."""
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning import LocalProvisioner

    class Provisioner(LocalProvisioner):
        process: Any = None

        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            environ = os.environ | FIXED_ENVIRONMENT | dict(environment)
            if _is_ours(cmd):
                with contextlib.suppress(OSError):
                    kernel = from_server.fork(
                        command=cmd[cmd.index("ipykernel_launcher") + 1 :],
                        environment=environ,
                        folder=str(kwargs.get("cwd") or Path.cwd()),
                        log=str(log),
                    )
                    self.process, self.pid, self.pgid = kernel, kernel.pid, kernel.pid
                    return self.connection_info
            with log.open("ab") as file:
                kwargs |= {"env": environ, "stdout": file, "stderr": file}
                return await super().launch_kernel(cmd, **kwargs)

    class Manager(AsyncKernelManager):
        def __init__(self, **kwargs: Any) -> None:
            name = from_server.scratch / uuid.uuid4().hex[:12]
            if os.name != "nt":  # sockets by file: no ports to run out of, or to share by mistake
                kwargs |= {"transport": "ipc", "ip": str(name)}
            super().__init__(connection_file=f"{name}.json", **kwargs)

        async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
            self.provisioner = Provisioner(
                kernel_id=str(uuid.uuid4()), kernel_spec=self.kernel_spec, parent=self
            )
            return await super()._async_pre_start_kernel(**kwargs)

    return Manager


def _is_ours(command: list[str]) -> bool:
    """Whether the command starts a Python kernel of this very environment."""
    return command[0] == sys.executable and "ipykernel_launcher" in command

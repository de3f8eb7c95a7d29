"""Kernels for the batch, as an engine of papermill: forked from this process, or started cold.

The one door to papermill's engines, nbclient and jupyter_client.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines

_PATIENCE = 5.0
"""Seconds a kernel may take to end in order once its notebook is done."""


@dataclass(frozen=True)
class Setting:
    """Where a kernel works.

    Attributes
    ----------
    logs
        folder for what a kernel writes past Python.
    deadline
        when its time is up, on the monotonic clock.
    warm
        fork it from this process, which must have no threads, where that can be.
    """

    environment: Mapping[str, str]
    folder: Path
    logs: Path
    deadline: float
    warm: bool

    def left(self) -> float:
        """Seconds until the time limit, never quite none."""
        return max(self.deadline - time.monotonic(), 0.1)


class BatchEngine(NBClientEngine):  # type: ignore[misc]
    """papermill on a forked kernel; as it comes, on a kernel started anew, where that cannot be."""

    @classmethod
    def execute_managed_notebook(
        cls, managed: Any, kernel_name: str, *, setting: Setting, watched: Any, **_: Any
    ) -> None:
        """Run a notebook; `watched` is told of it, and of each cell as it begins."""
        watched.on_notebook(managed.nb)
        if setting.warm and _is_ours(kernel_name) and _can_fork():
            _run_forked(managed, setting, watched)
            return
        with tempfile.TemporaryDirectory(prefix="analysis-") as sockets:
            super().execute_managed_notebook(
                managed,
                kernel_name,
                kernel_manager_class=_manager_class(setting, sockets),
                resources={"metadata": {"path": str(setting.folder)}},
                record_timing=False,
                timeout_func=lambda _: setting.left(),
                on_cell_execute=lambda cell, cell_index: watched.on_cell(cell),
            )


papermill_engines.register("batch", BatchEngine)


@cache
def _is_ours(name: str) -> bool:
    """Whether a kernel is the Python of this very environment."""
    command = KernelSpecManager().get_kernel_spec(name).argv
    return "ipykernel_launcher" in command and (command[0] == sys.executable or command[0] in {"python", "python3"})


# ---------------------------------------------------------------- forked


@cache
def _can_fork() -> bool:
    """Whether a kernel can be made here: it rests on names that ipykernel does not promise."""
    from analysis.batch import kernel

    try:
        kernel.prepared()
    except Exception:
        return False
    return True


def _run_forked(managed: Any, setting: Setting, watched: Any) -> None:
    client = PapermillNotebookClient(managed, record_timing=False)
    client.reset_execution_trackers()
    with _forked(setting) as kernel:
        managed.nb.metadata["language_info"] = _receive(kernel, setting)["content"]["language_info"]
        for index, cell in enumerate(managed.nb.cells):
            if cell.cell_type == "code" and cell.source.strip():
                watched.on_cell(cell)
                cell.outputs, client.clear_before_next_output = [], False
                try:  # papermill is not told when cells begin and end: nobody reads it here
                    _execute(kernel, setting, client, cell, index)
                except CellExecutionError as error:
                    managed.cell_exception(cell, cell_index=index, exception=error)
                    break
        client.set_widgets_metadata()


@contextlib.contextmanager
def _forked(setting: Setting) -> Iterator[Connection]:
    """A kernel forked from this process, over a pipe; it ends with the block, and all it left running."""
    from analysis.batch import kernel

    ours, theirs = Pipe()
    alive, lifeline = os.pipe()
    process = os.fork()
    if process == 0:
        ours.close()
        os.close(lifeline)
        kernel.become(theirs, alive, setting.environment, setting.folder, setting.logs)
    theirs.close()
    os.close(alive)
    try:
        yield ours
        with contextlib.suppress(OSError):  # where the kernel has died of its last cell
            ours.send(None)
            ours.poll(_PATIENCE)
    finally:
        os.close(lifeline)
        ours.close()
        for end in (os.kill, os.killpg):  # the group: what the notebook left running
            with contextlib.suppress(ProcessLookupError, PermissionError):
                end(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _execute(kernel: Connection, setting: Setting, client: Any, cell: Any, index: int) -> None:
    try:
        kernel.send(cell.source)
    except OSError:
        raise DeadKernelError("Kernel died") from None
    while (message := _receive(kernel, setting, cell))["msg_type"] != "execute_reply":
        client.process_message(message, cell, index)
    reply = message["content"]
    if reply["status"] == "error" and "raises-exception" not in cell.metadata.get("tags", []):
        raise CellExecutionError.from_cell_and_msg(cell, reply)


def _receive(kernel: Connection, setting: Setting, cell: Any = None) -> dict[str, Any]:
    if not kernel.poll(setting.left()):
        raise CellTimeoutError.error_from_timeout_and_cell("timed out", 0, cell)
    try:
        packed, buffers = kernel.recv()
    except (EOFError, OSError):
        raise DeadKernelError("Kernel died") from None
    return {**json.loads(packed), "buffers": buffers}


# ---------------------------------------------------------------- cold


def _manager_class(setting: Setting, sockets: str) -> type:
    class Manager(AsyncKernelManager):  # type: ignore[misc]
        def __init__(self, **kwargs: Any) -> None:
            # sockets by file: no ports to run out of, or to share by mistake
            kwargs |= {"transport": "ipc", "ip": f"{sockets}/s"}
            super().__init__(connection_file=f"{sockets}/connection.json", **kwargs)

        async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
            with (setting.logs / "stderr").open("ab") as log:
                kw |= {"env": dict(setting.environment), "stdout": log, "stderr": log}
                await super()._async_launch_kernel(kernel_cmd, **kw)

    return Manager

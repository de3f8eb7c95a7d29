"""`analysis` as the benchmarks run it: inside this process, or as a process of its own."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from analysis.cli import main

SOURCES = Path(__file__).resolve().parents[1] / "src"
CRASH = 9
"""Exit code of a run that ended in an exception nobody caught."""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def traceback(self) -> bool:
        """Whether the command ended as no command may: in an exception, or a signal of its own."""
        return self.code not in (0, 1, 2, 130) or "Traceback (most recent call last)" in self.err


def inside(*arguments: object) -> Ran:
    """Run the command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
        except Exception as error:
            code = CRASH
            err.write(f"{type(error).__name__}: {error}")
    return Ran(code, out.getvalue(), err.getvalue().strip())


def start(arguments: Sequence[object], mark: str = "") -> subprocess.Popen[str]:
    """Start the command as a process, first of a session of its own; see `marked`."""
    return subprocess.Popen(
        [sys.executable, "-m", "analysis", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1", "BENCHMARK_MARK": mark},
    )


def outside(*arguments: object, seconds: float = 300, mark: str = "") -> Ran:
    """Run the command as a process; one that does not end in time is ended, with code -9."""
    process = start(arguments, mark)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        end(process)
        out, err = process.communicate()
    return Ran(process.returncode, out, err.strip())


def end(process: subprocess.Popen[str]) -> None:
    """Kill a started command and all that stayed in its session."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def marked(mark: str, patience: float = 5.0) -> int:
    """How many processes outlive, after some seconds, the command started with a mark.

    They inherit it, wherever they went; those found are ended.
    """
    gone_by = time.monotonic() + patience
    while (left := list(_with(mark))) and time.monotonic() < gone_by:
        time.sleep(0.1)
    for process in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    return len(left)


def _with(mark: str) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.environ().get("BENCHMARK_MARK") == mark:
                yield process


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files below a folder with their content, by path."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()

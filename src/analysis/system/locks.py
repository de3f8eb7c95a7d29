"""One command at a time in a project: taking reports in and building hold the same lock."""

from __future__ import annotations

import contextlib
import fcntl
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from analysis.system.errors import InputError

_held: set[Path] = set()


@contextlib.contextmanager
def locked(root: Path, patience: float = 5.0) -> Iterator[None]:
    """Hold the project; within a process that holds it already, nothing more is asked.

    A command that was killed lets go when the last of its processes has ended, a moment later:
    hence the patience, in seconds. A wait of more than a second is told on stderr.

    Raises
    ------
    InputError
        where another command is at work, or `.build` cannot be written.
    """
    path = root.resolve() / ".build" / "lock"
    if path in _held:
        yield
        return
    try:
        path.parent.mkdir(exist_ok=True)
        file = path.open("a+")
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None
    with file:
        _wait(file.fileno(), root, patience)
        _held.add(path)
        try:
            yield
        finally:
            _held.discard(path)


def _wait(descriptor: int, root: Path, patience: float) -> None:
    begun, told = time.monotonic(), False
    while True:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        waited = time.monotonic() - begun
        if waited > patience:
            raise InputError(f"{root}: another ingest or build is at work; wait until it has ended")
        if waited > 1 and not told:
            told = True
            print(
                f"waiting up to {patience:.0f} s: another ingest or build is at work in {root}",
                file=sys.stderr,
                flush=True,
            )
        time.sleep(0.1)

"""Standard streams that may be closed, full, or read by somebody who has seen enough."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any, TextIO


class _Outlet:
    """A stream that goes on without its reader: what cannot be written is dropped."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.lost: OSError | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._try(lambda: self._stream.write(text))
        return len(text)

    def flush(self) -> None:
        self._try(self._stream.flush)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except OSError as error:
            self.lost = self.lost or error
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())  # takes what waits in the buffer, too
            os.close(nowhere)


@contextlib.contextmanager
def open_all() -> Iterator[Callable[[], str]]:
    """Have standard streams that take all while the block lasts.

    Yields
    ------
    callable
        what kept standard output from being written, in words; empty where nothing did, or where
        its reader closed it.
    """
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:  # or the next file opened would become a standard stream
            os.open(os.devnull, os.O_RDWR)
    before = sys.stdout, sys.stderr
    for stream in before:
        if hasattr(stream, "reconfigure"):  # a character the terminal cannot spell is no failure
            stream.reconfigure(errors="backslashreplace")
    out, err = (_Outlet(stream or os.fdopen(os.dup(at), "w")) for at, stream in enumerate(before, 1))
    sys.stdout, sys.stderr = out, err  # type: ignore[assignment]

    def lost() -> str:
        out.flush()
        return "" if out.lost is None or out.lost.errno == errno.EPIPE else str(out.lost.strerror)

    try:
        yield lost
    finally:
        out.flush()
        err.flush()
        sys.stdout, sys.stderr = before

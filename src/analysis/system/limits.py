"""A limit on the time one piece of work may take."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from analysis.errors import AnalysisError


class TookTooLong(AnalysisError):
    """Work was ended because its time was over."""


@contextlib.contextmanager
def within(seconds: float | None, what: str) -> Iterator[None]:
    """End the body with TookTooLong after so many seconds; no limit where None.

    Works in the main thread of a process, where there are alarms (not on Windows): elsewhere
    there is no limit.
    """
    alarmed = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
    if seconds is None or not alarmed:
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        raise TookTooLong(f"{what} took longer than {seconds:g} s; --timeout sets the limit")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

"""A limit on the time one piece of work may take."""

from __future__ import annotations

import contextlib
import ctypes
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from analysis.system.errors import AnalysisError

_AGAIN = 5.0
"""Seconds in which work that was told to end has cleared up."""


class TookTooLong(AnalysisError):
    """Work was ended because its time was over."""


@contextlib.contextmanager
def time_limit(seconds: float | None, what: str) -> Iterator[None]:
    """End the body with TookTooLong after so many seconds; no limit where None.

    Either way what is at work ends at its next step in Python.
    """
    if seconds is None:
        yield
        return
    late = TookTooLong(f"{what} took longer than {seconds:g} s; --timeout sets the limit")
    is_main = threading.current_thread() is threading.main_thread()
    with _alarmed(seconds, late) if is_main else _watched(seconds, late):
        yield


@contextlib.contextmanager
def _alarmed(seconds: float, late: TookTooLong) -> Iterator[None]:
    def end(number: int, frame: FrameType | None) -> None:
        raise late

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextlib.contextmanager
def _watched(seconds: float, late: TookTooLong) -> Iterator[None]:
    """By a second thread, where there are no alarms: in a worker of Dask.

    It says so again: where Python is at something that lets no error out, such as a callback of its
    collector of garbage, the error is lost.
    """
    mine, over = ctypes.c_ulong(threading.get_ident()), threading.Event()
    throw = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch() -> None:
        patience = seconds
        while not over.wait(patience):
            throw(mine, ctypes.py_object(TookTooLong))
            patience = _AGAIN

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except TookTooLong:
        raise late from None
    finally:
        over.set()
        watcher.join()  # were it at it just now, it would end what comes after
        throw(mine, None)

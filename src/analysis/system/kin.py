"""Processes that a notebook started and that left its session: they end with its run all the same.

On Linux a process can ask to become the parent of every descendant that has lost its own
(prctl(2), PR_SET_CHILD_SUBREAPER), so that none gets out of sight; elsewhere they do.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Collection

_SUBREAPER = 36
_PATIENCE = 5.0
"""Seconds after which processes that cannot be ended are left alone."""

_adopts = False


def adopt() -> None:
    """Become the parent of all descendants of this process that have lost theirs."""
    global _adopts
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            _adopts = ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) == 0


def end_all(but: Collection[int] = ()) -> None:
    """End all descendants of this process, if it adopts them, except some children and theirs."""
    deadline = time.monotonic() + _PATIENCE
    while _adopts and _has_children() and time.monotonic() < deadline:
        import psutil

        children = [child for child in psutil.Process().children() if child.pid not in but]
        if not children:
            return
        family = list(children)
        for child in children:
            with contextlib.suppress(psutil.Error):
                family += child.children(recursive=True)
        # all are stopped before the first is killed, or they would go on to start others
        for end in (psutil.Process.suspend, psutil.Process.kill):
            for each in family:
                with contextlib.suppress(psutil.Error):
                    end(each)
        for child in children:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(child.pid, os.WNOHANG)
        time.sleep(0.01)


def _has_children() -> bool:
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True

"""What was read from a file, kept until the file changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from pathlib import Path
from typing import TypeVar

Content = TypeVar("Content")


def until_changed(files: int) -> Callable[[Callable[[Path], Content]], Callable[[Path], Content]]:
    """Have a function of a path read a file again only where its time or size has changed.

    What it gave is given again, for as many `files` as were read last: nobody may change it. A file
    that is not there raises FileNotFoundError.
    """

    def kept(read: Callable[[Path], Content]) -> Callable[[Path], Content]:
        @lru_cache(maxsize=files)
        def known(path: Path, changed: int, size: int) -> Content:
            return read(path)

        @wraps(read)
        def current(path: Path) -> Content:
            status = path.stat()
            return known(path, status.st_mtime_ns, status.st_size)

        return current

    return kept

"""What a build publishes: plain files below `figures/` and `reports/`, and nothing elsewhere.

Paths are relative to the project folder, with `/`. What a ledger says of them is not trusted:
nothing outside these folders is written or removed, nor anything that a link leads to.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from analysis.system.errors import AnalysisError

FOLDERS = ("figures", "reports")
_PATH = re.compile(rf"({'|'.join(FOLDERS)})(/(?!\.\.?(/|\Z))[^/\\\0\ud800-\udfff]+)+\Z")

Stamp = tuple[int, int, str]
"""Size in bytes, time of change in nanoseconds, and hash of a published file."""


def is_path(path: object) -> bool:
    """Whether this can be the path of an output, as far as its letters tell."""
    return isinstance(path, str) and bool(_PATH.match(path))


def link_on(root: Path, path: str) -> str:
    """The first link on the way to a path, which may be the last; empty where none is."""
    parts = path.split("/")
    ways = ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return next((way for way in ways if os.path.islink(f"{root}/{way}")), "")


def stamp(path: Path) -> Stamp:
    """Size, time of change and digest of a file: whether it is still what was written."""
    status = path.stat()
    content = hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
    return status.st_size, status.st_mtime_ns, content


def stands(root: Path, path: str, expected: Stamp) -> bool:
    """Whether an output is still the one recorded; its bytes are read only if touched."""
    size, changed, content = expected
    try:
        status = os.lstat(f"{root}/{path}")
        if not stat.S_ISREG(status.st_mode) or status.st_size != size or link_on(root, path):
            return False
        return status.st_mtime_ns == changed or stamp(root / path)[2] == content
    except OSError:
        return False


def publish(root: Path, made: Mapping[str, Path]) -> dict[str, Stamp]:
    """Move files to where they are read, each whole; `made` holds them by path.

    Raises
    ------
    AnalysisError
        where a folder on the way is a link.
    OSError
        where a file cannot be moved.
    """
    done = {}
    for path, source in sorted(made.items()):
        if link := link_on(root, path.rpartition("/")[0]):
            raise AnalysisError(f"{link} is a link; remove it: outputs stand in folders, not links")
        done[path] = stamp(source)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, root / path)
    return done


def remove(root: Path, paths: Iterable[str]) -> None:
    """Remove outputs and the folders this empties; what is no output of the project stays."""
    for path in paths:
        if not is_path(path) or link_on(root, path.rpartition("/")[0]):
            continue
        if os.path.isfile(root / path) or os.path.islink(root / path):
            (root / path).unlink()
        for folder in list(Path(path).parents)[:-2]:
            with contextlib.suppress(OSError):  # where something else is in it
                (root / folder).rmdir()

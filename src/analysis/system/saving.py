"""The one way files are written: whole or not at all, and where it is asked, safe from a power cut."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from analysis.system.errors import AnalysisError

_PART, _KEPT = ".part", ".kept"
_MANY = 16  # from so many files on, one call for all of their file system costs less


def write_atomic(path: Path, content: bytes | str) -> bool:
    """Write a file whole or not at all; False where it already held just that."""
    return bool(_write({path: content}, lasting=False))


def write_all(contents: Mapping[Path, bytes | str]) -> list[Path]:
    """Write files together, lasting: once this returns, a power cut takes none of them.

    None is put in its place before all are written, so a full disk changes nothing; they take
    their places in the order given. Returns those that did not hold just that already.
    """
    return _write(contents, lasting=True)


def _write(contents: Mapping[Path, bytes | str], lasting: bool) -> list[Path]:
    """Write what differs, all or nothing; `lasting` has the disk keep it. Returns what was written."""
    changed = {path: data for path, content in contents.items() if not _holds(path, data := _bytes(content))}
    staged: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, data in changed.items():
            made = _make(path.parent) + made
            staged[path] = _stage(path, data)
        if lasting:
            _settle(staged.values())
        for path in changed:
            _move(staged[path], path)
    except BaseException:
        for left in staged.values():
            left.unlink(missing_ok=True)
        for folder in made:
            with contextlib.suppress(OSError):  # what took its place before the failure stays
                folder.rmdir()
        raise
    if lasting:
        _settle({folder.parent for folder in [*changed, *made]})
    return list(changed)


def _bytes(content: bytes | str) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data  # a pipe would never end


def _make(folder: Path) -> list[Path]:
    """Make a folder; those that were missing, deepest first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "is a file where a folder must be; move it away", str(there))
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _stage(path: Path, data: bytes) -> Path:
    """A new file of these bytes, in the project's `.build` where a project is around."""
    states = (folder / ".build" for folder in path.parents)
    scratch = next((state for state in states if state.is_dir()), path.parent)
    staged = scratch / f".{secrets.token_hex(8)}{_PART}"
    try:
        with staged.open("xb") as file:
            file.write(data)
    except BaseException as error:
        staged.unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
    return staged


def tidy(root: Path) -> None:
    """Remove what a killed command left in `.build`; for the one that holds the project's lock."""
    for left in (root / ".build").glob(f".*{_PART}"):
        left.unlink(missing_ok=True)
    for left in (root / ".build").glob(f".*{_KEPT}"):
        shutil.rmtree(left, ignore_errors=True)


def _move(staged: Path, path: Path) -> None:
    try:
        os.replace(staged, path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = path.with_name(staged.name)  # `.build` is on another file system
        try:
            shutil.copyfile(staged, beside)
            _settle([beside])
            os.replace(beside, path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        staged.unlink()


def _settle(paths: Collection[Path]) -> None:
    """Have the disk keep what these files and folders hold now."""
    if len(paths) >= _MANY and sys.platform == "linux":
        descriptor = os.open(next(iter(paths)), os.O_RDONLY)
        try:
            sync = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
            if sync and sync(descriptor) == 0:
                return
        finally:
            os.close(descriptor)
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if not (path.is_dir() and error.errno in (errno.EINVAL, errno.ENOTSUP)):
                raise
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def restored(root: Path, paths: Sequence[Path]) -> Iterator[None]:
    """What stands at `paths` (or that nothing does) stands there again if the body raises.

    It is kept meanwhile by second names of the same files in `.build`, which need no room.

    Raises
    ------
    AnalysisError
        where it cannot be put back; the message says where it is.
    """
    keep = root / ".build" / f".{secrets.token_hex(8)}{_KEPT}"
    kept: dict[Path, Path] = {}
    try:
        for path in paths:
            if path.exists():
                keep.mkdir(parents=True, exist_ok=True)
                kept[path] = keep / f"{len(kept)}-{path.name}"  # of several folders
                _second_name(path, kept[path])
        yield
    except BaseException as error:
        old_first = sorted(paths, key=lambda path: path not in kept)
        stuck = [path for path in old_first if not _put_back(kept.get(path), path)]
        if stuck:
            names = ", ".join(path.name for path in stuck)
            saved = keep.with_name(f"kept{keep.stem}")  # a name that `tidy` leaves alone
            with contextlib.suppress(OSError):
                keep = keep.rename(saved)
            raise AnalysisError(
                f"{error}; {names} could not be put back: what stood there before is in {keep}"
            ) from error
        shutil.rmtree(keep, ignore_errors=True)
        raise
    shutil.rmtree(keep, ignore_errors=True)


def _second_name(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # a file system without them, or another one
        shutil.copyfile(path, name)


def _put_back(kept: Path | None, path: Path) -> bool:
    try:
        if kept is None:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                path.unlink()
            with contextlib.suppress(OSError):  # where other documents are
                path.parent.rmdir()
        else:
            _move(kept, path)
    except OSError:
        return False
    return True

"""A project's data as it stands, in another folder, or at a commit."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from analysis.system.errors import InputError


@contextlib.contextmanager
def snapshot(root: Path, name: str | None) -> Iterator[Path]:
    """A folder that holds `data/raw` and `data/processed`: the project itself where no name is given.

    Parameters
    ----------
    name
        a project folder, or a commit of the repository the project is in, such as ``HEAD~3``.

    Raises
    ------
    InputError
        where it is neither.
    """
    if name is None:
        yield root
    elif (folder := Path(name)).is_dir():
        if not (folder / "data" / "processed").is_dir():
            raise InputError(f"{name}: holds no data/processed; name a project folder or a commit")
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="analysis-diff-") as scratch:
            _unpack(root, name, Path(scratch))
            yield Path(scratch)


def _unpack(root: Path, commit: str, into: Path) -> None:
    command = ["git", "-C", str(root), "archive", "--format=tar", f"{commit}^{{commit}}", "data"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        raise InputError(f"{commit}: no such folder, and there is no git to look it up in") from None
    if done.returncode:
        why = " ".join(done.stderr.decode("utf-8", "replace").split())[:200]
        raise InputError(f"{commit}: neither a project folder nor a commit with data ({why})")
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
        archive.extractall(into, filter="data")

"""Where things stand in a project folder, and the one way files are written."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from analysis.errors import InputError

_NAME = re.compile(r"[\w][\w.-]*\Z")


def find_root(start: Path | str | None = None) -> Path:
    """The project folder: `start`, or the nearest folder above the current one with `data/raw`.

    Raises
    ------
    InputError
        where there is no such folder.
    """
    if start is not None:
        root = Path(start).resolve()
        if not root.is_dir():
            raise InputError(f"{start}: no such folder; give --root a project folder")
        return root
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    raise InputError(f"{here}: not inside a project folder (no data/raw here or above)")


def check_name(name: str, what: str) -> str:
    """`name` if it can be a folder name; a region or document named `a/b` or `..` cannot."""
    if not _NAME.match(name):
        raise InputError(f"{what} {name!r}: use letters, digits, '-', '_' and '.', no slash")
    return name


def raw_folder(root: Path, region: str) -> Path:
    return root / "data" / "raw" / check_name(region, "region")


def processed_folder(root: Path, region: str, document: str | None = None) -> Path:
    folder = root / "data" / "processed" / check_name(region, "region")
    return folder if document is None else folder / check_name(document, "document")


def regions(root: Path) -> list[str]:
    """Regions with processed tables, sorted."""
    folder = root / "data" / "processed"
    return sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []


def documents(root: Path, region: str) -> list[str]:
    """Documents of a region with processed tables, sorted."""
    folder = processed_folder(root, region)
    return sorted(p.parent.name for p in folder.glob("*/observations.csv"))


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, lines ended by LF."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def write_atomic(path: Path, content: bytes | str) -> bool:
    """Write a file whole or not at all; False where it already held just that."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.read_bytes() == data:
            return False
    except (FileNotFoundError, IsADirectoryError):
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True

"""Whether the tables of a region are as they were made, told from digests alone.

A region's data package says what its tables were made from (`inputs`: documents, decisions,
sources and the library) and what they are (`outputs`: the bytes of all of them, and of the package itself).
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from analysis.intake import decisions, documents
from analysis.intake.documents import Document
from analysis.system import project
from analysis.system.errors import InputError
from analysis.tables import sources

PACKAGE = "datapackage.json"
_OF_REGION = ("panel.csv", "edits.csv")
_OF_DOCUMENT = ("observations.csv", "numerals.csv", "edits.csv", PACKAGE)
_OUTPUTS = re.compile(r'"outputs": "([0-9a-f]*)"')


def due(root: Path) -> list[str]:
    """Regions whose tables are to be made again, or to go with their documents."""
    names = [folder.name for folder in project.folders(root / "data" / "raw")]
    return [*gone(root), *(name for name in names if not _is_whole(root, name))]


def gone(root: Path) -> list[str]:
    """Regions with tables made here whose documents are no longer there.

    Where data/raw holds no region at all, none: rather a disk that is away.
    """
    return [name for name, made in _left(root).items() if made]


def foreign(root: Path) -> list[str]:
    """Folders of data/processed that are of no region in data/raw and were not made here."""
    return [name for name, made in _left(root).items() if not made]


def _left(root: Path) -> dict[str, bool]:
    """Folders of data/processed beside the regions, and whether they were made here."""
    known = project.regions(root)
    found = project.folders(root / "data" / "processed")
    return {f.name: is_package(stored(f)) for f in found if f.name not in known}


def _is_whole(root: Path, region: str) -> bool:
    try:
        found = documents.list_documents(root, region)
        return is_made_from(project.processed_folder(root, region), inputs(found))
    except InputError:
        return False


def inputs(found: Iterable[Document]) -> str:
    """Digest of all that the tables of a region with these documents are made from."""
    digest = hashlib.sha256(_library().encode())
    for document in found:
        digest.update(f"\0{document.level} {document.people}\0".encode())
        source = document.path.with_name(document.name + sources.SUFFIX)
        digest.update(b"\0" + decisions.made(decisions.path_of(document)))
        for path in (document.path, source):
            if path.exists():
                digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def tables(folder: Path) -> dict[Path, bytes]:
    """A region's tables that stand, whoever wrote them, but for its data package."""
    found = [path for path in project.files(folder) if path.name in _OF_REGION]
    for below in project.folders(folder):
        found += [path for path in project.files(below) if path.name in _OF_DOCUMENT]
    return {path: path.read_bytes() for path in found}


def remove(folder: Path, paths: Iterable[Path]) -> list[Path]:
    """Remove tables of a region and the folders this empties; returns what went.

    A folder that is a link goes as a link: what it leads to is not the project's.
    """
    gone = [each for each in [*project.folders(folder), folder] if each.is_symlink()]
    gone += [path for path in paths if not {path.parent, folder} & {*gone}]
    for path in gone:
        path.unlink(missing_ok=True)
    for emptied in [*project.folders(folder), folder]:
        with contextlib.suppress(OSError):  # where something else is in it
            emptied.rmdir()
    return gone


def stamped(package: str, folder: Path, contents: Mapping[Path, bytes]) -> str:
    """A region's data package, its `outputs` (empty or not) those of these tables."""
    empty = _OUTPUTS.sub('"outputs": ""', package, count=1)
    digest = hashlib.sha256(empty.encode())
    for path in sorted(contents):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + contents[path])
    return empty.replace('"outputs": ""', f'"outputs": "{digest.hexdigest()}"', 1)


def is_made_from(folder: Path, made_from: str) -> bool:
    """Whether a region's tables stand as they were made, and from these inputs."""
    linked = any(each.is_symlink() for each in [folder, *project.folders(folder)])
    return _is_as_made(folder, tables(folder)) and not linked and f'"inputs": "{made_from}"' in stored(folder)


def remove_damaged(folder: Path) -> list[Path]:
    """Remove a region's tables where they are not as they were made; returns what went."""
    found = tables(folder)
    return remove(folder, [*found, folder / PACKAGE]) if found and not _is_as_made(folder, found) else []


def _is_as_made(folder: Path, found: Mapping[Path, bytes]) -> bool:
    package = stored(folder)
    return is_package(package) and stamped(package, folder, found) == package


def is_package(text: str) -> bool:
    """Whether a text is the data package of a region: what it stands beside was made here."""
    return '"inputs": "' in text


def stored(folder: Path) -> str:
    """A region's data package as it stands; empty where there is none that can be read."""
    try:
        return (folder / PACKAGE).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return ""


_MADE_BY = ("reading/*.py", "codebook/*.*", "tables/*.py", "intake/*.py", "writing/reasons.py", "writing/words.*")


@lru_cache
def _library() -> str:
    here = Path(__file__).parents[1]
    made_by = [path for part in _MADE_BY for path in here.glob(part)]
    digest = hashlib.sha256()
    for path in sorted(p for p in made_by if p.suffix in (".py", ".yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()

"""Whether the tables of a region are as they were made, told from digests alone.

A region's data package says what its tables were made from (`inputs`: documents, decisions and
the library) and what they are (`outputs`: the bytes of all of them, and of the package itself).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from analysis import decisions, documents, project
from analysis.documents import Document
from analysis.errors import InputError

PACKAGE = "datapackage.json"
_OUTPUTS = re.compile(r'"outputs": "([0-9a-f]*)"')


def due(root: Path) -> list[str]:
    """Regions whose tables are to be made again, or to go with their documents."""
    names = [folder.name for folder in project.folders(root / "data" / "raw")]
    gone = [name for name in project.regions(root) if name not in names] if names else []
    return [*gone, *(name for name in names if not _is_whole(root, name))]


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
        digest.update(f"\0{document.level}\0".encode())
        for path in (document.path, decisions.path_of(document)):
            if path.exists():
                digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def tables(folder: Path) -> dict[Path, bytes]:
    """What stands under a region's tables, whoever wrote it, but for its data package."""
    top = [path for path in project.files(folder) if path.name in ("panel.csv", "edits.csv")]
    below = (path for document in project.folders(folder) for path in project.files(document))
    return {path: path.read_bytes() for path in [*top, *below]}


def stamped(package: str, folder: Path, contents: Mapping[Path, bytes]) -> str:
    """A region's data package, its `outputs` (empty or not) those of these tables."""
    empty = _OUTPUTS.sub('"outputs": ""', package, count=1)
    digest = hashlib.sha256(empty.encode())
    for path in sorted(contents):
        digest.update(f"\0{path.relative_to(folder).as_posix()}\0".encode() + contents[path])
    return empty.replace('"outputs": ""', f'"outputs": "{digest.hexdigest()}"', 1)


def is_made_from(folder: Path, made_from: str) -> bool:
    """Whether a region's tables stand as they were made, and from these inputs."""
    package = stored(folder)
    whole = bool(package) and stamped(package, folder, tables(folder)) == package
    return whole and f'"inputs": "{made_from}"' in package


def stored(folder: Path) -> str:
    """A region's data package as it stands; empty where there is none that can be read."""
    try:
        return (folder / PACKAGE).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return ""


@lru_cache
def _library() -> str:
    here = Path(__file__).parent
    made_by = [*here.glob("reading/*.py"), *here.glob("codebook/*.*")]
    names = "panel years ingest documents facts decisions tabular notes status words standing"
    made_by += [here / f"{name}.py" for name in names.split()]
    made_by += [here / "vocabulary.yaml", here / "words.yaml"]
    digest = hashlib.sha256()
    for path in sorted(p for p in made_by if p.suffix in (".py", ".yaml")):
        digest.update(path.read_bytes())
    return digest.hexdigest()

"""Where things stand in a project folder."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from analysis.system.errors import InputError
from analysis.system.kept import until_changed

_LEFT_BEHIND = {"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "__pycache__", "icon\r"}
_NAME = re.compile(r"[\w][\w.-]*\Z")
#: kinds of document, each with the words its file is named by
KINDS = {
    "bureau-report": "labor-bureau-report",
    "government-report": "government-work-report",
    "communique": "communique",
}
#: kinds of place, the largest first
LEVELS = ("nation", "province", "city", "county")
_DOCUMENT = re.compile(rf"([12]\d{{3}})-({'|'.join(KINDS.values())})(?:-[\w.-]*\w)?\Z")


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
    if not _NAME.match(name) or is_foreign(name):
        raise InputError(f"{what} {name!r}: use letters, digits, '-', '_' and '.', no slash")
    return name


def parse_name(name: str) -> tuple[int, str]:
    """Year and kind of a document's name.

    >>> parse_name("2009-labor-bureau-report")
    (2009, 'bureau-report')
    """
    if found := _DOCUMENT.match(name):
        return int(found[1]), next(kind for kind, words in KINDS.items() if words == found[2])
    raise InputError(f"document {name!r}: name it like 2009-{' or 2009-'.join(KINDS.values())}")


def raw_folder(root: Path, region: str) -> Path:
    """Where the documents of a region stand."""
    return root / "data" / "raw" / check_name(region, "region")


def processed_folder(root: Path, region: str, document: str | None = None) -> Path:
    """Where the tables of a region, or of one of its documents, stand."""
    folder = root / "data" / "processed" / check_name(region, "region")
    return folder if document is None else folder / check_name(document, "document")


def is_foreign(name: str) -> bool:
    """Whether other programs left a file or folder of this name: never part of a project's data.

    Hidden ones (`.ipynb_checkpoints`, `._x` of macOS, `.~lock.x#`), what Word and Excel hold open
    (`~$x.docx`), editors' copies (`x~`) and what Windows keeps in a folder it has shown.
    """
    return name.startswith((".", "~")) or name.endswith("~") or name.lower() in _LEFT_BEHIND


def listing(folder: Path) -> list[Path]:
    """The files and folders in a folder by name, without what is foreign; none where it is none."""
    return _listed(folder, lambda entry: True)


def files(folder: Path) -> list[Path]:
    """The files among the `entries` of a folder."""
    return _listed(folder, os.DirEntry.is_file)


def folders(folder: Path) -> list[Path]:
    """The folders among the `entries` of a folder."""
    return _listed(folder, os.DirEntry.is_dir)


def _listed(folder: Path, wanted: Callable[[os.DirEntry[str]], bool]) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            names = [e.name for e in found if not is_foreign(e.name) and wanted(e)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [folder / name for name in sorted(names)]


def regions(root: Path) -> list[str]:
    """Regions with processed tables, sorted.

    Those of data/raw, if it holds any region: what else lies there the project has not made.
    """
    held = {folder.name for folder in folders(root / "data" / "raw")}
    made = [folder.name for folder in folders(root / "data" / "processed")]
    return [name for name in made if name in held or not held]


def documents(root: Path, region: str) -> list[str]:
    """Documents of a region with processed tables, sorted."""
    found = folders(processed_folder(root, region))
    return [folder.name for folder in found if (folder / "observations.csv").is_file()]


def table(root: Path, region: str, name: str, document: str | None = None) -> list[dict[str, str]]:
    """The rows of `<name>.csv` of a region, or of one of its documents, as text; none where it is not there."""
    return rows(processed_folder(root, region, document) / f"{name}.csv")


def observations(root: Path, region: str) -> list[dict[str, str]]:
    """What all documents of a region state: their observations one below the other."""
    return [row for document in documents(root, region) for row in table(root, region, "observations", document)]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a processed table as text; none where it is not there."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError:
        return []


def text(path: Path) -> str:
    """A document under data/raw without its byte order mark, its lines ended as they are: spans count its characters.

    Raises
    ------
    ValueError
        where it is not UTF-8, in which documents are kept.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        return file.read()


def place_names(root: Path) -> dict[str, dict[str, str]]:
    """The names of places in English and Chinese, by id, as `data/places.csv` has them."""
    path = root / "data" / "places.csv"
    return _place_names(path) if path.is_file() else {}


@until_changed(files=8)
def _place_names(path: Path) -> dict[str, dict[str, str]]:
    return {
        row["id"]: {"en": row.get("name") or "", "zh": row.get("name_zh") or ""} for row in rows(path) if row.get("id")
    }


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, lines ended by LF."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()

"""Fingerprints of what a run is made from: data rows, library, environment."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import analysis
from analysis import project
from analysis.project import processed_folder, raw_folder


def digest(*parts: bytes | str) -> str:
    """A short hash of several parts, each kept apart from the next."""
    total = hashlib.blake2b(digest_size=12)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def _digest_files(files: Iterable[Path]) -> str:
    return digest(*(part for file in sorted(files) for part in (file.name, file.read_bytes())))


@dataclass(frozen=True)
class Region:
    """Fingerprints of a region's data: panel rows and their documents by year, and all of it."""

    name: str
    by_year: Mapping[int, str]
    everything: str

    @property
    def years(self) -> list[int]:
        return list(self.by_year)

    def readable(self, year: int) -> str:
        """What a notebook for one year can read: that year and, for growth, the one before."""
        return digest(self.by_year.get(year - 1, ""), self.by_year[year])


def read_region(root: Path, name: str) -> Region:
    folder, raw = processed_folder(root, name), raw_folder(root, name)
    files: dict[str, list[Path]] = defaultdict(list)
    for document in project.folders(folder):
        files[document.name] += project.files(document)
    for file in project.files(raw):
        files[file.name.split(".")[0]].append(file)
    documents = {document: _digest_files(files[document]) for document in sorted(files)}
    rows: dict[int, list[str]] = defaultdict(list)
    panel = folder / "panel.csv"
    if panel.exists():
        with panel.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                behind = (documents.get(d, "") for d in (row.get("documents") or "").split())
                rows[int(row["year"])].append(digest(*row.values(), *behind))
    by_year = {year: digest(*rows[year]) for year in sorted(rows)}
    everything = digest(*by_year.values(), *documents, *documents.values())
    return Region(name, by_year, everything)


@cache
def library() -> str:
    """The library's own source, code book and templates."""
    source = Path(analysis.__file__).parent
    files = (f for f in source.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    return _digest_files(files)


@cache
def environment(root: Path) -> str:
    """The lock, the interpreter, and the packages really installed."""
    lock = root / "requirements.lock"
    packages = sorted(p.name for folder in sys.path for p in Path(folder).glob("*.dist-info"))
    return digest(sys.version, *packages, lock.read_bytes() if lock.exists() else b"")

"""Fingerprints of what a run is made from: data rows, library, environment."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from analysis.codebook.periods import parse_period
from analysis.intake import places
from analysis.system import authorship, project
from analysis.system.errors import InputError
from analysis.system.project import processed_folder, raw_folder

_Row = tuple[int, list[str], str, str]
"""Of a table's row: its year, the documents behind it, its digest, its indicator."""


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
class RegionDigest:
    """Fingerprints of a region's data: panel rows and their documents by year, and all of it.

    `held` tells whether data/raw has documents of it, whatever its tables say; `spans` whether it has
    figures of two whole years; `stated` are the indicators it has figures of, by year.
    """

    name: str
    by_year: Mapping[int, str]
    everything: str
    held: bool
    spans: bool
    stated: Mapping[int, frozenset[str]]

    @property
    def years(self) -> list[int]:
        """The years that it has figures of, as in its panel."""
        return list(self.by_year)

    def readable(self, year: int) -> str:
        """What a notebook for one year can read: that year and those before."""
        return digest(*(data for at, data in self.by_year.items() if at <= year))

    def speaks_of(self, year: int, about: Collection[str]) -> bool:
        """Whether it has a figure of some indicators, or of some beginnings of their names."""
        return any(i in about or i.partition(".")[0] in about for i in self.stated.get(year, ()))


def read_regions(root: Path) -> list[RegionDigest]:
    """All regions of a project: those with documents, or with tables where none has any.

    Raises
    ------
    InputError
        for a table that is damaged.
    """
    raw = [folder.name for folder in project.folders(root / "data" / "raw")]
    return [read_region(root, name) for name in raw or project.regions(root)]


def read_region(root: Path, name: str) -> RegionDigest:
    """One region; see `read_regions`."""
    folder, raw = processed_folder(root, name), raw_folder(root, name)
    sources = [f for f in project.files(raw) if f.suffix in (".txt", ".csv")]
    documents = _documents(folder, sources)
    panel = _rows(folder / "panel.csv", "year")
    years, stated = _figures(folder, panel, documents)
    place = [str(row) for row in filter(None, [places.rows(root).get(name)])]
    by_year = {year: digest(*years[year], *place) for year in sorted(years)}
    everything = digest(*by_year.values(), *documents, *documents.values())
    told = {year: frozenset(indicators) for year, indicators in stated.items()}
    return RegionDigest(name, by_year, everything, bool(sources), len({row[0] for row in panel}) > 1, told)


def _figures(
    folder: Path, panel: Iterable[_Row], documents: Mapping[str, str]
) -> tuple[dict[int, list[str]], dict[int, set[str]]]:
    """Digests of a region's figures and the indicators that they are of, by year."""
    years: dict[int, list[str]] = defaultdict(list)
    stated: dict[int, set[str]] = defaultdict(set)
    for year, behind, row, indicator in panel:
        years[year].append(digest(row, *(documents.get(document, "") for document in behind)))
        stated[year].add(indicator)
    for first, last, stating, indicator in sorted(_other_periods(folder), key=lambda p: p[0] != p[1]):
        # a total over years is no page's only figure
        shown = [last] if first == last else [year for year in range(first, last + 1) if year in years]
        for year in shown:
            years[year].append(documents[stating])
        if last in shown:
            stated[last].add(indicator)
    return years, stated


def _documents(folder: Path, sources: Iterable[Path]) -> dict[str, str]:
    """A digest of each document of a region: its source, its tables, the rules over several that it is in."""
    files: dict[str, list[Path]] = defaultdict(list)
    for below in project.folders(folder):
        files[below.name] += project.files(below)
    for file in sources:
        files[file.name.removesuffix(file.suffix).removesuffix(".decisions")].append(file)
    together: dict[str, list[str]] = defaultdict(list)
    for _, behind, row, _ in _rows(folder / "edits.csv", "period"):
        for document in behind:
            together[document].append(row)
    return {d: digest(_digest_files(files[d]), *together[d]) for d in sorted(files)}


def _rows(path: Path, column: str) -> list[_Row]:
    """What is asked of each row of a table, with the year that a column begins with."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            header, *rows = csv.reader(lines)
        if column not in header:
            raise ValueError(f"has no column {column}")
        named = [dict(zip(header, row, strict=True)) for row in rows]
        return [
            (int(row[column][:4]), row.get("documents", "").split(), digest(*row.values()), row.get("indicator", ""))
            for row in named
        ]
    except FileNotFoundError:
        return []
    except (ValueError, KeyError, csv.Error) as error:
        raise InputError(f"{path}: damaged ({error}); run `analysis build`") from None


def _other_periods(folder: Path) -> Iterator[tuple[int, int, str, str]]:
    """First and last year of each period that is no whole year, document and indicator."""
    for document in project.folders(folder):
        for row in project.rows(document / "observations.csv"):
            if row.get("period") and not (period := parse_period(row["period"])).year:
                yield period.first, period.last, document.name, row.get("indicator", "")


@cache
def library() -> str:
    """The library's own source, code book and templates."""
    source = Path(__file__).parents[1]
    files = (f for f in source.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    return _digest_files(files)


@cache
def surroundings(root: Path) -> str:
    """The lock, how the project is cited, the interpreter, and the packages really installed."""
    files = (root / name for name in ("requirements.lock", authorship.FILE))
    packages = sorted(p.name for folder in sys.path for p in Path(folder).glob("*.dist-info"))
    held = (path.read_bytes() if path.exists() else b"" for path in files)
    return digest(sys.version, *packages, *held)

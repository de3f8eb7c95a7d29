"""What kind of place a region is: `data/places.csv`, a row for each place.

Its columns: id (the region's name under data/raw), name, name_zh, code (GB/T 2260), level,
parent (the id of the place it is in), population (people by year, `2010:14048000 2020:20937800`),
source (where each of them is printed). Further columns are kept as they are.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from analysis.intake import tabular
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.kept import until_changed
from analysis.system.saving import write_all

USUAL = "city"
_POPULATION = re.compile(r"(?:(?:19|20)\d\d:[1-9]\d*(?: |\Z))*", re.ASCII)
_COLUMNS = ("id", "name", "name_zh", "code", "level", "parent")


def path_of(root: Path) -> Path:
    """Where the places of a project stand, if any are written down."""
    return root / "data" / "places.csv"


def level(root: Path, region: str, unknown: str = USUAL) -> str:
    """The level of a region: nation, province, city or county; `unknown` where nobody says it.

    Raises
    ------
    InputError
        naming file and line, for a row that cannot be right.
    """
    row = rows(root).get(region)
    return row["level"] if row else unknown


def people(root: Path, region: str, year: int) -> int | None:
    """How many live in a region in the year nearest to `year`; None where that is not known.

    Raises
    ------
    InputError
        naming file and line, for a row that cannot be right.
    """
    told = rows(root).get(region, {}).get("population", "")
    known = {int(when): int(count) for when, count in (pair.split(":") for pair in told.split())}
    return known[min(known, key=lambda when: abs(when - year))] if known else None


def rows(root: Path) -> dict[str, dict[str, str]]:
    """All places that are written down, by their ids; none where the project has no such file."""
    path = path_of(root)
    return _rows(path) if path.exists() else {}


@until_changed(files=8)
def _rows(path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for where, row in tabular.rows(path, ("id", "level"), "auto"):
        project.check_name(row["id"], f"{where}: column id:")
        if row["level"] not in project.LEVELS:
            raise InputError(f"{where}: column level: {row['level']!r}; use {', '.join(project.LEVELS)}")
        if not _POPULATION.fullmatch(row.get("population", "")):
            raise InputError(
                f"{where}: column population: {row['population']!r}; write it like 2010:14048000 2020:20937800"
            )
        if row["id"] in found:
            raise InputError(f"{where}: {row['id']} is there twice; keep one row")
        found[row["id"]] = row
    return found


@contextlib.contextmanager
def entered(root: Path, regions: Iterable[str], level: str | None) -> Iterator[list[str]]:
    """Rows for the regions that have none, if `level` says what they are.

    They are taken out again for regions without documents in the end.

    Yields
    ------
    list of str
        the regions that have documents but no row, as nobody says what they are; filled in at
        the end. They are read as cities.

    Raises
    ------
    InputError
        for a region that is of another level by its row.
    """
    before = rows(root)
    for region in regions:
        if level and region in before and before[region]["level"] != level:
            raise InputError(
                f"{region}: is of level {before[region]['level']} in {path_of(root)}; "
                "leave --level out, or change it there"
            )
    fresh = [region for region in dict.fromkeys(regions) if region not in before]
    unknown: list[str] = []
    if level and fresh:
        _write(root, before, fresh, level)
    try:
        yield unknown
    finally:
        kept = [region for region in fresh if _has_documents(root, region)]
        if level and fresh:
            _write(root, before, kept, level)
        else:
            unknown += kept


def _has_documents(root: Path, region: str) -> bool:
    try:
        return bool(project.files(project.raw_folder(root, region)))
    except InputError:  # no name for a region
        return False


def _write(root: Path, before: Mapping[str, Mapping[str, str]], fresh: list[str], level: str) -> None:
    new = [{"id": region, "name": region.replace("-", " ").title(), "level": level} for region in fresh]
    if not before and not new:
        path_of(root).unlink(missing_ok=True)
        return
    columns = list(next(iter(before.values()), _COLUMNS))
    cells = [[row.get(column, "") for column in columns] for row in [*before.values(), *new]]
    write_all({path_of(root): project.csv_text([columns, *cells])})

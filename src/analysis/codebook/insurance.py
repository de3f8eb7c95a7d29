"""Insurance schemes, and the years from which a series counts something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

from analysis.codebook.files import Entry, read_file

BRANCHES = ("pension", "medical", "other", "all")
_ROLES = ("together", "part")


@dataclass(frozen=True)
class Scheme:
    """An insurance scheme, several `together`, or some members as a `part` of one; `after` one it took over."""

    id: str
    branch: str
    role: str
    after: str
    en: str
    zh: str


@dataclass(frozen=True)
class Break:
    """From `year` on the series is another; why, in English and Chinese."""

    year: int
    en: str
    zh: str


@cache
def schemes() -> Mapping[str, Scheme]:
    """All schemes by id, branch by branch.

    Raises
    ------
    InputError
        naming file and line, for a key or a word that is not known.
    """
    found, entries = {}, _entries("schemes")
    for id_, entry in entries.items():
        keys = entry.fields(("branch", "role", "after", "en", "zh"), ("branch", "en", "zh"))
        role = keys["role"].text(_ROLES, "role") if "role" in keys else ""
        after = keys["after"].text(entries, "scheme") if "after" in keys else ""
        branch = keys["branch"].text(BRANCHES, "branch")
        found[id_] = Scheme(id_, branch, role, after, keys["en"].text(), keys["zh"].text())
    return found


@cache
def breaks() -> Mapping[str, tuple[Break, ...]]:
    """The breaks of each indicator that has some, by year.

    Raises
    ------
    InputError
        naming file and line, for a year or a key that cannot be.
    """
    return {indicator: tuple(_years(entry)) for indicator, entry in _entries("breaks").items()}


def _years(entry: Entry) -> list[Break]:
    found = []
    for year, why in entry.fields().items():
        if not year.isdigit():
            raise why.error("needs a year")
        texts = why.fields(("en", "zh"), ("en", "zh"))
        found.append(Break(int(year), texts["en"].text(), texts["zh"].text()))
    return sorted(found, key=lambda each: each.year)


def _entries(kind: str) -> dict[str, Entry]:
    with as_file(files("analysis.codebook").joinpath(f"{kind}.yaml")) as path:
        return read_file(path, kind).fields()

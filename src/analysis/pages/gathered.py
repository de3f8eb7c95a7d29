"""What the index tells of each region: its years, what is known of each, what is settled and open."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from analysis.codebook.status import settled
from analysis.system import project
from analysis.tables.figures import figures, is_year

#: Indicators whose trend stands beside a region's name.
GLANCE = ("employment.new_urban_jobs", "employment.registered_unemployment_rate")
_PAGE = re.compile(r"(?P<name>[\w-]+?)(?:\.(?P<language>[a-z]{2}))?\.html\Z")

Folder = tuple[str, ...]


@dataclass
class Year:
    """A year reviewed: its figures by whether each is settled, their indicators and documents."""

    settled: Counter[bool] = field(default_factory=Counter)
    indicators: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)


@dataclass
class Region:
    """A region: its `years`, all its figures by whether each is settled, its trends at a glance."""

    id: str
    years: dict[int, Year]
    settled: Counter[bool]
    trends: list[list[list[float]]]

    @property
    def documents(self) -> set[str]:
        """The documents of all its years."""
        return {name for year in self.years.values() for name in year.documents}


def region(root: Path, name: str) -> Region:
    """What the tables of a region hold."""
    panel = project.table(root, name, "panel")
    others = [row for row in project.observations(root, name) if not is_year(row["period"])]
    found = figures(panel, others)
    years: dict[int, Year] = {}
    for figure in found:
        for year in range(figure["since"], figure["year"] + 1):
            entry = years.setdefault(year, Year())
            entry.settled[settled(figure["status"])] += 1
            entry.indicators.add(figure["indicator"])
            entry.documents |= set(figure["documents"].split())
    trends: dict[str, list[list[float]]] = {indicator: [] for indicator in GLANCE}
    for row in panel:
        if row["indicator"] in trends and row["measure"] == "outturn" and row["value"]:
            trends[row["indicator"]].append([int(row["year"]), float(row["value"])])
    counted = Counter(settled(figure["status"]) for figure in found)
    return Region(name, years, counted, [sorted(trend) for trend in trends.values()])


def pages(reports: Path) -> dict[Folder, set[tuple[str, str]]]:
    """Names and languages of the pages there are, by folder: (region, year), (region,) or ()."""
    found: dict[Folder, set[tuple[str, str]]] = {}
    for place, folders, files in os.walk(reports):
        folder = Path(place).relative_to(reports).parts
        folders[:] = sorted(folders) if len(folder) < 2 else []
        named = {(m["name"], m["language"] or "en") for m in map(_PAGE.match, files) if m}
        if named := {page for page in named if page[0] != "index"}:
            found[folder] = named
    return found

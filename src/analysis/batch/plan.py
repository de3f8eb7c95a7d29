"""Which runs there are, and which of them are needed: decided from files, before any work.

A build with nothing to do must end within a second, so nothing heavy is imported here.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from analysis.batch import outputs
from analysis.batch.digests import RegionDigest, digest, library, read_regions, surroundings
from analysis.batch.ledger import Record
from analysis.batch.neighbours import neighbours
from analysis.batch.notebooks import INDEX, Notebook
from analysis.intake import places
from analysis.system.errors import InputError


@dataclass(frozen=True)
class Run:
    """One execution of one notebook.

    Attributes
    ----------
    key
        its page, relative to `reports/` and without suffix: names the run everywhere.
    figures
        folder of its figures, relative to the root.
    fingerprint
        hash of each thing the run is made from.
    reason
        why it is needed.
    neighbours
        the pages around its own, which link to each other.
    """

    key: str
    notebook: str
    figures: str
    language: str
    parameters: Mapping[str, Any]
    fingerprint: Mapping[str, str]
    reason: str = ""
    neighbours: Mapping[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """Where its page stands, from the project folder."""
        return f"reports/{self.key}.html"

    def __str__(self) -> str:
        given = (f"{k}={v}" for k, v in self.parameters.items() if k != "regions")
        return " ".join([self.notebook, *given])


Subject = tuple[tuple[str, ...], dict[str, Any], str]
"""What a notebook runs for: folder below `reports/`, parameters, fingerprint of the data."""


def all_runs(
    root: Path,
    notebooks: Iterable[Notebook],
    languages: Iterable[str] = ("en",),
    regions: Sequence[RegionDigest] | None = None,
) -> list[Run]:
    """Every run of the project: one per notebook and year, region or project, and language.

    `regions` are those of the project where they are read already.
    """
    read = [r for r in (read_regions(root) if regions is None else regions) if r.years]
    shared, languages = _shared(root), list(languages)
    return [
        _run(notebook, language, subject, shared)
        for notebook in notebooks
        for subject in _subjects(root, notebook, read)
        for language in (languages if notebook.speaks else ["en"])
    ]


def _run(notebook: Notebook, language: str, subject: Subject, shared: Mapping[str, str]) -> Run:
    place, parameters, data = subject
    given = parameters | ({"language": language} if notebook.speaks else {})
    fingerprint = {
        "notebook": notebook.digest,
        "texts": notebook.texts.get(language, ""),
        "parameters": digest(json.dumps(given)),
        "data": data,
        **shared,
    }
    suffix = "" if language == "en" else f".{language}"
    key = "/".join([*place, notebook.name + suffix])
    folder = "/".join(["figures", *place, *([] if notebook.scope == "year" else [notebook.name])])
    return Run(key, notebook.name, folder, language, given, fingerprint)


def with_neighbours(runs: Iterable[Run], standing: Iterable[str] = ()) -> list[Run]:
    """The runs with the pages around each: those of all runs and those that stand, by key."""
    runs = list(runs)
    around = neighbours({*(run.key for run in runs), *standing})
    return [
        replace(
            run,
            fingerprint={**run.fingerprint, "neighbours": digest(json.dumps(around[run.key]))},
            neighbours=around[run.key],
        )
        for run in runs
    ]


def _shared(root: Path) -> dict[str, str]:
    return {"library": library(), "environment": surroundings(root)}


def index(root: Path, regions: Iterable[RegionDigest], records: Mapping[str, Record]) -> Run:
    """The index as a run: made from all tables and the pages that stand."""
    pages = sorted(path for key, r in records.items() if key != INDEX for path in r.outputs)
    fingerprint = {
        "pages": digest(*(path for path in pages if path.endswith(".html"))),
        "data": digest(*(part for r in regions for part in (r.name, r.everything))),
        **_shared(root),
    }
    return Run(INDEX, "", "figures", "en", {}, fingerprint)


def _subjects(root: Path, notebook: Notebook, read: Sequence[RegionDigest]) -> Iterator[Subject]:
    """What a notebook runs for.

    Nothing to show is no run: for a year without a figure it is about, a region without figures of two
    whole years, or fewer regions than two.
    """
    if notebook.scope == "project":
        if len(together := _of_one_level(root, read)) > 1:
            names = [region.name for region in together]
            yield (), {"regions": names}, digest(*(region.everything for region in together))
        return
    for region in read:
        if notebook.scope == "region":
            if not region.spans:
                continue
            span = {"first_year": region.years[0], "last_year": region.years[-1]}
            yield (region.name,), {"region": region.name, **span}, region.everything
            continue
        for year in region.years:
            if not notebook.about or region.speaks_of(year, notebook.about):
                subject = {"region": region.name, "year": year}
                yield (region.name, str(year)), subject, region.readable(year)


def _of_one_level(root: Path, read: Sequence[RegionDigest]) -> list[RegionDigest]:
    """The regions of the level that most of them are of: places of one size compare."""
    levels = {region.name: places.level(root, region.name) for region in read}
    most = Counter(levels.values()).most_common(1)
    return [region for region in read if levels[region.name] == most[0][0]] if most else []


def selected(runs: Sequence[Run], regions: Sequence[str] | None, years: Sequence[int] | None) -> list[Run]:
    """The runs of these regions and years, with the trends and comparisons they enter.

    Raises
    ------
    InputError
        where there is none.
    """
    if not regions and not years:
        return list(runs)
    of_regions = _with(runs, "region", regions)
    named = _with(of_regions, "year", years)
    if not named:
        asked = ", ".join(map(str, [*(regions or ()), *(years or ())]))
        has = sorted({r.parameters["year"] for r in of_regions if "year" in r.parameters})
        raise InputError(f"no notebook to run for {asked}; there is {', '.join(map(str, has)) or 'none'}")
    keys = {r.key for r in named}
    entered = {None, *(r.parameters["region"] for r in named)}
    return [r for r in runs if r.key in keys or _is_over_years(r, entered)]


def _with(runs: Sequence[Run], parameter: str, wanted: Sequence[Any] | None) -> Sequence[Run]:
    """The runs with one of the values of a parameter, or all where none is wanted."""
    return [run for run in runs if run.parameters.get(parameter) in wanted] if wanted else runs


def _is_over_years(run: Run, regions: set[Any]) -> bool:
    """Whether a run is of no one year, and of one of the regions; None stands for the whole project."""
    return "year" not in run.parameters and run.parameters.get("region") in regions


def needed(root: Path, runs: Iterable[Run], records: Mapping[str, Record], force: bool = False) -> list[Run]:
    """The runs to make, each with its reason."""
    reasons = ((run, _reason(root, run, records.get(run.key), force)) for run in runs)
    return [replace(run, reason=reason) for run, reason in reasons if reason]


def gone(known: Iterable[Run], records: Iterable[str], regions: Sequence[RegionDigest], sure: bool) -> list[str]:
    """Keys that were runs once, in whatever language, and are none any longer.

    Unless `sure` that all notebooks are known, only those of a region or year that has gone.
    Where a region has documents and its tables no figures, its pages and those over all regions
    stay: that is a damage, or a mistake to be mended. Without any region nothing is gone.
    """
    keys = {run.key.removesuffix(f".{run.language}") for run in known}
    places = {"", *(place for region in regions for place in _places(region))}
    unread = {region.name for region in regions if region.held and not region.years}
    stay = {*unread, *([""] if unread else [])}
    asked = [key for key in records if key != INDEX and key.rpartition("/")[0].partition("/")[0] not in stay]
    return [key for key in asked if _is_gone(key, places, keys if sure else None)] if regions else []


def _places(region: RegionDigest) -> list[str]:
    """The folders below `reports/` that a region's pages may stand in."""
    return [region.name, *(f"{region.name}/{year}" for year in region.years)] if region.years else []


def _is_gone(key: str, places: Collection[str], keys: Collection[str] | None) -> bool:
    """Whether a page's place has gone, or it is none of the `keys` in any language, where these are known."""
    known = keys is None or key in keys or key.rpartition(".")[0] in keys
    return key.rpartition("/")[0] not in places or not known


def _reason(root: Path, run: Run, record: Record | None, force: bool) -> str:
    if force:
        return "forced"
    if record is None:
        return "new"
    if record.failed:
        return "failed last time"
    changed = [name for name, now in run.fingerprint.items() if record.fingerprint.get(name) != now]
    if changed:
        return f"{', '.join(changed)} changed"
    for path, stamp in record.outputs.items():
        if not outputs.stands(root, path, stamp):
            return f"{path} is missing or altered"
    return ""

"""Which runs there are, and which of them are needed: decided from files, before any work.

A build with nothing to do must end within a second, so nothing heavy is imported here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.batch.digests import Region, digest, environment, library, read_region
from analysis.batch.ledger import Record, stands
from analysis.batch.notebooks import Notebook, Scope
from analysis.errors import InputError
from analysis.project import regions


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
    """

    key: str
    notebook: str
    figures: str
    language: str
    parameters: Mapping[str, Any]
    fingerprint: Mapping[str, str]
    reason: str = ""

    @property
    def page(self) -> str:
        return f"reports/{self.key}.html"

    def __str__(self) -> str:
        given = (f"{k}={v}" for k, v in self.parameters.items() if k != "regions")
        return " ".join([self.notebook, *given])


def all_runs(
    root: Path, notebooks: Iterable[Notebook], languages: Iterable[str] = ("en",)
) -> list[Run]:
    """Every run of the project: one per notebook and year, region or project, and language."""
    read = [region for name in regions(root) if (region := read_region(root, name)).years]
    shared = {"library": library(), "environment": environment(root)}
    runs = []
    for notebook in notebooks:
        for place, parameters, data in _subjects(notebook.scope, read):
            for language in languages if notebook.speaks else ("en",):
                given = parameters | ({"language": language} if notebook.speaks else {})
                fingerprint = {
                    "notebook": notebook.digest,
                    "parameters": digest(json.dumps(given)),
                    "data": data,
                    **shared,
                }
                suffix = "" if language == "en" else f".{language}"
                key = "/".join([*place, notebook.name + suffix])
                figures = [*place] if notebook.scope == "year" else [*place, notebook.name]
                folder = "/".join(["figures", *figures])
                runs.append(Run(key, notebook.name, folder, language, given, fingerprint))
    return runs


def _subjects(
    scope: Scope, read: Sequence[Region]
) -> Iterator[tuple[tuple[str, ...], dict[str, Any], str]]:
    """What a notebook runs for: folder below `reports/`, parameters, fingerprint of the data."""
    if scope == "project" and read:
        names = [region.name for region in read]
        yield (), {"regions": names}, digest(*(region.everything for region in read))
    for region in read if scope != "project" else ():
        if scope == "region":
            span = {"first_year": region.years[0], "last_year": region.years[-1]}
            yield (region.name,), {"region": region.name, **span}, region.everything
        else:
            for year in region.years:
                subject = {"region": region.name, "year": year}
                yield (region.name, str(year)), subject, region.readable(year)


def selected(
    runs: Sequence[Run], regions: Sequence[str] | None, years: Sequence[int] | None
) -> list[Run]:
    """The runs of these regions and years, with the trends and comparisons they enter.

    Raises
    ------
    InputError
        where there is none.
    """
    if not regions and not years:
        return list(runs)

    def within(run: Run, name: str, wanted: Sequence[Any] | None) -> bool:
        return not wanted or run.parameters.get(name) in wanted

    named = [r for r in runs if within(r, "region", regions) and within(r, "year", years)]
    keys = {r.key for r in named}
    touched = {r.parameters["region"] for r in named if "region" in r.parameters}
    entered = {None, *touched} if touched else set()
    chosen = [
        r
        for r in runs
        if r.key in keys or ("year" not in r.parameters and r.parameters.get("region") in entered)
    ]
    if not chosen:
        asked = ", ".join(map(str, [*(regions or ()), *(years or ())]))
        places = sorted({run.key.rpartition("/")[0] for run in runs} - {""})
        raise InputError(f"no notebook to run for {asked}; there is {', '.join(places) or 'none'}")
    return chosen


def needed(
    root: Path, runs: Iterable[Run], records: Mapping[str, Record], force: bool = False
) -> list[Run]:
    """The runs to make, each with its reason."""
    reasons = ((run, _reason(root, run, records.get(run.key), force)) for run in runs)
    return [replace(run, reason=reason) for run, reason in reasons if reason]


def gone(known: Iterable[Run], records: Iterable[str]) -> list[str]:
    """Keys that were runs once, in whatever language, and are none any longer."""
    keys = {run.key.removesuffix(f".{run.language}") for run in known}
    return [key for key in records if not {key, key.rpartition(".")[0]} & keys]


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
        if not stands(root / path, stamp):
            return f"{path} is missing or altered"
    return ""

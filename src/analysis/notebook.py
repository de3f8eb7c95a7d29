"""What a notebook is about: its parameters, checked, and the figures they select."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import codebook, project, tables, words
from analysis.errors import InputError
from analysis.status import Measure


@dataclass(frozen=True, eq=False)
class Page:
    """The subject of one notebook run.

    `rows`: the figures of the year, or of the years from `first_year` to `last_year`, with
    the column `document`, the one to cite. `panel`: the same and those of the year before.
    `observations`, `edits`: what the documents behind the panel say of these years;
    `numerals`: all numerals of these documents. A comparison has the figures of its
    `indicator` alone and none of the documents' tables.
    """

    root: Path
    regions: tuple[str, ...]
    years: tuple[int, int]
    language: str
    indicator: str
    panel: pd.DataFrame
    rows: pd.DataFrame
    observations: pd.DataFrame
    edits: pd.DataFrame
    numerals: pd.DataFrame
    cites: dict[tuple[str, str, str, str], str]

    @property
    def region(self) -> str:
        """The first region."""
        return self.regions[0]

    @property
    def year(self) -> int:
        """The last year."""
        return self.years[1]

    @property
    def name(self) -> str:
        """The region as readers know it."""
        return words.region_name(self.region, self.language)

    @property
    def figures(self) -> Path:
        """Folder for this run's pictures: ANALYSIS_FIGURES, else under `figures/`."""
        if os.environ.get("ANALYSIS_FIGURES"):
            return Path(os.environ["ANALYSIS_FIGURES"])
        base = self.root / "figures"
        if self.indicator:
            return base / "comparison"
        many = self.years[0] != self.years[1]
        return base / self.region / ("trends" if many else str(self.year))


def page(
    *,
    region: str | None = None,
    year: int | None = None,
    language: str = "en",
    first_year: int | None = None,
    last_year: int | None = None,
    regions: Sequence[str] | None = None,
    indicator: str | None = None,
    root: Path | str | None = None,
) -> Page:
    """Check a notebook's parameters and load what they select.

    Give `region` and `year`; or `region`, `first_year` and `last_year`; or `regions` (all
    where empty), `indicator`, `first_year` and `last_year`.

    Raises
    ------
    InputError
        for a parameter the notebook does not have (a misspelt one), of the wrong type, or
        naming a region, year, indicator or language there is nothing for; one sentence,
        with what there is.
    """
    passed = {
        "region": region, "year": year, "language": language, "first_year": first_year,
        "last_year": last_year, "regions": regions, "indicator": indicator,
    }  # fmt: skip
    _check_injected({name for name, value in passed.items() if value is not None})
    for name in ("region", "language", "indicator"):
        _check_type(name, passed[name], str, 'a text such as "guangyuan"')
    for name in ("year", "first_year", "last_year"):
        _check_type(name, passed[name], int, "a whole number such as 2009")
    _check_type("regions", regions, (list, tuple), 'a list such as ["guangyuan"]')
    words.check_language(language)
    base = tables.root_folder(root)
    chosen = _regions(region, regions, indicator, base)
    panel = pd.concat([tables.load(r, root=base) for r in chosen], ignore_index=True)
    if year is not None:
        tables.check_year(panel, year, chosen[0])
    span = _span(panel, year, first_year, last_year, chosen)
    panel = _ordered(panel[panel["year"].between(span[0] - 1, span[1])])
    if indicator is not None:
        panel = _about(panel, indicator)
    stated = {r: _documents(panel[panel["region"] == r]) for r in chosen if indicator is None}
    observations, edits, numerals = (
        _together(stated, table, base) for table in ("observations", "edits", "numerals")
    )
    cites = _cites(panel, observations)
    keys = zip(panel["region"], panel["indicator"], panel["measure"], panel["year"], strict=True)
    panel = panel.assign(document=[cites[(r, i, m, str(y))] for r, i, m, y in keys])
    return Page(
        root=base, regions=chosen, years=span, language=language, indicator=indicator or "",
        panel=panel, rows=panel[panel["year"] >= span[0]].reset_index(drop=True),
        observations=_within(observations, span), edits=_within(edits, span), numerals=numerals,
        cites=cites,
    )  # fmt: skip


def _check_type(name: str, value: object, kind: type | tuple[type, ...], wanted: str) -> None:
    if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
        raise InputError(f"parameter {name}: expected {wanted}, got {value!r}")


def _check_injected(known: set[str]) -> None:
    """Refuse parameters that were injected but that the notebook does not use.

    papermill warns of an unknown parameter and runs on; the cell it injects begins with
    "# Parameters", and what is assigned there must be what was passed on here.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    cells = shell.user_ns.get("In", []) if shell else []
    for source in cells:
        if isinstance(source, str) and source.lstrip().startswith("# Parameters"):
            for node in ast.parse(source).body:
                targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id not in known:
                        raise InputError(
                            f"unknown parameter {target.id!r}: this notebook takes "
                            f"{', '.join(sorted(known))}"
                        )


def _regions(
    region: str | None, regions: Sequence[str] | None, indicator: str | None, root: Path
) -> tuple[str, ...]:
    if region is not None:
        return (tables.check_region(region, root),)
    if regions is None and indicator is None:
        raise InputError("parameter region: give one, such as region='guangyuan'")
    chosen = tuple(dict.fromkeys(regions or project.regions(root)))
    return tuple(tables.check_region(r, root) for r in chosen) or (tables.check_region("", root),)


def _span(
    panel: pd.DataFrame, year: int | None, first: int | None, last: int | None,
    chosen: tuple[str, ...],
) -> tuple[int, int]:  # fmt: skip
    if year is not None:
        return year, year
    years = sorted(set(panel["year"]))
    first, last = first or years[0], last or years[-1]
    if first > last:
        raise InputError(f"first_year {first} comes after last_year {last}: swap them")
    if not panel["year"].between(first, last).any():
        there = tables.spans(years)
        raise InputError(
            f"{', '.join(chosen)}: no figures from {first} to {last}; there are {there}"
        )
    return first, last


def _ordered(panel: pd.DataFrame) -> pd.DataFrame:
    """By year, then in the order of the codebook."""
    known = {name: at for at, name in enumerate(codebook.load().indicators)}
    measure = {name: at for at, name in enumerate(Measure)}
    places = panel.assign(
        indicator=panel["indicator"].map(known), measure=panel["measure"].map(measure)
    ).sort_values(["region", "year", "indicator", "measure"], kind="stable")
    return panel.loc[places.index].reset_index(drop=True)


def _about(panel: pd.DataFrame, indicator: str) -> pd.DataFrame:
    if indicator not in set(panel["indicator"]):
        there = ", ".join(sorted(set(panel["indicator"]))[:12])
        raise InputError(f"indicator {indicator!r}: no figures; there are {there} …")
    return panel[panel["indicator"] == indicator].reset_index(drop=True)


def _documents(panel: pd.DataFrame) -> list[str]:
    return sorted({document for cell in panel["documents"] for document in cell.split()})


def _together(documents: dict[str, list[str]], table: tables.Table, root: Path) -> pd.DataFrame:
    parts = [tables.of_documents(r, table, names, root) for r, names in documents.items()]
    columns = ["region", "document", "period", "indicator", "measure", "value", "low", "status"]
    return pd.concat(parts or [pd.DataFrame(columns=columns)], ignore_index=True)


def _within(rows: pd.DataFrame, span: tuple[int, int]) -> pd.DataFrame:
    """Rows whose period has a year in `span`; "2016-2020" has five."""
    ends = rows["period"].str.extract(r"^(\d{4})(?:-(\d{4}))?")
    first = pd.to_numeric(ends[0])
    last = pd.to_numeric(ends[1]).fillna(first)
    return rows[(first <= span[1]) & (last >= span[0])].reset_index(drop=True)


def _cites(panel: pd.DataFrame, observations: pd.DataFrame) -> dict[tuple[str, str, str, str], str]:
    """For each figure the document to cite: of those with the panel's value the surest."""
    key = ["region", "indicator", "measure", "period"]
    known = panel.assign(period=panel["year"].astype(str))[[*key, "value", "low"]]
    both = observations.merge(known, "left", key, suffixes=("", "_panel"))
    both["differs"] = ~(both["value"].eq(both["value_panel"]) | both["low"].eq(both["low_panel"]))
    both = both.sort_values(["differs", "status", "document"], kind="stable").drop_duplicates(key)
    first = known[key].itertuples(index=False, name=None)
    cites = dict(zip(first, panel["documents"].str.split(" ").str[0], strict=True))
    surest = both[key].itertuples(index=False, name=None)
    return cites | dict(zip(surest, both["document"], strict=True))

"""What a notebook is about: its parameters, checked, and the figures they select."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import SupportsIndex

import numpy as np
import pandas as pd

from analysis import codebook
from analysis.codebook.status import Measure, settled
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.regions import population
from analysis.tables import figures, loading
from analysis.writing import parameters, words


@dataclass(frozen=True, eq=False)
class Page:
    """The subject of one notebook run.

    `rows`: the figures of the year, or of the years from `first_year` to `last_year`, with the column `document`, the
    one to cite. `panel`: the same and those of the year before; `history`: the same and those of all years before, as
    the panel has them. `stated`: every figure of these years, also those of several years or a part of one, with
    their `period`, their `prints` (as `figures.figures` gives them) and whether each is `open`. `observations`,
    `edits`: what documents say of these years; `numerals`: all numerals of these documents. A comparison has the
    figures of its `indicator` alone and none of the documents' tables.
    """

    root: Path
    regions: tuple[str, ...]
    years: tuple[int, int]
    language: str
    indicator: str
    panel: pd.DataFrame = field(repr=False)
    history: pd.DataFrame = field(repr=False)
    rows: pd.DataFrame = field(repr=False)
    stated: pd.DataFrame = field(repr=False)
    observations: pd.DataFrame = field(repr=False)
    edits: pd.DataFrame = field(repr=False)
    numerals: pd.DataFrame = field(repr=False)
    cites: dict[tuple[str, str, str, str], str] = field(repr=False)

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
        return words.region_name(self.region, self.language, self.root)

    @property
    def people(self) -> dict[tuple[str, int], int]:
        """How many live in its regions, by region and year, as far as that is known."""
        return population(self.root, self.regions)

    @property
    def built(self) -> bool:
        """Whether a build runs the notebook, which then saves its pictures and makes a page of it."""
        return bool(os.environ.get("ANALYSIS_FIGURES"))

    @property
    def figures(self) -> Path:
        """Folder for this run's pictures: ANALYSIS_FIGURES, else under `figures/`."""
        if self.built:
            return Path(os.environ["ANALYSIS_FIGURES"])
        base = self.root / "figures"
        if self.indicator:
            return base / "comparison"
        many = self.years[0] != self.years[1]
        return base / self.region / ("region" if many else str(self.year))


def page(
    *,
    region: str | None = None,
    year: SupportsIndex | None = None,
    language: str = "en",
    first_year: SupportsIndex | None = None,
    last_year: SupportsIndex | None = None,
    regions: Sequence[str] | None = None,
    indicator: str | None = None,
    root: Path | str | None = None,
) -> Page:
    """Check a notebook's parameters and load what they select.

    Give `region` and `year`; or `region`, `first_year` and `last_year`; or `regions` (all where empty), `indicator`,
    `first_year` and `last_year`.

    Raises
    ------
    InputError
        for a parameter the notebook does not have (a misspelt one), of the wrong type, or
        naming a region, year, indicator or language there is nothing for; one sentence,
        with what there is.
    """
    passed = {
        "region": region,
        "year": year,
        "language": language,
        "first_year": first_year,
        "last_year": last_year,
        "regions": regions,
        "indicator": indicator,
    }
    parameters.check_injected({name for name, value in passed.items() if value is not None})
    for name in ("region", "language", "indicator"):
        parameters.check_type(name, passed[name], str, 'a text such as "guangyuan"')
    year, first_year, last_year = (
        None if n is None else loading.whole_number(name, n)
        for name, n in (("year", year), ("first_year", first_year), ("last_year", last_year))
    )
    parameters.check_type("regions", regions, (list, tuple), 'a list such as ["guangyuan"]')
    return select(region, year, language, first_year, last_year, regions, indicator, root)


def select(
    region: str | None = None,
    year: int | None = None,
    language: str = "en",
    first_year: int | None = None,
    last_year: int | None = None,
    regions: Sequence[str] | None = None,
    indicator: str | None = None,
    root: Path | str | None = None,
) -> Page:
    """What parameters select, whether or not they are those of the notebook that asks; see `page`."""
    words.check_language(language)
    base = loading.root_folder(root)
    chosen = _regions(region, regions, indicator, base)
    panel = loading.panels(chosen, base)
    if indicator is not None:
        panel = _about(panel, indicator)
    said = [] if indicator else [_documents(r, "observations", base) for r in chosen]
    everything = pd.concat(said) if said else _NONE
    stated = _stated(panel, everything)
    own = stated[stated["since"] == stated["year"]]
    if year is not None:
        loading.check_year(own, year, chosen[0])
    span = _span(own, year, first_year, last_year, chosen)
    before = _ordered(panel[panel["year"] < span[0]])
    panel = _ordered(panel[panel["year"].between(span[0] - 1, span[1])])
    near = _within(everything, span[0] - 1, span[1])
    observations = _within(everything, *span)
    edits = _together(near, "edits", base)
    if year is None and not indicator:  # what compares several years stands on no year's page
        edits = pd.concat([edits, loading.edits_across(chosen, base)], ignore_index=True)
    cites = _cites(panel, near)
    panel = _cited(panel.assign(period=panel["year"].astype(str)), cites, near)
    stated = _cited(_ordered(_within(stated, *span)), cites, near)
    rows = panel[panel["year"] >= span[0]].reset_index(drop=True)
    several = year is None
    return Page(
        root=base,
        regions=chosen,
        years=span,
        language=language,
        indicator=indicator or "",
        panel=panel,
        rows=rows,
        history=rows if several else _together_with(before, rows),
        stated=stated,
        observations=observations,
        edits=_within(edits, *span),
        numerals=_together(observations, "numerals", base),
        cites=cites,
    )


def _regions(region: str | None, regions: Sequence[str] | None, indicator: str | None, root: Path) -> tuple[str, ...]:
    if region is not None:
        return (loading.check_region(region, root),)
    if regions is None and indicator is None:
        raise InputError("parameter region: give one, such as region='guangyuan'")
    chosen = tuple(dict.fromkeys(regions or project.regions(root)))
    return tuple(loading.check_region(r, root) for r in chosen) or (loading.check_region("", root),)


def _span(
    panel: pd.DataFrame, year: int | None, first: int | None, last: int | None, chosen: tuple[str, ...]
) -> tuple[int, int]:
    if year is not None:
        return year, year
    years = sorted(set(panel["year"]))
    first, last = first or years[0], last or years[-1]
    if first > last:
        raise InputError(f"first_year {first} comes after last_year {last}: swap them")
    if not panel["year"].between(first, last).any():
        there = loading.spans(years)
        raise InputError(f"{', '.join(chosen)}: no figures from {first} to {last}; there are {there}")
    return first, last


def _ordered(panel: pd.DataFrame) -> pd.DataFrame:
    """By year, then in the order of the codebook."""
    known = {name: at for at, name in enumerate(codebook.load().indicators)}
    measure = {name: at for at, name in enumerate(Measure)}
    places = panel.assign(indicator=panel["indicator"].map(known), measure=panel["measure"].map(measure)).sort_values(
        ["region", "year", "indicator", "measure"], kind="stable"
    )
    return panel.loc[places.index].reset_index(drop=True)


def _about(panel: pd.DataFrame, indicator: str) -> pd.DataFrame:
    if indicator not in set(panel["indicator"]):
        there = ", ".join(sorted(set(panel["indicator"]))[:12])
        raise InputError(f"indicator {indicator!r}: no figures; there are {there} …")
    return panel[panel["indicator"] == indicator].reset_index(drop=True)


_NONE = pd.DataFrame(columns=["region", "document", "period", "indicator", "measure", "value", "low", "status"])


def _documents(region: str, table: loading.Table, root: Path) -> pd.DataFrame:
    return loading.of_documents(region, table, project.documents(root, region), root)


def _together(stating: pd.DataFrame, table: loading.Table, root: Path) -> pd.DataFrame:
    """A table of the documents that state something."""
    regions = list(dict.fromkeys(stating["region"]))
    documents = [sorted(set(stating.loc[stating["region"] == r, "document"])) for r in regions]
    parts = [loading.of_documents(r, table, names, root) for r, names in zip(regions, documents, strict=True)]
    return pd.concat(parts or [_NONE], ignore_index=True)


def _stated(panel: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    rows = figures.figures(panel.to_dict("records"), observations.to_dict("records"))
    columns = [*panel.columns, "period", "since", "prints"]
    table = pd.DataFrame(rows, columns=columns)
    opened = [not settled(status) for status in table["status"]]
    return table.assign(open=opened).astype({"status": loading.STATUS, "open": bool})


def _within(rows: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Rows whose period has a year from `first` to `last`; "2016-2020" has five."""
    ends = [figures.years_of(period) for period in rows["period"]]
    kept = [start <= last and end >= first for start, end in ends]
    return rows[np.array(kept, dtype=bool)].reset_index(drop=True)


def _cited(rows: pd.DataFrame, cites: dict[tuple[str, str, str, str], str], observations: pd.DataFrame) -> pd.DataFrame:
    """`rows` with the `document` to cite for each figure, and what else it says there."""
    key = ["region", "indicator", "measure", "period"]
    documents = [cites[k] for k in rows[key].itertuples(index=False, name=None)]
    said = observations.reindex(columns=["document", *key, "runner_up", "candidates"])
    said = said.drop_duplicates(["document", *key])  # a report may state a figure twice
    rows = rows.assign(document=documents).merge(said, "left", ["document", *key])
    return rows.assign(candidates=rows["candidates"].astype(object).fillna(""))


def _together_with(before: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The years before and the year; only the year's figures have evidence on the page."""
    table = pd.concat([before, rows], ignore_index=True)
    return table.assign(document=table["document"].fillna(""), candidates=table["candidates"].fillna(""))


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

"""The evidence of a figure at the desk, as a page has it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, SupportsIndex

import pandas as pd

from analysis import measures
from analysis.desk import plain
from analysis.desk.shown import Shown, framed
from analysis.pages.cards import entries
from analysis.pages.observations import Evidence
from analysis.system.errors import InputError
from analysis.tables import loading
from analysis.tables.figures import years_of
from analysis.writing import references as links
from analysis.writing.notebook import Page, select

Row = Mapping[Any, Any]


def evidence(
    figure: pd.DataFrame | pd.Series | Row | str,
    column: str = "value",
    *,
    region: str | None = None,
    year: SupportsIndex | None = None,
    measure: str = "outturn",
    page: Page | None = None,
    language: str = "en",
    root: Path | str | None = None,
) -> Shown:
    """What a figure rests on: the sentence with the mark, what else it may be, rules, documents.

    Parameters
    ----------
    figure
        a row of any table with figures (of a panel, of observations, of a measure), several
        rows, or the id of an indicator, with `region`, `year` and `measure`.
    column
        of a row of `completion` and the like: the cell asked about, such as ``"target"``.
    page
        where the row is of a page's table; its region, year and language then hold.
    root
        project folder; the one around the current folder where not given.

    Raises
    ------
    InputError
        where the rows have no figure that leads to a document.

    Examples
    --------
    >>> evidence("employment.new_urban_jobs", region="guangyuan", year=2009)  # doctest: +SKIP
    >>> evidence(panel[panel["status"] == "conflict"].head(3))                # doctest: +SKIP
    """
    if region:
        region = loading.check_region(region, page.root if page else loading.root_folder(root))
    of = {"region": region or (page and page.region), "year": year or (page and page.year)}
    rows = [_known(figure, measure, of, root)] if isinstance(figure, str) else _rows(figure)
    by_region: dict[str, list[Row]] = {}
    for row in rows:
        part = measures.part(row, column) if f"{column}_status" in row else row
        by_region.setdefault(_region(part, of["region"]), []).append(part)
    found = ""
    for name, mine in by_region.items():
        own = page or _page_of(mine, name, language, root)
        html = "".join(links.figure({**_EMPTY, **row}, own) for row in mine)
        found += entries(Evidence(own.root, [name], own.language), html)
    if not found:
        raise InputError("evidence: these rows lead to no document; give rows of `load` or of a page")
    return Shown(found, framed(found), found, plain.text_of(found))


_EMPTY = {"value": None, "low": None, "high": None, "unit": "", "status": "unreadable"}


def _rows(figure: pd.DataFrame | pd.Series | Row) -> list[dict[Any, Any]]:
    if isinstance(figure, pd.DataFrame):
        return figure.to_dict("records")
    if not isinstance(figure, pd.Series | Mapping):
        raise InputError(f"evidence: expected rows of `load` or the id of an indicator, got {type(figure).__name__}")
    return [dict(figure)]


def _known(indicator: str, measure: str, of: Row, root: Path | str | None) -> dict[Any, Any]:
    """The row of a region's panel that is asked for by its keys."""
    if not of["year"]:
        raise InputError(f"evidence: of which year? Give year=, such as evidence({indicator!r}, year=2009)")
    year = loading.whole_number("year", of["year"])
    rows = loading.only(loading.load(of["region"] or "", year=year, root=root), indicator)
    rows = rows[rows["measure"] == measure]
    if rows.empty:
        raise InputError(f"{indicator} {measure}: {of['region']} has no such figure of {year}")
    return dict(rows.iloc[0])


def _region(row: Row, given: Any) -> str:
    name = row.get("region") or given
    if not name:
        raise InputError("evidence: the rows do not say of which region; give region=")
    return str(name)


def _page_of(rows: list[Row], region: str, language: str, root: Path | str | None) -> Page:
    """A page over all years that some rows speak of, their sources' too."""
    said = [str(row.get("period") or row.get("year")) for row in rows]
    said += [part for row in rows for part in re.findall(r":([\d/-]+)", str(row.get("sources") or ""))]
    years = [year for period in said for year in years_of(period)]
    return select(region=region, first_year=min(years), last_year=max(years), language=language, root=root)

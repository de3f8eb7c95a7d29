"""Processed tables as tidy, typed pandas tables."""

from __future__ import annotations

import csv
import operator
import os
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, SupportsIndex, get_args

import numpy as np
import pandas as pd

from analysis import codebook
from analysis.codebook.status import STRONG, Status
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.regions import identified, there
from analysis.tables.figures import check_figures

_SEVERAL = "several regions go in a list, a year by name: load(['guangyuan', 'leshan'], year=2009)"
Table = Literal["panel", "observations", "numerals", "edits"]

#: From strongest to weakest: what is known about a figure.
STATUSES = tuple(status.value for status in Status)
STATUS = pd.CategoricalDtype(list(STATUSES), ordered=True)

_NUMBERS = ["value", "low", "high", "left", "right", "difference", "tolerance", "runner_up"]
_COUNTS = ["start", "end", "year"]
_FLAGS = {"True": True, "False": False}


def root_folder(root: Path | str | None = None) -> Path:
    """`root`, else the folder named by ANALYSIS_ROOT, else the project folder around."""
    given = root or os.environ.get("ANALYSIS_ROOT") or None
    try:
        return project.find_root(given)
    except InputError as error:
        if given:
            raise
        raise InputError(f"{error}; set ANALYSIS_ROOT to one, or run there (papermill: --cwd)") from None


def load(
    region: str | Iterable[str] | None = None,
    table: Table = "panel",
    year: SupportsIndex | None = None,
    root: Path | str | None = None,
) -> pd.DataFrame:
    """One processed table of one region, of several, or of all.

    Parameters
    ----------
    region
        Folder name under `data/processed`, such as ``"guangyuan"``; several, such as
        ``["guangyuan", "mianyang"]``; all regions where not given.
    table
        ``"panel"``: one row per region, year, indicator and measure over all documents.
        ``"observations"``, ``"numerals"``, ``"edits"``: the rows of all documents,
        with the columns `region` and `document`.
    year
        Only this year (of a document's tables: the period equal to it).
    root
        Project folder; the one around the current folder where not given.

    Returns
    -------
    DataFrame
        `value`, `low`, `high` are float64 in base units (people, yuan, percent: 77 is
        77 %), empty where nothing is known; `status` is an ordered category from
        ``confirmed`` to ``unreadable``, and `settled` says whether a figure can be used unread;
        `start`, `end` are nullable integers, `holds` is a nullable boolean; `period` is text
        (``"2009"``, ``"2016-2020"``), and what is not said in a column of text is ``""``.
        docs/tables.md explains every column.

    Raises
    ------
    InputError
        for an unknown region, table or year; the message names those there are.

    Examples
    --------
    >>> panel = load()                                      # doctest: +SKIP
    >>> load("guangyuan", "observations", year=2009)        # doctest: +SKIP
    """
    base = root_folder(root)
    if table not in get_args(Table):
        raise InputError(f"table {table!r}: there are {', '.join(get_args(Table))}; {_SEVERAL}")
    chosen = _chosen(region, base)
    if table == "panel":
        rows = panels(chosen, base)
    else:
        parts = [of_documents(r, table, project.documents(base, r), base) for r in chosen]
        rows = pd.concat(parts, ignore_index=True)
    if "status" in rows:
        settled = rows["status"].isin(list(STRONG))
        rows.insert(list(rows.columns).index("status") + 1, "settled", settled)
    if year is None:
        return rows
    wanted = whole_number("year", year)
    if table == "panel":
        check_year(rows, wanted, ", ".join(chosen))
        return rows[rows["year"] == wanted]
    return rows[rows["period"] == str(wanted)]


def panels(regions: Iterable[str], root: Path) -> pd.DataFrame:
    """The panels of some regions as one table, typed as `load` gives it."""
    paths = [project.processed_folder(root, region) / "panel.csv" for region in regions]
    return _typed(_stacked((path, {}) for path in paths), str(paths[0]) if len(paths) == 1 else "panels")


def edits_across(regions: Iterable[str], root: Path) -> pd.DataFrame:
    """The rules that compare several documents of a region, typed as `load(…, "edits")` gives them."""
    paths = {region: project.processed_folder(root, region) / "edits.csv" for region in regions}
    rows = _stacked((path, {"region": region, "document": ""}) for region, path in paths.items() if path.is_file())
    return pd.DataFrame() if rows.empty else _typed(rows, "edits")


def _chosen(region: str | Iterable[str] | None, root: Path) -> list[str]:
    """The regions asked for, each checked and once."""
    if region is None:
        return project.regions(root) or [check_region("", root)]
    asked = list(region) if isinstance(region, Iterable) and not isinstance(region, str) else [region]
    if not asked:
        raise InputError("region: an empty list; name one, or give none for all")
    return list(dict.fromkeys(check_region(name, root) for name in asked))


def whole_number(name: str, number: object) -> int:
    """A parameter as a whole number, numpy's too.

    Raises
    ------
    InputError
        for anything else, such as the text ``"2009"`` or a boolean.
    """
    if isinstance(number, SupportsIndex) and not isinstance(number, (bool, np.bool_)):
        return operator.index(number)
    raise InputError(f"parameter {name}: expected a whole number such as 2009, got {number!r}")


def of_documents(region: str, table: Table, documents: Iterable[str], root: Path) -> pd.DataFrame:
    """The rows of a table over some documents of a region; `document` and `region` added."""
    rows = _stacked(
        (project.processed_folder(root, region, document) / f"{table}.csv", {"region": region, "document": document})
        for document in documents
    )
    # what a numeral may also have stated is no number, as a figure's next best value is
    return _typed(rows, region, [n for n in _NUMBERS if (table, n) != ("numerals", "runner_up")])


def only(rows: pd.DataFrame, *names: str | Iterable[str]) -> pd.DataFrame:
    """The rows of some indicators, or of all whose id begins with ``<name>.``; in that order.

    `names` may also be lists of them.

    Raises
    ------
    InputError
        for a name that the codebook does not know; it suggests the nearest.
    """
    check_figures(rows, ["indicator"])
    several = (name if isinstance(name, Iterable) and not isinstance(name, str) else [name] for name in names)
    ids = [str(name) for each in several for name in each]
    check_indicators(ids)
    named = rows["indicator"]
    wanted = named.isin(ids) | named.str.split(".").str[0].isin(ids)
    order = named[wanted].map({name: at for at, name in enumerate(ids)}).fillna(len(ids))
    return rows.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def check_indicators(names: Iterable[str]) -> None:
    """Refuse, with InputError and the nearest, what is no indicator, nor the first part of one."""
    known = codebook.load().indicators
    sections = {id_.partition(".")[0] for id_ in known}
    for name in names:
        if name not in known and name not in sections:
            near = get_close_matches(name, [*known, *sorted(sections)], 1) or sorted(sections)
            raise InputError(f"indicator {name!r}: the codebook has none; did you mean {near[0]!r}?")


def check_region(region: str, root: Path) -> str:
    """The id of a region that has processed tables, by its id or a name of `data/places.csv`.

    Raises
    ------
    InputError
        for another, naming the nearest.
    """
    known = project.regions(root)
    if not isinstance(region, str):
        raise InputError(f"region: expected a name such as 'guangyuan', got {region!r:.40}")
    if (found := identified(root, region)) in known:
        return found
    raise InputError(f"region {region!r} has no processed tables; {there(root, region, known)}")


def check_year(panel: pd.DataFrame, year: int, region: str) -> int:
    """`year` if the panel has figures for it; raises InputError naming the years it has."""
    years = sorted(set(panel["year"]))
    if year not in years:
        raise InputError(f"region {region!r} has no figures for {year}; it has {spans(years)}")
    return year


def spans(years: list[int]) -> str:
    """Years in words: ``[2005, 2006, 2007, 2009]`` is ``"2005–2007, 2009"``."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)


def _stacked(tables: Iterable[tuple[Path, dict[str, str]]]) -> pd.DataFrame:
    """Tables one below the other as text, the cells that each comes with in columns of their own."""
    lines: list[dict[str, str]] = []
    columns: dict[str, None] = {}
    for path, added in tables:
        header, rows = _lines(path)
        columns |= dict.fromkeys([*header, *added])
        lines += [row | added for row in rows]
    return pd.DataFrame(lines, columns=list(columns), dtype=str).fillna("")


def _lines(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Header and rows of a table as text: many small tables are typed faster together."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        return header, [dict(zip(header, row, strict=True)) for row in rows]
    except FileNotFoundError:
        raise InputError(f"{path}: not there; run `analysis ingest` for this region") from None
    except ValueError:
        raise InputError(f"{path}: empty or cut off; run `analysis ingest` again") from None


def _typed(rows: pd.DataFrame, place: str, numbers: Iterable[str] = _NUMBERS) -> pd.DataFrame:
    try:
        for column in rows.columns.intersection(list(numbers)):
            rows[column] = pd.to_numeric(rows[column].replace("", None)).astype("float64")
        for column in rows.columns.intersection(_COUNTS):
            counts = pd.to_numeric(rows[column].replace("", None)).astype("Int64")
            rows[column] = counts.astype("int64") if column == "year" else counts
    except (ValueError, TypeError) as error:
        raise InputError(f"{place}: column {column}: {error}") from None
    if "holds" in rows:
        rows["holds"] = rows["holds"].map(_FLAGS).astype("boolean")
    if "status" in rows:
        rows["status"] = rows["status"].astype(STATUS)
    return rows

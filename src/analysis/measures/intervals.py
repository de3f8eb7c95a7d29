"""Figures with their intervals: how two become a third, and how they stand side by side.

A derived figure has `value`, `low`, `high` (the interval the printed figures leave), `status`
(the weakest status behind it) and `sources` (what it was computed from, ids such as
``fund.total:outturn``). Figures are only ever held against figures of the same region, however
many regions a table holds. Intervals follow interval arithmetic for positive numbers (Moore
1966): no distribution is assumed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.status import SET
from analysis.tables.figures import check_figures
from analysis.tables.loading import STATUS

KEY = ["region", "year", "indicator"]
FIGURE = ["value", "low", "high", "status"]


def interval(value: float, low: float, high: float, bound: object = "", measure: object = "") -> tuple[float, float]:
    """Both ends of a figure as they can be computed with; NaN where nothing is known of it.

    An end left empty is the value itself. A result "at least" so much is open above
    (infinite), one "at most" so much open below (zero); targets and ceilings are exact,
    whatever word stands before them.
    """
    low, high = (value if pd.isna(end) else end for end in (low, high))
    if pd.isna(low) and pd.isna(high):
        return np.nan, np.nan
    if bound == "at_most" and measure not in SET:
        low = 0.0
    if bound == "at_least" and measure not in SET:
        high = np.inf
    return (0.0 if pd.isna(low) else low), (np.inf if pd.isna(high) else high)


def bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `low` and `high` that can be computed with, as `interval` gives them."""
    columns = [c for c in ("value", "low", "high", "bound", "measure") if c in rows]
    ends = [interval(*figure) for figure in zip(*(rows[c] for c in columns), strict=True)]
    table = np.array(ends, dtype=float).reshape(-1, 2)
    return rows.assign(low=table[:, 0], high=table[:, 1])


def _keys(rows: pd.DataFrame, on: Sequence[str]) -> list[tuple[Any, ...]]:
    return list(zip(*(rows[column] for column in on), strict=True))


def ratio(
    over: pd.DataFrame, under: pd.DataFrame, on: list[str], measure: str, unit: str, scale: float = 1
) -> pd.DataFrame:
    """`scale` × `over` / `under`, row by row where the region and the columns `on` agree.

    `under` has one row at most for each region and value of `on`.

    Returns `region`, `on`, `year`, `indicator` (of `over`), `measure`, `value`, `low`, `high`, `bound`,
    `unit`, `status`, `sources`. `value` is empty where one of the two has none; an open end
    of the interval is empty, and `bound` says which.
    """
    on = list(dict.fromkeys(["region", *on]))
    there = {key: at for at, key in enumerate(_keys(under, on))}
    pairs = [(at, there[key]) for at, key in enumerate(_keys(over, on)) if key in there]
    above, below = (
        bounds(rows.iloc[list(at)].reset_index(drop=True))
        for rows, at in zip((over, under), zip(*pairs, strict=True) if pairs else ((), ()), strict=True)
    )
    low, high = scale * above["low"] / below["high"], scale * above["high"] / below["low"]
    value = scale * above["value"] / below["value"]
    dated = "year" not in on  # figures of two years
    return above[on].assign(
        year=above["year"],
        indicator=above["indicator"],
        measure=measure,
        value=value,
        low=low,
        high=high.mask(np.isinf(high)),
        bound=np.select([np.isinf(high), low.eq(0) & value.ne(0)], ["at_least", "at_most"], ""),
        unit=unit,
        status=_weaker(above["status"], below["status"]),
        sources=_behind(above, dated) + " " + _behind(below, dated),
    )


def _behind(rows: pd.DataFrame, dated: bool) -> pd.Series:
    """What one side of a ratio was computed from: its own sources, or the figure itself."""
    names = rows["indicator"].astype(object) + ":" + rows["measure"].astype(object)
    found = rows["sources"].fillna("") if "sources" in rows else pd.Series("", rows.index)
    found = found.astype(object).mask(found.eq(""), names)
    if not dated:
        return found
    ids = [
        " ".join(f"{source}:{year}" for source in text.split()) for text, year in zip(found, rows["year"], strict=True)
    ]
    return pd.Series(ids, rows.index, dtype=object)


def beside(on: Sequence[str] = KEY, **tables: pd.DataFrame) -> pd.DataFrame:
    """Tables of one measure each side by side, a row for each value of the columns `on`.

    Each gives the columns `<name>`, `<name>_low`, `<name>_high`, `<name>_status`, `<name>_unit`,
    `<name>_measure`, `<name>_sources`, `<name>_candidates` and `<name>_indicator`, empty where it has no such row.
    """
    on = list(on)
    wide = pd.concat([table[on] for table in tables.values()]).drop_duplicates(ignore_index=True)
    rows = _keys(wide, on)
    copied = [*FIGURE, "unit", "measure", "sources", "candidates", "indicator"]
    copied += [] if "year" in on else ["year"]
    found: dict[str, Any] = {}
    for name, table in tables.items():
        there = {key: at for at, key in enumerate(_keys(table, on))}
        places = np.array([there.get(key, -1) for key in rows], dtype=np.intp)
        for column in copied:
            values = table.get(column, pd.Series("", table.index, dtype=object))
            own = pd.api.extensions.take(values.array, places, allow_fill=True)
            found[name if column == "value" else f"{name}_{column}"] = own
    return wide.assign(**found).replace([np.inf], np.nan)


def part(row: Mapping[Any, Any], name: str) -> dict[str, Any]:
    """One figure of a row of `beside`: `<name>`, `<name>_low`, … as `value`, `low`, …"""
    figure = {column: row[f"{name}_{column}"] for column in ("low", "high", "status", "unit")}
    known = isinstance(figure["status"], str)
    indicator = row.get(f"{name}_indicator")
    year = row.get(f"{name}_year", row.get("year"))
    return figure | {
        "value": row[name],
        "status": figure["status"] if known else None,
        "sources": row[f"{name}_sources"] if known else "",
        "candidates": row.get(f"{name}_candidates", "") if known else "",
        "indicator": indicator if isinstance(indicator, str) else row.get("indicator"),
        "measure": row.get(f"{name}_measure", name),
        "region": row.get("region"),
        "year": int(year) if pd.notna(year) else None,
    }


def _weaker(left: pd.Series, right: pd.Series) -> pd.Series:
    codes = np.maximum(left.astype(STATUS).cat.codes, right.astype(STATUS).cat.codes)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=STATUS), index=left.index)


def of(panel: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of one measure; raises InputError for what is no panel."""
    check_figures(panel)
    return panel[panel["measure"] == measure]


def agreeing(table: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """`table` with `agrees`: whether the intervals of two figures overlap."""
    low, high = table[f"{one}_low"], table[f"{one}_high"].fillna(np.inf)
    other_low, other_high = table[f"{other}_low"], table[f"{other}_high"].fillna(np.inf)
    agrees = ((high >= other_low) & (low <= other_high)).astype(object)
    return table.assign(agrees=agrees.where(low.notna() & other_low.notna(), None))

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

from analysis.tables.loading import STATUS

KEY = ["region", "year", "indicator"]
FIGURE = ["value", "low", "high", "status"]


def bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `low` and `high` that can be computed with.

    An end left empty is the value itself. A result "at least" so much is open above
    (infinite), one "at most" so much open below (zero); targets and ceilings are exact,
    whatever word stands before them. Unreadable rows stay empty.
    """
    low, high = rows["low"].fillna(rows["value"]), rows["high"].fillna(rows["value"])
    known = low.notna() | high.notna()
    if "bound" in rows:
        result = known & ~rows["measure"].isin(["target", "ceiling"])
        low = low.mask(result & rows["bound"].eq("at_most"), 0.0)
        high = high.mask(result & rows["bound"].eq("at_least"), np.inf)
    low, high = low.mask(known & low.isna(), 0.0), high.mask(known & high.isna(), np.inf)
    return rows.assign(low=low, high=high)


def ratio(
    over: pd.DataFrame, under: pd.DataFrame, on: list[str], measure: str, unit: str, scale: float = 1
) -> pd.DataFrame:  # fmt: skip
    """`scale` × `over` / `under`, row by row where the region and the columns `on` agree.

    Returns `region`, `on`, `year`, `indicator` (of `over`), `measure`, `value`, `low`, `high`, `bound`,
    `unit`, `status`, `sources`. `value` is empty where one of the two has none; an open end
    of the interval is empty, and `bound` says which.
    """
    on = list(dict.fromkeys(["region", *on]))
    both = bounds(over).merge(bounds(under), on=on, suffixes=("", "_under"))
    low, high = scale * both["low"] / both["high_under"], scale * both["high"] / both["low_under"]
    value = scale * both["value"] / both["value_under"]
    two = "year" not in on  # figures of two years
    above, below = (_behind(both, end, two) for end in ("", "_under"))
    return both[on].assign(
        year=both["year"],
        indicator=both["indicator"],
        measure=measure,
        value=value,
        low=low,
        high=high.mask(np.isinf(high)),
        bound=np.select([np.isinf(high), low.eq(0) & value.ne(0)], ["at_least", "at_most"], ""),
        unit=unit,
        status=_weaker(both["status"], both["status_under"]),
        sources=above + " " + below,
    )


def _behind(both: pd.DataFrame, end: str, dated: bool) -> pd.Series:
    """What one side of a ratio was computed from: its own sources, or the figure itself."""
    name = both.get(f"indicator{end}", both["indicator"]) + ":" + both[f"measure{end}"]
    sources = both.get(f"sources{end}", pd.Series("", both.index)).fillna("")
    found = sources.mask(sources.eq(""), name)
    if not dated:
        return found
    years = both[f"year{end}"].astype(str)
    ids = [[f"{i}:{year}" for i in text.split()] for text, year in zip(found, years, strict=True)]
    return pd.Series([" ".join(each) for each in ids], both.index, dtype=object)


def beside(on: Sequence[str] = KEY, **tables: pd.DataFrame) -> pd.DataFrame:
    """Tables of one measure each side by side, a row for each value of the columns `on`.

    Each gives the columns `<name>`, `<name>_low`, `<name>_high`, `<name>_status`, `<name>_unit`,
    `<name>_measure`, `<name>_sources` and `<name>_indicator`, empty where it has no such row.
    """
    on = list(on)
    wide = pd.concat([table[on] for table in tables.values()]).drop_duplicates()
    for name, table in tables.items():
        sources = table.get("sources", "")
        columns = table[[*on, *FIGURE, "unit", "measure"]].assign(sources=sources)
        columns[f"{name}_indicator"] = table["indicator"]
        own = {f"{name}_indicator"}
        if "year" not in on:
            columns[f"{name}_year"] = table["year"]
            own.add(f"{name}_year")
        named = {c: f"{name}_{c}" for c in columns.columns.drop([*on, *own])}
        wide = wide.merge(columns.rename(columns=named | {"value": name}), "left", on)
    return wide.replace([np.inf], np.nan).reset_index(drop=True)


def part(row: Mapping[Any, Any], name: str) -> dict[str, Any]:
    """One figure of a row of `beside`: `<name>`, `<name>_low`, … as `value`, `low`, …"""
    figure = {column: row[f"{name}_{column}"] for column in ("low", "high", "status", "unit")}
    known = isinstance(figure["status"], str)
    indicator = row.get(f"{name}_indicator")
    return figure | {
        "value": row[name],
        "status": figure["status"] if known else None,
        "sources": row[f"{name}_sources"] if known else "",
        "indicator": indicator if isinstance(indicator, str) else row.get("indicator"),
        "measure": row.get(f"{name}_measure", name),
        "region": row.get("region"),
        "year": row.get(f"{name}_year", row.get("year")),
    }


def _weaker(left: pd.Series, right: pd.Series) -> pd.Series:
    codes = np.maximum(left.astype(STATUS).cat.codes, right.astype(STATUS).cat.codes)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=STATUS), index=left.index)


def of(panel: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of one measure."""
    return panel[panel["measure"] == measure]


def agreeing(table: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """`table` with `agrees`: whether the intervals of two figures overlap."""
    low, high = table[f"{one}_low"], table[f"{one}_high"].fillna(np.inf)
    other_low, other_high = table[f"{other}_low"], table[f"{other}_high"].fillna(np.inf)
    agrees = ((high >= other_low) & (low <= other_high)).astype(object)
    return table.assign(agrees=agrees.where(low.notna() & other_low.notna(), None))

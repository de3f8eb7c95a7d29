"""Measures on tidy tables: completion, per head, shares, growth, implied values.

Every result is a table with `value`, `low`, `high` (the interval the printed figures
leave), `status` (the weakest status behind it) and `sources` (the figures it was computed
from, as ``indicator:measure`` ids). Intervals follow interval arithmetic for positive
numbers (Moore 1966): no distribution is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.tables import STATUS, STATUSES

COLUMNS = ["year", "indicator", "measure", "value", "low", "high", "unit", "status", "sources"]
_KEY = ["year", "indicator"]


def bounds(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with `low` and `high` that can be computed with.

    An end left empty is the value itself where the text names no bound; "at least" leaves
    the upper end open (infinite), "at most" the lower (zero). Unreadable rows stay empty.
    """
    bound = rows["bound"] if "bound" in rows else pd.Series("", index=rows.index)
    low, high = rows["low"].fillna(rows["value"]), rows["high"].fillna(rows["value"])
    known = low.notna() | high.notna()
    low = low.mask(known & bound.eq("at_most") & rows["low"].isna(), 0.0)
    high = high.mask(known & bound.eq("at_least") & rows["high"].isna(), np.inf)
    low, high = low.mask(known & low.isna(), 0.0), high.mask(known & high.isna(), np.inf)
    return rows.assign(low=low, high=high)


def weakest(statuses: Iterable[str]) -> str:
    """The weakest of some statuses: what a figure derived from all of them deserves."""
    return max(statuses, key=STATUSES.index)


def ratio(
    over: pd.DataFrame,
    under: pd.DataFrame,
    on: list[str],
    measure: str,
    unit: str,
    scale: float = 1,
) -> pd.DataFrame:
    """`scale` × `over` / `under`, row by row where `on` agrees.

    Returns a table with `COLUMNS` plus `on`; `value` is empty where one of the two has
    none, and the interval still holds.
    """
    both = bounds(over).merge(bounds(under), on=on, suffixes=("", "_under"))
    with np.errstate(divide="ignore", invalid="ignore"):
        result = both[on].assign(
            year=both["year"],
            indicator=both["indicator"],
            measure=measure,
            value=scale * both["value"] / both["value_under"],
            low=scale * both["low"] / both["high_under"],
            high=scale * both["high"] / both["low_under"],
            unit=unit,
            status=_weaker(both["status"], both["status_under"]),
            sources=_ids(both, "") + " " + _ids(both, "_under"),
        )
    return _closed(result)


def completion(panel: pd.DataFrame) -> pd.DataFrame:
    """Results against targets, one row per year and indicator that has either.

    Returns
    -------
    DataFrame
        `year`, `indicator`, `unit`; for each of ``outturn``, ``target``, ``ceiling``,
        ``completion`` (the rate printed in the report, percent) and ``computed`` (outturn
        over target, percent): the columns `<name>`, `<name>_low`, `<name>_high`,
        `<name>_status`; `sources`; and `agrees`, whether the printed and the computed rate
        can both be true (empty where one is missing).
    """
    computed = ratio(
        panel[panel["measure"] == "outturn"],
        panel[panel["measure"] == "target"],
        _KEY, "computed", "percent", 100,
    )  # fmt: skip
    wanted = panel[panel["measure"].isin(["outturn", "target", "ceiling", "completion"])]
    wide = _wide(pd.concat([bounds(wanted), computed], ignore_index=True), panel)
    aimed = wide["target"].notna() | wide["ceiling"].notna() | wide["completion"].notna()
    wide = wide[aimed | wide["target_low"].notna()].reset_index(drop=True)
    overlap = wide["computed_high"].fillna(np.inf).ge(wide["completion_low"]) & wide[
        "computed_low"
    ].le(wide["completion_high"])
    known = wide["completion_low"].notna() & wide["computed_low"].notna()
    return wide.assign(agrees=overlap.astype("boolean").where(known))


def against(panel: pd.DataFrame, plans: Mapping[str, str]) -> pd.DataFrame:
    """`completion` of results whose target is an indicator of its own.

    `plans`: the indicator of the result → the indicator of its target.
    """
    results = panel[(panel["measure"] == "outturn") & panel["indicator"].isin(plans)]
    targets = panel[panel["measure"] == "target"]
    renamed = [
        targets[targets["indicator"] == plan].assign(indicator=result)
        for result, plan in plans.items()
    ]
    table = completion(pd.concat([results, *renamed], ignore_index=True))
    plan = table["indicator"].map(dict(plans))
    sources = table["indicator"] + ":outturn " + plan + ":target"
    return table.assign(target_indicator=plan, computed_sources=sources)


def part(row: Mapping[Any, Any], measure: str) -> dict[str, Any]:
    """One figure of a wide row as `completion` makes it: `<measure>`, `<measure>_low`, …"""
    status = row[f"{measure}_status"]
    sources = row.get(f"{measure}_sources")
    return {
        "year": row.get("year") or row.get("period"), "measure": measure, "bound": "",
        "indicator": row.get(f"{measure}_indicator", row["indicator"]),
        "unit": row.get(f"{measure}_unit") or row["unit"],
        "value": row[measure], "low": row[f"{measure}_low"], "high": row[f"{measure}_high"],
        "status": status if isinstance(status, str) else None,
        "sources": sources if isinstance(sources, str) else "",
    }  # fmt: skip


def per_head(panel: pd.DataFrame) -> pd.DataFrame:
    """Premiums collected per insured person, yuan, by year and scheme.

    A scheme is what follows the dot in ``fund.<scheme>`` and ``insured.<scheme>``.
    """
    funds, insured = _schemes(panel, "fund."), _schemes(panel, "insured.")
    return ratio(funds, insured, ["year", "scheme"], "per_head", "yuan")


def insured(panel: pd.DataFrame) -> pd.DataFrame:
    """Insured people by year and scheme: the panel's rows with the column `scheme`."""
    return _schemes(panel, "insured.")


def funds(panel: pd.DataFrame) -> pd.DataFrame:
    """Premiums collected by year and scheme, yuan, without the total."""
    rows = _schemes(panel, "fund.")
    return rows[rows["scheme"] != "total"].reset_index(drop=True)


def sums(edits: pd.DataFrame, period: str | int | None = None) -> pd.DataFrame:
    """Identities of the form total == part + part … among the edit rules.

    Returns `rule`, `period`, `total`, `parts` (tuples of indicator ids), `left`, `right`,
    `difference`, `holds` (nullable boolean).
    """
    rows = edits if period is None else edits[edits["period"] == str(period)]
    sides = rows["expression"].str.split("==")
    rows = rows[sides.str.len() == 2]
    rows = rows[~rows["expression"].str.contains(r"[-*/<>]")]
    total = rows["expression"].str.split("==").str[0].str.strip()
    parts = rows["expression"].str.split("==").str[1].str.findall(r"[a-z]\w*\.\w+").map(tuple)
    holds = rows["holds"].map({"True": True, "False": False}).astype("boolean")
    table = rows[["rule", "period", "left", "right", "difference"]].assign(
        total=total.str.split(":").str[0], parts=parts, holds=holds
    )
    table = table[(table["parts"].str.len() > 1) & ~table["total"].str.contains(r"\+")]
    return table.drop_duplicates(["period", "total", "parts"]).reset_index(drop=True)


def total(rows: pd.DataFrame, parts: Iterable[str]) -> dict[str, object] | None:
    """The sum of some results of one year, with its interval; None if one is missing."""
    wanted = list(parts)
    found = bounds(rows[(rows["measure"] == "outturn") & rows["indicator"].isin(wanted)])
    if set(found["indicator"]) != set(wanted) or found["low"].isna().any():
        return None
    high = found["high"].sum()
    return {
        "year": found["year"].iloc[0], "indicator": "", "measure": "sum",
        "value": found["value"].sum(skipna=False), "low": found["low"].sum(),
        "high": high if np.isfinite(high) else np.nan, "unit": found["unit"].iloc[0],
        "status": weakest(found["status"]), "sources": " ".join(_ids(found, "")), "bound": "",
    }  # fmt: skip


def shares(panel: pd.DataFrame, total: str, parts: Iterable[str]) -> pd.DataFrame:
    """Each part over the printed total, percent, by year; `COLUMNS`."""
    rows = panel[panel["measure"] == "outturn"]
    whole = rows[rows["indicator"] == total]
    some = rows[rows["indicator"].isin(list(parts))]
    return ratio(some, whole, ["year"], "share", "percent", 100)


def growth(panel: pd.DataFrame, measure: str = "outturn") -> pd.DataFrame:
    """Change from the year before, percent; only where both years have a figure."""
    rows = panel[panel["measure"] == measure]
    before = rows.assign(year=rows["year"] + 1)
    table = ratio(rows, before, _KEY, "growth", "percent", 100)
    table[["value", "low", "high"]] -= 100
    return table


def implied(panel: pd.DataFrame) -> pd.DataFrame:
    """What two of result, target and printed completion imply for the third.

    Returns `COLUMNS` with `measure` ``implied_outturn`` or ``implied_target``, and
    `stated`, `stated_low`, `stated_high`, `stated_status` (the figure the documents state,
    empty where they state none), and `agrees` as in `completion`.
    """
    by = {name: rows for name, rows in panel.groupby("measure", observed=True)}
    empty = panel.iloc[:0]
    outturn, target, rate = (by.get(n, empty) for n in ("outturn", "target", "completion"))
    inverse = bounds(rate)
    inverse = inverse.assign(
        value=1 / inverse["value"], low=1 / inverse["high"], high=1 / inverse["low"]
    )
    results = ratio(target, inverse, _KEY, "implied_outturn", "", 0.01)
    targets = ratio(outturn, rate, _KEY, "implied_target", "", 100)
    parts = [
        results.merge(_stated(outturn), "left", _KEY),
        targets.merge(_stated(target), "left", _KEY),
    ]
    table = pd.concat(parts, ignore_index=True)
    amounts = panel[panel["measure"] != "completion"].drop_duplicates("indicator")
    units = amounts.set_index("indicator")["unit"]
    agrees = (table["high"].fillna(np.inf) >= table["stated_low"]) & (
        table["low"] <= table["stated_high"].fillna(np.inf)
    )
    return table.assign(
        unit=table["indicator"].map(units),
        agrees=agrees.astype("boolean").where(table["stated_low"].notna()),
    )


def _stated(rows: pd.DataFrame) -> pd.DataFrame:
    known = bounds(rows)[[*_KEY, "value", "low", "high", "status"]]
    return known.rename(
        columns={"value": "stated", **{c: f"stated_{c}" for c in ("low", "high", "status")}}
    )


def _schemes(panel: pd.DataFrame, prefix: str) -> pd.DataFrame:
    rows = panel[panel["indicator"].str.startswith(prefix) & (panel["measure"] == "outturn")]
    return rows.assign(scheme=rows["indicator"].str.removeprefix(prefix)).reset_index(drop=True)


def _weaker(left: pd.Series, right: pd.Series) -> pd.Series:
    codes = np.maximum(left.astype(STATUS).cat.codes, right.astype(STATUS).cat.codes)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=STATUS), index=left.index)


def _ids(rows: pd.DataFrame, suffix: str) -> pd.Series:
    return rows.get(f"indicator{suffix}", rows["indicator"]) + ":" + rows[f"measure{suffix}"]


def _closed(rows: pd.DataFrame) -> pd.DataFrame:
    """Open ends as empty cells, with the bound said in words."""
    open_above, open_below = np.isinf(rows["high"]), rows["low"].eq(0) & rows["value"].ne(0)
    bound = np.select([open_above & rows["low"].gt(0), open_below], ["at_least", "at_most"], "")
    return rows.assign(high=rows["high"].mask(open_above), bound=bound)


def beside(*tables: pd.DataFrame) -> pd.DataFrame:
    """Tables of one measure each side by side, a row per year and indicator.

    For each measure the columns `<name>`, `<name>_low`, `<name>_high`, `<name>_status`,
    `<name>_unit`, `<name>_sources`; an indicator missing from a table has empty cells there.
    """
    wide = pd.concat(tables)[_KEY].drop_duplicates()
    for table in tables:
        for name, part in table.groupby("measure", observed=True, sort=False):
            wide = wide.merge(_columns(part, str(name)), "left", _KEY)
    return wide.reset_index(drop=True)


def years_sum(observations: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """Totals over several years beside the sum of the panel's years.

    Returns the rows of `observations` with measure ``cumulative`` and `years_sum` with its
    `_low`, `_high`, `_status`, `_unit`, `_sources` (empty where a year is missing).
    """
    totals = observations[observations["measure"] == "cumulative"].copy()
    results = panel[panel["measure"] == "outturn"]
    sums = []
    for row in totals.to_dict("records"):
        first, last = (int(year) for year in row["period"].split("-"))
        years = results[
            (results["indicator"] == row["indicator"])
            & (results["region"] == row["region"])
            & results["year"].between(first, last)
        ]
        whole = len(years) == last - first + 1
        sums.append(_added(years) if whole else None)
    for column, key in (("", "value"), ("_low", "low"), ("_high", "high"), ("_status", "status")):
        totals[f"years_sum{column}"] = [s[key] if s else None for s in sums]
    totals["years_sum_unit"], totals["years_sum_sources"] = totals["unit"], ""
    return totals.reset_index(drop=True)


def _added(rows: pd.DataFrame) -> dict[str, Any]:
    ends = bounds(rows)
    return {
        "value": ends["value"].sum(skipna=False), "low": ends["low"].sum(),
        "high": ends["high"].sum(), "status": weakest(ends["status"]),
    }  # fmt: skip


def _columns(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    sources = rows.get("sources", "")
    kept = rows[[*_KEY, "value", "low", "high", "status", "unit"]].assign(sources=sources)
    names = {c: f"{name}_{c}" for c in ("low", "high", "status", "unit", "sources")}
    return kept.rename(columns={"value": name, **names})


def _wide(rows: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    units = panel[panel["measure"] != "completion"].drop_duplicates(_KEY)[[*_KEY, "unit"]]
    wide = rows[_KEY].drop_duplicates().merge(units, "left", _KEY)
    for name in ("outturn", "target", "ceiling", "completion", "computed"):
        wide = wide.merge(_columns(rows[rows["measure"] == name], name), "left", _KEY)
    return wide.replace([np.inf], np.nan)

"""Measures on tidy tables: completion, per head, shares, growth, implied values.

A derived figure has `value`, `low`, `high` (the interval the printed figures leave), `status`
(the weakest status behind it) and `sources` (what it was computed from, ids such as
``fund.total:outturn``). Figures are only ever held against figures of the same region, however
many regions a table holds. Intervals follow interval arithmetic for positive numbers (Moore
1966): no distribution is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis import codebook, periods
from analysis.status import weakest
from analysis.tables.loading import STATUS

_KEY = ["region", "year", "indicator"]
_FIGURE = ["value", "low", "high", "status"]


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
    above = both["indicator"] + ":" + both["measure"]
    below = both.get("indicator_under", both["indicator"]) + ":" + both["measure_under"]
    if "year" not in on:  # figures of two years
        above += ":" + both["year"].astype(str)
        below += ":" + both["year_under"].astype(str)
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


def completion(panel: pd.DataFrame) -> pd.DataFrame:
    """Results against targets, one row per region, year and indicator that has a target or a rate.

    Returns
    -------
    DataFrame
        `region`, `year`, `indicator`; for each of ``outturn``, ``target``, ``ceiling``, ``completion``
        (the rate printed in the report, percent) and ``computed`` (outturn over target,
        percent) the columns of `beside`; and `agrees`, whether the printed and the computed
        rate can both be true (never for a rate in conflict; empty where one is missing).
    """
    aims = panel[panel["measure"].isin(["target", "ceiling", "completion"])]
    aimed = panel.merge(aims[["region", "indicator"]].drop_duplicates())
    results, targets = _of(aimed, "outturn"), _of(aimed, "target")
    names = ("outturn", "target", "ceiling", "completion")
    parts = {name: bounds(_of(aimed, name)) for name in names}
    parts["computed"] = ratio(results, targets, _KEY, "computed", "percent", 100)
    table = _agreeing(beside(**parts), "computed", "completion")
    conflict = table["completion_status"].eq("conflict") & table["agrees"].notna()
    return table.assign(agrees=table["agrees"].mask(conflict, False))


def against(panel: pd.DataFrame, plans: Mapping[str, str]) -> pd.DataFrame:
    """`completion` of results whose target is an indicator of its own.

    `plans`: the indicator of the result → the indicator of its target.
    """
    targets = _of(panel, "target")
    renamed = [targets[targets["indicator"] == p].assign(indicator=r) for r, p in plans.items()]
    results = panel[panel["measure"].eq("outturn") & panel["indicator"].isin(plans)]
    table = completion(pd.concat([results, *renamed], ignore_index=True))
    plan = table["indicator"].map(dict(plans))
    sources = table["indicator"] + ":outturn " + plan + ":target"
    return table.assign(target_indicator=plan, computed_sources=sources)


def beside(**tables: pd.DataFrame) -> pd.DataFrame:
    """Tables of one measure each side by side, a row per region, year and indicator.

    Each gives the columns `<name>`, `<name>_low`, `<name>_high`, `<name>_status`,
    `<name>_unit` and `<name>_sources`, empty where it lacks the indicator.
    """
    wide = pd.concat([table[_KEY] for table in tables.values()]).drop_duplicates()
    for name, table in tables.items():
        sources = table.get("sources", "")
        columns = table[[*_KEY, *_FIGURE, "unit"]].assign(sources=sources)
        columns = columns.assign(measure=table["measure"])
        named = {c: f"{name}_{c}" for c in columns.columns.drop(_KEY)} | {"value": name}
        wide = wide.merge(columns.rename(columns=named), "left", _KEY)
    return wide.replace([np.inf], np.nan).reset_index(drop=True)


def part(row: Mapping[Any, Any], name: str) -> dict[str, Any]:
    """One figure of a row of `beside`: `<name>`, `<name>_low`, … as `value`, `low`, …"""
    figure = {column: row[f"{name}_{column}"] for column in ("low", "high", "status", "unit")}
    known = isinstance(figure["status"], str)
    return figure | {
        "value": row[name],
        "status": figure["status"] if known else None,
        "sources": row[f"{name}_sources"] if known else "",
        "indicator": row.get(f"{name}_indicator", row["indicator"]),
        "measure": row.get(f"{name}_measure", name),
        "region": row.get("region"),
        "year": row.get("year"),
    }


def per_head(panel: pd.DataFrame) -> pd.DataFrame:
    """Premiums collected per insured person, yuan, by region, year and scheme.

    A scheme is what follows the dot in ``fund.<scheme>`` and ``insured.<scheme>``.
    """
    return ratio(funds(panel), insured(panel), ["year", "scheme"], "per_head", "yuan")


def insured(panel: pd.DataFrame) -> pd.DataFrame:
    """Insured people by year and scheme: the panel's rows with the column `scheme`."""
    return _schemes(panel, "insured.")


def funds(panel: pd.DataFrame) -> pd.DataFrame:
    """Premiums collected by year and scheme, yuan, without the total."""
    rows = _schemes(panel, "fund.")
    return rows[rows["scheme"] != "total"].reset_index(drop=True)


def sums(edits: pd.DataFrame, period: str | int) -> pd.DataFrame:
    """Identities of the form total == part + part … among a period's edit rules.

    Returns `region`, `total`, `parts` (tuple of indicators), `holds` (True, False or None).
    """
    found = []
    for row in edits[edits["period"] == str(period)].to_dict("records"):
        total, equal, right = row["expression"].partition("==")
        ids = [term.strip().split(":")[0] for term in right.split("+")]
        if equal and len(ids) > 1 and all(i.replace(".", "").isidentifier() for i in ids):
            holds = None if pd.isna(row["holds"]) else bool(row["holds"])
            found.append((row["region"], total.strip().split(":")[0], tuple(ids), holds))
    table = pd.DataFrame(found, columns=["region", "total", "parts", "holds"], dtype=object)
    return table.drop_duplicates(["region", "total", "parts"]).reset_index(drop=True)


def shares(panel: pd.DataFrame, total: str, parts: Iterable[str]) -> pd.DataFrame:
    """Each part over the printed total, percent, by region and year; as `ratio` returns it.

    Of a total that a rule of the codebook adds up, only what the rule names is a part.
    """
    rows, named = _of(panel, "outturn"), codebook.load().wholes.get(total)
    ids = [part for part in parts if named is None or part in named]
    some, whole = (rows[rows["indicator"].isin(names)] for names in (ids, [total]))
    return ratio(some, whole, ["year"], "share", "percent", 100)


def growth(panel: pd.DataFrame) -> pd.DataFrame:
    """Change of results from the year before, percent; only where both years are known."""
    rows = _of(panel, "outturn")
    now, before = rows.assign(at=rows["year"]), rows.assign(at=rows["year"] + 1)
    table = ratio(now, before, ["at", "indicator"], "growth", "percent", 100)
    table[["value", "low", "high"]] -= 100
    return table.drop(columns="at")


def change(rows: pd.DataFrame) -> pd.DataFrame:
    """The last value of each region's indicator over its first, largest first; rates are left out.

    `rows` hold one measure; indicators with one year only are not there. As `ratio` returns it,
    with the first year as `since`.
    """
    known = rows[rows["value"].notna() & rows["unit"].ne("percent")].sort_values("year")
    series = ["region", "indicator"]
    several = known[known.groupby(series)["year"].transform("nunique") > 1]
    first, last = (several.drop_duplicates(series, keep=end) for end in ("first", "last"))
    table = ratio(last, first, ["indicator"], "times", "times")
    table = table.merge(first[[*series, "year"]].rename(columns={"year": "since"}), "left", series)
    return table.sort_values("value", ascending=False).reset_index(drop=True)


def implied(panel: pd.DataFrame) -> pd.DataFrame:
    """What two of result, target and printed completion imply for the third.

    Returns the columns of `ratio`, `measure` being ``implied_outturn`` or
    ``implied_target``; `stated`, `stated_low`, `stated_high`, `stated_status` (what the
    documents state, empty where nothing) and `agrees` as in `completion`.
    """
    results, targets, rates = (_of(panel, name) for name in ("outturn", "target", "completion"))
    inverse = bounds(rates)
    inverse = inverse.assign(
        value=1 / inverse["value"], low=1 / inverse["high"], high=1 / inverse["low"]
    )
    tables = []
    for measure, over, under, stated, scale in (
        ("implied_outturn", targets, inverse, results, 0.01),
        ("implied_target", results, rates, targets, 100),
    ):
        table = ratio(over, under, _KEY, measure, "", scale)
        units = dict(zip(over["indicator"], over["unit"], strict=True))
        named = {"value": "stated", **{c: f"stated_{c}" for c in ("low", "high", "status")}}
        known = bounds(stated)[[*_KEY, *_FIGURE]].rename(columns=named)
        tables.append(table.merge(known, "left", _KEY).assign(unit=table["indicator"].map(units)))
    table = pd.concat(tables, ignore_index=True)
    ends = {f"implied_{c}": table[c] for c in ("low", "high")}
    return _agreeing(table.assign(**ends), "implied", "stated").drop(columns=list(ends))


def years_sum(observations: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """Totals over several years, beside the sum of the panel's years.

    Returns the rows of `observations` with measure ``cumulative`` whose period is a span of
    years and the columns of `beside` for ``years_sum``, empty where a year is missing.
    """
    spans = observations["period"].astype(str).map(lambda text: periods.parse(text).several)
    table = observations[observations["measure"].eq("cumulative") & spans].reset_index(drop=True)
    results = bounds(_of(panel, "outturn"))
    sums: list[dict[str, Any]] = []
    for row in table.to_dict("records"):
        span = periods.parse(row["period"])
        first, last = span.first, span.last
        same = results["region"].eq(row["region"]) & results["indicator"].eq(row["indicator"])
        years = results[same & results["year"].between(first, last)]
        whole = _added(years) if len(years) == last - first + 1 else {}
        ids = [f"{row['indicator']}:outturn:{year}" for year in range(first, last + 1)]
        figure = {f"years_sum_{c}": whole.get(c) for c in ("low", "high", "status")}
        figure |= {"years_sum": whole.get("value"), "years_sum_unit": row["unit"]}
        sums.append(figure | {"years_sum_sources": " ".join(ids) if whole else ""})
    names = ["", "_low", "_high", "_status", "_unit", "_sources"]
    columns = [f"years_sum{name}" for name in names]
    return table.join(pd.DataFrame(sums, index=table.index, columns=columns))


def totals(rows: pd.DataFrame, parts: Iterable[str]) -> pd.DataFrame:
    """The sum of some results, by region and year; only where all of them are known."""
    wanted = set(parts)
    found = bounds(_of(rows, "outturn"))
    found = found[found["indicator"].isin(wanted)]
    sums = [
        {"region": region, "year": year, "measure": "sum", **_added(group)}
        | {"unit": group["unit"].iloc[0], "sources": " ".join(group["indicator"] + ":outturn")}
        for (region, year), group in found.groupby(["region", "year"], sort=False)
        if set(group["indicator"]) == wanted and group["low"].notna().all()
    ]
    return pd.DataFrame(sums, columns=["region", "year", "measure", *_FIGURE, "unit", "sources"])


def _added(rows: pd.DataFrame) -> dict[str, Any]:
    """The sum of figures whose ends are known, with the weakest status among them."""
    return {
        "value": rows["value"].sum(skipna=False),
        "low": rows["low"].sum(),
        "high": rows["high"].sum(),
        "status": weakest(rows["status"]),
    }


def _of(panel: pd.DataFrame, measure: str) -> pd.DataFrame:
    return panel[panel["measure"] == measure]


def _schemes(panel: pd.DataFrame, prefix: str) -> pd.DataFrame:
    rows = _of(panel[panel["indicator"].str.startswith(prefix)], "outturn")
    return rows.assign(scheme=rows["indicator"].str.removeprefix(prefix)).reset_index(drop=True)


def _weaker(left: pd.Series, right: pd.Series) -> pd.Series:
    codes = np.maximum(left.astype(STATUS).cat.codes, right.astype(STATUS).cat.codes)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=STATUS), index=left.index)


def _agreeing(table: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """`table` with `agrees`: whether the intervals of two figures overlap."""
    low, high = table[f"{one}_low"], table[f"{one}_high"].fillna(np.inf)
    other_low, other_high = table[f"{other}_low"], table[f"{other}_high"].fillna(np.inf)
    agrees = ((high >= other_low) & (low <= other_high)).astype(object)
    return table.assign(agrees=agrees.where(low.notna() & other_low.notna(), None))

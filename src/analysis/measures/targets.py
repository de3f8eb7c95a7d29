"""Results held against targets, and against the rates that reports print."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.intervals import FIGURE, KEY, agreeing, beside, bounds, of, ratio
from analysis.tables.figures import check_figures


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
    check_figures(panel)
    aims = panel[panel["measure"].isin(["target", "ceiling", "completion"])]
    aimed = panel.merge(aims[["region", "indicator"]].drop_duplicates())
    results, targets = of(aimed, "outturn"), of(aimed, "target")
    names = ("outturn", "target", "ceiling", "completion")
    parts = {name: bounds(of(aimed, name)) for name in names}
    parts["computed"] = ratio(results, targets, KEY, "computed", "percent", 100)
    table = agreeing(beside(KEY, **parts), "computed", "completion")
    conflict = table["completion_status"].eq("conflict") & table["agrees"].notna()
    return table.assign(agrees=table["agrees"].mask(conflict, False))


def against(panel: pd.DataFrame, plans: Mapping[str, str]) -> pd.DataFrame:
    """`completion` of results whose target is an indicator of its own.

    `plans`: the indicator of the result → the indicator of its target.
    """
    targets = of(panel, "target")
    renamed = [targets[targets["indicator"] == p].assign(indicator=r) for r, p in plans.items()]
    results = panel[panel["measure"].eq("outturn") & panel["indicator"].isin(plans)]
    table = completion(pd.concat([results, *renamed], ignore_index=True))
    plan = table["indicator"].map(dict(plans))
    sources = table["indicator"] + ":outturn " + plan + ":target"
    return table.assign(target_indicator=plan, computed_sources=sources)


def implied(panel: pd.DataFrame) -> pd.DataFrame:
    """What two of result, target and printed completion imply for the third.

    Returns the columns of `ratio`, `measure` being ``implied_outturn`` or
    ``implied_target``; `stated`, `stated_low`, `stated_high`, `stated_status` (what the
    documents state, empty where nothing) and `agrees` as in `completion`.
    """
    results, targets, rates = (of(panel, name) for name in ("outturn", "target", "completion"))
    inverse = bounds(rates)
    inverse = inverse.assign(value=1 / inverse["value"], low=1 / inverse["high"], high=1 / inverse["low"])
    tables = []
    for measure, over, under, stated, scale in (
        ("implied_outturn", targets, inverse, results, 0.01),
        ("implied_target", results, rates, targets, 100),
    ):
        table = ratio(over, under, KEY, measure, "", scale)
        units = dict(zip(over["indicator"], over["unit"], strict=True))
        named = {"value": "stated", **{c: f"stated_{c}" for c in ("low", "high", "status")}}
        known = bounds(stated)[[*KEY, *FIGURE]].rename(columns=named)
        tables.append(table.merge(known, "left", KEY).assign(unit=table["indicator"].map(units)))
    table = pd.concat(tables, ignore_index=True)
    ends = {f"implied_{c}": table[c] for c in ("low", "high")}
    return agreeing(table.assign(**ends), "implied", "stated").drop(columns=list(ends))

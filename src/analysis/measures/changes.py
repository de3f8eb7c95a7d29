"""Change over the years."""

from __future__ import annotations

import pandas as pd

from analysis.measures.intervals import beside, of, ratio


def growth(panel: pd.DataFrame) -> pd.DataFrame:
    """Change of results from the year before, percent; only where both years are known."""
    rows = of(panel, "outturn")
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


def since_last_year(panel: pd.DataFrame, year: int) -> pd.DataFrame:
    """The results of a year beside those of the year before and their change.

    Returns the columns of `beside` for ``outturn``, ``last_year`` and ``change`` (percent; of rates
    none), a row per region and indicator with a result of `year`.
    """
    rows = of(panel, "outturn")
    now, before = (rows[rows["year"] == at] for at in (year, year - 1))
    grown = growth(panel)
    grown = grown[grown["year"].eq(year)].merge(now[["region", "indicator", "unit"]].rename(columns={"unit": "of"}))
    grown = grown[grown["of"] != "percent"]
    table = beside(("region", "indicator"), outturn=now, last_year=before, change=grown)
    return table[table["outturn_status"].notna()].assign(year=year)


def latest(rows: pd.DataFrame) -> pd.DataFrame:
    """The latest result of each region beside the target of its year, the highest completion first.

    Returns the columns of `beside` for ``outturn``, ``target`` and ``computed``, a row per region.
    """
    results = of(rows, "outturn").sort_values("year").drop_duplicates("region", keep="last")
    targets = of(rows, "target").merge(results[["region", "year", "indicator"]])
    share = ratio(results, targets, ["year", "indicator"], "computed", "percent", 100)
    table = beside(outturn=results, target=targets, computed=share)
    return table.sort_values(["computed", "outturn"], ascending=False).reset_index(drop=True)

"""Results held against how many live in a place."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.measures.intervals import FIGURE, bounds, of


def per_inhabitants(
    panel: pd.DataFrame, people: Mapping[tuple[str, int], int], measure: str, unit: str, scale: float
) -> pd.DataFrame:
    """`scale` × results / `people`, where the population of the region in that very year is known.

    Parameters
    ----------
    panel
        figures of a panel; only results whose size is known are taken.
    people
        how many live in a region, by region and year.

    Returns
    -------
    DataFrame
        the panel's rows with `measure`, `unit`, `sources` (the figures behind them) and `of`, the people.
    """
    rows = bounds(of(panel, "outturn")).dropna(subset="low")
    there = [people.get(key) for key in zip(rows["region"], rows["year"], strict=True)]
    rows = rows.assign(of=pd.Series(there, rows.index, dtype=float)).dropna(subset="of")
    ends = rows[FIGURE[:3]].mul(scale / rows["of"], axis=0)
    return rows.assign(**ends, measure=measure, unit=unit, sources=rows["indicator"] + ":outturn")


def per_thousand(panel: pd.DataFrame, people: Mapping[tuple[str, int], int]) -> pd.DataFrame:
    """Results for every thousand inhabitants, of the last year in which most regions have both; none of percentages.

    Parameters and columns as those of `per_inhabitants`; a row for each region.
    """
    table = per_inhabitants(panel[panel["unit"].ne("percent")], people, "per_thousand", "", 1000)
    regions = table.groupby("year")["region"].nunique()
    best = regions[regions.eq(regions.max())].index.max()
    return table[table["year"].eq(best)].reset_index(drop=True)

"""What can be said of a year in the light of the years before, and of what funds take in and spend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from analysis import measures
from analysis.writing import words
from analysis.writing.notebook import Page
from analysis.writing.words import Row

POINTS = 4  # of a series that is drawn
_LONG = 4  # years known before a year is called the highest of them


def over_time(page: Page, known: Mapping[str, Row]) -> dict[str, Row]:
    """For each result of the year `<indicator>:earliest`, the first known, and `:peak` where it is the highest.

    `:before` where none of the year is known: the last before it. `:growth`, `:earliest` and the like also under
    `insured.top` and the other names of the largest.
    """
    results = page.history[page.history["measure"].eq("outturn") & page.history["value"].notna()]
    found: dict[str, Row] = {}
    for indicator, rows in results.groupby("indicator", sort=False):
        ordered = rows.sort_values("year", kind="stable").to_dict("records")
        earliest, now = ordered[0], ordered[-1]
        if now["year"] < page.year:
            found[f"{indicator}:before"] = now
        if now["year"] < page.year or earliest["year"] >= page.year - 1:
            continue
        found[f"{indicator}:earliest"] = earliest
        before = rows[rows["year"] < page.year]
        if len(before) >= _LONG and now["value"] > before["value"].max():
            found[f"{indicator}:peak"] = now
    found |= _largest_drawn(page, known)
    everything = {**known, **found}
    for name in ("insured.top", "insured.known.top", "insured.only", "insured.drawn", "flow.top"):
        if name in everything:
            own = f"{everything[name]['indicator']}:"
            for key in ("growth", "earliest", "peak", "drawn"):
                if row := everything.get(own + key):
                    found[f"{name}:{key}"] = row
    return found


def _largest_drawn(page: Page, known: Mapping[str, Row]) -> dict[str, Row]:
    """`insured.drawn`: the scheme with the most insured of those drawn over the years, in the last year they have."""
    table = measures.single(measures.insured(page.history))
    table = table[table["value"].notna() & (table["indicator"] + ":drawn").isin(known)]
    if table.empty:
        return {}
    return {"insured.drawn": table.sort_values(["year", "value"], kind="stable").iloc[-1].to_dict()}


def flows(page: Page) -> dict[str, Row]:
    """Of the scheme with the largest income what it took in, paid out and holds: `flow.top:balance` …

    And how many schemes have such a figure (`count.flows`).
    """
    if not _has_funds(page):
        return {"count.flows": words.count_of(0)}
    table = measures.flows(page.rows)
    spoken = table[table["income"].notna() | table["expenditure"].notna()]
    count = len(spoken)
    found: dict[str, Row] = {"count.flows": words.count_of(count)}
    single = measures.single(table)
    pool = single if single["income"].notna().any() else table
    if not pool["income"].notna().any():
        return found
    row = pool.sort_values("income", ascending=False).to_dict("records")[0]
    found["flow.top"] = measures.part(row, "income")
    for name in ("premiums", "subsidy", "expenditure", "balance", "months"):
        figure = measures.part(row, name)
        if figure["status"] is not None:
            found[f"flow.top:{name}"] = figure
    return found


def of_funds(page: Page, ends: Callable[[str, pd.DataFrame], dict[str, Row]]) -> dict[str, Row]:
    """Which balance lasts longest (`cover.top`), and how many amounts a head the law does not allow.

    `ends` finds the largest and the smallest of a table under a name.
    """
    if not _has_funds(page):
        return {f"count.{name}": words.count_of(0) for name in ("allowed", "outside", "inside")}
    months = measures.months_covered(page.rows)
    found = ends("cover", months)
    if len(months) == 1:
        found["cover.only"] = months.iloc[0].to_dict()
    for table in (months, measures.paid_by(page.rows)):
        found |= {f"{row['indicator']}:{row['measure']}": row for row in table.to_dict("records")}
    heads = measures.against_the_law(page.rows)
    outside = (heads["high"] < heads["band_low"]) | (heads["low"] > heads["band_high"])
    inside = (heads["low"] >= heads["band_low"]) & (heads["high"] <= heads["band_high"])
    counts = {"allowed": len(heads), "outside": int(outside.sum()), "inside": int(inside.sum())}
    return found | {f"count.{name}": words.count_of(value) for name, value in counts.items()}


def long_series(page: Page) -> dict[str, Row]:
    """How many series have the points that a chart over the years needs, by what they are of.

    Each such has a key `<indicator>:drawn`.
    """
    results = page.history[page.history["measure"].eq("outturn") & page.history["low"].notna()]
    years = results.groupby("indicator")["year"].nunique()
    long = [str(indicator) for indicator in years.index[years >= POINTS]]
    before = page.panel[page.panel["measure"].eq("outturn")].groupby(["region", "indicator"])["year"]
    counts = {
        "long": sum(i.startswith("insured.") for i in long),
        "long_funds": sum(i.startswith(("fund.", "fund_")) for i in long),
        "long_jobs": long.count("employment.new_urban_jobs"),
        "both_years": int((before.nunique() > 1).filter(like="employment.", axis=0).sum()) if len(before) else 0,
    }
    found: dict[str, Row] = {f"count.{name}": words.count_of(value) for name, value in counts.items()}
    found |= {f"{indicator}:drawn": words.count_of(1) for indicator in long}
    aims = page.history[page.history["measure"].isin(["target", "ceiling"])]
    for indicator, rows in aims.groupby("indicator"):
        found[f"{indicator}:aims"] = words.count_of(len(rows))
    return found


def contradicted(page: Page) -> dict[str, Row]:
    """How many contradictions the reports hold (`contradicted.count`), how many by `measures.WIDE`
    or more (`contradicted.wide`), and the widest gap in percent."""
    table = measures.contradictions(page.edits)
    wide = int((table["gap"] >= measures.WIDE).sum())
    found: dict[str, Row] = {
        "contradicted.count": words.count_of(len(table)),
        "contradicted.wide": words.count_of(wide),
    }
    if len(table):
        gap = float(f"{table['gap'].max():.2g}")
        found["contradicted.gap"] = {**words.count_of(0), "value": gap, "low": gap, "high": gap, "unit": "percent"}
    return found


def streak(page: Page) -> dict[str, Row]:
    """The longest run of years with registered unemployment within one and the same ceiling.

    `streak.years`, `.ceiling`, `.lowest`, `.highest`, `.first` and `.last` (rows with their year), and
    `.same` where all years print one rate.
    """
    table = measures.completion(page.rows)
    table = table[table["indicator"].eq("employment.registered_unemployment_rate")]
    table = table[(table["outturn"] <= table["ceiling"])].sort_values("year")
    if table.empty:
        return {}
    new = table["year"].diff().ne(1) | table["ceiling"].diff().ne(0)
    runs = [run for _, run in table.groupby(new.cumsum())]
    run = max(runs, key=len)
    rows: list[dict[str, Any]] = [measures.part(row, "outturn") for row in run.to_dict("records")]
    same = {"streak.same": rows[0]} if len({row["value"] for row in rows}) == 1 else {}
    return same | {
        "streak.years": words.count_of(len(rows)),
        "streak.ceiling": measures.part(run.iloc[-1].to_dict(), "ceiling"),
        "streak.lowest": min(rows, key=lambda row: row["value"]),
        "streak.highest": max(rows, key=lambda row: row["value"]),
        "streak.first": rows[0],
        "streak.last": rows[-1],
    }


def _has_funds(page: Page) -> bool:
    return bool(page.rows["indicator"].str.startswith(("fund.", "fund_")).any())

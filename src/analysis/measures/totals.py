"""Parts and wholes: shares, sums of parts, sums of years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from analysis import codebook
from analysis.codebook import periods
from analysis.codebook.status import weakest
from analysis.measures.intervals import FIGURE, bounds, of, ratio
from analysis.tables.figures import check_figures
from analysis.tables.loading import check_indicators


def sums(edits: pd.DataFrame, period: str | int) -> pd.DataFrame:
    """Identities of the form total == part + part … among a period's edit rules.

    Returns `region`, `total`, `parts` (tuple of indicators), `holds` (True, False or None).
    """
    check_figures(edits, ["period"])
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

    Of a total that a rule of the codebook adds up, only what the rule names is a part. Raises
    InputError for an indicator that the codebook does not know.
    """
    parts = [parts] if isinstance(parts, str) else list(parts)
    check_indicators([total, *parts])
    rows, named = of(panel, "outturn"), codebook.load().wholes.get(total)
    ids = [part for part in parts if named is None or part in named]
    some, whole = (rows[rows["indicator"].isin(names)] for names in (ids, [total]))
    return ratio(some, whole, ["year"], "share", "percent", 100)


def totals(rows: pd.DataFrame, parts: Iterable[str]) -> pd.DataFrame:
    """The sum of some results, by region and year; only where all of them are known."""
    wanted = set(parts)
    found = bounds(of(rows, "outturn"))
    found = found[found["indicator"].isin(wanted)]
    sums = [
        {"region": region, "year": year, "measure": "sum", **_added(group)}
        | {"unit": group["unit"].iloc[0], "sources": " ".join(group["indicator"] + ":outturn")}
        for (region, year), group in found.groupby(["region", "year"], sort=False)
        if set(group["indicator"]) == wanted and group["low"].notna().all()
    ]
    return pd.DataFrame(sums, columns=["region", "year", "measure", *FIGURE, "unit", "sources"])


def years_sum(observations: pd.DataFrame, panel: pd.DataFrame) -> pd.DataFrame:
    """Totals over several years, beside the sum of the panel's years.

    Returns the rows of `observations` with measure ``cumulative`` whose period is a span of
    years and the columns of `beside` for ``years_sum``, empty where a year is missing.
    """
    spans = observations["period"].astype(str).map(lambda text: periods.parse_period(text).several)
    table = observations[observations["measure"].eq("cumulative") & spans].reset_index(drop=True)
    results = bounds(of(panel, "outturn"))
    sums: list[dict[str, Any]] = []
    for row in table.to_dict("records"):
        span = periods.parse_period(row["period"])
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


def _added(rows: pd.DataFrame) -> dict[str, Any]:
    """The sum of figures whose ends are known, with the weakest status among them."""
    return {
        "value": rows["value"].sum(skipna=False),
        "low": rows["low"].sum(),
        "high": rows["high"].sum(),
        "status": weakest(rows["status"]),
    }

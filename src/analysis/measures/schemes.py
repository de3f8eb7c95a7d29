"""Insurance by scheme: who is in, what comes in and goes out, per head and against the law.

A scheme is what follows the dot in ``insured.<scheme>``, ``fund_income.<scheme>`` and the like.
"""

from __future__ import annotations

import pandas as pd

from analysis import codebook
from analysis.codebook.insurance import schemes
from analysis.measures.intervals import beside, of, ratio
from analysis.reading.edits import applicable
from analysis.tables.figures import check_figures

#: The flows of a fund and what is left of it, by the first part of their indicators.
FLOWS = {
    "premiums": "fund",
    "subsidy": "fund_subsidy",
    "income": "fund_income",
    "expenditure": "fund_expenditure",
    "surplus": "fund_surplus",
    "balance": "fund_balance",
}
_AT = ["year", "scheme"]


def by_scheme(panel: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Results of one kind, such as ``fund_income``: the panel's rows with the column `scheme`."""
    check_figures(panel)
    rows = of(panel[panel["indicator"].str.startswith(f"{kind}.")], "outturn")
    return rows.assign(scheme=rows["indicator"].str.removeprefix(f"{kind}.")).reset_index(drop=True)


def insured(panel: pd.DataFrame) -> pd.DataFrame:
    """Insured people by year and scheme: the panel's rows with the column `scheme`."""
    return by_scheme(panel, "insured")


def funds(panel: pd.DataFrame) -> pd.DataFrame:
    """Premiums collected by year and scheme, yuan, without the total."""
    rows = by_scheme(panel, "fund")
    return rows[rows["scheme"] != "total"].reset_index(drop=True)


def per_head(panel: pd.DataFrame) -> pd.DataFrame:
    """Premiums collected per insured person, yuan, by region, year and scheme."""
    return ratio(funds(panel), insured(panel), _AT, "per_head", "yuan")


def flows(panel: pd.DataFrame) -> pd.DataFrame:
    """What each fund takes in, spends and holds, yuan, a row per region, year and scheme.

    Returns
    -------
    DataFrame
        `region`, `year`, `scheme`; the columns of `beside` for each of `FLOWS` and for
        ``months``, the months of the year's expenditure that the balance would cover.
    """
    tables = {name: by_scheme(panel, kind) for name, kind in FLOWS.items()}
    tables["months"] = months_covered(panel)
    return beside(("region", *_AT), **tables)


def single(rows: pd.DataFrame) -> pd.DataFrame:
    """Of rows with a `scheme` those of one scheme and all its members, with its `branch`."""
    known = schemes()
    branch = rows["scheme"].map(lambda s: known[s].branch if s in known and not known[s].role else None)
    return rows.assign(branch=branch)[branch.notna()].reset_index(drop=True)


def continued(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with a `scheme`, those of a scheme that another took over as the other's years before.

    A year of a region that has figures of both keeps the older one's; where the newer scheme has no
    figure at all the older keeps its name.
    """
    kind = rows["indicator"].str.split(".", n=1).str[0]
    newer = rows["scheme"].map({s.after: s.id for s in schemes().values() if s.after})
    taken = pd.Series(list(zip(rows["region"], kind, newer, strict=True)), rows.index, dtype=object)
    older = taken.isin(list(zip(rows["region"], kind, rows["scheme"], strict=True)))
    rows = rows.assign(scheme=rows["scheme"].mask(older, newer), kind=kind, newer=~older)
    rows = rows.sort_values(["newer", "year"], kind="stable").drop_duplicates(["region", "year", "kind", "scheme"])
    return rows.sort_index().drop(columns=["kind", "newer"]).reset_index(drop=True)


def months_covered(panel: pd.DataFrame) -> pd.DataFrame:
    """For how many months of the year's expenditure the balance lasts, by region, year and scheme."""
    spent, left = (by_scheme(panel, FLOWS[name]) for name in ("expenditure", "balance"))
    return ratio(left, spent, _AT, "months_covered", "months", 12)


def paid_by(panel: pd.DataFrame) -> pd.DataFrame:
    """The shares of premiums and of subsidy in a fund's income, percent; as `ratio` returns it."""
    income = by_scheme(panel, FLOWS["income"])
    shares = [
        ratio(by_scheme(panel, FLOWS[name]), income, _AT, f"share_of_{name}", "percent", 100)
        for name in ("premiums", "subsidy")
    ]
    return pd.concat(shares, ignore_index=True)


def against_the_law(panel: pd.DataFrame) -> pd.DataFrame:
    """Money per insured person beside what contribution rates and wages allow.

    The band is that of the codebook's rules for the year; premiums are taken where they are
    known, else the income of the fund.

    Returns
    -------
    DataFrame
        as `ratio` returns it, with `band_low`, `band_high` (yuan) and `rule`.
    """
    book, found = codebook.load(), []
    for (_, year), rows in of(panel, "outturn").groupby(["region", "year"], sort=False):
        stated = {(indicator, "outturn") for indicator in rows["indicator"]}
        for edit in applicable(book, stated, str(year)):
            money, people = (edit.figures[0][0], edit.figures[-1][0])
            sides = edit.check.sides([(1.0, 1.0)] * len(edit.figures))
            if len(sides) == 3 and len(edit.figures) == 2 and people.startswith("insured."):
                over, under = (rows[rows["indicator"] == name] for name in (money, people))
                table = ratio(over, under, ["year"], "per_head", "yuan")
                scheme, (low, _), (_, high) = people.partition(".")[2], sides[0], sides[2]
                found.append(table.assign(scheme=scheme, band_low=low, band_high=high, rule=edit.rule.id))
    if not found:
        return per_head(panel.iloc[:0]).assign(band_low=[], band_high=[], rule=[])
    table = pd.concat(found, ignore_index=True)
    premiums = table["indicator"].str.startswith("fund.")
    table = table.assign(first=~premiums).sort_values("first", kind="stable")
    return table.drop_duplicates(["region", "year", "scheme"]).drop(columns="first")

"""Tables for small multiples: which figures make a panel, which a line in it."""

from __future__ import annotations

import pandas as pd

from analysis import measures
from analysis.codebook.insurance import BRANCHES, schemes
from analysis.writing import words
from analysis.writing.notebook import Page

_LINES = ("income", "expenditure", "balance", "premiums")


def insured_by_branch(page: Page) -> pd.DataFrame:
    """The insured over the years: a panel for each branch, a line for each scheme."""
    return _by_branch(page, measures.continued(measures.single(measures.insured(page.history))))


def _by_branch(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    rows = rows.assign(
        panel=[words.word(f"branches/{branch}", page.language) for branch in rows["branch"]],
        line=[words.scheme(scheme, page.language) for scheme in rows["scheme"]],
        order=[BRANCHES.index(branch) for branch in rows["branch"]],
    )
    return rows.sort_values("order", kind="stable")


def flows_by_scheme(page: Page) -> pd.DataFrame:
    """What funds take in, spend and hold over the years: a panel for each scheme."""
    tables = [
        measures.by_scheme(page.history, measures.FLOWS[name]).assign(line=words.word(f"columns/{name}", page.language))
        for name in _LINES
    ]
    rows = measures.continued(measures.single(pd.concat(tables, ignore_index=True)))
    known = list(schemes())
    order = [known.index(scheme) for scheme in rows["scheme"]]
    panel = [words.scheme(scheme, page.language) for scheme in rows["scheme"]]
    return rows.assign(panel=panel, order=order).sort_values("order", kind="stable")


def months_by_scheme(page: Page) -> pd.DataFrame:
    """For how many months of expenditure balances last, in the same order."""
    return _by_branch(page, measures.continued(measures.single(measures.months_covered(page.history))))


def by_region(page: Page, table: pd.DataFrame) -> pd.DataFrame:
    """A panel for each region of a table."""
    panel = [words.region_name(region, page.language, page.root) for region in table["region"]]
    return table.assign(panel=panel, line=panel)

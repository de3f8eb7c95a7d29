"""Measures on tidy tables: completion, per head, shares, growth, implied values, flows of funds."""

from analysis.measures.changes import change, growth, latest, since_last_year
from analysis.measures.contradictions import WIDE, contradictions, widest
from analysis.measures.inhabitants import per_inhabitants, per_thousand
from analysis.measures.intervals import beside, bounds, interval, part, ratio
from analysis.measures.schemes import (
    FLOWS,
    against_the_law,
    by_scheme,
    continued,
    flows,
    funds,
    insured,
    months_covered,
    paid_by,
    per_head,
    single,
)
from analysis.measures.targets import against, completion, implied
from analysis.measures.totals import shares, sums, totals, years_sum

__all__ = [
    "FLOWS",
    "WIDE",
    "against",
    "against_the_law",
    "beside",
    "bounds",
    "by_scheme",
    "change",
    "completion",
    "continued",
    "contradictions",
    "flows",
    "funds",
    "growth",
    "implied",
    "insured",
    "interval",
    "latest",
    "months_covered",
    "paid_by",
    "part",
    "per_head",
    "per_inhabitants",
    "per_thousand",
    "ratio",
    "shares",
    "since_last_year",
    "single",
    "sums",
    "totals",
    "widest",
    "years_sum",
]


def __dir__() -> list[str]:
    return __all__

"""Charts in the house style: tables in, a `Chart` out; `analysis.show` saves and shows it.

Importing this also gives the user's own matplotlib charts the characters of the house font.
"""

from analysis.charts import style
from analysis.charts.bars import bars, bullet
from analysis.charts.grouped import by_region, flows_by_scheme, insured_by_branch, months_by_scheme
from analysis.charts.lines import panels, trend
from analysis.charts.parts import allowed, waterfall
from analysis.charts.statuses import statuses

__all__ = [
    "allowed",
    "bars",
    "bullet",
    "by_region",
    "flows_by_scheme",
    "insured_by_branch",
    "months_by_scheme",
    "panels",
    "statuses",
    "trend",
    "waterfall",
]

style.register()


def __dir__() -> list[str]:
    return __all__

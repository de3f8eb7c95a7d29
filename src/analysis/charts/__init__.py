"""Charts in the house style: tables in, a `Chart` out; `analysis.show` saves and shows it."""

from analysis.charts.audit import statuses
from analysis.charts.bars import bars, bullet, ceiling, waterfall
from analysis.charts.trend import compare, latest, regions, trend

__all__ = [
    "bars", "bullet", "ceiling", "compare", "latest", "regions", "statuses", "trend", "waterfall",
]  # fmt: skip

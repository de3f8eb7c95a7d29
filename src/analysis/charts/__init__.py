"""Charts in the house style: tables in, a `Chart` out; `analysis.show` saves and shows it."""

from analysis.charts.bars import bars, bullet, waterfall
from analysis.charts.statuses import statuses
from analysis.charts.trend import compare, latest, trend

__all__ = ["bars", "bullet", "compare", "latest", "statuses", "trend", "waterfall"]

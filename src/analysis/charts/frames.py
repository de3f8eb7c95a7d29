"""Axes over years: round values, the first and the last year, and where the axis starts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from analysis import measures
from analysis.charts import style
from analysis.charts.style import GRID, LINE, TEXT, Canvas
from analysis.writing import words
from analysis.writing.notebook import Page

_BELOW = LINE + 0.18  # inches for the years
_APART = 0.12  # inches between two years


@dataclass(frozen=True)
class Scale:
    """The values an axis goes over, and the round ones named on it."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]

    @property
    def wide(self) -> float:
        """Inches of the widest label."""
        return max((style.measured(label, TEXT) for label in self.labels), default=0.0)


def scale(rows: pd.DataFrame, page: Page, most: int = 4) -> Scale:
    """The scale for figures of one unit: amounts from zero, rates from a round value below them."""
    ends = measures.bounds(rows)[["value", "low", "high"]].replace(float("inf"), float("nan"))
    top, bottom = float(ends.max().max()), float(ends.min().min())
    percent = rows["unit"].iloc[0] == "percent"
    pad = max((top - bottom) * 0.15, 0.1 * top if top == bottom else 0.0)
    found = style.steps(max(bottom - pad, 0) if percent else 0, top, most)
    low = max(found[0], 0.0)
    high = max(top + pad * 0.6, found[-2] if len(found) > 2 else top)
    ticks = [t for t in found if low <= t <= high]
    labels = [words.number(t, page.language) + "%" * percent for t in ticks]
    return Scale(low, high, tuple(ticks), tuple(labels))


def over_years(canvas: Canvas, at: Scale, years: tuple[int, int], box: tuple[float, float, float, float]) -> Axes:
    """Axes over years in a box of left, top, width and height (inches), years and labels outside it."""
    left, top, width, height = box
    axes = canvas.axes(left, top, width, height)
    axes.set(xlim=(years[0] - 0.4, years[1] + 0.4), ylim=(at.low, at.high), xlabel="", ylabel="")
    axes.set_yticks(at.ticks, at.labels)
    named = named_years(years, width)
    axes.set_xticks(named, [str(year) for year in named])
    axes.tick_params(length=0, pad=3)
    axes.tick_params(axis="x", pad=7)
    axes.grid(axis="y", color=GRID, linewidth=0.7, clip_on=False)
    axes.set_axisbelow(True)
    for side in ("left", "right", "top", "bottom"):
        axes.spines[side].set_visible(False)
    return axes


def named_years(years: tuple[int, int], width: float) -> list[int]:
    """The years that have room under an axis of `width` inches: the ends, and round ones between."""
    first, last = years
    wide = style.measured("2000", TEXT) + _APART
    inch = width / (last - first + 0.8)
    for step in (1, 2, 5, 10, 20, 50):
        inner = [y for y in range(first + 1, last) if y % step == 0]
        named = [first, *inner, last] if first < last else [first]
        if step > 1:
            named = [
                first,
                *(y for y in inner if min(y - first, last - y) * inch >= wide),
                *([last] if last > first else []),
            ]
        if all((b - a) * inch >= wide for a, b in itertools.pairwise(named)):
            return named
    return [first]


def below() -> float:
    """Inches that the years need under an axis."""
    return _BELOW

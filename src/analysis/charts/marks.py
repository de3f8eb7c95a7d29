"""One mark per status: what is uncertain looks uncertain, what is unknown is named."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from analysis import evidence, words
from analysis.charts.style import BLUE, INK, MUTED, ORANGE, drawable
from analysis.notebook import Page
from analysis.words import Row

#: Height of a bar where a row is 1.
HEIGHT = 0.34


def reach(row: Row) -> float:
    """The furthest point of a row's mark on the value axis."""
    ends = [row[c] for c in ("value", "low", "high") if pd.notna(row[c]) and math.isfinite(row[c])]
    return max(ends, default=0.0)


def bar(axes: Axes, row: Row, y: float, color: str = BLUE, start: float = 0.0) -> None:
    """The bar of one figure at height `y`, from `start`, drawn as its status demands."""
    value, low, high = (row[c] for c in ("value", "low", "high"))
    status = row["status"]
    if pd.isna(value) and pd.isna(low) and pd.isna(high):
        return
    common = {"height": HEIGHT, "left": start, "linewidth": 1.0, "zorder": 2}
    if pd.isna(value):
        low = 0.0 if pd.isna(low) else low
        axes.barh(y, low, color=to_rgba(color, 0.45), edgecolor="none", **common)
        _interval(axes, start + low, start + (high if pd.notna(high) else low), y, color, 0.09)
        if pd.isna(high):
            _arrow(axes, start + low, y, color)
        return
    if status == "conflict":
        axes.barh(y, value, facecolor="none", edgecolor=ORANGE, linestyle=(0, (3, 1.5)),
                  **common | {"linewidth": 1.6})  # fmt: skip
    elif status == "plausible":
        axes.barh(
            y, value, facecolor=to_rgba(color, 0.15), edgecolor=color, hatch="/////", **common
        )
    else:
        axes.barh(y, value, color=color, edgecolor="none", **common)
    if row.get("bound") == "at_least" and pd.isna(high):
        _arrow(axes, start + value, y, color)
    elif pd.notna(low) and pd.notna(high) and high - low > 0.012 * axes.get_xlim()[1]:
        _interval(axes, start + low, start + high, y, INK, 0.0)


def _interval(axes: Axes, low: float, high: float, y: float, color: str, band: float) -> None:
    """A whisker with caps from low to high; `band`: a thin band behind it."""
    if band:
        axes.barh(y, high - low, left=low, height=band, color=to_rgba(color, 0.45), zorder=2)
    cap = HEIGHT * 0.32
    axes.plot([low, high], [y, y], color=INK, linewidth=1.2, zorder=4, solid_capstyle="butt")
    for x in (low, high):
        axes.plot([x, x], [y - cap, y + cap], color=INK, linewidth=1.2, zorder=4)


def _arrow(axes: Axes, x: float, y: float, color: str) -> None:
    axes.plot([x], [y], marker=">", markersize=7, color=color, clip_on=False, zorder=3)


def amount(axes: Axes, row: Row, x: float, y: float, page: Page, text: str = "") -> None:
    """The figure's amount beside its mark, linked to its evidence."""
    text = text or words.amount(row, page.language)
    sign, color = "", INK
    if row["status"] == "conflict":
        sign, color = "≠ ", ORANGE
    elif row["status"] == "unreadable" or (pd.isna(row["value"]) and pd.isna(row["low"])):
        text, color = f"? {text}", MUTED
    label = axes.annotate(
        drawable(sign + text), (x, y), xytext=(5, 0), textcoords="offset points",
        va="center", ha="left", color=color, size=8.5, zorder=5, annotation_clip=False,
    )  # fmt: skip
    link = evidence.href(row, page)
    if link:
        label.set_url(link)


def name(axes: Axes, text: str, y: float, x: float = 0.0) -> None:
    """A row's label, above its bar."""
    axes.annotate(
        drawable(text), (x, y), xytext=(0, 3.5), textcoords="offset points",
        va="bottom", ha="left", color=INK, size=8.5, annotation_clip=False,
    )  # fmt: skip

"""One mark per status: what is uncertain looks uncertain, what is unknown is named."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from analysis import evidence
from analysis.charts.style import BLUE, INK, MUTED, ORANGE, drawable
from analysis.notebook import Page
from analysis.words import Row

#: Height of a bar where a row is 1.
HEIGHT = 0.34
_WIDE = 0.012  # an interval wider than this share of the axis gets a whisker


def reach(row: Row) -> float:
    """The furthest point of a row's mark on the value axis."""
    ends = [row[c] for c in ("value", "low", "high") if pd.notna(row[c]) and math.isfinite(row[c])]
    return max(ends, default=0.0)


def size(row: Row) -> float:
    """A figure's length on the value axis: its value, else the top of its interval."""
    return float(row["value"]) if pd.notna(row["value"]) else reach(row)


def bar(axes: Axes, row: Row, y: float, color: str = BLUE, start: float = 0.0) -> None:
    """The bar of one figure at height `y`, from `start`, drawn as its status demands."""
    value, low, high = (row[c] for c in ("value", "low", "high"))
    box: dict[str, Any] = {"height": HEIGHT, "left": start, "linewidth": 1.0, "zorder": 2}
    if pd.isna(value) and pd.isna(low) and pd.isna(high):
        return
    if pd.isna(value):
        low = 0.0 if pd.isna(low) else low
        axes.barh(y, low, color=to_rgba(color, 0.45), **box)
    elif row["status"] == "conflict":
        box |= {"linewidth": 1.6, "linestyle": (0, (3, 1.5))}
        axes.barh(y, value, facecolor="none", edgecolor=ORANGE, **box)
    elif row["status"] == "plausible":
        axes.barh(y, value, facecolor="none", edgecolor=color, hatch="/////", **box)
    else:
        axes.barh(y, value, color=color, **box)
    if row.get("bound") == "at_least" or row.get("cut"):
        at = start + (row["high"] if row.get("cut") else value if pd.notna(value) else low)
        if row.get("cut"):
            axes.plot([start + low, at], [y, y], color=INK, linewidth=1.2, zorder=3)
        axes.plot([at], [y], marker=">", markersize=7, color=color, clip_on=False, zorder=3)
    elif pd.notna(low) and pd.notna(high) and high - low > _WIDE * axes.get_xlim()[1]:
        if pd.isna(value):
            axes.barh(y, high - low, left=start + low, height=0.09, color=to_rgba(color, 0.45))
        line: dict[str, Any] = {
            "color": INK,
            "linewidth": 1.2,
            "zorder": 4,
            "solid_capstyle": "butt",
        }
        axes.plot([start + low, start + high], [y, y], **line)
        for x in (start + low, start + high):
            axes.plot([x, x], [y - HEIGHT / 3, y + HEIGHT / 3], **line)


def aim(axes: Axes, x: float, y: float) -> None:
    """A target or ceiling: a tick across the bar."""
    axes.plot([x, x], [y - 0.25, y + 0.25], color=INK, linewidth=1.8, zorder=6)


def printed(axes: Axes, row: Row, y: float, agrees: bool) -> None:
    """A rate as the report prints it; filled orange where it contradicts the bar."""
    edge, face = (INK, "none") if agrees else (ORANGE, ORANGE)
    axes.plot(
        [row["value"]], [y], "D", markersize=5, color=face, markeredgecolor=edge,
        markeredgewidth=1.3, zorder=7,
    )  # fmt: skip


def amount(axes: Axes, row: Row, x: float, y: float, page: Page, text: str) -> None:
    """The figure's amount beside its mark, linked to its evidence."""
    color = INK
    if row["status"] == "conflict":
        text, color = f"≠ {text}", ORANGE
    elif pd.isna(row["value"]) and pd.isna(row["low"]) and pd.isna(row["high"]):
        text, color = f"? {text}", MUTED
    label = axes.annotate(
        drawable(text), (x, y), xytext=(9 if row.get("cut") else 5, 0), textcoords="offset points",
        va="center", color=color, zorder=5, annotation_clip=False,
    )  # fmt: skip
    label.set_url(evidence.href(row, page) or None)


def name(axes: Axes, text: str, y: float) -> None:
    """A row's label, above its bar."""
    axes.annotate(
        drawable(text), (0, y), xytext=(2, 3.5), textcoords="offset points", va="bottom",
        annotation_clip=False,
    )  # fmt: skip


def note(
    axes: Axes, text: str, x: float, y: float, color: str = INK, ha: str = "center",
    va: str = "bottom",
) -> None:  # fmt: skip
    """A small remark in the chart."""
    axes.annotate(
        drawable(text), (x, y), ha=ha, va=va, size=7.5, color=color, annotation_clip=False
    )

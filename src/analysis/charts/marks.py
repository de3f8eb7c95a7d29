"""One mark per status: what is uncertain looks uncertain, what is unknown is named."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from analysis.charts.style import BLUE, INK, MUTED, ORANGE, drawable
from analysis.writing.words import Row, candidates

HEIGHT = 0.14  # inches of a bar, on axes whose height is counted in inches
LABEL = 0.1  # inches from the middle of a bar to its label
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
    ends = [y - HEIGHT * 0.6, y + HEIGHT * 0.6]
    if not start:
        axes.plot([0, 0], ends, color=INK, linewidth=0.8, zorder=6, clip_on=False)
    if pd.isna(value) and pd.isna(low) and pd.isna(high):
        return
    if pd.isna(value) and (either := candidates(row)):
        for x in either:
            axes.plot([x], [y], "o", markersize=5, color="none", markeredgecolor=color,
                      markeredgewidth=1.3, zorder=5, clip_on=False)  # fmt: skip
        if row.get("cut"):  # another lies beyond the scale
            axes.plot([high], [y], ">", markersize=7, color=color, zorder=5, clip_on=False)
        return
    looks: dict[str, dict[str, Any]] = {
        "conflict": {
            "facecolor": "none", "edgecolor": ORANGE, "linewidth": 1.6, "linestyle": (0, (3, 1.5)),
        },
        "plausible": {"facecolor": "none", "edgecolor": color, "hatch": "/////"},
    }  # fmt: skip
    look = looks.get(row["status"], {"color": color})
    if pd.isna(value):
        look = {"color": to_rgba(color, 0.45)}
        low = 0.0 if pd.isna(low) else low
    box: dict[str, Any] = {"height": HEIGHT, "left": start, "linewidth": 1.0, "zorder": 2}
    axes.barh(y, low if pd.isna(value) else value, **box | look)
    line: dict[str, Any] = {
        "color": INK, "linewidth": 1.2, "zorder": 4, "solid_capstyle": "butt", "clip_on": False,
    }  # fmt: skip
    if row.get("bound") == "at_least" or row.get("cut"):
        at = start + (high if row.get("cut") else value if pd.notna(value) else low)
        if row.get("cut"):
            axes.plot([start + low, at], [y, y], **line)
        axes.plot([at], [y], marker=">", markersize=7, color=color, clip_on=False, zorder=3)
    elif pd.notna(low) and pd.notna(high) and high - low > _WIDE * axes.get_xlim()[1]:
        if pd.isna(value):
            axes.barh(y, high - low, left=start + low, height=HEIGHT / 4, **look)
        axes.plot([start + low, start + high], [y, y], **line)
        for x in (start + low, start + high):
            axes.plot([x, x], [y - HEIGHT / 3, y + HEIGHT / 3], **line)


def aim(axes: Axes, x: float, y: float) -> None:
    """A target or ceiling: a tick across the bar."""
    ends = [y - HEIGHT * 0.65, y + HEIGHT * 0.65]
    axes.plot([x, x], ends, color=INK, linewidth=1.8, zorder=6, clip_on=False)


def printed(axes: Axes, row: Row, y: float, agrees: bool) -> None:
    """A rate as the report prints it; filled orange where it contradicts the bar."""
    edge, face = (INK, "none") if agrees else (ORANGE, ORANGE)
    axes.plot(
        [row["value"]], [y], "D", markersize=5, color=face, markeredgecolor=edge,
        markeredgewidth=1.3, zorder=7, clip_on=False,
    )  # fmt: skip


def signed(row: Row, text: str) -> tuple[str, str]:
    """An amount with the sign of its status, and its colour."""
    if row["status"] == "conflict":
        return f"≠ {text}", ORANGE
    if pd.isna(row["value"]) and pd.isna(row["low"]) and pd.isna(row["high"]):
        return f"? {text}", MUTED
    return text, INK


def note(
    axes: Axes, text: str, x: float, y: float, *, color: str = INK, right: bool = False,
    link: str = "", **style: Any,
) -> None:  # fmt: skip
    """Text above the height `y`, at the share `x` of the width."""
    label = axes.text(
        x, y, drawable(text), color=color, va="bottom", ha="right" if right else "left",
        transform=axes.get_yaxis_transform(), linespacing=1.05, **style,
    )  # fmt: skip
    label.set_url(link or None)

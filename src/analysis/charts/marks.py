"""One mark per look: what is uncertain looks uncertain, what is unknown is named."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts.style import BLUE, GRID, INK, LINE, MUTED, ORANGE, PAPER, drawable
from analysis.writing.looks import look
from analysis.writing.words import Row, possible_values

HEIGHT = 0.14  # inches of a bar, on axes whose height is counted in inches
LABEL = 0.11  # inches from the middle of a bar to its label
_TICK = 0.1  # inches from the middle of a bar to the end of a tick across it
_WIDE = 0.012  # an interval wider than this share of the axis gets a whisker
_DASHED = (0, (3, 1.5))


def box(name: str, color: str = BLUE) -> dict[str, Any]:
    """How a bar of a look is filled and edged; edges keep 3:1 on either ground."""
    looks: dict[str, dict[str, Any]] = {
        "settled": {"facecolor": color, "edgecolor": PAPER},
        "plausible": {"facecolor": "none", "edgecolor": color, "hatch": "/////"},
        "range": {"facecolor": "none", "edgecolor": color},
        "conflict": {"facecolor": "none", "edgecolor": ORANGE, "linewidth": 1.6, "linestyle": _DASHED},
        "unreadable": {"facecolor": "none", "edgecolor": MUTED, "linestyle": (0, (1, 1))},
    }
    return {"linewidth": 1.0, **looks[name]}


def furthest(row: Row) -> float:
    """The furthest point of a row's mark on the value axis."""
    ends = [row[c] for c in ("value", "low", "high") if pd.notna(row[c]) and math.isfinite(row[c])]
    return max(ends, default=0.0)


def size(row: Row) -> float:
    """A figure's length on the value axis: its value, else the top of its interval."""
    return float(row["value"]) if pd.notna(row["value"]) else furthest(row)


def bar(axes: Axes, row: Row, y: float, color: str = BLUE, start: float = 0.0) -> None:
    """The bar of one figure at height `y`, from `start`, drawn as its status demands."""
    value, low, high = (row[c] for c in ("value", "low", "high"))
    ends = [y - HEIGHT * 0.6, y + HEIGHT * 0.6]
    axes.plot([0, 0], ends, color=INK, linewidth=0.8, zorder=6, clip_on=False)
    if pd.isna(value) and pd.isna(low) and pd.isna(high):
        return
    if pd.isna(value) and (either := possible_values(row)):
        rings(axes, either, y, color)
        if row.get("cut"):  # another lies beyond the scale
            axes.plot([high], [y], ">", markersize=7, color=color, zorder=5, clip_on=False)
        return
    if start:
        axes.plot([0, start], [y, y], color=GRID, linewidth=1.0, zorder=1)
    place: dict[str, Any] = {"height": HEIGHT, "zorder": 2}
    if pd.isna(value):
        low = 0.0 if pd.isna(low) else low
        axes.barh(y, low, left=start, **place, **box("settled", color))
        if pd.notna(high):
            axes.barh(y, high - low, left=start + low, **place, **box("range", color))
    else:
        axes.barh(y, value, left=start, **place, **box(look(row["status"]), color))
    _ends(axes, row, y, color, start)


def _ends(axes: Axes, row: Row, y: float, color: str, start: float) -> None:
    """An arrow where the truth lies further on, a whisker over a wide interval."""
    value, low, high = (row[c] for c in ("value", "low", "high"))
    line: dict[str, Any] = {"color": INK, "linewidth": 1.2, "zorder": 4, "solid_capstyle": "butt", "clip_on": False}
    if row.get("bound") == "at_least" or row.get("cut"):
        at = start + (high if row.get("cut") else value if pd.notna(value) else low)
        axes.plot([at], [y], marker=">", markersize=7, color=color, clip_on=False, zorder=3)
    elif pd.notna(low) and pd.notna(high) and high - low > _WIDE * axes.get_xlim()[1]:
        axes.plot([start + low, start + high], [y, y], **line)
        for x in (start + low, start + high):
            axes.plot([x, x], [y - HEIGHT / 3, y + HEIGHT / 3], **line)


def rings(axes: Axes, values: list[float], y: float, color: str = BLUE) -> None:
    """Values of which one is the figure's: a ring each."""
    for x in values:
        axes.plot(
            [x],
            [y],
            "o",
            markersize=6,
            color="none",
            markeredgecolor=color,
            markeredgewidth=1.3,
            zorder=5,
            clip_on=False,
        )


def aim(axes: Axes, x: float, y: float) -> None:
    """A target or ceiling: a tick across the bar, edged so that it stands out of it."""
    ends = [y - _TICK, y + _TICK]
    for color, width in ((PAPER, 4.2), (INK, 1.8)):
        axes.plot([x, x], ends, color=color, linewidth=width, zorder=6, clip_on=False, solid_capstyle="butt")


def band(axes: Axes, low: float, high: float, y: float) -> None:
    """What is allowed: a pale band with edges behind a mark."""
    axes.barh(y, high - low, left=low, height=2 * _TICK, color=GRID, zorder=0)
    for x in (low, high):
        axes.plot([x, x], [y - _TICK, y + _TICK], color=MUTED, linewidth=1.2, zorder=1)


def dot(axes: Axes, row: Row, y: float) -> None:
    """One figure as a dot with its interval; a ring where it is not settled."""
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        axes.plot([row["low"], row["high"]], [y, y], color=INK, linewidth=1.2, zorder=3)
    if pd.notna(row["value"]):
        sure = look(row["status"]) == "settled"
        axes.plot(
            [row["value"]],
            [y],
            "o",
            markersize=7,
            color=BLUE if sure else PAPER,
            markeredgecolor=BLUE,
            markeredgewidth=1.6,
            zorder=5,
            clip_on=False,
        )


def printed(axes: Axes, row: Row, y: float, agrees: bool) -> None:
    """A rate as the report prints it; filled orange where it contradicts the bar."""
    edge, face = (INK, "none") if agrees else (ORANGE, ORANGE)
    axes.plot(
        [row["value"]],
        [y],
        "D",
        markersize=5,
        color=face,
        markeredgecolor=edge,
        markeredgewidth=1.3,
        zorder=7,
        clip_on=False,
    )


def signed(row: Row, text: str) -> tuple[str, str]:
    """An amount with the sign of what cannot be read, and its colour."""
    if pd.isna(row["value"]) and pd.isna(row["low"]) and pd.isna(row["high"]):
        return f"? {text}", MUTED
    return text, ORANGE if row["status"] == "conflict" else INK


def annotation(
    axes: Axes, text: str, x: float, y: float, *, color: str = INK, right: bool = False, link: str = "", **style: Any
) -> None:
    """Text whose last line stands above the height `y`, at the share `x` of the width."""
    lines = drawable(text).split("\n")
    for at, line in enumerate(reversed(lines)):
        label = axes.text(
            x,
            y - 0.03 - at * LINE,
            line,
            color=color,
            va="baseline",
            ha="right" if right else "left",
            transform=axes.get_yaxis_transform(),
            **style,
        )
        label.set_url(link or None)

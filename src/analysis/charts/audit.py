"""How sure the figures of a year are: a stacked bar for each section."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.colors import to_rgba

from analysis import codebook, words
from analysis.charts import marks, style
from analysis.charts.style import BLUE, INK, MUTED, ORANGE, Chart
from analysis.notebook import Page
from analysis.tables import STATUSES

_LOOK: dict[str, dict[str, Any]] = {
    "confirmed": {"facecolor": "#12456d"},
    "printed": {"facecolor": BLUE},
    "repaired": {"facecolor": to_rgba(BLUE, 0.6)},
    "plausible": {"facecolor": "none", "edgecolor": BLUE, "hatch": "/////"},
    "range": {"facecolor": to_rgba(MUTED, 0.35)},
    "conflict": {"facecolor": "none", "edgecolor": ORANGE, "linestyle": (0, (3, 1.5))},
    "unreadable": {"facecolor": "none", "edgecolor": MUTED},
}


@style.house()
def statuses(observations: pd.DataFrame, page: Page, name: str) -> Chart:
    """Counts of figures by section of the codebook and by status."""
    if observations.empty:
        return style.nothing(page, name)
    known = codebook.load().indicators
    section = observations["indicator"].map(lambda i: known[i].section if i in known else "?")
    counts = pd.crosstab(section, observations["status"].astype(str))
    order = [s for s in dict.fromkeys(i.section for i in known.values()) if s in counts.index]
    present = [s for s in STATUSES if s in counts]
    counts = counts.loc[order, present]
    figure, axes, title = style.canvas(
        page, name, 0.42 * len(counts) + 0.5, list(observations["document"])
    )
    style.bare(axes)
    most = counts.sum(axis=1).max()
    axes.set(xlim=(0, most * 1.08), ylim=(len(counts) - 0.4, -1.5))
    at, texts = 0.0, {s: words.word(f"statuses/{s}", page.language) for s in present}
    for status, text in texts.items():
        axes.barh(-1.2, most * 0.022, left=at, height=0.26, **_LOOK[status])
        axes.text(at + most * 0.03, -1.2, text, va="center", size=7.5, color=INK)
        at += (style.measured(text, 7.5) + 0.32) / style.WIDTH * most * 1.1
    told = []
    for y, (part, row) in enumerate(counts.iterrows()):
        label = words.word(f"sections/{part}", page.language)
        marks.name(axes, label, y - marks.HEIGHT / 2)
        left = row.cumsum().shift(fill_value=0)
        for status in row.index[row > 0]:
            box: dict[str, Any] = {"left": left[status], "height": marks.HEIGHT, "linewidth": 1.0}
            axes.barh(y, row[status], **box, **_LOOK[status])
        axes.annotate(
            str(row.sum()), (row.sum(), y), xytext=(5, 0), textcoords="offset points", va="center"
        )
        told.append(f"{label}: " + ", ".join(f"{row[s]} {texts[s]}" for s in present if row[s]))
    axes.plot([0, 0], [-0.6, len(counts) - 0.5], color=INK, linewidth=0.8, zorder=6)
    alt = words.told(title, told, page.language)
    return Chart(name, page, figure, alt, counts.reset_index())

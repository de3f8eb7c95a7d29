"""How sure the figures of a year are: a stacked bar for each section."""

from __future__ import annotations

import pandas as pd
from matplotlib.colors import to_rgba

from analysis import words
from analysis.charts.bars import ROW
from analysis.charts.marks import HEIGHT, name
from analysis.charts.style import (
    BLUE,
    INK,
    MUTED,
    ORANGE,
    WIDTH,
    Chart,
    bare,
    canvas,
    house,
    measured,
    nothing,
)  # fmt: skip
from analysis.notebook import Page
from analysis.tables import STATUSES

_DARK = "#12456d"
_LOOK: dict[str, dict[str, object]] = {
    "confirmed": {"facecolor": _DARK},
    "printed": {"facecolor": BLUE},
    "repaired": {"facecolor": to_rgba(BLUE, 0.6)},
    "plausible": {"facecolor": to_rgba(BLUE, 0.15), "edgecolor": BLUE, "hatch": "/////"},
    "range": {"facecolor": to_rgba(MUTED, 0.35)},
    "conflict": {"facecolor": "none", "edgecolor": ORANGE, "linestyle": (0, (3, 1.5))},
    "unreadable": {"facecolor": "none", "edgecolor": MUTED},
}


@house()
def statuses(observations: pd.DataFrame, page: Page, name_: str) -> Chart:
    """Counts of figures by section (the part of the id before the dot's section) and status."""
    if observations.empty:
        return nothing(page, name_)
    from analysis import codebook

    known = codebook.load().indicators
    section = observations["indicator"].map(lambda i: known[i].section if i in known else "")
    counts = (
        observations.assign(section=section)
        .groupby(["section", "status"], observed=False, sort=False)
        .size()
        .unstack(fill_value=0)
        .reindex(columns=list(STATUSES), fill_value=0)
    )
    present = [s for s in STATUSES if counts[s].any()]
    documents = list(observations["document"])
    figure, axes, title = canvas(page, name_, ROW * len(counts) + 0.75, documents)
    bare(axes)
    most = counts.sum(axis=1).max()
    axes.set(xlim=(0, most * 1.08), ylim=(len(counts) - 0.4, -2.1))
    at = 0.0
    for status in present:
        text = words.word(f"statuses/{status}", page.language)
        width = (measured(text, 7.5) + 0.32) / WIDTH * most * 1.1
        axes.barh(-1.5, most * 0.022, left=at, height=0.26, **_LOOK[status])
        axes.text(at + most * 0.03, -1.5, text, va="center", size=7.5, color=INK)
        at += width
    for y, (part, row) in enumerate(counts.iterrows()):
        name(axes, words.word(f"sections/{part}", page.language), y - HEIGHT / 2)
        left = 0
        for status in present:
            if row[status]:
                axes.barh(y, row[status], left=left, height=HEIGHT, linewidth=1.0, **_LOOK[status])
            left += row[status]
        axes.annotate(
            str(left), (left, y), xytext=(5, 0), textcoords="offset points", va="center", size=8.5
        )
    axes.axvline(0, color=INK, linewidth=0.8, ymax=1 - 1.5 / (len(counts) + 1.7))
    table = counts[present].reset_index()
    told = words.word("phrases/alt_join", page.language).join(
        words.word(f"sections/{part}", page.language)
        + ": "
        + ", ".join(
            f"{n} {words.word(f'statuses/{s}', page.language)}" for s, n in row.items() if n
        )
        for part, row in counts.iterrows()
    )
    return Chart(name_, page, figure, f"{title}. {told}", table)

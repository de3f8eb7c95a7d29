"""How sure the figures of a year are: a stacked bar for each section."""

from __future__ import annotations

import math
from typing import Any, Unpack

import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch

from analysis import codebook
from analysis.charts import captions, marks, style
from analysis.charts.captions import Texts
from analysis.charts.style import BLUE, FEW, INK, MUTED, ORANGE, SMALL, Chart
from analysis.tables.loading import STATUSES
from analysis.writing import words
from analysis.writing.notebook import Page

_LOOK: dict[str, dict[str, Any]] = {
    "confirmed": {"facecolor": "#12456d"},
    "decided": {"facecolor": "#1e5f94"},
    "printed": {"facecolor": BLUE},
    "repaired": {"facecolor": to_rgba(BLUE, 0.6)},
    "plausible": {"facecolor": "none", "edgecolor": BLUE, "hatch": "/////"},
    "range": {"facecolor": to_rgba(MUTED, 0.35)},
    "conflict": {"facecolor": "none", "edgecolor": ORANGE, "linestyle": (0, (3, 1.5))},
    "unreadable": {"facecolor": "none", "edgecolor": MUTED},
}


@style.house()
def statuses(stated: pd.DataFrame, page: Page, name: str, **given: Unpack[Texts]) -> Chart:
    """Counts of figures by section of the codebook and by status; nothing where all are settled.

    `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    if len(stated) < FEW or not stated["open"].any():
        return style.nothing(page, caption)
    known = codebook.load().indicators
    section = stated["indicator"].map(lambda i: known[i].section if i in known else "?")
    counts = pd.crosstab(section, stated["status"].astype(str))
    order = [s for s in dict.fromkeys(i.section for i in known.values()) if s in counts.index]
    present = [s for s in STATUSES if s in counts]
    counts = counts.loc[order, present]
    texts = {s: words.word(f"statuses/{s}", page.language) for s in present}
    rows, head = 0.45, 0.17 * math.ceil(len(present) / 3) + 0.06
    documents = [name for names in stated["documents"] for name in names.split()]
    figure, axes = style.canvas(page, caption, rows * len(counts) + head, documents)
    style.bare(axes)
    axes.set(xlim=(0, counts.sum(axis=1).max()), ylim=(rows * len(counts) + head, 0))
    axes.legend(
        handles=[Patch(linewidth=1.0, label=texts[s], **_LOOK[s]) for s in present], loc="upper left", bbox_to_anchor=(-0.01, 1.01), ncols=3, frameon=False, fontsize=SMALL,
        handlelength=1.2, handleheight=0.9, columnspacing=1.2, borderaxespad=0, labelcolor=INK,
    )  # fmt: skip
    told = []
    for n, (part, row) in enumerate(counts.iterrows()):
        y = head + rows * (n + 1) - marks.HEIGHT
        label = words.word(f"sections/{part}", page.language)
        marks.note(axes, label, 0, y - marks.LABEL)
        marks.note(axes, str(row.sum()), 1, y - marks.LABEL, right=True)
        left = row.cumsum().shift(fill_value=0)
        for status in row.index[row > 0]:
            box: dict[str, Any] = {"left": left[status], "height": marks.HEIGHT, "linewidth": 1.0}
            axes.barh(y, row[status], **box, **_LOOK[status])
        told.append(f"{label}: " + ", ".join(f"{row[s]} {texts[s]}" for s in present if row[s]))
    data = counts.rename_axis("section").reset_index().melt("section", value_name="count")
    alt = words.told(caption.title, told, page.language)
    return Chart(name, page, figure, alt, data)

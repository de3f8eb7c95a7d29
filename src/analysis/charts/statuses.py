"""How sure the figures of a year are: a stacked bar for each section."""

from __future__ import annotations

from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis import codebook
from analysis.charts import captions, marks, style
from analysis.charts.captions import Texts
from analysis.charts.style import FEW, LINE, ROOM, Chart
from analysis.tables.figures import check_figures
from analysis.writing import words
from analysis.writing.looks import LOOKS, look
from analysis.writing.notebook import Page

_ROW = 0.45  # inches of a section


@style.house()
def statuses(stated: pd.DataFrame, page: Page, name: str, **given: Unpack[Texts]) -> Chart:
    """Counts of figures by section of the codebook and by status; nothing where all are settled.

    `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    check_figures(stated, ["open", "status"])
    if len(stated) < FEW or not stated["open"].any():
        return style.nothing(page, caption)
    counts = _counted(stated)
    texts = {name: words.word(f"looks/{name}", page.language) for name in counts.columns}
    keys = _key(texts)
    head = LINE * 1.15 * len(keys) + 0.08
    documents = [name for names in stated["documents"] for name in names.split()]
    body = _ROW * len(counts) + head
    canvas = style.canvas(page, caption, body, documents)
    axes = canvas.axes(0.02, 0, ROOM - 0.06, body)
    style.bare(axes)
    widest = counts.sum(axis=1).max()
    axes.set(xlim=(0, widest), ylim=(body, 0))
    _draw_key(axes, keys, widest / (ROOM - 0.06))
    told = []
    for n, (part, row) in enumerate(counts.iterrows()):
        label = words.word(f"sections/{part}", page.language)
        _draw_section(axes, row, label, head + _ROW * (n + 1) - marks.HEIGHT)
        told.append(f"{label}: " + ", ".join(f"{row[s]} {texts[s]}" for s in row.index[row > 0]))
    data = counts.rename_axis("section").reset_index().melt("section", var_name="look", value_name="count")
    alt = words.told(caption.title, told, page.language)
    return Chart(name, page, canvas.figure, alt, data)


def _counted(stated: pd.DataFrame) -> pd.DataFrame:
    """Sections of the codebook in its order, by the looks that occur, the surest first."""
    known = codebook.load().indicators
    section = stated["indicator"].map(lambda i: known[i].section if i in known else "?")
    counts = pd.crosstab(section, stated["status"].astype(str).map(look))
    order = [s for s in dict.fromkeys(i.section for i in known.values()) if s in counts.index]
    return counts.loc[order, [name for name in LOOKS if name in counts]]


def _draw_section(axes: Axes, row: pd.Series, label: str, y: float) -> None:
    """The bar of a section, its parts one behind the other, at the height `y`."""
    marks.annotation(axes, label, 0, y - marks.LABEL)
    marks.annotation(axes, str(row.sum()), 1, y - marks.LABEL, right=True)
    left = row.cumsum().shift(fill_value=0)
    for name in row.index[row > 0]:
        axes.barh(y, row[name], left=left[name], height=marks.HEIGHT, **marks.box(name))


def _key(texts: dict[str, str]) -> list[list[tuple[str, str, float]]]:
    """The looks that occur with their words, in lines that fit: look, words, inches from the left."""
    lines: list[list[tuple[str, str, float]]] = [[]]
    at = 0.0
    for name, text in texts.items():
        width = 0.28 + style.measured(text) + 0.2
        if lines[-1] and at + width > ROOM:
            lines.append([])
            at = 0.0
        lines[-1].append((name, text, at))
        at += width
    return lines


def _draw_key(axes: Axes, lines: list[list[tuple[str, str, float]]], inch: float) -> None:
    """`inch`: how much of the value axis an inch is."""
    for n, line in enumerate(lines):
        y = LINE * (1.15 * n + 0.6)
        for name, text, at in line:
            axes.barh(y, 0.2 * inch, left=at * inch, height=0.12, **marks.box(name))
            axes.text((at + 0.27) * inch, y, style.drawable(text), va="center_baseline")

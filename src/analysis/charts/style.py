"""The house style: one font, few colours, a title, a subtitle and a source line.

Colours keep 3:1 contrast on white and on near-black and differ in grey. Ink, muted ink and
grid are three known colours, so that a page can restyle them for a dark screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import font_manager, patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path

from analysis.charts.captions import Caption
from analysis.writing import words
from analysis.writing.notebook import Page

INK, MUTED, GRID, PAPER = "#1a1a1a", "#6b6b6b", "#d9d9d9", "#ffffff"
BLUE, ORANGE, TEAL, PURPLE = "#2b7bba", "#d1603d", "#2a9d8f", "#8a63a8"
SERIES = (BLUE, ORANGE, TEAL, PURPLE)
DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))

FAMILY = "Analysis Sans SC"
WIDTH = 4.2  # inches, so that a phone of 360 css pixels shows 8.5 pt as 10 px
FEW = 3  # fewer figures are told, not drawn
MARGIN = 0.06
ROOM = WIDTH - 2 * MARGIN
TEXT, SMALL = 8.5, 7.5  # points
_LEAD = 1.32 / 72  # inches a line takes for each point of its size


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawn chart: the figure (None where there is nothing to draw), what it shows in
    words (`alt`), the table behind it, and the sentence said in its place (`missing`)."""

    name: str
    page: Page
    figure: Figure | None
    alt: str
    data: pd.DataFrame = field(repr=False)
    missing: str = ""


@cache
def _font() -> font_manager.FontProperties:
    with as_file(files("analysis.charts").joinpath("fonts/AnalysisSansSC-Regular.otf")) as path:
        font_manager.fontManager.addfont(path)
        return font_manager.FontProperties(fname=path)


@cache
def _glyphs() -> frozenset[int]:
    return frozenset(font_manager.get_font(str(_font().get_file())).get_charmap())


def drawable(text: str) -> str:
    """`text` with a box for every character the house font lacks."""
    if not any("\u3400" <= c <= "\u9fff" for c in text):
        text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'})
    return "".join(c if ord(c) in _glyphs() or c == "\n" else "□" for c in text)


@contextmanager
def house() -> Iterator[None]:
    """The house style for what is drawn or saved inside; nothing is changed outside."""
    _font()
    rc = {
        **sns.axes_style("white"),
        "font.family": FAMILY, "font.size": TEXT, "text.color": INK, "text.parse_math": False,
        "axes.edgecolor": GRID, "axes.labelcolor": MUTED, "axes.linewidth": 0.8,
        "axes.unicode_minus": False, "xtick.color": MUTED, "ytick.color": MUTED,
        "xtick.labelsize": SMALL, "ytick.labelsize": SMALL, "grid.color": GRID,
        "hatch.linewidth": 1.4, "svg.fonttype": "path", "svg.hashsalt": "analysis",
        "lines.linewidth": 1.8, "figure.dpi": 100, "path.simplify": True,
    }  # fmt: skip
    with mpl.rc_context(rc):
        yield


def wrapped(text: str, size: float, width: float) -> list[str]:
    """`text` in lines of at most `width` inches at `size` points; Chinese breaks anywhere."""
    text = drawable(text)
    spaced = (" " in text.strip() and text.isascii()) or text.count(" ") > 3
    pieces = [p + " " for p in text.split()] if spaced else list(text)
    lines, line = [], ""
    for piece in pieces:
        if line and measured((line + piece).rstrip(), size) > width and piece not in "，。、；：）":
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def measured(text: str, size: float) -> float:
    """Width of one line of text, inches."""
    font = _font().copy()
    font.set_size(size)
    return text_to_path.get_text_width_height_descent(text, font, False)[0] / 72


def canvas(
    page: Page,
    caption: Caption,
    body: float,
    documents: list[str],
    inset: Sequence[float] = (0, 0, 0),
) -> tuple[Figure, Axes]:
    """A figure with title, subtitle and source, and axes of `body` inches under them.

    `inset`: inches kept free left of, below and right of the axes.
    """
    blocks = [
        (caption.title, 11.0, INK),
        (caption.subtitle, TEXT, MUTED),
        (words.source(documents, page.regions, page.language), 7.0, MUTED),
    ]
    lines = [wrapped(text, size, ROOM - 0.08) for text, size, _ in blocks]
    deep = [
        len(block) * size * _LEAD + 0.05 for block, (_, size, _) in zip(lines, blocks, strict=True)
    ]
    height = sum(deep) + body + 0.15
    figure = Figure(figsize=(WIDTH, height))
    tops = [height, height - deep[0], deep[2]]
    for block, (_, size, color), top in zip(lines, blocks, tops, strict=True):
        text = figure.text(
            MARGIN / WIDTH, top / height, "\n".join(block), size=size, color=color, va="top"
        )
        if color == INK:
            text.set_path_effects([patheffects.withStroke(linewidth=0.5, foreground=INK)])
    left, below, right = inset
    axes = figure.add_axes(
        (
            (MARGIN + left) / WIDTH,
            (deep[2] + 0.05 + below) / height,
            (ROOM - left - right) / WIDTH,
            (body - below) / height,
        )
    )
    axes.set_facecolor("none")
    return figure, axes


def bare(axes: Axes) -> None:
    """No frame, no ticks: rows carry their own labels."""
    sns.despine(ax=axes, left=True, bottom=True)
    axes.set(xticks=[], yticks=[], xlabel="", ylabel="")


def nothing(page: Page, caption: Caption) -> Chart:
    """In place of a chart that would show nothing: the sentence that says so, if one is needed."""
    said = caption.missing
    return Chart(caption.name, page, None, said, pd.DataFrame(), said)

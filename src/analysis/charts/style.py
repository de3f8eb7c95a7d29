"""The house style: one font, few colours, a title, a subtitle and a source line.

Colours keep 3:1 contrast on white and on near-black and differ in grey. Ink, muted ink and
grid are three known colours, so that a page can restyle them for a dark screen.
"""

from __future__ import annotations

from collections.abc import Iterator
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

from analysis import sentences, words
from analysis.notebook import Page

INK, MUTED, GRID = "#1a1a1a", "#6b6b6b", "#d9d9d9"
BLUE, ORANGE, TEAL, PURPLE = "#2b7bba", "#d1603d", "#2a9d8f", "#8a63a8"
SERIES = (BLUE, ORANGE, TEAL, PURPLE)
DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))

FAMILY = "Analysis Sans SC"
WIDTH = 6.0  # inches: 640 css pixels show 9 pt as 13 px
MARGIN = 0.08
_TITLE, _SUBTITLE, _SOURCE = 12.0, 8.5, 7.0


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
        "font.family": FAMILY, "font.size": 8.5, "text.color": INK, "text.parse_math": False,
        "axes.edgecolor": GRID, "axes.labelcolor": MUTED, "axes.linewidth": 0.8,
        "axes.unicode_minus": False, "xtick.color": MUTED, "ytick.color": MUTED,
        "xtick.labelsize": 7.5, "ytick.labelsize": 7.5, "grid.color": GRID,
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
    name: str,
    body: float,
    documents: list[str],
    inset: tuple[float, float, float] = (0, 0, 0),
) -> tuple[Figure, Axes, str]:
    """A figure with title, subtitle and source, and axes of `body` inches under them.

    Returns the figure, its axes and the title. `inset`: inches kept free left of, below
    and right of the axes.
    """
    entry = words.lexicon()["charts"][name]
    title = sentences.first(entry["title"], page)
    subtitle = sentences.said(entry["subtitle"], page)
    source = words.source(documents, page.regions, page.language)
    room = WIDTH - 2 * MARGIN
    blocks = [
        (wrapped(title, _TITLE, room), _TITLE, INK),
        (wrapped(subtitle, _SUBTITLE, room), _SUBTITLE, MUTED),
    ]
    foot = wrapped(source, _SOURCE, room)
    head = sum(len(lines) * size * 1.32 / 72 for lines, size, _ in blocks) + 0.16
    tail = len(foot) * _SOURCE * 1.35 / 72 + 0.14
    height = head + body + tail
    figure = Figure(figsize=(WIDTH, height))
    top = height - 0.05
    for lines, size, color in blocks:
        for line in lines:
            text = figure.text(MARGIN / WIDTH, top / height, line, size=size, color=color, va="top")
            if color == INK:
                text.set_path_effects([patheffects.withStroke(linewidth=0.55, foreground=INK)])
            top -= size * 1.32 / 72
        top -= 0.02
    for i, line in enumerate(reversed(foot)):
        figure.text(
            MARGIN / WIDTH, (0.05 + i * _SOURCE * 1.35 / 72) / height, line,
            size=_SOURCE, color=MUTED, va="bottom",
        )  # fmt: skip
    left, below, right = inset
    across = (WIDTH - 2 * MARGIN - left - right) / WIDTH
    axes = figure.add_axes(
        ((MARGIN + left) / WIDTH, (tail + below) / height, across, (body - below) / height)
    )
    axes.set_facecolor("none")
    return figure, axes, title


def bare(axes: Axes) -> None:
    """No frame, no ticks: rows carry their own labels."""
    sns.despine(ax=axes, left=True, bottom=True)
    axes.set(xticks=[], yticks=[], xlabel="", ylabel="")


def nothing(page: Page, name: str) -> Chart:
    """The sentence in place of a chart there are no figures for."""
    text = sentences.said(words.lexicon()["charts"][name]["missing"], page)
    return Chart(name, page, None, text, pd.DataFrame(), text)

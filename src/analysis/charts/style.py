"""The house style: one font, few colours, a title, a subtitle, notes and a source line.

Ink, muted ink, grid and the colours of series are known colours, so that a page can restyle them
for a dark screen. As text each has 4.5:1 on white, as a line 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import as_file, files

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

from analysis.charts.captions import Caption
from analysis.writing import words
from analysis.writing.notebook import Page

INK, MUTED, GRID, PAPER = "#1a1a1a", "#6b6b6b", "#d9d9d9", "#ffffff"
BLUE, ORANGE, TEAL, PURPLE = "#1f6fb0", "#b8461f", "#1a7568", "#7d529e"
SERIES = (BLUE, ORANGE, TEAL, PURPLE)
DASHES = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))

FAMILY = "Analysis Sans SC"
_THEMES = "Arial"  # the first font that seaborn's themes ask for
WIDTH = 4.2  # inches, shown 347 css pixels wide on a phone of 390
FEW, POINTS = 3, 4  # fewer rows, or points of a series, are told, not drawn
MARGIN = 0.1
ROOM = WIDTH - 2 * MARGIN
TEXT, TITLE = 10.6, 12.5  # points: on that phone 12 and 14 pixels
LINE = TEXT * 1.3 / 72  # inches of a line of text
_PIECE = re.compile(r"[\dA-Za-z.,%–—-]+[万亿]*[年元人%]?|.", re.S)
_LEAD = 1.32 / 72  # inches a line takes for each point of its size


@dataclass(frozen=True, eq=False)
class Chart:
    """A drawn chart: the figure (None where there is nothing to draw), what it shows in
    words (`alt`), the table behind it, and the sentence said in its place (`missing`)."""

    name: str
    page: Page = field(repr=False)
    figure: Figure | None = field(repr=False)
    alt: str
    data: pd.DataFrame = field(repr=False)
    missing: str = ""


@dataclass(frozen=True, eq=False)
class Canvas:
    """A figure with its texts, and the room of `body` inches between them."""

    figure: Figure
    body: float
    below: float

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes of this size, inches, from the upper left corner of the room."""
        wide, high = self.figure.get_size_inches()
        axes = self.figure.add_axes(
            ((MARGIN + left) / wide, (self.below + self.body - top - height) / high, width / wide, height / high)
        )
        axes.set_facecolor("none")
        return axes


def register() -> None:
    """Make the house font the one of plain matplotlib and pandas, and of seaborn's themes.

    These ask for Arial first; where there is none, they get the house font for it.
    """
    mpl.rcParams["font.family"] = [FAMILY]
    known = font_manager.fontManager.ttflist
    if not any(entry.name == _THEMES for entry in known):
        known.append(font_manager.FontEntry(fname=str(_font().get_file()), name=_THEMES))


def unregister() -> None:
    """Take `register` back, for a process in which notebooks decide for themselves."""
    mpl.rcParams["font.family"] = mpl.rcParamsDefault["font.family"]
    known, house_font = font_manager.fontManager.ttflist, str(_font().get_file())
    known[:] = [e for e in known if (e.name, e.fname) != (_THEMES, house_font)]


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
        "font.family": FAMILY,
        "font.size": TEXT,
        "text.color": INK,
        "text.parse_math": False,
        "axes.edgecolor": GRID,
        "axes.labelcolor": MUTED,
        "axes.linewidth": 0.8,
        "axes.unicode_minus": False,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "xtick.labelsize": TEXT,
        "ytick.labelsize": TEXT,
        "grid.color": GRID,
        "hatch.linewidth": 1.4,
        "svg.fonttype": "none",
        "svg.hashsalt": "analysis",
        "lines.linewidth": 1.8,
        "figure.dpi": 100,
        "path.simplify": True,
    }
    with mpl.rc_context(rc):
        yield


def wrapped(text: str, size: float, width: float) -> list[str]:
    """`text` in lines of at most `width` inches at `size` points; Chinese breaks anywhere but in a number."""
    text = drawable(text)
    spaced = (" " in text.strip() and text.isascii()) or text.count(" ") > 3
    pieces = [p + " " for p in text.split()] if spaced else _PIECE.findall(text)
    lines, line = [], ""
    for piece in pieces:
        if line and measured((line + piece).rstrip(), size) > width and piece not in "，。、；：）":
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


@cache
def measured(text: str, size: float = TEXT) -> float:
    """Width of one line of text, inches."""
    font = _font().copy()
    font.set_size(size)
    return text_to_path.get_text_width_height_descent(drawable(text), font, False)[0] / 72


def canvas(
    page: Page,
    caption: Caption,
    body: float,
    documents: Sequence[str],
    notes: Sequence[str] = (),
    regions: Sequence[str] = (),
) -> Canvas:
    """A figure with title, subtitle, notes and source, and room of `body` inches among them.

    `notes`: sentences on what is drawn, each a paragraph under it. `regions`: those drawn, where
    these are not all of the page.
    """
    source = words.source(documents, regions or page.regions, page.language, page.root)
    head = [(caption.title, TITLE, INK), (caption.subtitle, TEXT, MUTED)]
    foot = [(text, TEXT, MUTED) for text in [*notes, source]]
    above, below = (_set(blocks) for blocks in (head, foot))
    height = 2 * MARGIN + sum(deep for *_, deep in (*above, *below)) + body
    figure = Figure(figsize=(WIDTH, height))
    at = height - MARGIN
    for lines, size, color, deep in above:
        _write(figure, lines, size, color, at)
        at -= deep
    at -= body
    room = at
    for lines, size, color, deep in below:
        _write(figure, lines, size, color, at)
        at -= deep
    return Canvas(figure, body, room)


def _set(blocks: Sequence[tuple[str, float, str]]) -> list[tuple[list[str], float, str, float]]:
    """Paragraphs broken into lines, with size, colour and the inches each needs."""
    found = []
    for text, size, color in blocks:
        lines = wrapped(text, size, ROOM - 0.04)
        found.append((lines, size, color, len(lines) * size * _LEAD + 0.06))
    return found


def _write(figure: Figure, lines: list[str], size: float, color: str, at: float) -> None:
    wide, high = figure.get_size_inches()
    figure.text(MARGIN / wide, at / high, "\n".join(lines), size=size, color=color, va="top", linespacing=1.5)


def bare(axes: Axes) -> None:
    """No frame, no ticks: rows carry their own labels."""
    sns.despine(ax=axes, left=True, bottom=True)
    axes.set(xticks=[], yticks=[], xlabel="", ylabel="")


def steps(low: float, high: float, most: int = 4) -> list[float]:
    """Round values, at most about `most` steps, of which the first is not above `low`."""
    found = MaxNLocator(most, steps=[1, 2, 5, 10]).tick_values(low, high)
    return [round(float(t), 9) for t in found]


def nothing(page: Page, caption: Caption) -> Chart:
    """In place of a chart that would show nothing: the sentence that says so, if one is needed."""
    said = caption.missing
    return Chart(caption.name, page, None, said, pd.DataFrame(), said)

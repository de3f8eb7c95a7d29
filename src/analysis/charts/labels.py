"""Labels beside lines: none is crossed by a line, none lies on another."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.axes import Axes

from analysis.charts import style
from analysis.charts.style import INK, LINE, PAPER, TEXT
from analysis.writing.words import Row

Box = tuple[float, float, float, float]  # left, bottom, right, top; inches
_AWAY = 0.1  # inches from a point to its label
_DOT = 0.06
_STEPS = 12  # a stretch of line is tested at so many places


@dataclass
class Labels:
    """The labels of one set of axes, placed where there is room."""

    axes: Axes
    taken: list[Box] = field(default_factory=list)
    ends: list[tuple[float, list[str], str, str]] = field(default_factory=list)

    def line(self, rows: pd.DataFrame, cut: set[int]) -> None:
        """Keep labels off a line, as `lines.runs` parts it."""
        known = rows.dropna(subset="value").to_dict("records")
        for row in rows[rows["value"].isna() & rows["low"].notna()].to_dict("records"):
            high = min(row["high"], self.axes.get_ylim()[1])
            (x, y), (_, top) = self._at(row["year"], row["low"]), self._at(row["year"], high)
            self.taken.append((x - _DOT, y, x + _DOT, top))
        for row in known:
            x, y = self._at(row["year"], row["value"])
            self.taken.append((x - _DOT, y - _DOT, x + _DOT, y + _DOT))
        for a, b in itertools.pairwise(known):
            if b["year"] - a["year"] == 1 and b["year"] not in cut:
                (x, y), (x2, y2) = (self._at(p["year"], p["value"]) for p in (a, b))
                for n in range(_STEPS + 1):
                    at = n / _STEPS
                    px, py = x + (x2 - x) * at, y + (y2 - y) * at
                    self.taken.append((px - 0.02, py - 0.02, px + 0.02, py + 0.02))

    def bar(self, first: float, last: float, value: float) -> None:
        """Keep labels off a level stroke."""
        (x, y), (x2, _) = self._at(first, value), self._at(last, value)
        self.taken.append((x, y - 0.03, x2, y + 0.03))

    def near(self, row: Row, text: str, link: str = "") -> None:
        """Write a point's amount above or below it; nowhere if neither is free."""
        value = self._value(row)
        x, y = self._at(row["year"], value)
        wide, deep = style.measured(text), TEXT / 72
        width, height = self._size()
        left = min(max(x - wide / 2, 0.02), width - wide - 0.02)
        for bottom in (y + _AWAY, y - _AWAY - deep, y + 3 * _AWAY, y - 3 * _AWAY - deep):
            box = (left, bottom, left + wide, bottom + deep)
            if bottom >= 0.02 and bottom + deep <= height + 0.17 and self._free(box):
                self._write(text, (left, bottom), INK, link)
                self.taken.append(box)
                return

    def end(self, row: Row, text: str, link: str = "", color: str = INK) -> None:
        """Write at the right end of a line; several are spread by `settle`."""
        value = self._value(row)
        _, y = self._at(row["year"], value)
        if color == INK:
            self._right(y, [text], color, link)
        else:
            self.ends.append((y, style.wrapped(text, TEXT, 1.2), color, link))

    def settle(self) -> None:
        """Write the ends that wait, the highest first, none over another."""
        waiting = sorted(self.ends, key=lambda end: -end[0])
        deep = sum(len(lines) for _, lines, _, _ in waiting) * LINE
        room = self._size()[1] + 0.1
        for y, lines, color, link in waiting:
            half = len(lines) * LINE / 2
            y = min(y, room - half)  # not into what stands above
            y = max(y, deep - half - 0.1)  # room for those below
            self._right(y, lines, color, link)
            room, deep = y - half, deep - 2 * half

    def _right(self, y: float, lines: list[str], color: str, link: str) -> None:
        label = self.axes.annotate(
            "\n".join(map(style.drawable, lines)), (1, y / self._size()[1]), xycoords="axes fraction",
            xytext=(5, 0), textcoords="offset points", va="center", color=color,
            annotation_clip=False, linespacing=1.05,
        )  # fmt: skip
        label.set_url(link or None)

    def _write(self, text: str, at: tuple[float, float], color: str, link: str) -> None:
        width, height = self._size()
        label = self.axes.annotate(
            style.drawable(text), (at[0] / width, at[1] / height), xycoords="axes fraction",
            va="baseline", color=color, zorder=3,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0},
        )  # fmt: skip
        label.set_url(link or None)

    def _value(self, row: Row) -> float:
        """Where a point's label belongs: at its value, else at the top of its interval."""
        known = pd.notna(row["value"])
        return float(row["value"] if known else min(row["high"], self.axes.get_ylim()[1]))

    def _free(self, box: Box) -> bool:
        left, bottom, right, top = box
        return all(r < left or l > right or t < bottom or b > top for l, b, r, t in self.taken)  # noqa: E741

    def _at(self, year: float, value: float) -> tuple[float, float]:
        (x0, x1), (y0, y1) = self.axes.get_xlim(), self.axes.get_ylim()
        width, height = self._size()
        return (year - x0) / (x1 - x0) * width, (value - y0) / (y1 - y0) * height

    def _size(self) -> tuple[float, float]:
        """Width and height of the axes, inches."""
        box, figure = self.axes.get_position(), self.axes.get_figure(root=True)
        wide, high = figure.get_size_inches() if figure else (0.0, 0.0)
        return box.width * wide, box.height * high

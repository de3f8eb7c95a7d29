"""Labels beside lines: none is crossed by a line, none lies on another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
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


def _overlap(one: Box, other: Box) -> bool:
    return all(one[n] <= other[n + 2] and other[n] <= one[n + 2] for n in (0, 1))


@dataclass(frozen=True)
class _End:
    """What names a line, and the line's last point; inches."""

    x: float
    y: float
    lines: list[str]
    color: str
    link: str

    @property
    def deep(self) -> float:
        return len(self.lines) * LINE

    @property
    def wide(self) -> float:
        return max(map(style.measured, self.lines))

    def box(self, left: float, middle: float) -> Box:
        return (left, middle - self.deep / 2, left + self.wide, middle + self.deep / 2)


@dataclass
class Labels:
    """The labels of one set of axes, placed where there is room."""

    axes: Axes
    taken: list[Box] = field(default_factory=list)
    faint: list[Box] = field(default_factory=list)
    ends: list[_End] = field(default_factory=list)

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

    def upright(self, year: float) -> None:
        """Keep labels off an upright stroke where they have another place, and off the number above it."""
        x, _ = self._at(year, 0)
        high = self._size()[1]
        self.faint.append((x - 0.02, 0, x + 0.02, high))
        self.taken.append((x - _DOT, high, x + _DOT, high + LINE))

    def end(self, row: Row, text: str, link: str = "", color: str = INK) -> None:
        """Name a line at its last point, once `settle` knows of all lines."""
        x, y = self._at(row["year"], self._value(row))
        self.ends.append(_End(x, y, style.wrapped(text, TEXT, 1.2), color, link))

    def settle(self) -> None:
        """Write the ends that wait: beyond the axes those of its last year, the others beside their points.

        One that has no free place at its point stands beyond the axes, too.
        """
        last = self._at(self.axes.get_xlim()[1] - 0.5, 0)[0]
        beyond = [end for end in self.ends if end.x > last]
        while lost := self._settled(beyond):
            beyond += lost

    def _settled(self, beyond: list[_End]) -> list[_End]:
        """Write the ends, those `beyond` the axes first; nothing where others find no place, which it returns."""
        before, width = list(self.taken), self._size()[0]
        places: list[tuple[_End, float, float]] = []
        lost = []

        def put(end: _End, left: float, middle: float) -> None:
            places.append((end, left, middle))
            self.taken.append(end.box(left, middle))

        for end, middle in self._spread(beyond):
            put(end, width + 0.07, middle)
        others = [end for end in self.ends if end not in beyond]
        for year in sorted({end.x for end in others}, reverse=True):
            for end, middle in self._spread([end for end in others if end.x == year]):
                left = end.x + _AWAY
                place = (left, middle) if self._free(end.box(left, middle)) else self._beside(end)
                if place:
                    put(end, *place)
                else:
                    lost.append(end)
        if lost:
            self.taken = before
        else:
            for end, left, middle in places:
                self._name(end, left, middle)
        return lost

    def _spread(self, ends: list[_End]) -> Iterator[tuple[_End, float]]:
        """The ends from the top down, none over another, each with the height of its middle."""
        deep = sum(end.deep for end in ends)
        room = self._size()[1] + 0.1
        for end in sorted(ends, key=lambda end: -end.y):
            y = min(end.y, room - end.deep / 2)  # not into what stands above
            y = max(y, deep - end.deep / 2 - 0.1)  # room for those below
            yield end, y
            room, deep = y - end.deep / 2, deep - end.deep

    def _beside(self, end: _End) -> tuple[float, float] | None:
        """Left and middle of a place at a point that nothing takes; None where none is free."""
        width, height = self._size()
        figure = self.axes.get_figure(root=True)
        wide = figure.get_size_inches()[0] if figure else width
        most = wide * (1 - self.axes.get_position().x0) - style.MARGIN
        right, over = end.x + _AWAY, end.deep / 2 + _DOT
        away = sorted((n * LINE / 4 for n in range(-12, 13)), key=abs)
        places = [(right, end.y + dy) for dy in away]
        places += [(end.x - end.wide / 2, end.y + over * sign * n) for n in (1, 2) for sign in (1, -1)]
        places += [(end.x - end.wide - _AWAY, end.y + dy) for dy in away]
        half = end.deep / 2
        free = [
            (left, middle)
            for left, middle in places
            if half <= middle <= height + 0.1 - half
            and 0 <= left <= most - end.wide
            and self._free(end.box(left, middle))
        ]
        clear = [p for p in free if not any(_overlap(end.box(*p), box) for box in self.faint)]
        return next(iter(clear or free), None)

    def _name(self, end: _End, left: float, middle: float) -> None:
        width, height = self._size()
        label = self.axes.annotate(
            "\n".join(map(style.drawable, end.lines)),
            (left / width, middle / height),
            xycoords="axes fraction",
            va="center",
            color=end.color,
            annotation_clip=False,
            linespacing=1.05,
            zorder=3,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 0.5},
        )
        label.set_url(end.link or None)

    def _write(self, text: str, at: tuple[float, float], color: str, link: str) -> None:
        width, height = self._size()
        label = self.axes.annotate(
            style.drawable(text),
            (at[0] / width, at[1] / height),
            xycoords="axes fraction",
            va="baseline",
            color=color,
            zorder=3,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1.0},
        )
        label.set_url(link or None)

    def _value(self, row: Row) -> float:
        """Where a point's label belongs: at its value, else at the top of its interval."""
        known = pd.notna(row["value"])
        return float(row["value"] if known else min(row["high"], self.axes.get_ylim()[1]))

    def _free(self, box: Box) -> bool:
        return not any(_overlap(box, other) for other in self.taken)

    def _at(self, year: float, value: float) -> tuple[float, float]:
        (x0, x1), (y0, y1) = self.axes.get_xlim(), self.axes.get_ylim()
        width, height = self._size()
        return (year - x0) / (x1 - x0) * width, (value - y0) / (y1 - y0) * height

    def _size(self) -> tuple[float, float]:
        """Width and height of the axes, inches."""
        box, figure = self.axes.get_position(), self.axes.get_figure(root=True)
        wide, high = figure.get_size_inches() if figure else (0.0, 0.0)
        return box.width * wide, box.height * high

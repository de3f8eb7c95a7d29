"""Charts in rows: label and amount above, the bar under them as its status demands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis import measures
from analysis.charts import captions, marks, style
from analysis.charts.captions import Caption, Texts
from analysis.charts.style import FEW, LINE, ROOM, TEXT, Chart
from analysis.tables.figures import check_figures
from analysis.writing import looks, references, words
from analysis.writing.notebook import Page
from analysis.writing.words import Row

_ROW = 0.5  # inches of a row with a label of one line
_CUT = 1.5  # an interval is drawn to this many times the largest settled figure


@dataclass(frozen=True)
class Line:
    """One row of a chart: a figure, its label and amount, where its bar starts, and its aim."""

    label: str
    row: Row
    text: str
    start: float = 0.0
    aim: float = float("nan")
    printed: Row | None = None
    agrees: bool = True
    band: tuple[float, float] | None = None
    color: str = style.BLUE
    drawn: bool = True

    @property
    def end(self) -> float:
        """The furthest point of its marks."""
        ends = [self.start + marks.furthest(self.row) if self.drawn else 0.0]
        ends += [self.band[1]] if self.band else []
        ends += [marks.furthest(self.printed)] if self.printed else []
        return max([*ends, *([self.aim] if pd.notna(self.aim) else [])])


@style.house()
def bars(table: pd.DataFrame, page: Page, name: str, sort: bool = True, **given: Unpack[Texts]) -> Chart:
    """Horizontal bars from zero; each unit is a group with its own scale.

    Parameters
    ----------
    table
        Figures of a panel or derived ones; one indicator over several years or regions is
        labelled by these.
    name
        Of the picture's file, and of the chart in the texts of a notebook.
    sort
        The known first, largest first; else the order of the table.
    **given
        `title`, `subtitle` and `missing`, where they are not those of a notebook's texts.
    """
    caption = captions.caption(page, name, given)
    check_figures(table, ["indicator", "value", "status"])
    table = table[table["status"].notna()]
    if measures.bounds(table)["low"].notna().sum() < FEW:
        return style.nothing(page, caption)
    if sort:
        size = table["value"].fillna(table["high"]).fillna(table["low"])
        order = table.assign(unknown=table["value"].isna(), size=-size)
        table = table.loc[order.sort_values(["unknown", "size"], kind="stable").index]
    units = list(dict.fromkeys(table["unit"]))
    table = table.sort_values("unit", key=lambda unit: unit.map(units.index), kind="stable")
    records = table.to_dict("records")
    largest = {unit: _largest([r for r in records if r["unit"] == unit]) for unit in units}
    shared = Counter(row["unit"] for row in records if marks.furthest(row))
    places = words.precision(records)
    lines, several = [], table["year"].nunique() > 1 and table["indicator"].nunique() == 1
    for row in records:
        drawn = len(units) == 1 or shared[row["unit"]] > 1
        text = words.brief(row, page.language, places)
        scaled = _scaled(row, largest[row["unit"]])
        lines.append(Line(label_of(row, page, several), scaled, text, drawn=drawn))
    return chart_rows(page, caption, lines, table)[0]


@style.house()
def bullet(table: pd.DataFrame, page: Page, name: str, first: str = "", **given: Unpack[Texts]) -> Chart:
    """Results against targets: bars on a scale where the target is 100.

    `table`: as `measures.completion` or `measures.against` returns it. A diamond marks the
    rate printed in the report; it is filled orange where the two cannot both be true.
    `first`: the indicator that the title speaks of, above the others. `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    check_figures(table, ["computed", "computed_status", "completion_status"])
    table = table[table["computed_status"].notna() | table["completion_status"].notna()]
    if len(table) < FEW:
        return style.nothing(page, caption)
    order = table.assign(rate=table["computed"].fillna(table["completion"]), first=table["indicator"].eq(first))
    lines, shown = [], []
    records = order.sort_values(["first", "rate"], ascending=False, kind="stable").to_dict("records")
    places = words.precision(measures.part(row, "computed") for row in records)
    for row in records:
        parts = [measures.part(row, m) for m in ("outturn", "target", "completion", "computed")]
        printed, computed = parts[2:]
        known = computed["status"] is not None
        lines.append(
            Line(
                label_of(row, page),
                computed if known else printed,
                _achieved(row, page, places),
                aim=100.0,
                printed=printed if printed["status"] else None,
                agrees=row["agrees"] is not False,
                drawn=known,
            )
        )
        shown += [part for part in parts if part["status"]]
    return chart_rows(page, caption, lines, pd.DataFrame(shown))[0]


def chart_rows(
    page: Page, caption: Caption, lines: list[Line], table: pd.DataFrame, foot: Iterable[str] = ()
) -> tuple[Chart, Axes]:
    """Draw the lines under each other; `foot`: a line to keep free below.

    Returns the chart and its axes, whose height is in inches from the top.
    """
    labels, heights, at = [], [], 0.06
    drawn = [replace(line, row={**line.row, "status": looks.drawn(line.row, page)}) for line in lines]
    for line in drawn:
        text = marks.signed(line.row, line.text)[0]
        left = ROOM - style.measured(text) - 0.15
        # beside a long amount there is no room: it goes on a line of its own
        label = style.wrapped(line.label, TEXT, left if left > 1.0 else ROOM)
        labels.append([*label, ""] if left <= 1.0 else label)
        at += _ROW + LINE * (len(labels[-1]) - 1)
        heights.append(at - marks.HEIGHT)
    body = at + 0.08 + (LINE if foot else 0)
    canvas = style.canvas(page, caption, body, documents_behind(table, page), (), list(table["region"].unique()))
    axes = canvas.axes(0.04, 0, ROOM - 0.12, body)
    style.bare(axes)
    axes.set(xlim=(0, max(line.end for line in lines) or 1), ylim=(body, 0))
    for line, label, y in zip(drawn, labels, heights, strict=True):
        _row(axes, line, "\n".join(label), y, references.href(line.row, page))
    items = [words.item(line.label, line.row, page.language, line.text) for line in lines]
    alt = words.told(caption.title, items, page.language)
    return Chart(caption.name, page, canvas.figure, alt, exported(table, page)), axes


def _row(axes: Axes, line: Line, label: str, y: float, link: str) -> None:
    marks.annotation(axes, label, 0, y - marks.LABEL)
    text, color = marks.signed(line.row, line.text)
    marks.annotation(axes, text, 1, y - marks.LABEL, color=color, right=True, link=link)
    if line.band:
        marks.band(axes, *line.band, y)
        marks.dot(axes, line.row, y)
    elif line.drawn:
        marks.bar(axes, line.row, y, line.color, line.start)
    if pd.notna(line.aim):
        marks.aim(axes, line.aim, y)
    if line.printed:
        marks.printed(axes, line.printed, y, line.agrees)


def _achieved(row: Row, page: Page, places: int | None) -> str:
    """The amount of a bullet: "121% · 34,000 of 28,000"."""
    language = page.language
    if not isinstance(row["computed_status"], str):
        rate = words.amount(measures.part(row, "completion"), language)
        return words.word("phrases/printed_rate", language, rate=rate)
    share = words.amount(measures.part(row, "computed"), language, places)
    result, target = (words.brief(measures.part(row, m), language) for m in ("outturn", "target"))
    scale = target.removeprefix(target.split(" ")[0])
    part = result.removesuffix(scale) if scale else result
    return f"{share} · {words.word('phrases/of', language, part=part, whole=target)}"


def label_of(row: Row, page: Page, years: bool = False) -> str:
    """What a row is labelled by: its indicator, or region and year where there is but one."""
    if page.indicator:
        return f"{words.region_name(row['region'], page.language, page.root)}, {row['year']}"
    return str(row["year"]) if years else words.label(row["indicator"], page.language)


def _largest(rows: list[Row]) -> float:
    """What the value axis must reach; an interval may end beyond it, at an arrow."""
    settled = max((marks.furthest(row) for row in rows if pd.notna(row["value"])), default=0.0)
    loose = max((marks.furthest(row) for row in rows), default=0.0)
    return (min(loose, _CUT * settled) if settled else loose) or 1.0


def _scaled(row: Row, largest: float) -> dict[str, Any]:
    ends = {c: row[c] / largest for c in ("value", "low", "high")}
    cut = ends["high"] > 1
    either = " ".join(str(c / largest) for c in words.possible_values(row) if c <= largest)
    return {**row, **ends, "high": min(ends["high"], 1.0), "cut": cut, "candidates": either}


def documents_behind(table: pd.DataFrame, page: Page) -> list[str]:
    """The documents behind a table's figures, also those that the page has no evidence of."""
    return [document for row in table.to_dict("records") for document in _behind(row, page)]


def _behind(row: Row, page: Page) -> list[str]:
    cited = [r.partition("#")[0].rpartition("/")[2] for r in references.references(row, page)]
    return list(dict.fromkeys(cited)) or str(row.get("documents") or "").split()


def exported(table: pd.DataFrame, page: Page) -> pd.DataFrame:
    """The table behind a chart; of what is computed `documents` are those of its parts."""
    columns = ["region", "year", "indicator", "measure", "value", "low", "high", "bound", "unit"]
    kept = table[[c for c in [*columns, "candidates", "status", "sources", "documents"] if c in table]]
    documents = [
        row["documents"] if isinstance(row.get("documents"), str) else " ".join(_behind(row, page))
        for row in table.to_dict("records")
    ]
    return kept.assign(documents=documents)

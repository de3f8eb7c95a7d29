"""Charts in rows: the label above, the bar as its status demands, the amount beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis import evidence, measures, words
from analysis.charts import marks, style
from analysis.charts.style import GRID, INK, MUTED, ORANGE, Chart
from analysis.notebook import Page
from analysis.words import Row

_ROW = 0.42  # inches a row takes
_CUT = 1.5  # an interval is drawn to this many times the largest settled figure
_FOOT = 0.2  # inches for the line under a total
_GAP = 0.2  # inches between a mark and its amount, and to the edge


@dataclass(frozen=True)
class Line:
    """One row of a chart: a figure, its label and text, where its bar starts, and its aim."""

    label: str
    row: Row
    text: str
    start: float = 0.0
    aim: float = float("nan")
    printed: Row | None = None
    agrees: bool = True
    color: str = style.BLUE
    drawn: bool = True

    @property
    def end(self) -> float:
        """The furthest point of its marks."""
        ends = [self.start + marks.reach(self.row) if self.drawn else 0.0]
        ends += [marks.reach(self.printed)] if self.printed else []
        return max(ends)


@style.house()
def bars(
    table: pd.DataFrame,
    page: Page,
    name: str,
    sort: bool = True,
    limits: pd.DataFrame | None = None,
) -> Chart:
    """Horizontal bars from zero; each unit is a group with its own scale.

    Parameters
    ----------
    table
        Columns `indicator`, `measure`, `value`, `low`, `high`, `unit`, `status`; on a page
        of several regions also `region`, which is then what the rows are labelled with.
    name
        Entry of `charts` in `words.yaml` (title, subtitle, what to say without figures)
        and name of the picture's file.
    sort
        Largest first; else the order of the table.
    limits
        Rows with the targets or ceilings to mark, by indicator.
    """
    table = table[table["status"].notna()]
    if table.empty:
        return style.nothing(page, name)
    if sort:
        size = table["value"].fillna(table["high"]).fillna(table["low"])
        table = table.loc[size.sort_values(ascending=False, kind="stable").index]
    units = list(dict.fromkeys(table["unit"]))
    table = table.sort_values("unit", key=lambda unit: unit.map(units.index), kind="stable")
    aims = {} if limits is None else dict(zip(limits["indicator"], limits["value"], strict=True))
    records = table.to_dict("records")
    largest = {unit: _largest([r for r in records if r["unit"] == unit]) for unit in units}
    shared = Counter(row["unit"] for row in records if marks.reach(row))
    lines = [
        Line(
            _label(row, page), _scaled(row, largest[row["unit"]]),
            words.amount(row, page.language),
            aim=aims.get(row["indicator"], float("nan")) / largest[row["unit"]],
            drawn=len(units) == 1 or shared[row["unit"]] > 1,
        )
        for row in records
    ]  # fmt: skip
    shown = table if limits is None else pd.concat([table, limits])
    chart, axes = _rows(page, name, lines, shown, head=0.25 if aims else 0.0)
    for y, (row, line) in enumerate(zip(records, lines, strict=True)):
        if pd.notna(line.aim):
            aim = {**row, "value": aims[row["indicator"]], "low": None, "high": None, "bound": ""}
            text = words.amount(aim, page.language)
            text = words.word("phrases/ceiling", page.language, amount=text)
            marks.note(axes, text, line.aim, y - 0.5)
    return chart


@style.house()
def bullet(table: pd.DataFrame, page: Page, name: str) -> Chart:
    """Results against targets: bars on a scale where the target is 100.

    `table`: as `measures.completion` or `measures.against` returns it. A diamond marks the
    rate printed in the report; it is filled orange where the two cannot both be true.
    """
    table = table[table["computed_status"].notna() | table["completion_status"].notna()]
    if table.empty:
        return style.nothing(page, name)
    order = table["computed"].fillna(table["completion"]).sort_values(ascending=False)
    records = table.loc[order.index].to_dict("records")
    lines = []
    for row in records:
        computed, printed = (measures.part(row, m) for m in ("computed", "completion"))
        known = computed["status"] is not None
        lines.append(
            Line(
                _label(row, page), computed if known else printed, _achieved(row, page), aim=100.0,
                printed=printed if printed["status"] else None,
                agrees=row["agrees"] is not False, drawn=known,
            )
        )  # fmt: skip
    parts = [
        measures.part(row, m)
        for row in records
        for m in ("outturn", "target", "completion", "computed")
    ]
    shown = pd.DataFrame([part for part in parts if part["status"]])
    chart, axes = _rows(page, name, lines, shown, head=0.25)
    marks.note(axes, words.word("phrases/target_100", page.language), 100, -0.78)
    return chart


@style.house()
def waterfall(page: Page, name: str, total: str) -> Chart:
    """Parts, each from where the one above ends, and the printed total under them.

    The parts are those of the edit rule for `total`. Where parts and total contradict each
    other, the difference is said with its sign.
    """
    rules = measures.sums(page.edits, page.year).to_dict("records")
    none: dict[Hashable, Any] = {"parts": (), "holds": None}
    rule = next((rule for rule in rules if rule["total"] == total), none)
    rows = page.rows[(page.rows["measure"] == "outturn") & page.rows["status"].notna()]
    found = {row["indicator"]: row for row in rows.to_dict("records")}
    shown = sorted((found[p] for p in rule["parts"] if p in found), key=marks.size, reverse=True)
    if total not in found or len(shown) < 2:
        return style.nothing(page, name)
    lines, at = [], 0.0
    for row in shown:
        lines.append(Line(_label(row, page), row, words.amount(row, page.language), start=at))
        at += marks.size(row)
    whole = found[total]
    label = words.word("phrases/total", page.language, label=_label(whole, page))
    lines.append(Line(label, whole, words.amount(whole, page.language), color=MUTED))
    table = pd.DataFrame([*shown, whole])
    chart, axes = _rows(page, name, lines, table, foot=_FOOT)
    for y, line in enumerate(lines[:-1]):
        axes.plot(
            [line.start + marks.size(line.row)] * 2, [y, y + 1], color=GRID, linewidth=1.0, zorder=1
        )
    _difference(axes, page, measures.total(page.rows, rule["parts"]), whole, rule["holds"])
    return chart


def _rows(
    page: Page, name: str, lines: list[Line], table: pd.DataFrame, head: float = 0, foot: float = 0
) -> tuple[Chart, Axes]:
    """Draw the lines under each other; `head`, `foot`: inches kept free above and below."""
    body = _ROW * len(lines) + 0.1 + head + foot
    figure, axes, title = style.canvas(page, name, body, documents(table, page))
    style.bare(axes)
    room = style.WIDTH - 2 * style.MARGIN
    most = max(
        max(line.end, 0 if pd.isna(line.aim) else line.aim)
        / (1 - (style.measured("≠ " + line.text, 8.5) + _GAP) / room)
        for line in lines
    )
    axes.set(xlim=(0, most or 1), ylim=(len(lines) - 0.42 + foot / _ROW, -0.65 - head / _ROW))
    for y, line in enumerate(lines):
        marks.name(axes, line.label, y - marks.HEIGHT / 2)
        if line.drawn:
            marks.bar(axes, line.row, y, line.color, line.start)
        if pd.notna(line.aim):
            marks.aim(axes, line.aim, y)
        if line.printed:
            marks.printed(axes, line.printed, y, line.agrees)
        near = (
            line.end <= line.aim < line.end + most * (style.measured(line.text, 8.5) + 0.1) / room
        )
        marks.amount(axes, line.row, line.aim if near else line.end, y, page, line.text)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=6)
    items = [words.item(line.label, line.row, page.language, line.text) for line in lines]
    alt = words.told(title, items, page.language)
    return Chart(name, page, figure, alt, exported(table, page)), axes


def _difference(axes: Axes, page: Page, parts: Row | None, whole: Row, holds: bool | None) -> None:
    """Whether the parts add up, said under the total; nothing where one is not known."""
    if parts is None or pd.isna(parts["value"]) or pd.isna(whole["value"]):
        return
    gap = abs(parts["value"] - whole["value"])
    equal = gap <= 1e-9 * abs(parts["value"])
    key, sign = ("adds_up", "=") if equal else ("apart", "≠") if not holds else ("near", "≈")
    sums = [
        words.amount({"value": x, "low": x, "high": x, "unit": whole["unit"]}, page.language)
        for x in (parts["value"], gap)
    ]
    text = words.word(f"phrases/{key}", page.language, sum=sums[0], gap=sums[1])
    color = ORANGE if key == "apart" else MUTED
    y = axes.get_ylim()[0] - _FOOT / _ROW + 0.42 - 1 + 0.32
    marks.note(axes, f"{sign} {text}", 0, y, color, "left", "top")


def _achieved(row: Row, page: Page) -> str:
    """The text beside a bullet: "121% · 34,000 of 28,000"."""
    language = page.language
    if not isinstance(row["computed_status"], str):
        rate = words.amount(measures.part(row, "completion"), language)
        return words.word("phrases/printed_rate", language, rate=rate)
    share, result, target = (
        words.amount(measures.part(row, m), language) for m in ("computed", "outturn", "target")
    )
    scale = target.removeprefix(target.split(" ")[0])
    part = result.removesuffix(scale) if scale else result
    return f"{share} · {words.word('phrases/of', language, part=part, whole=target)}"


def _label(row: Row, page: Page) -> str:
    if page.indicator:
        return f"{words.region_name(row['region'], page.language)}, {row['year']}"
    return words.label(row["indicator"], page.language)


def _largest(rows: list[Row]) -> float:
    """What the value axis must reach; an interval may end beyond it, at an arrow."""
    settled = max((marks.reach(row) for row in rows if pd.notna(row["value"])), default=0.0)
    loose = max((marks.reach(row) for row in rows), default=0.0)
    return (min(loose, _CUT * settled) if settled else loose) or 1.0


def _scaled(row: Row, largest: float) -> dict[str, Any]:
    ends = {c: row[c] / largest for c in ("value", "low", "high")}
    cut = ends["high"] > 1
    return {**row, **ends, "high": min(ends["high"], 1.0), "cut": cut}


def documents(table: pd.DataFrame, page: Page) -> list[str]:
    """The documents behind a table's figures."""
    rows: Iterable[Row] = table.to_dict("records")
    cited = [r.partition("#")[0] for row in rows for r in evidence.references(row, page)]
    return [document.rpartition("/")[2] for document in cited]


def exported(table: pd.DataFrame, page: Page) -> pd.DataFrame:
    """The table behind a chart, with labels, as it is offered for download."""
    columns = ["region", "year", "indicator", "measure", "value", "low", "high", "bound", "unit"]
    kept = [c for c in [*columns, "status", "sources", "documents"] if c in table]
    return table[kept].assign(label=[words.label(i, page.language) for i in table["indicator"]])

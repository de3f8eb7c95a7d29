"""Series over years: gaps stay gaps, ranges are bars, conflicts carry their sign."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

import pandas as pd
import seaborn as sns
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from analysis import measures
from analysis.charts import captions, style
from analysis.charts.bars import documents, exported
from analysis.charts.captions import Caption, Texts
from analysis.charts.style import BLUE, GRID, INK, MUTED, ORANGE, SMALL, TEXT, Chart, drawable
from analysis.tables.loading import spans
from analysis.writing import evidence, words
from analysis.writing.notebook import Page
from analysis.writing.words import Row

_BODY, _BELOW = 2.3, 0.24  # inches: the chart with, and without its years
_SHORT = 6  # points of a series that are all labelled


@style.house()
def trend(page: Page, name: str, indicator: str, **given: Unpack[Texts]) -> Chart:
    """One indicator of a region over the years, with its targets or ceilings as ticks.

    `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    rows = page.rows[page.rows["indicator"] == indicator].sort_values("year")
    rows = rows[rows["measure"].isin(["outturn", "target", "ceiling"])]
    results = measures.bounds(rows[rows["measure"] == "outturn"])
    aims = rows[rows["measure"].ne("outturn") & rows["value"].notna()]
    if len(results) + len(aims) < style.FEW:
        return style.nothing(page, caption)
    last = [words.amount(row, page.language) for row in results.tail(1).to_dict("records")]
    figure, axes = _years(page, caption, rows, last)
    for year, value in zip(aims["year"], aims["value"], strict=True):
        axes.plot([year - 0.36, year + 0.36], [value] * 2, color=INK, linewidth=1.6, zorder=3)
    _line(axes, page, results, BLUE, "-")
    levels = dict(zip(aims["year"], aims["value"], strict=True))
    known = dict(zip(results["year"], results["value"], strict=True))
    for row, text, shift in _labelled(axes, page, results):
        if row["year"] == results["year"].iloc[-1]:
            _write(axes, page, text, row, (8, 0, "left", "center"))
        else:
            aim = levels.get(row["year"], row["value"])
            if _in_a_dip(row, known):
                at, place = min(row["value"], aim), (shift, -8, "center", "top")
            else:
                at, place = max(row["value"], aim), (shift, 8, "center", "bottom")
            _write(axes, page, text, {**row, "value": at}, place)
    items = [_told(results, page)] if results["value"].notna().any() else [
        words.item(f"{words.label(row['indicator'], page.language)}, {row['year']}", row, page.language)
        for row in rows.to_dict("records")
    ]  # fmt: skip
    alt = words.told(caption.title, items, page.language)
    return Chart(name, page, figure, alt, exported(rows, page))


@style.house()
def compare(page: Page, name: str, **given: Unpack[Texts]) -> Chart:
    """One indicator over the years, a line for each region.

    The regions with the highest latest figures have a colour and a label, the others are grey.
    `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    rows = page.rows[page.rows["measure"] == "outturn"].sort_values(["region", "year"])
    if rows["region"].nunique() < 2:
        return style.nothing(page, caption)
    first = latest(page)["region"].head(len(style.SERIES))
    names = {region: words.region_name(region, page.language) for region in first}
    figure, axes = _years(page, caption, rows, list(names.values()))
    series = []
    for region, group in rows.groupby("region", sort=False):
        at = list(names).index(str(region)) if region in names else None
        color, dash = (MUTED, "-") if at is None else (style.SERIES[at], style.DASHES[at])
        _line(axes, page, measures.bounds(group), color, dash)
        if at is not None:
            series.append(_told(group, page))
    ends = rows[rows["region"].isin(names) & rows["value"].notna()].groupby("region").tail(1)
    points = (_BODY - _BELOW) * 72 / axes.get_ylim()[1]
    taken = float("inf")
    for row in ends.sort_values("value", ascending=False).to_dict("records"):
        height = row["value"] * points
        taken = min(height, taken - 11)
        color = style.SERIES[list(names).index(row["region"])]
        place = (8, taken - height, "left", "center")
        _write(axes, page, names[row["region"]], row, place, color)
    return Chart(
        name, page, figure, words.told(caption.title, series, page.language), exported(rows, page)
    )


def latest(page: Page) -> pd.DataFrame:
    """The latest result of each region for the page's indicator, largest first."""
    rows = page.rows[page.rows["measure"] == "outturn"].sort_values("year")
    rows = rows.drop_duplicates("region", keep="last")
    return rows.sort_values("value", ascending=False).reset_index(drop=True)


def _years(
    page: Page, caption: Caption, rows: pd.DataFrame, ends: list[str]
) -> tuple[Figure, Axes]:
    """A canvas over the years asked for; rates do not start at zero, amounts do."""
    ranged = measures.bounds(rows)[["value", "low", "high"]]
    ranged = ranged.replace(float("inf"), float("nan"))
    top, bottom = ranged.max().max(), ranged.min().min()
    percent = rows["unit"].iloc[0] == "percent"
    pad = max((top - bottom) * 0.2, 0.2)
    limits = (max(bottom - pad, 0), top + pad) if percent else (0, top * 1.15)
    ticks = [t for t in MaxNLocator(4).tick_values(*limits) if limits[0] <= t <= limits[1]]
    labels = [words.number(round(t, 6), page.language) + "%" * percent for t in ticks]
    left = max(style.measured(label, SMALL) for label in labels) + 0.08
    right = max([style.measured(drawable(text), TEXT) for text in ends], default=0) + 0.12
    inset = (left, _BELOW, right)
    figure, axes = style.canvas(page, caption, _BODY, documents(rows, page), inset)
    axes.set(xlim=(page.years[0] - 0.6, page.years[1] + 0.6), ylim=limits)
    axes.set_yticks(ticks, labels)
    years = range(page.years[0], page.years[1] + 1)
    most = (style.ROOM - left - right) / 0.4
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100) if len(years) / step <= most)
    axes.xaxis.set_major_locator(FixedLocator([y for y in years if y % every == 0]))
    axes.tick_params(length=0)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    sns.despine(ax=axes, left=True)
    return figure, axes


def _in_a_dip(row: Row, known: dict[int, float]) -> bool:
    """Whether the line leaves a point upwards only, so that a label above would stand in its way."""
    year = row["year"]
    beside = [known[y] for y in (year - 1, year + 1) if pd.notna(known.get(y))]
    return bool(beside) and min(beside) > row["value"] and known[year] == row["value"]


def _labelled(axes: Axes, page: Page, results: pd.DataFrame) -> Iterator[tuple[Row, str, float]]:
    """The points to label, the text, and by how many points it moves to stay on the chart.

    Last, first, highest and what has no value, as far as there is room; of a short series all.
    """
    legible = results[results["low"].notna()].reset_index(drop=True)
    top = axes.get_ylim()[1]
    legible = legible.assign(
        loose=legible["value"].isna(),
        value=legible["value"].fillna(legible["high"].clip(upper=top)),
    )
    order = [*legible.index[-1:], *legible.index[:1], *legible.index[legible["loose"]]]
    order += [legible["value"].idxmax()] if len(legible) else []
    order += list(legible.index) if len(legible) <= _SHORT else []
    years = axes.get_xlim()
    width = axes.get_position().width * style.WIDTH
    taken: list[tuple[float, float]] = []
    for at in dict.fromkeys(order):
        row = {**results.loc[results["year"] == legible["year"][at]].iloc[0].to_dict()}
        text = words.amount(row, page.language)
        x = (row["year"] - years[0]) / (years[1] - years[0]) * width
        half = style.measured(drawable(text), TEXT) / 2
        middle = min(max(x, half), width - half)
        ends = (middle - half, middle + half)
        last = row["year"] == results["year"].iloc[-1]
        if last:
            ends = (x, x)
        if all(ends[1] + 0.08 < start or ends[0] - 0.08 > end for start, end in taken):
            taken.append(ends)
            yield {**row, "value": legible["value"][at]}, text, (middle - x) * 72


def _line(axes: Axes, page: Page, rows: pd.DataFrame, color: str, dash: object) -> None:
    """Points by status, joined only from year to year."""
    known = rows.dropna(subset="value")
    if not known.empty:
        sns.lineplot(
            data=known.assign(run=known["year"].diff().ne(1).cumsum()), x="year", y="value",
            units="run", estimator=None, errorbar=None, color=color, linestyle=dash, ax=axes,
            legend=False, zorder=4,
        )  # fmt: skip
    axes.set(xlabel="", ylabel="")
    bottom, top = axes.get_ylim()
    for row in rows.to_dict("records"):
        x, value = row["year"], row["value"]
        if pd.isna(value) and pd.isna(row["low"]):
            place = (0, 4, "center", "bottom")
            _write(axes, page, "?", {**row, "value": bottom}, place, MUTED)
        elif pd.isna(value):
            ends = [row["low"], min(row["high"], top)]
            axes.plot([x, x], ends, color=color, linewidth=5, alpha=0.4, zorder=3)
            axes.plot([x, x], ends, "_", color=INK, markersize=8, zorder=4)
        else:
            edge = ORANGE if row["status"] == "conflict" else color
            fill = "white" if row["status"] in ("conflict", "plausible") else color
            axes.plot(
                [x], [value], "o", color=fill, markeredgecolor=edge, markersize=5.5,
                markeredgewidth=1.5, zorder=5,
            )  # fmt: skip
            if row["status"] == "conflict":
                _write(axes, page, "≠", row, (0, -5, "center", "top"), ORANGE)


def _write(
    axes: Axes, page: Page, text: str, row: Row, place: tuple[float, float, str, str],
    color: str = INK,
) -> None:  # fmt: skip
    x, y, ha, va = place
    label = axes.annotate(
        drawable(text), (row["year"], row["value"]), xytext=(x, y), textcoords="offset points",
        ha=ha, va=va, color=color, zorder=6, annotation_clip=False,
    )  # fmt: skip
    label.set_path_effects([patheffects.withStroke(linewidth=2.2, foreground=style.PAPER)])
    label.set_url(evidence.href(row, page) or None)


def _told(rows: pd.DataFrame, page: Page) -> str:
    """A series in words, for alt texts: ends, extremes, gaps."""
    known = rows.dropna(subset="value").sort_values("year", kind="stable").to_dict("records")
    if not known:
        return words.word("phrases/missing", page.language)
    points = {
        "first": known[0],
        "last": known[-1],
        "lowest": min(known, key=lambda row: row["value"]),
        "highest": max(known, key=lambda row: row["value"]),
    }
    years = {row["year"] for row in known}
    gaps = spans(sorted(set(range(min(years), max(years))) - years))
    label = words.label(known[0]["indicator"], page.language)
    if page.indicator:
        label = words.region_name(known[0]["region"], page.language)
    if gaps:
        gaps = words.word("phrases/alt_gaps", page.language, years=gaps)
    return words.word(
        "phrases/alt_series" if len(known) > 1 else "phrases/alt_point", page.language,
        label=label, gaps=gaps,
        **{key: words.amount(row, page.language) for key, row in points.items()},
        **{f"{key}_year": row["year"] for key, row in points.items()},
    )  # fmt: skip

"""Series over years: gaps stay gaps, ranges are bars, conflicts carry their sign."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator

from analysis import evidence, measures, words
from analysis.charts import style
from analysis.charts.bars import documents, exported
from analysis.charts.style import BLUE, DASHES, GRID, INK, MUTED, ORANGE, SERIES, Chart, drawable
from analysis.notebook import Page
from analysis.tables import spans
from analysis.words import Row

_BODY, _BELOW = 2.5, 0.24  # inches: the chart with, and without its years
_LABELLED = 6  # points of a short series


@style.house()
def trend(page: Page, name: str, indicator: str) -> Chart:
    """One indicator of a region over the years, with its targets or ceilings as ticks."""
    rows = page.rows[page.rows["indicator"] == indicator].sort_values("year")
    rows = rows[rows["measure"].isin(["outturn", "target", "ceiling"])]
    results = measures.bounds(rows[rows["measure"] == "outturn"])
    aims = rows[rows["measure"].ne("outturn") & rows["value"].notna()]
    if results.empty and aims.empty:
        return style.nothing(page, name)
    last = [words.amount(row, page.language) for row in results.tail(1).to_dict("records")]
    figure, axes, title = _years(page, name, rows, last)
    for year, value in zip(aims["year"], aims["value"], strict=True):
        axes.plot([year - 0.36, year + 0.36], [value] * 2, color=INK, linewidth=1.6, zorder=3)
    _line(axes, results, BLUE, "-")
    levels = dict(zip(aims["year"], aims["value"], strict=True))
    known = results.dropna(subset="value")
    for row in _labelled(known).to_dict("records"):
        level = max(row["value"], levels.get(row["year"], row["value"]))
        place = (0, 8, "center", "bottom")
        if row["year"] == known["year"].iloc[-1]:
            level, place = row["value"], (8, 0, "left", "center")
        elif row["year"] == known["year"].iloc[0] >= page.years[0] + 2:
            level, place = row["value"], (-8, 0, "right", "center")
        text = words.amount(row, page.language)
        _write(axes, text, {**row, "value": level}, place, evidence.href(row, page))
    alt = words.told(title, [_told(results, page)], page.language)
    return Chart(name, page, figure, alt, exported(rows, page))


@style.house()
def compare(page: Page, name: str) -> Chart:
    """One indicator over the years, a line for each region.

    The regions with the highest latest figures have a colour and a label, the others are grey.
    """
    rows = page.rows[page.rows["measure"] == "outturn"].sort_values(["region", "year"])
    if rows.empty:
        return style.nothing(page, name)
    first = latest(page)["region"].head(len(SERIES))
    names = {region: words.region_name(region, page.language) for region in first}
    figure, axes, title = _years(page, name, rows, list(names.values()))
    series = []
    for region, group in rows.groupby("region", sort=False):
        at = list(names).index(str(region)) if region in names else None
        color, dash = (MUTED, "-") if at is None else (SERIES[at], DASHES[at])
        _line(axes, measures.bounds(group), color, dash)
        if at is not None:
            series.append(_told(group, page))
    ends = rows[rows["region"].isin(names) & rows["value"].notna()].groupby("region").tail(1)
    points = (_BODY - _BELOW) * 72 / axes.get_ylim()[1]
    taken = float("inf")
    for row in ends.sort_values("value", ascending=False).to_dict("records"):
        height = row["value"] * points
        taken = min(height, taken - 11)
        color = SERIES[list(names).index(row["region"])]
        place = (8, taken - height, "left", "center")
        _write(axes, names[row["region"]], row, place, evidence.href(row, page), color)
    return Chart(name, page, figure, words.told(title, series, page.language), exported(rows, page))


def latest(page: Page) -> pd.DataFrame:
    """The latest result of each region for the page's indicator, largest first."""
    rows = page.rows[page.rows["measure"] == "outturn"].sort_values("year")
    rows = rows.drop_duplicates("region", keep="last")
    return rows.sort_values("value", ascending=False).reset_index(drop=True)


def _years(page: Page, name: str, rows: pd.DataFrame, ends: list[str]) -> tuple[Figure, Axes, str]:
    """A canvas over the years asked for; rates do not start at zero, amounts do."""
    ranged = measures.bounds(rows)[["value", "low", "high"]]
    ranged = ranged.replace(float("inf"), float("nan"))
    top, bottom = ranged.max().max(), ranged.min().min()
    percent = rows["unit"].iloc[0] == "percent"
    pad = max((top - bottom) * 0.2, 0.2)
    limits = (max(bottom - pad, 0), top + pad) if percent else (0, top * 1.15)
    ticks = [t for t in MaxNLocator(4).tick_values(*limits) if limits[0] <= t <= limits[1]]
    labels = [words.number(round(t, 6), page.language) + "%" * percent for t in ticks]
    left = max(style.measured(label, 7.5) for label in labels) + 0.08
    right = max([style.measured(drawable(text), 8.5) for text in ends], default=0) + 0.16
    figure, axes, title = style.canvas(
        page, name, _BODY, documents(rows, page), (left, _BELOW, right)
    )
    axes.set(xlim=(page.years[0] - 0.6, page.years[1] + 0.6), ylim=limits)
    axes.set_yticks(ticks, labels)
    every = next(
        step for step in (1, 2, 5, 10, 20, 50) if (page.years[1] - page.years[0]) / step <= 8
    )
    axes.xaxis.set_major_locator(
        FixedLocator([y for y in range(page.years[0], page.years[1] + 1) if y % every == 0])
    )
    axes.tick_params(length=0)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    sns.despine(ax=axes, left=True)
    return figure, axes, title


def _labelled(known: pd.DataFrame) -> pd.DataFrame:
    """The points to label: last, first and highest; of a short series all with room."""
    if known.empty:
        return known
    order = [*known.index[-1:], *known.index[:1], *known.index[known["value"].argmax() :][:1]]
    if len(known) <= _LABELLED:
        order += list(known.index)
    chosen: list[int] = []
    for at in order:
        if all(abs(known["year"][at] - known["year"][other]) > 1 for other in chosen):
            chosen.append(at)
    return known.loc[chosen]


def _line(axes: Axes, rows: pd.DataFrame, color: str, dash: object) -> None:
    """Points by status, joined only from year to year."""
    known = rows.dropna(subset="value")
    if not known.empty:
        sns.lineplot(
            data=known.assign(run=known["year"].diff().ne(1).cumsum()), x="year", y="value",
            units="run", estimator=None, errorbar=None, color=color, linestyle=dash, ax=axes,
            legend=False, zorder=4,
        )  # fmt: skip
    axes.set(xlabel="", ylabel="")
    for row in rows.to_dict("records"):
        x, value, floor = row["year"], row["value"], axes.get_ylim()[0]
        fill, edge = color, color
        if pd.isna(value) and pd.isna(row["low"]):
            _write(axes, "?", {**row, "value": floor}, (0, 4, "center", "bottom"), color=MUTED)
            continue
        if pd.isna(value):
            ends = [row["low"], min(row["high"], axes.get_ylim()[1])]
            axes.plot([x, x], ends, color=color, linewidth=5, alpha=0.4, zorder=3)
            axes.plot([x, x], ends, "_", color=INK, markersize=8, zorder=4)
            continue
        if row["status"] == "conflict":
            fill, edge = "white", ORANGE
            _write(axes, "≠", row, (0, -5, "center", "top"), color=ORANGE)
        elif row["status"] == "plausible":
            fill = "white"
        axes.plot(
            [x], [value], "o", color=fill, markeredgecolor=edge, markersize=5.5,
            markeredgewidth=1.5, zorder=5,
        )  # fmt: skip


def _write(
    axes: Axes, text: str, row: Row, place: tuple[float, float, str, str], link: str = "",
    color: str = INK,
) -> None:  # fmt: skip
    x, y, ha, va = place
    label = axes.annotate(
        drawable(text), (row["year"], row["value"]), xytext=(x, y), textcoords="offset points",
        ha=ha, va=va, color=color, zorder=6, annotation_clip=False,
    )  # fmt: skip
    label.set_url(link or None)


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
    return words.word(
        "phrases/alt_series", page.language, label=label,
        gaps=gaps or words.word("phrases/no_gaps", page.language),
        **{key: words.amount(row, page.language) for key, row in points.items()},
        **{f"{key}_year": row["year"] for key, row in points.items()},
    )  # fmt: skip

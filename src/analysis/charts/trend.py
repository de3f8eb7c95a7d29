"""Series over years: gaps stay gaps, ranges are bars, conflicts carry their sign."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis import evidence, measures, words
from analysis.charts.bars import ROW, axis_end, documents_of, exported
from analysis.charts.marks import HEIGHT, amount, bar, name, reach
from analysis.charts.style import (
    BLUE,
    DASHES,
    GRID,
    INK,
    MUTED,
    ORANGE,
    SERIES,
    Chart,
    bare,
    canvas,
    drawable,
    house,
    measured,
    nothing,
)  # fmt: skip
from analysis.notebook import Page

_HEIGHT = 2.6


@house()
def trend(page: Page, name: str, indicator: str) -> Chart:
    """One indicator of a region over the years, with its targets or ceilings as ticks."""
    rows = page.rows[page.rows["indicator"] == indicator]
    rows = rows[rows["measure"].isin(["outturn", "target", "ceiling"])].sort_values("year")
    results = measures.bounds(rows[rows["measure"] == "outturn"])
    aims = rows[rows["measure"] != "outturn"]
    if results.empty and aims.empty:
        return nothing(page, name)
    unit = rows["unit"].iloc[0]
    figure, axes, title = canvas(page, name, _HEIGHT, documents_of(rows, page), left=0.55)
    _frame(axes, page, rows, unit)
    for row in aims.dropna(subset="value").to_dict("records"):
        x = row["year"]
        axes.plot([x - 0.36, x + 0.36], [row["value"]] * 2, color=INK, linewidth=1.6, zorder=3)
    _line(axes, page, results, BLUE)
    _ends(axes, page, results)
    if not aims.dropna(subset="value").empty:
        last = aims.dropna(subset="value").iloc[-1]
        word = words.word(f"measures/{last['measure']}", page.language)
        axes.annotate(
            word, (last["year"], last["value"]), xytext=(0, -3), textcoords="offset points",
            ha="center", va="top", size=7.5, color=INK,
        )  # fmt: skip
    return Chart(name, page, figure, _told(results, page, title), exported(rows, page))


@house()
def compare(page: Page, name: str) -> Chart:
    """One indicator over the years, a line for each region, labelled at its end."""
    rows = page.rows[
        (page.rows["indicator"] == page.indicator) & (page.rows["measure"] == "outturn")
    ].sort_values(["region", "year"])
    if rows.empty:
        return nothing(page, name)
    names = [words.region_name(region, page.language) for region in page.regions]
    left, right = 0.55, max(measured(drawable(n), 8.5) for n in names) + 0.2
    figure, axes, title = canvas(page, name, _HEIGHT + 0.6, documents_of(rows, page), left=left)
    box = axes.get_position()
    axes.set_position((box.x0, box.y0, box.width - right / figure.get_figwidth(), box.height))
    _frame(axes, page, rows, rows["unit"].iloc[0])
    series = [
        (i, region, group) for i, (region, group) in enumerate(rows.groupby("region", sort=False))
    ]
    for i, region, group in series:
        color, dash = (SERIES[i], DASHES[i]) if i < len(SERIES) else (MUTED, "-")
        _line(axes, page, measures.bounds(group), color, dash)
        last = group.dropna(subset="value").tail(1)
        for row in last.to_dict("records"):
            axes.annotate(
                drawable(words.region_name(region, page.language)), (row["year"], row["value"]),
                xytext=(6, 0), textcoords="offset points", va="center", size=8.5, color=color,
                annotation_clip=False,
            )  # fmt: skip
    told = " ".join(
        _told(group, page, words.region_name(region, page.language)) for _, region, group in series
    )
    return Chart(name, page, figure, f"{title}. {told}", exported(rows, page))


def latest(page: Page) -> pd.DataFrame:
    """The latest result of each region for the page's indicator, largest first."""
    rows = page.rows[
        (page.rows["indicator"] == page.indicator) & (page.rows["measure"] == "outturn")
    ]
    rows = rows.sort_values("year").drop_duplicates("region", keep="last")
    return rows.sort_values("value", ascending=False).reset_index(drop=True)


@house()
def regions(table: pd.DataFrame, page: Page, name_: str) -> Chart:
    """Bars of one figure for each region, as `latest` returns them."""
    if table.empty:
        return nothing(page, name_)
    records = table.to_dict("records")
    texts = [words.amount(row, page.language) for row in records]
    labels = [f"{words.region_name(r['region'], page.language)}, {r['year']}" for r in records]
    figure, axes, title = canvas(page, name_, ROW * len(table) + 0.1, documents_of(table, page))
    bare(axes)
    ends = [reach(row) for row in records]
    axes.set(xlim=(0, axis_end(list(zip(ends, texts, strict=True)))))
    axes.set(ylim=(len(table) - 0.42, -0.65))
    for y, row in enumerate(records):
        name(axes, labels[y], y - HEIGHT / 2)
        bar(axes, row, y)
        amount(axes, row, ends[y], y, page)
    axes.axvline(0, color=INK, linewidth=0.8)
    alt = words.word("phrases/alt_join", page.language).join(
        f"{label}: {text}" for label, text in zip(labels, texts, strict=True)
    )
    return Chart(name_, page, figure, f"{title}. {alt}", exported(table, page))


def _frame(axes: Axes, page: Page, rows: pd.DataFrame, unit: str) -> None:
    """Axes over the years asked for; rates do not start at zero, amounts do."""
    values = measures.bounds(rows)[["value", "low", "high"]].replace(float("inf"), float("nan"))
    top, bottom = values.max(axis=None), values.min(axis=None)
    if unit == "percent":
        pad = max((top - bottom) * 0.25, 0.3)
        axes.set_ylim(max(bottom - pad, 0), top + pad)
    else:
        axes.set_ylim(0, top * 1.18)
    axes.set_xlim(page.years[0] - 0.7, page.years[1] + 0.7)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True, min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    mark = "%" if unit == "percent" else ""
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _: words.number(round(value, 6), page.language) + mark)
    )
    axes.tick_params(length=0)
    axes.grid(axis="y", color=GRID, linewidth=0.7)
    axes.set_axisbelow(True)
    sns.despine(ax=axes, left=True)


def _line(axes: Axes, page: Page, rows: pd.DataFrame, color: str, dash: object = "-") -> None:
    """Points by status, joined only from year to year."""
    known = rows.dropna(subset="value")
    runs = known["year"].diff().ne(1).cumsum()
    sns.lineplot(
        data=known.assign(run=runs), x="year", y="value", units="run", estimator=None,
        errorbar=None, color=color, linestyle=dash, ax=axes, legend=False, zorder=4,
    )  # fmt: skip
    axes.set(xlabel="", ylabel="")
    for row in rows.to_dict("records"):
        x, value, status = row["year"], row["value"], row["status"]
        point = {"markersize": 6, "zorder": 5, "markeredgewidth": 1.6, "markeredgecolor": color}
        if status == "unreadable":
            axes.annotate("?", (x, axes.get_ylim()[0]), xytext=(0, 4), color=MUTED, ha="center",
                          textcoords="offset points")  # fmt: skip
        elif pd.isna(value):
            high = min(row["high"], axes.get_ylim()[1])
            axes.plot([x, x], [row["low"], high], color=color, linewidth=5, alpha=0.4, zorder=3)
            axes.plot([x, x], [row["low"], high], "_", color=INK, markersize=8, zorder=4)
        elif status == "conflict":
            axes.plot([x], [value], "o", **point | {"markeredgecolor": ORANGE}, color="white")
            axes.annotate("≠", (x, value), xytext=(0, 6), textcoords="offset points",
                          color=ORANGE, ha="center")  # fmt: skip
        else:
            fill = "white" if status == "plausible" else color
            axes.plot([x], [value], "o", **point, color=fill)


def _ends(axes: Axes, page: Page, rows: pd.DataFrame) -> None:
    """Label the first, last and highest point."""
    known = rows.dropna(subset="value")
    if known.empty:
        return
    picks = {known.index[0], known.index[-1], known["value"].idxmax()}
    for row in known.loc[sorted(picks)].to_dict("records"):
        label = axes.annotate(
            words.amount(row, page.language), (row["year"], row["value"]), xytext=(0, 8),
            textcoords="offset points", ha="center", va="bottom", size=8.5, color=INK, zorder=6,
        )  # fmt: skip
        link = evidence.href(row, page)
        if link:
            label.set_url(link)


def _told(rows: pd.DataFrame, page: Page, title: str) -> str:
    """Alt text of a series: ends, extremes, gaps."""
    known = rows.dropna(subset="value")
    stop = "。" if page.language == "zh" else ". "
    if known.empty:
        return title
    first, last = known.iloc[0].to_dict(), known.iloc[-1].to_dict()
    low = known.loc[known["value"].idxmin()].to_dict()
    high = known.loc[known["value"].idxmax()].to_dict()
    gaps = sorted(set(range(first["year"], last["year"] + 1)) - set(known["year"]))
    say = {
        f"{key}{suffix}": (str(row["year"]) if suffix else words.amount(row, page.language))
        for key, row in (("first", first), ("last", last), ("lowest", low), ("highest", high))
        for suffix in ("", "_year")
    }
    from analysis.tables import spans

    return title + stop + words.word(
        "phrases/alt_series", page.language, label=words.label(first["indicator"], page.language),
        gaps=spans(gaps) or words.word("phrases/no_gaps", page.language), **say,
    )  # fmt: skip

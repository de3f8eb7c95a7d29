"""Series over years: gaps stay gaps, a new definition parts a line, every line is named at its end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Unpack

import pandas as pd
from matplotlib.axes import Axes

from analysis import measures
from analysis.charts import captions, frames, style
from analysis.charts.bars import documents_behind, exported
from analysis.charts.captions import Texts
from analysis.charts.labels import Labels
from analysis.charts.style import BLUE, INK, LINE, MUTED, ORANGE, PAPER, POINTS, ROOM, Chart
from analysis.codebook.insurance import breaks
from analysis.tables.figures import check_figures
from analysis.tables.loading import only, spans
from analysis.writing import looks, references, words
from analysis.writing.looks import look
from analysis.writing.notebook import Page
from analysis.writing.words import Row

_BODY = 2.2  # inches of a series that stands alone
_PANEL = 1.3  # and of one panel among several
_GAP = 0.15  # inches between panels
_NAMED = LINE * 1.9  # inches for a panel's name


@style.house()
def trend(page: Page, name: str, indicator: str, **given: Unpack[Texts]) -> Chart:
    """One indicator of a region over the years, with its targets or ceilings as ticks.

    `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    rows = only(page.history, indicator)
    rows = rows[rows["indicator"] == indicator].sort_values("year")
    rows = rows[rows["measure"].isin(["outturn", "target", "ceiling"])]
    results = measures.bounds(rows[rows["measure"] == "outturn"])
    aims = rows[rows["measure"].ne("outturn") & rows["value"].notna()]
    if results["low"].notna().sum() < POINTS:
        return style.nothing(page, caption)
    scale = frames.scale(rows, page)
    years = (int(rows["year"].min()), int(rows["year"].max()))
    parted = _parted([indicator], years)
    last = results.dropna(subset="low").iloc[-1].to_dict()
    ending = words.brief(last, page.language)
    right = style.measured(ending) + 0.16
    body = _BODY + frames.below() + 0.18
    notes = [*_notes(page, results, scale), *_told_breaks(page, parted)]
    canvas = style.canvas(page, caption, body, documents_behind(rows, page), notes)
    left = scale.wide + 0.08
    axes = frames.over_years(canvas, scale, years, (left, 0.18, ROOM - left - right, _BODY))
    labels = Labels(axes)
    for year, value in zip(aims["year"], aims["value"], strict=True):
        for color, width in ((PAPER, 3.6), (INK, 1.8)):  # stands out even on the point itself
            axes.plot(
                [year - 0.36, year + 0.36], [value] * 2, color=color, linewidth=width, zorder=7, solid_capstyle="butt"
            )
        labels.bar(year - 0.36, year + 0.36, value)
    _line(axes, _as_drawn(results, page), BLUE, "-", {y for y, _ in parted})
    labels.line(results, {y for y, _ in parted})
    labels.end(last, ending, references.href(last, page))
    labels.settle()
    for row in _worth_a_label(results, last):
        labels.near(row, words.brief(row, page.language), references.href(row, page))
    alt = words.told(caption.title, [_told(results, page)], page.language)
    return Chart(name, page, canvas.figure, alt, exported(rows, page))


@style.house()
def panels(table: pd.DataFrame, page: Page, name: str, columns: int = 1, **given: Unpack[Texts]) -> Chart:
    """Small multiples: a panel for each `panel` of a table, in it a line for each `line`.

    Parameters
    ----------
    table
        figures of several years with the columns `panel` and `line`, the names to be shown; all
        panels go over the same years, each over values of its own, rates of several regions over
        the same. A line of fewer than four points is left out.
    columns
        panels beside each other; with more than one the lines are not named at their ends.
    name, **given
        see `bars`.
    """
    caption = captions.caption(page, name, given)
    check_figures(table, ["panel", "line", "year", "value"])
    order = {name: at for at, name in enumerate(table["panel"].unique())}
    table = table.assign(order=table["panel"].map(order))
    table = table.sort_values(["order", "year"], kind="stable")
    size = table[measures.bounds(table)["low"].notna()].groupby(["panel", "line"])["year"].transform("nunique")
    table = table[size.reindex(table.index).ge(POINTS)]
    if table.empty:
        return style.nothing(page, caption)
    groups = [(str(panel), rows) for panel, rows in table.groupby("panel", sort=False)]
    years = (int(table["year"].min()), int(table["year"].max()))
    parted = _parted(table["indicator"].unique(), years)
    marked = {year: n for n, year in enumerate(sorted({y for y, _ in parted}), 1)}
    shared = table["unit"].eq("percent").all() and table["region"].nunique() > 1
    scales = [frames.scale(table if shared else rows, page, 3) for _, rows in groups]
    deep = _NAMED + _PANEL + frames.below()
    rows_of = -(-len(groups) // columns)
    body = rows_of * deep + (rows_of - 1) * _GAP
    notes = [*_notes(page, table, *scales), *_told_breaks(page, parted)]
    canvas = style.canvas(page, caption, body, documents_behind(table, page), notes, list(table["region"].unique()))
    left = max(scale.wide for scale in scales) + 0.08
    wide = ROOM / columns
    right = 0.12 if columns > 1 else max(map(style.measured, _ends(groups)), default=0) + 0.16
    right = min(right, 1.35)
    told = []
    for n, ((panel, rows), scale) in enumerate(zip(groups, scales, strict=True)):
        top = (n // columns) * (deep + _GAP) + _NAMED
        box = ((n % columns) * wide + left, top, wide - left - right, _PANEL)
        axes = frames.over_years(canvas, scale, years, box)
        axes.annotate(
            style.drawable(panel),
            (0, 1),
            xycoords="axes fraction",
            va="baseline",
            xytext=(-left * 72, 11),
            textcoords="offset points",
        )
        if rows["measure"].eq("computed").all():  # rates of targets
            axes.axhline(100, color=MUTED, linewidth=1.1, zorder=2)
        _draw(axes, page, rows, parted, marked, named=columns == 1)
        told += [
            _told(
                one,
                page,
                str(line)
                if line == panel
                else words.word("phrases/measured", page.language, label=panel, measure=line),
            )
            for line, one in rows.groupby("line", sort=False)
        ]
    alt = words.told(caption.title, told, page.language)
    return Chart(name, page, canvas.figure, alt, exported(table, page))


def _ends(groups: Iterable[tuple[str, pd.DataFrame]]) -> list[str]:
    """The words at the ends of lines, piece by piece as they may be broken."""
    named = {str(line) for _, rows in groups if rows["line"].nunique() for line in rows["line"]}
    return [piece for line in named for piece in style.wrapped(line, style.TEXT, 1.2)]


def _draw(
    axes: Axes, page: Page, rows: pd.DataFrame, parted: Sequence[tuple[int, str]], marked: dict[int, int], named: bool
) -> None:
    """The lines of a chart in its order, with a mark where a year changes what an indicator means."""
    labels = Labels(axes)
    here = {y for indicator in rows["indicator"].unique() for y, _ in _parted([indicator], (0, 9999))}
    for year in sorted(here & set(marked)):
        axes.axvline(year - 0.5, color=MUTED, linewidth=0.8, linestyle=(0, (1, 2)), zorder=1)
        if year - 1 not in here:
            axes.annotate(
                str(marked[year]),
                (year - 0.5, 1),
                xycoords=("data", "axes fraction"),
                va="bottom",
                ha="center",
                color=MUTED,
            )
        labels.upright(year - 0.5)
    for at, (line, one) in enumerate(rows.groupby("line", sort=False)):
        color, dash = style.SERIES[at % 4], style.DASHES[at % 4]
        cut = {y for y, _ in _parted(one["indicator"].unique(), (0, 9999))}
        results = measures.bounds(one)
        _line(axes, _as_drawn(results, page), color, dash, cut)
        labels.line(results, cut)
        known = results.dropna(subset="value")
        if named and len(known):
            labels.end(known.iloc[-1].to_dict(), str(line), color=color)
    labels.settle()


def _parted(indicators: Iterable[str], years: tuple[int, int]) -> list[tuple[int, str]]:
    """The years from which some indicators count something else, with the indicator."""
    return [(b.year, i) for i in indicators for b in breaks().get(i, ()) if years[0] < b.year <= years[1]]


def _told_breaks(page: Page, parted: Sequence[tuple[int, str]]) -> list[str]:
    """Each break in a sentence, numbered in the order of the years; one that goes on once."""
    said: dict[str, int] = {}
    numbers = {year: n for n, year in enumerate(sorted({y for y, _ in parted}), 1)}
    for year, indicator in sorted(parted):
        (found,) = (b for b in breaks()[indicator] if b.year == year)
        said.setdefault(found.zh if page.language == "zh" else found.en, numbers[year])
    return [words.word("phrases/break", page.language, n=n, why=why) for why, n in said.items()]


def _notes(page: Page, rows: pd.DataFrame, *scales: frames.Scale) -> list[str]:
    """What a reader must know of the drawing: an axis that does not start at zero, rings."""
    notes = []
    starts = {scale.labels[0] for scale in scales if scale.low > 0 and scale.labels}
    if starts:
        amount = words.listing(sorted(starts), page.language)
        notes.append(words.word("phrases/axis_from", page.language, amount=amount))
    known = rows["value"].notna()
    if any(look(status) != "settled" for status in rows.loc[known, "status"]):
        notes.append(words.word("phrases/rings", page.language))
    if (~known & rows["low"].notna()).any():
        notes.append(words.word("phrases/strokes", page.language))
    return notes


def _line(axes: Axes, rows: pd.DataFrame, color: str, dash: object, cut: set[int]) -> None:
    """Points by how sure they are, joined only from year to year and within one definition."""
    known = rows.dropna(subset="value")
    for _, run in known.groupby(runs(known, cut)):
        if len(run) > 1:
            axes.plot(run["year"], run["value"], color=color, linestyle=dash, zorder=4, clip_on=False)
    unknown = rows[rows["value"].isna() & rows["low"].notna()]
    for year, low, high in unknown[["year", "low", "high"]].itertuples(index=False):
        ends = [low, min(high, axes.get_ylim()[1])]
        axes.plot([year, year], ends, color=color, linewidth=1.2, marker="_", zorder=4)
    sure = known["status"].map(look).eq("settled")
    doubted = known["status"].eq("conflict") & (color == BLUE)
    for (filled, edged), points in known.groupby([sure, doubted], sort=False):
        axes.plot(
            points["year"],
            points["value"],
            "o",
            color=color if filled else PAPER,
            markeredgecolor=ORANGE if edged else color,
            markersize=4.5,
            markeredgewidth=1.4,
            zorder=5,
            clip_on=False,
        )


def _as_drawn(rows: pd.DataFrame, page: Page) -> pd.DataFrame:
    """Figures with the statuses by which a chart draws them."""
    return rows.assign(status=[looks.drawn(row, page) for row in rows.to_dict("records")])


def runs(known: pd.DataFrame, cut: set[int]) -> pd.Series:
    """The number of the run each year belongs to: a missing year, a new definition, another scheme begins one."""
    apart = known["indicator"].ne(known["indicator"].shift()) | known["year"].isin(cut)
    return (known["year"].diff().ne(1) | apart).cumsum()


def _worth_a_label(results: pd.DataFrame, last: Row) -> list[Row]:
    """First, highest, lowest and what has no value, in this order; not what the end already says."""
    known = results.dropna(subset="low").reset_index(drop=True)
    if known.empty:
        return []
    order = [0, *known.index[known["value"].isna()]]
    if known["value"].notna().any():
        order += [known["value"].idxmax(), known["value"].idxmin()]
    found = [known.loc[at].to_dict() for at in dict.fromkeys(order)]
    return [row for row in found if row["year"] != last["year"] and row["value"] != last["value"]]


def _told(rows: pd.DataFrame, page: Page, label: str = "") -> str:
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
    years = {int(row["year"]) for row in known}
    gaps = spans(sorted(set(range(min(years), max(years))) - years))
    if gaps:
        gaps = words.word("phrases/alt_gaps", page.language, years=gaps)
    key = "alt_ends" if label else "alt_series"
    return words.word(
        f"phrases/{key}" if len(known) > 1 else "phrases/alt_point",
        page.language,
        label=label or words.label(known[0]["indicator"], page.language),
        gaps=gaps,
        **{key: words.brief(row, page.language) for key, row in points.items()},
        **{f"{key}_year": row["year"] for key, row in points.items()},
    )

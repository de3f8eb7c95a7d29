"""Bars, one row per figure: the label above, the amount beside, the mark by status."""

from __future__ import annotations

import pandas as pd

from analysis import codebook, evidence, measures, words
from analysis.charts import marks
from analysis.charts.style import (
    GRID,
    INK,
    MARGIN,
    MUTED,
    ORANGE,
    WIDTH,
    Chart,
    bare,
    canvas,
    house,
    measured,
    nothing,
)  # fmt: skip
from analysis.notebook import Page

ROW = 0.42  # inches a row takes
GAP = 0.2  # inches between a mark and its amount, and to the edge


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that state a figure, however uncertain."""
    return table[table["status"].notna()].reset_index(drop=True)


def documents_of(table: pd.DataFrame, page: Page) -> list[str]:
    """The documents cited by a table's figures."""
    references = [r for row in table.to_dict("records") for r in evidence.references(row, page)]
    return [reference.partition("#")[0] for reference in references]


def described(table: pd.DataFrame, page: Page, title: str) -> str:
    """Alt text: the title, then every figure with its status."""
    items = [
        words.word(
            "phrases/alt_item", page.language,
            label=words.label(row["indicator"], page.language),
            amount=words.amount(row, page.language),
            status=words.word(f"statuses/{row['status']}", page.language),
        )
        for row in table.to_dict("records")
    ]  # fmt: skip
    stop = "。" if page.language == "zh" else ". "
    return title + stop + words.word("phrases/alt_join", page.language).join(items)


def exported(table: pd.DataFrame, page: Page) -> pd.DataFrame:
    """The table behind a chart, with labels, as it is offered for download."""
    columns = ["region", "year", "indicator", "measure", "value", "low", "high", "bound", "unit"]
    kept = [c for c in [*columns, "status", "sources", "documents"] if c in table]
    labels = [words.label(i, page.language) for i in table["indicator"]]
    return table[kept].assign(label=labels)


@house()
def bars(table: pd.DataFrame, page: Page, name: str, sort: bool = True) -> Chart:
    """Horizontal bars from zero; a group with its own scale for each unit.

    Parameters
    ----------
    table
        Columns `indicator`, `measure`, `value`, `low`, `high`, `unit`, `status`.
    name
        Entry of `charts` in `words.yaml` (title, subtitle, what to say without figures)
        and name of the picture's file.
    sort
        Largest first; else the order of the table.
    """
    table = rows_of(table)
    if table.empty:
        return nothing(page, name)
    if sort:
        order = table["value"].fillna(table["high"]).fillna(table["low"])
        table = table.loc[order.sort_values(ascending=False, kind="stable").index]
    groups = list(dict.fromkeys(table["unit"]))
    table = table.sort_values("unit", key=lambda units: units.map(groups.index), kind="stable")
    records = table.to_dict("records")
    scales = {
        unit: max([marks.reach(row) for row in records if row["unit"] == unit]) or 1.0
        for unit in groups
    }
    scaled = [_scaled(row, 1 / scales[row["unit"]]) for row in records]
    texts = [words.amount(row, page.language) for row in records]
    figure, axes, title = canvas(page, name, ROW * len(table) + 0.1, documents_of(table, page))
    bare(axes)
    most = axis_end([(marks.reach(row), text) for row, text in zip(scaled, texts, strict=True)])
    axes.set(xlim=(0, most), ylim=(len(table) - 0.42, -0.65))
    for y, (row, small) in enumerate(zip(records, scaled, strict=True)):
        alone = len(groups) > 1 and (table["unit"] == row["unit"]).sum() == 1
        marks.name(axes, words.label(row["indicator"], page.language), y - marks.HEIGHT / 2)
        if not alone:
            marks.bar(axes, small, y)
        marks.amount(axes, row, 0.0 if alone else marks.reach(small), y, page)
    axes.axvline(0, color=INK, linewidth=0.8, zorder=6)
    return Chart(name, page, figure, described(table, page, title), exported(table, page))


@house()
def bullet(table: pd.DataFrame, page: Page, name: str) -> Chart:
    """Results against targets: bars on a scale where 100 is the target.

    `table`: as `measures.completion` or `measures.against` returns it. A diamond marks the
    rate printed in the report; it is orange, with a sign, where the two cannot both be true.
    """
    table = table[table["computed_low"].notna() | table["completion_low"].notna()]
    if table.empty:
        return nothing(page, name)
    order = table["computed"].fillna(table["completion"]).sort_values(ascending=False)
    table = table.loc[order.index].reset_index(drop=True)
    long = lengthened(table)
    figure, axes, title = canvas(page, name, ROW * len(table) + 0.34, documents_of(long, page))
    bare(axes)
    records = table.to_dict("records")
    texts = [_achieved(row, page) for row in records]
    ends = [
        max(
            marks.reach(measures.part(row, "computed")),
            marks.reach(measures.part(row, "completion")),
            100.0,
        )
        for row in records
    ]
    axes.set(xlim=(0, axis_end(list(zip(ends, texts, strict=True)))))
    axes.set(ylim=(len(table) - 0.42, -1.15))
    axes.annotate(
        words.word("phrases/target_100", page.language), (100, -0.78), ha="center", va="bottom",
        size=7.5, color=INK, annotation_clip=False,
    )  # fmt: skip
    for y, row in enumerate(records):
        marks.name(axes, words.label(row["indicator"], page.language), y - marks.HEIGHT / 2)
        computed = measures.part(row, "computed")
        printed = measures.part(row, "completion")
        apart = row["agrees"] is False
        axes.plot([100, 100], [y - 0.25, y + 0.25], color=INK, linewidth=1.8, zorder=6)
        if pd.notna(computed["low"]) or pd.notna(computed["value"]):
            marks.bar(axes, computed, y)
        if pd.notna(printed["value"]):
            axes.plot(
                [printed["value"]], [y], marker="D", markersize=5, markeredgewidth=1.3,
                markerfacecolor="none" if not apart else ORANGE, zorder=7,
                markeredgecolor=ORANGE if apart else INK,
            )  # fmt: skip
        stated = computed if isinstance(computed["status"], str) else printed
        marks.amount(axes, stated, ends[y], y, page, texts[y])
    axes.axvline(0, color=INK, linewidth=0.8)
    told = words.word("phrases/alt_join", page.language).join(
        f"{words.label(row['indicator'], page.language)}: {text}"
        for row, text in zip(records, texts, strict=True)
    )
    stop = "。" if page.language == "zh" else ". "
    return Chart(name, page, figure, title + stop + told, exported(long, page))


def _achieved(row: dict[str, object], page: Page) -> str:
    """The text beside a bullet: "121% · 34,000 of 28,000"."""
    computed = measures.part(row, "computed")
    if pd.isna(computed["low"]) and pd.isna(computed["value"]):
        rate = words.amount(measures.part(row, "completion"), page.language)
        return words.word("phrases/printed_rate", page.language, rate=rate)
    result, target = (
        words.amount(measures.part(row, m), page.language) for m in ("outturn", "target")
    )
    share = words.amount(computed, page.language)
    scale = target.removeprefix(target.split(" ")[0])
    whole = words.word(
        "phrases/of", page.language, part=result.removesuffix(scale) if scale else result,
        whole=target,
    )  # fmt: skip
    return f"{share} · {whole}"


def lengthened(table: pd.DataFrame) -> pd.DataFrame:
    """A wide table of completion, one row per figure again."""
    rows = [
        measures.part(row, measure)
        for row in table.to_dict("records")
        for measure in ("outturn", "target", "completion", "computed")
        if f"{measure}_status" in row and isinstance(row[f"{measure}_status"], str)
    ]
    return pd.DataFrame(rows)


@house()
def ceiling(table: pd.DataFrame, page: Page, name: str) -> Chart:
    """Rates with the ceiling set for them: a bar each, the ceiling as a line.

    `table`: rows of the panel for one year; rates without a ceiling in the codebook are not
    drawn.
    """
    known = codebook.load().indicators
    capped = [i for i in table["indicator"] if i in known and "ceiling" in known[i].measures]
    table = rows_of(table[table["indicator"].isin(capped)])
    rows = table[table["measure"] == "outturn"].reset_index(drop=True)
    limits = table[table["measure"] == "ceiling"].set_index("indicator")
    if rows.empty:
        return nothing(page, name)
    figure, axes, title = canvas(page, name, ROW * len(rows) + 0.34, documents_of(table, page))
    bare(axes)
    records = rows.to_dict("records")
    most = max([marks.reach(row) for row in table.to_dict("records")])
    axes.set(xlim=(0, axis_end([(most, "00.00%")])), ylim=(len(rows) - 0.42, -1.15))
    for y, row in enumerate(records):
        marks.name(axes, words.label(row["indicator"], page.language), y - marks.HEIGHT / 2)
        marks.bar(axes, row, y)
        end = marks.reach(row)
        if row["indicator"] in limits.index:
            limit = {**limits.loc[row["indicator"]].to_dict(), "indicator": row["indicator"]}
            at = limit["value"]
            axes.plot([at, at], [y - 0.42, y + 0.42], color=INK, linewidth=2.0, zorder=6)
            text = words.word(
                "phrases/ceiling", page.language, amount=words.amount(limit, page.language)
            )
            axes.annotate(text, (at, y - 0.5), ha="center", va="bottom", size=7.5, color=INK)
            needed = axis_end([(end, "00.00%")]) - end if end < at else 0
            end = at if end <= at < end + needed * 0.8 else end
        marks.amount(axes, row, end, y, page)
    axes.axvline(0, color=INK, linewidth=0.8)
    return Chart(name, page, figure, described(table, page, title), exported(table, page))


@house()
def waterfall(page: Page, name: str, total: str) -> Chart:
    """Parts, each from where the one above ends, and the printed total under them.

    The parts are those of the edit rule for `total`. Where parts and total contradict each
    other, the difference is said with its sign.
    """
    table, rules = page.rows, measures.sums(page.edits, page.year)
    parts = next((p for t, p in zip(rules["total"], rules["parts"], strict=True) if t == total), ())
    found = table[(table["measure"] == "outturn") & table["indicator"].isin([*parts, total])]
    found = rows_of(found).set_index("indicator")
    shown = [p for p in parts if p in found.index]
    if total not in found.index or len(shown) < 2:
        return nothing(page, name)
    sizes = {p: marks.reach(found.loc[p].to_dict()) for p in shown}
    shown.sort(key=lambda p: -sizes[p])
    figure, axes, title = canvas(
        page, name, ROW * (len(shown) + 1) + 0.3, documents_of(found.reset_index(), page)
    )
    bare(axes)
    whole = {**found.loc[total].to_dict(), "indicator": total}
    most = max(sum(sizes.values()), marks.reach(whole))
    longest = max((words.amount(r, page.language) for r in found.to_dict("records")), key=len)
    axes.set(xlim=(0, axis_end([(most, "≠ " + longest)])), ylim=(len(shown) + 0.75, -0.65))
    at = 0.0
    for y, part_id in enumerate(shown):
        row = {**found.loc[part_id].to_dict(), "indicator": part_id}
        label = words.label(part_id, page.language)
        marks.name(axes, label, y - marks.HEIGHT / 2, at if at < most * 0.5 else 0.0)
        marks.bar(axes, row, y, start=at)
        marks.amount(axes, row, at + sizes[part_id], y, page)
        at += sizes[part_id]
        axes.plot([at, at], [y, y + 1], color=GRID, linewidth=1.0, zorder=1)
    y = len(shown)
    label = words.label(total, page.language)
    marks.name(axes, words.word("phrases/total", page.language, label=label), y - marks.HEIGHT / 2)
    marks.bar(axes, whole, y, color=MUTED)
    marks.amount(axes, whole, max(marks.reach(whole), at), y, page)
    _difference(axes, page, found.loc[shown], whole, at, y)
    axes.axvline(0, color=INK, linewidth=0.8)
    rows = found.loc[[*shown, total]].reset_index()
    return Chart(name, page, figure, described(rows, page, title), exported(rows, page))


def _difference(axes, page: Page, parts: pd.DataFrame, whole, at: float, y: int) -> None:
    """Whether the parts add up, said under the total."""
    unit = whole["unit"]
    slack = (parts["high"] - parts["low"]).sum() / 2 + (whole["high"] - whole["low"]) / 2
    gap = abs(at - whole["value"])
    equal = gap <= 1e-9 * abs(at)
    broken = gap > slack and not equal
    text = words.word(
        "phrases/apart" if broken else "phrases/adds_up" if equal else "phrases/near",
        page.language, sum=words.amount(exact(at, unit), page.language),
        gap=words.amount(exact(gap, unit), page.language),
    )  # fmt: skip
    axes.annotate(
        ("≠ " if broken else "= " if equal else "≈ ") + text, (0, y + 0.32), va="top",
        ha="left", size=7.5, color=ORANGE if broken else MUTED, annotation_clip=False,
    )  # fmt: skip


def axis_end(marked: list[tuple[float, str]]) -> float:
    """Where the value axis must end for every text to fit beside its mark."""
    room = WIDTH - 2 * MARGIN
    return max(end / (1 - (measured(text, 8.5) + GAP) / room) for end, text in marked) or 1.0


def exact(value: float, unit: str) -> dict[str, object]:
    """A number without an interval, as a figure."""
    return {"value": value, "low": value, "high": value, "unit": unit, "status": "printed"}


def _scaled(row, factor: float):
    return {**row, **{c: row[c] * factor for c in ("value", "low", "high")}}

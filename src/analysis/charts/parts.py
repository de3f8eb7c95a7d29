"""Charts that ask whether figures fit: parts against their total, amounts against what is allowed."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Unpack

import pandas as pd

from analysis import measures
from analysis.charts import captions, marks, style
from analysis.charts.bars import Line, chart_rows, label_of
from analysis.charts.captions import Texts
from analysis.charts.style import FEW, MUTED, ORANGE, Chart
from analysis.writing import words
from analysis.writing.notebook import Page
from analysis.writing.words import Row


@style.house()
def waterfall(page: Page, name: str, total: str, **given: Unpack[Texts]) -> Chart:
    """Parts, each from where the one above ends, and the printed total under them.

    The parts are those of the edit rule for `total`. Where parts and total contradict each
    other, the difference is said with its sign. `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    rules = measures.sums(page.edits, page.year).to_dict("records")
    none: dict[Hashable, Any] = {"parts": (), "holds": None}
    rule = next((rule for rule in rules if rule["total"] == total), none)
    rows = page.rows[(page.rows["measure"] == "outturn") & page.rows["status"].notna()]
    found = {row["indicator"]: row for row in rows.to_dict("records")}
    shown = sorted((found[p] for p in rule["parts"] if p in found), key=marks.size, reverse=True)
    if total not in found or len(shown) < FEW:
        return style.nothing(page, caption)
    lines, at = [], 0.0
    for row in shown:
        lines.append(Line(label_of(row, page), row, words.brief(row, page.language), start=at))
        at += marks.size(row)
    whole = found[total]
    label = words.word("phrases/total", page.language, label=label_of(whole, page))
    lines.append(Line(label, whole, words.brief(whole, page.language), color=MUTED))
    said = _difference(page, measures.totals(page.rows, rule["parts"]), whole, rule["holds"])
    chart, axes = chart_rows(page, caption, lines, pd.DataFrame([*shown, whole]), said[:1])
    if said:
        marks.annotation(axes, said[0], 0, axes.get_ylim()[0], color=said[1])
    return chart


@style.house()
def allowed(table: pd.DataFrame, page: Page, name: str, **given: Unpack[Texts]) -> Chart:
    """Amounts as dots, each on a scale of its own before the band of what is allowed.

    `table`: as `measures.against_the_law` returns it. `name` and `given`: see `bars`.
    """
    caption = captions.caption(page, name, given)
    table = measures.bounds(table).dropna(subset="low")
    if len(table) < FEW:
        return style.nothing(page, caption)
    table = table.sort_values("value", ascending=False, kind="stable")
    lines = []
    for row in table.to_dict("records"):
        scale, language = row["band_high"], page.language
        ends = [words.number(float(f"{row[f'band_{end}']:.2g}"), language) for end in ("low", "high")]
        text = words.word("phrases/allowed", language, amount=words.amount(row, language), low=ends[0], high=ends[1])
        share = {c: row[c] / scale for c in ("value", "low", "high")}
        band = (row["band_low"] / scale, 1.0)
        label = words.scheme(row["scheme"], language)
        lines.append(Line(label, {**row, **share}, text, band=band))
    return chart_rows(page, caption, lines, table)[0]


def _difference(page: Page, sums: pd.DataFrame, whole: Row, holds: bool | None) -> tuple[str, ...]:
    """Whether the parts add up, and in which colour; nothing where one is not known."""
    parts = sums["value"].dropna().tolist()
    if not parts or pd.isna(whole["value"]):
        return ()
    gap = abs(parts[0] - whole["value"])
    equal = gap <= 1e-9 * abs(parts[0])
    key, sign = ("adds_up", "=") if equal else ("apart", "≠") if not holds else ("near", "≈")
    amounts = [
        words.amount({"value": x, "low": x, "high": x, "unit": whole["unit"]}, page.language) for x in (parts[0], gap)
    ]
    text = words.word(f"phrases/{key}", page.language, sum=amounts[0], gap=amounts[1])
    return f"{sign} {text}", ORANGE if key == "apart" else MUTED

"""Sentences chosen and filled from the numbers, as plain text or with evidence.

The templates stand in `words.yaml`, which also explains their form. A sentence is said only
where every figure in it is known and its conditions hold at both ends of their intervals.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis import measures, words
from analysis.notebook import Page
from analysis.words import Row

Facts = Mapping[str, Row]
Show = Callable[[Row, Page], str]

_SLOT = re.compile(r"\{([^{}|]+)(?:\|(\w+))?\}")
_FIRST = re.compile(r"\A((?:<[^>]*>)*)(.)", re.DOTALL)
_COMPARE = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "==": operator.eq,
}  # fmt: skip
_CONDITION = re.compile(r"(\S+)\s*(>=|<=|==|>|<)\s*(\S+)")


def plain(row: Row, page: Page) -> str:
    """A figure as plain text."""
    return words.amount(row, page.language)


def said(entries: Any, page: Page, show: Show = plain, **fields: str) -> str:
    """The passage `entries` of `words.yaml` as one paragraph; empty where nothing can be said."""
    known = facts(page)
    sentences: list[str] = []
    for entry in entries if isinstance(entries, list) else [entries]:
        options = entry if isinstance(entry, list) else [entry]
        for option in options:
            if option.get("otherwise") and sentences:
                continue
            text = _fill(option, known, page, show, fields)
            if text:
                sentences.append(text)
                break
    return words.word("phrases/stop", page.language).join(sentences)


def first(entries: Any, page: Page, **fields: str) -> str:
    """The first of alternative sentences that can be said, as plain text."""
    return said([entries], page, **fields)


def basics(page: Page) -> dict[str, str]:
    """What every template may name beside figures."""
    text = {
        "region": page.name,
        "year": str(page.year),
        "first": str(page.years[0]),
        "last": str(page.years[1]),
    }
    if page.indicator:
        units = page.panel.loc[page.panel["indicator"] == page.indicator, "unit"]
        text["indicator"] = words.label(page.indicator, page.language)
        text["unit"] = words.word(f"units/{units.iloc[0]}", page.language)
    return text


def _fill(option: Row, known: Facts, page: Page, show: Show, fields: Mapping[str, str]) -> str:
    if not all(_holds(condition, known) for condition in option.get("when", ())):
        return ""
    text = basics(page) | dict(fields)
    missing: list[str] = []

    def put(match: re.Match[str]) -> str:
        key, part = match.groups()
        if key in text:
            return text[key]
        row = known.get(key)
        if row is None or not _legible(row):
            missing.append(key)
            return ""
        if part == "label":
            return words.label(row["indicator"], page.language)
        if part == "year":
            return str(row["year"])
        if part == "abs":
            row = {**row, "value": -row["value"], "low": -row["high"], "high": -row["low"]}
        return show(row, page)

    sentence = _SLOT.sub(put, option[page.language])
    return "" if missing else _FIRST.sub(lambda m: m[1] + m[2].upper(), sentence)


def _holds(condition: str, known: Facts) -> bool:
    word, _, key = condition.partition(" ")
    if word == "has":
        return key in known and _legible(known[key])
    if word == "no":
        return key not in known
    if word in ("unreadable", "range"):
        return key in known and known[key]["status"] == word
    match = _CONDITION.fullmatch(condition)
    if match is None:
        raise ValueError(f"words.yaml: condition {condition!r} cannot be understood")
    left, sign, right = match.groups()
    try:
        (low, high), (other_low, other_high) = _ends(left, known), _ends(right, known)
    except KeyError:
        return False
    compare = _COMPARE[sign]
    return (
        compare(low, other_low)
        and compare(low, other_high)
        and (compare(high, other_low) and compare(high, other_high))
    )


def _ends(term: str, known: Facts) -> tuple[float, float]:
    if re.fullmatch(r"-?[\d.]+", term):
        return float(term), float(term)
    row = known[term]
    if not _legible(row):
        raise KeyError(term)
    low, high, value = row["low"], row["high"], row["value"]
    if pd.isna(low):
        low = -math.inf if row.get("bound") == "at_most" else value
    if pd.isna(high):
        high = math.inf if row.get("bound") == "at_least" else value
    if row.get("measure") in ("target", "ceiling") and pd.notna(value):
        low = high = value
    return low, high


def _legible(row: Row) -> bool:
    return any(pd.notna(row[column]) for column in ("value", "low", "high"))


@lru_cache(maxsize=4)
def facts(page: Page) -> Facts:
    """Everything sentences can name, by key: figures of the page and what follows from them."""
    rows = page.rows
    if page.years[0] != page.years[1]:
        return _spanning(page)
    before = page.panel[page.panel["year"] == page.year - 1]
    known: dict[str, Row] = {}
    tables = [
        rows,
        measures.ratio(*_pair(rows), ["year", "indicator"], "computed", "percent", 100),
        measures.implied(rows),
        measures.growth(pd.concat([rows, before])),
    ]
    for table in tables:
        for row in table.to_dict("records"):
            known[f"{row['indicator']}:{row['measure']}"] = row
    for row in measures.completion(rows).to_dict("records"):
        key = f"{row['indicator']}:completion"
        if row["agrees"] is False and key in known:
            known[f"{row['indicator']}:disagrees"] = known[key]
    known |= _named_ratios(rows) | _sums(page, known) | _extremes(rows) | _counts(page)
    return known


def _pair(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    return rows[rows["measure"] == "outturn"], rows[rows["measure"] == "target"]


def _named_ratios(rows: pd.DataFrame) -> dict[str, Row]:
    """The ratios listed in `words.yaml`."""
    ids = rows["indicator"] + ":" + rows["measure"]
    known: dict[str, Row] = {}
    for ratio in words.lexicon()["ratios"]:
        over, under = rows[ids == ratio["over"]], rows[ids == ratio["under"]]
        table = measures.ratio(
            over, under, ["year"], ratio["name"].split(":")[1], ratio["unit"], ratio["scale"]
        )
        for row in table.to_dict("records"):
            known[ratio["name"]] = row
    return known


def _sums(page: Page, known: Facts) -> dict[str, Row]:
    """For totals with parts: `<total>:sum`, and `<total>:apart` where they contradict."""
    found: dict[str, Row] = {}
    for total in measures.sums(page.edits, page.year).to_dict("records"):
        row = measures.total(page.rows, total["parts"])
        if row is not None:
            found[f"{total['total']}:sum"] = {**row, "indicator": total["total"]}
            if total["holds"] is False:
                found[f"{total['total']}:apart"] = found[f"{total['total']}:sum"]
    return found


def _extremes(rows: pd.DataFrame) -> dict[str, Row]:
    """Largest and smallest scheme, where the intervals leave no doubt which it is."""
    known: dict[str, Row] = {}
    tables = {
        "insured": measures.insured(rows),
        "fund": measures.funds(rows),
        "per_head": measures.per_head(rows),
    }
    for name, table in tables.items():
        table = measures.bounds(table)
        table = table[table["low"].notna()]
        known[f"count.{'funds' if name == 'fund' else name}"] = _plain(len(table))
        if len(table) < 2:
            continue
        for end, at in (("top", table["low"].idxmax()), ("bottom", table["high"].idxmin())):
            others = table.drop(index=at)
            sure = (
                table["low"][at] >= others["high"].max()
                if end == "top"
                else table["high"][at] <= others["low"].min()
            )
            if sure:
                known[f"{name}.{end}"] = table.loc[at].to_dict()
    top = known.get("fund.top")
    if top is not None:
        share = measures.shares(rows, "fund.total", [top["indicator"]])
        for row in share.to_dict("records"):
            known["fund.top:share"] = row
    return known


def _counts(page: Page) -> dict[str, Row]:
    """How many figures, by how sure they are; rules; numerals."""
    status = page.observations["status"].value_counts()
    firm = sum(int(status[s]) for s in ("confirmed", "printed", "repaired"))
    checked = page.edits[page.edits["holds"].isin(["True", "False"])]
    counts = {
        "all": len(page.observations),
        "firm": firm,
        "open": len(page.observations) - firm,
        "documents": page.observations["document"].nunique(),
        "rules": len(checked),
        "broken": int((checked["holds"] == "False").sum()),
        "numerals": len(page.numerals),
        **{name: int(status[name]) for name in ("conflict", "unreadable", "range", "plausible")},
    }
    return {f"count.{name}": _plain(value) for name, value in counts.items()}


def _plain(value: float) -> Row:
    return {"value": value, "low": value, "high": value, "unit": "", "status": "printed"}


def _spanning(page: Page) -> Facts:
    """Facts over several years: first, last, highest and lowest of each series."""
    known: dict[str, Row] = {}
    rows = page.rows[page.rows["value"].notna()].sort_values("year", kind="stable")
    for (indicator, measure), series in rows.groupby(["indicator", "measure"]):
        picks = {
            "first": series.index[0],
            "last": series.index[-1],
            "highest": series["value"].idxmax(),
            "lowest": series["value"].idxmin(),
        }
        for name, at in picks.items():
            known[f"{indicator}:{measure}:{name}"] = series.loc[at].to_dict()
    main = measures.completion(page.rows[page.rows["indicator"] == _main(page)])
    compared = main[main["computed"].notna()]
    known["trend.compared"] = _plain(len(compared))
    known["trend.met"] = _plain(int((compared["computed_low"] >= 100).sum()))
    known["trend.totals"] = _plain(int((page.observations["measure"] == "cumulative").sum()))
    known["trend.regions"] = _plain(page.rows["region"].nunique())
    return known


def _main(page: Page) -> str:
    return page.indicator or "employment.new_urban_jobs"

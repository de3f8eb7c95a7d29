"""Sentences chosen and filled from the numbers, as plain text or with evidence.

The templates stand in `words.yaml`, which also explains their form. A sentence is said only
where every figure in it is known and its conditions hold at both ends of their intervals.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis import measures, words
from analysis.figures import years_of
from analysis.notebook import Page
from analysis.status import Fate, Status, settled
from analysis.words import Row

Facts = Mapping[str, Row]
Show = Callable[[Row, Page], str]

_MAIN = "employment.new_urban_jobs"  # whose targets the trends count
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


def first(entries: Any, page: Page) -> str:
    """The first of alternative sentences that can be said, as plain text."""
    return said([entries], page)


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
        if part in ("label", "name"):
            label = words.label(row["indicator"], page.language)
            return label if part == "label" else label[:1].lower() + label[1:]
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
    return all(compare(a, b) for a in (low, high) for b in (other_low, other_high))


def _ends(term: str, known: Facts) -> tuple[float, float]:
    if re.fullmatch(r"-?[\d.]+", term):
        return float(term), float(term)
    row = known[term]
    if not _legible(row):
        raise KeyError(term)
    ends = measures.bounds(pd.DataFrame([{"bound": "", "measure": "", **row}]))
    return ends["low"].iloc[0], ends["high"].iloc[0]


def _legible(row: Row) -> bool:
    return any(pd.notna(row[column]) for column in ("value", "low", "high"))


@lru_cache(maxsize=4)
def facts(page: Page) -> Facts:
    """Everything sentences can name, by key: figures of the page and what follows from them."""
    if page.years[0] != page.years[1]:
        return _spanning(page)
    known: dict[str, Row] = {}
    results, targets = (page.rows[page.rows["measure"] == m] for m in ("outturn", "target"))
    for table in (
        page.rows,
        ratios(page),
        measures.ratio(results, targets, ["year", "indicator"], "computed", "percent", 100),
        measures.implied(page.rows),
        measures.growth(page.panel),
    ):
        known |= {f"{row['indicator']}:{row['measure']}": row for row in table.to_dict("records")}
    for row in measures.completion(page.rows).to_dict("records"):
        if row["agrees"] is False:
            known[f"{row['indicator']}:disagrees"] = known[f"{row['indicator']}:completion"]
    return known | _sums(page) | _extremes(page) | _counts(page)


def ratios(page: Page) -> pd.DataFrame:
    """The ratios listed in `words.yaml`, year by year."""
    ids = page.rows["indicator"] + ":" + page.rows["measure"]
    tables = []
    for ratio in words.lexicon()["ratios"]:
        over, under = (page.rows[ids == ratio[side]] for side in ("over", "under"))
        name = ratio["name"].split(":")[1]
        tables.append(measures.ratio(over, under, ["year"], name, ratio["unit"], ratio["scale"]))
    return pd.concat([table for table in tables if len(table)] or tables[:1])


def _sums(page: Page) -> dict[str, Row]:
    """For totals with parts: `<total>:sum`, and `<total>:apart` where they contradict."""
    known: dict[str, Row] = {}
    for rule in measures.sums(page.edits, page.year).to_dict("records"):
        for figure in measures.totals(page.rows, rule["parts"]).to_dict("records"):
            known[f"{rule['total']}:sum"] = figure
            if rule["holds"] is False:
                known[f"{rule['total']}:apart"] = figure
    return known


def _extremes(page: Page) -> dict[str, Row]:
    """Largest and smallest scheme, and how many there are."""
    known: dict[str, Row] = {}
    for name, table in (
        ("insured", measures.insured(page.rows)),
        ("fund", measures.funds(page.rows)),
        ("per_head", measures.per_head(page.rows)),
    ):
        known |= _ends_of(name, table)
        known[f"count.{name}"] = _count(int(measures.bounds(table)["low"].notna().sum()))
    if "fund.top" in known:
        share = measures.shares(page.rows, "fund.total", [known["fund.top"]["indicator"]])
        for row in share.to_dict("records"):
            known["fund.top:share"] = row
    return known


def _ends_of(name: str, table: pd.DataFrame) -> dict[str, Row]:
    """Top and bottom of a table of figures, where the intervals leave no doubt which they are."""
    table = measures.bounds(table).dropna(subset="low")
    known: dict[str, Row] = {}
    for at, row in table.iterrows() if len(table) > 1 else ():
        others = table.drop(index=at)
        if (row["low"] >= others["high"]).all():
            known[f"{name}.top"] = row.to_dict()
        if (row["high"] <= others["low"]).all():
            known[f"{name}.bottom"] = row.to_dict()
    return known


def _counts(page: Page) -> dict[str, Row]:
    """How many figures, by how sure they are; rules; numerals."""
    status = page.stated["status"].astype(str)
    firm = int(status.map(settled).sum())
    holds = page.edits.get("holds", pd.Series(dtype=object))
    figure = page.numerals.get("fate", pd.Series(dtype=str)).eq(Fate.OBSERVATION)
    period = page.numerals.loc[figure, "period"].map(years_of)
    here = int(period.map(lambda p: p[0] <= page.year and p[1] >= page.years[0]).sum())
    counts = {
        "all": len(status),
        "firm": firm,
        "open": len(status) - firm,
        "conflict": int(status.eq(Status.CONFLICT).sum()),
        "unreadable": int(status.eq(Status.UNREADABLE).sum()),
        "rules": int(holds.isin([True, False]).sum()),
        "broken": int(holds.eq(False).sum()),
        "numerals": len(page.numerals),
        "here": here,
        "other_years": int(figure.sum()) - here,
        "none": int((~figure).sum()),
    }
    return {f"count.{name}": _count(value) for name, value in counts.items()}


def _count(value: int) -> Row:
    return {"value": value, "low": value, "high": value, "unit": "", "status": "printed"}


def _spanning(page: Page) -> Facts:
    """Facts over several years: first, last, highest and lowest of each series."""
    known: dict[str, Row] = {}
    rows = pd.concat([page.rows, ratios(page)]).fillna({"sources": ""})
    rows = rows[rows["value"].notna()].sort_values("year", kind="stable")
    for row in rows.to_dict("records"):
        key = f"{row['indicator']}:{row['measure']}"
        known.setdefault(f"{key}:first", row)
        known[f"{key}:last"] = row
        for name, beats in (("highest", operator.gt), ("lowest", operator.lt)):
            best = known.setdefault(f"{key}:{name}", row)
            if beats(row["value"], best["value"]):
                known[f"{key}:{name}"] = row
    per_head = measures.per_head(page.rows)
    grown = measures.change(per_head)
    if grown.empty:
        grown = measures.change(page.rows[page.rows["measure"] == "outturn"])
    known |= {} if page.indicator else _ends_of("grown", grown)
    table = measures.completion(page.rows)
    table = table[(table["indicator"] == _MAIN) & table["computed"].notna()]
    counts = {
        "compared": len(table),
        "met": int((table["computed_low"] >= 100).sum()),
        "fund_years": per_head.groupby("scheme")["year"].nunique().max() if len(per_head) else 0,
        "totals": int((page.observations["measure"] == "cumulative").sum()),
        "regions": page.rows.loc[page.rows["indicator"] == page.indicator, "region"].nunique(),
    }
    return known | {f"trend.{name}": _count(value) for name, value in counts.items()}

"""Sentences chosen and filled from the numbers, as plain text or with evidence.

`texts` says where the templates stand and explains their form. A sentence is said only where
every figure in it is known and its conditions hold at both ends of their intervals.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from analysis import measures
from analysis.codebook.status import Status
from analysis.tables.figures import is_part
from analysis.writing import words
from analysis.writing.known import Facts, facts, legible
from analysis.writing.notebook import Page
from analysis.writing.slots import check_braces, check_slot
from analysis.writing.words import Row

Show = Callable[[Row, Page], str]

_SLOT = re.compile(r"\{([^{}|]+)(?:\|(\w+))?\}")
_FIRST = re.compile(r"\A((?:<[^>]*>)*)(.)", re.DOTALL)
_COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "==": operator.eq}
_CONDITION = re.compile(r"(\S+)\s*(>=|<=|==|>|<)\s*(\S+)")


def plain_figure(row: Row, page: Page) -> str:
    """A figure as plain text."""
    return words.brief(row, page.language)


def said(entries: Any, page: Page, show: Show = plain_figure, **fields: str) -> str:
    """The sentences `entries` of a notebook's texts as one paragraph; empty where none can be said."""
    return words.word("phrases/stop", page.language).join(_told(entries, page, show, fields, []))


def section(entry: Row, page: Page, show: Show = plain_figure, **fields: str) -> str:
    """What a section of a page says: its text, and what is known of some months only."""
    about = entry.get("about", []) if entry.get("months", True) else []
    months = [_of_months(row, page, show) for row in _part_years(about, page)]
    text = _told(entry.get("text", []), page, show, fields, months)
    if not text and entry.get("text"):
        first, last = page.years
        key = "no_result" if first == last else "no_result_years"
        text = [words.word(f"phrases/{key}", page.language, year=page.year, first=first, last=last)]
    return words.word("phrases/stop", page.language).join(text)


def stands(entry: Row, page: Page) -> bool:
    """Whether the page has a figure of what a section is about, and its conditions hold."""
    known = facts(page)
    fits = "about" not in entry or any(_stated(name, page) for name in entry["about"])
    fits = fits and ("shows" not in entry or any(_rows(name, known) for name in entry["shows"]))
    return fits and all(_holds(condition, known, page) for condition in entry.get("when", ()))


def _told(entries: Any, page: Page, show: Show, fields: Mapping[str, str], more: list[str]) -> list[str]:
    """Sentence by sentence; `more` is said as well, before what is said for want of others."""
    known = facts(page)
    sentences: list[str] = []
    for entry in entries if isinstance(entries, list) else [entries]:
        for option in map(_option, entry if isinstance(entry, list) else [entry]):
            if option.get("otherwise") and (sentences or more):
                continue
            if text := _fill(option, known, page, show, fields):
                sentences += [text, *_told(option.get("then", []), page, show, fields, [])]
                break
    return sentences + more


def _option(entry: Any) -> Row:
    return {"say": entry} if isinstance(entry, str) else entry


def _part_years(about: Iterable[str], page: Page) -> list[Row]:
    """The figures of some months of which the page has no figure of the year."""
    known = facts(page)
    rows = page.stated[page.stated["period"].map(is_part)].to_dict("records")
    return [
        row
        for row in rows
        if f"{row['indicator']}:{row['measure']}" not in known
        and any(_names(name, row["indicator"], row["measure"]) for name in about)
    ]


def _of_months(row: Row, page: Page, show: Show) -> str:
    label = escape(words.label(row["indicator"], page.language))
    if row["measure"] != "outturn":
        measure = words.word(f"measures/{row['measure']}", page.language)
        label = words.word("phrases/measured", page.language, label=label, measure=measure)
    period = words.period(row["period"], page.language)
    return words.word("phrases/of_months", page.language, label=label, period=period, amount=show(row, page))


def first(entries: Any, page: Page) -> str:
    """The first of alternative sentences that can be said, as plain text."""
    return said([entries], page)


def basics(page: Page) -> dict[str, str]:
    """What every template may name beside figures."""
    text = {"region": page.name, "year": str(page.year), "first": str(page.years[0]), "last": str(page.years[1])}
    if page.indicator:
        units = page.panel.loc[page.panel["indicator"] == page.indicator, "unit"]
        text["indicator"] = words.label(page.indicator, page.language)
        text["unit"] = words.word(f"units/{units.iloc[0]}", page.language)
    return text


def _fill(option: Row, known: Facts, page: Page, show: Show, fields: Mapping[str, str]) -> str:
    """A sentence with its figures; empty where a condition does not hold or one of them is not known."""
    if not all(_holds(condition, known, page) for condition in option.get("when", ())):
        return ""
    text = basics(page) | dict(fields)
    missing: list[str] = []

    def put(match: re.Match[str]) -> str:
        key, part = match.groups()
        if key in text:
            return text[key]
        row = known.get(key)
        if row is None:
            check_slot(key)
        if row is None or not legible(row):
            missing.append(key)
            return ""
        return _part(row, part, page, show)

    check_braces(option["say"], _SLOT.sub("", option["say"]))
    sentence = _SLOT.sub(put, option["say"])
    return "" if missing else _FIRST.sub(lambda m: m[1] + m[2].upper(), sentence)


def _part(row: Row, part: str | None, page: Page, show: Show) -> str:
    """What a slot shows of a figure: the figure itself, or its label, year or period."""
    if part in ("label", "name"):
        label = words.label(row["indicator"], page.language)
        return label if part == "label" else label[:1].lower() + label[1:]
    if part == "scheme":
        return words.scheme(str(row["indicator"]).partition(".")[2], page.language)
    if part == "year":
        return str(row["year"])
    if part == "region":
        return words.region_name(row["region"], page.language, page.root)
    if part == "period":
        return words.period(row["period"], page.language)
    if part == "number":
        return show({**row, "unit": ""}, page)
    if part == "abs":
        row = {**row, "value": -row["value"], "low": -row["high"], "high": -row["low"]}
    return show(row, page)


def _holds(condition: str, known: Facts, page: Page) -> bool:
    word, _, key = condition.partition(" ")
    if word == "has":
        return key in known and legible(known[key])
    if word in ("any", "no"):
        return bool(_rows(key, known)) is (word == "any")
    if word == "none":
        return not _stated(key, page)
    if word == "candidates":
        return any(words.possible_values(row) for row in _rows(key, known))
    if word in tuple(Status):
        return any(row["status"] == word for row in _rows(key, known))
    return _compares(condition, known)


def _rows(name: str, known: Facts) -> list[Row]:
    keys = [(key, *key.rpartition(":")) for key in known if ":" in key]
    return [known[key] for key, indicator, _, measure in keys if _names(name, indicator, measure)]


def _stated(name: str, page: Page) -> bool:
    keys = zip(page.stated["indicator"], page.stated["measure"], strict=True)
    return any(_names(name, *key) for key in keys)


def _names(name: str, indicator: str, measure: str) -> bool:
    """Whether `name` ("employment", "fund.total", "employment:target") is of a figure."""
    wanted, _, of = name.partition(":")
    return (not of or of == measure) and wanted in ("*", indicator, indicator.partition(".")[0])


def _compares(condition: str, known: Facts) -> bool:
    match = _CONDITION.fullmatch(condition)
    if match is None:
        raise ValueError(f"texts: condition {condition!r} cannot be understood")
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
    if not legible(row):
        raise KeyError(term)
    ends = (row["value"], row["low"], row["high"])
    return measures.interval(*ends, row.get("bound"), row.get("measure"))

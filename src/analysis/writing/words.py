"""Words and numbers in the reader's language; the texts themselves stand in `words.yaml`,
those of the closed vocabulary in `vocabulary.yaml`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from analysis import codebook
from analysis.codebook import insurance
from analysis.codebook.status import settled
from analysis.system import project
from analysis.system.errors import InputError

#: A figure as a mapping: `value`, `low`, `high`, `bound`, `unit`, `status` and its keys.
Row = Mapping[Any, Any]

_FILES = ("codebook/vocabulary.yaml", "writing/words.yaml", "export/texts.yaml")
_INTERVAL = re.compile(r"(\d{4})-(\d\d)/(\d{4})-(\d\d)")
_NAMED = ("yuan", "percent", "times", "months")
_SUMS = ("sum", "years_sum")  # of which no digit is lost
_SCALES = {
    "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")),
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
}


@cache
def lexicon() -> dict[str, Any]:
    """All the words of `_FILES`, read once."""
    texts = (files("analysis").joinpath(name).read_text("utf-8") for name in _FILES)
    return {key: entry for text in texts for key, entry in yaml.load(text, yaml.CSafeLoader).items()}


def languages() -> tuple[str, ...]:
    """The languages there are words for."""
    return tuple(lexicon()["languages"])


def check_language(language: str) -> str:
    """`language` if there are words for it; raises InputError naming those there are."""
    if language not in languages():
        raise InputError(f"language {language!r}: there are {', '.join(languages())}")
    return language


def word(key: str, language: str, **fields: object) -> str:
    """The text at a dotted key of the section `phrases` or another section, filled in."""
    entry: Any = lexicon()
    for part in key.split("/"):
        entry = entry.get(part) if isinstance(entry, dict) else None
    if entry is None:
        return key.rsplit("/", 1)[-1]
    text = entry if isinstance(entry, str) else entry[language]
    return text.format(**fields) if fields else text


def label(indicator: str, language: str) -> str:
    """The short label of an indicator: from `words.yaml`, of the insured their scheme, else its full name."""
    if short := lexicon()["labels"].get(indicator):
        return str(short[language])
    kind, _, name = indicator.partition(".")
    return scheme(name, language) if kind == "insured" else full_name(indicator, language)


def scheme(name: str, language: str) -> str:
    """An insurance scheme, such as ``urban_worker_pension``."""
    known = insurance.schemes().get(name)
    return str(getattr(known, language)) if known else name


def full_name(indicator: str, language: str) -> str:
    """The full name of an indicator: its short label may be that of another one, too."""
    known = codebook.load().indicators.get(indicator)
    return str(getattr(known, language)) if known else indicator


def region_name(region: str, language: str, root: Path | None) -> str:
    """A region as readers know it: by data/places.csv of the project, else by its folder's name."""
    names = project.place_names(root) if root else {}
    if known := names.get(region, {}).get(language):
        return known
    if known := lexicon()["regions"].get(region):
        return str(known[language])
    return region.replace("-", " ").replace("_", " ").title() if region.isascii() else region


def document_name(document: str, language: str) -> str:
    """``2009-labor-bureau-report`` is "2009 labour bureau report"."""
    year, _, kind = document.partition("-")
    name = kind_name(kind, language)
    return document if name == kind else f"{year}{'年' if language == 'zh' else ' '}{name}"


def period(text: str, language: str) -> str:
    """A period as readers write it: 2009 · 2016–2020 · January to September 2013."""
    months = _INTERVAL.fullmatch(text)
    if months is None:
        return text.replace("-", "–" if language == "en" else "—")
    year, first, last_year, last = months.groups()
    one = year == last_year
    key = "month" if one and first == last else "months" if one else "months_across"
    ends = [lexicon()["months"][language][int(month) - 1] for month in (first, last)]
    return word(f"phrases/{key}", language, year=year, first=ends[0], last_year=last_year, last=ends[1])


def kind_name(kind: str, language: str) -> str:
    """A document without its year, such as ``labor-bureau-report``."""
    for known, names in lexicon()["kinds"].items():
        if kind.startswith(known):
            rest = kind.removeprefix(known).strip("-")
            return _varied(str(names[language]), rest, language)
    return kind


def _varied(name: str, variant: str, language: str) -> str:
    """A kind of document with what tells one such document of a year from another."""
    if not variant:
        return name
    told = lexicon()["variants"].get(variant, {}).get(language, variant)
    return word("phrases/bracketed", language, label=name, measure=told)


def number(value: float, language: str, places: int | None = None, fixed: int = 0) -> str:
    """A number as prose writes it: 1.723 billion, 34,000 · 17.23亿, 3.4万.

    `places`: decimal places of `value` that mean something (negative: tens, hundreds);
    None for a printed number, which keeps its digits. `fixed`: decimals to show be they zeros.
    """
    if places is not None:
        value = round(value, places) + 0.0  # no minus before nought
    scale, name = next(((s, n) for s, n in _SCALES[language] if abs(value) >= s), (1, ""))
    digits = f".{fixed}f" if fixed > 0 and scale == 1 else ".10g"
    comma = "," if scale == 1 and (language == "en" or abs(value) >= 1e4) else ""
    return f"{value / scale:{comma}{digits}}{name}".replace("-", "−")


def amount(row: Row, language: str, places: int | None = None) -> str:
    """A figure in words: its value, or its interval, or that it cannot be read.

    Yuan, percent and months are named; people, cases and the like are left to the sentence. A
    derived figure (one with `sources`) shows the digits its interval bears, at most four; with
    `places` no more decimals than that (see `precision`).
    """
    value, low, high = (row[c] if _known(row[c]) else None for c in ("value", "low", "high"))
    if value is not None:
        bound = "" if row.get("measure") in ("target", "ceiling") else row.get("bound") or ""
        return _bounded(row, value, bound, language, places)
    if either := possible_values(row):
        alone = ({"value": c, "low": c, "high": c, "unit": row["unit"]} for c in either)
        return word("phrases/or", language).join(amount(one, language) for one in alone)
    if low is not None and high is not None:
        return _between(row, low, high, language)
    if low is not None:
        return _bounded(row, low, "at_least", language, places)
    return word("phrases/unreadable", language) if high is None else _bounded(row, high, "at_most", language, places)


def brief(row: Row, language: str, places: int | None = None) -> str:
    """`amount` as sentences and labels say it: of a million or more, five digits at most.

    Tables and evidence have all that were printed. Intervals, and what is at least or at most so
    much, keep theirs: rounded they would say another thing.
    """
    value = row["value"]
    if _known(value) and abs(value) >= 1e6 and not row.get("bound"):
        row = {**row, "value": float(f"{value:.5g}")}
    return amount(row, language, places)


def _bounded(row: Row, value: float, bound: str, language: str, places: int | None) -> str:
    """A number with its unit, said to be no more or no less than the figure where there is a `bound`."""
    decimals = _decimals(row, value, places)
    fixed = 0 if decimals is None or places is None else decimals
    text = number(value, language, decimals, fixed) + _after(row, language)
    return word(f"phrases/{bound}", language, amount=text) if bound else text


def _after(row: Row, language: str) -> str:
    """The name of a unit that is said behind its number."""
    return word(f"units/{row['unit']}/after", language) if row["unit"] in _NAMED else ""


def _decimals(row: Row, value: float, most: int | None) -> int | None:
    """The decimal places to show: those that mean something, `most` at most."""
    own = _places(row, value)
    return own if own is None or most is None else min(own, most)


def _between(row: Row, low: float, high: float, language: str) -> str:
    """An interval; its scale word is said once where both ends have the same."""
    exact = [f"{end:,.10g}" for end in (low, high)]
    ends = [number(end, language, _places({**row, "low": None}, end)) for end in (low, high)]
    first, last = (text.partition(" ") for text in ends)
    if first[2] == last[2]:
        ends[0] = first[0]
    elif language == "en" and not first[2]:
        ends = exact
    if language == "zh" and max(map(len, ends)) > 8:
        ends = exact
    return word("phrases/between", language, low=ends[0], high=ends[1] + _after(row, language))


def count_of(value: int) -> dict[str, Any]:
    """How many there are of something, as a figure that sentences can name."""
    return {"value": value, "low": value, "high": value, "unit": "", "status": "printed"}


def precision(rows: Iterable[Row]) -> int | None:
    """The decimals that all derived figures of a chart can bear and some need; None where there is none.

    Those in doubt, whose bounds may lie far apart, do not coarsen the others.
    """
    known = [row for row in rows if _known(row["value"])]
    sure = [row for row in known if settled(row["status"])] or known
    places = [_places(row, row["value"]) for row in sure]
    most = min((p for p in places if p is not None), default=None)
    while most and most > 0 and all(round(row["value"], most) == round(row["value"], most - 1) for row in known):
        most -= 1
    return most


def possible_values(row: Row) -> list[float]:
    """The values of which one is the figure's, where it is known to be one of a few."""
    return [float(value) for value in str(row.get("candidates") or "").split()]


def _places(row: Row, value: float) -> int | None:
    """Decimal places that mean something; None for a printed number, which keeps its own."""
    if not row.get("sources") or value == 0:
        return None
    whole = math.floor(math.log10(abs(value)))
    most: float = {"percent": 1, "yuan": 3 - whole, "times": 2, "months": 1, "": 2}.get(row["unit"], min(3 - whole, 0))
    if row.get("measure") in _SUMS:
        most = math.inf
    if _known(row["low"]) and _known(row["high"]) and row["high"] > row["low"]:
        borne = -math.floor(math.log10((row["high"] - row["low"]) / 2))
        most = min(most, max(borne, -whole))  # a figure is not rounded away
    return None if most == math.inf else int(most)


def listing(items: list[str], language: str) -> str:
    """Items joined as the language joins them: "a, b and c" · "a、b和c"."""
    if len(items) < 2:
        return "".join(items)
    comma, last = word("phrases/comma", language), word("phrases/and", language)
    return comma.join(items[:-1]) + last + items[-1]


def told(title: str, items: Iterable[str], language: str) -> str:
    """Alt text: the title of a chart and what it shows, item by item."""
    joined = word("phrases/alt_join", language).join(items)
    return word("phrases/alt", language, title=title, items=joined)


def item(name: str, row: Row, language: str, text: str = "") -> str:
    """One item of an alt text: label, amount and status of a figure."""
    status = word(f"statuses/{row['status']}", language)
    text = text or brief(row, language)
    return word("phrases/alt_item", language, label=name, amount=text, status=status)


def source(documents: Iterable[str], regions: Sequence[str], language: str, root: Path | None = None) -> str:
    """The source line under a chart, from the documents its figures come from."""
    known = sorted(set(documents))
    span = {"first": known[0][:4], "last": known[-1][:4]} if known else {"first": "", "last": ""}
    if len(regions) > 1:
        return word("phrases/source_regions", language, n=len(regions), **span)
    names = [document_name(document, language) for document in known]
    if len(names) > 3:
        names = [word("phrases/reports", language, n=len(names), **span)]
    region = region_name(regions[0], language, root)
    return word("phrases/source", language, region=region, documents=listing(names, language))


def _known(value: object) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value)

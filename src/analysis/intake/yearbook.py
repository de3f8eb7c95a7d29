"""Tables of statistical yearbooks as facts: labels and units told by the codebook, wide years melted.

Three forms are known: years beside each other with an indicator a row, years below each other with
an indicator a column, and a figure a row (indicator, year, value).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from analysis import codebook as codebooks
from analysis import reading
from analysis.codebook import Codebook
from analysis.intake import tabular
from analysis.intake.facts import fact_doubt as fact_doubt
from analysis.intake.readers.contents import Rows
from analysis.reading import numerals as lexer
from analysis.reading.mentions import Finder

_SURE = math.log(10)  # odds below which no status is settled, either
_WORDS = Path(codebooks.__file__).with_name("sheets.yaml")


@dataclass(frozen=True)
class Cell:
    """A figure of a table: the words it stands under, its unit, its year, and where it is."""

    label: str
    unit: str
    year: str
    text: str
    where: str


@dataclass
class Taken:
    """Rows of facts, each after the place that messages name, and what did not map, a line each."""

    rows: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def as_facts(sheets: Mapping[str, Rows], book: Codebook, level: str = "city") -> Taken:
    """The figures of a workbook's tables that the codebook knows, as rows of a table of facts.

    A label is taken where it is an indicator's name, or where words of the codebook and idle ones
    (`sheets.yaml`) are all of it and the reading of prose is sure what they state. Without a unit
    nothing is taken, and no percentage below 1: sheets keep 3.4% as 0.034.
    """
    names = {_bare(indicator.zh): indicator.id for indicator in book.indicators.values()}
    names |= {indicator.id: indicator.id for indicator in book.indicators.values()}
    names |= {_bare(indicator.en): indicator.id for indicator in book.indicators.values()}
    taken = Taken()
    known: dict[tuple[str, str], str] = {}
    left: dict[str, list[Cell]] = {}
    for cell in (cell for name, rows in sheets.items() for cell in _cells(name, rows)):
        key = cell.label, cell.unit
        if key not in known:
            known[key] = _indicator(cell, names, book, level)
        indicator = known[key]
        row = {"year": cell.year, "indicator": indicator, "measure": "outturn",
               "printed": f"{cell.text}{cell.unit}", "source": cell.where}  # fmt: skip
        if indicator in book.indicators:
            why = _doubt(cell, book.indicators[indicator].unit) or fact_doubt(cell.where, row, book)
        else:
            why = indicator
        if why:
            left.setdefault(f"{cell.label!r}: {why}", []).append(cell)
        else:
            taken.rows.append((cell.where, row))
    taken.left += [f"{cells[0].where}: {why}" + (f" ({len(cells)} cells)" if len(cells) > 1 else "")
                   for why, cells in left.items()]  # fmt: skip
    return taken


# ---------------------------------------------------------------- what a label names


def _indicator(cell: Cell, names: Mapping[str, str], book: Codebook, level: str) -> str:
    """The id of the indicator that a cell's words and unit name; else why there is none."""
    if not cell.unit:
        return "no unit is said; write it behind the label, like (万人)"
    if found := names.get(_bare(cell.label)) or names.get(cell.label):
        return found
    folded = lexer.fold(cell.label)
    finder = Finder(folded, [0], len(folded), book, "zh" if lexer.is_chinese(folded) else "en")
    facets = [m for m in finder.facets(0) if m.mark != "not"]
    subjects = [m for m in finder.subjects(0) if not m.mark]
    rest = "".join(sign for i, sign in enumerate(folded)
                   if not any(m.start <= i < m.end for m in [*subjects, *facets]))  # fmt: skip
    if not subjects or not re.fullmatch(rf"(?:{_words()['idle']}|\W)*", rest):
        return "no indicator of the codebook"
    text = f"{cell.year}年，{cell.label}为{cell.text}{cell.unit}。"
    stated = reading.parse(text, year=int(cell.year), kind="bureau-report", codebook=book,
                           level=level).stated  # fmt: skip
    if len(stated) == 1:
        said = stated[0][0]
        sure = said.sure and not said.loose and said.margin >= _SURE
        meant = book.indicators[said.indicator]
        if sure and said.measure == "outturn" and (facets or not meant.facet):
            return said.indicator
    return "it is not certain which indicator it is"


def _doubt(cell: Cell, unit: str) -> str:
    """Why a cell's number may not be what it says."""
    try:
        value = tabular.number(cell.text, unit)
    except ValueError as error:
        return str(error)
    fraction = unit == "percent" and abs(value) < 1
    return "may be a fraction shown as a percentage; write it like 3.4%" if fraction else ""


def _bare(label: str) -> str:
    return re.sub(r"[\s“”\"'：:、*]", "", label)


# ---------------------------------------------------------------- where a table's figures stand


def _cells(sheet: str, rows: Rows) -> Iterator[Cell]:
    """The figures of a sheet, whatever the form of its table."""
    unit = ""
    for at, row in enumerate(rows):
        unit = _stated_unit(row) or unit
        heads = {name: n for n, cell in enumerate(row) if (name := _head(cell))}
        years = {n: year for n, cell in enumerate(row) if (year := _year(cell))}
        below = rows[at + 1 :]
        form: Callable[..., Iterator[Cell]] | None = None
        if {"indicator", "year", "value"} <= heads.keys():
            form = _long
        elif years and (len(years) > 1 or heads) and not _year(row[0]):
            form = _wide
        elif "year" in heads or _in_rows(below):
            form = _tall
        if form and len([cell for cell in row if cell.strip()]) > 1:
            yield from form(sheet, at + 1, row, below, heads, years, unit)
            return


def _wide(sheet: str, at: int, row: Sequence[str], below: Rows, heads: Mapping[str, int],
          years: Mapping[int, str], unit: str) -> Iterator[Cell]:  # fmt: skip
    """Years beside each other."""
    first = heads.get("indicator", 0)
    for number, cells in enumerate(below, at + 1):
        unit = _stated_unit(cells) or unit
        label, own = _split(cells[first] if len(cells) > first else "")
        said = _cell(cells, heads.get("unit", -1)) or own or unit
        for column, year in years.items():
            yield from _figure(
                label, said, year, _cell(cells, column), f"{sheet}, row {number}, {year}"
            )


def _tall(sheet: str, at: int, row: Sequence[str], below: Rows, heads: Mapping[str, int],
          years: Mapping[int, str], unit: str) -> Iterator[Cell]:  # fmt: skip
    """Years below each other."""
    when = heads.get("year", 0)
    labels = {n: _split(cell) for n, cell in enumerate(row) if n != when and cell.strip()}
    for number, cells in enumerate(below, at + 1):
        if year := _year(_cell(cells, when)):
            for column, (label, own) in labels.items():
                yield from _figure(label, own or unit, year, _cell(cells, column),
                                   f"{sheet}, row {number}, {label}")  # fmt: skip


def _long(sheet: str, at: int, row: Sequence[str], below: Rows, heads: Mapping[str, int],
          years: Mapping[int, str], unit: str) -> Iterator[Cell]:  # fmt: skip
    """A figure a row."""
    for number, cells in enumerate(below, at + 1):
        label, own = _split(_cell(cells, heads["indicator"]))
        said = _cell(cells, heads.get("unit", -1)) or own or unit
        if year := _year(_cell(cells, heads["year"])):
            yield from _figure(
                label, said, year, _cell(cells, heads["value"]), f"{sheet}, row {number}"
            )


def _figure(label: str, unit: str, year: str, text: str, where: str) -> Iterator[Cell]:
    text = (
        text.removesuffix("%").removesuffix("％") if (shown := text.endswith(("%", "％"))) else text
    )
    unit = "%" if shown or unit == "％" else unit
    if label and not re.fullmatch(_words()["none"], text, re.I):
        yield Cell(label, unit, year, text, where)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column].strip() if 0 <= column < len(cells) else ""


def _in_rows(below: Rows) -> bool:
    """Whether the rows below begin with years."""
    return len(below) > 1 and all(cells and _year(cells[0]) for cells in below[:2])


def _split(cell: str) -> tuple[str, str]:
    """A label and the unit in brackets behind it."""
    text = "".join(cell.split()) if lexer.is_chinese(cell) else cell.strip()
    if (found := re.fullmatch(_words()["bracketed"], text)) and not _bare_label(text):
        return found[1], found[2].removeprefix("单位：").removeprefix("单位:")
    return text, ""


def _bare_label(text: str) -> bool:
    """Whether brackets are part of an indicator's own name."""
    return any(_bare(each.zh) == _bare(text) for each in codebooks.load().indicators.values())


def _stated_unit(row: Sequence[str]) -> str:
    """The unit that a line above a table says holds for all of it."""
    filled = [cell for cell in row if cell.strip()]
    found = re.search(_words()["stated"], " ".join(filled)) if 0 < len(filled) < 3 else None
    return (found[1] or found[2] or "").strip() if found else ""


def _head(cell: str) -> str:
    text = "".join(cell.split()).lower()
    return next((name for name, words in _heads().items() if re.fullmatch(words, text)), "")


def _year(cell: str) -> str:
    found = re.fullmatch(_words()["year"], cell.strip())
    return found[1] if found else ""


@lru_cache
def _words() -> dict[str, str]:
    return {name: words for name, words in _written().items() if isinstance(words, str)}


@lru_cache
def _heads() -> dict[str, str]:
    return dict(_written()["heads"])


def _written() -> dict[str, Any]:
    return dict(yaml.safe_load(_WORDS.read_text("utf-8")))

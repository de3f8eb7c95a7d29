"""Tables of statistical yearbooks as facts: labels and units told by the codebook; see `layouts`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from analysis import reading
from analysis.codebook import Codebook
from analysis.codebook.status import Measure
from analysis.intake import layouts, tabular
from analysis.intake.facts import fact_doubt
from analysis.intake.heads import bare_label, patterns
from analysis.intake.layouts import Cell
from analysis.intake.readers.contents import Rows
from analysis.reading import numerals as lexer
from analysis.reading.mentions import Finder

_SURE = math.log(10)  # odds below which no status is settled, either


@dataclass
class Taken:
    """Rows of facts, each after the place that messages name, and what did not map, a line each."""

    rows: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def as_facts(
    sheets: Mapping[str, Rows], book: Codebook, level: str = "city", region: Callable[[str], str] = str
) -> Taken:
    """The figures of a workbook's tables that the codebook knows, as rows of a table of facts.

    A label is taken where it is an indicator's name, or where words of the codebook and idle ones
    (`sheets.yaml`) are all of it and the reading of prose is sure what they state. Without a unit
    nothing is taken, and no percentage below 1 that has no percent sign: sheets keep 3.4% as 0.034.

    `region` gives the id of a place that a row names, "" where nobody knows it.
    """
    names = {_key(name): i.id for i in book.indicators.values() for name in (i.zh, i.id, i.en)}
    taken = Taken()
    known: dict[tuple[str, str], str] = {}
    left: dict[str, list[str]] = {}
    for name, rows in sheets.items():
        cells = list(layouts.cells(name, rows))
        if not cells and any(sign.isdigit() for row in rows for cell in row for sign in cell):
            taken.left.append(f"{name}: no table of indicators and years is seen in it")
        for cell in cells:
            key = cell.label, cell.unit
            if key not in known:
                known[key] = _indicator(cell, names, book, level)
            row = _fact(cell, known[key], region(cell.place) if cell.place else "")
            if why := _why_not(cell, row, book, level):
                left.setdefault(why, []).append(cell.where)
            else:
                taken.rows.append((cell.where, row))
    for why, places in left.items():
        taken.left.append(f"{places[0]}: {why}" + (f" ({len(places)} cells)" if len(places) > 1 else ""))
    return taken


def _fact(cell: Cell, indicator: str, region: str) -> dict[str, str]:
    """A cell as a row of a table of facts."""
    return {
        "region": region,
        "year": cell.year,
        "indicator": indicator,
        "measure": "outturn",
        "printed": f"{cell.text}{cell.unit}",
        "source": cell.where,
    }


def _why_not(cell: Cell, row: Mapping[str, str], book: Codebook, level: str) -> str:
    """Why a cell is no fact of the codebook; empty where it is one."""
    if cell.place and not row["region"]:
        return f"{cell.place!r}: no place of data/places.csv"
    if not cell.year:
        return "no year is said; write it above the table"
    if row["indicator"] not in book.indicators:
        return f"{cell.label!r}: {row['indicator']}"
    why = _doubt(cell, book.indicators[row["indicator"]].unit) or fact_doubt(cell.where, row, book, level)
    return f"{cell.label!r}: {why}" if why else ""


# ---------------------------------------------------------------- what a label names


def _indicator(cell: Cell, names: Mapping[str, str], book: Codebook, level: str) -> str:
    """The id of the indicator that a cell's words and unit name; else why there is none."""
    if not cell.unit:
        return "no unit is said; write it behind the label, like (万人)"
    if double := re.search(patterns()["double"], cell.unit):
        return f"{double[0]} is a million by the law on units, a trillion by custom; write it in 万 or 亿"
    if cell.unit[0].isdigit():
        return f"the unit {cell.unit!r} begins with a number; write it like 万人, 亿元 or people"
    if found := names.get(_key(cell.label)):
        return found
    named, counted = _words(cell.label, book)
    if not named:
        return "no indicator of the codebook"
    return _read(cell, book, level, counted) or "it is not certain which indicator it is"


def _key(label: str) -> str:
    return bare_label(label).casefold()


def _words(label: str, book: Codebook) -> tuple[bool, bool]:
    """Whether a label is made of a subject's words and idle ones alone; whether they say what is counted."""
    folded = lexer.fold(label)
    finder = Finder(folded, [0], len(folded), book, "zh" if lexer.is_chinese(folded) else "en")
    facets = [m for m in finder.facets(0) if m.mark != "not"]
    subjects = [m for m in finder.subjects(0) if not m.mark]
    rest = "".join(sign for i, sign in enumerate(folded) if not any(m.start <= i < m.end for m in [*subjects, *facets]))
    idle = re.fullmatch(rf"(?:{patterns()['idle']}|\W)*", rest)
    return bool(subjects and idle), bool(facets)


def _read(cell: Cell, book: Codebook, level: str, counted: bool) -> str:
    """The id of the indicator that the reading of prose is sure a cell states; empty where it is not."""
    year = cell.year or "2000"
    text = f"{year}年，{cell.label}为{cell.text}{cell.unit}。"
    stated = reading.parse(text, year=int(year), kind="bureau-report", codebook=book, level=level).stated
    said = stated[0][0] if len(stated) == 1 else None
    if said is None or not said.sure or said.loose or said.margin < _SURE or said.measure != Measure.OUTTURN:
        return ""
    return said.indicator if counted or not book.indicators[said.indicator].facet else ""


def _doubt(cell: Cell, unit: str) -> str:
    """Why a cell's number may not be what it says."""
    try:
        value = tabular.number(cell.text, unit)
    except ValueError as error:
        return str(error)
    fraction = unit == "percent" and abs(value) < 1 and not cell.percent
    return "may be a fraction shown as a percentage; write it like 3.4%" if fraction else ""

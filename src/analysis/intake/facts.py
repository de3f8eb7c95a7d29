"""Tables of figures printed elsewhere: told apart, split into documents, checked cell by cell."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from analysis.codebook import Codebook
from analysis.intake import documents, levels, places, tabular
from analysis.intake.documents import Document, Incoming, usual_name
from analysis.intake.received import Received
from analysis.reading import numerals as lexer
from analysis.reading import unit_of
from analysis.reading.numerals import Numeral
from analysis.reading.readings import Reading, readings
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.project import KINDS
from analysis.system.regions import identified
from analysis.tables.sources import UNKNOWN, Source

T = TypeVar("T")
Rows = Iterable[tuple[str, dict[str, str]]]
COLUMNS = ("year", "indicator", "measure", "value", "unit", "printed", "note")
_OF = ("region", "report_year", "kind")
_OPTIONAL = ("bound", "issuer", "source")
NEEDED = ("year", "indicator", "measure", "printed")
_BOUNDS = ("", "at_least", "at_most")
_TOLD = ("people", "households", "yuan", "percent")  # units that a print says
_RUN = ("=", "@", "\t", "\r")  # of what a person writes in a note


@dataclass(frozen=True)
class Fact:
    """One row of a table of facts: a figure that a person has seen printed.

    `value` is in base units, or None where only the print is given; `numeral` is the number
    found in `printed`; `where` names file and line.
    """

    where: str
    period: str
    indicator: str
    measure: str
    value: Decimal | None
    unit: str
    printed: str
    numeral: Numeral
    bound: str
    note: str


def is_facts(header: Iterable[str]) -> bool:
    """Whether a table with these columns is one of printed facts."""
    return {"indicator", "measure", "printed"} <= set(header)


def incoming(
    path: Path,
    root: Path,
    given: Mapping[str, str],
    rows: Rows,
    book: Codebook,
    name: str | None = None,
    told: Source = UNKNOWN,
    received: Received | None = None,
) -> list[Incoming]:
    """The documents that a table of facts holds, one for each region, report year and kind.

    Parameters
    ----------
    path
        the file the table is in.
    given
        report_year, kind and region of all rows; the kind is government-report where nothing
        says another.
    rows
        `COLUMNS`, and report_year, kind, region for rows not covered by `given`, each after the
        place that messages name.
    name
        the document's, where all rows are of one.
    told, received
        where the table is from, and the file it came in; see `documents.incoming_csv`.

    Raises
    ------
    InputError
        naming file, line and column of the first cell that cannot be right, and how many rows more
        have one.
    """
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    wrong: list[InputError] = []
    for where, row in rows:
        try:
            fact = _checked(where, row, book)
            region, document = _document(where, row, given, name)
            region = identified(root, region)
            level = given.get("level") or places.level(root, region, unknown="")
            people = places.people(root, region, int(document[:4]))
            if why := _unusual(fact, book, level, people):
                raise InputError(f"{where}: {why}")
            groups.setdefault((region, document), []).append(row)
        except InputError as error:
            wrong.append(error)
    if wrong:
        more = f" (and {len(wrong) - 1} rows more)" if len(wrong) > 1 else ""
        raise InputError(f"{wrong[0]}{more}")
    if not groups:
        raise InputError(f"{path}: has no rows")
    return [
        documents.incoming(path, root, region, document, told, received=received, facts=_text(group))
        for (region, document), group in sorted(groups.items())
    ]


def fact_doubt(where: str, row: Mapping[str, str], book: Codebook, level: str) -> str:
    """Why a row cannot be a fact of a place of this level; empty where it can."""
    try:
        fact = _checked(where, row, book)
    except InputError as error:
        return str(error).removeprefix(f"{where}: ")
    stated = fact.numeral.unit
    if (stated in _TOLD and fact.unit in _TOLD and stated != fact.unit) or reading(fact, book) is None:
        return f"{row['printed']!r} does not count {fact.unit}"
    return _unusual(fact, book, level)


def _unusual(fact: Fact, book: Codebook, level: str, people: int | None = None) -> str:
    """Why a figure is asked about that no such place has; empty where its note says that it stands so."""
    read = reading(fact, book)
    if fact.note or not read:
        return ""
    key = (fact.indicator, fact.measure, fact.period)
    usual = levels.usual(key, (read.low, read.high), book, level, people)
    say = f"column printed: {fact.printed!r} is not {usual}; correct it, or say in column note where it stands so"
    return say if usual else ""


def _document(where: str, row: Mapping[str, str], given: Mapping[str, str], name: str | None) -> tuple[str, str]:
    """Region and name of the document that a row is of."""
    region, year, kind = (row.get(what) or given.get(what, "") for what in _OF)
    kind = kind or "government-report"
    if not region:
        raise InputError(f"{where}: column region is empty; fill it, or give --region")
    if not re.fullmatch(r"[12]\d{3}", year, re.ASCII):
        raise InputError(f"{where}: column report_year: {year!r} is no year; fill the column, or give --year")
    if kind not in KINDS:
        raise InputError(f"{where}: column kind: {kind!r}; use {', '.join(KINDS)}")
    return region, usual_name(int(year), kind, name)


def reading(fact: Fact, book: Codebook) -> Reading | None:
    """A fact as it is stated, with the rounding of its print; None where the print is no number."""
    said = [r for r in readings(fact.numeral, fact.unit, book) if not r.damage]
    if fact.value is None:
        return said[0] if said else None
    meant = next((r for r in said if r.low <= fact.value <= r.high), None)
    return replace(meant, value=fact.value) if meant else None


def _text(rows: list[dict[str, str]]) -> str:
    columns = [*COLUMNS, *(c for c in _OPTIONAL if any(row.get(c) for row in rows))]
    return project.csv_text([columns, *([row.get(c, "") for c in columns] for row in rows)])


def read(document: Document, book: Codebook) -> Iterator[Fact]:
    """The facts of a document under data/raw, each checked.

    Raises
    ------
    InputError
        naming file, line and column of the first cell that cannot be right.
    """
    for where, row in tabular.rows(document.path, NEEDED, "auto"):
        yield _checked(where, row, book)


def _checked(where: str, row: Mapping[str, str], book: Codebook) -> Fact:
    if missing := [column for column in NEEDED if not row[column]]:
        raise InputError(f"{where}: column {missing[0]} is empty")
    cell = partial(_cell, where)
    period = cell("year", tabular.period, row["year"])
    indicator = cell("indicator", _known, row["indicator"], book.indicators)
    measure = cell("measure", _known, row["measure"], book.indicators[indicator].measures)
    unit = unit_of(indicator, measure, book)
    cell("unit", _known, row.get("unit") or unit, [unit])
    bound = cell("bound", _known, row.get("bound", ""), _BOUNDS)
    numeral = cell("printed", _numeral, row["printed"])
    note = cell("note", _plain, row.get("note", ""))
    value = cell("value", _value, row.get("value", ""), unit, numeral, book)
    return Fact(where, period, indicator, measure, value, unit, row["printed"], numeral, bound or numeral.bound, note)


def _cell(where: str, column: str, check: Callable[..., T], *given: Any) -> T:
    try:
        return check(*given)
    except ValueError as error:
        raise InputError(f"{where}: column {column}: {error}") from None


def _known(cell: str, names: Iterable[str]) -> str:
    known = list(names)
    if cell in known:
        return cell
    near = difflib.get_close_matches(cell, known, 1) or (known if len(known) < 8 else [])
    raise ValueError(f"{cell!r} is not known here" + (f"; use {' or '.join(near)}" if near else ""))


def _numeral(printed: str) -> Numeral:
    found = [numeral for numeral in lexer.find(printed) if not numeral.fate]
    if len(found) != 1:
        raise ValueError(f"{printed!r} must hold one number, with its unit")
    return found[0]


def _plain(text: str) -> str:
    if text.startswith(_RUN):
        raise ValueError(f"{text!r} would be run as a formula by a spreadsheet")
    return text


def _value(cell: str, unit: str, numeral: Numeral, book: Codebook) -> Decimal | None:
    if not cell:
        return None
    value = tabular.number(cell, unit)
    said = [each for each in readings(numeral, unit, book) if not each.damage]
    if not any(each.low <= value <= each.high for each in said):
        raise ValueError(f"{cell} is not what {numeral.printed!r} says")
    return value

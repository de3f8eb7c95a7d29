"""Mutated tables: facts, texts in a column, decisions; through the command and lying in data/raw."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from ..command import Ran, inside
from .mutations import mutated
from .trials import Campaign, Trial, project

_FACTS = [
    ["report_year", "year", "indicator", "measure", "value", "unit", "printed", "note"],
    ["2012", "2011", "employment.new_urban_jobs", "outturn", "37200", "people", "3.72万", ""],
    ["2012", "2012", "employment.new_urban_jobs", "target", "35000", "people", "3.5万", "at least"],
    ["2013", "2012", "employment.labor_transfer", "outturn", "986000", "people", "98.6万", ""],
    ["2013", "2012", "employment.registered_unemployment_rate", "outturn", "4.1", "percent", "4.1%", ""],
]
_TEXT = "一、2011年工作回顾\n全年城镇新增就业3.72万人,城镇登记失业率4.1%。\n二、2012年\n今年新增城镇就业3.5万人。\n"
_TEXTS = [
    ["region", "year", "kind", "text"],
    ["anqing", "2012", "government-report", _TEXT],
    ["beihe", "2012", "government-report", _TEXT.replace("3.72", "2.64")],
]
_DECISIONS = [
    ["indicator", "measure", "period", "value", "who", "why", "printed"],
    ["employment.new_urban_jobs", "outturn", "2011", "37300", "A reader", "the yearbook", "3.72万人"],
    ["employment.new_urban_jobs", "target", "2012", "35000", "A reader", "as said", ""],
]
_CELLS = (
    "",
    " ",
    "25,300",
    "1e400",
    "-1",
    "0",
    "²",
    "2O11",
    " 2011",
    "2011年",
    "abc",
    "nan",
    "inf",
    "9" * 5000,
    "'",
    '"',
    "=1+1",
    "3,72",
    "1/0",
    "\x00",
    "\ufeff",
    "None",
    "employment.new_urban_job",
    "../x",
    "a;b",
    "3.72万人5",
    "2011-2012",
    "2011-01/2011-09",
    "9999",
    "０",
    "🏙",
    "true",
    "1" * 40,
    "－5",
    "%",
)
Rows = list[list[str]]
Edit = Callable[[Rows, random.Random], Rows]


def _cell(rows: Rows, rng: random.Random) -> Rows:
    row = rng.choice(rows[1:] or rows)
    row[rng.randrange(len(row))] = rng.choice(_CELLS)
    return rows


def _header(rows: Rows, rng: random.Random) -> Rows:
    rows[0][rng.randrange(len(rows[0]))] = rng.choice(("", "year", "Year ", "值", *_CELLS[:6]))
    return rows


def _column_gone(rows: Rows, rng: random.Random) -> Rows:
    at = rng.randrange(len(rows[0]))
    return [row[:at] + row[at + 1 :] for row in rows]


def _columns_moved(rows: Rows, rng: random.Random) -> Rows:
    order = rng.sample(range(len(rows[0])), len(rows[0]))
    return [[row[i] for i in order if i < len(row)] for row in rows]


def _row_gone(rows: Rows, rng: random.Random) -> Rows:
    del rows[rng.randrange(len(rows))]
    return rows


def _row_twice(rows: Rows, rng: random.Random) -> Rows:
    return [*rows, list(rng.choice(rows))]


def _ragged(rows: Rows, rng: random.Random) -> Rows:
    row = rng.choice(rows)
    if rng.random() < 0.5:
        row.append("more")
    else:
        row.pop()
    return rows


EDITS: tuple[Edit, ...] = (_cell, _cell, _cell, _header, _column_gone, _columns_moved, _row_gone, _row_twice, _ragged)


def _written(rows: Rows, rng: random.Random) -> bytes:
    """Rows as some program writes them: separator, line ends and encoding of its own."""
    out = io.StringIO()
    separator = rng.choice((",", ",", ",", ";", "\t", "|"))
    csv.writer(out, delimiter=separator, lineterminator=rng.choice(("\n", "\r\n", "\r"))).writerows(rows)
    text = out.getvalue()
    if rng.random() < 0.2:
        text = mutated(text, rng)[0]
    encoding = rng.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "latin-1", "big5"))
    data = text.encode(encoding, "replace")
    return data[: rng.randrange(len(data))] if data and rng.random() < 0.1 else data


def tables(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """Tables after one to three edits, each in a project of its own."""
    ways = (_facts_taken, _facts_held, _texts_taken, _decisions_held)
    for number in range(count):
        way = ways[number % len(ways)]
        source = {_texts_taken: _TEXTS, _decisions_held: _DECISIONS}.get(way, _FACTS)
        rows = [list(row) for row in source]
        edits = rng.choices(EDITS, k=rng.randint(0, 3))
        for edit in edits:
            rows = edit(rows, rng) if rows and all(rows) else rows
        data = _written(rows, rng)
        ran = way(project(folder / "project"), folder / "table.csv", data)
        what = f"{number} {way.__name__[1:]} {'+'.join(e.__name__[1:] for e in edits)}"
        yield Trial(what, f"ends in an exception: {ran.err[-200:]}" if ran.traceback else "")


def _facts_taken(root: Path, path: Path, data: bytes) -> Ran:
    path.write_bytes(data)
    return inside("--root", root, "ingest", path, "--region", "place")


def _texts_taken(root: Path, path: Path, data: bytes) -> Ran:
    path.write_bytes(data)
    return inside("--root", root, "ingest", path, "--jobs", 1, "--confirm-year")


def _facts_held(root: Path, path: Path, data: bytes) -> Ran:
    held = root / "data" / "raw" / "place" / "2012-government-work-report.csv"
    held.parent.mkdir()
    held.write_bytes(data)
    return inside("--root", root, "build")


def _decisions_held(root: Path, path: Path, data: bytes) -> Ran:
    raw = root / "data" / "raw" / "place"
    raw.mkdir()
    (raw / "2012-government-work-report.txt").write_text(_TEXT, encoding="utf-8")
    (raw / "2012-government-work-report.decisions.csv").write_bytes(data)
    return inside("--root", root, "build")


TABLES = Campaign(
    "mutated tables: facts, texts, decisions",
    "taken, or refused in a sentence; never a traceback",
    (60, 1_000, 3_000),
    tables,
)

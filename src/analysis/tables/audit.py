"""What stands in the tables, what it rests on, and what still needs a person."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import wcwidth

from analysis.codebook.status import Status, settled
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.regions import there
from analysis.system.spreadsheets import unrun
from analysis.tables.aside import left_aside

_FIGURE = ("period", "indicator", "measure", "value", "status")
_KNOWN = ("value", "low", "high", "bound", "status")
_PRINT = ("document", "printed", "basis", "runner_up", "note")
_FRESH = "Not there the year before"
_ASIDE = "Left aside, as no indicator takes it"
_SHOWN = 8
JUMP = 5.0  # a change by this factor from one year to the next is worth a question


def observations(root: Path, region: str, year: int | None = None) -> list[dict[str, str]]:
    """Rows of observations.csv of all documents of a region, of one year where given.

    Raises
    ------
    InputError
        where the region has no tables or the year no figures; names those there are.
    """
    if not project.documents(root, region):
        near = there(root, region, project.regions(root))
        raise InputError(f"{region}: no tables under data/processed; {near}")
    rows = project.observations(root, region)
    if year is None:
        return rows
    found = [r for r in rows if r["period"] == str(year) or r["document"].startswith(f"{year}-")]
    if not found:
        years = sorted({r["period"] for r in rows})
        raise InputError(f"{region}: no figures for {year}; there are {', '.join(years)}")
    return found


def table(
    root: Path,
    region: str,
    year: int | None = None,
    format: str = "table",
    pending: Mapping[tuple[str, tuple[str, str, str]], str] | None = None,
) -> str:
    """The figures as the panel has them, each with the documents that state it: what they print,
    what it rests on, its runner-up; format is table, csv or json.

    CSV and JSON have a row for each print, with what the panel has in columns `figure_...`. As CSV,
    texts that a spreadsheet would run as a formula begin with `'`. `pending` are decisions that the
    tables do not have yet, in words, by document and figure (indicator, measure, period).
    """
    known, waiting = _panel(root, region), pending or {}
    rows = [
        _with_figure(row, known) | {"pending": waiting.get((row["document"], _figure(row)), "")}
        for row in observations(root, region, year)
    ]
    if format == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    if format == "csv":
        return project.csv_text([rows[0], *(map(unrun, row.values()) for row in rows)])
    rows.sort(key=lambda row: [row[column] for column in _FIGURE[:3]])
    cells = list(_lines(rows))
    columns = (*_FIGURE, *_PRINT)
    widths = [max(wcwidth.width(line[i]) for line in [columns, *cells]) for i in range(len(columns))]
    lines = [columns, ["-" * w for w in widths], *cells]
    return "".join(
        "  ".join(wcwidth.ljust(c, w) for c, w in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _panel(root: Path, region: str) -> dict[tuple[str, ...], dict[str, str]]:
    """The rows of a region's panel by year, indicator and measure."""
    return {(row["year"], row["indicator"], row["measure"]): row for row in project.table(root, region, "panel")}


def _figure(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["indicator"], row["measure"], row["period"]


def _with_figure(row: dict[str, str], panel: Mapping[tuple[str, ...], dict[str, str]]) -> dict[str, str]:
    """A print with the value and status that its figure has; its own where the panel has none."""
    figure = panel.get((row["period"], row["indicator"], row["measure"]), row)
    return row | {f"figure_{column}": figure[column] for column in _KNOWN}


def _lines(rows: Sequence[dict[str, str]]) -> Iterator[list[str]]:
    """A line for each print; what several print of one figure has its name once."""
    before = None
    for row in rows:
        key = [row[column] for column in _FIGURE[:3]]
        shown = row | {column: row[f"figure_{column}"] for column in _KNOWN}
        if row["pending"]:
            shown["status"], row = "pending", row | {"note": row["pending"]}
        figure = [_shown(shown, column) for column in _FIGURE]
        yield [*([""] * len(_FIGURE) if key == before else figure), *(_shown(row, column) for column in _PRINT)]
        before = key


def summary(root: Path, region: str, document: str) -> str:
    """What a document stated: settled and open figures, and how they stand to the year before."""
    rows = [r for r in observations(root, region) if r["document"] == document]
    panel = project.table(root, region, "panel")
    numerals = project.table(root, region, "numerals", document)
    counts = {s: sum(r["status"] == s for r in rows) for s in Status}
    lines = [
        f"{region}/{document}: {len(numerals)} numbers, {len(rows)} figures: "
        + ", ".join(f"{n} {s}" for s, n in counts.items() if n)
    ]
    lines += _section(
        "Needs a decision",
        [f"{_name(r)}: printed {r['printed']!r}: {r['note'] or r['status']}" for r in rows if not settled(r["status"])],
    )
    lines += _section(
        "Read with damage",
        [
            f"{_name(r)}: printed {r['printed']!r}, read {_number(r['value'])} ({r['status']}: {r['basis']})"
            for r in rows
            if r["status"] == Status.REPAIRED
        ],
    )
    lines += _beside_last_year(rows, panel)
    lines += _section(_ASIDE, left_aside(root, region, document))
    return "\n".join(lines) + "\n"


def _beside_last_year(rows: list[dict[str, str]], panel: list[dict[str, str]]) -> list[str]:
    before = {(r["indicator"], r["measure"], r["year"]): r for r in panel if r["value"]}
    told: dict[str, list[str]] = {"question": [], "changed": [], "fresh": []}
    for r in rows:
        if r["period"].isdigit() and r["value"]:
            last = before.get((r["indicator"], r["measure"], str(int(r["period"]) - 1)))
            doubts = _doubts(r, last)
            line = f"{_name(r)}: {_number(r['value'])}"
            line += f", the year before {_number(last['value'])}" if last else ""
            line += f": {'; '.join(doubts)}" if doubts else ""
            told["question" if doubts else "changed" if last else "fresh"].append(line)
    return [
        *_section("Worth a question", told["question"]),
        *_section("Beside the year before", told["changed"]),
        *_section(_FRESH, told["fresh"]),
        *_section("There the year before, not stated now", list(_missing(rows, panel))),
    ]


def _doubts(row: dict[str, str], last: dict[str, str] | None) -> list[str]:
    """What to ask of a figure: a jump from the year before, a note on a settled one."""
    doubts = [row["note"]] if row["note"] and settled(row["status"]) else []
    base = float(last["value"]) if last else 0.0
    ratio = float(row["value"]) / base if base else 0.0
    return ["a jump", *doubts] if ratio and not 1 / JUMP < ratio < JUMP else doubts


def _missing(rows: list[dict[str, str]], panel: list[dict[str, str]]) -> Iterator[str]:
    """Results of the year before that a document does not state."""
    periods = {r["period"] for r in rows if r["measure"] == "outturn"}
    stated = {(r["indicator"], r["measure"]) for r in rows}
    for p in panel:
        known = (p["indicator"], p["measure"]) in stated or p["measure"] != "outturn"
        if not known and str(int(p["year"]) + 1) in periods:
            yield f"{p['indicator']} {p['measure']}: {_number(p['value'])} in {p['year']}"


def _section(title: str, lines: list[str]) -> list[str]:
    """A titled list; of what is merely new or left aside only the beginning."""
    shown = lines[:_SHOWN] if title in (_FRESH, _ASIDE) else lines
    more = [f"  … and {len(lines) - len(shown)} more"] if len(shown) < len(lines) else []
    return [f"{title}:", *(f"  {line}" for line in shown), *more] if lines else []


def _name(row: dict[str, str]) -> str:
    return f"{row['period']} {row['indicator']} {row['measure']}"


def _shown(row: dict[str, str], column: str) -> str:
    if column == "value" and not row["value"] and row["low"]:
        return f"{_number(row['low'])}–{_number(row['high'])}"
    sign = {"at_least": "≥ ", "at_most": "≤ "}.get(row["bound"], "") if column == "value" else ""
    if column in ("value", "runner_up"):
        return sign + _number(row[column])
    return row[column].replace("\n", " ")


def _number(text: str) -> str:
    return f"{Decimal(text):,}" if text else ""

"""A small project of processed tables, written as the engine writes them."""

from __future__ import annotations

import contextlib
import csv
import re
from pathlib import Path

from analysis.codebook.notes import Note, encode

PANEL = [
    "region",
    "year",
    "indicator",
    "measure",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "status",
    "documents",
    "note",
    "note_code",
]
OBSERVATIONS = [
    "region",
    "document",
    "period",
    "indicator",
    "measure",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "status",
    "printed",
    "start",
    "end",
    "basis",
    "runner_up",
    "candidates",
    "note",
    "note_code",
]
EDITS = [
    "edit",
    "rule",
    "expression",
    "period",
    "figures",
    "left",
    "right",
    "difference",
    "tolerance",
    "holds",
    "kind",
    "documents",
    "note",
    "note_code",
]
NUMERALS = [
    "start",
    "end",
    "printed",
    "unit",
    "fate",
    "indicator",
    "measure",
    "period",
    "runner_up",
    "because",
    "note",
    "note_code",
]
TEXTS = Path(__file__).parents[1] / "notebooks/text"
DOCUMENT = "2009-labor-bureau-report"

#: indicator, measure, value, low, high, bound, unit, status
FIGURES = [
    "employment.new_urban_jobs outturn - 30000 39999 - people range",
    "employment.new_urban_jobs target 28000 28000 28000 - people printed",
    "employment.new_urban_jobs completion 114 113.5 114.5 - percent plausible",
    "employment.reemployment_training outturn 16000 16000 16000 - people printed",
    "employment.reemployment_training completion 145.5 145.45 145.55 - percent plausible",
    "employment.registered_unemployment_rate outturn 3.9 3.85 3.95 - percent repaired",
    "employment.registered_unemployment_rate ceiling 4.5 4.5 4.5 at_most percent printed",
    "insured.unemployment outturn 102000 101500 102500 - people plausible",
    "insured.maternity outturn 66000 66000 66000 - people printed",
    "insured.urban_resident_medical outturn - 66100 661000 - people range",
    "fund.total outturn 45100000 45050000 45150000 - yuan repaired",
    "fund.unemployment outturn 41000000 40950000 41050000 - yuan confirmed",
    "fund.maternity outturn 4100000 4050000 4150000 - yuan plausible",
    "relations.workers_paid_back outturn 50000 50000 50000 at_least people printed",
    "relations.wages_recovered outturn - - - - yuan unreadable",
    "relations.disputes_accepted outturn 1862 1862 1862 - cases printed",
    "reconstruction.projects_started outturn 485 482 485 - projects conflict",
    "reconstruction.county_centers_started outturn 7 7 7 - projects conflict",
    "reconstruction.township_centers_started outturn 286 286 289 - projects conflict",
    "reconstruction.information_systems_started outturn 189 189 189 - projects conflict",
]
RULES = [
    "fund.total == fund.unemployment + fund.maternity|45100000|45100000|0|True",
    "reconstruction.projects_started == reconstruction.county_centers_started + "
    "reconstruction.township_centers_started + reconstruction.information_systems_started"
    "|485|482|3|False",
]


def project(
    root: Path, figures: list[str] = FIGURES, note: str = "", year: int = 2009, region: str = "testshire"
) -> Path:
    """Write the tables of one region and one year under `root`.

    A figure may name another period than the year, and candidates (`660,6600`), at its end.
    """
    noted = {"note": note, "note_code": encode([Note(note)]) if note else ""}
    rows = []
    for line in figures:
        cells = ["" if cell == "-" else cell for cell in line.split()]
        names = ["indicator", "measure", "value", "low", "high", "bound", "unit", "status", "period", "candidates"]
        row = dict(zip(names, cells, strict=False)) | {"region": region} | noted
        row["candidates"] = row.get("candidates", "").replace(",", " ")
        rows.append(row | {"period": str(row.get("period") or year)})
    document = DOCUMENT.replace("2009", str(year))
    folder = root / "data/processed" / region
    common = {"document": document, "documents": document, "year": year}
    rows = [row | common | {"printed": row["value"] or note or "xx"} for row in rows]
    stated = {row["indicator"] for row in rows}
    edits = []
    for line in RULES:
        expression, left, right, difference, holds = line.split("|")
        if not stated >= set(re.findall(r"\w+\.\w+", expression)):
            continue
        edits.append(
            {
                "rule": "adds-up",
                "expression": expression,
                "period": year,
                "holds": holds,
                "left": left,
                "right": right,
                "difference": difference,
                "kind": "hard",
            }
        )
    numerals = [row | {"fate": "observation"} for row in rows]
    (root / "data/raw").mkdir(parents=True, exist_ok=True)
    (root / "notebooks").mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError):
        (root / "notebooks/text").symlink_to(TEXTS)
    for path, columns, table in (
        (folder / "panel.csv", PANEL, [row for row in rows if row["period"] == str(year)]),
        (folder / document / "panel.csv", PANEL, [row for row in rows if row["period"] == str(year)]),
        (folder / document / "observations.csv", OBSERVATIONS, rows),
        (folder / document / "edits.csv", EDITS, edits),
        (folder / document / "numerals.csv", NUMERALS, numerals),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, "", "ignore", lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
    return root

"""What a page's tables and charts are downloaded as: CSV that opens anywhere, in the common columns."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from analysis.pages import ways
from analysis.pages.observations import Evidence, Row
from analysis.pages.packing import packed
from analysis.system import project
from analysis.system.spreadsheets import unrun
from analysis.tables import extract
from analysis.tables.figures import is_year
from analysis.writing.references import anchor_id

#: Tells spreadsheets that a file is UTF-8.
MARK = "\ufeff"
_LONG = 8_000  # bytes
_HEAVY = 20_000  # characters of a packed file: more stands beside the page
_LINKED = re.compile(r'data-evidence="([^"]+)"|href="#(e-[^"]+)"')


def carried(about: Mapping[str, Any], stem: str) -> dict[str, str]:
    """Name and address of the CSV that an output carries; nothing where it carries none."""
    if not about.get("csv"):
        return {}
    return _offered(stem + str(about.get("name") or "table"), about["csv"])


def stated(html: str, name: str, evidence: Evidence) -> dict[str, str]:
    """The same of the stated figures that a table's links lead to; nothing where there are none."""
    found: dict[tuple[str, ...], list[str]] = {}
    for id_ in leads(html):
        if row := evidence.find(id_):
            figure = evidence.figure(row)
            cells = _cells(figure, evidence)
            found.setdefault((cells[0], *cells[1:4]), cells)
    if not found:
        return {}
    return _offered(name, project.csv_text([extract.COLUMNS, *found.values()]))


def of_all_years(region: str, key: str, evidence: Evidence) -> dict[str, str]:
    """The same of all figures of a region, for its table of all years, and the workbook beside its page."""
    text = all_years(region, evidence)
    if not text:
        return {}
    offered = _offered(f"{region}-all-years", text)
    if len(offered.get("packed", "")) > _HEAVY:
        offered = {"name": offered["name"], "csv": ways.file_beside(key, "csv")}
    return {**offered, "excel": ways.file_beside(key, "xlsx")}


def all_years(region: str, evidence: Evidence) -> str:
    """All figures of a region as CSV; empty where there are none."""
    cells = [_cells(row, evidence) for row in evidence.table(region, None, "panel")]
    return project.csv_text([extract.COLUMNS, *cells]) if cells else ""


def leads(html: str) -> dict[str, None]:
    """The ids of the evidence that links of some HTML lead to, in its order."""
    ids: dict[str, None] = {}
    for references, id_ in _LINKED.findall(html):
        for reference in unescape(references).split():
            ids[anchor_id(reference)] = None
        if id_:
            ids[unescape(id_)] = None
    return ids


def _cells(figure: Row, evidence: Evidence) -> list[str]:
    """A figure in the columns of every download; `year` is its period where that is no year."""
    period = str(figure.get("period") or figure.get("year"))
    row: dict[str, Any] = {**figure, "year": figure["year"] if is_year(period) else period}
    row["source"] = extract.source(
        evidence.root, figure["region"], figure["documents"], row["year"], figure["indicator"], figure["measure"]
    )
    return [str(unrun(str(row.get(column) or ""))) for column in extract.COLUMNS]


def _offered(name: str, text: str) -> dict[str, str]:
    """UTF-8, so marked, and not a line that is no row; a long one packed, which asks for scripts."""
    content = (MARK + text).encode("utf-8")
    if len(content) > _LONG:
        return {"name": name, "packed": packed(content)}
    data = base64.b64encode(content).decode("ascii")
    return {"name": name, "csv": f"data:text/csv;charset=utf-8;base64,{data}"}

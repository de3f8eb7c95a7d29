"""The index over all regions, years and notebooks: one static page with its data inside.

Rows are made by a script as they come into view, so that thousands of region-years stay quick,
and the page opens from a file as well as from a server.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from analysis.pages import assets, fonts
from analysis.status import settled
from analysis.system import project
from analysis.system.saving import write_atomic
from analysis.tables.figures import figures, is_year
from analysis.writing import words

_GLANCE = ("employment.new_urban_jobs", "employment.registered_unemployment_rate")
_PAGE = re.compile(r"(?P<name>[\w-]+?)(?:\.(?P<language>[a-z]{2}))?\.html\Z")
_YEAR = re.compile(r"\d{4}\Z")
_PLAIN = 600  # pages listed for readers without scripts; of more, the folders are named


def write_index(root: Path) -> Path:
    """Write `reports/index.html`, and one for every other language that has pages.

    Returns
    -------
    Path
        of the English index.
    """
    root = Path(root)
    regions = [_region(root, region) for region in project.regions(root)]
    found = _pages(root / "reports")
    languages = {language for pages in found.values() for _, language in pages}
    for language in sorted(languages | {"en"}):
        suffix = "" if language == "en" else f".{language}"
        html = _html(regions, found, language)
        write_atomic(root / "reports" / f"index{suffix}.html", html)
    return root / "reports" / "index.html"


def _pages(reports: Path) -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """Names and languages of the pages there are, by folder: (region, year), (region,) or ()."""
    found: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for place, folders, files in os.walk(reports):
        folder = Path(place).relative_to(reports).parts
        folders[:] = sorted(folders) if len(folder) < 2 else []
        named = {(m["name"], m["language"] or "en") for m in map(_PAGE.match, files) if m}
        if named := {page for page in named if page[0] != "index"}:
            found[folder] = named
    return found


def _region(root: Path, region: str) -> dict[str, Any]:
    """What is settled and open in a region's years, and its trend at a glance."""
    panel = project.rows(project.processed_folder(root, region) / "panel.csv")
    others = [
        {**row, "region": region, "document": document}
        for document in project.documents(root, region)
        for row in project.rows(
            project.processed_folder(root, region, document) / "observations.csv"
        )
        if not is_year(row["period"])
    ]
    found = figures(panel, others)
    years: dict[int, dict[str, Any]] = {}
    for figure in found:
        for year in range(figure["since"], figure["year"] + 1):
            entry = years.setdefault(year, {"open": Counter(), "documents": set()})
            entry["open"][not settled(figure["status"])] += 1
            entry["documents"] |= set(figure["documents"].split())
    trends: dict[str, list[list[float]]] = {indicator: [] for indicator in _GLANCE}
    for row in panel:
        if row["indicator"] in trends and row["measure"] == "outturn" and row["value"]:
            trends[row["indicator"]].append([int(row["year"]), float(row["value"])])
    return {"id": region, "years": years, "trends": [sorted(t) for t in trends.values()],
            "open": Counter(not settled(figure["status"]) for figure in found),
            "documents": {d for entry in years.values() for d in entry["documents"]}}  # fmt: skip


def _html(
    regions: list[dict[str, Any]], found: dict[tuple[str, ...], set[tuple[str, str]]], language: str
) -> str:
    here = {folder: sorted(n for n, spoken in pages if spoken == language)
            for folder, pages in found.items()}  # fmt: skip
    names = sorted({name for pages in here.values() for name in pages})
    say = assets.texts("index", language)
    kinds = sorted({document[5:] for region in regions for document in region["documents"]})
    data = {
        "language": language, "suffix": "" if language == "en" else f".{language}", "say": say,
        "pages": [[name, _page_name(name, language)] for name in names],
        "kinds": [words.kind_name(kind, language) for kind in kinds],
        "glance": [words.label(indicator, language) for indicator in _GLANCE],
        "regions": [_listed(region, here, names, kinds, language) for region in regions],
    }  # fmt: skip
    still: Counter[bool] = sum((region["open"] for region in regions), Counter())
    summary = say["summary"].format(
        regions=f"{len(regions):,}", documents=f"{sum(len(r['documents']) for r in regions):,}",
        settled=f"{still[False]:,}", open=f"{still[True]:,}",
    )  # fmt: skip
    across = _links((), here, language)
    many = sum(map(len, here.values())) > _PLAIN
    plain = "".join(
        f"<li>{escape(' '.join([words.region_name(folder[0], language), *folder[1:]]))}"
        f"{_links(folder, here, language)}</li>"
        for folder in sorted(here) if folder and here[folder]
    )  # fmt: skip
    return Template(assets.read("index.html")).substitute(
        {key: escape(text) for key, text in say.items()},
        lang="zh-Hans" if language == "zh" else "en",
        csp=assets.policy("index.js"),
        style=assets.read("style.css") + fonts.face(summary + str(data), language),
        summary=escape(summary),
        across=across,
        plain=f"<p>{escape(say['without_script'])}</p>" if many else f"<ul>{plain}</ul>",
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        script=assets.read("index.js"),
    )


def _listed(
    region: dict[str, Any], here: dict[tuple[str, ...], list[str]], names: list[str],
    kinds: list[str], language: str,
) -> list[Any]:  # fmt: skip
    """A region as the script reads it: a year is [year, settled, open, documents, pages]."""
    id_, rows = region["id"], []
    paged = {int(f[1]) for f in here if len(f) == 2 and f[0] == id_ and _YEAR.match(f[1])}
    for year in sorted({*region["years"], *paged}, reverse=True):
        entry = region["years"].get(year, {"open": Counter(), "documents": ()})
        documents = [[int(d[:4]), kinds.index(d[5:])] for d in sorted(entry["documents"])]
        pages = [names.index(name) for name in here.get((id_, str(year)), ())]
        rows.append([year, entry["open"][False], entry["open"][True], documents, pages])
    own = [names.index(name) for name in here.get((id_,), ())]
    return [id_, words.region_name(id_, language), rows, own, region["open"][False],
            region["open"][True], *region["trends"]]  # fmt: skip


def _links(folder: tuple[str, ...], here: dict[tuple[str, ...], list[str]], language: str) -> str:
    """The pages of a folder as a list of links; empty where it has none."""
    suffix = "" if language == "en" else f".{language}"
    items = [
        f'<li><a href="{escape(quote("/".join([*folder, name]) + suffix))}.html">'
        f"{escape(_page_name(name, language))}</a></li>"
        for name in here.get(folder, [])
    ]
    return f'<ul class="links">{"".join(items)}</ul>' if items else ""


def _page_name(name: str, language: str) -> str:
    known = assets.texts("pages", language)
    return known.get(name) or name.replace("-", " ").capitalize()

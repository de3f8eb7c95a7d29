"""The index over all regions, years and notebooks: one static page with its data inside.

Rows are made by a script as they come into view, so that thousands of region-years stay quick,
and the page opens from a file as well as from a server.
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from analysis import project, words
from analysis.pages import assets, fonts
from analysis.status import settled
from analysis.writing import write_atomic

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
    """What is settled and open in a region's documents, and its trend at a glance."""
    documents = []
    for document in project.documents(root, region):
        path = project.processed_folder(root, region, document) / "observations.csv"
        counts = Counter(not settled(status) for (status,) in _columns(path, "status"))
        documents.append((document, counts[False], counts[True]))
    trends: dict[str, list[list[float]]] = {indicator: [] for indicator in _GLANCE}
    panel = project.processed_folder(root, region) / "panel.csv"
    wanted = ("indicator", "measure", "year", "value")
    for indicator, measure, year, value in _columns(panel, *wanted) if panel.exists() else ():
        if indicator in trends and measure == "outturn" and value:
            trends[indicator].append([int(year), float(value)])
    return {"id": region, "documents": documents, "trends": [sorted(t) for t in trends.values()]}


def _columns(path: Path, *names: str) -> Iterator[list[str]]:
    """Some columns of a table, row by row; there may be thousands of tables to go through."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, list(names))
        at = [header.index(name) for name in names]
        for row in reader:
            yield [row[i] for i in at]


def _html(
    regions: list[dict[str, Any]], found: dict[tuple[str, ...], set[tuple[str, str]]], language: str
) -> str:
    here = {folder: sorted(n for n, spoken in pages if spoken == language)
            for folder, pages in found.items()}  # fmt: skip
    names = sorted({name for pages in here.values() for name in pages})
    kinds = sorted({document[5:] for region in regions for document, *_ in region["documents"]})
    number = {name: i for i, name in enumerate(names)}
    by_year: dict[str, list[tuple[int, list[str]]]] = {}
    for folder, pages in here.items():
        if len(folder) == 2 and _YEAR.match(folder[1]):
            by_year.setdefault(folder[0], []).append((int(folder[1]), pages))
    listed = []
    for region in regions:
        years: dict[int, list[list[Any]]] = {}
        for document, firm, still in region["documents"]:
            if _YEAR.match(document[:4]):
                entry = [kinds.index(document[5:]), firm, still]
                years.setdefault(int(document[:4]), [[], []])[0].append(entry)
        for year, pages in by_year.get(region["id"], []):
            years.setdefault(year, [[], []])[1] += [number[name] for name in pages]
        listed.append([
            region["id"], words.region_name(region["id"], language),
            [[year, *years[year]] for year in sorted(years, reverse=True)],
            [number[n] for n in here.get((region["id"],), [])], *region["trends"],
        ])  # fmt: skip
    say = assets.texts("index", language)
    suffix = "" if language == "en" else f".{language}"
    data = {
        "language": language, "suffix": suffix, "say": say,
        "pages": [[name, _page_name(name, language)] for name in names],
        "kinds": [words.kind_name(kind, language) for kind in kinds],
        "glance": [words.label(indicator, language) for indicator in _GLANCE],
        "regions": listed,
    }  # fmt: skip
    counts = [count for region in regions for _, *count in region["documents"]]
    summary = say["summary"].format(
        regions=f"{len(regions):,}", documents=f"{len(counts):,}",
        settled=f"{sum(s for s, _ in counts):,}", open=f"{sum(o for _, o in counts):,}",
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
        style=assets.read("style.css") + fonts.face(summary + str(data)),
        summary=escape(summary),
        across=across,
        plain=f"<p>{escape(say['without_script'])}</p>" if many else f"<ul>{plain}</ul>",
        data=json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        script=assets.read("index.js"),
    )


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

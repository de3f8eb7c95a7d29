"""An executed notebook as one HTML file that asks nothing of any network.

Its Content-Security-Policy forbids every request and every script but our own, whatever the
notebook or the report may hold.
"""

from __future__ import annotations

import ast
import base64
import copy
import gzip
import json
import re
from functools import cache, lru_cache
from html import escape, unescape
from pathlib import Path
from string import Template
from typing import Any

from analysis.pages import assets, fonts
from analysis.pages.cards import entries
from analysis.pages.pictures import Citation, figure
from analysis.pages.sources import Evidence

_TEMPLATES = Path(__file__).with_name("templates")
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.S)
_TAG = re.compile(r"<[^>]+>")


def render(notebook: Any, root: Path, *, title: str | None = None, language: str = "en") -> str:
    """The page of an executed notebook.

    Parameters
    ----------
    notebook
        as papermill left it; its parameters cell says which regions and year it is about.
    root
        project folder: the evidence comes from its processed tables and raw reports.
    title
        of the page; the first heading where not given.
    language
        ``"en"`` or ``"zh"``, of the page's own words.

    Returns
    -------
    str
        HTML; the same bytes for the same notebook and tables.
    """
    about = _parameters(notebook)
    regions = [about["region"]] if about.get("region") else list(about.get("regions") or [])
    evidence = Evidence(Path(root), regions, language)
    shown = copy.copy(notebook)
    seen = (c for c in notebook.cells if "lab" not in c.metadata.get("tags", []))
    shown.cells = _together([copy.copy(cell) for cell in seen])
    name = title or _first_heading(shown) or "…"
    cite = Citation.of(name, shown, language)
    body = _body(shown, cite, evidence)
    notes = entries(evidence, body)
    depth = 2 if about.get("year") else 1 if about.get("region") else 0
    say = assets.texts("page", language)
    return Template(assets.read("page.html")).substitute(
        {key: escape(text) for key, text in say.items()},
        lang="zh-Hans" if language == "zh" else "en",
        csp=assets.policy("page.js"),
        title=escape(name),
        style=assets.read("style.css")
        + fonts.face(name + body + notes + cite.text + "".join(say.values())),
        script=assets.read("page.js"),
        index="../" * depth + ("index.html" if language == "en" else f"index.{language}.html"),
        body=body,
        evidence=notes,
        cite=escape(cite.text),
        licence=escape(cite.licence),
        notebook=_packed(notebook, cite),
    )


def _together(cells: list[Any]) -> list[Any]:
    """Code that shows nothing stands with the code of the cell after it."""
    kept: list[Any] = []
    for cell in cells:
        before = kept[-1] if kept else None
        if before and before.cell_type == cell.cell_type == "code" and not before.outputs:
            cell.source = f"{before.source}\n\n{cell.source}"
            kept.pop()
        kept.append(cell)
    return kept


def _parameters(notebook: Any) -> dict[str, Any]:
    """What the parameters cells assign; an injected cell comes later and wins."""
    found: dict[str, Any] = {}
    for cell in notebook.cells:
        if {"parameters", "injected-parameters"} & set(cell.metadata.get("tags", [])):
            for node in ast.parse(cell.source).body:
                targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
                value = getattr(node, "value", None)
                if isinstance(targets[0], ast.Name) and value is not None:
                    found[targets[0].id] = ast.literal_eval(value)
    return found


def _first_heading(notebook: Any) -> str:
    for cell in notebook.cells:
        texts = [cell.source] if cell.cell_type == "markdown" else []
        texts += [o.get("data", {}).get("text/markdown", "") for o in cell.get("outputs", [])]
        for text in texts:
            if found := re.search(r"^# (.+)$", text, re.M):
                return unescape(_TAG.sub("", found[1])).strip()
    return ""


def _body(notebook: Any, cite: Citation, evidence: Evidence) -> str:
    from nbconvert.exporters.templateexporter import TemplateExporter

    say = assets.texts("page", evidence.language)
    names = iter(range(1000))
    resources = {
        "say": say,
        "figure": lambda output: figure(output, f"c{next(names)}", cite, evidence.label),
    }
    # the HTML exporter would parse the whole page once more, to add what is there already
    html, _ = TemplateExporter.from_notebook_node(_exporter(), notebook, resources)
    return _in_order(html)


@cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter
    from nbconvert.filters import Highlight2HTML
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
    from traitlets.config import Config

    kinds = ["image/svg+xml", "text/html", "text/markdown", "image/png", "image/jpeg", "text/plain"]
    exporter = HTMLExporter(
        template_name="cells",
        extra_template_basedirs=[str(_TEMPLATES)],
        config=Config({"NbConvertBase": {"display_data_priority": kinds}}),
        optimistic_validation=True,  # once, not after every preprocessor
    )
    highlight = Highlight2HTML(pygments_lexer="ipython3")

    @lru_cache(maxsize=1024)  # the code of a notebook is the same in all its runs
    def highlighted(source: str, **magics: str) -> str:
        return str(highlight(source, metadata=magics))

    def code(source: str, metadata: dict[str, Any]) -> str:
        magics = {k: v for k, v in metadata.items() if k == "magics_language"}
        return highlighted(source, **magics)

    exporter.register_filter("highlight_code", code)

    def markdown(text: str) -> str:
        renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
        return str(MarkdownWithMath(renderer=renderer).render(text))

    exporter.register_filter("markdown", markdown)
    return exporter


def _in_order(html: str) -> str:
    """One h1, and no heading more than one level below the one before it."""
    level, given = 0, 1

    def clamp(match: re.Match[str]) -> str:
        nonlocal level, given
        if not match[1]:
            given = min(max(int(match[2]), 2 if level else 1), level + 1)
            level = given
        return f"<{match[1]}h{given}"

    return _HEADING.sub(clamp, html)


def _packed(notebook: Any, cite: Citation) -> str:
    """The executed notebook with its citation, gzipped and in base64."""
    metadata = {**notebook.metadata, "citation": cite.text, "license": cite.licence}
    content = {**notebook, "metadata": metadata}
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return base64.b64encode(gzip.compress(text.encode("utf-8"), 9, mtime=0)).decode("ascii")

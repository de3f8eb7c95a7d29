"""A chart in a page: the SVG made to follow the page, its data as a table, its downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from analysis.pages import assets
from analysis.pages.computed import computed
from analysis.writing import words

_COLOURS = {"#1a1a1a": "--ink", "#6b6b6b": "--muted", "#d9d9d9": "--grid", "#ffffff": "--paper"}
_COLOUR = re.compile(r"(style=\"[^\"]*\")")
_NAMED = re.compile(r'(\bid="|\bxlink:href="#|url\(#)(?![ed]-)')
_LINK = re.compile(r'<a xlink:href="#([ed]-[^"]+)"[^>]*>')
_REFERENCE = re.compile(r'data-evidence="([^"]+)"')
_HEAD = re.compile(r"^.*?(?=<svg\b)|<metadata>.*?</metadata>|<!--.*?-->", re.S)
_STYLE = re.compile(r"<defs>\s*<style\b.*?</style>\s*</defs>", re.S)
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="[\d.]+pt" height="[\d.]+pt" (viewBox="[^"]+")[^>]*>')


@dataclass(frozen=True)
class Citation:
    """How to cite a page, and under which terms: the same two lines in every download."""

    text: str
    licence: str
    language: str

    @classmethod
    def of(cls, title: str, notebook: Any, language: str) -> Citation:
        """The citation of a notebook's page, from the documents its figures lead to."""
        found = set()
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                for kind in ("text/markdown", "text/html"):
                    for references in _REFERENCE.findall(output.get("data", {}).get(kind, "")):
                        found |= {r.partition("#")[0].split("/")[-1] for r in references.split()}
        names = [words.document_name(n, language) for n in sorted(found)]
        if len(names) > 4:
            names = [words.word("phrases/reports", language, n=len(names),
                                first=min(found)[:4], last=max(found)[:4])]  # fmt: skip
        say = assets.texts("page", language)
        sources = say["from"].format(documents=words.listing(names, language)) if names else ""
        return cls(say["citation"].format(title=title, sources=sources), say["terms"], language)

    def lines(self) -> str:
        """Both lines as comments at the head of a CSV."""
        return f"# {self.text}\n# {self.licence}\n"


def figure(output: Any, name: str, cite: Citation, label: Callable[[str], str]) -> str:
    """The `<figure>` of a chart that `publish.show` displayed.

    `name` is unique in the page; `label` says in words what an evidence id leads to.
    """
    about = output.get("metadata", {}).get("analysis", {})
    alt = about.get("alt") or output.get("data", {}).get("text/plain", "")
    made = computed(about.get("table", ""))
    named = {id_: found.formula for id_, found in made.items() if found.formula}
    svg, linked = _inline(
        output["data"]["image/svg+xml"], name, lambda id_: named.get(id_) or label(id_)
    )
    role = f'role="{"group" if linked else "img"}" aria-label="{escape(alt)}" '
    svg = svg.replace("<svg ", f"<svg {role}", 1)
    say = assets.texts("page", cite.language)
    stem = escape(about.get("name") or name)
    data = about.get("csv", "")
    table = about.get("table", "") and (
        f'<details><summary>{say["data"]}</summary><div class="scroll" tabindex="0" role="group" '
        f'aria-label="{say["data"]}">{about["table"]}</div></details>'
    )
    csv_url = "data:text/csv;charset=utf-8," + quote(cite.lines() + data)
    downloads = (
        f'<p class="downloads">{say["download"]} <a download="{stem}.csv" href="{csv_url}">CSV</a>'
        f' <button type="button" data-save="svg" hidden>SVG</button>'
        f' <button type="button" data-save="png" hidden>PNG</button></p>'
    )
    return (
        f'<figure class="chart" data-name="{stem}"><div class="canvas">{svg}</div>'
        f'<div class="under">{downloads}{table}</div></figure>'
    )


def _inline(svg: str, name: str, label: Callable[[str], str]) -> tuple[str, bool]:
    """The SVG with the page's colours, ids of its own, and links in words."""
    svg = _STYLE.sub("", _HEAD.sub("", svg))
    svg = _SIZE.sub(r'<svg xmlns="http://www.w3.org/2000/svg" '
                    r'xmlns:xlink="http://www.w3.org/1999/xlink" \1>', svg, count=1)  # fmt: skip
    svg = _NAMED.sub(rf"\g<1>{name}-", svg)
    svg = _COLOUR.sub(lambda m: _themed(m[1]), svg)
    svg, linked = _LINK.subn(
        lambda m: f'<a xlink:href="#{m[1]}" role="link" aria-label="{escape(label(m[1]))}">', svg
    )
    return re.sub(r"\s*\n\s*", " ", svg), bool(linked)


def _themed(style: str) -> str:
    for colour, name in _COLOURS.items():
        style = style.replace(colour, f"var({name})")
    return style

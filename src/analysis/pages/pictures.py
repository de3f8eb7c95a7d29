"""A chart in a page: the SVG made to follow the page, its data as a table, its downloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from markupsafe import Markup

from analysis.pages import assets, fonts
from analysis.pages.computed import computed
from analysis.pages.downloads import carried

_COLOURS = {
    "#1a1a1a": "--ink",
    "#6b6b6b": "--muted",
    "#d9d9d9": "--grid",
    "#ffffff": "--paper",
    "#1f6fb0": "--blue",
    "#b8461f": "--orange",
    "#1a7568": "--teal",
    "#7d529e": "--purple",
}
_ID = re.compile(r'(id="|href="#|url\(#)(?![ed]-)(m[0-9a-f]{10}(?=["\)]))?')
_TAG = re.compile(r"<[^>]*>")
_FINE = re.compile(r"(\b\d{2,}\.\d)\d\b")  # a hundredth of a point, which no screen shows
_LINK = re.compile(r'<a xlink:href="#([ed]-[^"]+)"[^>]*>')
_HEAD = re.compile(r"^.*?(?=<svg\b)|<metadata>.*?</metadata>|<!--.*?-->", re.S)
_STYLE = re.compile(r"<defs>\s*<style\b.*?</style>\s*</defs>", re.S)
_LINES = re.compile(r"\s*\n\s*")
_SIZE = re.compile(r' width="[\d.]+pt" height="[\d.]+pt"')


def chart(output: Any, name: str, stem: str, language: str, label: Callable[[str], str]) -> str:
    """The `<figure>` of a chart that `publish.show` displayed.

    `name` is unique in the page, `stem` begins the names of its files; `label` says in words what
    an evidence id leads to.
    """
    about = output.get("metadata", {}).get("analysis", {})
    alt = about.get("alt") or output.get("data", {}).get("text/plain", "")
    made = computed(about.get("table", ""))
    named = {id_: found.formula for id_, found in made.items() if found.formula}
    svg, linked = _inline(output["data"]["image/svg+xml"], name, lambda id_: named.get(id_) or label(id_))
    role = Markup('<svg role="{}" aria-label="{}" ').format("group" if linked else "img", alt)
    return assets.fill(
        "chart.html.j2",
        say=assets.texts("page", language),
        svg=Markup(svg.replace("<svg ", role, 1)),
        table=Markup(about.get("table", "")),
        **{"name": stem + name, "csv": "", "packed": "", **carried(about, stem)},
    )


def _inline(svg: str, name: str, label: Callable[[str], str]) -> tuple[str, bool]:
    """The SVG with the page's colours, ids of its own, and links in words."""
    svg = _STYLE.sub("", _HEAD.sub("", svg))
    svg = fonts.shared(_SIZE.sub("", svg, count=1))
    marks: dict[str, str] = {}

    def own(id_: re.Match[str]) -> str:
        number = marks.setdefault(id_[2], str(len(marks))) if id_[2] else ""
        return f"{id_[1]}{name}-{number}"

    svg = _ID.sub(own, svg)
    svg = _TAG.sub(lambda tag: _FINE.sub(r"\1", tag[0]), svg)  # numbers between tags are figures
    for colour, variable in _COLOURS.items():
        svg = svg.replace(f": {colour}", f": var({variable})")
    svg, linked = _LINK.subn(lambda m: f'<a xlink:href="#{m[1]}" role="link" aria-label="{escape(label(m[1]))}">', svg)
    return _LINES.sub(" ", svg), bool(linked)

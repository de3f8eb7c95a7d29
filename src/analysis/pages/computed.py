"""Figures computed from others, as a page shows them: name, formula, parts, weakest status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape

from analysis.pages import assets
from analysis.pages.sources import Evidence
from analysis.writing import words
from analysis.writing.evidence import anchor_id

_DERIVED = re.compile(
    r'<a class="figure derived (?P<status>[a-z]+)" data-evidence="(?P<parts>[^"]*)" '
    r'data-about="(?P<about>[^"]*)" data-formula="(?P<formula>[^"]*)" href="#(?P<id>d-[^"]*)"'
)


@dataclass(frozen=True)
class Computed:
    """A derived figure: the references of its parts, what it is, how it follows from them."""

    status: str
    parts: tuple[str, ...]
    about: str
    formula: str


def computed(html: str) -> dict[str, Computed]:
    """The derived figures that links of `html` lead to, by the id of their place."""
    found = {}
    for match in _DERIVED.finditer(html):
        part = {key: unescape(text) for key, text in match.groupdict().items()}
        parts = tuple(part["parts"].split())
        found[part["id"]] = Computed(part["status"], parts, part["about"], part["formula"])
    return found


def entry(id_: str, figure: Computed, evidence: Evidence) -> str:
    """The place of a derived figure: formula, weakest status, and a link to each part."""
    language = evidence.language
    say = assets.texts("evidence", language)
    status = words.word(f"statuses/{figure.status}", language)
    parts = "".join(
        f'<li><a href="#{escape(anchor_id(part))}">{escape(evidence.label(anchor_id(part)))}</a></li>'
        for part in figure.parts
    )
    return (
        f'<article id="{escape(id_)}" class="evidence" data-evidence="{escape(" ".join(figure.parts))}">'
        f"<h3>{escape(figure.about)}</h3>"
        f'<p class="verdict"><b>{escape(figure.formula)}</b> '
        f'<span class="status {escape(figure.status)}">{escape(status)}</span> '
        f"<span>{escape(say['computed'])}</span></p><ul>{parts}</ul></article>"
    )

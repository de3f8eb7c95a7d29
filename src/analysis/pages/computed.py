"""Figures computed from others, as a page shows them: name, formula, parts, weakest status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from analysis.pages.observations import Evidence
from analysis.writing import words
from analysis.writing.references import anchor_id

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


def entry(id_: str, figure: Computed, evidence: Evidence) -> dict[str, Any]:
    """The place of a derived figure: formula, weakest status, and a link to each part."""
    parts = [
        {"reference": part, "id": anchor_id(part), "label": evidence.label(anchor_id(part))} for part in figure.parts
    ]
    return {
        "id": id_,
        "name": figure.about,
        "amount": figure.formula.partition(" = ")[0],
        "status": figure.status,
        "known": words.word(f"statuses/{figure.status}", evidence.language),
        "formula": figure.formula,
        "parts": parts,
    }

"""How to cite a page and its documents, in words and as BibTeX, and under which terms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.pages import assets
from analysis.system import authorship
from analysis.tables import extract
from analysis.writing import words

_REFERENCE = re.compile(r'data-evidence="([^"]+)"')
_SPECIAL = re.compile(r"([&%$#_{}])")


@dataclass(frozen=True)
class Citation:
    """The same lines in a page and in everything that is downloaded from it.

    `address` is where the project is published, empty where its `CITATION.cff` has no `url`.
    """

    text: str
    bibtex: str
    licence: str
    language: str
    address: str


def citation(title: str, key: str, notebook: Any, root: Path, regions: Sequence[str], language: str) -> Citation:
    """The citation of a notebook's page, from the documents its figures lead to.

    Authors, version, date and DOI are those of the project's `CITATION.cff`, where it has one.
    """
    say = assets.texts("page", language)
    about = authorship.stated(root)
    authors = words.listing(authorship.authors(about), language)
    sources = _documents(notebook, root, regions, language)
    parts = {
        "by": authors and say["by"].format(authors=authors),
        "of": sources and say["from"].format(documents=sources),
        "version": about.get("version") and say["version"].format(**about),
        "date": about.get("date-released") and say["dated"].format(date=about["date-released"]),
        "doi": about.get("doi") and f" https://doi.org/{about['doi']}",
    }
    text = say["citation"].format(title=title, **{k: v or "" for k, v in parts.items()})
    address = str(about.get("url") or "").rstrip("/")
    fields = {
        "title": title,
        "author": authors,
        "year": str(about.get("date-released", ""))[:4],
        "version": about.get("version"),
        "note": sources and say["note_from"].format(documents=sources),
        "doi": about.get("doi"),
        "url": address and f"{address}/reports/{key}.html",
    }
    return Citation(text, _bibtex(key or title, fields), say["terms"], language, address)


def _bibtex(name: str, fields: Mapping[str, Any]) -> str:
    """An entry of those fields that are known."""
    key = re.sub(r"[^\w]+", "-", name).strip("-")
    known = {of: _SPECIAL.sub(r"\\\1", str(said)) for of, said in fields.items() if said}
    lines = (f"  {of} = {{{said}}},\n" for of, said in known.items())
    return f"@misc{{{key},\n{''.join(lines)}}}"


def _documents(notebook: Any, root: Path, regions: Sequence[str], language: str) -> str:
    """The documents of all figures of a notebook, and where they are from; of many only how many."""
    found = set()
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for kind in ("text/markdown", "text/html"):
                for references in _REFERENCE.findall(output.get("data", {}).get(kind, "")):
                    found |= {r.partition("#")[0] for r in references.split()}
    names = sorted(found, key=lambda name: name.split("/")[-1])
    if len(names) > 4:
        span = {"first": names[0].split("/")[-1][:4], "last": names[-1].split("/")[-1][:4]}
        return words.word("phrases/reports", language, n=len(names), **span)
    return words.listing([_document(name, root, regions, language) for name in names], language)


def _document(name: str, root: Path, regions: Sequence[str], language: str) -> str:
    region, _, document = name.rpartition("/")
    said = words.document_name(document, language)
    source = extract.found_at(root, region or next(iter(regions), ""), document)
    if not source:
        return said
    return assets.texts("evidence", language)["in_brackets"].format(text=said, more=source)

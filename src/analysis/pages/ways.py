"""From a page to its neighbours: the years beside it, the other topics, the region, the language.

A build says in an executed notebook's metadata which pages stand around its own (see
`analysis.batch.neighbours`), each by its key, the path below `reports/` without suffix; a page
links to them relative to itself.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from analysis.pages import assets

#: Where the metadata of a notebook hold the neighbours of its page.
METADATA = "analysis"


@dataclass(frozen=True)
class Way:
    """Where to, relative to the page, and in which words; `language` where it is another one."""

    href: str
    text: str
    language: str = ""


def ways_from(told: Mapping[str, Any], depth: int, language: str) -> dict[str, list[Way]]:
    """The links of a page: to `index`, `region`, the other `topics`, `years` and `languages`.

    `told` is what the build says of it; `depth` how many folders below `reports/` it lies,
    for a page of which nothing is told.
    """
    here = posixpath.dirname(str(told.get("page") or "x/" * depth + "x"))

    def to(key: str, text: str, spoken: str = "") -> Way:
        return Way(quote(posixpath.relpath(f"{key}.html", here or ".")), text, spoken)

    def named(key: str) -> Way:
        return to(key, page_name(key.rpartition("/")[2].partition(".")[0], language))

    say = assets.texts("page", language)
    index = "index" if language == "en" else f"index.{language}"
    return {
        "index": [to(index, say["all"])],
        "region": [named(key) for key in told.get("region", ())],
        "topics": [named(key) for key in told.get("topics", ()) if key != told["page"]],
        "years": [
            *(
                to(told[side], arrow.format(told[side].split("/")[1]))
                for side, arrow in (("before", "← {}"), ("after", "{} →"))
                if told.get(side)
            ),
            *(to(key, key.split("/")[1]) for key in told.get("within", ())),
        ],
        "languages": [
            to(key, assets.texts("page", spoken)["tongue"], spoken)
            for spoken, key in sorted(told.get("languages", {}).items())
        ],
    }


def texts(found: Mapping[str, list[Way]]) -> list[str]:
    """The words of all links."""
    return [link.text for group in found.values() for link in group]


def file_beside(key: str, kind: str) -> str:
    """The address of a file beside the page of a key; empty where the page has none."""
    return quote(f"{key.rpartition('/')[2]}.{kind}") if key else ""


def page_href(parts: Sequence[str], language: str) -> str:
    """Where a page lies as seen from the index: its folders and its name."""
    suffix = "" if language == "en" else f".{language}"
    return quote("/".join(parts) + suffix) + ".html"


def page_name(name: str, language: str) -> str:
    """A notebook's page as readers know it; the file's name where nothing better is known."""
    return assets.texts("pages", language).get(name) or name.replace("-", " ").capitalize()

"""Which pages stand around a page: the years beside it, the other topics, the region, the languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any


def neighbours(keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """For each page its neighbours among all: keys like ``guangyuan/2009/employment.zh``.

    Returns
    -------
    dict
        by key: `page`, `before` and `after` (the same topic in the nearest years, or empty),
        `topics` and `region` (keys, its own among them), `within` (of a region's page the first
        page of each year), `languages` (key by language).
    """
    known = {key: _parted(key) for key in keys}
    years: dict[tuple[str, ...], list[str]] = defaultdict(list)
    beside: dict[tuple[str, ...], list[str]] = defaultdict(list)
    within: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    spoken: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for key, (folder, name, language) in sorted(known.items()):
        beside[(*folder, language)].append(key)
        spoken["/".join(folder), name][language] = key
        if len(folder) == 2:
            years[folder[0], name, language].append(key)
            within[folder[0], language].setdefault(folder[1], key)
    found = {}
    for key, (folder, name, language) in known.items():
        line = years[folder[0], name, language] if len(folder) == 2 else [key]
        at = line.index(key)
        found[key] = {
            "page": key,
            "before": line[at - 1] if at else "",
            "after": line[at + 1] if at + 1 < len(line) else "",
            "topics": beside[(*folder, language)] if folder else [],
            "region": beside[(folder[0], language)] if len(folder) == 2 else [],
            "within": list(within[folder[0], language].values()) if len(folder) == 1 else [],
            "languages": {k: v for k, v in spoken["/".join(folder), name].items() if v != key},
        }
    return found


def _parted(key: str) -> tuple[tuple[str, ...], str, str]:
    """Folder, name and language of a page's key."""
    *folder, last = key.split("/")
    name, _, language = last.partition(".")
    return tuple(folder), name, language or "en"

"""Who made the project, and how it is cited: its `CITATION.cff` (Citation File Format 1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.system.kept import until_changed

FILE = "CITATION.cff"


def stated(root: Path) -> Mapping[str, Any]:
    """What the file says; empty where there is none that can be read."""
    path = root / FILE
    return _read(path) if path.is_file() else {}


@until_changed(files=8)
def _read(path: Path) -> Mapping[str, Any]:
    import yaml

    try:
        found = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def authors(about: Mapping[str, Any]) -> list[str]:
    """The names of the authors, as they are said."""
    given = ((each.get("given-names"), each.get("family-names"), each.get("name")) for each in about.get("authors", ()))
    return [str(name or " ".join(filter(None, parts))) for *parts, name in given]

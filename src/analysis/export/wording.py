"""The words of `texts.yaml`, by key and language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _texts() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("texts.yaml").read_text("utf-8"))
    return loaded


def text(key: str, language: str) -> str:
    """The text at a key such as ``title`` or ``columns/status``."""
    entry: Any = _texts()
    for part in key.split("/"):
        entry = entry[part]
    return str(entry[language])

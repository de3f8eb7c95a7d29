"""What a page is made of besides its content: style, scripts, shells and the interface's words."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def read(name: str) -> str:
    """An asset as text."""
    return files("analysis.pages").joinpath("assets", name).read_text("utf-8")


@cache
def texts(section: str, language: str) -> dict[str, str]:
    """The interface's words of a section in a language."""
    entries: dict[str, Any] = yaml.safe_load(read("interface.yaml"))[section]
    return {key: entry[language] for key, entry in entries.items()}


@cache
def policy(script: str) -> str:
    """A Content-Security-Policy under which nothing is requested and only `script` runs."""
    digest = base64.b64encode(hashlib.sha256(read(script).encode("utf-8")).digest()).decode("ascii")
    return (
        "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )

"""Processed tables as files: rows as CSV, and the Frictionless data package that describes them."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any

from analysis.codebook import notes
from analysis.system import project
from analysis.tables.sources import UNKNOWN, Source
from analysis.writing import reasons

_UNITS = (
    "base units: people, households, yuan, percent (77 is 77 %); cells hold what was printed, "
    "unguarded: import them as text where =, +, - or @ would begin a formula"
)


def csv_of(rows: list[Any], kind: type, no_spans: bool = False) -> str:
    """Rows of one kind as CSV text: fields in order, LF, numbers plain, empty for None.

    Notes become two columns: `note` in plain English, and `note_code`, which pages word.
    """
    names = [name for name, _ in _columns(kind)]
    empty = ("start", "end") if no_spans else ()
    lines = [["" if n in empty else _field(row, n) for n in names] for row in rows]
    return project.csv_text([names, *lines]).encode("utf-8", "backslashreplace").decode("utf-8")


def _columns(kind: type) -> list[tuple[str, str]]:
    """The columns of rows of a kind, each with the annotation of its field."""
    own = [(f.name, str(f.type)) for f in fields(kind) if f.name not in ("notes", "reach")]
    return [*own, ("note", "str"), ("note_code", "str")]


def _field(row: Any, name: str) -> str:
    if name == "note":
        return reasons.noted(row.notes, "en")
    return notes.encode(row.notes) if name == "note_code" else _cell(getattr(row, name))


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(map(_cell, value))
    if value is None:
        return ""
    if isinstance(value, float):
        value = Decimal(repr(round(value, 6)))
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def origin(source: Source) -> list[dict[str, str]]:
    """Where a document is from, as data packages say it: `title`, `path`, and the rest as it is."""
    if source == UNKNOWN:
        return []
    given = {key: value for key, value in asdict(source).items() if value and key != "url"}
    path = {"path": source.url} if source.url else {}
    return [{"title": source.title or source.received or source.url, **path, **given}]


def _identifier(name: str) -> str:
    """A name of a-z, 0-9, "-", "_" and ".", all that Frictionless allows; as in web addresses."""
    plain = name.lower()
    return plain if plain.isascii() else f"xn--{plain.encode('punycode').decode('ascii').lower()}"


_TYPES = {"int": "integer", "float": "number", "bool": "boolean", "Decimal": "number"}


def package(
    name: str, resources: dict[str, type], sources: list[dict[str, str]], digests: dict[str, str] | None = None
) -> str:
    """The text of `datapackage.json`: `resources` are kinds of rows by the name of their file, `digests` more of it."""

    def field_type(annotation: str) -> str:
        return _TYPES.get(annotation.split(" |")[0], "string")

    described: dict[str, Any] = {"profile": "tabular-data-package", "name": _identifier(name), "description": _UNITS}
    if sources:
        described["sources"] = sources
    described |= digests or {}
    described["resources"] = [
        {
            "profile": "tabular-data-resource",
            "name": key,
            "path": f"{key}.csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [{"name": n, "type": field_type(of)} for n, of in _columns(kind)],
                "missingValues": [""],
            },
        }
        for key, kind in resources.items()
    ]
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"

"""The Frictionless data package of an export as CSV: what the files hold, typed and explained.

The profile is https://specs.frictionlessdata.io/tabular-data-package/ (version 1).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.model import MEASURES, UNITS
from analysis.export.collection import Collection
from analysis.export.wide import PARTS, variables
from analysis.system import authorship
from analysis.system.project import KINDS
from analysis.tables.loading import STATUSES
from analysis.writing import words

NAME = "labour-report-figures"  # fixed: the format allows only a-z, 0-9 and "._-/"
_ENUMERATIONS = {
    "measure": MEASURES,
    "unit": UNITS,
    "status": STATUSES,
    "kind": tuple(KINDS),
    "bound": ("at_least", "at_most"),
}


def package(collection: Collection, root: Path) -> str:
    """The text of `datapackage.json`; authors, licence and version are those of CITATION.cff."""
    language = collection.language
    described = {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": words.word("export/title", language),
        "description": words.word("export/description", language),
        **_origin(root),
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "title": words.word(f"export/tables/{name}", language),
                "path": f"{name}.csv",
                "encoding": "utf-8",
                "schema": _schema(name, table, collection),
            }
            for name, table in collection.tables.items()
        ],
    }
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def _origin(root: Path) -> dict[str, Any]:
    about = authorship.stated(root)
    if not about:
        return {}
    found: dict[str, Any] = {"version": str(about["version"])} if "version" in about else {}
    if licence := about.get("license"):
        address = f"https://spdx.org/licenses/{licence}.html"
        found["licenses"] = [{"name": licence, "path": address}]
    return found | {"contributors": [{"title": name, "role": "author"} for name in authorship.authors(about)]}


def _schema(name: str, table: pd.DataFrame, collection: Collection) -> dict[str, Any]:
    """The fields of a table with what their cells may be, as Frictionless says it."""
    wide = {v.name: v for v in variables()} if name == "figures" and collection.is_wide else {}
    language = collection.language
    fields = []
    for column in map(str, table):
        variable = wide.get(column)
        field: dict[str, Any] = {"name": column, "type": _type(table[column])}
        if variable:
            field["title"] = variable.label(language)
            field |= _constraints(variable.part if PARTS[variable.part] else "", False)
        else:
            field["title"] = words.word(f"export/columns/{column}", language)
            field |= _constraints(column, column in collection.keys[name])
        fields.append(field)
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(collection.keys[name])}
    if name == "figures" and not wide:
        schema["foreignKeys"] = [
            {"fields": [key], "reference": {"resource": resource, "fields": [key]}}
            for key, resource in (("indicator", "indicators"), ("status", "statuses"))
        ]
    return schema | {"missingValues": [""]}


def _constraints(column: str, required: bool) -> dict[str, Any]:
    found: dict[str, Any] = {"required": True} if required else {}
    if allowed := _ENUMERATIONS.get(column):
        found["enum"] = list(allowed)
    return {"constraints": found} if found else {}


def _type(column: pd.Series) -> str:
    kinds = {"b": "boolean", "i": "integer", "f": "number"}
    return kinds.get(getattr(column.dtype, "kind", "O"), "string")

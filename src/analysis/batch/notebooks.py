"""The notebooks as the batch sees them, read without nbformat, which is slow to import."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analysis import project
from analysis.batch.digests import digest
from analysis.errors import InputError

Scope = Literal["year", "region", "project"]


@dataclass(frozen=True)
class Notebook:
    """What a notebook runs for, and whether it speaks several languages."""

    name: str
    scope: Scope
    speaks: bool
    digest: str


def read_all(root: Path) -> tuple[list[Notebook], list[str]]:
    """The notebooks of the batch by file name, and one line for each that cannot be used."""
    notebooks, problems = [], []
    for path in project.files(root / "notebooks"):
        if path.suffix != ".ipynb":
            continue
        try:
            notebook = read(path)
        except InputError as error:
            problems.append(str(error))
        else:
            notebooks += [notebook] if notebook else []
    return notebooks, problems


def read(path: Path) -> Notebook | None:
    """Read one notebook; None where its metadata keeps it out of the batch.

    Raises
    ------
    InputError
        where it is not valid JSON or no notebook, or its parameters cell is missing, is not
        Python, or does not say what to run it for.
    """
    source = path.read_bytes()
    try:
        content = json.loads(source)
        if content["metadata"].get("analysis", {}).get("batch") is False:
            return None
        cells = [
            ("".join(cell["source"]), cell["metadata"].get("tags", []))
            for cell in content["cells"]
            if cell["cell_type"] == "code"
        ]
    except ValueError as error:
        raise InputError(f"{path}: not valid JSON ({error})") from None
    except (KeyError, TypeError, AttributeError):
        raise InputError(f"{path}: not a notebook of format 4") from None
    tagged = [text for text, tags in cells if "parameters" in tags]
    if not tagged:
        raise InputError(f"{path}: no cell tagged `parameters`; tag the one with the defaults")
    try:
        names = _assigned(tagged[0])
    except SyntaxError as error:
        raise InputError(f"{path}: parameters cell: {error.msg} (line {error.lineno})") from None
    return Notebook(path.stem, _scope(path, names), "language" in names, digest(source))


def _assigned(source: str) -> set[str]:
    targets: list[ast.expr] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            targets += node.targets
        elif isinstance(node, ast.AnnAssign):
            targets.append(node.target)
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _scope(path: Path, parameters: set[str]) -> Scope:
    if {"region", "year"} <= parameters:
        return "year"
    if {"region", "first_year", "last_year"} <= parameters:
        return "region"
    if "regions" in parameters:
        return "project"
    raise InputError(
        f"{path}: the parameters do not say what to run it for; declare `region` and `year`, "
        "or `region`, `first_year` and `last_year`, or `regions`"
    )

"""The notebooks as the batch sees them, read without nbformat, which is slow to import."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from analysis.batch.digests import digest
from analysis.system import project
from analysis.system.errors import InputError

Scope = Literal["year", "region", "project"]
#: The parameters by which a notebook says what it runs for.
_SCOPES: dict[Scope, set[str]] = {
    "year": {"region", "year"},
    "region": {"region", "first_year", "last_year"},
    "project": {"regions"},
}

INDEX = "index"
"""The page over all pages; no notebook may have its name."""


@dataclass(frozen=True)
class Notebook:
    """What a notebook runs for, whether it speaks several languages, and what it is made from.

    `digest` is over what runs: opening, running and saving a notebook leaves it as it is.
    `texts` are digests of its texts by language. One for a year runs where there is a figure it is
    `about` (indicators or the beginnings of their names); where that is empty, for any.
    """

    name: str
    scope: Scope
    speaks: bool
    digest: str
    texts: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()


class Untagged(InputError):
    """A notebook without a parameters cell: somebody's own, which the batch leaves alone."""


def read_all(root: Path) -> tuple[list[Notebook], list[str], list[str]]:
    """The notebooks of the batch by file name; a line for each that cannot be used, or is skipped."""
    notebooks, problems, skipped = [], [], []
    for path in project.files(root / "notebooks"):
        if path.suffix != ".ipynb":
            continue
        try:
            notebook = read(path)
        except Untagged as error:
            skipped.append(str(error))
        except InputError as error:
            problems.append(str(error))
        else:
            notebooks += [notebook] if notebook else []
    return notebooks, problems, skipped


def read(path: Path) -> Notebook | None:
    """Read one notebook; None where its metadata keeps it out of the batch.

    Raises
    ------
    Untagged
        where no cell is tagged `parameters`.
    InputError
        where it is not valid JSON or no notebook, or its parameters cell is not Python, or does
        not say what to run it for.
    """
    content = _content(path)
    try:
        given = content["metadata"].get("analysis", {})
        if given.get("batch") is False:
            return None
        about = tuple(given.get("about", ()))
        tags = [cell["metadata"].get("tags", []) for cell in content["cells"]]
        tagged = [
            "".join(cell["source"])
            for cell, names in zip(content["cells"], tags, strict=True)
            if cell["cell_type"] == "code" and "parameters" in names
        ]
        made_from = _sources(content)
    except (KeyError, TypeError, AttributeError):
        raise InputError(f"{path}: not a notebook of format 4") from None
    if not all(isinstance(names, list) for names in tags):
        raise InputError(f"{path}: the tags of a cell are no list")
    if not tagged:
        raise Untagged(f"{path}: no cell tagged `parameters` (exploration/ is for one's own)")
    if "." in path.stem or path.stem == INDEX:
        raise InputError(f"{path}: rename it; its pages would take the name of others")
    names = _assigned(path, tagged[0])
    scope = _scope(path, names)
    return Notebook(path.stem, scope, "language" in names, made_from, _texts(path), about)


def _sources(content: Any) -> str:
    """Digest of what a notebook runs and shows, whatever its outputs and their counts are."""
    kernel = content["metadata"].get("kernelspec", {})
    cells = [
        [cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags", [])] for cell in content["cells"]
    ]
    return digest(json.dumps([kernel.get("name"), cells]))


def _texts(path: Path) -> dict[str, str]:
    """Digests of a notebook's texts by language."""
    found = project.files(path.parent / "text")
    own = {f.name.removeprefix(f"{path.stem}."): f for f in found if f.suffix == ".yaml"}
    return {name.removesuffix(".yaml"): digest(file.read_bytes()) for name, file in own.items() if name != file.name}


def _content(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise InputError(f"{path}: not valid JSON ({error})") from None
    except RecursionError:
        raise InputError(f"{path}: nested too deeply") from None


def _assigned(path: Path, source: str) -> set[str]:
    """The names that a parameters cell assigns."""
    try:
        nodes = ast.parse(source).body
    except SyntaxError as error:
        raise InputError(f"{path}: parameters cell: {error.msg} (line {error.lineno})") from None
    except (ValueError, RecursionError, MemoryError):
        raise InputError(f"{path}: parameters cell: cannot be read as Python") from None
    targets: list[ast.expr] = []
    for node in nodes:
        if isinstance(node, ast.Assign):
            targets += node.targets
        elif isinstance(node, ast.AnnAssign):
            targets.append(node.target)
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _scope(path: Path, parameters: set[str]) -> Scope:
    for scope, needed in _SCOPES.items():
        if needed <= parameters:
            return scope
    raise InputError(
        f"{path}: the parameters do not say what to run it for; declare `region` and `year`, "
        "or `region`, `first_year` and `last_year`, or `regions`"
    )

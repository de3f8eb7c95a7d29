"""Parameters of a notebook: of the right type, and none that it does not have."""

from __future__ import annotations

import ast
import sys

from analysis.system.errors import InputError


def check_type(name: str, value: object, kind: type | tuple[type, ...], wanted: str) -> None:
    """Refuse a value that is not of a type, which `wanted` says in words."""
    if value is not None and (not isinstance(value, kind) or isinstance(value, bool)):
        raise InputError(f"parameter {name}: expected {wanted}, got {value!r}")


def check_injected(known: set[str]) -> None:
    """Refuse parameters that were injected but that the notebook does not use.

    papermill warns of an unknown parameter and runs on; the cell it injects begins with "# Parameters", and what is
    assigned there must be what was passed on here.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    cells = shell.user_ns.get("In", []) if shell else []
    for source in cells:
        if isinstance(source, str) and source.lstrip().startswith("# Parameters"):
            for node in ast.parse(source).body:
                targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
                for target in targets:
                    if isinstance(target, ast.Name) and target.id not in known:
                        raise InputError(
                            f"unknown parameter {target.id!r}: this notebook takes {', '.join(sorted(known))}"
                        )

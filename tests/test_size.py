"""How large modules and functions may be; ruff limits their complexity."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "analysis"
TEXTS = {str(path.relative_to(SOURCE)): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))}


def test_no_module_has_more_than_300_lines():
    assert not [name for name, text in TEXTS.items() if text.count("\n") > 300]


def test_every_function_of_more_than_20_lines_says_what_it_does():
    functions = [
        (f"{name}: {node.name}", node)
        for name, text in TEXTS.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and node.name != "__init__"
    ]
    long = [(name, node) for name, node in functions if (node.end_lineno or 0) - node.lineno >= 20]
    assert long and not [name for name, node in long if not ast.get_docstring(node)]

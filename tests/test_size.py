"""How large modules and functions may be; ruff limits their complexity."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "analysis"
LINES = 25_900  # of all modules: may only fall
COMPLEXITY = 4.57  # of the mean function: may only fall
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


def complexity(function: ast.FunctionDef) -> int:
    """One, and one more for each way to go on: McCabe's number with conditions and comprehensions in it.

    What is defined within a function counts as part of it.
    """
    total = 1
    for node in ast.walk(function):
        if isinstance(
            node,
            ast.If | ast.IfExp | ast.For | ast.While | ast.ExceptHandler | ast.Assert | ast.Lambda | ast.match_case,
        ):
            total += 1
        elif isinstance(node, ast.BoolOp):
            total += len(node.values) - 1
        elif isinstance(node, ast.comprehension):
            total += 1 + len(node.ifs)
    return total


def test_no_function_is_of_a_complexity_over_15():
    assert complexity(ast.parse("def f(a, b):\n  if a and b:\n    return [c for c in a if c]").body[0]) == 5
    assert not [
        f"{name}: {node.name}"
        for name, text in TEXTS.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and complexity(node) > 15
    ]

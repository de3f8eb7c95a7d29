"""How large modules and functions may be; ruff limits their complexity."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

SOURCE = Path(__file__).parent.parent / "src" / "analysis"
TEXTS = {str(path.relative_to(SOURCE)): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))}
TREES = {name: ast.parse(text) for name, text in TEXTS.items()}
FUNCTIONS = [
    (f"{name}: {node.name}", node)
    for name, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef)
]
#: Lines of each chapter, and ways to go on in all functions. They may only fall: whoever adds takes away.
LINES = {
    "batch": 2_190,
    "charts": 1_740,
    "cli": 320,
    "codebook": 1_200,
    "desk": 790,
    "export": 760,
    "intake": 4_230,
    "measures": 660,
    "pages": 2_010,
    "reading": 8_280,
    "system": 1_210,
    "tables": 1_320,
    "writing": 2_070,
}
COMPLEXITY = 8_260
HOOKS = ("_jupyter_server_extension_points", "_load_jupyter_server_extension")


def test_no_module_has_more_than_300_lines():
    assert not [name for name, text in TEXTS.items() if text.count("\n") > 300]


def test_every_function_of_more_than_20_lines_says_what_it_does():
    own = [(name, node) for name, node in FUNCTIONS if node.name != "__init__"]
    long = [(name, node) for name, node in own if (node.end_lineno or 0) - node.lineno >= 20]
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
    assert not [name for name, node in FUNCTIONS if complexity(node) > 15]


def test_chapters_and_the_ways_through_them_only_become_fewer():
    found = Counter()
    for name, text in TEXTS.items():
        found[name.partition("/")[0]] += text.count("\n")
    assert not [f"{chapter}: {found[chapter]}" for chapter, most in LINES.items() if found[chapter] > most]
    assert sum(complexity(node) for _, node in FUNCTIONS) <= COMPLEXITY


def test_nothing_is_defined_that_nothing_names():
    named = Counter(word for text in TEXTS.values() for word in re.findall(r"\w+", text))
    defined = {
        node.name
        for tree in TREES.values()
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("__")
    }
    assert {name for name in defined if named[name] < 2} == {*HOOKS}

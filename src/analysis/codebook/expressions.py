"""Edit rules as people write them, checked when the codebook is read.

A rule compares sums, products and quotients of figures: `a.b == a.c + a.d`,
`0.5 * wage <= fund.x / insured.x <= 2 * wage`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable

from analysis.codebook.model import MEASURES

OPERATORS = {ast.Eq: "==", ast.LtE: "<=", ast.GtE: ">="}
EVERY = "each"  # stands for every indicator in turn
BEFORE = "before"  # in place of a measure: the result of the year before
_KIND = re.compile(r"\b(\w+)\.each\b")


def kinds(rule: str, indicators: Iterable[str]) -> list[str]:
    """For what `each` stands in `fund_income.each`: the names that all kinds of a rule have."""
    of: dict[str, list[str]] = {kind: [] for kind in _KIND.findall(rule)}
    for indicator in indicators:
        kind, _, name = indicator.partition(".")
        if kind in of:
            of[kind].append(name)
    first, *others = of.values() or [[]]
    return [name for name in first if all(name in other for other in others)]


def check(
    rule: str, indicators: Collection[str], series: Collection[str], optional: Collection[str] = ()
) -> frozenset[str]:
    """The indicators of a rule; refuses one that cannot be applied.

    Raises
    ------
    ValueError
        where it is no comparison of sums, products and quotients, names an unknown indicator,
        measure or series, compares a figure with itself, or nothing is left of a side without
        its optional terms.
    """
    try:
        tree = ast.parse(rule, mode="eval").body
    except SyntaxError as error:
        raise ValueError("cannot be read; write it like `a.b == a.c + a.d`") from error
    if not isinstance(tree, ast.Compare) or any(type(op) not in OPERATORS for op in tree.ops):
        raise ValueError("needs ==, <= or >=")
    if any(ast.dump(node) == ast.dump(tree.left) for node in tree.comparators):
        raise ValueError("compares a figure with itself")
    terms: set[str] = set()
    for side in (tree.left, *tree.comparators):
        if not _stands(side, indicators, series, optional, terms):
            raise ValueError("nothing is left to compare without the optional terms")
    for term in optional:
        if term not in terms:
            raise ValueError(f"optional {term!r} is no term of it")
    return frozenset(terms)


def _stands(
    node: ast.expr, indicators: Collection[str], series: Collection[str], optional: Collection[str], terms: set[str]
) -> bool:
    """Whether something of a side stands without the optional terms; notes its terms."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub | ast.Mult | ast.Div):
        both = [_stands(n, indicators, series, optional, terms) for n in (node.left, node.right)]
        return any(both) if isinstance(node.op, ast.Add | ast.Sub) else all(both)
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return True
    if isinstance(node, ast.Name) and node.id in series:
        return True
    if isinstance(node, ast.Attribute):
        terms.add(_indicator(ast.unparse(node), indicators))
        return ast.unparse(node) not in optional
    raise ValueError(f"`{ast.unparse(node)}` is not a figure, a number or a known series")


def _indicator(term: str, indicators: Collection[str]) -> str:
    parts = term.split(".")
    every = parts[0] == EVERY
    name, measure = (EVERY, parts[1:]) if every else (".".join(parts[:2]), parts[2:])
    if not (every or name in indicators):
        raise ValueError(f"unknown indicator `{name}`")
    if len(measure) > 1 or (every and not measure) or not set(measure) <= {*MEASURES, BEFORE}:
        raise ValueError(f"unknown measure in `{term}`")
    return name

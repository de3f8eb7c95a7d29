"""Edit rules: from an expression a person can read to a check over intervals.

A rule compares sums, products and quotients of figures, all positive. Each side is evaluated
as an interval, so that printed rounding enters by itself: an equality holds where the two
intervals meet (Fellegi and Holt 1976 for edits; interval arithmetic after Moore 1966).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log10

from analysis.codebook import Codebook, Rule, periods
from analysis.codebook.expressions import OPERATORS

Key = tuple[str, str]  # indicator, measure
Bounds = tuple[float, float]
Constants = tuple[tuple[str, float], ...]
_SLACK = 1 + 1e-12  # binary fractions of decimal bounds


@dataclass(frozen=True)
class Check:
    """A rule over a fixed list of figures.

    `sides(bounds)` gives the compared intervals, `holds(bounds)` whether they can agree.
    """

    figures: tuple[Key, ...]
    operators: tuple[str, ...]
    sides: Callable[[Sequence[Bounds]], tuple[Bounds, ...]]
    holds: Callable[[Sequence[Bounds]], bool]

    def gap(self, bounds: Sequence[Bounds]) -> float:
        """How many decades the comparison is missed by; 0 where it holds."""
        if self.holds(bounds):
            return 0.0
        worst = 1e-6
        sides = self.sides(bounds)
        for operator, left, right in zip(self.operators, sides, sides[1:], strict=False):
            if operator != ">=" and left[0] > right[1]:
                worst = max(worst, _decades(left[0], right[1]))
            if operator != "<=" and right[0] > left[1]:
                worst = max(worst, _decades(right[0], left[1]))
        return worst

    def window(self, bounds: Sequence[Bounds]) -> float:
        """Share of a decade in which an equality would hold by chance (1 for a limit)."""
        if "==" not in self.operators:
            return 1.0
        left, right = self.sides(bounds)[:2]
        width = (left[1] - left[0]) + (right[1] - right[0])
        middle = max(left[1], right[1], 1e-9)
        return min(1.0, max(width, 0.5 if middle > 20 else 0.05) / middle / 2.302585)


def _decades(high: float, low: float) -> float:
    return log10(high / low) if low > 0 and high > 0 else 9.0


@dataclass(frozen=True)
class Edit:
    """A rule that applies to the figures of a document.

    Optional terms not stated are left out; where one is stated, the rule may hold with it or
    without: `check` is then met by either of the `variants`.
    """

    id: str
    rule: Rule
    check: Check
    variants: tuple[Check, ...] = ()

    @property
    def figures(self) -> tuple[Key, ...]:
        return self.check.figures

    @property
    def hard(self) -> bool:
        return self.rule.kind == "hard"

    def leaves_out(self, bounds: Sequence[Bounds]) -> bool:
        """Whether a rule that holds does so only without a stated optional term."""
        return len(self.variants) > 1 and not self.variants[0].holds(bounds)

    @property
    def equality(self) -> bool:
        return "==" in self.check.operators


def applicable(codebook: Codebook, stated: Iterable[Key], period: str, level: str = "") -> list[Edit]:
    """The rules all of whose figures are among `stated`, for one period.

    Of part of a year only the hard ones: the others compare what a whole year brings. Those for
    some kinds of place only where `level` is one of them.
    """
    known, span = frozenset(stated), periods.parse_period(period)
    constants = _constants(codebook, span.first)
    names = {indicator for indicator, _ in known}
    out = []
    for rule in codebook.rules.values():
        if (
            not rule.holds_for(span.first, level)
            or (span.months and rule.kind != "hard")
            or not names.issuperset(rule.terms.difference(rule.optional))
        ):
            continue
        for id_, text in _instances(rule, known):
            series = _named(constants, text)
            compiled = [compile_rule(text, left_out, series) for left_out in _left_out(rule, known)]
            checks = tuple(check for check in compiled if check.figures and known.issuperset(check.figures))
            if checks:
                out.append(Edit(id_, rule, checks[0] if len(checks) == 1 else _either(*checks), checks))
    return out


def _left_out(rule: Rule, known: frozenset[Key]) -> list[frozenset[str]]:
    """The optional terms that a rule goes without: those not stated, then all of them."""
    absent = frozenset(t for t in rule.optional if (t, "outturn") not in known)
    return [absent] if len(absent) == len(rule.optional) else [absent, frozenset(rule.optional)]


def _either(whole: Check, part: Check) -> Check:
    """A check met where one of two is; `part` compares some of the figures of `whole`."""
    places = [whole.figures.index(key) for key in part.figures]

    def holds(bounds: Sequence[Bounds]) -> bool:
        return whole.holds(bounds) or part.holds([bounds[i] for i in places])

    return Check(whole.figures, whole.operators, whole.sides, holds)


def _instances(rule: Rule, known: frozenset[Key]) -> list[tuple[str, str]]:
    if "each." not in rule.rule:
        return [(rule.id, rule.rule)]
    return [
        (f"{rule.id}:{id_}", rule.rule.replace("each.", f"{id_}."))
        for id_ in dict.fromkeys(i for i, _ in sorted(known))
    ]


def _constants(codebook: Codebook, year: int) -> Constants:
    return tuple((name, values[min(values, key=lambda y: abs(y - year))]) for name, values in codebook.series.items())


def _named(constants: Constants, text: str) -> Constants:
    """Those of some constants that a rule names: few rules differ from year to year."""
    return tuple(c for c in constants if c[0] in text)


@lru_cache(maxsize=4096)
def compile_rule(text: str, left_out: frozenset[str], constants: Constants) -> Check:
    """A rule's text, as the codebook has checked it, without the terms left out."""
    tree = ast.parse(text, mode="eval").body
    assert isinstance(tree, ast.Compare)
    figures: list[Key] = []
    given = dict(constants)

    def side(node: ast.expr) -> tuple[str, str] | None:
        """Source of the lower and the upper bound; None for a term left out."""
        if isinstance(node, ast.BinOp):
            return _bounds(node.op, side(node.left), side(node.right))
        if isinstance(node, ast.Attribute):
            parts = ast.unparse(node).split(".")
            key = (".".join(parts[:2]), parts[2] if len(parts) == 3 else "outturn")
            if key[0] in left_out:
                return None
            if key not in figures:
                figures.append(key)
            i = figures.index(key)
            return f"b[{i}][0]", f"b[{i}][1]"
        value = str(given[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node))
        return value, value

    pairs = [s for s in map(side, (tree.left, *tree.comparators)) if s]
    operators = tuple(OPERATORS[type(op)] for op in tree.ops)
    compared = zip(operators, pairs, pairs[1:], strict=False)
    tests = [test for operator, left, right in compared for test in _tests(operator, left, right)]
    code = ",".join(f"({low},{high})" for low, high in pairs)
    sides = eval(f"lambda b: ({code},)", {"max": max})
    holds = eval(f"lambda b: {' and '.join(tests)}", {"max": max})
    return Check(tuple(figures), operators, sides, holds)


def _tests(operator: str, left: tuple[str, str], right: tuple[str, str]) -> list[str]:
    """Source of what must hold for some numbers within two sides to compare so."""
    at_most = [f"{left[0]}<={right[1]}*{_SLACK}"] if operator != ">=" else []
    return at_most + ([f"{right[0]}<={left[1]}*{_SLACK}"] if operator != "<=" else [])


def _bounds(op: ast.operator, left: tuple[str, str] | None, right: tuple[str, str] | None) -> tuple[str, str] | None:
    if left is None or right is None:
        return left if right is None else right
    if isinstance(op, ast.Add | ast.Mult):
        sign = "+" if isinstance(op, ast.Add) else "*"
        return f"({left[0]}{sign}{right[0]})", f"({left[1]}{sign}{right[1]})"
    if isinstance(op, ast.Sub):
        return f"({left[0]}-{right[1]})", f"({left[1]}-{right[0]})"
    return f"({left[0]}/max({right[1]},1e-9))", f"({left[1]}/max({right[0]},1e-9))"

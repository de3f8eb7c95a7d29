"""Single faults planted in the reading modules, and which tests see them.

``python -m benchmarks.faults [--count 60] [--seed 1] [--jobs 2]``: each fault changes one condition
(turned round, dropped, `and` for `or`, a comparison off by one) in a copy of the project, until a
test fails. Tests that fail without a fault count for nothing. Exit code 1 where fewer than `--least`
percent are seen.
"""

from __future__ import annotations

import argparse
import ast
import os
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READING = Path("src", "analysis", "reading")
_TABLES, _SLOW = "tests/test_scores.py", ("tests/test_accuracy.py", "tests/test_invariance.py")
_COPIED = ("src", "tests", "benchmarks", "data", "pyproject.toml", "docs", "notebooks")
_SECONDS = 900
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.M)
_NEIGHBOURS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}


@dataclass(frozen=True)
class Fault:
    """A piece of a module's text and what stands there instead."""

    path: Path
    line: int
    start: int
    end: int
    instead: str
    how: str

    def plant(self, text: str) -> str:
        return text[: self.start] + self.instead + text[self.end :]


def faults_in(path: Path, text: str) -> list[Fault]:
    """All faults that may be planted in a module; `start` and `end` count characters."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))
    coded = text.encode()

    def place(node: ast.expr) -> tuple[int, int]:
        ends = (node.end_lineno or node.lineno, node.end_col_offset or 0)
        span = starts[node.lineno - 1] + node.col_offset, starts[ends[0] - 1] + ends[1]
        start, end = (len(coded[:at].decode()) for at in span)
        return start, end

    found = []
    for node, instead, how in _changes(ast.parse(text)):
        start, end = place(node)
        found.append(Fault(path, node.lineno, start, end, f"({instead})", how))
    return found


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr, str, str]]:
    """Each condition in a function with what may stand in its place, and the kind of fault."""
    functions = (f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef))
    inside = {id(node): node for function in functions for node in ast.walk(function)}
    for node in inside.values():
        if isinstance(node, (ast.If, ast.IfExp, ast.While)):
            yield node.test, f"not ({ast.unparse(node.test)})", "turned round"
        if isinstance(node, (ast.If, ast.IfExp)):
            yield node.test, "False", "never true"
        if isinstance(node, ast.BoolOp):
            yield from _operands(node)
        if isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield test, "True", "filter dropped"
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            yield from _comparison(node)


def _operands(node: ast.BoolOp) -> Iterator[tuple[ast.expr, str, str]]:
    words = (" and ", " or ") if isinstance(node.op, ast.And) else (" or ", " and ")
    parts = [f"({ast.unparse(value)})" for value in node.values]
    yield node, words[1].join(parts), f"{words[1].strip()} for {words[0].strip()}"
    for dropped in range(len(parts)):
        left = parts[:dropped] + parts[dropped + 1 :]
        yield node, words[0].join(left), "operand dropped"


def _comparison(node: ast.Compare) -> Iterator[tuple[ast.expr, str, str]]:
    other = _NEIGHBOURS[type(node.ops[0])]
    left, right = ast.unparse(node.left), node.comparators[0]
    yield node, f"{left} {other} {ast.unparse(right)}", f"{other} instead"
    if isinstance(right, ast.Constant) and type(right.value) is int:
        by_one = ast.Compare(node.left, node.ops, [ast.Constant(right.value + 1)])
        yield node, ast.unparse(by_one), "off by one"


def drawn(folder: Path, count: int, seed: int) -> list[Fault]:
    """Faults of a folder's modules, no two at one place, drawn alike from all of them."""
    faults = [
        fault
        for path in sorted(folder.rglob("*.py"))
        for fault in faults_in(path.relative_to(folder), path.read_text(encoding="utf-8"))
    ]
    random.Random(seed).shuffle(faults)
    one_each = {(f.path, f.start, f.end): f for f in reversed(faults)}
    kept = [fault for fault in faults if one_each[fault.path, fault.start, fault.end] is fault]
    return kept[:count]


@dataclass(frozen=True)
class Seen:
    """A planted fault, the tests that failed by it (some of them), and the seconds it took."""

    fault: Fault
    tests: tuple[str, ...]
    seconds: float


def copied(folder: Path) -> Path:
    """A copy of the project in a folder, without what was built."""
    left_out = shutil.ignore_patterns("__pycache__", ".*_cache", ".build")
    for name in _COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=left_out)
        elif (ROOT / name).is_file():
            shutil.copy(ROOT / name, folder / name)
    return folder


def stages(project: Path) -> list[list[str]]:
    """Arguments for pytest, in the order they are run until some test fails: what sees most first."""
    reading = [
        path.relative_to(project).as_posix()
        for path in sorted((project / "tests").glob("test_*.py"))
        if "analysis.reading" in path.read_text(encoding="utf-8")
    ]
    quick = [path for path in reading if path not in (_TABLES, *_SLOW)]
    return [[_TABLES, "-k", "not changes"], quick, [*_SLOW], [_TABLES, "-k", "changes"]]


@dataclass
class Copy:
    """A copy of the project, its stages, and the tests known to fail there without a fault."""

    path: Path
    parts: Sequence[Sequence[str]]
    red: set[str] = field(default_factory=set)

    def sees(self, fault: Fault) -> Seen:
        """Plant a fault, run the tests until one fails by it, and take the fault out again."""
        began = time.monotonic()
        for part in self.parts:
            while tests := self._failing(part, fault):
                red = tuple(test for test in tests if "::" in test and failing(self.path, [test]))
                if not red:
                    return Seen(fault, tests, time.monotonic() - began)
                self.red |= set(red)
        return Seen(fault, (), time.monotonic() - began)

    def _failing(self, part: Sequence[str], fault: Fault) -> tuple[str, ...]:
        module = self.path / READING / fault.path
        text = module.read_text(encoding="utf-8")
        module.write_text(fault.plant(text), encoding="utf-8")
        try:
            return failing(self.path, [*part, *(f"--deselect={test}" for test in self.red)])
        finally:
            module.write_text(text, encoding="utf-8")


def failing(project: Path, arguments: Sequence[str]) -> tuple[str, ...]:
    """The first test that fails, or how pytest ended where none could run."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--maxfail=1",
        "-p",
        "no:cacheprovider",
        "--tb=no",
        "-rfE",
        *arguments,
    ]
    done = _ran(project, command)
    if done is None:
        return (f"not ended after {_SECONDS} s",)
    failed = tuple(_FAILED.findall(done.stdout))
    return failed or (() if done.returncode == 0 else (f"pytest ended with {done.returncode}",))


def _ran(project: Path, command: Sequence[str]) -> subprocess.CompletedProcess[str] | None:
    environment = {**os.environ, "PYTHONPATH": str(project / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def prepared(folder: Path) -> Path:
    """A copy of the project whose score tables are its own."""
    project = copied(folder)
    _ran(project, [sys.executable, "-m", "benchmarks.accuracy", "scores", "--write", "--worse"])
    return project


def run(faults: Sequence[Fault], jobs: int) -> Iterator[Seen]:
    """Each fault with the tests that see it, as they are done; `jobs` copies of the project."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        project = prepared(Path(folder, "0"))
        copies: queue.Queue[Copy] = queue.Queue()
        copies.put(Copy(project, stages(project)))
        for number in range(1, jobs):
            another = Path(shutil.copytree(project, Path(folder, str(number))))
            copies.put(Copy(another, stages(project)))

        def try_one(fault: Fault) -> Seen:
            copy = copies.get()
            try:
                return copy.sees(fault)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(try_one, faults)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--least", type=float, default=80.0, help="percent that must be seen")
    given = parser.parse_args(arguments)
    faults = drawn(ROOT / READING, given.count, given.seed)
    print("| module | line | fault | seen by | seconds |\n| --- | ---: | --- | --- | ---: |")
    results = []
    for result in run(faults, given.jobs):
        results.append(result)
        fault = result.fault
        seen = ", ".join(test.removeprefix("tests/") for test in result.tests) or "**nothing**"
        print(
            f"| {fault.path} | {fault.line} | {fault.how}: `{fault.instead[:80]}` | {seen} | {result.seconds:.0f} |",
            flush=True,
        )
    seen_of = sum(bool(result.tests) for result in results)
    share = 100 * seen_of / max(1, len(results))
    print(f"\n{seen_of} of {len(results)} faults seen ({share:.0f} %)")
    return int(share < given.least)


if __name__ == "__main__":
    sys.exit(main())

"""Imports go one way, and the command line starts without the heavy ones."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "analysis"

# In the order data meets them; a module imports only from rows above its own.
ORDER = [
    ["system"],
    ["codebook"],
    ["reading"],
    ["tables"],
    ["measures"],
    ["writing"],
    ["intake"],
    ["export"],
    ["charts"],
    ["pages"],
    ["desk"],
    ["batch"],
    ["cli"],
    ["__main__"],
]
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}


def imported(path: Path) -> set[str]:
    """Parts of the package a module names in its imports, at the top or inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "analysis":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analysis."):
            found.add(str(node.module).split(".")[1])
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            found |= {parts[1] for parts in names if parts[0] == "analysis" and len(parts) > 1}
    return found


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_one_way(path):
    part = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    if part == "__init__":
        return  # the public face: names of all parts, each imported on first use
    assert part in RANK, f"{part} has no place in the order"
    wrong = {name for name in imported(path) - {part} if RANK.get(name, 0) >= RANK[part]}
    assert not wrong, f"{part} imports {', '.join(sorted(wrong))}, which come after it"


def test_chapters_point_at_one_another_in_few_places():
    arrows = set()
    for path in SOURCE.rglob("*.py"):
        part = path.relative_to(SOURCE).parts[0].removesuffix(".py")
        arrows |= {(part, other) for other in imported(path) - {part} if other in RANK}
    assert len(arrows) <= 59, "what many chapters share stands in system or the codebook"


def edges(path: Path) -> set[str]:
    """Modules of the package a module names in its imports, at the top or inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "analysis":
            found |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)


@pytest.mark.parametrize("part", sorted(p.parent.name for p in SOURCE.glob("*/__init__.py")))
def test_no_circle_inside_a_part(part):
    modules = {dotted(p): edges(p) for p in (SOURCE / part).rglob("*.py") if p.stem != "__init__"}
    left = {name: found & modules.keys() - {name} for name, found in modules.items()}
    while free := {name for name, found in left.items() if not found & left.keys()}:
        left = {name: found for name, found in left.items() if name not in free}
    assert not left, f"import one another: {', '.join(sorted(left))}"


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["ingest", "--help"], ["build", "--help"], ["audit", "nowhere"], ["diff", "nowhere"]],
    ids=" ".join,
)
def test_the_command_line_starts_without_pandas_or_jupyter(arguments):
    heavy = (
        "pandas numpy matplotlib seaborn nbformat nbconvert papermill jupyter_client IPython "
        "trafilatura lxml pypdfium2 python_calamine"
    )
    code = (
        "import sys\nfrom analysis.cli import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        f"print([m for m in {heavy.split()} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_reading_needs_no_pandas():
    code = "import sys, analysis.intake.ingest, analysis.intake.arrivals; assert 'pandas' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_plain_text_is_read_without_the_readers_of_other_formats():
    code = (
        "import sys, pathlib; from analysis.intake.received import receive\n"
        f"receive(pathlib.Path({str(SOURCE.parents[1] / 'tests/corpus/anlan-2024-government-work-report.txt')!r}))\n"
        "assert not {'trafilatura', 'lxml', 'pypdfium2', 'python_calamine'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)

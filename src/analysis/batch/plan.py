"""Which runs there are, and which of them are needed: decided from files alone, before any work.

A no-op build must end within a second, so nothing heavy is imported here.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import analysis
from analysis.batch.ledger import Record, stands
from analysis.errors import InputError
from analysis.project import processed_folder, raw_folder, regions

_WARM_IMPORTS = {"analysis", "matplotlib", "numpy", "pandas", "seaborn"}


@dataclass(frozen=True)
class Notebook:
    """A notebook as the batch sees it: what it can be given and what it imports."""

    name: str
    parameters: frozenset[str]
    imports: frozenset[str]
    digest: str


@dataclass(frozen=True)
class Run:
    """One execution of one notebook.

    `place` is the folder of its page below `reports/`: `guangyuan/2009`, `guangyuan`, or empty.
    """

    notebook: str
    place: str
    language: str
    parameters: Mapping[str, Any]
    fingerprint: Mapping[str, str]
    reason: str = ""

    @property
    def key(self) -> str:
        """The page, relative to `reports/`, without its suffix: names the run everywhere."""
        suffix = "" if self.language == "en" else f".{self.language}"
        return str(Path(self.place, self.notebook + suffix).as_posix())

    @property
    def page(self) -> Path:
        return Path("reports", self.key + ".html")

    @property
    def figures(self) -> Path:
        folder = Path("figures", self.place)
        return folder if "year" in self.parameters else folder / self.notebook

    def __str__(self) -> str:
        given = (f"{k}={v}" for k, v in self.parameters.items() if k != "regions")
        return " ".join([self.notebook, *given])


def digest(*parts: bytes | str) -> str:
    """A short hash of several parts, each kept apart from the next."""
    total = hashlib.blake2b(digest_size=12)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def _digest_files(files: Iterable[Path], base: Path) -> str:
    parts: list[bytes | str] = []
    for file in sorted(files):
        parts += [file.relative_to(base).as_posix(), file.read_bytes()]
    return digest(*parts)


def read_notebook(path: Path) -> Notebook | None:
    """Read a notebook's parameters; None where its metadata keeps it out of the batch.

    Raises
    ------
    InputError
        where it is not valid JSON or not a notebook, or has no usable parameters cell.
    """
    source = path.read_bytes()
    try:
        content = json.loads(source)
        if content["metadata"].get("analysis", {}).get("batch") is False:
            return None
        cells = [c for c in content["cells"] if c["cell_type"] == "code"]
    except ValueError as error:
        raise InputError(f"{path}: not valid JSON ({error})") from None
    except (KeyError, TypeError, AttributeError):
        raise InputError(f"{path}: not a notebook of format 4") from None
    tagged = [c for c in cells if "parameters" in c.get("metadata", {}).get("tags", [])]
    if not tagged:
        raise InputError(f"{path}: no cell tagged `parameters`; tag the one with its defaults")
    try:
        body = ast.parse("".join(tagged[0]["source"])).body
    except SyntaxError as error:
        raise InputError(f"{path}: parameters cell: {error.msg} (line {error.lineno})") from None
    targets = [t for n in body if isinstance(n, ast.Assign) for t in n.targets]
    targets += [n.target for n in body if isinstance(n, ast.AnnAssign)]
    names = frozenset(t.id for t in targets if isinstance(t, ast.Name))
    imports = frozenset(m for c in cells for m in _imports("".join(c["source"])))
    return Notebook(path.stem, names, imports, digest(source))


def _imports(source: str) -> Iterable[str]:
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except SyntaxError:  # a cell with magics
        return
    for node in nodes:
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in _WARM_IMPORTS)


def read_notebooks(root: Path) -> tuple[list[Notebook], list[str]]:
    """The notebooks of the batch by file name, and one line for each that cannot be used."""
    notebooks, problems = [], []
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        try:
            notebook = read_notebook(path)
            if notebook and not _scope(notebook):
                raise InputError(
                    f"{path}: parameters name no scope; declare `region` and `year`, `region`, "
                    "`first_year` and `last_year`, or `regions`"
                )
        except InputError as error:
            problems.append(str(error))
        else:
            notebooks += [notebook] if notebook else []
    return notebooks, problems


def _scope(notebook: Notebook) -> str | None:
    if {"region", "year"} <= notebook.parameters:
        return "year"
    if {"region", "first_year", "last_year"} <= notebook.parameters:
        return "region"
    return "all" if "regions" in notebook.parameters else None


@dataclass(frozen=True)
class Region:
    """What a run can read of a region: panel rows by year, and everything there is."""

    name: str
    rows: Mapping[int, str]
    everything: str


def read_region(root: Path, name: str) -> Region:
    """Fingerprints of a region's data."""
    folder = processed_folder(root, name)
    panel = folder / "panel.csv"
    by_year: dict[int, list[str]] = {}
    if panel.exists():
        for line in panel.read_text("utf-8").splitlines()[1:]:
            year = line.split(",", 2)[1]
            by_year.setdefault(int(year), []).append(line)
    files = [f for top in (folder, raw_folder(root, name)) for f in top.rglob("*") if f.is_file()]
    everything = _digest_files(files, root / "data")
    return Region(name, {y: digest(*rows) for y, rows in sorted(by_year.items())}, everything)


@cache
def library() -> str:
    """Fingerprint of the library's own source, code book and templates."""
    source = Path(analysis.__file__).parent
    files = (f for f in source.rglob("*") if f.is_file() and "__pycache__" not in f.parts)
    return _digest_files(files, source)


def environment(root: Path) -> str:
    """Fingerprint of the lock, the interpreter and the packages really installed."""
    lock = root / "requirements.lock"
    packages = sorted(p.name for folder in sys.path for p in Path(folder).glob("*.dist-info"))
    return digest(sys.version, *packages, lock.read_bytes() if lock.exists() else b"")


def all_runs(
    root: Path, notebooks: Iterable[Notebook], languages: Iterable[str] = ("en",)
) -> list[Run]:
    """Every run of the project: one per notebook and year, region, or project, and language."""
    places = [read_region(root, name) for name in regions(root)]
    shared = {"library": library(), "environment": environment(root)}
    runs = []
    for notebook in notebooks:
        scope = _scope(notebook)
        if scope == "year":
            spots = [
                (f"{r.name}/{y}", {"region": r.name, "year": y}, r.everything)
                for r in places
                for y in r.rows
            ]
        elif scope == "region":
            spots = [
                (
                    r.name,
                    {"region": r.name, "first_year": min(r.rows), "last_year": max(r.rows)},
                    r.everything,
                )
                for r in places
                if r.rows
            ]
        else:
            names = [r.name for r in places if r.rows]
            spots = [("", {"regions": names}, digest(*(r.everything for r in places)))]
            spots = spots if names else []
        for language in languages if "language" in notebook.parameters else ("en",):
            spoken = {"language": language} if "language" in notebook.parameters else {}
            for place, parameters, data in spots:
                given = parameters | spoken
                print_of = {
                    "notebook": notebook.digest,
                    "parameters": digest(json.dumps(given)),
                    "data": data,
                    **shared,
                }
                runs.append(Run(notebook.name, place, language, given, print_of))
    return runs


def reason(root: Path, run: Run, record: Record | None, force: bool = False) -> str:
    """Why a run is needed, in a few words; empty where what stands is up to date."""
    if force:
        return "forced"
    if record is None:
        return "new"
    if record.failed:
        return "failed last time"
    changed = [k for k, v in run.fingerprint.items() if record.fingerprint.get(k) != v]
    if changed:
        return ", ".join(changed) + " changed"
    for path, stamp in record.outputs.items():
        if not stands(root / path, stamp):
            return f"{path} is missing or altered"
    return ""


def needed(
    root: Path, runs: Iterable[Run], records: Mapping[str, Record], force: bool = False
) -> list[Run]:
    """The runs to make, each with its reason."""
    reasons = ((run, reason(root, run, records.get(run.key), force)) for run in runs)
    return [replace(run, reason=why) for run, why in reasons if why]


def selected(
    runs: Sequence[Run], regions: Sequence[str] | None, years: Sequence[int] | None
) -> list[Run]:
    """The runs of these regions and years only.

    Raises
    ------
    InputError
        where there is none.
    """
    chosen = [
        run
        for run in runs
        if (not regions or run.parameters.get("region") in regions)
        and (not years or run.parameters.get("year") in years)
    ]
    if not chosen and (regions or years):
        asked = " ".join(map(str, [*(regions or []), *(years or [])]))
        known = sorted(
            {
                str(run.parameters[k])
                for run in runs
                for k in ("region", "year")
                if k in run.parameters
            }
        )
        raise InputError(f"no run for {asked}; there are {', '.join(known) or 'none at all'}")
    return chosen

"""Measure the batch against what else runs notebooks, and write docs/performance.md.

    python benchmarks/batch.py --runs 12 100 --rounds 3 [--snakemake PATH]

Each way does the same runs of the project's own notebooks on a copy of its data, one way after
the other and so round after round; medians are quoted as ratios, which hold where seconds drift.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import psutil

from analysis.batch import build, ledger, notebooks, plan
from analysis.batch.server import FIXED_ENVIRONMENT, server

HOME = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
JOBS = os.cpu_count() or 1


@dataclass(frozen=True)
class Cost:
    """Wall seconds, CPU seconds of all processes, peak of their proportional memory in MB."""

    wall: float
    cpu: float
    memory: float


# ---------------------------------------------------------------- the runs


def make_project(folder: Path, source: Path, runs: int) -> None:
    """A project in which the yearly notebooks make about `runs` runs: regions are copies."""
    shutil.copytree(source / "notebooks", folder / "notebooks")
    yearly = [n for n in notebooks.read_all(folder)[0] if n.scope == "year"]
    for path in (folder / "notebooks").glob("*.ipynb"):
        if path.stem not in {n.name for n in yearly}:
            path.unlink()
    region = min((source / "data/processed").iterdir())
    with (region / "panel.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    years = [year for year, _ in Counter(row[1] for row in rows).most_common()]
    left = -(-runs // len(yearly))
    for number in range(1, -(-left // len(years)) + 1):
        chosen, left = years[:left], max(0, left - len(years))
        name = f"{region.name}-{number}"
        for kind in ("raw", "processed"):
            shutil.copytree(source / "data" / kind / region.name, folder / "data" / kind / name)
        with (folder / "data/processed" / name / "panel.csv").open("w", newline="") as file:
            kept = ([name, *row[1:]] for row in rows if row[1] in chosen)
            csv.writer(file, lineterminator="\n").writerows([header, *kept])


def runs_of(root: Path) -> list[plan.Run]:
    return plan.all_runs(root, notebooks.read_all(root)[0])


# ---------------------------------------------------------------- the ways


def by_batch(root: Path) -> None:
    """This project's batch."""
    assert build(root, force=True) == 0


def by_loop(root: Path) -> None:
    """`papermill` and `jupyter nbconvert`, one after the other."""
    for run in runs_of(root):
        command_line(root, run)


def command_line(root: Path, run: plan.Run) -> None:
    out = root / "out" / run.key
    given = [part for k, v in run.parameters.items() for part in ("-p", k, str(v))]
    source = root / "notebooks" / f"{run.notebook}.ipynb"
    out.parent.mkdir(parents=True, exist_ok=True)
    call([BIN / "papermill", "--no-progress-bar", source, f"{out}.ipynb", *given], root)
    call([BIN / "jupyter", "nbconvert", "--to", "html", f"{out}.ipynb"], root)


def by_pool(root: Path) -> None:
    """papermill's Python interface in a pool of processes, nbconvert's beside it."""
    with ProcessPoolExecutor(JOBS, mp_context=get_context("spawn")) as pool:
        list(pool.map(partial(python_interface, root), runs_of(root)))


def python_interface(root: Path, run: plan.Run) -> None:
    import nbconvert
    import papermill

    os.environ |= environment(root)
    source = root / "notebooks" / f"{run.notebook}.ipynb"
    notebook = papermill.execute_notebook(source, None, dict(run.parameters), progress_bar=False)
    page = root / "out" / f"{run.key}.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(nbconvert.HTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")


def by_nbconvert(root: Path) -> None:
    """`jupyter nbconvert --execute`, as many at a time as cores (parameters put in before)."""
    with ThreadPoolExecutor(JOBS) as pool:
        list(pool.map(partial(execute, root), prepared(root)))


def execute(root: Path, notebook: Path) -> None:
    call([BIN / "jupyter", "nbconvert", "--execute", "--to", "html", notebook], root)


def prepared(root: Path) -> list[Path]:
    """Copies of the notebooks with the parameters in their cells."""
    paths = []
    for run in runs_of(root):
        content = json.loads((root / "notebooks" / f"{run.notebook}.ipynb").read_text("utf-8"))
        for cell in content["cells"]:
            if "parameters" in cell["metadata"].get("tags", []):
                cell["source"] = "".join(f"{k} = {v!r}\n" for k, v in run.parameters.items())
        paths.append(root / "out" / f"{run.key}.ipynb")
        paths[-1].parent.mkdir(parents=True, exist_ok=True)
        paths[-1].write_text(json.dumps(content), encoding="utf-8")
    return paths


def by_snakemake(root: Path, program: str) -> None:
    """Snakemake, one rule with its `notebook:` directive, as many jobs as cores."""
    paths = [str(path) for path in prepared(root)]
    rules = ["rule all:", f"    input: {[f'{path}.done' for path in paths]}"]
    for number, path in enumerate(paths):
        rules += [
            f"rule r{number}:",
            f"    output: touch('{path}.done')",
            f"    log: notebook='{path}.executed.ipynb'",
            f"    notebook: {path!r}",
        ]
    (root / "Snakefile").write_text("\n".join(rules) + "\n")
    call([program, "-s", root / "Snakefile", "-d", root, "-j", JOBS, "-q", "all"], root)


def by_cells(root: Path) -> None:
    """The floor: the cells alone, as plain Python, in warm processes."""
    runs = runs_of(root)
    for process in [start_cells(root, runs[part::JOBS]) for part in range(JOBS)]:
        assert os.waitpid(process, 0)[1] == 0, "a cell failed"


def start_cells(root: Path, runs: list[plan.Run]) -> int:
    process = os.fork()
    if process == 0:
        try:
            run_cells(root, runs)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return process


def run_cells(root: Path, runs: list[plan.Run]) -> None:
    import matplotlib.pyplot as plt

    os.environ |= environment(root)
    sys.stdout = open(os.devnull, "w")  # noqa: SIM115
    for run in runs:
        content = json.loads((root / "notebooks" / f"{run.notebook}.ipynb").read_text("utf-8"))
        names: dict[str, object] = {}
        for cell in content["cells"]:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
                if "parameters" in cell["metadata"].get("tags", []):
                    names.update(run.parameters)
        plt.close("all")


WAYS = {
    "batch": by_batch,
    "loop": by_loop,
    "pool": by_pool,
    "nbconvert": by_nbconvert,
    "cells": by_cells,
}


def environment(root: Path) -> dict[str, str]:
    return {
        "ANALYSIS_ROOT": str(root),
        "ANALYSIS_FIGURES": str(root / "out" / "figures"),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }


def call(command: list[object], root: Path) -> None:
    subprocess.run(
        [str(part) for part in command],
        env=os.environ | environment(root),
        check=True,
        capture_output=True,
    )


# ---------------------------------------------------------------- measuring


def measure(way: str, root: Path, snakemake: str) -> Cost:
    """What one way costs, in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--way",
        way,
        "--root",
        str(root),
        "--snakemake",
        snakemake,
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = [0.0]
    threading.Thread(target=watch_memory, args=(process.pid, peak), daemon=True).start()
    out, _ = process.communicate()
    assert process.returncode == 0, f"{way} failed"
    return Cost(**json.loads(out.splitlines()[-1]), memory=peak[0])


def watch_memory(pid: int, peak: list[float]) -> None:
    try:
        while True:
            tree = [p := psutil.Process(pid), *p.children(recursive=True)]
            total = 0
            for process in tree:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total / 1e6)
            time.sleep(0.5)
    except psutil.Error:
        return


def do(way: str, root: Path, snakemake: str) -> None:
    """Go one way and print what it cost; warming up is not part of the cells alone."""
    os.environ |= FIXED_ENVIRONMENT
    if way == "cells":
        from analysis.batch.server import warm_up

        os.environ |= {"MPLBACKEND": "agg", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        warm_up()
    shutil.rmtree(root / "out", ignore_errors=True)
    wall, cpu = time.perf_counter(), cpu_seconds(way)
    by_snakemake(root, snakemake) if way == "snakemake" else WAYS[way](root)
    spent = {"wall": time.perf_counter() - wall, "cpu": cpu_seconds(way) - cpu}
    print("\n" + json.dumps(spent))


def cpu_seconds(way: str) -> float:
    whose = [resource.RUSAGE_CHILDREN] + ([] if way == "cells" else [resource.RUSAGE_SELF])
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, whose))


def where_time_goes(root: Path) -> list[tuple[str, float]]:
    """Seconds of one warm run by part, means over the notebooks of one year."""
    from analysis import pages
    from analysis.batch import run as one

    parts: Counter[str] = Counter()
    runs = runs_of(root)[:: max(1, len(runs_of(root)) // 12)]
    with server() as kernels, tempfile.TemporaryDirectory() as folder:
        one.preload()
        work = one.Work(root, kernels, pages.render)
        work(runs[0])
        for run in runs:
            begun = time.perf_counter()
            notebook = one._execute(work, run, Path(folder), one._Watched())
            executed = time.perf_counter()
            cells = sum(c.metadata.papermill.duration or 0 for c in notebook.cells)
            pages.render(one.normalised(notebook), root, language=run.language)
            parts["cells"] += cells
            parts["kernel: start, messages, end"] += executed - begun - cells
            parts["page"] += time.perf_counter() - executed
    return [(name, seconds / len(runs)) for name, seconds in parts.items()]


def nothing_changed(root: Path) -> float:
    """Seconds of a build that has nothing to do, all told."""
    command = [sys.executable, "-m", "analysis", "--root", str(root), "build"]
    times = []
    for _ in range(4):  # the first still has something to do
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times[1:])


def nothing_changed_at_scale(folder: Path, regions: int = 300, years: int = 20) -> float:
    """The same for 300 regions, 20 years and 8 notebooks, with small stand-ins for the pages."""
    rows = "".join(f"R,{year},x,outturn,1,{year}-report\n" for year in range(2000, 2000 + years))
    for number in range(regions):
        name = f"r{number}"
        for year in range(2000, 2000 + years):
            report = folder / "data/processed" / name / f"{year}-report"
            report.mkdir(parents=True)
            for table in ("observations", "numerals", "edits"):
                (report / f"{table}.csv").write_text("value\n" + "1\n" * 2000)
        panel = folder / "data/processed" / name / "panel.csv"
        panel.write_text("region,year,indicator,measure,value,documents\n" + rows)
    cell = {"cell_type": "code", "source": "region = ''\nyear = 0"}
    cell["metadata"] = {"tags": ["parameters"]}  # type: ignore[assignment]
    (folder / "notebooks").mkdir()
    for number in range(8):
        path = folder / "notebooks" / f"n{number}.ipynb"
        path.write_text(json.dumps({"metadata": {}, "cells": [cell]}))
    records = {}
    for run in runs_of(folder):
        page = folder / run.page
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("page")
        records[run.key] = ledger.Record(run.fingerprint, {run.page: ledger.stamp(page)})
    ledger.state_folder(folder).mkdir()
    ledger.rewrite(folder, records)
    return nothing_changed(folder)


# ---------------------------------------------------------------- the page

NAMES = {
    "batch": "this batch",
    "loop": "`papermill` + `jupyter nbconvert`, in a loop",
    "nbconvert": "`jupyter nbconvert --execute`, in parallel",
    "snakemake": "Snakemake, `notebook:` rules, in parallel",
    "pool": "papermill's Python interface in a process pool",
    "cells": "the cells alone, plain Python, warm",
}


def table(costs: dict[str, list[Cost]]) -> list[str]:
    def median(way: str, what: str) -> float:
        return statistics.median(getattr(cost, what) for cost in costs[way])

    lines = ["| way | time | CPU | peak memory | time, × | CPU, × |", "|---|---|---|---|---|---|"]
    for way in (w for w in NAMES if w in costs):
        wall, cpu, memory = (median(way, what) for what in ("wall", "cpu", "memory"))
        times = f"{wall / median('batch', 'wall'):.2f} | {cpu / median('batch', 'cpu'):.2f}"
        line = f"{wall:.1f} s | {cpu:.1f} s | {memory:.0f} MB"
        lines.append(f"| {NAMES[way]} | {line} | {times} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, nargs="+", default=[12, 100])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loop-up-to", type=int, default=12, help="leave the slow loop out beyond")
    parser.add_argument("--snakemake", default="", help="the snakemake program, where there is one")
    parser.add_argument("--source", type=Path, default=HOME, help="the project measured on")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        do(asked.way, asked.root, asked.snakemake)
        return
    page = [
        "# What a build costs",
        "",
        "Written by `python benchmarks/batch.py`; do not edit.",
        "",
        f"{JOBS} cores, Python {platform.python_version()}, {platform.system()}. The same runs of "
        "the project's own yearly notebooks by each way, one way after the other; medians of "
        f"{asked.rounds} alternating round(s). × is what a way costs beside this batch: above 1 it "
        "is slower. Peak memory is the proportional share of all processes together.",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for runs in asked.runs:
            root = Path(folder, str(runs))
            make_project(root, asked.source, runs)
            ways = [w for w in WAYS if w not in {"loop", "nbconvert"} or runs <= asked.loop_up_to]
            ways += ["snakemake"] if asked.snakemake and runs <= asked.loop_up_to else []
            costs: dict[str, list[Cost]] = {way: [] for way in ways}
            for _ in range(asked.rounds):
                for way in ways:
                    costs[way].append(measure(way, root, asked.snakemake))
                    print(runs, way, costs[way][-1], flush=True)
            page += ["", f"## {len(runs_of(root))} runs", "", *table(costs)]
        root = Path(folder, str(asked.runs[0]))
        page += ["", "## Where the time of one run goes", "", "| part | seconds | share |"]
        parts = where_time_goes(root)
        total = sum(seconds for _, seconds in parts)
        page += ["|---|---|---|"]
        page += [f"| {name} | {s:.2f} | {s / total:.0%} |" for name, s in parts]
        small, large = nothing_changed(root), nothing_changed_at_scale(Path(folder, "scale"))
        page += ["", "## Nothing changed", ""]
        page += [f"One region: {small:.2f} s in all, from the start of Python to its end."]
        page += [f"300 regions of 20 years, 8 notebooks, 48,000 runs: {large:.1f} s."]
    (HOME / "docs").mkdir(exist_ok=True)
    (HOME / "docs" / "performance.md").write_text("\n".join(page) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

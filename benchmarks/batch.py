"""Measure the batch against what else runs notebooks, and write docs/performance.md.

    python benchmarks/batch.py                     # all of it, about 25 minutes on two cores
    python benchmarks/batch.py --parts 12 where    # some of it: 12, 100, 1000, where, unchanged

Each way does the same runs of the project's own notebooks on a copy of its data, one way after
the other and so round after round; medians are quoted as ratios, which hold where seconds drift.
What was measured is kept in benchmarks/batch.json, from which the page is written.
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
import venv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil

from analysis.batch import build, ledger, notebooks, outputs, plan
from analysis.batch.warming import FIXED_ENVIRONMENT

HOME = Path(__file__).resolve().parents[1]
KEPT = HOME / "benchmarks" / "batch.json"
BIN = Path(sys.executable).parent
JOBS = os.cpu_count() or 1
WAYS = {
    12: ("batch", "loop", "nbconvert", "snakemake", "pool", "cells"),
    100: ("batch", "pool", "cells"),
    1000: ("batch", "cells"),
}
ROUNDS = {12: 3, 100: 1, 1000: 1}


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


def by_snakemake(root: Path) -> None:
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
    call([os.environ["SNAKEMAKE"], "-s", root / "Snakefile", "-d", root, "-j", JOBS, "-q", "all"], root)


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


DO: dict[str, Callable[[Path], None]] = {
    "batch": by_batch,
    "loop": by_loop,
    "nbconvert": by_nbconvert,
    "snakemake": by_snakemake,
    "pool": by_pool,
    "cells": by_cells,
}


def environment(root: Path) -> dict[str, str]:
    return {
        "ANALYSIS_ROOT": str(root),
        "ANALYSIS_FIGURES": str(root / "out" / "figures"),
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    }


def call(command: list[object], root: Path) -> None:
    subprocess.run([str(part) for part in command], env=os.environ | environment(root), check=True, capture_output=True)


# ---------------------------------------------------------------- measuring


def measure(way: str, root: Path) -> dict[str, Any]:
    """What one way costs, in a process of its own.

    `wall` and `cpu` in seconds; `memory`: peak of all processes, each page of memory counted once,
    in MB, by quarters of the time; `kernel`: the same of a single cold kernel; `left`: files
    under the temporary folder, processes and open files that were not there before.
    """
    with tempfile.TemporaryDirectory() as scratch:
        process = subprocess.Popen(
            [sys.executable, __file__, "--way", way, "--root", str(root)],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"TMPDIR": scratch},
        )
        samples: list[float] = []
        kernels: list[float] = [0.0]
        watch = threading.Thread(target=watch_memory, args=(process.pid, samples, kernels))
        watch.start()
        out, _ = process.communicate()
        watch.join()
        assert process.returncode == 0, f"{way} failed"
        left = [p for p in Path(scratch).iterdir() if not p.name.startswith("pymp-")]
    quarter = max(1, len(samples) // 4)
    memory = [max(samples[at : at + quarter], default=0) for at in range(0, 4 * quarter, quarter)]
    spent: dict[str, Any] = json.loads(out.splitlines()[-1])
    spent["left"] |= {"temporary files": len(left)}
    return spent | {"memory": memory, "kernel": max(kernels)}


def watch_memory(pid: int, samples: list[float], kernels: list[float]) -> None:
    while psutil.pid_exists(pid):
        total = 0.0
        try:
            tree = [p := psutil.Process(pid), *p.children(recursive=True)]
        except psutil.Error:
            return
        for process in tree:
            try:
                lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
                used = next(int(x.split()[1]) for x in lines if x.startswith("Pss:")) / 1000
                if "ipykernel_launcher" in process.cmdline():
                    kernels.append(used)
            except (OSError, psutil.Error, StopIteration):
                continue
            total += used
        samples.append(total)
        time.sleep(1)


def do(way: str, root: Path) -> None:
    """Go one way and print what it cost; warming up is not part of the cells alone."""
    os.environ |= FIXED_ENVIRONMENT
    if way == "cells":
        from analysis.batch.warming import warm_up

        os.environ["MPLBACKEND"] = "agg"
        warm_up()
    shutil.rmtree(root / "out", ignore_errors=True)
    me = psutil.Process()
    files, wall, cpu = me.num_fds(), time.perf_counter(), cpu_seconds(way)
    DO[way](root)
    spent = {"wall": time.perf_counter() - wall, "cpu": cpu_seconds(way) - cpu}
    left = {"processes": len(me.children(recursive=True)), "open files": me.num_fds() - files}
    sizes = {name: size_of(root / name) for name in ("reports", "figures", ".build")}
    print("\n" + json.dumps(spent | {"left": left, "sizes": sizes}))


def size_of(folder: Path) -> int:
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())


def cpu_seconds(way: str) -> float:
    whose = [resource.RUSAGE_CHILDREN] + ([] if way == "cells" else [resource.RUSAGE_SELF])
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, whose))


def where(root: Path) -> dict[str, dict[str, float]]:
    """Seconds by part: once a build, and for each run, one at a time in one warm process."""
    once: dict[str, float] = defaultdict(float)
    with clock(once, "look for what changed"):
        runs = runs_of(root)
        plan.needed(root, runs, ledger.read(root))
    from analysis.batch import kernels, run, warming

    with clock(once, "import the libraries, draw and render once"):
        warming.warm_up()
        warming.make_kernel()
    from analysis import pages

    (root / "reports").mkdir(exist_ok=True)
    with clock(once, "write the index"):
        pages.write_index(root)
    each: dict[str, float] = defaultdict(float)
    work = run.Execution(root)
    work(runs[0])
    timed(each, "cells", kernels, "_execute")
    timed(each, "page", run.Execution, "_page")
    timed(each, "publish", outputs, "publish")
    with clock(each, "all"):
        for one in runs:
            work(one)
    each["kernel, papermill"] = 2 * each["all"] - sum(each.values())
    del each["all"]
    return {"once": dict(once), "each": {name: s / len(runs) for name, s in each.items()}}


@contextmanager
def clock(parts: dict[str, float], name: str) -> Iterator[None]:
    begun = time.perf_counter()
    yield
    parts[name] += time.perf_counter() - begun


def timed(parts: dict[str, float], name: str, owner: Any, function: str) -> None:
    """Have every call of a function timed."""
    plain = getattr(owner, function)

    def with_clock(*given: Any, **named: Any) -> Any:
        with clock(parts, name):
            return plain(*given, **named)

    setattr(owner, function, with_clock)


def unchanged(root: Path) -> float:
    """Seconds of a build that has nothing to do, from the start of Python to its end."""
    command = [sys.executable, "-m", "analysis", "--root", str(root), "build"]
    times = []
    for _ in range(4):  # the first may still have something to do
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times[1:])


def make_large(folder: Path, source: Path, runs: int = 48_000) -> int:
    """A project of that many runs as if built: copies of one region, stand-ins for the pages.

    Returns the number of its regions.
    """
    from analysis.intake import ingest

    shutil.copytree(source / "notebooks", folder / "notebooks")
    name = min(p.name for p in (source / "data/processed").iterdir())
    for kind in ("raw", "processed"):
        shutil.copytree(source / "data" / kind / name, folder / "data" / kind / name)
    ingest.refresh(folder, name)
    regions = -(-runs // len(runs_of(folder)))
    for number in range(1, regions):
        for kind in ("raw", "processed"):
            one = folder / "data" / kind / name
            shutil.copytree(one, one.with_name(f"{name}-{number}"), copy_function=os.link)
    records = {}
    for run in runs_of(folder):
        page = folder / run.page
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("page")
        records[run.key] = ledger.Record(run.fingerprint, {run.page: outputs.stamp(page)})
    ledger.state_folder(folder).mkdir()
    ledger.rewrite(folder, records)
    return regions


# ---------------------------------------------------------------- the page

NAMES = {
    "batch": "this batch",
    "loop": "`papermill` + `jupyter nbconvert`, in a loop",
    "nbconvert": "`jupyter nbconvert --execute`, in parallel",
    "snakemake": "Snakemake, `notebook:` rules, in parallel",
    "pool": "papermill's Python interface in a process pool",
    "cells": "the cells alone, plain Python, warm",
}


def page(found: dict[str, Any]) -> str:
    machine = found["machine"]
    lines = [
        "# What a build costs",
        "",
        "Written by `python benchmarks/batch.py`; do not edit.",
        "",
        f"{machine}. The same runs of the project's own yearly notebooks by each way, one way "
        "after the other; medians where there are several rounds. × is what a way costs beside "
        "this batch: above 1 it is slower or dearer. Memory is the peak of all processes "
        "together, each page of memory counted once. The cells alone draw and save the same "
        "pictures; they start warm, know no notebook and make no page.",
    ]
    for size in (part for part in found if part.isdecimal()):
        rounds = len(found[size]["batch"])
        lines += ["", f"## {found[size]['batch'][0]['runs']} runs, {rounds} round(s)", ""]
        lines += table(found[size])
    lines += [
        "",
        f"CPU of the batch against the cells alone: {over_cells(found)}. Beyond the "
        "cells it pays for one import of all libraries a build, and for each run a fork, "
        "IPython, papermill and a page. Ways that are not in a table were not measured at "
        "that size.",
        "",
    ]
    lines += memory(found) if "12" in found and "1000" in found else []
    if "where" in found:
        lines += ["## Where the time goes", ""]
        for when, title in (("once", "once a build"), ("each", "each run, one at a time")):
            parts = found["where"][when]
            lines += [f"| {title} | seconds | share |", "|---|---|---|"]
            whole = sum(parts.values())
            lines += [f"| {name} | {s:.3f} | {s / whole:.0%} |" for name, s in parts.items()]
            lines += [""]
    lines += at_scale(found["1000"]["batch"][-1], found["jobs"]) if "1000" in found else []
    if "unchanged" in found:
        small, large = found["unchanged"]["small"], found["unchanged"]["large"]
        lines += ["## Nothing changed", ""]
        lines += [
            f"One region, {small['runs']} runs: {small['seconds']:.2f} s in all, from the "
            f"start of Python to its end. {large['regions']} regions, {large['runs']:,} "
            f"runs: {large['seconds']:.1f} s.",
            "",
        ]
    return "\n".join(lines)


def over_cells(found: dict[str, Any]) -> str:
    def median(part: str, way: str) -> float:
        return statistics.median(cost["cpu"] for cost in found[part][way])

    sizes = (part for part in found if part.isdecimal())
    return ", ".join(f"{median(part, 'batch') / median(part, 'cells'):.2f} × at {part} runs" for part in sizes)


def table(costs: dict[str, list[dict[str, Any]]]) -> list[str]:
    def median(way: str, what: str) -> float:
        return statistics.median(cost[what] for cost in costs[way])

    lines = ["| way | time | CPU | memory | time, × | CPU, × |", "|---|---|---|---|---|---|"]
    for way in (w for w in NAMES if w in costs):
        wall, cpu = median(way, "wall"), median(way, "cpu")
        peak = statistics.median(max(cost["memory"]) for cost in costs[way])
        times = f"{wall / median('batch', 'wall'):.2f} | {cpu / median('batch', 'cpu'):.2f}"
        lines.append(f"| {NAMES[way]} | {wall:.1f} s | {cpu:.1f} s | {peak:.0f} MB | {times} |")
    return lines


def memory(found: dict[str, Any]) -> list[str]:
    (long,) = found["1000"]["batch"][-1:]
    kernel = max(cost["kernel"] for cost in found["12"]["loop"])
    worker = max(long["memory"]) / found["jobs"]
    quarters = ", ".join(f"{peak:.0f}" for peak in long["memory"])
    left = ", ".join(f"{count} {what}" for what, count in long["left"].items())
    return [
        "## Memory, and what is left behind",
        "",
        f"A cold kernel takes {kernel:.0f} MB. The batch takes {worker:.0f} MB for each run at a "
        f"time, {worker / kernel:.2f} times that, everything shared out. Peaks by quarters of "
        f"{long['runs']} runs: {quarters} MB. Left behind after them: {left}.",
        "",
    ]


def at_scale(long: dict[str, Any], jobs: int, runs: int = 48_000) -> list[str]:
    """What that many runs would cost, by multiplication."""
    times = runs / long["runs"]
    hours = long["cpu"] * times / 3600
    sizes = {name: size * times / 1e9 for name, size in long["sizes"].items()}
    return [
        f"## {runs:,} runs, by multiplication",
        "",
        f"| from {long['runs']} runs | |",
        "|---|---|",
        f"| CPU | {hours:.1f} core-hours |",
        f"| on 16 cores like these | {hours / 16 * 60:.0f} minutes |",
        f"| on 8 machines of 16 cores | {hours / 128 * 60:.0f} minutes |",
        f"| pages | {sizes['reports']:.1f} GB |",
        f"| pictures | {sizes['figures']:.1f} GB |",
        f"| ledger | {sizes['.build'] * 1000:.0f} MB |",
        f"| memory | {max(long['memory']) / jobs:.0f} MB for each run at a time |",
        "",
        "The figures for several machines are not measured, and a shared file system may be the "
        "narrower way: the cluster has been tried with several workers on one machine, one of "
        "them killed in the middle.",
        "",
    ]


# ---------------------------------------------------------------- all of it


def take(part: str, folder: Path) -> dict[str, Any]:
    """Measure one part."""
    if part.isdecimal():
        root = folder / part
        make_project(root, HOME, int(part))
        costs: dict[str, Any] = {way: [] for way in WAYS[int(part)]}
        for _ in range(ROUNDS[int(part)]):
            for way in costs:
                costs[way].append(measure(way, root) | {"runs": len(runs_of(root))})
                print(part, way, costs[way][-1], flush=True)
        return costs
    root = folder / part
    make_project(root, HOME, 12)
    if part == "where":
        environ = os.environ | FIXED_ENVIRONMENT
        command = [sys.executable, __file__, "--way", "where", "--root", str(root)]
        out = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(out.stdout.splitlines()[-1])
        return found
    large = folder / "large"
    regions = make_large(large, HOME)
    return {
        "small": {"runs": len(runs_of(root)), "seconds": unchanged(root)},
        "large": {"runs": len(runs_of(large)), "regions": regions, "seconds": unchanged(large)},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parts = [*map(str, WAYS), "where", "unchanged"]
    parser.add_argument("--parts", nargs="+", choices=parts, default=parts)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.way:
        print(json.dumps(where(asked.root))) if asked.way == "where" else do(asked.way, asked.root)
        return
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or every way would compile all it imports
    found = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    found["jobs"] = JOBS
    found["machine"] = f"{JOBS} cores, Python {platform.python_version()}, {platform.system()}"
    with tempfile.TemporaryDirectory() as folder:
        if "12" in asked.parts:
            os.environ["SNAKEMAKE"] = str(install_snakemake(Path(folder, "snakemake")))
        for part in asked.parts:
            found[part] = take(part, Path(folder))
            ordered = {key: found[key] for key in ("machine", "jobs", *parts) if key in found}
            KEPT.write_text(json.dumps(ordered, indent=1) + "\n")
            (HOME / "docs/performance.md").write_text(page(ordered), encoding="utf-8")


def install_snakemake(folder: Path) -> Path:
    """Snakemake in an environment of its own; it runs the notebooks with the project's Jupyter."""
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin/pip", "install", "--quiet", "snakemake"], check=True)
    return folder / "bin" / "snakemake"


if __name__ == "__main__":
    main()

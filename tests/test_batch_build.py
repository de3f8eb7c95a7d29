"""Whole builds of small projects, with real kernels."""

import errno
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import nbformat
import psutil
import pytest

from analysis.batch import kernel, kernels, ledger, notebooks, plan
from analysis.batch.run import Execution
from analysis.system import locks, workers
from analysis.system.errors import AnalysisError, InputError
from batch_projects import FIGURE, build_small, plain_pages, write_notebook, write_panel


@pytest.fixture
def cold(tmp_path):
    write_panel(tmp_path)
    return tmp_path


@pytest.fixture
def root(cold, quick):
    return cold


def published(root):
    folders = (root / "reports", root / "figures")
    files = (f for folder in folders for f in folder.rglob("*") if f.is_file())
    return {str(f.relative_to(root)): f.read_bytes() for f in files}


def start_build(root, **options):
    helper = Path(__file__).with_name("batch_projects.py")
    command = [sys.executable, str(helper), str(root), json.dumps(options)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "did not happen"
        time.sleep(0.05)


def kin_of(process):
    return psutil.Process(process.pid).children(recursive=True)


def test_pages_and_figures_are_published_and_a_second_build_does_nothing(root, capsys):
    write_notebook(root, "small", FIGURE)
    assert build_small(root) == 0
    assert set(published(root)) == {
        "reports/index.html",
        *(f"reports/guangyuan/{year}/small.html" for year in (2008, 2009)),
        *(f"figures/guangyuan/{year}/line.svg" for year in (2008, 2009)),
    }
    assert "guangyuan 2009" in (root / "reports/guangyuan/2009/small.html").read_text()
    assert "image/png" in (root / "reports/guangyuan/2009/small.html").read_text()
    capsys.readouterr()
    assert build_small(root) == 0
    assert capsys.readouterr().out == "0 to build, 2 up to date\n"


def test_a_figure_no_notebook_makes_any_longer_is_removed_and_a_moved_one_stays(root):
    write_panel(root, years=(2009,))
    write_notebook(root, "a", FIGURE, FIGURE.replace("line", "moved"))
    build_small(root)
    write_notebook(root, "a", "region")
    write_notebook(root, "b", FIGURE.replace("line", "moved"))
    build_small(root)
    assert [f.name for f in (root / "figures").rglob("*.svg")] == ["moved.svg"]


def test_pages_of_a_notebook_or_year_that_is_gone_go_and_what_others_made_stays(root, capsys):
    parameters = 'region = "nowhere"\nyear = 0\nlanguage = "en"'
    write_notebook(root, "small", FIGURE, parameters=parameters)
    write_notebook(root, "other", FIGURE.replace("line", "other"))
    build_small(root, languages=("en", "zh"))
    stays = root / "reports/guangyuan/2008/notes.txt"
    stays.write_text("by hand")
    write_panel(root, years=(2009,))
    (root / "notebooks/other.ipynb").write_text("{")
    build_small(root)
    assert not (root / "reports/guangyuan/2008/small.zh.html").exists()
    assert (root / "reports/guangyuan/2009/other.html").exists(), "not all notebooks are known"
    (root / "notebooks/other.ipynb").unlink()
    capsys.readouterr()
    build_small(root, dry_run=True)
    assert "guangyuan/2009/other: gone\n" in capsys.readouterr().out
    build_small(root, languages=("zh",))
    assert set(published(root)) == {
        "reports/index.html",
        "reports/guangyuan/2008/notes.txt",
        "reports/guangyuan/2009/small.html",
        "reports/guangyuan/2009/small.zh.html",
        "figures/guangyuan/2009/line.svg",
    }
    assert not (root / "figures/guangyuan/2008").exists()


def test_an_index_that_was_not_written_is_written_by_the_next_build(root):
    write_notebook(root, "small", "region")

    def stopped(root):
        raise KeyboardInterrupt

    assert build_small(root, index=stopped) == 1
    assert not (root / "reports/index.html").exists()
    assert build_small(root) == 0
    assert (root / "reports/index.html").exists()


def test_warm_and_cold_kernels_give_the_same_bytes(root):
    shown = """
import asyncio, sys
from IPython.display import Markdown, clear_output, display
print(1)
clear_output()
print(2, end="")
display(Markdown("*said*"))
print(3, file=sys.stderr)
print(4)
handle = display("first", display_id="changes")
handle.update("second")
await asyncio.sleep(0)
"""
    plot = "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])"
    stray = "import warnings; warnings.warn('x'); object()"
    shell = "import os\n[get_ipython(), _dh, os.environ['PAGER']]"
    write_notebook(root, "small", FIGURE, shown, plot, stray, shell, "!echo outside")
    build_small(root, warm=True)
    warm = published(root)
    build_small(root, warm=False, force=True)
    assert published(root) == warm


def test_runs_share_no_state(root):
    write_notebook(
        root,
        "state",
        "import pandas as pd, sys\nassert not hasattr(pd, 'left_behind')\npd.left_behind = 1",
        "import __main__\nassert vars(__main__) is globals()\n",
    )
    assert build_small(root, jobs=1) == 0


def test_random_numbers_differ_from_run_to_run(root):
    write_notebook(root, "random", "import random, numpy\n(numpy.random.rand(), random.random())")
    build_small(root)
    pages = [root / f"reports/guangyuan/{year}/random.html" for year in (2008, 2009)]
    one, two = (nbformat.read(p, 4).cells[2].outputs[0].data["text/plain"] for p in pages)
    for left, right in zip(one.split(","), two.split(","), strict=True):
        assert left != right


def test_one_failure_stops_nothing_and_only_it_is_retried(root, capsys):
    write_notebook(root, "fine", "region")
    bad = write_notebook(root, "sick", "print('before')", "if year == 2009:\n    1 / 0", "2")
    assert build_small(root) == 1
    out = capsys.readouterr().out
    assert "failed: sick region=guangyuan year=2009: cell 4: ZeroDivisionError: division" in out
    assert "3 built, 0 up to date, 1 failed" in out
    assert "reports/guangyuan/2008/sick.html" in published(root)
    kept = root / ".build/failed/guangyuan/2009/sick.ipynb"
    assert [c.get("outputs", []) != [] for c in nbformat.read(kept, 4).cells][-3:] == [
        *(True, True, False)
    ] or "ZeroDivisionError" in kept.read_text()
    assert "ZeroDivisionError" in kept.with_suffix(".log").read_text()

    assert build_small(root, dry_run=True) == 0
    line = "sick region=guangyuan year=2009: failed last time"
    assert capsys.readouterr().out.splitlines() == [line, "1 to build, 3 up to date"]
    bad.write_text(bad.read_text().replace("1 / 0", "1"))
    assert build_small(root) == 0
    assert not kept.exists()


def test_a_dead_kernel_and_an_endless_cell_are_named(root, capsys):
    write_panel(root, years=(2009,))
    write_notebook(root, "dies", "print(1)", "import os; os.kill(os.getpid(), 9)")
    write_notebook(root, "endless", "print(1)", "while True: pass")
    assert build_small(root, timeout=3) == 1
    out = capsys.readouterr().out
    assert "dies region=guangyuan year=2009: cell 4: the kernel died" in out
    assert "endless region=guangyuan year=2009: cell 4: over its time limit of 3 s" in out
    kept = nbformat.read(root / ".build/failed/guangyuan/2009/endless.ipynb", 4)
    assert kept.cells[2].outputs[0].text == "1\n"
    assert kept.cells[3].outputs[0].evalue == "over its time limit of 3 s"


def test_unusable_notebooks_are_named_and_the_others_run(root, capsys):
    write_notebook(root, "fine", "region")
    (root / "notebooks/broken.ipynb").write_text('{"cells": [')
    write_notebook(root, "alien", "1", kernel="no-such-kernel")
    assert build_small(root) == 1
    out = capsys.readouterr().out
    assert "broken.ipynb: not valid JSON" in out
    assert "alien region=guangyuan year=2008: kernel 'no-such-kernel' is not installed" in out
    assert "2 built, 0 up to date, 2 failed" in out


def test_an_own_notebook_among_those_of_the_batch_is_skipped_with_a_line(root, capsys):
    write_notebook(root, "fine", "region")
    (root / "notebooks/Untitled.ipynb").write_text('{"cells": [], "metadata": {}}')
    assert build_small(root, dry_run=True) == 0
    assert "skipped: " in (out := capsys.readouterr().out)
    assert "Untitled.ipynb: no cell tagged `parameters`" in out


def test_output_that_cannot_be_written_is_one_line(root):
    write_notebook(root, "fine", "region")
    (root / "reports").write_text("in the way")
    with pytest.raises(InputError, match="reports: cannot be written"):
        build_small(root)


def test_two_builds_never_mix(root, monkeypatch):
    monkeypatch.setattr(sys.modules["analysis.batch.build"], "locked", partial(locks.locked, patience=0.1))
    write_notebook(root, "fine", "region")
    path = root / ".build/lock"
    path.parent.mkdir()
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(InputError, match="another ingest or build is at work"):
            build_small(root)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_stopped_build_leaves_nothing_behind_and_goes_on(root, number):
    write_panel(root, years=range(2001, 2007))
    stuck = "import os, time; time.sleep(600 if year > 2002 and os.path.exists('wait') else 0)"
    write_notebook(root, "slow", FIGURE, stuck)
    (root / "notebooks/wait").touch()
    process = start_build(root)
    wait_until(lambda: (root / "reports/guangyuan/2001/slow.html").exists())
    wait_until(lambda: len(kin_of(process)) >= 5)  # server, two workers, two kernels
    kin = kin_of(process)
    process.send_signal(number)
    out, _ = process.communicate(timeout=15)
    psutil.wait_procs(kin, timeout=5)
    assert not [p for p in kin if p.is_running()]
    if number != signal.SIGKILL:
        assert process.returncode == 1
        assert "left for the next build" in out
        assert not list((root / ".build").glob("staging/*"))
    assert not [f for f in published(root) if "/." in f]
    done = len(list((root / "reports").rglob("slow.html")))
    (root / "notebooks/wait").unlink()
    assert build_small(root) == 0
    assert len(list((root / "reports").rglob("slow.html"))) == 6
    assert 0 < done <= 2
    assert not list((root / ".build").glob("staging/*"))


def test_a_killed_worker_costs_its_own_run_only(root):
    write_panel(root, years=range(2001, 2005))
    write_notebook(root, "small", "import time; time.sleep(1.0)")
    process = start_build(root)
    wait_until(lambda: len(kin_of(process)) >= 5)
    (server,) = psutil.Process(process.pid).children()
    server.children()[0].kill()
    out, _ = process.communicate(timeout=60)
    assert "its worker died (exit code -9)" in out
    assert "3 built, 0 up to date, 1 failed" in out


def test_nothing_is_left_open_or_running_after_many_runs(cold, tmp_path_factory, monkeypatch):
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    root, me = cold, psutil.Process()
    write_panel(root, years=range(2001, 2013))
    write_notebook(
        root,
        "small",
        "import os\nfrom pathlib import Path\nfolder = Path(os.environ['ANALYSIS_FIGURES'])",
        "folder.mkdir(parents=True)\n(folder / 'open').write_text(str(len(os.listdir('/proc/self/fd'))))",
    )
    before, kin = me.num_fds(), me.children(recursive=True)
    assert build_small(root) == 0
    assert me.num_fds() == before
    assert me.children(recursive=True) == kin
    assert not list(scratch.iterdir())
    counts = [path.read_text() for path in (root / "figures").rglob("open")]
    assert len(counts) == 12 and len({*counts}) == 1, "a later kernel inherits what an earlier one did not"


def test_a_kernel_ends_in_order_and_what_it_left_running_ends_with_it_wherever_it_went(root):
    write_panel(root, years=(2009,))
    leaving = """
import atexit, os, subprocess
from pathlib import Path
folder = Path(os.environ["ANALYSIS_FIGURES"])
folder.mkdir(parents=True)
atexit.register(lambda: (folder / "last").write_text("words"))
left = [subprocess.Popen(["sleep", "600"], start_new_session=apart).pid for apart in (0, 1)]
(folder / "left").write_text(" ".join(map(str, left)))
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        (folder / "away").write_text(str(os.getpid()))
        os.execlp("sleep", "sleep", "600")
    os._exit(0)
while not (folder / "away").exists():
    pass
"""
    write_notebook(root, "leaving", leaving)
    assert build_small(root) == 0
    made = root / "figures/guangyuan/2009"
    assert (made / "last").read_text() == "words"
    left = [int(pid) for name in ("left", "away") for pid in (made / name).read_text().split()]
    assert len(left) == 3
    assert not [pid for pid in left if psutil.pid_exists(pid)]


def test_what_a_killed_worker_s_notebook_left_running_ends_too(cold):
    write_panel(cold, years=(2009,))
    write_notebook(
        cold,
        "leaving",
        "import os, subprocess, time\n"
        "subprocess.Popen(['sleep', '601'], start_new_session=True)\n"
        "os.kill(os.getppid(), 9)\ntime.sleep(600)",
    )
    assert build_small(cold) == 1
    assert not [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "601"]]


def test_a_run_stuck_beyond_its_limit_is_named_for_it_and_the_others_go_on(root, capsys, monkeypatch):
    write_notebook(root, "fine", "region  # stuck in 2008")
    monkeypatch.setattr(workers, "_GRACE", 1)
    assert build_small(root, timeout=4) == 1
    out = capsys.readouterr().out
    assert "failed: fine region=guangyuan year=2008: over its time limit of 4 s\n" in out
    assert "1 built, 0 up to date, 1 failed" in out
    assert "no run may take over 4 s" in out


def test_a_notebook_that_ends_itself_has_failed_wherever_the_project_stands(tmp_path, capsys):
    root = tmp_path / "{region} {} {0}"
    write_panel(root, years=(2009,))
    write_notebook(root, "leaves", "print(1)", "raise SystemExit", "print(2)")
    write_notebook(root, "exits", "import sys; sys.exit(0)")
    write_notebook(root, "fine", FIGURE, "print('x\\r' * 200_000)")
    before = os.umask(0o027)
    try:
        assert build_small(root) == 1
    finally:
        os.umask(before)
    out = capsys.readouterr().out
    for name, cell in (("leaves", 4), ("exits", 3)):
        where = f"{name} region=guangyuan year=2009: cell {cell}"
        assert f"failed: {where}: the notebook ended itself (SystemExit)\n" in out
    assert "1 built, 0 up to date, 2 failed" in out
    for made in ("reports/guangyuan/2009/fine.html", "figures/guangyuan/2009/line.svg"):
        assert (root / made).stat().st_mode & 0o777 == 0o640, "as the umask has it"


def test_where_no_kernel_can_be_forked_it_is_started(root, monkeypatch):
    write_panel(root, years=(2009,))
    write_notebook(root, "small", "import os\nos.getppid()")
    monkeypatch.setattr(kernel, "prepared", lambda: 1 / 0)
    kernels._can_fork.cache_clear()
    (run,) = plan.all_runs(root, notebooks.read_all(root)[0])
    with plain_pages():
        ending = Execution(root)(run)
    kernels._can_fork.cache_clear()
    assert ending.failure is None
    assert "reports/guangyuan/2009/small.html" in ending.outputs


def test_an_index_that_is_damaged_or_older_than_its_pages_is_written_again(root):
    write_notebook(root, "small", "region")

    def list_pages(root):
        pages = sorted(str(p.relative_to(root)) for p in root.glob("reports/*/*/*.html"))
        (root / "reports/index.html").write_text("\n".join(pages))
        (root / "reports/index.zh.html").write_text("no page is Chinese")

    assert build_small(root, index=list_pages) == 0
    index = root / "reports/index.html"
    for path in (root / ".build").iterdir():  # as if by a clock that was set back since
        os.utime(path, (4e9, 4e9))
    for damage in (lambda: index.write_text("damaged"), index.unlink, lambda: None):
        damage()
        assert build_small(root, index=list_pages) == 0
        assert index.read_text().count("small.html") == 2
    write_panel(root, "aba", years=(2009,))
    assert build_small(root, index=list_pages) == 0
    assert "reports/aba/2009/small.html" in index.read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_output_stops_no_run(root):
    report = root / "data/raw/guangyuan/2009-labor-bureau-report.txt"
    report.write_text("2009年，城镇新增就业3.38万人。\n", encoding="utf-8")
    write_notebook(root, "small", "region")
    command = [sys.executable, "-m", "analysis", "build", "--root", str(root)]
    with open("/dev/full", "w") as full:
        assert subprocess.run(command, stdout=full).returncode == 1
    assert (root / "reports/guangyuan/2009/small.html").exists()


def test_a_full_disk_is_named_and_leaves_no_process(cold, monkeypatch):
    root, kin = cold, psutil.Process().children(recursive=True)
    write_notebook(root, "fine", "region")

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "ledger.jsonl")

    monkeypatch.setattr(ledger, "append", full)
    with pytest.raises(AnalysisError, match=r"ledger.jsonl: No space left on device"):
        build_small(root)
    assert psutil.Process().children(recursive=True) == kin

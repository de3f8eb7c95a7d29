"""The same runs on a real local Dask cluster of several worker processes."""

import os
import signal
import threading
import time

import pytest

from analysis.batch import ledger
from analysis.errors import InputError
from batch_projects import FIGURE, build_small, write_notebook, write_panel

distributed = pytest.importorskip("distributed")


@pytest.fixture
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def test_every_run_ends_exactly_once_though_a_worker_is_killed(tmp_path, cluster, capsys):
    write_panel(tmp_path, years=range(2001, 2009))
    write_notebook(tmp_path, "small", FIGURE, "import time; time.sleep(0.5)")
    write_notebook(tmp_path, "sick", "if year == 2003:\n    raise ValueError('no figures')")

    def kill_one():
        while not list((tmp_path / "reports").rglob("*.html")):
            time.sleep(0.05)
        os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

    before = {nanny.pid for nanny in cluster.workers.values()}
    killer = threading.Thread(target=kill_one)
    killer.start()
    assert build_small(tmp_path, cluster=cluster.scheduler_address) == 1
    killer.join()
    assert {nanny.pid for nanny in cluster.workers.values()} != before
    out = capsys.readouterr().out
    assert "15 built, 0 up to date, 1 failed" in out
    assert "sick region=guangyuan year=2003: cell 3: ValueError: no figures" in out
    lines = (tmp_path / ".build/ledger.jsonl").read_text().splitlines()
    assert len(lines) == len(ledger.read(tmp_path)) == 17  # and the index
    assert len(list((tmp_path / "reports").rglob("small.html"))) == 8


def test_an_absent_scheduler_is_one_line(tmp_path):
    write_panel(tmp_path)
    write_notebook(tmp_path, "small", "1")
    with pytest.raises(InputError, match="no Dask scheduler at"):
        build_small(tmp_path, cluster="tcp://127.0.0.1:1")

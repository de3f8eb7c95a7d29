"""The same work on a real local Dask cluster of several worker processes."""

import os
import signal
import threading
import time

import pytest

from analysis.batch import ledger
from analysis.cli import main
from analysis.system import limits
from analysis.system.errors import InputError
from batch_projects import FIGURE, build_small, write_notebook, write_panel
from short_reports import report, write

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


def test_reports_are_taken_in_region_by_region_each_within_its_time(tmp_path, cluster, capsys):
    endless = "2012年，" + "城镇新增就业3万人，其中" * 1_000_000
    for region in ("deyang", "leshan"):
        write(tmp_path / f"in/{region}/2012-government-report.txt", report(2012))
    write(tmp_path / "in/suining/2013-government-report.txt", report(2013) + endless)
    (tmp_path / "data").mkdir()
    code = main(
        [
            "ingest",
            str(tmp_path / "in"),
            "--root",
            str(tmp_path),
            "--timeout",
            "5",
            "--cluster",
            cluster.scheduler_address,
        ]
    )
    said = capsys.readouterr()
    assert code == 1
    assert said.err.count("1 taken in") == 2
    assert "failed: suining/2013-government-report.txt: " in said.err
    assert "took longer than 5 s" in said.err
    assert len(list(tmp_path.glob("data/processed/*/panel.csv"))) == 2


def test_a_time_limit_that_was_not_heard_is_said_again(monkeypatch):
    monkeypatch.setattr(limits, "_AGAIN", 0.05)
    heard = []

    def work():
        with limits.time_limit(0.05, "it"):
            for _ in range(2):
                try:
                    while True:
                        pass
                except limits.TookTooLong:
                    heard.append("lost")
            heard.append("the end")

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(20)
    assert heard == ["lost", "lost", "the end"]


def test_every_run_ends_exactly_once_though_a_worker_is_killed(tmp_path, cluster, capsys):
    write_panel(tmp_path, years=range(2001, 2005))
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
    assert "7 built, 0 up to date, 1 failed" in out
    assert "sick region=guangyuan year=2003: cell 3: ValueError: no figures" in out
    lines = (tmp_path / ".build/ledger.jsonl").read_text().splitlines()
    assert len(lines) == len(ledger.read(tmp_path)) == 9  # and the index
    assert len(list((tmp_path / "reports").rglob("small.html"))) == 4


def test_an_absent_scheduler_is_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.system.cluster._PATIENCE", 0.2)
    write_panel(tmp_path)
    write_notebook(tmp_path, "small", "1")
    with pytest.raises(InputError, match="no Dask scheduler at"):
        build_small(tmp_path, cluster="tcp://127.0.0.1:1")

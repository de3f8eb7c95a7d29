"""The campaigns against the product: each sees what it looks for, and a short form of each holds."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from benchmarks import attack, command
from benchmarks.attack import __main__ as attacks
from benchmarks.attack import disks, kills, mutations, tables, texts
from benchmarks.attack.page import write
from benchmarks.attack.trials import Campaign, Result, Sample, Skipped, Trial

SHORT = [campaign for campaign in attack.CAMPAIGNS if campaign.counts[0]]
SAMPLE = Sample("s", "就业\n全年城镇新增就业3.72万人。\n", 2011, "bureau-report")


@pytest.mark.parametrize("campaign", SHORT, ids=lambda c: c.name.split(" (")[0].replace(" ", "-"))
def test_a_short_form_of_the_campaign_breaks_nothing(campaign):
    result = Result(campaign)
    for result in attacks.run(campaign, "short", 1):
        assert not result.faults, result.faults[-1]
    if result.skipped:
        pytest.skip(result.skipped)
    assert result.tried == campaign.counts[0]


@pytest.mark.parametrize("campaign", attack.CAMPAIGNS, ids=lambda c: c.name.replace(" ", "-"))
def test_a_campaign_tries_the_same_for_the_same_seed(campaign):
    assert campaign.counts == tuple(sorted(campaign.counts)) and campaign.holds
    if campaign in (texts.TEXTS, tables.TABLES):
        tried = [[t.what for t in campaign.run(8, random.Random(5), _scratch())] for _ in range(2)]
        assert tried[0] == tried[1]


def _scratch():
    import tempfile

    return Path(tempfile.mkdtemp())


@pytest.mark.parametrize("mutation", mutations.MUTATIONS, ids=lambda m: m.__name__)
def test_a_mutation_changes_texts_and_bears_an_empty_one(mutation):
    text = "Employment\nIn 2011 some 3,720 new urban jobs (“posts”) were made, 95% of the task.\n" * 9
    assert any(mutation(text, random.Random(n)) != text for n in range(9))
    assert isinstance(mutation("", random.Random(1)), str)


def report(**row):
    stated = {
        "low": 1,
        "value": 2,
        "high": 3,
        "start": None,
        "end": None,
        "printed": "",
        "status": "printed",
        "basis": "",
        "indicator": "a.b",
    }
    edit = SimpleNamespace(
        rule="sum", edit="sum@2011", holds=True, kind="hard", expression="a.b == a.c + a.d", figures=""
    )
    numerals = [SimpleNamespace(start=11, end=15)]
    rows = [SimpleNamespace(**{**stated, **row})]
    return SimpleNamespace(observations=rows, edits=[edit], numerals=numerals)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({}, ""),
        ({"value": 4}, "bounds"),
        ({"value": float("nan")}, "bounds"),
        ({"start": 0, "end": 2, "printed": "其他"}, "span"),
        ({"status": "confirmed", "basis": "sum"}, ""),
        ({"status": "confirmed", "basis": "other"}, "without a rule"),
        ({"status": "repaired", "basis": "sum", "indicator": "a.x"}, "without a rule"),
    ],
)
def test_a_reading_that_contradicts_itself_or_claims_too_much_is_a_fault(monkeypatch, row, fault):
    monkeypatch.setattr(texts, "read", lambda *_, **__: report(**row))
    found = texts.fault_of(SAMPLE.text.replace("3.72", "3725"), SAMPLE)
    assert fault in found and bool(found) == bool(fault)


def test_a_number_without_a_row_a_crash_and_a_hang_are_faults(monkeypatch):
    monkeypatch.setattr(texts, "read", lambda *_, **__: report())
    assert "no row" in texts.fault_of("1234 " + SAMPLE.text, SAMPLE)

    def crash(*_, **__):
        raise IndexError("here")

    def hang(*_, **__):
        while True:
            pass

    monkeypatch.setattr(texts, "read", crash)
    assert texts.fault_of(SAMPLE.text, SAMPLE) == "crashes: IndexError: here"
    monkeypatch.setattr(texts, "read", hang)
    monkeypatch.setattr(texts, "SECONDS", 0.1)
    assert "takes over" in texts.fault_of(SAMPLE.text, SAMPLE)


def torn(*arguments):
    """A command that writes its file in two pieces, in place."""
    path = Path(arguments[1], "data", "raw", "place", "2011.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        file.write("whole")
        file.flush()
        Path(arguments[1], "data", "mark").write_text("")
        file.write(" again")
    return command.Ran(0, "", "")


def test_a_kill_between_two_writes_of_one_file_is_seen(monkeypatch, tmp_path):
    monkeypatch.setattr(kills, "inside", torn)
    before = tmp_path / "before"
    torn("--root", before)
    scene = kills._scene("torn", tmp_path, before, ["--root", tmp_path / "work"])
    faults = [kills._killed(scene, n, tmp_path) for n in range(kills._changes(scene, tmp_path))]
    assert any("torn" in fault for fault in faults)


def test_what_a_power_cut_takes_is_told_from_what_it_leaves():
    assert disks._lost({"a": b"x"}, {"a": b"x"}) == ""
    assert disks._lost({"a": b"x", "b": b"y"}, {"a": b""}) == ("2 of 2 files lost, 1 of them empty: a, b")


def test_a_command_that_ends_in_an_exception_is_told_from_one_that_refuses():
    assert command.inside("--root", "/", "no such command").code == 2
    assert not command.inside("ingest").traceback
    assert command.Ran(1, "", "Traceback (most recent call last):\n  x").traceback
    assert command.Ran(-11, "", "").traceback


def test_processes_that_outlive_a_command_are_found_and_ended():
    import subprocess

    child = "import time; time.sleep(60)"
    left = subprocess.Popen(
        [sys.executable, "-c", child], env={"BENCHMARK_MARK": "of-this-test"}, start_new_session=True
    )
    assert command.marked("of-this-test", patience=0.5) == 1
    assert left.wait(10) == -9
    assert command.marked("of-this-test", patience=0) == 0


def test_the_page_keeps_what_each_campaign_gave_last(tmp_path):
    def run(count, rng, folder):
        yield Trial("one")
        yield Trial("two", "it broke")

    def skipped(count, rng, folder):
        raise Skipped("only root may")
        yield

    (tmp_path / "benchmarks" / "attack").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    campaigns = [Campaign(name, "all", (1, 2, 9), each) for name, each in (("A", run), ("B", skipped), ("C", run))]
    for campaign, within in zip(campaigns[:2], (0, 9), strict=True):
        *_, last = attacks.run(campaign, "full", 1, within=within)
        write(tmp_path, campaigns, last, 4)
        text = (tmp_path / "docs" / "reliability.md").read_text()
    assert "| A | all | 1 of 9 | 0 | 4 | 0 |" in text and "What broke" not in text
    assert "| B | all | not run: only root may |" in text and "| C | all | not run: never |" in text
    *_, last = attacks.run(campaigns[0], "full", 1)
    write(tmp_path, campaigns, last, 5)
    text = (tmp_path / "docs" / "reliability.md").read_text()
    assert "| A | all | 2 of 9 | 1 | 5 | 0 |" in text and "- A: two: it broke" in text and "only root may" in text

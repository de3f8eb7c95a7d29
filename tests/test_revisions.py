"""What differs between two states of the data, and why."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.export.revisions import Revision, revisions, shown
from short_reports import report, write

KIND = "government-report"


def ingest(root: Path, path: Path, year: int, *more: str) -> None:
    given = ["--region", "leshan", "--year", str(year), "--kind", KIND, *more]
    assert main(["--root", str(root), "ingest", str(path), *given]) == 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "data/raw").mkdir(parents=True)
    ingest(root, write(tmp_path / "in.txt", report(2012)), 2012)
    return root


def commit(root: Path) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "data"], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)


def differ(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    capsys.readouterr()
    assert main(["--root", str(root), "diff", "HEAD", *more]) == 0
    return capsys.readouterr().out


def test_nothing_differs_from_what_was_just_committed(root, tmp_path, capsys):
    commit(root)
    said = differ(root, tmp_path, capsys)
    assert said.startswith("0 changed, 0 new, 0 gone, ")
    assert not said.endswith(" 0 the same\n")


def test_a_document_that_came_is_the_reason_for_its_figures(root, tmp_path, capsys):
    commit(root)
    ingest(root, write(tmp_path / "next.txt", report(2013)), 2013)
    said = differ(root, tmp_path, capsys)
    assert "    2013-government-work-report is new and states it\n" in said
    assert "leshan 2012 employment.new_urban_jobs" in said
    assert "0 gone" in said


def test_a_text_that_was_replaced_is_the_reason_and_both_values_are_shown(root, tmp_path, capsys):
    commit(root)
    changed = report(2012).replace("3", "4")
    ingest(root, write(tmp_path / "again.txt", changed), 2012, "--replace", "--confirm-year")
    said = differ(root, tmp_path, capsys)
    assert "the text of 2012-government-work-report was changed" in said


def test_without_any_other_reason_it_is_another_reading(tmp_path):
    for name, status in (("a", "printed"), ("b", "confirmed")):
        processed_row(tmp_path / name, status)
    (found,), _ = revisions(tmp_path / "a", tmp_path / "b")
    assert isinstance(found, Revision)
    assert found.why == "the same documents are read in another way"
    assert (shown(found.before), shown(found.after)) == ("7 (printed)", "7 (confirmed)")


def test_as_csv_each_side_has_its_columns(root, tmp_path, capsys):
    commit(root)
    ingest(root, write(tmp_path / "next.txt", report(2013)), 2013)
    head, first, *_ = differ(root, tmp_path, capsys, "--format", "csv").splitlines()
    assert head.startswith("region,period,indicator,measure,value_before,")
    assert first.split(",")[4] == ""


@pytest.mark.parametrize("name", ["no-such-commit", "/"])
def test_what_is_neither_a_commit_nor_a_project_is_said(root, capsys, name):
    commit(root)
    assert main(["--root", str(root), "diff", name]) == 2
    assert name in capsys.readouterr().err


def processed_row(root: Path, status: str) -> None:
    import processed

    processed.project(root, [f"fund.total outturn 7 7 7 - yuan {status}"])

"""Output closed or full is said in a sentence; what was asked for is done all the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from short_reports import report, write

NAME = "2012-government-work-report"


@pytest.fixture
def command(tmp_path):
    """A shell command that takes a report in, its streams to be redirected."""
    (tmp_path / "data/raw").mkdir(parents=True)
    path = write(tmp_path / "in.txt", report(2012))
    return (
        f"{sys.executable} -m analysis --root {tmp_path} ingest {path} "
        "--region leshan --year 2012 --kind government-report"
    )


def run(command: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, **options)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_output_is_said_and_the_report_taken_in(tmp_path, command):
    done = run(f"{command} >/dev/full")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == ("analysis: standard output: No space left on device")
    assert "Traceback" not in done.stderr
    assert (tmp_path / f"data/processed/leshan/{NAME}/observations.csv").exists()


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_closed_streams_hold_nothing_up_and_no_file_takes_their_place(tmp_path, command, closed):
    done = run(f"{command} {closed}")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    written = [p for p in tmp_path.rglob("*") if p.is_file() and b"figures:" in p.read_bytes()]
    assert written == []
    assert run(f"{command.replace('--year 2012', '--year 1999')} {closed}").returncode == 2


def test_full_outputs_stop_no_build(tmp_path, command):
    (tmp_path / "notebooks").mkdir()
    assert run(command).returncode == 0
    build = f"{sys.executable} -m analysis --root {tmp_path} build"
    (tmp_path / f"data/raw/leshan/{NAME}.decisions.csv").unlink(missing_ok=True)
    for redirected in (">/dev/full 2>/dev/full", ">/dev/full"):
        assert run(f"{build} {redirected}").returncode == 1


def test_what_the_output_cannot_spell_is_escaped(tmp_path, command):
    done = run(f"PYTHONIOENCODING=ascii {command}")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert "employment" in done.stdout

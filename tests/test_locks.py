"""One command at a time in a project."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from analysis.system.errors import InputError
from analysis.system.locks import locked
from short_reports import report, write

HOLD = """
import sys, time
from pathlib import Path
from analysis.system.locks import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(root: Path, seconds: float) -> subprocess.Popen[str]:
    """Another process that holds the project."""
    command = [sys.executable, "-c", HOLD, str(root), str(seconds)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline() == "held\n"
    return process


def test_the_second_is_refused_in_a_sentence(tmp_path):
    with hold(tmp_path, 60) as other:
        with pytest.raises(InputError, match="another ingest or build is at work; wait until"), locked(tmp_path, 0.2):
            pass
        other.kill()
    with locked(tmp_path):  # what was killed holds nothing
        pass


def test_within_one_process_the_lock_is_one(tmp_path):
    with locked(tmp_path), locked(tmp_path, 0):
        pass
    assert hold(tmp_path, 0).wait() == 0


@pytest.mark.parametrize("command", ["ingest", "build"])
def test_an_ingest_and_a_build_wait_for_one_another(tmp_path, command):
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    path = write(tmp_path / "in.txt", report(2012))
    rest = [str(path), *["--region", "leshan", "--year", "2012", "--kind", "government-report"]]
    command = [
        sys.executable,
        "-m",
        "analysis",
        "--root",
        str(tmp_path),
        command,
        *(rest if command == "ingest" else []),
    ]
    with hold(tmp_path, 60) as other:
        waiting = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr
        said = waiting.stderr.readline()
        other.kill()
    assert "waiting up to 30 s: another ingest or build is at work" in said
    waiting.stderr.read()
    assert waiting.wait() == 0

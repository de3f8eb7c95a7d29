"""Files are written whole or not at all, survive a full disk and a power cut, follow the umask."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.system import saving
from analysis.system.errors import AnalysisError
from short_reports import report, write

NAME = "2012-government-work-report"
INGEST = ["ingest", "--region", "leshan", "--year", "2012", "--kind", "government-report"]
root_only = pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="mounting a file system needs root")


def analysis(root: Path, *arguments: str | Path) -> int:
    return main(["--root", str(root), *map(str, arguments)])


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def mount(*arguments: str | Path) -> None:
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")


def unmount(*folders: Path) -> None:
    for folder in folders:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def disk(tmp_path):
    """A folder on a file system of its own, made with a size in bytes."""
    made = []

    def make(size: int) -> Path:
        folder = tmp_path / f"disk{len(made)}"
        folder.mkdir()
        mount("-t", "tmpfs", "-o", f"size={size}", "none", folder)
        made.append(folder)
        return folder

    yield make
    unmount(*made)


@root_only
@pytest.mark.parametrize("pages", [1, 3, 6, 14, 18, 22, 26, 40])
def test_a_full_disk_loses_neither_the_held_report_nor_its_tables(disk, tmp_path, capsys, pages):
    old = write(tmp_path / "old.txt", report(2012) + "其他工作。\n" * 40)
    new = write(tmp_path / "new.txt", report(2012, "4.1") + "失业人员再就业1.2万人。\n" * 400)
    whole = tmp_path / "whole"
    (whole / "data/raw").mkdir(parents=True)
    analysis(whole, *INGEST, old)
    root = disk(4096 * (pages + 40))
    shutil.copytree(whole / "data", root / "data")
    stood = contents(root / "data")
    fill = root / "fill"
    room = shutil.disk_usage(root).free - 4096 * pages
    fill.write_bytes(b"0" * max(0, room))
    if (code := analysis(root, *INGEST, new, "--replace")) == 0:
        assert b"4.1" in (root / f"data/raw/leshan/{NAME}.txt").read_bytes()
    else:
        assert code == 1
        assert contents(root / "data") == stood
        assert "No space left on device; leshan stands as it did" in capsys.readouterr().err
    assert not list((root / ".build").glob(".*"))


@root_only
@pytest.mark.parametrize("many", [False, True], ids=["one report", "a folder of reports"])
def test_what_is_said_to_be_taken_in_survives_a_power_cut(tmp_path, many):
    image, copy = tmp_path / "image", tmp_path / "copy"
    image.write_bytes(b"")
    os.truncate(image, 64 * 2**20)
    if not shutil.which("mkfs.ext4"):
        pytest.skip("no mkfs.ext4 here (on Debian: apt install e2fsprogs)")
    subprocess.run(["mkfs.ext4", "-q", image], check=True)
    live, after = tmp_path / "live", tmp_path / "after"
    live.mkdir()
    after.mkdir()
    mount("-o", "loop", image, live)
    try:
        (live / "data/raw").mkdir(parents=True)
        os.sync()
        places = ["leshan", "deyang"] if many else ["leshan"]
        for place in places:
            for year in (2012, 2013):
                write(tmp_path / f"in/{place}/{year}-government-report.txt", report(year))
        one = tmp_path / "in/leshan/2012-government-report.txt"
        done = analysis(live, "ingest", tmp_path / "in") if many else analysis(live, *INGEST, one)
        shutil.copyfile(image, copy)  # what the disk would hold if the power went now
        assert done == 0
        stands = contents(live / "data")
    finally:
        unmount(live)
    mount("-o", "loop", copy, after)
    try:
        assert contents(after / "data") == stands
        assert all(stands.values())
    finally:
        unmount(after)


def test_nothing_is_put_in_place_before_all_is_written(tmp_path, monkeypatch):
    (tmp_path / ".build").mkdir()
    first = write(tmp_path / "a/first", "old")
    real = saving._stage

    def full(path, data):
        if path.name == "third":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, data)

    monkeypatch.setattr(saving, "_stage", full)
    with pytest.raises(OSError, match="No space left"):
        saving.write_all({first: "new", tmp_path / "b/second": "x", tmp_path / "b/third": "x"})
    assert contents(tmp_path) == {"a/first": b"old"}
    assert not (tmp_path / "b").exists()


def test_what_cannot_be_put_back_is_said_and_kept(tmp_path, monkeypatch):
    path = write(tmp_path / "data/report.txt", "old")

    def stuck(staged, path):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with (
        pytest.raises(AnalysisError, match=r"full; report\.txt could not be put back: .* is in"),
        saving.restored(tmp_path, [path]),
    ):
        path.unlink()
        monkeypatch.setattr(saving, "_move", stuck)
        raise RuntimeError("full")
    saving.tidy(tmp_path)  # as the next command does
    (kept,) = (tmp_path / ".build").glob("*/*report.txt")
    assert kept.read_text() == "old"


def test_a_state_folder_on_another_file_system_is_no_hindrance(tmp_path, monkeypatch):
    (tmp_path / ".build").mkdir()
    real = os.replace

    def apart(source, target):
        if Path(source).parent != Path(target).parent:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        real(source, target)

    monkeypatch.setattr(os, "replace", apart)
    assert saving.write_all({tmp_path / "data/x": "1"}) == [tmp_path / "data/x"]
    assert contents(tmp_path) == {"data/x": b"1"}


@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_files_follow_the_umask(tmp_path, mask):
    (tmp_path / "data/raw").mkdir(parents=True)
    path = write(tmp_path / "in.txt", report(2012))
    before = os.umask(mask)
    try:
        assert analysis(tmp_path, *INGEST, path) == 0
    finally:
        os.umask(before)
    modes = {p.stat().st_mode & 0o777 for p in (tmp_path / "data").rglob("*") if p.is_file()}
    assert modes == {0o666 & ~mask}


@pytest.mark.parametrize("call", range(0, 60, 6))
def test_a_kill_at_a_change_of_the_files_leaves_whole_texts_and_heals(tmp_path, call):
    """Killed at the n-th rename, link, removal or opening for writing, as a machine may be."""
    (tmp_path / "data/raw").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    old, new = report(2012), report(2012, "4.1")
    analysis(tmp_path, *INGEST, write(tmp_path / "in.txt", old))
    write(tmp_path / "in.txt", new)
    code = f"""
import os, signal, sys
left = {call}
def watch(event, given):
    global left
    changes = event in ("os.rename", "os.link", "os.remove", "os.mkdir") or (
        event == "open" and isinstance(given[1], str) and given[1][0] in "wxa")
    if changes:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
from analysis.cli import main
sys.addaudithook(watch)
main(sys.argv[1:])
"""
    subprocess.run(
        [sys.executable, "-c", code, "--root", str(tmp_path), *INGEST, str(tmp_path / "in.txt"), "--replace"],
        capture_output=True,
    )
    held = tmp_path / f"data/raw/leshan/{NAME}.txt"
    assert held.read_text("utf-8") in (old, new)
    assert not [p for p in (tmp_path / "data").rglob(".*")]
    assert analysis(tmp_path, "build") == 0
    assert analysis(tmp_path, *INGEST, tmp_path / "in.txt", "--replace") == 0
    assert held.read_text("utf-8") == new
    table = tmp_path / f"data/processed/leshan/{NAME}/observations.csv"
    assert "41000" in table.read_text("utf-8")
    assert not list((tmp_path / ".build").glob(".*"))

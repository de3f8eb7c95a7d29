"""Full disks and power cuts, on file systems made for the purpose."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from ..command import files, outside
from .trials import Campaign, Sample, Skipped, Trial, arguments, project, reports, take

_BLOCK = 4096


@contextlib.contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A file system mounted at a folder, for as long as it is needed.

    Raises
    ------
    Skipped
        where this machine does not let us mount.
    """
    folder.mkdir()
    done = subprocess.run(["mount", *options, str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise Skipped(f"nothing can be mounted here ({done.stderr.strip() or 'no reason given'})")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def _needed(*programs: str) -> None:
    if os.geteuid() != 0:
        raise Skipped("only root may mount a file system")
    for program in programs:
        if not shutil.which(program):
            raise Skipped(f"{program} is not installed")


def full(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """A long report replaced by another while less and less of the disk is free."""
    _needed("mount")
    one, two = reports(2, rng)
    one = Sample(one.name, one.text * 3, one.year, one.kind)
    two = Sample(two.name, two.text * 4, one.year, one.kind)
    for number in range(count):
        with mounted(folder / f"disk{number}", "-t", "tmpfs", "-o", "size=4m", "tmpfs") as disk:
            root = project(disk / "project")
            take(root, one, folder)
            (root / ".build").mkdir(exist_ok=True)
            free = _BLOCK * round(number * 60 / max(1, count - 1))
            _fill(disk, free)
            yield Trial(f"--replace with {free // 1024} kB free", _replaced(root, one, two, folder))


def _fill(disk: Path, free: int) -> None:
    """Fill a file system up to so many bytes."""
    status = os.statvfs(disk)
    with (disk / "filler").open("wb") as file:
        file.write(b"\0" * max(0, status.f_bavail * status.f_frsize - free))


def _replaced(root: Path, one: Sample, two: Sample, folder: Path) -> str:
    ran = outside(*arguments(root, two, folder, "--replace"))
    texts = [c for path, c in files(root / "data" / "raw") if path.endswith(".txt")]
    if ran.traceback:
        return f"ends in a traceback: {ran.err[-200:]}"
    if two.text.encode() in texts and len(texts) == 1:
        return ""
    if ran.code == 0:
        return "says that it is done, and the new report does not stand"
    if one.text.encode() not in texts:
        return f"the held report is lost ({ran.err[-120:]})"
    return (
        ""
        if "space" in ran.err.lower() or "disk" in ran.err.lower()
        else (f"does not say that the disk is full: {ran.err[-200:]}")
    )


def power(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """The image of a mounted ext4, copied some seconds after "taken in" was said, mounted again."""
    _needed("mount", "mkfs.ext4")
    for number in range(count):
        place = folder / str(number)
        place.mkdir()
        image, copy = place / "image", place / "copy"
        with image.open("wb") as file:
            file.truncate(64 << 20)
        subprocess.run(["mkfs.ext4", "-q", str(image)], check=True)
        wait = (0.0, 7.0, 2.0)[number % 3]
        sample = reports(1, rng)[0]
        with mounted(place / "disk", "-o", "loop", str(image)) as disk:
            ran = outside(*arguments(project(disk / "project"), sample, folder))
            time.sleep(wait)
            subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
            stood = dict(files(disk / "project" / "data"))
        if ran.code:
            yield Trial("taken in", f"refused: {ran.err[-200:]}")
            continue
        with mounted(place / "after", "-o", "loop", str(copy)) as disk:
            found = dict(files(disk / "project" / "data"))
        yield Trial(f"power cut {wait:.0f} s after an ingest", _lost(stood, found))
        shutil.rmtree(place, ignore_errors=True)


def _lost(stood: dict[str, bytes], found: dict[str, bytes]) -> str:
    wrong = [path for path, content in stood.items() if found.get(path) != content]
    empty = sum(found.get(path) == b"" for path in wrong)
    names = ", ".join(wrong[:3])
    return f"{len(wrong)} of {len(stood)} files lost, {empty} of them empty: {names}" if wrong else ""


FULL = Campaign(
    "reports replaced on a full disk",
    "the old report or the new one stands, whole, and the message says that the disk is full",
    (3, 20, 60),
    full,
)
POWER = Campaign(
    "power cut after an ingest (ext4)", "every file stands that stood when success was printed", (1, 6, 20), power
)

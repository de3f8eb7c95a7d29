"""Commands killed at each of their changes to files, and builds killed at any moment."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..command import end, files, inside, marked, outside, start
from .trials import Campaign, Sample, Trial, arguments, project, reports, take

#: what changes a file, as Python tells its audit hooks
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod", "os.link"}
_FACTS = (
    "report_year,year,indicator,measure,value,unit,printed,note\n"
    "2012,2011,employment.new_urban_jobs,outturn,37200,people,3.72万,\n"
    "2013,2012,employment.new_urban_jobs,outturn,38100,people,3.81万,\n"
)
_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Scene:
    """A project as it stood, the command that is killed, and what it leads to when it is not."""

    name: str
    before: Path
    command: list[object]
    after: dict[str, bytes]


def kills(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """Ingests killed before a change to a file: all of them in turn, or as many as asked for."""
    scenes = [make(rng, folder) for make in (_new, _second, _replaced, _facts, _bulk)]
    moments = [(scene, n) for scene in scenes for n in range(_changes(scene, folder))]
    while len(moments) < count:
        moments *= 2
    for scene, n in rng.sample(moments, count):
        yield Trial(f"{scene.name}, killed before change {n}", _killed(scene, n, folder))


def _killed(scene: Scene, n: int, folder: Path) -> str:
    root = _at_work(scene, folder)
    held = dict(files(scene.before / "data" / "raw"))
    _run(scene, n)
    stands = dict(files(root / "data" / "raw"))
    for path, content in held.items():
        if stands.get(path) not in (content, scene.after.get(f"data/raw/{path}")):
            return f"{path} is {'torn' if path in stands else 'lost'}"
    again = inside(*scene.command)
    if again.code:
        return f"cannot be repeated: {again.err[-200:]}"
    return _unlike(root, scene.after)


def _unlike(root: Path, expected: dict[str, bytes]) -> str:
    """What differs from the files that should stand under data."""
    stands = {f"data/{path}": content for path, content in files(root / "data")}
    for path in sorted(stands.keys() | expected.keys()):
        if stands.get(path) != expected.get(path):
            how = "left" if path not in expected else "lost" if path not in stands else "different"
            return f"{path} is {how} after the command was repeated"
    return ""


def _at_work(scene: Scene, folder: Path) -> Path:
    """The project of a scene put where its command expects it."""
    root = folder / "work"
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(scene.before, root)
    return root


def _changes(scene: Scene, folder: Path) -> int:
    """How many changes to files a command makes."""
    _at_work(scene, folder)
    return _run(scene, None)


def _run(scene: Scene, killed_at: int | None) -> int:
    """Run a command in a fork; killed before its n-th change, or counted where n is None."""
    receive, send = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_counted, args=(scene.command, killed_at, send))
    process.start()
    send.close()
    process.join()
    return int(receive.recv()) if killed_at is None else 0


def _counted(command: Sequence[object], killed_at: int | None, send: Any) -> None:
    seen = 0

    def changes(event: str, details: tuple[Any, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(details[2], int) and details[2] & (os.O_WRONLY | os.O_RDWR)
        if event in _CHANGES or writes:
            if seen == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

    sys.addaudithook(changes)
    inside(*command)
    if killed_at is None:
        send.send(seen)


def _scene(name: str, folder: Path, before: Path, command: list[object]) -> Scene:
    scene = Scene(name, before, command, {})
    root = _at_work(scene, folder)
    inside(*command)
    scene.after.update({f"data/{path}": content for path, content in files(root / "data")})
    return scene


def _started(folder: Path, name: str, *held: Sample) -> Path:
    root = project(folder / name)
    for sample in held:
        take(root, sample, folder)
    return root


def _new(rng: random.Random, folder: Path) -> Scene:
    (sample,) = reports(1, rng)
    command = arguments(folder / "work", sample, folder)
    return _scene("a new region", folder, _started(folder, "new"), command)


def _second(rng: random.Random, folder: Path) -> Scene:
    one, two = reports(2, rng)
    two = Sample(two.name, two.text, one.year + 1, two.kind)
    command = arguments(folder / "work", two, folder)
    return _scene("a second report", folder, _started(folder, "second", one), command)


def _replaced(rng: random.Random, folder: Path) -> Scene:
    one, two = reports(2, rng)
    two = Sample(two.name, two.text, one.year, one.kind)
    command = arguments(folder / "work", two, folder, "--replace")
    return _scene("a report replaced", folder, _started(folder, "replaced", one), command)


def _facts(rng: random.Random, folder: Path) -> Scene:
    (one,) = reports(1, rng)
    table = folder / "facts.csv"
    table.write_text(_FACTS, encoding="utf-8")
    command = ["--root", folder / "work", "ingest", table, "--region", "place"]
    return _scene("a table of facts", folder, _started(folder, "facts", one), command)


def _bulk(rng: random.Random, folder: Path) -> Scene:
    source = folder / "many"
    for number, sample in enumerate(reports(3, rng)):
        path = source / f"place{number}" / f"{sample.year}-{sample.kind}.txt"
        path.parent.mkdir(parents=True)
        path.write_text(sample.text, encoding="utf-8")
    command = ["--root", folder / "work", "ingest", source, "--confirm-year", "--jobs", 1]
    return _scene("a folder of reports", folder, _started(folder, "bulk"), command)


_NOTEBOOK = """{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "python3",
"display_name": "Python", "language": "python"}}, "cells": [{"cell_type": "code", "id": "a",
"metadata": {"tags": ["parameters"]}, "outputs": [], "execution_count": null,
"source": "region = ''\\nyear = 0"}, {"cell_type": "code", "id": "b", "metadata": {}, "outputs": [],
"execution_count": null, "source": "print(region, year)"}]}"""


def with_notebook(root: Path) -> Path:
    """A project with a notebook that is quickly run."""
    (root / "notebooks").mkdir(exist_ok=True)
    (root / "notebooks" / "small.ipynb").write_text(_NOTEBOOK, encoding="utf-8")
    return root


def builds(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """Builds killed with all their processes at a random moment, then repeated."""
    samples = reports(1, rng)
    source = with_notebook(_started(folder, "source"))
    for number, sample in enumerate(samples):
        take(source, sample, folder, region=f"place{number}")
    whole = folder / "whole"
    shutil.copytree(source, whole)
    began = time.monotonic()
    outside("--root", whole, "build", "--jobs", 2)
    lasts = time.monotonic() - began
    expected = {path: content for path, content in files(whole) if not path.startswith(".build")}
    for number in range(count):
        root = folder / "work"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(source, root)
        moment = rng.uniform(0.1, lasts)
        alone = number % 2 == 1
        fault = _killed_build(root, moment, alone, expected)
        yield Trial(f"build killed after {moment:.2f} s{', its first process alone' * alone}", fault)


def _killed_build(root: Path, moment: float, alone: bool, expected: dict[str, bytes]) -> str:
    mark = uuid.uuid4().hex
    process = start(["--root", root, "build", "--jobs", 2], mark)
    time.sleep(moment)
    if alone:
        process.kill()
    else:
        end(process)
    process.communicate()
    if left := marked(mark):
        return f"{left} processes outlive it"
    again = outside("--root", root, "build", "--jobs", 2)
    if again.code:
        return f"cannot be repeated: {again.err[-200:]}"
    stands = {path: content for path, content in files(root) if not path.startswith(".build")}
    wrong = [p for p in sorted(stands.keys() | expected.keys()) if stands.get(p) != expected.get(p)]
    return f"{wrong[0]} differs after the next build" if wrong else ""


KILLS = Campaign(
    "ingests killed (kill -9) at a change to a file",
    "what was held is held or replaced, whole; the command repeated gives what it would have given",
    (8, 120, 160),
    kills,
)
BUILDS = Campaign(
    "builds killed (kill -9) at a random moment",
    "no process stays; the next build gives the same bytes",
    (1, 10, 40),
    builds,
)

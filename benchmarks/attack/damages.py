"""Damage to the files of a project: what a build makes it makes again, the rest it names."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from ..command import files, outside
from .kills import with_notebook
from .trials import Campaign, Trial, project, reports, take

Damage = Callable[[Path], None]
_DECISIONS = "indicator,measure,period,value,who,why,printed\n"


def _deleted(path: Path) -> None:
    path.unlink()


def _emptied(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 4)


def _as_excel(path: Path) -> None:
    content = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + content)


def _in_gbk(path: Path) -> None:
    path.write_bytes(path.read_bytes().decode("utf-8", "replace").encode("gb18030", "replace"))


def _edited(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b"printed", b"confirmed").replace(b"1", b"2", 3) + b"\n")


def _header_gone(path: Path) -> None:
    path.write_bytes(path.read_bytes().partition(b"\n")[2])


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _a_dead_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def _other_json(path: Path) -> None:
    path.write_text(
        "[1, {}, null]\n" if path.suffix == ".json" else "[[]]\n{}\n7\n", encoding="utf-8"
    )


DAMAGES: tuple[Damage, ...] = (
    _deleted, _emptied, _cut, _binary, _as_excel, _in_gbk, _edited, _header_gone, _a_folder,
    _a_dead_link, _other_json,
)  # fmt: skip


def damages(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """One damage after the other, each to a whole project, then a build."""
    whole = _whole(folder, rng)
    made = {path: content for path, content in files(whole) if _is_made(path)}
    cases = [(path, damage) for path, _ in files(whole) for damage in DAMAGES]
    cases = [(path, damage) for path, damage in cases if not path.startswith("notebooks/")]
    special = [*_SPECIAL]
    for number in range(count):
        root = folder / "work"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(whole, root, symlinks=True)
        if number % 4 == 0 and special:
            name, harm = special.pop(rng.randrange(len(special)))
            harm(root)
            yield Trial(name, _fault(root, made, heals=name.startswith("made")))
        else:
            path, damage = rng.choice(cases)
            damage(root / path)
            heals = _is_made(path) or path.startswith(".build")
            yield Trial(f"{path} {damage.__name__[1:]}", _fault(root, made, heals))


def _whole(folder: Path, rng: random.Random) -> Path:
    """A built project of two regions."""
    root = with_notebook(project(folder / "whole"))
    for number, sample in enumerate(reports(2, rng)):
        take(root, sample, folder, region=f"place{number}")
    outside("--root", root, "build")
    return root


def _is_made(path: str) -> bool:
    return path.startswith(("data/processed/", "figures/", "reports/"))


def _fault(root: Path, made: dict[str, bytes], heals: bool) -> str:
    """What a build does wrong after a damage; where it `heals`, all must stand as it was made."""
    victim = root.parent / "victim.txt"
    victim.write_text("not the project's", encoding="utf-8")
    ran = outside("--root", root, "build", seconds=600)
    if ran.traceback:
        return f"ends in a traceback: {ran.err[-200:]}"
    if not victim.exists():
        return "deletes a file outside the project"
    if not any(p.suffix == ".txt" for p in (root / "data" / "raw").rglob("*")):
        return "deletes the reports"
    if ran.code:
        return (
            ""
            if ran.err or "unusable" in ran.out or "failed" in ran.out
            else "fails without a word"
        )
    stands = {path: content for path, content in files(root) if _is_made(path)}
    wrong = [
        path for path in sorted(made.keys() | stands.keys()) if made.get(path) != stands.get(path)
    ]
    return f"exit 0, and {wrong[0]} is not as it was made" if heals and wrong else ""


def _ledger(outputs: object) -> Damage:
    def write(root: Path) -> None:
        path = root / ".build" / "ledger.jsonl"
        record = {"fingerprint": {}, "outputs": outputs, "failed": ""}
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(["place0/2012/gone", record]) + "\n")

    return write


def _beside(path: str, content: str = "left by another program") -> Damage:
    def write(root: Path) -> None:
        place = root / path.format(document=_document(root))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")

    return write


def _document(root: Path) -> str:
    return next(p.stem for p in sorted((root / "data" / "raw" / "place0").glob("*.txt")))


def _region_gone(root: Path) -> None:
    shutil.rmtree(root / "data" / "processed" / "place0")


def _all_state_gone(root: Path) -> None:
    shutil.rmtree(root / ".build")


_SPECIAL: tuple[tuple[str, Damage], ...] = (
    ("made: the ledger names a file outside", _ledger({"../victim.txt": [1, 1, "x"]})),
    ("made: the ledger names a report", _ledger({"data/raw/place0/2012.txt": [1, 1, "x"]})),
    ("made: the ledger names an absolute path", _ledger({"/etc/hostname-not-there": [1, 1, "x"]})),
    ("made: the ledger has a list of outputs", _ledger(["a"])),
    ("made: the ledger has a number of outputs", _ledger(7)),
    ("made: the ledger has stamps of the wrong kind", _ledger({"reports/x.html": "x"})),
    ("made: checkpoints beside the reports", _beside("data/raw/place0/.ipynb_checkpoints/a.csv")),
    ("made: checkpoints as a region", _beside("data/raw/.ipynb_checkpoints/a.txt")),
    ("made: checkpoints among the tables", _beside("data/processed/place0/.ipynb_checkpoints/a.csv")),
    ("made: checkpoints among all tables", _beside("data/processed/.ipynb_checkpoints/a.csv")),
    ("made: checkpoints of a document", _beside("data/processed/place0/{document}/.ipynb_checkpoints/a")),
    ("made: a table's lock of a spreadsheet", _beside("data/raw/place0/.~lock.a.csv#")),
    ("made: the tables of a region are gone", _region_gone),
    ("made: what has been built is forgotten", _all_state_gone),
    ("a foreign file beside the reports", _beside("data/raw/place0/notes.txt")),
    ("decisions of other columns", _beside("data/raw/place0/{document}.decisions.csv", "a,b\n1,2\n")),
    ("decisions without rows", _beside("data/raw/place0/{document}.decisions.csv", _DECISIONS)),
    ("decisions about nothing", _beside("data/raw/place0/1999-labor-bureau-report.decisions.csv",
                                        _DECISIONS)),
    ("an absurd decision", _beside("data/raw/place0/{document}.decisions.csv",
                                   _DECISIONS + "employment.new_urban_jobs,outturn,2009,1e400,a,b,\n")),
    ("a notebook that is no JSON", _beside("notebooks/bad.ipynb", "{")),
    ("a notebook nested deeply", _beside("notebooks/deep.ipynb", "[" * 100_000 + "]" * 100_000)),
)  # fmt: skip

PROJECTS = Campaign(
    "damage to the files of a project",
    "what is made is made again, byte for byte; other damage is named; nothing else is touched",
    (2, 40, 163),
    damages,
)

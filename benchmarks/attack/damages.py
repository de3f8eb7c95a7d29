"""Damage to the files of a project: what a build makes it makes again, the rest it names."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
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
    path.write_text("[1, {}, null]\n" if path.suffix == ".json" else "[[]]\n{}\n7\n", encoding="utf-8")


DAMAGES: tuple[Damage, ...] = (
    _deleted,
    _emptied,
    _cut,
    _binary,
    _as_excel,
    _in_gbk,
    _edited,
    _header_gone,
    _a_folder,
    _a_dead_link,
    _other_json,
)


@dataclass(frozen=True)
class Harm:
    """A damage by name; `heals`: a build must make all as it was."""

    name: str
    do: Damage
    heals: bool = True


def damages(count: int, rng: random.Random, folder: Path) -> Iterator[Trial]:
    """Damages to a whole project, one at a time, each followed by a build."""
    whole = _whole(folder, rng)
    made = {path: content for path, content in files(whole) if _is_made(path)}
    special = rng.sample(SPECIAL, min(len(SPECIAL), count // 3 + 1))
    for harm in (special + rng.sample(_of_files(whole), count))[:count]:
        root = folder / "work"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(whole, root, symlinks=True)
        harm.do(root)
        yield Trial(harm.name, _fault(root, made, harm.heals))


def _of_files(whole: Path) -> list[Harm]:
    """Every damage to every file but the notebooks."""
    return [
        Harm(
            f"{path} {damage.__name__[1:]}",
            partial(_damaged, path, damage),
            _is_made(path) or path.startswith(".build"),
        )
        for path, _ in files(whole)
        for damage in DAMAGES
        if not path.startswith("notebooks/")
    ]


def _damaged(path: str, damage: Damage, root: Path) -> None:
    damage(root / path)


def _whole(folder: Path, rng: random.Random) -> Path:
    """A built project of two regions."""
    root = with_notebook(project(folder / "whole"))
    for number, sample in enumerate(reports(2, rng)):
        take(root, sample, folder, region=f"place{number}")
    outside("--root", root, "build")
    return root


def _is_made(path: str) -> bool:
    """Whether a build makes a file; what is hidden there is another program's."""
    hidden = any(part.startswith(".") for part in path.split("/"))
    return path.startswith(("data/processed/", "figures/", "reports/")) and not hidden


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
        return "" if ran.err or "unusable" in ran.out or "failed" in ran.out else "fails without a word"
    stands = {path: content for path, content in files(root) if _is_made(path)}
    wrong = [path for path in sorted(made.keys() | stands.keys()) if made.get(path) != stands.get(path)]
    return f"exit 0, and {wrong[0]} is not as it was made" if heals and wrong else ""


def _ledger(outputs: object) -> Damage:
    """A record in the ledger of a run that is none any longer, with these outputs."""

    def write(root: Path) -> None:
        path = root / ".build" / "ledger.jsonl"
        named = outputs
        if isinstance(outputs, dict):
            named = {k.replace("{document}", _document(root)): v for k, v in outputs.items()}
        record = {"fingerprint": {}, "outputs": named, "failed": ""}
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


_HELD = "data/raw/place0/{document}"
SPECIAL = (
    Harm("the ledger names a file outside", _ledger({"../victim.txt": [1, 1, "x"]})),
    Harm("the ledger names a report", _ledger({f"{_HELD}.txt": [1, 1, "x"]})),
    Harm("the ledger names a folder above", _ledger({"../..": [1, 1, "x"]})),
    Harm("the ledger has a list of outputs", _ledger(["a"])),
    Harm("the ledger has a number of outputs", _ledger(7)),
    Harm("the ledger has stamps of the wrong kind", _ledger({"reports/x.html": "x"})),
    Harm("checkpoints beside the reports", _beside("data/raw/place0/.ipynb_checkpoints/a.csv")),
    Harm("checkpoints as a region", _beside("data/raw/.ipynb_checkpoints/a.txt")),
    Harm("checkpoints of a region", _beside("data/processed/place0/.ipynb_checkpoints/a.csv")),
    Harm("checkpoints among all tables", _beside("data/processed/.ipynb_checkpoints/a.csv")),
    Harm("checkpoints of a document", _beside("data/processed/place0/{document}/.ipynb_checkpoints/a.csv")),
    Harm("a spreadsheet's lock", _beside("data/raw/place0/.~lock.a.csv#")),
    Harm("the tables of a region are gone", _region_gone),
    Harm("what has been built is forgotten", _all_state_gone),
    Harm("a foreign file beside the reports", _beside("data/raw/place0/notes.txt"), False),
    Harm("decisions of other columns", _beside(f"{_HELD}.decisions.csv", "a,b\n1,2\n"), False),
    Harm("decisions without rows", _beside(f"{_HELD}.decisions.csv", _DECISIONS), False),
    Harm(
        "decisions about nothing", _beside("data/raw/place0/1999-labor-bureau-report.decisions.csv", _DECISIONS), False
    ),
    Harm(
        "an absurd decision",
        _beside(f"{_HELD}.decisions.csv", _DECISIONS + "employment.new_urban_jobs,outturn,2009,1e400,a,b,\n"),
        False,
    ),
    Harm("a notebook that is no JSON", _beside("notebooks/bad.ipynb", "{"), False),
    Harm("a notebook nested deeply", _beside("notebooks/deep.ipynb", "[" * 100_000 + "]" * 100_000), False),
)

PROJECTS = Campaign(
    "damage to the files of a project",
    "what is made is made again, byte for byte; other damage is named; nothing else is touched",
    (1, 40, 163),
    damages,
)

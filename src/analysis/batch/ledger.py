"""What has been built, from what: one line of JSON per finished run, in `.build/ledger.jsonl`.

Appending a line is all a finished run costs. A line torn by a crash, or not of this form, is not
read, and its run is made again: the ledger may have come with the folder from anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from analysis.batch import outputs
from analysis.batch.outputs import Stamp
from analysis.system.errors import InputError
from analysis.system.saving import write_atomic


@dataclass(frozen=True)
class Record:
    """How a run last ended: from which inputs, with which files (paths relative to the root)."""

    fingerprint: Mapping[str, str]
    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    failed: str = ""


def state_folder(root: Path) -> Path:
    """Where a project keeps what only its builds need."""
    return root / ".build"


def _file(root: Path) -> Path:
    return state_folder(root) / "ledger.jsonl"


def read(root: Path) -> dict[str, Record]:
    """The last record of every run, by the run's key."""
    return read_all(root)[0]


def read_all(root: Path) -> tuple[dict[str, Record], int]:
    """The last record of every run, by the run's key; and how many lines are none.

    Raises
    ------
    InputError
        where a link, or no file, stands in the ledger's place.
    """
    file = _file(root)
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise InputError(f"{file}: not a plain file; delete it")
    lines = file.read_bytes().splitlines() if file.exists() else []
    found = [_parsed(line) for line in lines]
    return dict(filter(None, found)), found.count(None)


def _parsed(line: bytes) -> tuple[str, Record] | None:
    try:
        key, content = json.loads(line)
        record = Record(**content)
    except (ValueError, TypeError, RecursionError):
        return None
    texts, stamps = record.fingerprint, record.outputs
    sound = (
        isinstance(key, str)
        and outputs.is_path(f"reports/{key}.html")
        and isinstance(texts, dict)
        and set(map(type, texts.values())) <= {str}
        and isinstance(stamps, dict)
        and all(map(outputs.is_path, stamps))
        and all(map(_is_stamp, stamps.values()))
        and isinstance(record.failed, str)
    )
    return (key, record) if sound else None


def _is_stamp(value: Any) -> bool:
    return isinstance(value, list) and [*map(type, value)] == [int, int, str]


def rewrite(root: Path, records: Mapping[str, Record]) -> None:
    """Keep one line per run."""
    lines = (json.dumps([key, asdict(record)]) + "\n" for key, record in records.items())
    write_atomic(_file(root), "".join(lines))


def append(root: Path, key: str, record: Record) -> None:
    """Write down how a run ended."""
    with _file(root).open("a", encoding="utf-8") as file:
        file.write(json.dumps([key, asdict(record)]) + "\n")

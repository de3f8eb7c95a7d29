"""What has been built, from what: one line of JSON per finished run, in `.build/ledger.jsonl`.

Appending a line is all a finished run costs; a line torn by a crash is simply not read, and its
run is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from analysis.writing import write_atomic

Stamp = tuple[int, int, str]
"""Size in bytes, time of change in nanoseconds, and hash of a published file."""


@dataclass(frozen=True)
class Record:
    """How a run last ended: from which inputs, with which files (paths relative to the root)."""

    fingerprint: Mapping[str, str]
    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    failed: str = ""


def state_folder(root: Path) -> Path:
    return root / ".build"


def _file(root: Path) -> Path:
    return state_folder(root) / "ledger.jsonl"


def read(root: Path) -> dict[str, Record]:
    """The last record of every run, by the run's key."""
    records: dict[str, Record] = {}
    try:
        lines = _file(root).read_bytes().splitlines()
    except FileNotFoundError:
        return records
    for line in lines:
        try:
            key, content = json.loads(line)
            records[key] = Record(**content)
        except (ValueError, TypeError):  # torn by a crash
            continue
    return records


def rewrite(root: Path, records: Mapping[str, Record]) -> None:
    """Keep one line per run."""
    lines = (json.dumps([key, asdict(record)]) + "\n" for key, record in records.items())
    write_atomic(_file(root), "".join(lines))


def append(root: Path, key: str, record: Record) -> None:
    with _file(root).open("a", encoding="utf-8") as file:
        file.write(json.dumps([key, asdict(record)]) + "\n")


def _index_mark(root: Path) -> Path:
    return state_folder(root) / "index"


def index_is_due(root: Path) -> bool:
    """Whether a run has ended since the index was last written."""
    try:
        written = _index_mark(root).stat().st_mtime_ns
        return (
            written < _file(root).stat().st_mtime_ns or not (root / "reports/index.html").exists()
        )
    except FileNotFoundError:
        return _file(root).exists()


def index_is_done(root: Path) -> None:
    _index_mark(root).touch()


def stamp(path: Path) -> Stamp:
    status = path.stat()
    content = hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
    return status.st_size, status.st_mtime_ns, content


def stands(path: Path, expected: Stamp) -> bool:
    """Whether a published file is still the one recorded; its bytes are read only if touched."""
    size, changed, content = expected
    try:
        status = path.stat()
        if status.st_size != size:
            return False
        return status.st_mtime_ns == changed or stamp(path)[2] == content
    except OSError:
        return False

"""Numbers about labour that no indicator took: where a word may be missing in the codebook."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from analysis import codebook
from analysis.codebook.status import Fate
from analysis.system import project

_FATES = (Fate.OTHER_SUBJECT, Fate.OTHER_UNIT, Fate.UNLINKED)
_BREAK = re.compile(r"[。；;！!？?\n]|(?<!\d)[.](?=\s)")
_CLAUSE = re.compile(r"[，,：:。；;\n]|(?<!\d)[.](?=\s)")
_REACH = 40  # characters before a number in which it is said what it counts
_WORD = re.compile(r"[A-Za-z]*")
_WORDS = Path(codebook.__file__).with_name("topic.yaml")


def left_aside(root: Path, region: str, document: str) -> list[str]:
    """A line for each such number of a report, with the words before it; none of a table of facts."""
    path = project.raw_folder(root, region) / f"{document}.txt"
    if not path.is_file():
        return []
    text = project.text(path)
    rows = project.table(root, region, "numerals", document)
    lines = (_line(text, int(row["start"]), int(row["end"])) for row in rows if row["fate"] in _FATES)
    return [line for line in lines if line]


def _line(text: str, start: int, end: int) -> str:
    """A number with the words before it; empty where they do not speak of labour."""
    near = max(0, start - _REACH)
    low = max([near, *(stop.end() for stop in _BREAK.finditer(text, near, start))])
    stop = _CLAUSE.search(text, end)
    high = min(stop.start() if stop else len(text), end + _REACH // 2)
    cut = "…" if low == near > 0 else ""
    said = " ".join(f"{cut}{text[low:high]}{_WORD.match(text, high)[0]}".split())  # type: ignore[index]
    return f"{text[start:end]!r} in {said!r}" if _topic().search(said.lower()) else ""


@lru_cache
def _topic() -> re.Pattern[str]:
    import yaml

    words = yaml.safe_load(_WORDS.read_text("utf-8"))
    return re.compile("|".join(words.values()))

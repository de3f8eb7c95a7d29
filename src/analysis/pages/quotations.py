"""What a document prints of a figure: its sentence with the token marked, or the line of a table."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.pages import assets
from analysis.pages.observations import Evidence, Row
from analysis.system import project
from analysis.system.kept import until_changed
from analysis.writing import words

_STOP = re.compile(r"[.;!?](?=\s)|[。；！？\n]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_REACH = 400  # characters of a sentence shown on either side of a figure


@dataclass(frozen=True)
class Quotation:
    """The printed token between what stands `before` and `after` it, and in words the `place`.

    `text` names the document whose whole text the page holds, with the token from `start` to
    `end` (characters); it is empty where the document is a table. `source` says who issued the
    document, under which title and when; `url` is where it can be found.
    """

    before: str
    token: str
    after: str
    place: str
    text: str = ""
    start: int = 0
    end: int = 0
    source: str = ""
    url: str = ""

    @property
    def language(self) -> str:
        """Of the words quoted, as HTML names it."""
        return "zh" if _HANZI.search(self.before + self.token) else "en"


def quotation(row: Row, evidence: Evidence) -> Quotation:
    """What the document of an observation prints of it, and where the document is from."""
    say = assets.texts("evidence", evidence.language)
    name = words.document_name(row["document"], evidence.language)
    place = f"{words.region_name(row['region'], evidence.language, evidence.root)}{say['comma']}{name}"
    token = row.get("printed", "")
    known = evidence.source(row["region"], row["document"])
    told = say["comma"].join(filter(None, (known.issuer, known.title, known.published)))
    url = known.url
    if row.get("start", "").isdigit() and row.get("end", "").isdigit():
        start, end = int(row["start"]), int(row["end"])
        text = raw(row, evidence, ".txt")
        if text[start:end] == token:
            before, after = _around(text, start, end)
            whole = f"{row['region']}/{row['document']}"
            return Quotation(before, token, after, place, whole, start, end, told, url)
    elif found := fact(row, evidence):
        place += say["line"].format(file=f"{row['document']}.csv", line=found[0])
        told = told or found[1].get("issuer") or ""
        url = url or found[1].get("source") or ""
    return Quotation("", token, "", place, source=told, url=url)


_received = until_changed(files=64)(project.text)


def document(name: str, evidence: Evidence) -> str:
    """The whole text of a document that a quotation names as `text`."""
    region, _, of = name.partition("/")
    return raw({"region": region, "document": of}, evidence, ".txt")


def raw(row: Row, evidence: Evidence, suffix: str) -> str:
    """A file of the figure's document as received; empty where there is none."""
    path = project.raw_folder(evidence.root, row["region"]) / f"{row['document']}{suffix}"
    try:
        return _received(path)
    except (OSError, ValueError):
        return ""


def fact(row: Row, evidence: Evidence) -> tuple[int, Row] | None:
    """Line and content of a facts table that state a figure."""
    stated = (row["indicator"], row["measure"], row["period"], row["printed"])
    return _facts(raw(row, evidence, ".csv")).get(stated)


@lru_cache(maxsize=64)
def _facts(text: str) -> dict[tuple[str | None, ...], tuple[int, Row]]:
    """The lines of a facts table by what each states; of two that state the same, the first."""
    found: dict[tuple[str | None, ...], tuple[int, Row]] = {}
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        stated = tuple(row.get(k) for k in ("indicator", "measure", "year", "printed"))
        found.setdefault(stated, (line, row))
    return found


def more(row: Row, evidence: Evidence) -> list[tuple[str, str]]:
    """What else a facts table says of a figure, such as where it was taken from."""
    found = fact(row, evidence)
    told = {"year", "value", "unit", "issuer", "source", *row}
    return [
        (str(column).replace("_", " ").capitalize(), str(text))
        for column, text in (found[1] if found else {}).items()
        if column and text and column not in told
    ]


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    first = max(0, start - _REACH)
    stops = [m.end() for m in _STOP.finditer(text, first, start)]
    begin = stops[-1] if stops else first
    stop = _STOP.search(text, end, min(len(text), end + _REACH))
    finish = stop.end() if stop else min(len(text), end + _REACH)
    before = ("" if stops or not first else "…") + text[begin:start].lstrip()
    return before, text[end:finish].rstrip() + ("" if stop or finish == len(text) else "…")

"""The documents of a region: their names, and how one is received.

A document is named ``<year>-labor-bureau-report``, ``<year>-government-work-report`` or
``<year>-communique`` (with an optional ``-suffix``); a ``.txt`` is a report as received, a
``.csv`` a table of facts printed elsewhere. Its kind and year are those of its name.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError, InputError, said
from analysis.intake import places
from analysis.intake.encodings import check_regular, read_text
from analysis.system import project
from analysis.system.project import KINDS, parse_name
from analysis.system.saving import restored, write_all


@dataclass(frozen=True)
class Document:
    """A document of a region under data/raw; `level` is what kind of place the region is."""

    region: str
    name: str
    kind: str
    year: int
    path: Path
    level: str = places.USUAL


def list_documents(root: Path, region: str) -> list[Document]:
    """The documents of a region, by name.

    Raises
    ------
    InputError
        for a file whose name is not a document's, or two files of one name.
    """
    found: dict[str, Document] = {}
    folder, level = project.raw_folder(root, region), places.level(root, region)
    for path in project.entries(folder):
        if path.suffix not in (".txt", ".csv") or path.is_dir():
            continue
        check_regular(path)
        if path.name.endswith(".decisions.csv"):
            continue
        try:
            year, kind = parse_name(path.stem)
        except InputError as error:
            raise InputError(f"{path}: {error}") from None
        if path.stem in found:
            raise InputError(f"{path}: {found[path.stem].path.name} stands beside it; keep one")
        found[path.stem] = Document(region, path.stem, kind, year, path, level)
    return list(found.values())


def text_of(document: Document) -> str:
    """The text of a report without its byte order mark; spans count its characters."""
    return read_text(document.path)[0]


def named(year: int, kind: str, name: str | None = None) -> str:
    """The name of a document of this year and kind: the usual one, or `name` if it fits."""
    if kind not in KINDS:
        raise InputError(f"--kind {kind}: use {' or '.join(KINDS)}")
    usual = f"{year}-{KINDS[kind]}"
    if parse_name(name or usual) != (year, kind):
        raise InputError(f"--name {name}: begin it with {usual}")
    return name or usual


@dataclass(frozen=True)
class Incoming:
    """A document to be stored: its bytes, and the file they come from."""

    document: Document
    content: bytes
    source: Path


def incoming(
    path: Path,
    root: Path,
    region: str,
    year: int,
    kind: str,
    name: str | None = None,
    encoding: str | None = None,
) -> Incoming:
    """A report as it will stand in data/raw, byte for byte.

    A file in another encoding is stored as UTF-8 where `encoding` names it (see `read_text`).

    Raises
    ------
    InputError
        for a file that cannot be read as text, or a name that cannot be a folder's.
    """
    text, is_utf8 = read_text(path, encoding)
    content = path.read_bytes() if is_utf8 else text.encode("utf-8")
    return _incoming(path, root, region, named(year, kind, name), ".txt", content)


def incoming_csv(source: Path, root: Path, region: str, name: str, text: str) -> Incoming:
    """A table of facts as it will stand in data/raw."""
    return _incoming(source, root, region, name, ".csv", text.encode("utf-8"))


def _incoming(
    source: Path, root: Path, region: str, name: str, suffix: str, content: bytes
) -> Incoming:
    year, kind = parse_name(name)
    path = project.raw_folder(root, region) / f"{name}{suffix}"
    document = Document(region, name, kind, year, path, places.level(root, region))
    return Incoming(document, content, source)


def check_free(root: Path, each: Incoming, others: Iterable[Incoming], replace: bool) -> None:
    """Refuse, with InputError, a document whose place another text holds, or one of `others`."""
    path, name = each.document.path, each.document.name
    held = {p: p.read_bytes() for s in (".txt", ".csv") if (p := path.with_suffix(s)).exists()}
    beside = {o.document.path: o.content for o in others if o.document.path == path}
    if (held and not replace and held != {path: each.content}) or (
        beside and beside != {path: each.content}
    ):
        there = next(iter(beside or held)).relative_to(root)
        both = (
            "add its rows to that table"
            if path.suffix == ".csv"
            else f"--name {name}-2 to keep both"
        )
        raise InputError(f"{each.source}: {there} holds another text; give --replace, or {both}")


@contextlib.contextmanager
def stored(root: Path, arriving: Sequence[Incoming]) -> Iterator[list[Document]]:
    """Put documents into data/raw, in place of what holds their names.

    If the body raises, all stands as it did before: what is replaced is let go only after it.
    """
    contents = {each.document.path: each.content for each in arriving}
    others = [p for path in contents for s in (".txt", ".csv")
              if (p := path.with_suffix(s)) not in contents]  # fmt: skip
    try:
        with restored(root, [*contents, *others]):
            write_all(contents)
            for path in others:
                path.unlink(missing_ok=True)
            yield [each.document for each in arriving]
    except OSError as error:
        places = " and ".join(sorted({each.document.region for each in arriving}))
        raise AnalysisError(f"{said(error)}; {places} stands as it did") from error

"""The documents of a region: their names, and how one is received.

A document is named ``<year>-labor-bureau-report``, ``<year>-government-work-report`` or
``<year>-communique`` (with an optional ``-suffix``); a ``.txt`` is a report as received, a
``.csv`` a table of facts printed elsewhere. Its kind and year are those of its name. Beside it may stand
``.source.yaml`` (where
it is from) and ``.decisions.csv``; what it was received as, where that is no plain text, is kept in
the folder `received` under its name.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.intake import places
from analysis.intake.encodings import check_regular, read_text
from analysis.intake.received import Received
from analysis.system import project
from analysis.system.errors import AnalysisError, InputError, one_line
from analysis.system.project import KINDS, parse_name
from analysis.system.saving import restored, write_all
from analysis.tables import sources
from analysis.tables.sources import UNKNOWN, Source


@dataclass(frozen=True)
class Document:
    """A document of a region under data/raw.

    `level` is what kind of place the region is, `people` how many lived there about its year, where
    that is known.
    """

    region: str
    name: str
    kind: str
    year: int
    path: Path
    level: str = places.USUAL
    people: int | None = None


def list_documents(root: Path, region: str) -> list[Document]:
    """The documents of a region, by name.

    Raises
    ------
    InputError
        for a file whose name is not a document's, or two files of one name.
    """
    found: dict[str, Document] = {}
    folder, level = project.raw_folder(root, region), places.level(root, region)
    for path in project.listing(folder):
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
        found[path.stem] = Document(region, path.stem, kind, year, path, level, places.people(root, region, year))
    return list(found.values())


def text_of(document: Document) -> str:
    """The text of a report without its byte order mark; spans count its characters."""
    return read_text(document.path)[0]


def source_of(document: Document) -> Source:
    """Where a document is from.

    Raises
    ------
    InputError
        for a source that cannot be right, or where the file received is not as it came.
    """
    path = document.path.with_name(document.name + sources.SUFFIX)
    source = sources.read(path)
    if source.received:
        kept = document.path.parent / sources.FOLDER / source.received
        check_regular(kept)
        with kept.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest != source.sha256:
            raise InputError(
                f"{kept}: is not the file that came in: {path.name} has another SHA-256; "
                "put it back, or take the document in again"
            )
    return source


def left_over(root: Path, region: str) -> list[str]:
    """A line for each source and each file received whose document is gone."""
    folder = project.raw_folder(root, region)
    names = {path.stem for path in project.files(folder) if path.suffix in (".txt", ".csv")}
    told = [path for path in project.files(folder) if path.name.endswith(sources.SUFFIX)]
    held = {path: path.name.removesuffix(sources.SUFFIX) for path in told}
    held |= {path: path.stem for path in project.files(folder / sources.FOLDER)}
    return [f"{path}: is of {name}, which is gone" for path, name in held.items() if name not in names]


def usual_name(year: int, kind: str, name: str | None = None) -> str:
    """The name of a document of this year and kind: the usual one, or `name` if it fits."""
    if kind not in KINDS:
        raise InputError(f"--kind {kind}: use {' or '.join(KINDS)}")
    usual = f"{year}-{KINDS[kind]}"
    if parse_name(name or usual) != (year, kind):
        raise InputError(f"--name {name}: begin it with {usual}")
    return name or usual


@dataclass(frozen=True)
class Incoming:
    """A document to be stored: its bytes, and the file they come from.

    `beside` are the other files of the document: what it was received as, and where it is from.
    """

    document: Document
    content: bytes
    source: Path
    beside: dict[Path, bytes] = field(default_factory=dict)

    @property
    def files(self) -> dict[Path, bytes]:
        """All of its files, the document last: once it stands, all that belongs to it does."""
        return {**self.beside, self.document.path: self.content}


def incoming(
    source: Path,
    root: Path,
    region: str,
    name: str,
    told: Source = UNKNOWN,
    *,
    received: Received | None,
    facts: str = "",
) -> Incoming:
    """A document as it will stand in data/raw: its text, and what it was received as byte for byte.

    Parameters
    ----------
    source, received
        the file, and what was read from it (see `received.receive`).
    told
        where it is from, as far as that was said; what was said of the document it replaces stays.
    facts
        the document where it is a table of facts (CSV); else it is the text received.

    Raises
    ------
    InputError
        for a name that is no document's.
    """
    year, kind = parse_name(name)
    if region.isdecimal():
        raise InputError(f"region {region!r}: is no name of a place")
    path = project.raw_folder(root, region) / f"{name}{'.csv' if facts else '.txt'}"
    content = facts.encode("utf-8") if facts or not received else received.content
    document = Document(region, name, kind, year, path, places.level(root, region))
    beside: dict[Path, bytes] = {}
    if received and not received.is_text:
        kept = f"{name}{received.suffix}"
        beside[path.parent / sources.FOLDER / kept] = received.data
        digest = hashlib.sha256(received.data).hexdigest()
        told = replace(told.over(Source(url=received.url)), received=kept, format=received.format, sha256=digest)
    before = sources.load(root, region, name)
    told = told.over(before.said)
    if path.exists() and path.read_bytes() == content:
        told = told.over(before)
        kept_before = path.parent / sources.FOLDER / told.received
        if told.received and kept_before not in beside and kept_before.is_file():
            beside[kept_before] = kept_before.read_bytes()
    if written := told.as_yaml():
        beside[sources.path_of(root, region, name)] = written.encode("utf-8")
    return Incoming(document, content, source, beside)


def check_free(root: Path, each: Incoming, others: Iterable[Incoming], replace: bool) -> None:
    """Refuse, with InputError, a document whose place another text holds, or one of `others`."""
    path, name = each.document.path, each.document.name
    held = {p: p.read_bytes() for s in (".txt", ".csv") if (p := path.with_suffix(s)).exists()}
    beside = {o.document.path: o.content for o in others if o.document.path == path}
    if (held and not replace and held != {path: each.content}) or (beside and beside != {path: each.content}):
        there = next(iter(beside or held)).relative_to(root)
        are_tables = path.suffix == there.suffix == ".csv"
        both = "add its rows to that table" if are_tables else f"--name {name}-2, or call its file so, to keep both"
        raise InputError(f"{each.source}: {there} holds another text; give --replace, or {both}")


@contextlib.contextmanager
def stored(root: Path, arriving: Sequence[Incoming]) -> Iterator[list[Document]]:
    """Put documents into data/raw, in place of what holds their names.

    If the body raises, all stands as it did before: what is replaced is let go only after it.
    """
    contents = {path: data for each in arriving for path, data in each.files.items()}
    others = [p for each in arriving for p in _held(root, each.document) if p not in contents]
    try:
        with restored(root, [*contents, *others]):
            write_all(contents)
            for path in others:
                path.unlink(missing_ok=True)
            yield [each.document for each in arriving]
    except OSError as error:
        places = " and ".join(sorted({each.document.region for each in arriving}))
        raise AnalysisError(f"{one_line(error)}; {places} stands as it did") from error


def _held(root: Path, document: Document) -> list[Path]:
    """What stands of a document now: the file itself, what it was received as, where it is from."""
    folder = document.path.parent / sources.FOLDER
    received = [path for path in project.files(folder) if path.stem == document.name]
    own = [
        sources.path_of(root, document.region, document.name),
        *(document.path.with_suffix(s) for s in (".txt", ".csv")),
    ]
    return [*received, *(path for path in own if path.exists())]

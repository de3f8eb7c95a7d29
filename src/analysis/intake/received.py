"""The one door for what comes in: a file's bytes, by what they are, to the text that is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from analysis.intake import encodings, formats, tabular
from analysis.intake.readers import text as plain
from analysis.intake.readers.contents import Contents, Rows, Unreadable
from analysis.system.errors import InputError


@dataclass(frozen=True)
class Received:
    """A file as it came, and the text that was read from it.

    `format` says what it is; `suffix` is what such files are called by; `url` is the address that
    it says it is from; `notes` are sentences on what was assumed and what was left out.
    """

    text: str
    data: bytes
    format: str
    suffix: str
    url: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_text(self) -> bool:
        """Whether its bytes are the text, in UTF-8: nothing else need be kept."""
        return self.suffix == formats.TEXT.suffix and not self.notes

    @property
    def content(self) -> bytes:
        """Its text as UTF-8, just as it came where it came so."""
        return self.data if self.is_text else self.text.encode("utf-8")


def receive(path: Path, encoding: str | None = None) -> Received:
    """A report in whatever form it came: text, a web page, a PDF or a Word document.

    Parameters
    ----------
    path
        the file.
    encoding
        of a text or page, as Python names it; None or ``"auto"``: the one detected.

    Raises
    ------
    InputError
        for a file that is no such thing, or whose text cannot be had; the message says what it is
        and what to do.
    """
    data = encodings.load(path)
    found = formats.recognise(data)
    if found.reader == "text":
        text, is_utf8 = encodings.decoded(path, data, encoding or "auto")
        found = formats.markup(text)
        if found.reader == "text":
            return _prose(path, data, text, "" if is_utf8 else _named(data, encoding))
    if found.refusal:
        raise InputError(f"{path}: is {found.refusal}")
    try:
        extract: Contents = import_module(f"analysis.intake.readers.{found.reader}").read(data, encoding)
    except Unreadable as error:
        raise InputError(f"{path}: is {error}") from None
    if why := encodings.misread(extract.text):
        raise InputError(f"{path}: is {why}")
    return Received(extract.text, data, found.name, found.suffix, extract.url, tuple(_notes(found, extract)))


def _named(data: bytes, encoding: str | None) -> str:
    given = encoding if encoding != "auto" else None
    return encodings.name_of(given or encodings.detect(data) or "")


def _prose(path: Path, data: bytes, text: str, encoding: str) -> Received:
    """A plain text in an encoding, "" for UTF-8."""
    if why := encodings.misread(text):
        raise InputError(f"{path}: is {why}")
    extract = plain.read(text)
    if plain.is_table(text) or (text.strip() and not extract.text.strip()):
        raise InputError(f"{path}: is a table; call it {path.stem}.csv, and give it by itself")
    notes = [f"read as {encoding}, kept as UTF-8"] if encoding else []
    notes += list(_set_aside(extract))
    return Received(extract.text, data, encoding or formats.TEXT.name, formats.TEXT.suffix, notes=tuple(notes))


def is_workbook(path: Path) -> bool:
    """Whether a file is a workbook, whatever it is called."""
    with path.open("rb") as file:
        packed = file.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    return packed and formats.recognise(encodings.load(path)).reader == "sheets"


def sheets(path: Path, encoding: str | None = None) -> tuple[dict[str, Rows], Received]:
    """The tables of a workbook or a CSV by the names of its sheets, and the file as it came.

    Raises
    ------
    InputError
        for a file that holds no table.
    """
    data = encodings.load(path)
    found = formats.recognise(data)
    if found.reader != "sheets":
        numbered = dict(tabular.lines(path, encoding or "auto"))
        rows = [numbered.get(n, []) for n in range(1, max(numbered, default=0) + 1)]
        return {path.name: rows}, Received("", data, "a table (CSV)", path.suffix, notes=("read as a table",))
    from analysis.intake.readers import sheets

    try:
        return sheets.read(data), Received("", data, found.name, found.suffix)
    except Unreadable as error:
        raise InputError(f"{path}: is {error}") from None


def _notes(found: formats.Format, extract: Contents) -> Iterator[str]:
    yield f"read as {found.name}"
    yield from (f"left out: {what}" for what in extract.left)
    yield from _set_aside(extract)


def _set_aside(extract: Contents) -> Iterator[str]:
    if extract.tables:
        numbers = sum(map(_numbers, extract.tables))
        one = len(extract.tables) == 1
        yield (
            f"left out: {len(extract.tables)} table{'' if one else 's'} with {numbers} "
            f"number{'' if numbers == 1 else 's'}; give {'it' if one else 'each'} as a sheet "
            "(.xlsx, .csv) to take its figures in"
        )


def _numbers(rows: Rows) -> int:
    return sum(any(sign.isdigit() for sign in cell) for row in rows for cell in row)

"""Word documents (.docx): the paragraphs of the body in order, by lxml."""

from __future__ import annotations

from typing import Any

from lxml import etree

from analysis.intake.formats import unpacked
from analysis.intake.readers.contents import Contents, Unreadable, is_data, paragraphs
from analysis.system.errors import AnalysisError

_BODY = "word/document.xml"
_LARGEST = 50_000_000  # bytes of a body: no tree of a larger one is made
_MAIN = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARAGRAPH, _TABLE, _ROW, _CELL, _TEXT = (
    tuple(f"{space}{name}" for space in _MAIN) for name in ("p", "tbl", "tr", "tc", "t")
)
_SIGNS = {
    f"{space}{name}": sign
    for space in _MAIN
    for name, sign in (("tab", " "), ("br", "\n"), ("cr", "\n"), ("noBreakHyphen", "-"))
}


def read(data: bytes, encoding: str | None = None) -> Contents:
    """The prose of a Word document; deleted words, footnotes and what fields compute are not in it.

    A table that is a frame around prose is taken apart; one of data is set aside.

    Raises
    ------
    Unreadable
        where it is damaged, under a password, or larger than any report.
    """
    body = _body(data)
    for twice in list(body.iter(_AGAIN)):
        twice.getparent().remove(twice)
    tables = [rows for table in list(body.iter(*_TABLE))[::-1] if (rows := _taken_out(table))]
    lines = [line for _, each in etree.iterwalk(body, tag=_PARAGRAPH) for line in _words(each).split("\n")]
    return Contents(paragraphs(lines), tuple(tables))


def _body(data: bytes) -> Any:
    archive = unpacked(data)
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True)
    try:
        if archive.getinfo(_BODY).file_size > _LARGEST:
            raise Unreadable(f"a Word document of more than {_LARGEST // 10**6} MB; no report is so long")
        return etree.fromstring(archive.read(_BODY), parser)
    except (Unreadable, AnalysisError):  # its time may be over
        raise
    except Exception:  # whatever a damaged archive makes zipfile, zlib and libxml2 say
        raise Unreadable("a Word document that is damaged or under a password") from None


def _taken_out(table: Any) -> list[list[str]]:
    """The rows of a table of data, which goes; none of one that frames prose: its prose stays."""
    rows = [[_entry(cell) for cell in row.iter(*_CELL)] for row in table.iter(*_ROW)]
    if is_data(rows):
        table.clear()
        return rows
    for element in list(table.iter(*_TABLE, *_ROW, *_CELL)):
        element.tag = "frame"
    return []


def _entry(cell: Any) -> str:
    said = ""
    for _, each in etree.iterwalk(cell, tag=_PARAGRAPH):
        said = f"{said} {_words(each)}".strip()
    return said


def _words(paragraph: Any) -> str:
    """What a paragraph says, without those that stand in boxes within it."""
    found = paragraph.iter(*_TEXT, *_SIGNS)
    own = (each for each in found if next(each.iterancestors(*_PARAGRAPH)) is paragraph)
    return "".join(_SIGNS.get(each.tag) or each.text or "" for each in own)

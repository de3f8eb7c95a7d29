"""Word documents (.docx): the paragraphs of the body in order, by the standard library."""

from __future__ import annotations

from xml.etree.ElementTree import XMLParser

from analysis.intake.formats import unpacked
from analysis.intake.readers.contents import Contents, Unreadable, is_data, paragraphs
from analysis.system.errors import AnalysisError

_BODY = "word/document.xml"
_MAIN = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DEEPEST = 20  # tables in tables


def read(data: bytes, encoding: str | None = None) -> Contents:
    """The prose of a Word document; deleted words, footnotes and what fields compute are not in it.

    Raises
    ------
    Unreadable
        where it is damaged, under a password, or larger than any report.
    """
    archive = unpacked(data)
    body = _Body()
    parser = XMLParser(target=body)
    try:
        with archive.open(_BODY) as file:
            while piece := file.read(1 << 16):
                parser.feed(piece)
        parser.close()
    except (Unreadable, AnalysisError):  # its time may be over
        raise
    except Exception:  # whatever a damaged archive makes zipfile, zlib and expat say
        raise Unreadable("a Word document that is damaged or under a password") from None
    return Contents(paragraphs(body.lines), tuple(body.tables))


class _Body:
    """Takes the elements of a document as they are read: no tree, however deep or long it is."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.tables: list[list[list[str]]] = []
        self._words: list[list[str]] = []  # of the paragraphs that are open
        self._open: list[tuple[list[list[str]], list[str]]] = []  # tables, with the lines within
        self._text = self._twice = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._twice += tag == _AGAIN
        name = _name(tag)
        if name == "p":
            self._words.append([])
        elif name == "t":
            self._text += 1
        elif name in _SIGNS and self._words:
            self._words[-1].append(_SIGNS[name])
        elif name == "tbl":
            if len(self._open) > _DEEPEST:
                raise Unreadable("a Word document whose tables lie in one another without end")
            self._open.append(([], []))
        elif name == "tr" and self._open:
            self._open[-1][0].append([])
        elif name == "tc" and self._open and self._open[-1][0]:
            self._open[-1][0][-1].append("")

    def data(self, text: str) -> None:
        if self._text and self._words and not self._twice:
            self._words[-1].append(text)

    def end(self, tag: str) -> None:
        self._twice -= tag == _AGAIN
        name = _name(tag)
        if name == "p" and self._words:
            self._close("".join(self._words.pop()))
        elif name == "t":
            self._text -= 1
        elif name == "tbl" and self._open:
            rows, within = self._open.pop()
            if is_data(rows):
                self.tables.append(rows)
            else:  # a frame around prose
                for line in within:
                    self._close(line)

    def _close(self, paragraph: str) -> None:
        if not self._open:
            self.lines += paragraph.split("\n")
            return
        rows, within = self._open[-1]
        within.append(paragraph)
        if rows and rows[-1]:
            rows[-1][-1] = f"{rows[-1][-1]} {paragraph}".strip()

    def close(self) -> None:
        pass


def _name(tag: str) -> str:
    """The name of an element of Word's own; empty for another's, such as a drawing's paragraph."""
    return next((tag.removeprefix(space) for space in _MAIN if tag.startswith(space)), "")

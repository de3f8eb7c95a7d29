"""PDF with a text layer: lines by where they stand on the page, by pypdfium2."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any
from unicodedata import normalize

from analysis.intake.readers.extract import Extract, Unreadable, paragraphs
from analysis.reading.outline import NUMBERED

_MOST = 1000  # pages
_NUMBER = re.compile(r"[-—–·•\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*[/／]\s*\d{1,4})?"
                     r"(?:\s*页)?(?:\s*[,，]?\s*共\s*\d{1,4}\s*页)?[-—–·•\s]*\Z", re.I)  # fmt: skip
_ENDS = 2  # so many lines at either end of a page may be its number and the running title
_OFTEN = 3  # pages a running title stands on at least
_FULL, _NEARLY = 0.65, 0.9  # share of an indenting text's width that a line has which goes on
_INDENTING = 0.05  # share of lines that are indented where paragraphs are told by it
_CLOSED = "。！？；!?;：:."
_OPENERS, _CLOSERS = "“‘《（〈【([", "，。、；：？！”’》）〉】,.;:?!)]%％"
_COLUMN = 6  # letters from one column, or centred line, to another
_INDENTED = 0.8  # of a letter
_GAP = 1.8  # letters between two cells of a table
_APART = 1.5  # times the usual distance of lines between two paragraphs
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_BROKEN = "\x02"  # PDFium's sign for a hyphen at the end of a line


@dataclass
class _Line:
    """A line of a page: its cells, between what it stands, its base, and the size of its letters.

    `first` is how wide what it begins with is, up to where a line may break; `breaks` whether that is
    passed.
    """

    page: int
    cells: list[str]
    left: float
    right: float
    bottom: float
    size: float
    first: float = 0.0
    breaks: bool = False
    column: tuple[float, float] = (0.0, 0.0)

    @property
    def text(self) -> str:
        return " ".join(self.cells).strip()

    @property
    def width(self) -> float:
        """That of its column."""
        return self.column[1] - self.column[0]

    @property
    def is_indented(self) -> bool:
        return self.left - self.column[0] > _INDENTED * self.size

    def takes(self, sign: str, right: float) -> None:
        """Add a letter that ends at `right`."""
        if not self.breaks and _is_one(self.cells[0], sign):
            self.first = right - self.left
        else:
            self.breaks = True
        self.cells[-1] += sign
        self.right = max(self.right, right)


def _is_one(before: str, sign: str) -> bool:
    """Whether no line breaks between the words a line begins with and the next sign."""
    word = before.lstrip(_OPENERS)
    return not word or sign in _CLOSERS or (before + sign).isascii()


def read(data: bytes, encoding: str | None = None) -> Extract:
    """The prose of a PDF: page numbers and running titles left out, broken lines joined.

    A line goes on in the next, if that is neither indented nor set apart, where what the next begins
    with would have found no room; in a text whose paragraphs are indented, where it is not short.
    Lines of cells, one below the other, are a table, set aside.

    Raises
    ------
    Unreadable
        where it is under a password, damaged, longer than any report, or has no text layer.
    """
    pages, empty = _pages(data)
    text = "".join(line.text for page in pages for line in page)
    if not text:
        raise Unreadable("a scan: its pages are pictures without a text layer; have its text "
                         "recognised (OCR), or type it, into a .txt file")  # fmt: skip
    if len(_LOST.findall(text)) > len(text) / 50:
        raise Unreadable("a PDF document whose fonts do not say which letters they show; have its "
                         "text recognised (OCR) into a .txt file")  # fmt: skip
    prose, tables = [], []
    for page in _without_ends(pages):
        lines, found = _set_aside(page)
        prose += _in_columns(lines)
        tables += found
    many = "s" if len(empty) > 1 else ""
    left = (f"page{many} {', '.join(map(str, empty))}, which held no text",) if empty else ()
    return Extract(paragraphs(_joined(prose)), tuple(tables), left=left)


def _pages(data: bytes) -> tuple[list[list[_Line]], list[int]]:
    """The lines of each page, and the numbers of the pages that hold pictures alone."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        why = "under a password" if "assword" in str(error) else "damaged"
        raise Unreadable(f"a PDF document that is {why}") from None
    pages, empty = [], []
    try:
        if len(document) > _MOST:
            raise Unreadable(f"a PDF document of more than {_MOST} pages")
        for n, page in enumerate(document, 1):
            text = page.get_textpage()
            pages.append(_merged(_lines(text, n)))
            if not pages[-1] and any(page.get_objects(max_depth=2)):
                empty.append(n)
            text.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("a PDF document that is damaged") from None
    finally:
        document.close()
    return pages, empty


def _lines(text: Any, page: int) -> Iterator[_Line]:
    """The lines of a page in the order of its text, each cut where a gap parts two cells."""
    import ctypes

    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    line: _Line | None = None
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, i)
        sign = chr(code) if code < 0x110000 else "\ufffd"
        if sign in "\r\n":
            if line:
                yield line
            line = None
            continue
        placed = pdfium.FPDFText_GetLooseCharBox(text, i, ctypes.byref(box))
        if not placed or sign.isspace() or sign == _BROKEN:
            if line:
                line.cells[-1] += "-" if sign == _BROKEN else " "
                line.breaks = True
            continue
        if line is None:
            line = _Line(page, [""], box.left, box.right, box.bottom, abs(box.top - box.bottom))
        elif box.left - line.right > _GAP * line.size:
            line.cells.append("")
        line.takes(sign, box.right)
    if line:
        yield line


def _merged(lines: Iterator[_Line]) -> list[_Line]:
    """Lines with what stands to the right of them at the same height."""
    out: list[_Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last and abs(last.bottom - line.bottom) < last.size / 3 and line.left > last.right:
            near = line.left - last.right <= _GAP * last.size
            first = f"{last.cells.pop()}{line.cells[0]}" if near else line.cells[0]
            last.cells += [first, *line.cells[1:]]
            last.right = line.right
        else:
            out.append(line)
    return out


def _without_ends(pages: Sequence[list[_Line]]) -> list[list[_Line]]:
    """Pages without their numbers and without the title that runs on the head of many."""
    heads = Counter(
        line.text for page in pages for line in {id(x): x for x in _ends(page)}.values()
    )
    often = {text for text, n in heads.items() if n >= max(_OFTEN, len(pages) / 3)}
    return [
        [line for line in page
         if not (any(line is end for end in _ends(page))
                 and (_NUMBER.match(line.text) or line.text in often))]
        for page in pages
    ]  # fmt: skip


def _ends(page: list[_Line]) -> list[_Line]:
    return [*page[:_ENDS], *page[-_ENDS:]]


def _set_aside(page: list[_Line]) -> tuple[list[_Line], list[list[list[str]]]]:
    """The lines of a page that are prose, and its tables."""
    prose: list[_Line] = []
    tables = []
    for in_cells, group in groupby(page, lambda line: len(line.cells) > 1):
        lines = list(group)
        if in_cells and len(lines) > 1 and any(len(line.cells) > 2 for line in lines):
            tables.append([line.cells for line in lines])
        else:
            prose += lines
    return prose, tables


def _in_columns(page: list[_Line]) -> list[_Line]:
    """The lines of a page, each with the column it stands in."""
    columns: list[list[_Line]] = []
    for line in sorted(page, key=lambda line: line.left):
        if not columns or line.left - columns[-1][0].left > _COLUMN * line.size:
            columns.append([])
        columns[-1].append(line)
    for lines in columns:
        column = (lines[0].left, max(line.right for line in lines))
        for line in lines:
            line.column = column
    return page


def _joined(lines: Sequence[_Line]) -> list[str]:
    """Paragraphs of lines; between two Latin words there is a blank, as lines do not break in one."""
    if not lines:
        return []
    usual = statistics.median(line.width for line in lines)
    steps = [a.bottom - b.bottom for a, b in pairwise(lines)
             if a.page == b.page and a.bottom > b.bottom]  # fmt: skip
    step = statistics.median(steps) if steps else 0.0
    share = _FULL if sum(line.is_indented for line in lines) > _INDENTING * len(lines) else 1.0
    out = [lines[0].text]
    for line, behind in pairwise(lines):
        if _follows(line, behind, usual, step) and _is_full(line, behind, usual, share):
            latin = (out[-1][-1:] + behind.text[:1]).isascii() and not out[-1].endswith("-")
            out[-1] += (" " if latin else "") + behind.text
        else:
            out.append(behind.text)
    return out


def _follows(line: _Line, behind: _Line, usual: float, step: float) -> bool:
    """Whether a line may be of the same paragraph as the one before it."""
    below = line.page == behind.page and line.column == behind.column
    if below and not 0 < line.bottom - behind.bottom < _APART * step:
        return False
    if not below and abs(line.width - behind.width) > usual / 5:
        return False
    if line.text[-1:] in _CLOSED and NUMBERED.match(normalize("NFKC", behind.text)):
        return False
    return not behind.is_indented and abs(line.size - behind.size) < line.size / 10


def _is_full(line: _Line, behind: _Line, usual: float, share: float) -> bool:
    """Whether a line ends only because its column did."""
    width, own = max(usual, line.width), line.right - line.column[0]
    spare = line.size if not behind.text[:1].isascii() else line.size / 4
    if own + behind.first + spare > width:
        return True
    return own > (max(share, _NEARLY) if line.text[-1:] in _CLOSED else share) * width

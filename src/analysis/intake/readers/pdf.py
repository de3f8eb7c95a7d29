"""PDF with a text layer: its letters by where they stand on the page, by pypdfium2."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

from analysis.intake.readers.contents import Contents, Unreadable, paragraphs
from analysis.intake.readers.letters import Letter, prose

_MOST = 1000  # pages
_LOST = re.compile("[\ufffd\ue000-\uf8ff]")
_BROKEN = "\x02"  # PDFium's sign for a hyphen at the end of a line


def read(data: bytes, encoding: str | None = None) -> Contents:
    """The prose of a PDF, its lines joined to paragraphs; see `layout.prose`.

    Raises
    ------
    Unreadable
        where it is under a password, damaged, longer than any report, or has no text layer.
    """
    pages, empty = _pages(data)
    lines, tables = prose(pages)
    text = "".join(letter.sign for page in pages for letter in page).strip()
    if not text:
        raise Unreadable(
            "a scan: its pages are pictures without a text layer; have its text "
            "recognised (OCR), or type it, into a .txt file"
        )
    if len(_LOST.findall(text)) > len(text) / 50:
        raise Unreadable(
            "a PDF document whose fonts do not say which letters they show; have its "
            "text recognised (OCR) into a .txt file"
        )
    many = "s" if len(empty) > 1 else ""
    left = (f"page{many} {', '.join(map(str, empty))}, which held no text",) if empty else ()
    return Contents(paragraphs(lines), tuple(tables), left=left)


def _pages(data: bytes) -> tuple[list[list[Letter]], list[int]]:
    """The letters of each page, and the numbers of the pages that hold pictures alone."""
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
            pages.append(list(_letters(text)))
            if not pages[-1] and any(page.get_objects(max_depth=2)):
                empty.append(n)
            text.close()
            page.close()
    except pypdfium2.PdfiumError:
        raise Unreadable("a PDF document that is damaged") from None
    finally:
        document.close()
    return pages, empty


def _letters(text: Any) -> Iterator[Letter]:
    """The letters of a page in the order of its text."""
    import pypdfium2.raw as pdfium

    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, base = ctypes.c_double(), ctypes.c_double()
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, i)
        sign = chr(code) if code < 0x110000 else "\ufffd"
        sign = {"\r": "\n", _BROKEN: "-"}.get(sign, sign)
        pdfium.FPDFText_GetLooseCharBox(text, i, ctypes.byref(box))
        pdfium.FPDFText_GetCharOrigin(text, i, ctypes.byref(x), ctypes.byref(base))
        pdfium.FPDFText_GetMatrix(text, i, ctypes.byref(matrix))
        size = pdfium.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
        added = pdfium.FPDFText_IsGenerated(text, i) == 1
        yield Letter(sign, box.left, box.right, base.value, size or box.top - box.bottom, added)

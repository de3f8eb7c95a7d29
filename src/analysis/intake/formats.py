"""What a file is: known by its content, whatever it is called."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

_HEAD = 4096
_UNPACKED = 200_000_000  # bytes; no report or yearbook comes near


@dataclass(frozen=True)
class Format:
    """What a file is: its name in words, which of `intake.readers` reads it, or what to do instead.

    `suffix` is what its files are usually called by.
    """

    name: str
    reader: str = ""
    suffix: str = ""
    advice: str = "save its text as a .txt file"

    @property
    def refusal(self) -> str:
        """Why it is no report, and what to do, in the words after "is"; empty where it may be one."""
        if self.reader == "sheets":
            return f"{self.name}; give it by itself, to take its figures in"
        return "" if self.reader else f"{self.name}, which is not read; {self.advice}"


TEXT = Format("plain text", "text", ".txt")
PDF = Format("a PDF document", "pdf", ".pdf")
WORD = Format("a Word document", "word", ".docx")
PAGE = Format("a web page (HTML)", "web", ".html")
ARCHIVE = Format("a web page with its pictures (MHTML)", "web", ".mhtml")
_STYLES = Format("a page's source with style sheets")
_OLD_WORD = Format("a Word document of the old form (.doc)", advice="save it as .docx (Word and LibreOffice do)")
_PICTURE = Format("a picture", advice="type its text, or have it recognised, into a .txt file")
_ZIP = Format("a ZIP archive", advice="unpack it first")

_BEGINNINGS = (
    (b"{\\rtf", Format("an RTF document", advice="save it as .docx (Word and LibreOffice do)")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM\0\0", _PICTURE),
    (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE),
    (b"\x1f\x8b", Format("a gzip archive", advice="unpack it first")),
    (b"7z\xbc\xaf", Format("a 7z archive", advice="unpack it first")),
    (b"Rar!", Format("a RAR archive", advice="unpack it first")),
    (b"PAR1", Format("a Parquet table", advice="save it as a CSV")),
    (b"SQLite", Format("a database", advice="save its table as a CSV")),
    (b"CAJ\0", Format("a CAJ document", advice="save it as PDF")),
)
_ZIPS = (
    ("word/", WORD),
    ("xl/", Format("an Excel workbook", "sheets", ".xlsx")),
    ("ppt/", Format("a PowerPoint presentation")),
    ("META-INF/container.xml", Format("an e-book")),
    ("OFD.xml", Format("an OFD document", advice="save it as PDF")),
)
_OPEN = (
    ("application/vnd.oasis.opendocument.spreadsheet", Format("a LibreOffice sheet", advice="save it as .xlsx")),
    ("application/vnd.oasis", Format("a LibreOffice document", advice="save it as .docx")),
)
_OLES = (
    ("WordDocument", _OLD_WORD),
    ("Workbook", Format("an Excel workbook", "sheets", ".xls")),
    ("Book", Format("an Excel workbook", "sheets", ".xls")),
    ("EncryptedPackage", Format("an Office document under a password", advice="take that off")),
)
_MHTML = re.compile(
    r"\A\s*(?:mime-version|from|content-type|date|subject|snapshot-content-location)\s*:"
    r"[\s\S]*\bmultipart/related",
    re.I,
)
_PAGE = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I)
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|span|table|tbody|tr|td|th|br|font|style|script|meta|link"
    r"|li|ul|ol|h[1-6]|strong|em|o:p)(?:\s[^<>]{0,400})?/?>",
    re.I,
)
_STYLE = re.compile(r"(?:mso-[a-z-]+|font-(?:size|family)|margin|line-height)\s*:\s*[^;{}\n]{0,40};", re.I)
_FEW = 2  # so many tags or declarations may stand in prose


def recognise(data: bytes) -> Format:
    """What a file's bytes are; plain text where nothing says otherwise."""
    for magic, found in _BEGINNINGS:
        if data.startswith(magic):
            return found
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        named = (found for mark, found in _OLES if mark.encode("utf-16-le") in data)
        return next(named, Format("an Office document", advice="save it as .docx or .xlsx"))
    return markup(data.replace(b"\0", b"").decode("latin-1"))


def _packed(data: bytes) -> Format:
    try:
        names = unpacked(data).namelist()
    except ValueError as error:
        return Format(str(error), advice="take it as it first was")
    for beginning, found in _ZIPS:
        if any(each.startswith(beginning) for each in names):
            return found
    head = data[:200].decode("latin-1")  # where OpenDocument says what it is
    return next((found for kind, found in _OPEN if kind in head), _ZIP)


def unpacked(data: bytes) -> zipfile.ZipFile:
    """A ZIP archive as it may be read.

    Raises
    ------
    ValueError
        saying what it is, where it is damaged or would fill the memory.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise ValueError("a damaged ZIP archive") from None
    if sum(each.file_size for each in archive.infolist()) > _UNPACKED:
        raise ValueError(f"an archive that holds more than {_UNPACKED // 10**6} MB")
    return archive


def markup(text: str) -> Format:
    """What a text is: prose, or a page's source, whose tags would be read as prose."""
    if _MHTML.match(text[:_HEAD]):
        return ARCHIVE
    if _PAGE.match(text[:_HEAD]) or len(_TAG.findall(text)) > _FEW:
        return PAGE
    return _STYLES if len(_STYLE.findall(text)) > _FEW else TEXT

"""What a file is that is no plain text: known by its content, whatever it is called."""

from __future__ import annotations

import io
import re
import zipfile

_HEAD = 4096
_AS_TEXT = "save its text as a .txt file"

# first bytes, what they are called, and what to do
_BEGINNINGS = (
    (b"{\\rtf", "an RTF document", _AS_TEXT),
    (b"\x89PNG", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"\xff\xd8\xff", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"GIF8", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"II*\0", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"MM\0*", "a picture", "type its text, or have it recognised, into a .txt file"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
)
_ZIPS = (
    ("word/", "a Word document"),
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("META-INF/container.xml", "an e-book"),
    ("content.xml", "a LibreOffice document"),
)
_OLES = (("WordDocument", "a Word document"), ("Workbook", "an Excel workbook"))
_MHTML = re.compile(r"\A\s*(?:mime-version|from|content-type)\s*:[\s\S]*\bmultipart/related", re.I)
_PAGE = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
                   re.I)  # fmt: skip
_TAG = re.compile(r"</?(?:html|head|body|div|p|span|table|tbody|tr|td|th|br|font|style|script|meta|link"
                  r"|li|ul|ol|h[1-6]|strong|em|o:p)(?:\s[^<>]{0,400})?/?>", re.I)  # fmt: skip
_STYLE = re.compile(
    r"(?:mso-[a-z-]+|font-(?:size|family)|margin|line-height)\s*:\s*[^;{}\n]{0,40};", re.I
)
_FEW = 2  # so many tags or declarations may stand in prose


def foreign(data: bytes) -> str:
    """What a file's bytes are, and what to do, in the words that follow "is"; empty for text."""
    for magic, name, advice in _BEGINNINGS:
        if data.startswith(magic):
            return f"{name}, not text; {advice}"
    if b"%PDF-" in data[:1024]:
        return f"a PDF document, not text; {_AS_TEXT}"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        names = (name for mark, name in _OLES if mark.encode("utf-16-le") in data)
        return f"{next(names, 'an Office document')}, not text; {_AS_TEXT}"
    return markup(data.replace(b"\0", b"").decode("latin-1"))


def _zip(data: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        names = []
    for beginning, name in _ZIPS:
        if any(each.startswith(beginning) for each in names):
            return f"{name}, not text; {_AS_TEXT}"
    return "a ZIP archive, not text; unpack it first"


def markup(text: str) -> str:
    """The same for what is text, but a page's source: its tags would be read as prose."""
    if _MHTML.match(text[:_HEAD]):
        return f"a web page with its pictures (MHTML), not plain text; open it and {_AS_TEXT}"
    if _PAGE.match(text[:_HEAD]) or len(_TAG.findall(text)) > _FEW:
        return f"a web page (HTML), not plain text; open it and {_AS_TEXT}"
    if len(_STYLE.findall(text)) > _FEW:
        return f"a page's source with style sheets, not plain text; open it and {_AS_TEXT}"
    return ""

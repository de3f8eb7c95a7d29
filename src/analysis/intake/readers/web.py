"""Saved web pages (HTML, MHTML): the article without what a site puts around it, by trafilatura."""

from __future__ import annotations

import codecs
import contextlib
import email
import email.policy
import re
from email.message import Message
from typing import Any

from analysis.intake.encodings import detect
from analysis.intake.formats import ARCHIVE, markup
from analysis.intake.readers.contents import Contents, Unreadable, is_data, paragraphs

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(https?://[^\s<>\"]+) -->")
_HEAD = 4096
_LOST = "\ufffd"
_ROW, _CELLS = "tr", ("td", "th")
_FRAME = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "center", "font")
_BLOCKS = ("ul", "ol", "dl", "nav", "aside", "div", "section", "td", "th", "p", "footer", "header")
# of which no line begins or ends: their words are their paragraph's
_INLINE = (
    "span",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "font",
    "small",
    "big",
    "sub",
    "sup",
    "mark",
    "ins",
    "label",
    "wbr",
    "nobr",
    "bdo",
    "o:p",
    "st1:chsdate",
)
_LINKED = 0.5  # share of a menu's letters that are links
_SINGLE = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030"}  # what pages mean by them


def read(data: bytes, encoding: str | None = None) -> Contents:
    """The article of a page; `encoding` is the page's where it does not say it itself.

    A table that is a frame around prose is taken apart; one of data is set aside.

    Raises
    ------
    Unreadable
        where no article is found in it.
    """
    url = ""
    if markup(data[:_HEAD].decode("latin-1")) is ARCHIVE:
        data, charset, url = _of_archive(data)
        encoding = encoding or charset
    page = _decoded(data, encoding)
    saved = _SAVED_FROM.search(page[:_HEAD])
    text, tables = _article(page)
    if not text:
        raise Unreadable("a web page in which no article was found; save its text as a .txt file")
    return Contents(text, tuple(tables), url or (saved[1] if saved else ""))


def _of_archive(data: bytes) -> tuple[bytes, str, str]:
    """The page of a web archive, its encoding and its address, where they are said."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            content = part.get_payload(decode=True)
            address = _address(message, part)
            return bytes(content or b""), str(part.get_content_charset() or ""), address  # type: ignore[arg-type]
    raise Unreadable("a web archive without a page in it")


def _address(message: Message, part: Message) -> str:
    named = message.get("Snapshot-Content-Location") or part.get("Content-Location") or ""
    address = "".join(str(named).split())
    return address if address.startswith(("http://", "https://")) else ""


def _decoded(data: bytes, encoding: str | None) -> str:
    """A page's text in the encoding it is in: the one given or declared, or the one detected.

    Where none fits, the one that loses least; a text that lost more than a few signs is refused later.
    """
    declared = _CHARSET.search(data[:_HEAD])
    named = [encoding, declared[1].decode("ascii", "replace") if declared else "", "utf-8"]
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        named.insert(0, "utf-16")
    texts = []
    for name in (*named, detect(data), "gb18030"):
        with contextlib.suppress(LookupError, UnicodeError):  # no such encoding, or not of text
            if name and name != "auto":
                text = data.decode(_SINGLE.get(name.lower(), name), "replace")
                if _LOST not in text:
                    return text.removeprefix("\ufeff")
                texts.append(text)
    return min(texts, key=lambda text: text.count(_LOST))


def _article(page: str) -> tuple[str, list[list[list[str]]]]:
    import lxml.html
    import trafilatura

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
        lxml.etree.strip_tags(tree, *_INLINE)
        for block in _innermost(tree, *_BLOCKS):
            if _is_menu(block):
                block.drop_tree()
        tables = [rows for table in _innermost(tree, "table") if (rows := _taken_out(table))]
        found = trafilatura.extract(tree, include_comments=False, include_tables=False, favor_recall=True)
    except (lxml.etree.LxmlError, RecursionError) as error:
        raise Unreadable(f"a web page that cannot be read ({' '.join(str(error).split())[:80]})") from None
    return paragraphs((found or "").splitlines()), tables


def _innermost(tree: Any, *tags: str) -> list[Any]:
    """The elements of some tags, those within others first."""
    return list(tree.iterdescendants(*tags))[::-1]


def _taken_out(table: Any) -> list[list[str]]:
    """The rows of a table of data, which goes; none of one that frames prose: its prose stays."""
    rows = [["".join(cell.itertext()).strip() for cell in row.iterchildren(*_CELLS)] for row in table.iter(_ROW)]
    if is_data(rows):
        table.drop_tree()
        return rows
    for element in list(table.iter(*_FRAME)):
        element.tag = "div"
    return []


def _is_menu(block: Any) -> bool:
    """Whether a block holds links to other pages rather than prose: most of its letters are theirs."""
    links = [_letters(link.text_content()) for link in block.iter("a")]
    return len(links) > 1 and sum(links) > _LINKED * _letters(block.text_content())


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))

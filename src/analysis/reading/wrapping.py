"""Lines that end where the page ended, joined again, and the way back to the text as received."""

from __future__ import annotations

import re
from itertools import pairwise

from analysis.reading.origins import Back, way_back

_CLOSED = {True: "。！？；!?;", False: ".!?;"}
_BLANKS = " \t　\xa0"
_NEW = re.compile(
    r"\s{2,}|　|[-*•·●]|[(（]?(?:\d{1,2}[)）.、．](?!\d)|[一二三四五六七八九十]{1,3}[)）.、．])"
    r"|[一二三四五六]是"
    r"|(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth)(?:ly)?[,.:]\s"
)
_BROKEN_WORD = re.compile(r"[^\W\d_]-\Z")
_FIRST_WORD = re.compile(r"\s*(\S*)")

_NARROWEST = 24  # columns; shorter lines are headings or items of a list
_WIDEST = 200
_ROOM = {True: 0.9, False: 0.75}  # a full line's share of the page: Chinese breaks between any two


def unwrap(text: str, chinese: bool) -> tuple[str, Back]:
    """The text with its hard-wrapped lines joined, and a function from its places to the text's.

    A text is taken to be hard-wrapped where no line is long and most of those that close no sentence
    are about equally long, a Han character being two columns wide. Chinese lines are joined without
    a space, and so is a word broken at its hyphen; the blanks a line opens with are dropped.
    """
    lines = text.split("\n")
    joined = _full([line.rstrip() for line in lines], chinese)
    parts, starts, origins = [], [0], [0]  # where a line begins that was not moved like the last
    at = origin = 0
    for i, line in enumerate(lines):
        part = line.lstrip(_BLANKS)
        begin = origin + len(line) - len(part)
        if begin - at != origins[-1] - starts[-1]:
            starts.append(at)
            origins.append(begin)
        broken = _breaks_a_word(line, lines[i + 1 : i + 2])
        if i in joined or broken:
            part = part.rstrip() + ("" if chinese or broken else " ")
        else:
            part += "\n"
        parts.append(part)
        at += len(part)
        origin += len(line) + 1
    flat = "".join(parts)[:-1]

    return (text, lambda place: place) if flat == text else (flat, way_back(starts, origins))


def _full(lines: list[str], chinese: bool) -> set[int]:
    """The lines that end only because the page did; none where a text is not hard-wrapped."""
    inner = [i for i, (a, b) in enumerate(pairwise(lines)) if a.strip() and b.strip()]
    open_ = [i for i in inner if lines[i][-1] not in _CLOSED[chinese]]
    if not _NARROWEST <= max((_columns(lines[i]) for i in open_), default=0) <= _WIDEST:
        return set()
    long, closing = _at_the_edge(lines, inner, open_, chinese)
    if not _is_wrapped(lines, open_, long, chinese):
        return set()
    return {i for i in long | closing if not _NEW.match(lines[i + 1])}


def _at_the_edge(lines: list[str], inner: list[int], open_: list[int], chinese: bool) -> tuple[set[int], set[int]]:
    """Of the open lines those about as long as the page is wide; of all those that had no room for more."""
    long, closing = set[int](), set[int]()
    for measure in (_columns, len):  # a page is so many columns wide, or so many characters
        widths = [measure(line) for line in lines]
        width = max(widths[i] for i in open_)
        if max(widths) <= 1.25 * width:
            long |= {i for i in open_ if widths[i] >= _ROOM[chinese] * width}
            closing |= {i for i in inner if _is_full(lines[i + 1], widths[i], width, chinese)}
    return long, closing


def _is_wrapped(lines: list[str], open_: list[int], long: set[int], chinese: bool) -> bool:
    """Whether most lines that close no sentence are long, or most long ones surely go on."""
    longest = max(len(lines[i]) for i in open_)
    sure = [i for i in long if _goes_on(lines[i + 1], len(lines[i]), longest, chinese)]
    return len(long) >= max(3, 0.6 * len(open_)) or len(sure) >= max(3, 0.5 * len(long))


def _goes_on(following: str, own: int, longest: int, chinese: bool) -> bool:
    """Whether a line stops in the middle: at the page's very width, or before a small letter."""
    return own == longest if chinese else following.lstrip()[:1].islower()


def _is_full(following: str, own: int, width: int, chinese: bool) -> bool:
    """Whether the next line's first word would have found no room on a line as long as this."""
    if chinese:
        return _ROOM[chinese] * width <= own <= width
    word = _FIRST_WORD.match(following)
    return own + 1 + len(word[1] if word else "") > width


def _columns(line: str) -> int:
    """The width of a line as a terminal shows it: a Han character takes two columns."""
    return len(line.encode("gbk", "replace")) if not line.isascii() else len(line)


def _breaks_a_word(line: str, following: list[str]) -> bool:
    return bool(following and following[0][:1].islower() and _BROKEN_WORD.search(line.rstrip(_BLANKS)))

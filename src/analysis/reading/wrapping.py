"""Lines that end where the page ended, joined again, and the way back to the text as received."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable

_CLOSED = {True: "。！？；!?;", False: ".!?;"}
_NEW = re.compile(
    r"\s{2,}|　|[-*•·●]|[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．](?!\d)"
    r"|[一二三四五六]是"
)


_NARROWEST = 18  # shorter lines are headings or items of a list


def unwrap(text: str, chinese: bool) -> tuple[str, Callable[[int], int]]:
    """The text with its hard-wrapped lines joined, and a function from its places to the text's.

    A text is taken to be hard-wrapped where no line is long and most of those that close no sentence
    are about equally long; Chinese lines are joined without a space.
    """
    lines = text.split("\n")
    inner = [i for i, line in enumerate(lines[:-1]) if line.strip() and lines[i + 1].strip()]
    open_ = [i for i in inner if lines[i].rstrip()[-1] not in _CLOSED[chinese]]
    width = max((len(lines[i]) for i in open_), default=0)
    long = [i for i in open_ if len(lines[i]) >= 0.75 * width]
    narrow = _NARROWEST <= width <= 200 and max(map(len, lines)) <= 1.25 * width
    if not narrow or len(long) < max(3, 0.6 * len(open_)):
        return text, lambda place: place
    closing = [i for i in inner if 0.9 * width <= len(lines[i]) <= width]
    full = {i for i in (*long, *closing) if not _NEW.match(lines[i + 1])}
    parts, starts, origins, at, origin = [], [0], [0], 0, 0
    for i, line in enumerate(lines):
        joined = i in full
        part = line.rstrip() if joined and chinese else line
        parts.append(part + ("" if joined and chinese else " " if joined else "\n"))
        at += len(parts[-1])
        origin += len(line) + 1
        starts.append(at)
        origins.append(origin)
    flat = "".join(parts)[:-1]

    def back(place: int) -> int:
        i = bisect_right(starts, place) - 1
        return origins[i] + place - starts[i]

    return flat, back

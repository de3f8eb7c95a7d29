"""A phrase of the codebook as a pattern, and the plain strings every match of it contains."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain, pairwise

_HAN = re.compile("[⺀-鿿]")
_PIECE = re.compile(r"<(\w+)>")
_GAP = r"(?:(?!\band\b)[^.,;。；\d]){0,80}?"
_OVER = r"(?:(?!\band\b)[^,:;()。；\n]|,(?=\d)){0,48}?"


class Pattern:
    """A regular expression that is compiled when it is first looked for."""

    def __init__(self, source: str):
        self.pattern = source

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled once."""
        return re.compile(self.pattern)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text that is in lower case and half width."""
        return self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in such a text, from left to right."""
        return self.compiled.finditer(text)


#: Words that name something: sets of plain strings, of each of which every match contains one;
#: their pattern; `~` where they name it loosely, `?` where only for want of others.
Phrase = tuple[list[tuple[str, ...]], Pattern, str]


def phrase(written: str, pieces: Mapping[str, str]) -> Phrase:
    """A phrase as written: `<name>` stands for a piece, ` … ` for a stretch without numbers,
    ` # ` for one that may hold one number.

    Raises
    ------
    ValueError
        where a piece is unknown or holds itself, or the words are no regular expression.
    """
    mark = written[0] if written[:1] in ("~", "?") else ""
    words = written.removeprefix(mark)
    if bare := re.search(r"<\w+>(?=[?*+{])", words):
        raise ValueError(f"put {bare[0]} in brackets to repeat it")
    try:
        re.compile(_PIECE.sub("(?:x)", words))
    except re.error as error:
        raise ValueError(f"cannot read {words!r}: {error}") from error
    words = whole(words, pieces)
    source = (
        words.replace(" # ", f" ?{_OVER} ?")
        .replace("#", _OVER)
        .replace(" … ", _GAP)
        .replace("…", _GAP)
        .replace(" ", r"\s")
    )
    start = r"\b" if re.match(r"[a-z(]", words) and not _HAN.search(words) else ""
    needs = [n for n in _needs(words) if min(map(len, n)) > (2 if words.isascii() else 0)]
    needs.sort(key=lambda n: (len(n), -min(map(len, n))))
    return needs, Pattern(start + source), mark


def whole(words: str, pieces: Mapping[str, str]) -> str:
    """Words with their pieces filled in."""
    for _ in range(9):
        unknown = set(_PIECE.findall(words)) - set(pieces)
        if unknown:
            raise ValueError(f"unknown piece <{min(unknown)}>")
        filled = _PIECE.sub(lambda m: pieces[m[1]], words)
        if filled == words:
            return words
        words = filled
    raise ValueError("a piece that holds itself")


def _needs(words: str) -> list[tuple[str, ...]]:
    """The plain runs outside all groups, and those of the alternatives of each group."""
    plain, groups, branches = _parted(words)
    if len(branches) > 1:
        needs = [_needs(branch) for branch in branches]
        if not all(needs):
            return []
        fewest = (min(of, key=len) for of in needs)
        return [tuple(dict.fromkeys(chain.from_iterable(fewest)))]
    sure = re.sub(r".[?*]", "\0", plain)  # what stands for itself
    runs = (run.strip() for run in re.split(r"[\0…#.?*+\\|]", sure))
    out = [(run,) for run in dict.fromkeys(runs) if run]
    return out + [need for group in groups for need in _needs(group)]


def _parted(words: str) -> tuple[str, list[str], list[str]]:
    """What stands outside all groups (NUL for what does not), the groups that must match, the alternatives."""
    flat, groups, depth, start, bars = [], [], 0, 0, [-1]
    for place, char in enumerate(words):
        opens, closes = char in "([{", char in ")]}"
        start = place + 1 if opens and not depth else start
        flat.append("\0" if depth or opens or closes else char)
        depth += opens - closes
        if char == "|" and not depth:
            bars.append(place)
        if char == ")" and not depth and words[place + 1 : place + 2] not in ("?", "*"):
            groups.append(words[start:place])
    must = [group for group in groups if not group.startswith("?")]
    return "".join(flat), must, [words[a + 1 : b] for a, b in pairwise([*bars, len(words)])]

"""Changes of a text that change nothing it says: how it is broken, spaced, set, named, ordered."""

from __future__ import annotations

import random
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

#: the text changed, or None where it offers nothing to change
Make = Callable[[str, random.Random], str | None]
_TIME = re.compile(
    r"(?:19|20)\d\d|[今去上本明]年|全年|年来|期间|累计|目标|计划|任务"
    r"|\b(?:year|years|since|period|month|target|task|plan|goal)s?\b",
    re.I,
)
#: what leans on the sentence before it
_LEANS = re.compile(r"^\W*(?:其中|该|这|另|同时|比|分别|of|thereof|among|this|these|they|it)\b", re.I)
_NAMES = {
    True: ("十堰", "三亚", "六安", "九江", "万宁", "四平", "双城", "百色"),
    False: ("Shiyan", "Sanya", "Yibin", "Wuzhong", "Baise", "Qitaihe", "Liuzhou", "Jiujiang"),
}
_PLACE = {
    True: re.compile(r"(?<![\u4e00-\u9fff])([^\W\d_全我本各城该省两新增年]{2})(?=[市县区](?!场))"),
    False: re.compile(r"\b(?!The\b|Whole\b|All\b|Our\b)([A-Z][a-z]{3,})(?= (?:City|County)\b)"),
}
_IDLE = {
    True: "会议强调,要加强作风建设,密切联系群众,把各项工作落到实处。",
    False: "The meeting stressed that all should keep close to the people and work with care.",
}


@dataclass(frozen=True)
class Change:
    """A change by name; `always`: no text may lose or gain a figure by it."""

    name: str
    languages: str
    make: Make
    always: bool = False


def is_chinese(text: str) -> bool:
    return sum("\u4e00" <= c <= "\u9fff" for c in text) > len(text) / 5


def _doubled(text: str, _: random.Random) -> str:
    return f"{text.rstrip()}\n\n{text}"


def _wrapped(text: str, rng: random.Random) -> str:
    if is_chinese(text):
        width = rng.randint(26, 46)
        return _by_line(text, lambda s: [s[i : i + width] for i in range(0, len(s), width)])
    width = rng.randint(56, 104)
    return _by_line(text, lambda s: textwrap.wrap(s, width, break_on_hyphens=False))


def _at_hyphens(text: str, rng: random.Random) -> str:
    width = rng.randint(56, 104)
    return _by_line(text, lambda s: textwrap.wrap(s, width))


def _by_line(text: str, split: Callable[[str], list[str]]) -> str:
    return "\n".join(piece for line in text.split("\n") for piece in split(line) or [""])


def _indented(text: str, rng: random.Random) -> str:
    indent = rng.choice(("\u3000\u3000", "    ")) if is_chinese(text) else "    "
    return "\n".join(indent + line if line.strip() else line for line in text.split("\n"))


def _trailing(text: str, rng: random.Random) -> str:
    return "\n".join(line + " " * rng.randint(0, 3) for line in text.split("\n"))


def _no_break(text: str, rng: random.Random) -> str:
    return "".join("\u00a0" if c == " " and rng.random() < 0.3 else c for c in text)


def _full_width(text: str, _: random.Random) -> str:
    return text.translate({ord("0") + n: ord("\uff10") + n for n in range(10)})


def _half_width(text: str, _: random.Random) -> str | None:
    changed = text.translate(str.maketrans("，；：（）", ",;:()"))
    return changed if changed != text else None


def _curly(text: str, _: random.Random) -> str:
    return re.sub(r'"([^"\n]*)"', "“\\1”", text)


def _apostrophes(text: str, _: random.Random) -> str | None:
    return text.replace("'", "’") if "'" in text else None


def _dotted(text: str, rng: random.Random) -> str | None:
    """One capital I read with a dot, as text recognition does; never where I stands for 1."""
    places = [m.start() for m in re.finditer(r"(?<![\w.,])I(?=n[a-z ])", text)]
    if not places:
        return None
    at = rng.choice(places)
    return f"{text[:at]}\u0130{text[at + 1 :]}"


def _paragraph(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    lines.insert(rng.randint(0, len(lines)), _IDLE[is_chinese(text)])
    return "\n".join(lines)


def _renamed(text: str, rng: random.Random) -> str | None:
    chinese = is_chinese(text)
    found = _PLACE[chinese].search(text)
    if not found:
        return None
    old, new = found[1], rng.choice(_NAMES[chinese])
    if new in text:
        return None
    return text.replace(old, new) if chinese else re.sub(rf"\b{old}\b", new, text)


def _swapped(pieces: list[str], least: int, rng: random.Random) -> bool:
    """Exchange two neighbours, in place, that name no time and lean on nothing."""
    free = [len(p.strip()) >= least and not _TIME.search(p) and not _LEANS.match(p) for p in pieces]
    places = [i for i in range(len(pieces) - 1) if free[i] and free[i + 1]]
    if places:
        i = rng.choice(places)
        pieces[i], pieces[i + 1] = pieces[i + 1], pieces[i]
    return bool(places)


def _paragraphs(text: str, rng: random.Random) -> str | None:
    pieces = re.split(r"(\n+)", text)
    words = pieces[::2]
    if not _swapped(words, 30 if is_chinese(text) else 80, rng):
        return None
    pieces[::2] = words
    return "".join(pieces)


def _sentences(text: str, rng: random.Random) -> str | None:
    lines = text.split("\n")
    for i in rng.sample(range(len(lines)), len(lines)):
        sentences = re.findall(r".+?(?:。|[.](?= |$)|$)", lines[i])
        if len(sentences) > 1 and _swapped(sentences, 10, rng):
            lines[i] = (" " if not is_chinese(text) else "").join(s.strip() for s in sentences)
            return "\n".join(lines)
    return None


CHANGES = (
    Change("lines ended by CR LF", "en zh", lambda t, _: t.replace("\n", "\r\n"), True),
    Change("blanks behind lines", "en zh", _trailing, True),
    Change("no-break spaces", "en", _no_break, True),
    Change("curly quotes", "en", _curly, True),
    Change("full-width digits", "zh", _full_width, True),
    Change("curly apostrophes", "en", _apostrophes),
    Change("half-width punctuation", "zh", _half_width),
    Change("paragraphs indented", "en zh", _indented),
    Change("wrapped at some width", "en zh", _wrapped),
    Change("wrapped, broken at hyphens", "en", _at_hyphens),
    Change("one dotted capital I", "en", _dotted),
    Change("a paragraph about nothing", "en zh", _paragraph, True),
    Change("another city", "en zh", _renamed, True),
    Change("two paragraphs exchanged", "en zh", _paragraphs),
    Change("two sentences exchanged", "en zh", _sentences),
    Change("the text twice", "en zh", _doubled),
)

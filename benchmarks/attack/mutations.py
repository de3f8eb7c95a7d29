"""Ways in which a text comes to harm: torn, scanned, pasted, masked, re-encoded, run together."""

from __future__ import annotations

import random
from collections.abc import Callable

Mutation = Callable[[str, random.Random], str]
_ODD = (
    "\x00",
    "\x1b",
    "\x7f",
    "\ufeff",
    "\u200b",
    "\u200f",
    "\u2028",
    "\u0130",
    "\u0301",
    "\ufffd",
    "\U0001f4c8",
    "\u2460",
    "\u3007",
    "\u25cb",
    "½",
    "²",
    "٣",
    "\u3000",
    "\t",
    "\r",
    "\v",
    "︰",
)
_SCALES = ("万", "亿", "千", "百", "million", "billion", "thousand", "%", "个百分点", "十", "○", "yuan")
_MASKS = "x×*X□○●?"
_SCAN = str.maketrans("0151824", "OlSlBZA")


def _place(text: str, rng: random.Random) -> int:
    return rng.randrange(len(text) + 1)


def _span(text: str, rng: random.Random, longest: int = 400) -> tuple[int, int]:
    start = _place(text, rng)
    return start, min(len(text), start + rng.randint(1, longest))


def _digits(text: str) -> list[int]:
    return [i for i, c in enumerate(text) if c.isdigit()]


def _insert(text: str, at: int, piece: str) -> str:
    return text[:at] + piece + text[at:]


def cut(text: str, rng: random.Random) -> str:
    start, end = _span(text, rng)
    return text[:start] + text[end:]


def ended(text: str, rng: random.Random) -> str:
    return text[: _place(text, rng)]


def begun_late(text: str, rng: random.Random) -> str:
    return text[_place(text, rng) :]


def ended_in_a_number(text: str, rng: random.Random) -> str:
    places = _digits(text)
    return text[: rng.choice(places) + 1] if places else text


def repeated(text: str, rng: random.Random) -> str:
    start, end = _span(text, rng, 200)
    return _insert(text, end, text[start:end] * rng.randint(1, 20))


def moved(text: str, rng: random.Random) -> str:
    start, end = _span(text, rng)
    left = text[:start] + text[end:]
    return _insert(left, _place(left, rng), text[start:end])


def digits_changed(text: str, rng: random.Random) -> str:
    chars = list(text)
    for i in _digits(text):
        if rng.random() < 0.1:
            chars[i] = rng.choice("0123456789")
    return "".join(chars)


def digits_masked(text: str, rng: random.Random) -> str:
    mask = rng.choice(_MASKS)
    return "".join(mask if c.isdigit() and rng.random() < 0.15 else c for c in text)


def digits_lost(text: str, rng: random.Random) -> str:
    return "".join(c for c in text if not (c.isdigit() and rng.random() < 0.1))


def digits_run_on(text: str, rng: random.Random) -> str:
    run = "".join(rng.choice("0123456789") for _ in range(rng.choice((12, 60, 300))))
    return _insert(text, _place(text, rng), rng.choice(("1 ", "", " ", "第")) + run)


def scanned(text: str, rng: random.Random) -> str:
    return "".join(c.translate(_SCAN) if rng.random() < 0.05 else c for c in text)


def odd_signs(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 12)):
        text = _insert(text, _place(text, rng), rng.choice(_ODD) * rng.choice((1, 1, 30)))
    return text


def scale_words(text: str, rng: random.Random) -> str:
    for _ in range(rng.randint(1, 8)):
        places = _digits(text) or [len(text)]
        text = _insert(text, rng.choice(places), rng.choice(_SCALES))
    return text


def without_stops(text: str, rng: random.Random) -> str:
    start, end = _span(text, rng, 1500)
    return text[:start] + text[start:end].translate(dict.fromkeys(map(ord, "。.；;，,\n"), " ")) + text[end:]


def without_spaces(text: str, rng: random.Random) -> str:
    start, end = _span(text, rng, 1500)
    return text[:start] + "".join(text[start:end].split()) + text[end:]


def spaced(text: str, rng: random.Random) -> str:
    return "".join(c + (" " if rng.random() < 0.08 else "") for c in text)


def broken(text: str, rng: random.Random) -> str:
    return "".join(c + ("\n" if rng.random() < 0.03 else "") for c in text)


def capitals(text: str, rng: random.Random) -> str:
    return rng.choice((text.upper, text.lower, text.swapcase, text.title))()


def lines_shuffled(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def one_line_long(text: str, rng: random.Random) -> str:
    return text.replace("\n", rng.choice((" ", "", "，")))


def mojibake(text: str, rng: random.Random) -> str:
    coded = text.encode(rng.choice(("utf-8", "gb18030")), "replace")
    return coded.decode(rng.choice(("latin-1", "cp1252", "utf-8")), "replace")


MUTATIONS: tuple[Mutation, ...] = (
    cut,
    ended,
    begun_late,
    ended_in_a_number,
    repeated,
    moved,
    digits_changed,
    digits_masked,
    digits_lost,
    digits_run_on,
    scanned,
    odd_signs,
    scale_words,
    without_stops,
    without_spaces,
    spaced,
    broken,
    capitals,
    lines_shuffled,
    one_line_long,
    mojibake,
)


def mutated(text: str, rng: random.Random) -> tuple[str, str]:
    """A text after one to three mutations, and their names."""
    chosen = rng.sample(MUTATIONS, rng.choice((1, 1, 2, 3)))
    for mutation in chosen:
        text = mutation(text, rng)
    return text, "+".join(mutation.__name__ for mutation in chosen)

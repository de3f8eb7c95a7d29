"""A text cut into sentences, and the words of the codebook found in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise

from analysis.codebook import Codebook, Indicator, Pattern, Phrase
from analysis.reading.numerals import Numeral
from analysis.reading.readings import Reading

SENTENCE = {
    "en": re.compile(
        r";\s?|\n+|[.!?](?<!\bno.)(?<!\bart.)(?<!\bapprox.)(?:\s+|\Z)|\.(?<=[a-z].)(?=[A-Z])"
    ),
    "zh": re.compile(r"[。；;!?！？\n]+"),
}
HEAVY = {"en": re.compile(r",(?!\d{3})|[:()]"), "zh": re.compile(r"[，,：:（）()]")}
LIGHT = {
    "en": re.compile(r"\b(?:and|with|of which|including|while)\b"),
    "zh": re.compile(r"、|其中|以及|并"),
}


@dataclass
class Sentence:
    """A stretch of text with its numerals and the subjects and facets named in it."""

    start: int
    end: int
    numerals: list[int]
    hits: list[tuple[int, int, str]] = field(default_factory=list)
    words: list[tuple[str, Pattern, str]] = field(default_factory=list)  # of facets
    text: str = ""
    spare: list[tuple[int, int, str]] = field(default_factory=list)  # hits for want of others
    loose: set[tuple[int, int, str]] = field(default_factory=set)
    carried: str = ""  # the insurance facet that the text before it left in force
    series: list[str] = field(default_factory=list)  # indicators stated before in its line

    @cached_property
    def facets(self) -> list[tuple[int, int, str, bool]]:
        """Where the words of facets stand, and whether they bar theirs."""
        return [(m.start() + self.start, m.end() + self.start, name, mark == "not")
                for name, pattern, mark in self.words for m in pattern.finditer(self.text)]  # fmt: skip

    @cached_property
    def events(self) -> list[tuple[int, int, str]]:
        """The words that say whether heads, premiums or something else is counted, in order.

        "other" holds until something else is said, "aside" for a number beside it.
        """
        out: list[tuple[int, int, str]] = []
        for start, end, name, barred in sorted(self.facets, key=lambda f: (f[0] - f[1], not f[3])):
            if name in ("insured", "collected") and all(end <= o[0] or start >= o[1] for o in out):
                said = {"insured": "aside", "collected": "other"}[name] if barred else name
                out.append((start, end, said))
        return sorted(out)


@dataclass
class Scene:
    """A text being linked: what is known of it, and what becomes of its numerals.

    `fates` are the numerals found to be no figure, `rivals` the numbers that stand beside a
    result and might be it; `stretch` names what the figures at a
    place of a sentence are of: equal names, equal years and region.
    """

    text: str
    folded: str
    numerals: list[Numeral]
    codebook: Codebook
    language: str
    cue: dict[str, re.Pattern[str]]
    by_subject: dict[str, list[Indicator]]
    stretch: Callable[[int, int], str]
    starts: list[int] = field(default_factory=list)
    fates: dict[int, str] = field(default_factory=dict)
    rivals: dict[int, int] = field(default_factory=dict)
    listed_targets: set[int] = field(default_factory=set)
    readings: dict[tuple[int, str], list[Reading]] = field(default_factory=dict)

    @cached_property
    def phrases(self) -> dict[int, list[tuple[str, Pattern, str]]]:
        """The codebook's phrases of subjects that each sentence may hold, by its start."""
        words = self.codebook.subjects.items()
        return self._indexed((n, phrase) for n, w in words for phrase in w[self.language].patterns)

    @cached_property
    def facets(self) -> dict[int, list[tuple[str, Pattern, str]]]:
        """The phrases of facets likewise, marked "not" where they bar one."""
        words = [(n, w[self.language]) for n, w in self.codebook.facets.items()]
        said = ((n, phrase) for n, w in words for phrase in w.patterns)
        return self._indexed(
            chain(said, ((n, (p[0], p[1], "not")) for n, w in words for p in w.barred))
        )

    def _indexed(
        self, phrases: Iterable[tuple[str, Phrase]]
    ) -> dict[int, list[tuple[str, Pattern, str]]]:
        out: dict[int, list[tuple[str, Pattern, str]]] = {}
        texts = [self.folded[a:b] for a, b in pairwise([*self.starts, len(self.folded)])]
        for name, (needs, pattern, mark) in phrases:
            here = 0 if needs else (1 << len(texts)) - 1
            for literal in needs[0] if needs else ():
                here |= self.holding[literal]
            while here:
                i = here.bit_length() - 1
                here ^= 1 << i
                if all(any(map(texts[i].__contains__, need)) for need in needs[1:]):
                    out.setdefault(self.starts[i], []).append((name, pattern, mark))
        return out

    @cached_property
    def holding(self) -> _Holding:
        return _Holding(self.folded, self.starts)


class _Holding(dict[str, int]):
    """The sentences of a text that hold a literal, as bits."""

    def __init__(self, folded: str, starts: list[int]):
        self.folded, self.starts = folded, [*starts, len(folded)]

    def __missing__(self, literal: str) -> int:
        found, place = 0, self.folded.find(literal)
        while place >= 0:
            i = bisect_right(self.starts, place)
            found |= 1 << (i - 1)
            place = self.folded.find(literal, max(self.starts[i], place + 1))
        self[literal] = found
        return found


def sentences(scene: Scene) -> list[Sentence]:
    """The sentences in order; a stop inside a number ends none."""
    stop = SENTENCE[scene.language]
    source = scene.text if scene.language == "en" else scene.folded
    starts = [n.start for n in scene.numerals]
    out, at = [], 0
    for match in [*stop.finditer(source), None]:
        end = match.start() if match else len(source)
        high = bisect_right(starts, end)
        if match and high and end < scene.numerals[high - 1].end - 1:
            continue
        low, high = bisect_right(starts, at - 1), bisect_right(starts, end - 1)
        out.append(Sentence(at, end, list(range(low, high))))
        at = match.end() if match else end
    scene.starts = [s.start for s in out]
    return out


def contexts_of(scene: Scene, kind: str) -> Callable[[int], frozenset[str]]:
    """A function from a place to the contexts that its paragraph is in."""
    breaks = [m.start() for m in re.finditer(r"\n", scene.folded)]
    cache: dict[int, frozenset[str]] = {}

    def at(place: int) -> frozenset[str]:
        i = bisect_right(breaks, place)
        if i not in cache:
            low = breaks[i - 1] if i else 0
            paragraph = scene.folded[low : breaks[i] if i < len(breaks) else None]
            cache[i] = frozenset(
                name for name, words in scene.codebook.contexts.items()
                if words[scene.language].only in ("", kind)
                and any(all(any(map(paragraph.__contains__, need)) for need in needs)
                        and pattern.search(paragraph)
                        for needs, pattern, _ in words[scene.language].patterns)
            )  # fmt: skip
        return cache[i]

    return at


def find_words(scene: Scene, sentence: Sentence) -> None:
    """Mark the subjects (the longest match wins) and facets that a sentence names."""
    low, high = sentence.start, sentence.end
    part = scene.folded[low:high]
    found: list[tuple[int, int, str]] = []
    sure: set[tuple[int, int, str]] = set()
    for name, pattern, mark in scene.phrases.get(low, ()):
        for m in pattern.finditer(part):
            found.append((m.start() + low, m.end() + low, name))
            if mark:
                sentence.loose.add(found[-1])
            if mark != "?":
                sure.add(found[-1])
    found.sort(key=lambda h: (h not in sure, h[0] - h[1], h[0]))
    hits: list[tuple[int, int, str]] = []
    for hit in found:
        if all(
            hit[1] <= o[0] or hit[0] >= o[1] or (hit[:2] == o[:2] and hit[2] != o[2]) for o in hits
        ):
            hits.append(hit)
    sentence.hits = sorted(h for h in hits if h in sure)
    sentence.spare = sorted(h for h in hits if h not in sure)
    sentence.words, sentence.text = scene.facets.get(low, []), part


def between(scene: Scene, low: int, high: int) -> tuple[int, int]:
    """How many clause boundaries, heavy (commas) and light (and, 、), lie between two places."""
    part = scene.folded[low:high]
    return len(HEAVY[scene.language].findall(part)), len(LIGHT[scene.language].findall(part))

"""The words of the codebook in a text: subjects, facets and modifiers, each found once."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analysis.codebook import Codebook
from analysis.codebook.phrases import Phrase


class Mention(NamedTuple):
    """Words at `start` to `end` that name `name`, an entry of the codebook.

    `mark` is "~" where they name it loosely, "?" where only for want of others, "not" where they
    exclude it.
    """

    start: int
    end: int
    name: str
    mark: str = ""


class Finder:
    """Finds the phrases of a language in some sentences of a text.

    `starts` are where the sentences begin, `end` where the last ends. A phrase is looked for only in sentences that
    hold the plain strings every match of it contains.
    """

    def __init__(self, folded: str, starts: Sequence[int], end: int, codebook: Codebook, language: str):
        self._folded, self._starts = folded, [*starts, end]
        self._texts = [folded[a:b] for a, b in pairwise(self._starts)]
        self._aside = codebook.cues[language]["aside"]
        self._bits: dict[str, int] = {}
        words = codebook.subjects.items()
        self._subjects = self._indexed((n, p) for n, w in words for p in w[language].patterns)
        self._facets = self._indexed(self._barred(codebook, language))
        kinds = codebook.modifiers.items()
        self._modifiers = self._indexed((n, p) for n, w in kinds for p in w[language].patterns)

    @staticmethod
    def _barred(codebook: Codebook, language: str) -> Iterator[tuple[str, Phrase]]:
        for name, words in codebook.facets.items():
            yield from ((name, p) for p in words[language].patterns)
            yield from ((name, (p[0], p[1], "not")) for p in words[language].barred)

    def subjects(self, sentence: int) -> list[Mention]:
        """The subjects a sentence names: surer and longer words win over what they overlap."""
        found = sorted(self._found(self._subjects, sentence), key=lambda m: (m.mark == "?", m.start - m.end, m.start))
        low, text = self._starts[sentence], self._texts[sentence]
        asides = [(low + m.start(), low + m.end()) for m in self._aside.finditer(text)]
        out: list[Mention] = []
        for m in found:
            if any(start <= m.start < end for start, end in asides):
                continue  # "（含生育保险）" says what a subject takes in, not what it is
            if all(
                m.end <= o.start or m.start >= o.end or ((m.start, m.end) == (o.start, o.end) and m.name != o.name)
                for o in out
            ):
                out.append(m)
        return sorted(out, key=lambda m: (m.start, m.end, m.name))

    def facets(self, sentence: int) -> list[Mention]:
        """The words that say what of a subject is counted; the longest wins."""
        found = sorted(self._found(self._facets, sentence), key=lambda m: (m.start - m.end, m.mark != "not"))
        out: list[Mention] = []
        for m in found:
            if all(m.end <= o.start or m.start >= o.end or _same(m, o) for o in out):
                out.append(m)
        return sorted(out, key=lambda m: (m.start, m.end, m.name))

    def modifiers(self, sentence: int) -> list[Mention]:
        """All modifiers of a sentence, in order."""
        found = self._found(self._modifiers, sentence)
        return sorted(found, key=lambda m: (m.start, m.end, m.name))

    def _found(self, index: dict[int, list[tuple[str, Phrase]]], sentence: int) -> Iterable[Mention]:
        low, text = self._starts[sentence], self._texts[sentence]
        return dict.fromkeys(
            Mention(m.start() + low, m.end() + low, name, mark)
            for name, (_, pattern, mark) in index.get(sentence, ())
            for m in pattern.finditer(text)
        )

    def _indexed(self, phrases: Iterator[tuple[str, Phrase]]) -> dict[int, list[tuple[str, Phrase]]]:
        out: dict[int, list[tuple[str, Phrase]]] = {}
        everywhere = (1 << len(self._texts)) - 1
        for name, phrase in phrases:
            here = everywhere
            for literals in phrase[0]:
                bits = 0
                for literal in literals:
                    bits |= self._holding(literal)
                here &= bits
                if not here:
                    break
            while here:
                i = here.bit_length() - 1
                here ^= 1 << i
                out.setdefault(i, []).append((name, phrase))
        return out

    def _holding(self, literal: str) -> int:
        """The sentences that hold a literal, as bits."""
        if literal not in self._bits:
            first, end = self._starts[0], self._starts[-1]
            found, place = 0, self._folded.find(literal, first, end)
            while place >= 0:
                i = bisect_right(self._starts, place)
                found |= 1 << (i - 1)
                place = self._folded.find(literal, max(self._starts[i], place + 1), end)
            self._bits[literal] = found
        return self._bits[literal]


def _same(a: Mention, b: Mention) -> bool:
    return (a.start, a.end) == (b.start, b.end) and a.name != b.name


class Contexts:
    """The contexts (of the codebook) that the paragraph at a place is in."""

    def __init__(self, folded: str, codebook: Codebook, language: str, kind: str):
        self._folded = folded
        self._breaks = array("q", (m.start() for m in re.finditer(r"\n", folded)))
        self._known: dict[int, frozenset[str]] = {}
        self._words = [
            (name, words[language].patterns)
            for name, words in codebook.contexts.items()
            if words[language].only in ("", kind)
        ]

    def at(self, place: int) -> frozenset[str]:
        i = bisect_right(self._breaks, place)
        if i not in self._known:
            low = self._breaks[i - 1] if i else 0
            high = self._breaks[i] if i < len(self._breaks) else None
            paragraph = self._folded[low:high]
            self._known[i] = frozenset(
                name for name, patterns in self._words if any(_holds(paragraph, phrase) for phrase in patterns)
            )
        return self._known[i]


def _holds(text: str, phrase: Phrase) -> bool:
    needs, pattern, _ = phrase
    return all(any(map(text.__contains__, n)) for n in needs) and bool(pattern.search(text))

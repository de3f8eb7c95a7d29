"""A sentence as its numbers see it: what lies between a number and the words around."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from analysis.reading.candidates import Antecedent, Passage
from analysis.reading.layout import Sentence
from analysis.reading.lists import heads_of, runs_of
from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral
from analysis.reading.readings import Reading, readings

_BEFORE, _AFTER = 14, 6  # mentions of a sentence that a number may be about


class Relation(NamedTuple):
    """Where a word stands seen from a number: its side, and what lies between.

    `side` is b (before), a (after) or i (the word holds the number); `heavy` clause boundaries,
    `numbers` that may state something and `gap` characters lie between.
    """

    side: str
    heavy: int = 0
    numbers: int = 0
    gap: int = 0


class Scenery:
    """A sentence with the mentions its numbers may be about.

    `sources` are these mentions, `carried` the words of facets that what went before left in force.
    Numbers are meant by their place among the live ones (`live`, `numerals`).
    """

    def __init__(
        self,
        passage: Passage,
        sentence: Sentence,
        sources: Sequence[Antecedent],
        carried: Sequence[Mention] = (),
    ):
        self.passage, self.sentence, self.carried = passage, sentence, carried
        self.live = passage.live(sentence)
        self.numerals = [passage.numerals[i] for i in self.live]
        self._named = [s for s in sources if s.kind == "own"]
        self._left = [s for s in sources if s.kind != "own"]
        self.own = [s.mention for s in self._named]
        self._starts = [n.start for n in self.numerals]
        self._named_at = sorted({(m.start, m.end) for m in self.own})  # they do not overlap
        self._readings: dict[tuple[int, str], list[Reading]] = {}
        #: whether the first number stands before all subjects
        self.led = bool(self.numerals) and not any(
            m.end <= self.numerals[0].start for m in self.own
        )
        #: numbers listed side by side
        self.runs = runs_of(passage.folded, self.numerals)
        self._stretch: dict[int, str] = {}
        #: what a division costs, by its result, target, rate and unit (see `history.division`)
        self.divisions: dict[tuple[int, int, int, str], float] = {}

    def sources_of(self, at: int) -> list[Antecedent]:
        """The mentions nearest to a number, then those that went before the sentence."""
        n = self.numerals[at]
        before = [s for s in self._named if s.mention.end <= n.start][-_BEFORE:]
        around = [s for s in self._named if s.mention.start < n.end and s.mention.end > n.start]
        after = [s for s in self._named if s.mention.start >= n.end][:_AFTER]
        return [*before, *around, *after, *self._left]

    def stretch(self, at: int) -> str:
        """A name for the years and place that a number is of."""
        known = self._stretch.get(at)
        if known is None:
            place = self.numerals[at].start
            known = self._stretch[at] = self.passage.scopes.stretch(self.sentence.start, place)
        return known

    def elsewhere(self, at: int) -> bool:
        """Whether a number is of another place than the report's."""
        return self.stretch(at).endswith("elsewhere")

    def planned(self, at: int) -> bool:
        """Whether a number is of years looked forward to."""
        return self.passage.scopes.terms.at(self.numerals[at].start).plan

    def relation(self, at: int, m: Mention) -> Relation:
        """Where a mention stands seen from a number."""
        n = self.numerals[at]
        if m.end <= n.start:
            numbers = at - bisect_left(self._starts, m.end)
            return Relation("b", self._heavy(m.end, n.start), numbers, n.start - m.end)
        if m.start >= n.end:
            numbers = bisect_left(self._starts, m.start) - at - 1
            return Relation("a", self._heavy(n.end, m.start), numbers, m.start - n.end)
        return Relation("i")

    def subjects(self, low: int, high: int) -> int:
        """How many places that name a subject begin at `low` or behind it and end by `high`."""
        first = bisect_left(self._named_at, (low,))
        last = bisect_right(self._named_at, high, key=itemgetter(1))
        return max(0, last - first)

    def between(self, m: Mention, at: int) -> Sequence[Numeral]:
        """The numbers from a mention to number `at` behind it."""
        return self.numerals[bisect_left(self._starts, m.end) : at]

    def readings(self, at: int, unit: str) -> list[Reading]:
        """The readings of a number as a figure in `unit`, cheapest first."""
        if (at, unit) not in self._readings:
            codebook = self.passage.codebook
            self._readings[at, unit] = readings(self.numerals[at], unit, codebook)
        return self._readings[at, unit]

    def _heavy(self, low: int, high: int) -> int:
        return self.passage.clauses.heavy(low, high)

    def run(self, at: int) -> list[int] | None:
        """The list that a number stands in."""
        return next((run for run in self.runs if run[0] <= at <= run[-1]), None)

    def partner(self, at: int) -> int | None:
        """The number that stands where this one does, in the list before its list."""
        for n, run in enumerate(self.runs):
            if run[0] <= at <= run[-1]:
                earlier = self.runs[n - 1] if n else []
                return earlier[run.index(at)] if len(earlier) == len(run) else None
        return None

    def heads(self, run: Sequence[int]) -> tuple[str, list[tuple[int, int]]]:
        """The subjects listed for a list of numbers (start, end), and on which side of it."""
        return heads_of(self.passage, self.sentence, self.numerals, run, self.own)

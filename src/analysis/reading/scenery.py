"""A sentence as its numbers see it: what lies between a number and the words around."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from analysis.reading.candidates import Antecedent, Passage
from analysis.reading.layout import Sentence
from analysis.reading.lists import heads_of, runs_of
from analysis.reading.mentions import Mention
from analysis.reading.readings import Reading, readings

_CLAUSE = re.compile("[；;]")
_CLOSING = re.compile("[)）]")
_BEFORE, _AFTER = 14, 6  # mentions of a sentence that a number may be about


class Relation(NamedTuple):
    """Where a word stands seen from a number: its side, and what lies between.

    `side` is b (before), a (after) or i (the word holds the number); `heavy` and `light` clause
    boundaries, `numbers` that may state something, `subjects` that are named and `gap` characters
    lie between.
    """

    side: str
    heavy: int = 0
    numbers: int = 0
    gap: int = 0
    light: int = 0
    subjects: int = 0


class _Spot(NamedTuple):
    """What begins before a place: numbers of its sentence, boundaries of clauses, words that name
    a subject; and of these words, those that have ended by then."""

    numbers: int
    heavy: int
    light: int
    opened: int
    closed: int


class Scenery:
    """A sentence with the mentions its numbers may be about.

    `sources` are these mentions, `carried` the words of facets that what went before left in force.
    Numbers are meant by their place among the live ones (`live`, `numerals`).
    """

    def __init__(
        self, passage: Passage, sentence: Sentence, sources: Sequence[Antecedent], carried: Sequence[Mention] = ()
    ):
        self.passage, self.sentence, self.carried = passage, sentence, carried
        self.live = passage.live(sentence)
        self.numerals = [passage.numerals[i] for i in self.live]
        self._named = [s for s in sources if s.kind == "own"]  # they do not overlap
        self._left = [s for s in sources if s.kind != "own"]
        self.own = [s.mention for s in self._named]
        self._starts = [n.start for n in self.numerals]
        self._own_starts = [m.start for m in self.own]
        self._own_ends = [m.end for m in self.own]
        self._opened = sorted(set(self._own_starts))
        self._closed = sorted(set(self._own_ends))
        self._spots: dict[int, _Spot] = {}
        self._alike: dict[str, list[int]] = {}
        for at, n in enumerate(self.numerals):
            self._alike.setdefault(n.unit, []).append(at)
        self._readings: dict[tuple[int, str], list[Reading]] = {}
        #: whether the first number stands before all subjects
        self.led = bool(self.numerals) and not self.preceded(0)
        #: whether the sentence names a subject, and whether exactly
        self.names = (bool(self.own), any(not m.mark for m in self.own))
        #: numbers listed side by side
        self.runs = runs_of(passage.folded, self.numerals)
        self._stretch: dict[int, str] = {}
        self._facets: dict[int, Sequence[Mention]] = {}
        #: what a division costs, by its result, target, rate and unit (see `history.division`)
        self.divisions: dict[tuple[int, int, int, str], float] = {}

    def sources_of(self, at: int) -> list[Antecedent]:
        """The mentions nearest to a number, then those that went before the sentence.

        What stands behind the brackets that a number stands in is of another.
        """
        n = self.numerals[at]
        before = bisect_right(self._own_ends, n.start)
        after = bisect_left(self._own_starts, n.end)
        last = bisect_left(self._own_starts, self._closing(n.start)) if after < len(self.own) else after
        return [*self._named[max(0, before - _BEFORE) : min(after + _AFTER, last)], *self._left]

    def _closing(self, place: int) -> int:
        """Where the brackets close that a place is in; the end of the sentence where it is in none."""
        folded, sentence = self.passage.folded, self.sentence
        opened = max(folded.rfind(mark, sentence.start, place) for mark in "(（")
        closed = _CLOSING.search(folded, max(opened, sentence.start), sentence.end) if opened >= 0 else None
        return closed.start() if closed and closed.start() > place else sentence.end

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
            low, high = self._spot(m.end), self._spot(n.start)
            side, numbers, gap = "b", at - low.numbers, n.start - m.end
        elif m.start >= n.end:
            low, high = self._spot(n.end), self._spot(m.start)
            side, numbers, gap = "a", high.numbers - at - 1, m.start - n.end
        else:
            return Relation("i")
        heavy, light = high.heavy - low.heavy, high.light - low.light
        return Relation(side, heavy, numbers, gap, light, max(0, high.closed - low.opened))

    def preceded(self, at: int) -> bool:
        """Whether the sentence names a subject before a number."""
        return self._spot(self.numerals[at].start).closed > 0

    def alike(self, m: Mention, at: int) -> int:
        """How many numbers from a mention to number `at` behind it have its unit."""
        same = self._alike[self.numerals[at].unit]
        return bisect_left(same, at) - bisect_left(same, self._spot(m.end).numbers)

    def heavy(self, low: int, high: int) -> int:
        """The clause boundaries between two places."""
        return self._spot(high).heavy - self._spot(low).heavy

    def _spot(self, place: int) -> _Spot:
        spot = self._spots.get(place)
        if spot is None:
            counted = (bisect_left(self._starts, place), *self.passage.clauses.before(place))
            named = (bisect_left(self._opened, place), bisect_right(self._closed, place))
            spot = self._spots[place] = _Spot(*counted, *named)
        return spot

    def readings(self, at: int, unit: str) -> list[Reading]:
        """The readings of a number as a figure in `unit`, cheapest first."""
        if (at, unit) not in self._readings:
            codebook = self.passage.codebook
            self._readings[at, unit] = readings(self.numerals[at], unit, codebook)
        return self._readings[at, unit]

    def run(self, at: int) -> list[int] | None:
        """The list that a number stands in."""
        return next((run for run in self.runs if run[0] <= at <= run[-1]), None)

    def partner(self, at: int) -> int | None:
        """The number that stands where this one does, in the list before its list or among as many told one by one."""
        for n, run in enumerate(self.runs):
            if run[0] <= at <= run[-1]:
                earlier: Sequence[int] = self.runs[n - 1] if n else []
                if len(earlier) != len(run):
                    earlier = self._singly(run)
                return earlier[run.index(at)] if earlier else None
        return None

    def _singly(self, run: Sequence[int]) -> Sequence[int]:
        """As many numbers right before a list of rates as it has, each told with a subject of its own.

        One more of their unit before them leaves open which of them the rates are of.
        """
        first, before = run[0] - len(run), self.numerals[run[0] - len(run) : run[0]]
        rates = all(self.numerals[at].unit == "percent" for at in run)
        if not rates or first < 0 or any(map(self.run, range(first, run[0]))):
            return ()
        further = self.numerals[first - 1 : first]
        apart = further and _CLAUSE.search(self.passage.folded, further[0].end, before[0].start)
        others = {"percent", *(n.unit for n in further if not apart)}
        return () if others & {n.unit for n in before} else range(first, run[0])

    def facet_of(self, at: int) -> Sequence[Mention]:
        """The words of facets that stand in their list where a number stands in its own."""
        if at not in self._facets:
            self._facets[at] = self._facets_listed(at)
        return self._facets[at]

    def _facets_listed(self, at: int) -> Sequence[Mention]:
        run = self.run(at)
        if run is None:
            return ()
        words = [w for w in self.sentence.facets if w.mark != "not"]
        _, spans = heads_of(self.passage, self.sentence, self.numerals, run, words)
        if len(spans) != len(run):
            return ()
        start, end = spans[run.index(at)]
        return [w for w in words if start <= w.start and w.end <= end]

    def heads(self, run: Sequence[int]) -> tuple[str, list[tuple[int, int]]]:
        """The subjects listed for a list of numbers (start, end), and on which side of it."""
        return heads_of(self.passage, self.sentence, self.numerals, run, self.own)

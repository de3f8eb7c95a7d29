"""The named features of what a number may state. None of them knows an indicator or a text.

A feature is a short string; `weights` says what it is worth. Distances are counted in clause
boundaries and numbers between, not in characters.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from analysis.reading.candidates import Link, Passage, Source
from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral
from analysis.reading.sentences import Sentence

_TOKEN = {"en": re.compile(r"[a-z]+|[^\sa-z\d]"), "zh": re.compile(r"[^\s\d]")}
_LIST = re.compile(
    r"[\s、，,和及与以]{1,4}|左右、|以上、|\s?(?:people|persons|yuan)?\s?(?:,|and|, and)\s?"
)
_BESIDE = {
    "en": re.compile(r"[\s,'\"]*(?:(?:and|insurance|the|for|of|as well as)\b\s?)*"),
    "zh": re.compile(r"(?:保险)?[\s、，,和及与以]{0,3}[一-鿿]{0,3}"),
}
_NEAR = {"en": 6, "zh": 2}  # characters between a number and a word that touches it
_WINDOW = {"en": 40, "zh": 8}
_BEFORE, _AFTER = 14, 6  # mentions of a sentence that a number may be about
_WORDS = 12  # modifiers and facets on each side that are looked at


class Scenery:
    """A sentence as its numbers see it: what lies between a number and the words around.

    `sources` are the mentions its numbers may be about, `carried` the words of facets that what went
    before left in force. Numbers are meant by their place among the live ones (`live`, `numerals`).
    """

    def __init__(
        self,
        passage: Passage,
        sentence: Sentence,
        sources: Sequence[Source],
        carried: Sequence[Mention] = (),
    ):
        self.passage, self.sentence, self.sources = passage, sentence, sources
        self.carried = carried
        self.live = live = passage.live(sentence)
        self.numerals = [passage.numerals[i] for i in live]
        self.own = [s.mention for s in sources if s.kind == "own"]
        self._starts = [n.start for n in self.numerals]
        self.led = bool(self.numerals) and not any(
            m.end <= self.numerals[0].start for m in self.own
        )
        self.runs = _runs(passage.folded, self.numerals)
        self._facet: dict[tuple[int, str], list[str]] = {}
        self._stretch: dict[int, str] = {}
        self._left_over = [s for s in sources if s.kind != "own"]

    def sources_of(self, at: int) -> list[Source]:
        """The mentions nearest to number `at`, then those that went before the sentence."""
        n = self.numerals[at]
        own = [s for s in self.sources if s.kind == "own"]
        before = [s for s in own if s.mention.end <= n.start][-_BEFORE:]
        around = [s for s in own if s.mention.start < n.end and s.mention.end > n.start]
        after = [s for s in own if s.mention.start >= n.end][:_AFTER]
        return [*before, *around, *after, *self._left_over]

    def stretch(self, at: int) -> str:
        """A name for the years and place that number `at` is of."""
        if at not in self._stretch:
            place = self.numerals[at].start
            self._stretch[at] = self.passage.scopes.stretch(self.sentence.start, place)
        return self._stretch[at]

    def planned(self, at: int) -> bool:
        return self.passage.scopes.terms.at(self.numerals[at].start).plan

    def partner(self, at: int) -> int | None:
        """The number that stands where this one does, in the list before its list."""
        for n, run in enumerate(self.runs):
            if run[0] <= at <= run[-1]:
                earlier = self.runs[n - 1] if n else []
                return earlier[run.index(at)] if len(earlier) == len(run) else None
        return None

    # ------------------------------------------------------------ where a word stands

    def relation(self, at: int, m: Mention) -> tuple[str, int, int, int]:
        """Side of a mention seen from number `at`, boundaries and numbers between, characters."""
        n = self.numerals[at]
        if m.end <= n.start:
            low, high, side = m.end, n.start, "b"
            between = at - bisect_left(self._starts, low)
        elif m.start >= n.end:
            low, high, side = n.end, m.start, "a"
            between = bisect_left(self._starts, high) - at - 1
        else:
            return "i", 0, 0, 0
        return side, self.passage.clauses.heavy(low, high), between, high - low

    # ------------------------------------------------------------ number and mention

    def of_link(self, at: int, link: Link) -> list[str]:
        """Features of number `at` being about the mention of a link."""
        source, m, numeral = link.source, link.source.mention, self.numerals[at]
        out = self._own(at, m) if source.kind == "own" else self._left(at, source)
        out.append(f"mark{m.mark}/{source.kind}")
        if link.indicator is None:
            return [f"aside|{f}" for f in out]
        indicator = link.indicator
        out.append(f"fit/{link.fit}")
        out.append(f"unit/{indicator.unit}/{numeral.unit or ('scale' if numeral.scale else '-')}")
        out.append(f"section/{indicator.section}/{link.fit}")
        out.append(f"words/{min(_bucket(m.end - m.start), 5)}")
        if indicator.facet:
            out += self._facets(at, indicator.facet, m, link.fit)
        if run := self._list_place(at, m):
            out.append(run)
        return out

    def _own(self, at: int, m: Mention) -> list[str]:
        side, heavy, between, gap = self.relation(at, m)
        h, n = min(heavy, 3), min(between, 3)
        unit = self.numerals[at].unit
        out = [f"{side}/h{h}/n{n}", f"{side}/d{_bucket(gap)}", f"led{self.led:d}/{side}/n{n}"]
        if side == "b":
            light = self.passage.clauses.light(m.end, self.numerals[at].start)
            rank = len(
                {
                    o.start
                    for o in self.own
                    if m.start < o.start and o.end <= self.numerals[at].start
                }
            )
            same = sum(1 for o in self.numerals[:at] if o.start >= m.end and o.unit == unit)
            out += [f"b/l{min(light, 2)}", f"b/rank{min(rank, 4)}", f"b/same{min(same, 3)}"]
        elif side == "a":
            rank = len({o.start for o in self.own if self.numerals[at].end <= o.start < m.start})
            none = not any(o.end <= self.numerals[at].start for o in self.own)
            out += [f"a/rank{min(rank, 3)}/none{none:d}", f"a/h{h}/none{none:d}"]
        return out

    def _left(self, at: int, source: Source) -> list[str]:
        exact = any(not m.mark for m in self.own)
        before = any(m.end <= self.numerals[at].start for m in self.own)
        tag = f"{source.kind}{'/far' * source.far}"
        return [
            tag,
            f"{source.kind}/own{exact + bool(self.own)}",
            f"{tag}/last{source.last:d}/live{source.live:d}",
            f"{source.kind}/before{before:d}",
            f"{source.kind}/first{not at:d}",
        ]

    # ------------------------------------------------------------ what of the subject

    def _facets(self, at: int, facet: str, m: Mention, fit: str) -> list[str]:
        key = (at, facet)
        if key not in self._facet:
            self._facet[key] = self._facet_words(at, facet, fit)
        inside = [w for w in self.sentence.facets if m.start <= w.start and w.end <= m.end]
        tags = sorted({_told(w, facet) for w in inside})
        return [*self._facet[key], *(f"fi/{t}" for t in tags)]

    def _facet_words(self, at: int, facet: str, fit: str) -> list[str]:
        numeral = self.numerals[at]
        words = [w for w in self.sentence.facets if w.name == facet or w.mark != "not"]
        before = [w for w in words if w.end <= numeral.start]
        after = [w for w in words if w.start >= numeral.end]
        out = [f"fx{any(_told(w, facet) == 'own' for w in words):d}/{fit}"]
        if before:
            near = [w for w in before if w.start == before[-1].start]
            told = min(_told(w, facet) for w in near)
            told = "own" if any(_told(w, facet) == "own" for w in near) else told
            _, heavy, between, _ = self.relation(at, before[-1])
            out += [f"fb/{told}/h{min(heavy, 2)}/n{min(between, 2)}", f"fb/{told}/{facet}"]
            if between:
                same = any(
                    o.unit == numeral.unit for o in self.numerals[:at] if o.start >= before[-1].end
                )
                out.append(f"fb/{told}/same{same:d}")
        else:
            out.append(f"fb/-/{fit}/{facet}")
        if after:
            near = [w for w in after if w.start == after[0].start]
            told = "own" if any(_told(w, facet) == "own" for w in near) else _told(near[0], facet)
            _, heavy, between, _ = self.relation(at, after[0])
            out.append(f"fa/{told}/h{min(heavy, 2)}/n{min(between, 2)}/b{bool(before):d}")
        if self.carried:
            told = min((_told(w, facet) for w in self.carried), key=_STRENGTH.index)
            out.append(f"fc/{told}/b{bool(before):d}")
        else:
            out.append(f"fc/-/b{bool(before):d}")
        return out

    def fate(self, at: int, aside: bool) -> str:
        """Why a number states nothing: the nearest word that says so, or another subject's."""
        n, modifiers = self.numerals[at], self.passage.codebook.modifiers
        if n.unit == "points":
            return "change"
        if "elsewhere" in self.stretch(at):
            return "scope"
        if aside:
            return "other-subject"
        near = []
        for m in self.sentence.modifiers:
            if fate := modifiers[m.name][self.passage.language].fate:
                side, heavy, between, gap = self.relation(at, m)
                if not heavy and not between and (side != "a" or gap <= 12):
                    near.append((gap, fate))
        if near:
            return min(near)[1]
        return "unlinked" if n.glyphs else "number-missing"

    # ------------------------------------------------------------ lists

    def _list_place(self, at: int, m: Mention) -> str:
        """Whether a number stands in its list where the mention stands in that of its head."""
        run = next((r for r in self.runs if r[0] <= at <= r[-1]), None)
        if run is None:
            return ""
        side, heads = self._heads(run)
        if (m.start, m.end) not in heads:
            return f"list/out/{side}/{len(heads) == len(run):d}"
        if len(heads) != len(run):
            return f"list/odd/{side}/{len(heads) == 1:d}"
        return f"list/{side}/{heads.index((m.start, m.end)) == run.index(at):d}"

    def _heads(self, run: Sequence[int]) -> tuple[str, list[tuple[int, int]]]:
        """The subjects listed before a list of numbers, or else behind it, and on which side."""
        start, end = self.numerals[run[0]].start, self.numerals[run[-1]].end
        low = max([n.end for n in self.numerals if n.end <= start], default=0)
        before = sorted({(o.start, o.end) for o in self.own if low <= o.start and o.end <= start})
        if before:
            group = before[-1:]
            for head in reversed(before[:-1]):
                if not self._listed(head[1], group[0][0]):
                    break
                group.insert(0, head)
            return "b", group
        high = min([n.start for n in self.numerals if n.start >= end], default=self.sentence.end)
        after = sorted({(o.start, o.end) for o in self.own if end <= o.start and o.end <= high})
        group = after[:1]
        for head in after[1:]:
            if not self._listed(group[-1][1], head[0]):
                break
            group.append(head)
        return "a", group

    def _listed(self, low: int, high: int) -> bool:
        return bool(_BESIDE[self.passage.language].fullmatch(self.passage.folded, low, high))

    # ------------------------------------------------------------ the number alone

    def of_number(self, at: int) -> list[str]:
        """Features of number `at` and the words around it, whatever it may be of."""
        n, numerals = self.numerals[at], self.numerals
        unit = n.unit or ("scale" if n.scale else "-")
        digits = sum(c.isdigit() for c in n.glyphs)
        out = [
            "",
            f"unit/{unit}",
            f"bound/{n.bound}",
            f"digits/{min(digits, 6)}/{'.' in n.glyphs:d}/{unit}",
        ]
        if n.unit == "percent" or unit == "-":
            out.append(f"size/{unit}/{_size(n.glyphs)}")
        out += [f"at/{min(at, 3)}", f"of/{min(len(numerals), 4)}"]
        if at:
            out.append(self._beside(numerals[at - 1], n, "p"))
        if at + 1 < len(numerals):
            out.append(self._beside(n, numerals[at + 1], "f"))
        out += self._term(n)
        out += self._modifiers(at)
        out += self._words(n)
        return out

    def _beside(self, left: Numeral, right: Numeral, tag: str) -> str:
        heavy = self.passage.clauses.heavy(left.end, right.start)
        near = right.start - left.end <= 3
        other = left if tag == "p" else right
        return f"{tag}/{other.unit or ('scale' if other.scale else '-')}/h{min(heavy, 2)}/{near:d}"

    def _term(self, n: Numeral) -> list[str]:
        term = self.passage.scopes.terms.at(n.start)
        out = [
            f"term/plan{term.plan:d}/several{term.several:d}",
            f"named{term.named:d}/plan{term.plan:d}",
        ]
        if "elsewhere" in self.passage.scopes.stretch(self.sentence.start, n.start):
            out.append("abroad")
        return out

    def _modifiers(self, at: int) -> Iterator[str]:
        touching = _NEAR[self.passage.language]
        seen: set[str] = set()
        words = self.sentence.modifiers
        n = self.numerals[at]
        before = [m for m in reversed(words) if m.end <= n.start][: 2 * _WORDS]
        after = [m for m in words if m.start >= n.end][:_WORDS]
        for m in (*before, *after):
            side, heavy, between, gap = self.relation(at, m)
            key = f"{m.name}/{side}"
            if key in seen:
                continue
            seen.add(key)
            yield f"m/{key}{min(heavy, 2)}{min(between, 2)}"
            if gap <= touching:
                yield f"m/{key}t"
            if not heavy and not between:
                yield f"m/{key}00{'%' if n.unit == 'percent' else ''}"

    def _words(self, n: Numeral) -> Iterator[str]:
        folded, language = self.passage.folded, self.passage.language
        width, token = _WINDOW[language], _TOKEN[language]
        low = max(self.sentence.start, n.start - width)
        before = token.findall(folded[low : n.start])[:-5:-1]
        after = token.findall(folded[n.end : min(self.sentence.end, n.end + width)])[:4]
        for tag, words in (("b", before), ("a", after)):
            for k, word in enumerate(words):
                yield f"w{tag}{k}/{word}"
                yield f"w{tag}/{word}"
            if len(words) > 1:
                yield f"w{tag}2/{words[0]} {words[1]}"


#: Of several words left by what went before, the one that holds for a facet.
_STRENGTH = ("not", "own", "other")


def _told(word: Mention, facet: str) -> str:
    if word.name != facet:
        return "other"
    return "not" if word.mark == "not" else "own"


def _runs(folded: str, numerals: Sequence[Numeral]) -> list[list[int]]:
    """Numbers listed with nothing but marks and "and" between, two at least, by position."""
    out: list[list[int]] = []
    for at, n in enumerate(numerals):
        if (
            at
            and _one_kind(numerals[at - 1], n)
            and _LIST.fullmatch(folded, numerals[at - 1].end, n.start)
        ):
            out[-1].append(at)
        else:
            out.append([at])
    return [run for run in out if len(run) > 1]


def _one_kind(left: Numeral, right: Numeral) -> bool:
    """Whether two numbers may stand in one list: 24.6万、11.2万人."""
    return left.unit == right.unit or (not left.unit and right.unit not in ("percent", "points"))


def _bucket(length: int) -> int:
    return min(max(length, 0).bit_length(), 8)


def _size(glyphs: str) -> str:
    try:
        value = float(glyphs.replace(",", "").replace(" ", ""))
    except ValueError:
        return "?"
    return "s" if value < 20 else "m" if value < 80 else "l" if value < 150 else "x"

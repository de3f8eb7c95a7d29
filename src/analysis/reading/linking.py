"""Which indicator, measure and period each numeral states, and how surely.

A text is walked sentence by sentence. What each number may be about is named in its sentence or
left by what went before: the opener of its line, a heading, the two sentences before. The
statements of a sentence are chosen together (`assignment`); `scope` gives each its years.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from sys import intern  # a long text says few different things, of many numbers

from analysis.codebook import Codebook, Indicator
from analysis.codebook.notes import Code, note
from analysis.reading import members
from analysis.reading import weights as fitted
from analysis.reading.assignment import assign
from analysis.reading.because import because
from analysis.reading.candidates import Antecedent, Passage
from analysis.reading.changes import Change, changes_in
from analysis.reading.choices import Before, Choice
from analysis.reading.layout import Clauses, Sentence, sentences
from analysis.reading.mentions import Contexts, Finder, Mention
from analysis.reading.numerals import Numeral
from analysis.reading.outline import Outline
from analysis.reading.scenery import Scenery
from analysis.reading.scope import Scopes
from analysis.reading.statements import Statement, exact_first, told_below
from analysis.reading.weights import Weights

_REACH = 3  # sentences that a subject named before may still be spoken of
_FACETS = 4  # words of facets that a sentence leaves
_BLOCK = 200  # sentences in which the words of the codebook are sought together
_ALONE = (".\n", "。\n")  # what ends a sentence that is a paragraph of its own
_HEADING = 160  # characters of a sentence without figures that may still head those after it
Decide = Callable[[Scenery, Before], list[Choice]]


@dataclass
class Left:
    """What the sentences so far leave to the next: subjects, words of facets, what was stated.

    `open` holds for a line, `head` for the lines under a heading, `near` the last subjects named and
    how many sentences ago.
    """

    open: list[Antecedent] = field(default_factory=list)
    head: list[Antecedent] = field(default_factory=list)
    near: list[Antecedent] = field(default_factory=list)
    ago: int = 0
    facets: list[Mention] = field(default_factory=list)
    headed: list[Mention] = field(default_factory=list)  # facets of a heading
    last: dict[str, frozenset[str]] = field(default_factory=dict)
    said: set[tuple[str, str, str]] = field(default_factory=set)
    subject: str = ""

    def sources(self, sentence: Sentence) -> list[Antecedent]:
        own = [Antecedent(m) for m in sentence.subjects]
        near = [replace(s, kind=f"prev{self.ago}") for s in self.near if self.ago <= _REACH]
        return [*own, *(self.open or self.head), *near]

    def subjects(self) -> list[str]:
        """The subjects that went before, the last behind."""
        return [s.mention.name for s in (*self.head, *self.open, *self.near)]

    def opens(self) -> None:
        """A new line: its own opener, the heading's facets."""
        self.open, self.facets = [], self.headed
        self.near = [replace(s, far=True) for s in self.near]

    def follow(self, sentence: Sentence, live: bool, folded: str) -> None:
        """Take from a sentence what the next may need."""
        subjects, facets = sentence.subjects, sentence.facets[-_FACETS:]
        text = folded[sentence.start : sentence.end]
        if not text.strip():
            return
        if not live and len(text) < _HEADING:
            self._headed(sentence, folded[sentence.end : sentence.end + 1] == "\n", facets)
        elif sentence.opens and subjects and folded[subjects[0].end : subjects[0].end + 1] in ":：":
            self.open = [Antecedent(m, "open") for m in subjects if m.start == subjects[0].start]
        self.ago += live or bool(subjects or facets) or not _is_alone(sentence, folded)
        if subjects:
            last = subjects[-1].start
            self.near = [Antecedent(m, "", live, m.start == last) for m in subjects[-3:]]
            self.ago = 1
        self.facets = facets or self.facets

    def _headed(self, sentence: Sentence, line: bool, facets: list[Mention]) -> None:
        """A sentence without figures: a heading where it is a line, the opener of one where it opens it."""
        if sentence.opens and line:
            self.head = [Antecedent(m, "head", False) for m in sentence.subjects[-3:]]
            self.headed = facets
        elif sentence.opens:
            self.open = [Antecedent(m, "open", False) for m in sentence.subjects[-3:]]


def _is_alone(sentence: Sentence, folded: str) -> bool:
    """Whether a sentence is a paragraph of its own."""
    return sentence.opens and folded[sentence.end : sentence.end + 2] in _ALONE


def passage_of(
    text: str,
    folded: str,
    numerals: list[Numeral],
    codebook: Codebook,
    year: int,
    kind: str,
    language: str,
    level: str = "city",
) -> tuple[Passage, Iterator[Sentence]]:
    """A text prepared for linking: its sentences in order with the words of the codebook in them.

    `year` is the document's (see `outline.Outline`), `kind` bureau-report or government-report,
    `level` that of its own place.
    """
    by_subject: dict[str, list[Indicator]] = {}
    for indicator in codebook.in_year(year - (kind == "government-report"), folded, language):
        by_subject.setdefault(indicator.about, []).append(indicator)
    dates = [
        (n.start, int(glyphs))
        for n in numerals
        if n.fate == "date" and len(glyphs := n.glyphs.replace(" ", "")) == 4 and glyphs.isdecimal()
    ]
    cue = codebook.cues[language]
    outline = Outline(folded, language, year, kind, cue, codebook.plans, level)
    passage = Passage(
        folded,
        numerals,
        language,
        codebook,
        by_subject,
        Clauses(folded, language),
        Scopes(outline, dates),
        Contexts(folded, codebook, language, kind).at,
        {i: n.fate for i, n in enumerate(numerals) if n.fate},
    )
    cut = sentences(text, folded, numerals, language, passage.clauses)
    return passage, _with_words(passage, cut)


def _with_words(passage: Passage, cut: Iterator[Sentence]) -> Iterator[Sentence]:
    """The sentences with the words of the codebook in those that have numbers, or may head others."""
    while block := list(islice(cut, _BLOCK)):
        starts, end = [s.start for s in block], block[-1].end
        finder = Finder(passage.folded, starts, end, passage.codebook, passage.language)
        for i, sentence in enumerate(block):
            live = bool(passage.live(sentence))
            if live or sentence.end - sentence.start < _HEADING:
                sentence.subjects, sentence.facets = finder.subjects(i), finder.facets(i)
            if live:
                sentence.modifiers = [m for m in finder.modifiers(i) if not passage.scopes.at_home(m)]
            yield sentence


def decide(passage: Passage, cut: Iterable[Sentence], choose: Decide) -> Iterator[tuple[Scenery, list[Choice]]]:
    """Walk a text and let `choose` say what the numbers of each sentence state."""
    left = Left()
    beginnings = passage.scopes.outline.beginnings
    for sentence in cut:
        if sentence.start in beginnings:
            left = Left()
        if sentence.opens:
            left.opens()
        sentence.subjects = members.named(sentence.subjects, left.subjects(), passage.codebook.members)
        named = {m.start for m in sentence.subjects}  # a group named by a number
        passage.fates |= {i: "name" for i in sentence.numerals if passage.numerals[i].start in named}
        live = bool(passage.live(sentence))
        if live:
            scene = Scenery(passage, sentence, left.sources(sentence), left.facets)
            chosen = choose(scene, Before(left.last, left.said, left.subject))
            yield scene, chosen
            stated = [c for c in chosen if c.indicator]
            if stated:
                left.subject = stated[-1].subject
                roles: dict[str, set[str]] = {}
                for c in stated:
                    roles.setdefault(c.key[0], set()).add(c.role)
                left.last = {indicator: frozenset(said) for indicator, said in roles.items()}
            left.said |= {(*c.key, scene.stretch(c.at)) for c in stated}
        left.follow(sentence, live, passage.folded)


def link(passage: Passage, cut: Iterable[Sentence]) -> tuple[list[Statement], dict[int, str], list[Change]]:
    """Statements of a text, the fates of numerals that are known to state nothing, and stated changes."""
    weights = fitted.load(passage.language)
    statements: list[Statement] = []
    changes: list[Change] = []
    for scene, chosen in decide(passage, cut, lambda s, b: assign(s, b, weights)):
        here = [s for c in chosen if (s := _statement(scene, c, weights)) is not None]
        statements += here
        placed = {s.numeral: (s.indicator, s.measure, s.period) for s in here}
        changes += changes_in(scene, placed)
    return told_below(exact_first(statements), passage), passage.fates, changes


def _statement(scene: Scenery, choice: Choice, weights: Weights) -> Statement | None:
    """What a choice states; where nothing, the numeral gets its fate."""
    passage, index = scene.passage, scene.live[choice.at]
    numeral = passage.numerals[index]
    if choice.indicator is None or choice.link is None:
        passage.fates[index] = _fate(scene, choice.at, choice.link is not None)
        return None
    placed = passage.scopes.place(numeral, scene.sentence.start, choice.indicator, choice.role)
    if placed.fate:
        passage.fates[index] = placed.fate
        return None
    loose = bool(choice.link.source.mention.mark)
    notes = [note(placed.note)] if placed.note else []
    unclear = loose and choice.indicator.section == "insurance"  # of several schemes one is meant
    if unclear:
        notes.append(note(Code.NO_SCHEME))
    if choice.indicator.untried:
        notes.append(note(Code.UNTRIED))
    second = choice.next_best
    return Statement(
        index,
        choice.indicator.id,
        placed.measure,
        intern(placed.period),
        placed.sure and not unclear and not choice.indicator.untried,
        tuple(notes),
        loose,
        round(choice.margin, 2),
        intern(f"{second[0]} {second[1]} {placed.period}") if second and second[0] else "",
        intern(because(scene, choice, weights)),
    )


def _fate(scene: Scenery, at: int, aside: bool) -> str:
    """Why a number states nothing: another place, another subject, or the nearest word that says so."""
    n, passage = scene.numerals[at], scene.passage
    if n.unit == "points":
        return "change"
    if scene.elsewhere(at):
        return "scope"
    if aside:
        return "other-subject"
    near = []
    for m in scene.sentence.modifiers:
        fate, where = (passage.codebook.modifiers[m.name][passage.language].fate, scene.relation(at, m))
        if fate and not where.heavy and not where.numbers and (where.side != "a" or where.gap <= 12):
            near.append((where.gap, fate))
    if near:
        return min(near)[1]
    return "unlinked" if n.glyphs else "number-missing"

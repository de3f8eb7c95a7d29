"""Which indicator, measure and period each numeral states.

A sentence names subjects (the scheme, the kind of job) and numbers; each number goes to the
nearest subject that is counted in its unit. Roles (result, target, completion) come from the
words around and, where these are silent, from the one division that fits.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from analysis.codebook import Codebook, Indicator
from analysis.notes import Code, Note, note
from analysis.reading.changes import Change, changes_in
from analysis.reading.clauses import Scene, Sentence, contexts_of, find_words, sentences
from analysis.reading.leads import Lead
from analysis.reading.lists import listed, listed_rates, rates_beside, runs
from analysis.reading.numerals import Numeral
from analysis.reading.outline import Outline
from analysis.reading.roles import around, completion_cue, roles_in, target_cue
from analysis.reading.scope import Scopes
from analysis.reading.subjects import ASIDE, Guess, distance, guesses

_RISE = re.compile(r"(?:净增|扩面|新增|net increase|newly)[^，,。；;]*\Z")
_OF_THEM = re.compile(r"\s*(?:其中|(?:of|among) (?:which|whom|them|these|those)\b)")
_SOME_OF = re.compile(r"(?:\A|[,;:.)])\s?(?:of|among) (?:the|these|those) [a-z][a-z -]*,\s?\Z")
_HEADING = 160  # characters of a sentence without figures that may still head those after it


@dataclass(frozen=True)
class Statement:
    """Numeral number `numeral` states `measure` of `indicator` for `period`.

    `sure` is False where the words leave the scope open; `notes` then say so. `loose` where they
    do not name the subject exactly. `margin` is ln of the odds against the next best statement,
    `runner_up` ("indicator measure period"); `because` says what decided between them.
    """

    numeral: int
    indicator: str
    measure: str
    period: str
    sure: bool = True
    notes: tuple[Note, ...] = ()
    loose: bool = False
    margin: float = math.inf
    runner_up: str = ""
    because: str = ""


def link(text: str, folded: str, numerals: list[Numeral], codebook: Codebook, year: int,
         kind: str, language: str) -> tuple[list[Statement], dict[int, str], list[Change]]:  # fmt: skip
    """Statements of a text, for every numeral that states nothing its fate, and stated changes.

    `year` is the document's (see `outline.Outline`), `kind` bureau-report or government-report.
    """
    by_subject: dict[str, list[Indicator]] = {}
    for indicator in codebook.in_year(year - (kind == "government-report")):
        by_subject.setdefault(indicator.about, []).append(indicator)
    cue = codebook.cues[language]
    dates = [
        (n.start, int(glyphs))
        for n in numerals
        if n.fate == "date" and len(glyphs := n.glyphs.replace(" ", "")) == 4 and glyphs.isdecimal()
    ]
    outline = Outline(folded, language, year, kind == "government-report", cue, codebook.plans)
    scopes = Scopes(outline, dates)
    scene = Scene(text, folded, numerals, codebook, language, cue, by_subject, scopes.stretch)
    scene.fates = {i: n.fate for i, n in enumerate(numerals) if n.fate}
    statements: list[Statement] = []
    changes: list[Change] = []
    paragraphs = contexts_of(scene, kind)
    lead = Lead()
    for sentence in sentences(scene):
        live = any(i not in scene.fates for i in sentence.numerals)
        if live or sentence.end - sentence.start < _HEADING:
            find_words(scene, sentence)
        lead.follow(scene, sentence, live)
        if live and (sentence.hits or sentence.series):
            stated_here = _state(scene, scopes, sentence, paragraphs(sentence.start))
            statements += stated_here
            placed = {s.numeral: (s.indicator, s.measure, s.period) for s in stated_here}
            changes += changes_in(scene, sentence, placed)
            lead.series = [*lead.series, *(s.indicator for s in stated_here)]
            if {s.measure for s in stated_here} == {"target"}:
                lead.manner = "aimed"  # "the plan was 40,000; 51,000 were created"
    statements = _exact_first(statements, scene)
    stated = {s.numeral for s in statements}
    for i in range(len(numerals)):
        if i not in scene.fates and i not in stated:
            scene.fates[i] = "unlinked" if numerals[i].glyphs else "number-missing"
    return statements, scene.fates, changes


def _exact_first(statements: list[Statement], scene: Scene) -> list[Statement]:
    """Without figures of a loosely named subject where the text also names it exactly."""
    exact = {(s.indicator, s.measure, s.period) for s in statements if not s.loose}
    return [s for s in statements if not s.loose or (s.indicator, s.measure, s.period) not in exact]


def _state(
    scene: Scene, scopes: Scopes, sentence: Sentence, contexts: frozenset[str]
) -> list[Statement]:
    named = {h[0] for h in sentence.hits}  # a group named by a number
    scene.fates |= {i: "name" for i in sentence.numerals if scene.numerals[i].start in named}
    live = [i for i in sentence.numerals if i not in scene.fates]
    together = {run[0]: run for run in runs(scene, sentence, live)}
    for i in live:
        fate = _aside(scene, sentence, i)
        if fate:
            scene.fates |= dict.fromkeys(together.get(i, rates_beside(scene, live, i)), fate)
    live = [i for i in live if i not in scene.fates]
    chosen: dict[int, Guess] = dict(listed(scene, sentence, live, contexts))
    unsaid = {i for run in together.values() for i in run
              if len(run) > 2 or target_cue(scene, sentence, run[0])} - set(chosen)  # fmt: skip
    for i in live:
        if i not in chosen and i not in unsaid:
            options = guesses(scene, sentence, i, contexts)
            if options and options[0].indicator is ASIDE:
                if not _completes_another(scene, sentence, i, options[0]):
                    scene.fates[i] = "other-subject"
            elif options and _part(scene, sentence, i):
                scene.fates[i] = "other-subject"
            elif options:
                chosen[i] = options[0]
    for i in [i for i in chosen if _of_a_rise(scene, sentence, i, chosen)]:
        rate = [j for j in (i + 1,) if j in live and completion_cue(scene, sentence, j)]
        scene.fates |= dict.fromkeys([i, *rate], "other-subject")
        chosen = {j: g for j, g in chosen.items() if j not in (i, *rate)}
    if _OF_THEM.match(scene.folded, sentence.start):  # "Of which 9,000 were migrants"
        again = [i for i, g in chosen.items() if g.indicator.id in sentence.series
                 and g.indicator.unit != "percent"]  # fmt: skip
        scene.fates |= dict.fromkeys(again, "other-subject")
        chosen = {i: g for i, g in chosen.items() if i not in again}
    live = [i for i in live if i not in scene.fates]
    roles = roles_in(scene, sentence, live, chosen, contexts)
    rates = listed_rates(scene, sentence, live, roles)
    roles = {i: r for i, r in (roles | rates).items() if r is not None}
    out = []
    for i, (indicator, role) in sorted(roles.items()):
        statement = _place(scene, scopes, sentence, i, indicator, role)
        if statement and i in chosen and not chosen[i].sure:
            statement = replace(statement, loose=True)
            if indicator.section == "insurance":  # of several schemes one is meant
                notes = (*statement.notes, note(Code.NO_SCHEME))
                statement = replace(statement, sure=False, notes=notes)
        if statement:
            out.append(statement)
    return out


def _part(scene: Scene, sentence: Sentence, index: int) -> bool:
    """Whether a number is some of the subject named before it: "of the labor transferred, 9,000"."""
    numeral = scene.numerals[index]
    if not _SOME_OF.search(scene.folded[sentence.start : numeral.start]):
        return False
    behind = scene.folded.find(",", numeral.end, sentence.end)
    end = behind if behind > 0 else sentence.end
    return not any(numeral.end <= h[0] < end for h in sentence.hits)


def _of_a_rise(scene: Scene, sentence: Sentence, index: int, chosen: dict[int, Guess]) -> bool:
    """Whether a target is set for a rise alone: "净增参保6.7万人，完成目标7万人的96%"."""
    rise = index - 1
    if rise not in sentence.numerals or rise in chosen:
        return False
    before = scene.folded[sentence.start : scene.numerals[rise].start]
    if scene.fates.get(rise) != "change" and not _RISE.search(before):
        return False
    units = {scene.numerals[i].unit for i in (rise, index)}
    stated = {g.indicator.id for i, g in chosen.items() if i < rise}
    return (len(units) == 1 and units != {"percent"} and chosen[index].indicator.id not in stated
            and target_cue(scene, sentence, index))  # fmt: skip


def _completes_another(scene: Scene, sentence: Sentence, index: int, aside: Guess) -> bool:
    """Whether a rate completes a subject that is nearer than the one to be set aside."""
    if not completion_cue(scene, sentence, index):
        return False
    known = (distance(scene, sentence, index, h) for h in sentence.hits if h[2] in scene.by_subject)
    return any(far is not None and far < aside.cost for far in known)


def _aside(scene: Scene, sentence: Sentence, index: int) -> str:
    """The fate of a number that is a change, a share, an average: no figure of an indicator."""
    numeral = scene.numerals[index]
    before, after = around(scene, index, 32 if scene.language == "en" else 10, 24)
    if numeral.unit == "points":
        return "change"
    if scene.cue["from_before"].search(before) and scene.cue["to_after"].search(after):
        return "change"  # what it was before
    if numeral.unit == "households" and scene.cue["stock_after"].search(after):
        return "other-subject"  # those known, of whom some were helped
    if scene.cue["passed_before"].search(before) and scene.cue["passed_after"].search(after):
        return "bound"  # "passed 1 billion, reaching 1.06 billion"
    ratio = numeral.unit in ("percent", "")
    moved = scene.cue["change_before"].search(before) and not scene.cue["new_after"].search(after)
    if moved and not scene.cue["change_to"].search(before):
        return "change"
    if ratio and scene.cue["change_after"].search(after):
        return "change"
    if (
        numeral.unit == "percent"
        and scene.cue["share_before"].search(before)
        and not completion_cue(scene, sentence, index)
    ):
        return "share"
    clause = scene.folded[max(sentence.start, numeral.start - 40) : numeral.start]
    if scene.cue["per_head"].search(scene.folded[sentence.start : numeral.start]) and (
        numeral.unit == "yuan" and numeral.scale < 4
    ):
        return "per-head"
    if scene.cue["average"].search(re.split(r"[,，;；]| - | while ", clause)[-1]):
        return "average"
    return ""


def _place(
    scene: Scene, scopes: Scopes, sentence: Sentence, index: int, indicator: Indicator,
           role: str) -> Statement | None:  # fmt: skip
    placed = scopes.place(scene.numerals[index], sentence.start, indicator, role)
    if placed.fate:
        scene.fates[index] = placed.fate
        return None
    notes = [note(placed.note)] if placed.note else []
    if index in scene.rivals:
        notes.append(note(Code.BESIDE, print=scene.numerals[scene.rivals[index]].printed))
    return Statement(index, indicator.id, placed.measure, placed.period, not notes, tuple(notes))

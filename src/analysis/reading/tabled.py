"""What the words of a table say of one of its figures, and whether its statement is what they say."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.codebook import Codebook
from analysis.codebook.notes import Code, Note, note
from analysis.codebook.status import SET, Measure
from analysis.reading.statements import Statement
from analysis.reading.wording import Said

_YEAR = re.compile(r"\d{4}")
_GROUPS = frozenset({"working", "retired", "migrant"})  # facets that are some of the insured


@dataclass(frozen=True)
class Tabled:
    """A figure's labels (of row, column and section) and the titles above its table, put together.

    `rest` are the words that are not understood; `years` those of the labels, or else of the titles; `shown` where
    the labels name no year but say when (上年); `monthly` where they may be December's; `aims` and `results` whether
    it is called a goal, or a result; `groups` whom of the insured it is of, `titled` what
    titles say is counted.
    """

    rest: str = ""
    years: frozenset[str] = frozenset()
    shown: bool = False
    part: bool = False
    monthly: bool = False
    aims: bool = False
    results: bool = False
    facets: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()

    @classmethod
    def of(cls, labels: Said, titles: Said) -> Tabled:
        """Of what labels and titles say."""
        called = labels if labels.aims or labels.results else titles
        said = labels | titles
        return cls(
            said.rest,
            labels.years or titles.years,
            labels.relative and not labels.years,
            said.part,
            said.last_month and not said.whole,
            called.aims,
            called.results,
            labels.facets or titles.facets,
            said.facets & _GROUPS,
            titles.facets,
        )


def with_doubts(stated: Sequence[tuple[Statement, Tabled | None]], review: int, codebook: Codebook) -> list[Statement]:
    """Statements with the doubts that the words of their tables leave; `review` is the year that their text reviews.

    A figure in doubt is left out where a surer one has its place: it is of women, or of another year's day.
    """
    doubted = [(s, _doubt(t, s, review, codebook) if t else None) for s, t in stated]
    sure = {(s.indicator, s.measure, s.period) for s, doubt in doubted if doubt is None}
    tables = [t for _, t in stated]
    return [
        (_settled(s, t, codebook) if t else s) if doubt is None else replace(s, sure=False, notes=(*s.notes, doubt))
        for (s, doubt), t in zip(doubted, tables, strict=True)
        if doubt is None or (s.indicator, s.measure, s.period) not in sure
    ]


def _doubt(t: Tabled, s: Statement, review: int, codebook: Codebook) -> Note | None:
    """What the words leave open: some of them, or whether they are of this year, of this measure, of this facet."""
    if t.rest:
        return note(Code.LABELS, words=t.rest)
    return None if _timed(t, s) and _measured(t, s, review) and _counted(t, s, codebook) else note(Code.UNSURE)


def _timed(t: Tabled, s: Statement) -> bool:
    years = set(_YEAR.findall(s.period))
    if t.monthly or t.part != ("/" in s.period):
        return False
    return t.shown or not t.years or t.years == years


def _measured(t: Tabled, s: Statement, review: int) -> bool:
    if s.measure == Measure.COMPLETION:
        return t.results
    aimed = s.measure in SET
    ahead = max(map(int, _YEAR.findall(s.period))) > review
    return t.aims if aimed or ahead else t.results or not t.aims


def _counted(t: Tabled, s: Statement, codebook: Codebook) -> bool:
    facet = codebook.indicators[s.indicator].facet
    people = {i.facet for i in codebook.indicators.values() if i.unit == "people"}
    titled = t.titled & people if facet in people else frozenset()
    said = all(not facets or facet in facets for facets in (t.facets, titled))
    return t.groups <= {facet} and (not facet or said)


def _settled(s: Statement, t: Tabled, codebook: Codebook) -> Statement:
    """A statement whose labels say what is counted, as sure as they are: it states something, and is a goal only
    where they call it one."""
    facet, (indicator, measure, _) = codebook.indicators[s.indicator].facet, (*s.runner_up.split(" "), "", "")[:3]
    nothing = not s.runner_up
    no_goal = indicator == s.indicator and measure in SET and not t.aims and s.measure not in SET
    said = not facet or facet in t.facets
    return replace(s, margin=math.inf, runner_up="") if said and (nothing or no_goal) else s

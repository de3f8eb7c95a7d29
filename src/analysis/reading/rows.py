"""What reading a report gives: the rows of its tables, and a person's decisions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from analysis.codebook.notes import Note
from analysis.reading.changes import Change
from analysis.reading.numerals import Numeral
from analysis.reading.readings import Reading
from analysis.reading.statements import Statement


@dataclass(frozen=True, slots=True)
class Observation:
    """One row of observations.csv; value, low and high in base units or None.

    `candidates` are the values a range lies between, where these are few. `reach` is what the
    identity that proves the figure would hold with as well, where that is more than its rounding:
    the tables give it as `low` and `high` (`claimed`).
    """

    region: str
    document: str
    period: str
    indicator: str
    measure: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    unit: str
    status: str
    printed: str
    start: int | None
    end: int | None
    basis: str
    runner_up: Decimal | None
    candidates: tuple[Decimal, ...] = ()
    reach: tuple[Decimal, Decimal] | None = None
    notes: tuple[Note, ...] = ()

    @property
    def claimed(self) -> Observation:
        """With bounds as wide as what is proven of it."""
        if self.reach is None or self.low is None or self.high is None:
            return self
        low, high = min(self.low, self.reach[0]), max(self.high, self.reach[1])
        return replace(self, low=low, high=high, reach=None)


@dataclass(frozen=True, slots=True)
class NumeralRow:
    """One row of numerals.csv: a printed number and what became of it.

    `runner_up` is what else it may state ("indicator measure period"), `because` what decided.
    """

    start: int
    end: int
    printed: str
    unit: str
    fate: str
    indicator: str = ""
    measure: str = ""
    period: str = ""
    runner_up: str = ""
    because: str = ""
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class EditRow:
    """One row of edits.csv: a rule over the figures of one period."""

    edit: str
    rule: str
    expression: str
    period: str
    figures: str
    left: float
    right: float
    difference: float
    tolerance: float
    holds: bool
    kind: str
    documents: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a document states."""

    observations: list[Observation]
    numerals: list[NumeralRow]
    edits: list[EditRow]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on a figure; `printed` is what stood there when it was made."""

    indicator: str
    measure: str
    period: str
    value: Decimal
    who: str
    why: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document before its figures are settled: each statement with its numeral; stated changes.

    `given` has the reading of what somebody states outright, by its number in `stated`.
    """

    stated: list[tuple[Statement, Numeral]]
    numerals: list[NumeralRow]
    changes: list[Change] = field(default_factory=list)
    given: dict[int, Reading] = field(default_factory=dict)

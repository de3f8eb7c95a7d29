"""A period's figures with those other documents give: which are one, and which prove nothing."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.codebook.status import SET, Measure, Status
from analysis.reading.edits import Edit, Key
from analysis.reading.figures import Figure, Tie, same
from analysis.reading.readings import Reading
from analysis.reading.rows import Observation
from analysis.reading.verdicts import SAME_HERE
from analysis.system.errors import InputError
from analysis.system.project import parse_name

_LEGIBLE = (Status.PRINTED, Status.CONFIRMED)


class Field:
    """Own figures by number, then those that other documents give.

    `first` is the figure that stands for each key in rules; `stands` for each own figure the
    first with the same print, for a figure said twice is said once. `ties` are figures of one
    key, with the name of their rule and whether their agreement proves anything; `silent` the
    figures of another version of this document, which prove nothing.
    """

    def __init__(self, own: Sequence[Figure], given: Sequence[Observation], document: str):
        self.own = len(own)
        self.figures = list(own)
        self.sources = [document] * len(own)
        self.first: dict[Key, int] = {}
        self.stands: list[int] = []
        self.ties: dict[Tie, tuple[str, bool]] = {}
        self.silent: set[int] = set()
        self._distinct: dict[Key, list[int]] = {}
        for i, figure in enumerate(own):
            self._add_own(i, figure)
        for other in given:
            self._add_given(other, document)

    def keys(self) -> list[Key]:
        return [k for k, i in self.first.items() if self.figures[i].readings]

    def one_task(self, edit: Edit, at: dict[Key, int]) -> bool:
        """Whether a completion rate and the target it is held against are of one document.

        A report that prints a rate of "the task" need not mean the target of another one.
        """
        measures = {key[1] for key in edit.figures}
        if Measure.COMPLETION not in measures:
            return True
        of_task = (Measure.COMPLETION, Measure.TARGET)
        return len({self.sources[at[k]] for k in edit.figures if k[1] in of_task}) == 1

    def _add_own(self, i: int, figure: Figure) -> None:
        known = self._distinct.setdefault(figure.key, [])
        twin = next((j for j in known if self.figures[j].readings == figure.readings), i)
        self.stands.append(twin)
        self.first.setdefault(figure.key, i)
        if twin != i or not figure.readings:
            return
        if known and figure.key[1] != Measure.TARGET:  # a city may be set one and set itself another
            self.ties[Tie(known[-1], i)] = (SAME_HERE, False)
        known.append(i)

    def _add_given(self, other: Observation, document: str) -> None:
        here, key, figure = len(self.figures), (other.indicator, other.measure), _given(other)
        version = _edition(other.document) == _edition(document)
        mine = self._distinct.get(key, [])
        agreeing = [i for i in mine if same(self.figures[i].said[0], figure.said[0])]
        if mine and key[1] in SET and (len(mine) > 1 or not agreeing):
            return  # another target for the same figure
        self.figures.append(figure)
        self.sources.append(other.document)
        if version:
            self.silent.add(here)
        if not mine:
            self.first.setdefault(key, here)
            return
        twin = (agreeing or mine)[0]
        self.ties[Tie(twin, here)] = (f"same-figure:{other.document}", other.status in _LEGIBLE and not version)
        if self.first[key] == twin and all(r.interval for r in self.figures[twin].readings):
            self.first[key] = here


def _given(other: Observation) -> Figure:
    """A figure as another document states it: of one reading."""
    assert other.value is not None and other.low is not None and other.high is not None
    reading = Reading(other.value, other.low, other.high)
    return Figure((other.indicator, other.measure), (reading,), given=True, bound=other.bound)


def _edition(document: str) -> tuple[int, str] | str:
    """What versions of one report share: its year and kind."""
    try:
        return parse_name(document)
    except InputError:
        return document

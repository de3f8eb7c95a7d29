"""The weights of features: what a candidate costs, and which features said so.

A weight is a natural logarithm of odds, fitted on labelled reports by
`python -m benchmarks.accuracy fit` (a conditional logit: the candidates of a number share one
sum), rounded to three decimals and kept as text, one `feature: weight` a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from pathlib import Path

#: What a number may be of an indicator, after "none": it states nothing.
ROLES = ("none", "outturn", "target", "ceiling", "completion")
FOLDER = Path(__file__).with_name("weights")
_NONE = (0.0,) * len(ROLES)


@dataclass(frozen=True)
class Weights:
    """`link` weighs features of a number and a mention; `role` those of a number, by `ROLES`."""

    link: dict[str, float] = field(default_factory=dict)
    role: dict[str, tuple[float, ...]] = field(default_factory=dict)
    _known: dict[tuple[str, ...], float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def of_link(self, features: tuple[str, ...]) -> float:
        """What some features of a mention are worth together."""
        known = self._known.get(features)
        if known is None:
            known = self._known[features] = sum(map(self.link.get, features, repeat(0.0)))
        return known

    def of_roles(self, features: Iterable[str]) -> list[float]:
        columns = zip(*map(self.role.get, features, repeat(_NONE)), strict=True)
        return [sum(column) for column in columns] or list(_NONE)

    @classmethod
    def parse(cls, text: str) -> Weights:
        link: dict[str, float] = {}
        role: dict[str, tuple[float, ...]] = {}
        for line in text.splitlines():
            name, _, value = line.rpartition("\t")
            if "," in value:
                role[name] = tuple(map(float, value.split(",")))
            elif name:
                link[name] = float(value)
        return cls(link, role)

    def format(self) -> str:
        rows = [f"{name}\t{_plain(w)}" for name, w in self.link.items()]
        rows += [f"{name}\t{','.join(map(_plain, ws))}" for name, ws in self.role.items()]
        return "\n".join(sorted(rows)) + "\n"


def _plain(weight: float) -> str:
    return f"{round(weight, 3) + 0.0:g}"


@lru_cache
def load(language: str) -> Weights:
    """The fitted weights of a language."""
    path = FOLDER / f"{language}.tsv"
    return Weights.parse(path.read_text(encoding="utf-8")) if path.exists() else Weights()

"""One row per region and year, one variable per indicator and measure, and the names of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis import codebook
from analysis.codebook.status import Measure
from analysis.tables.extract import KEY
from analysis.writing import words

#: What stands behind an indicator's name for each measure; the result is the plain name.
MEASURES = {
    Measure.OUTTURN: "",
    Measure.TARGET: "_tgt",
    Measure.CEILING: "_max",
    Measure.COMPLETION: "_pct",
    Measure.CUMULATIVE: "_cum",
}
#: … and for each column of a figure.
PARTS = {"value": "", "low": "_lo", "high": "_hi", "bound": "_bd", "status": "_st"}


@dataclass(frozen=True)
class Variable:
    """A column of the wide table: what of which indicator and measure it holds."""

    name: str
    indicator: str
    measure: str
    part: str

    def label(self, language: str) -> str:
        """What it holds, in words."""
        parts = [words.full_name(self.indicator, language)]
        if self.measure != Measure.OUTTURN:
            parts.append(words.word(f"measures/{self.measure}", language))
        if suffix := PARTS[self.part].strip("_"):
            parts.append(words.word(f"export/parts/{suffix}", language))
        return (", " if language == "en" else "，").join(parts)


def variables() -> Iterator[Variable]:
    """Every variable there may be, in the order of the codebook."""
    for indicator in codebook.load().indicators.values():
        for measure, behind in MEASURES.items():
            for part, suffix in PARTS.items():
                name = f"{indicator.stata}{behind}{suffix}"
                yield Variable(name, indicator.id, measure.value, part)


def widened(figures: pd.DataFrame) -> pd.DataFrame:
    """Figures as one row per region and year.

    For each indicator and measure that is stated: its value in base units, `_lo`, `_hi` and `_st`
    (status), and `_bd` where a text states a bound; empty where a year states nothing.
    """
    groups = dict(list(figures.groupby(["indicator", "measure"], observed=True)))
    index = list(KEY[:2])
    columns = {}
    for variable in variables():
        rows = groups.get((variable.indicator, variable.measure))
        if rows is None or (variable.part == "bound" and not rows["bound"].ne("").any()):
            continue
        columns[variable.name] = rows.set_index(index)[variable.part]
    return pd.DataFrame(columns).sort_index().rename_axis(index).reset_index()

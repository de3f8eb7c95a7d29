"""The observations a page's figures lead to, and how they are named."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

from analysis.system import project
from analysis.system.kept import until_changed
from analysis.tables import sources
from analysis.tables.figures import figures, is_year
from analysis.writing import words

Row = dict[str, str]


@dataclass(frozen=True)
class Evidence:
    """What a page's figures may lead to: the documents of its regions."""

    root: Path
    regions: list[str]
    language: str
    known: dict[str, dict[str, dict[str, Row]]] = field(default_factory=dict, repr=False)
    stated: dict[tuple[str, bool], dict[str, Row]] = field(default_factory=dict, repr=False)
    read: dict[tuple[str, str | None, str], list[Row]] = field(default_factory=dict, repr=False)
    origins: dict[tuple[str, str], sources.Source] = field(default_factory=dict, repr=False)

    def find(self, id_: str) -> Row | None:
        """The observation that the link `id_` leads to; a region may stand in it or not."""
        region, named, figure = id_.removeprefix("e-").rpartition("/")
        for place in [region] if named else self.regions or project.regions(self.root):
            for document in self._documents(place):
                if figure.startswith(f"{document}-") and (row := self._figures(place, document).get(figure)):
                    return row
        return None

    def _documents(self, region: str) -> list[str]:
        if region not in self.known:
            self.known[region] = {d: {} for d in project.documents(self.root, region)}
        return list(self.known[region])

    def _figures(self, region: str, document: str) -> dict[str, Row]:
        figures = self.known[region][document]
        for row in () if figures else self.table(region, document, "observations"):
            figures[f"{document}-{id_of(row)}"] = row
        return figures

    def figure(self, row: Row) -> Row:
        """The figure that a document's statement is of: one row, with the status it has everywhere."""
        region, yearly = row["region"], is_year(row["period"])
        if (region, yearly) not in self.stated:
            said = [
                {**stated, "document": document}
                for document in ([] if yearly else self._documents(region))  # the panel has what is of a year
                for stated in self.table(region, document, "observations")
            ]
            found = figures(self.table(region, None, "panel"), said)
            self.stated[region, yearly] = {id_of(figure): figure for figure in found}
        return self.stated[region, yearly].get(id_of(row), {**row, "documents": row["document"]})

    def table(self, region: str, document: str | None, name: str) -> list[Row]:
        """The rows of a processed table; none where it is not there."""
        key = (region, document, name)
        if key not in self.read:
            path = project.processed_folder(self.root, region, document) / f"{name}.csv"
            self.read[key] = _rows(path) if path.is_file() else []
        return self.read[key]

    def source(self, region: str, document: str) -> sources.Source:
        """Where a document is from."""
        key = (region, document)
        if key not in self.origins:
            self.origins[key] = sources.load(self.root, region, document)
        return self.origins[key]

    def label(self, id_: str) -> str:
        """What an evidence id leads to, in words."""
        row = self.find(id_)
        if row is None:
            return id_
        return f"{heading(row, self.language)}: {amount_of(self.figure(row), self.language)}"


def amount_of(row: Row, language: str) -> str:
    """A figure of a CSV row in words: value or interval, with its unit."""
    numbers = {key: cell_number(row.get(key, "")) for key in ("value", "low", "high")}
    typed = {"unit": "", "status": "", "sources": "", **row, **numbers}
    if typed["unit"] in words.lexicon()["units"]:
        return words.amount(typed, language)
    return words.number(numbers["value"], language) if math.isfinite(numbers["value"]) else ""


def id_of(row: Row) -> str:
    """The end of an evidence id: indicator, measure and period of a figure."""
    period = row["period"].replace("/", "--")
    return f"{row['indicator'].replace('.', '-')}-{row['measure']}-{period}"


def heading(row: Row, language: str) -> str:
    """The name of a figure: indicator, measure, period."""
    parts = (
        words.full_name(row["indicator"], language),
        words.word(f"measures/{row['measure']}", language),
        words.period(row["period"], language),
    )
    return ", ".join(parts) if language == "en" else "，".join(parts)


@until_changed(files=256)
def _rows(path: Path) -> list[Row]:
    return project.rows(path)


def cell_number(text: str) -> float:
    """A cell as a number; NaN where it is empty or none."""
    try:
        return float(text)
    except ValueError:
        return math.nan

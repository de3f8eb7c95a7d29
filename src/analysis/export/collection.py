"""The tables of an export: figures, and what one must know to use them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis import codebook
from analysis.codebook.model import ALWAYS
from analysis.codebook.status import Status, settled
from analysis.export.wide import widened
from analysis.system import project
from analysis.system.errors import InputError
from analysis.tables import loading, sources
from analysis.tables.extract import KEY, extract, found_at
from analysis.writing import words


@dataclass(frozen=True)
class Collection:
    """Tables by name, the figures first, with labels in one language.

    Attributes
    ----------
    tables
        ``figures``, ``indicators``, ``statuses``, ``documents``.
    keys
        the columns of each that no two of its rows have in common.
    is_wide
        whether figures have a row per region and year, and a column per indicator and measure.
    """

    tables: dict[str, pd.DataFrame]
    keys: dict[str, tuple[str, ...]]
    language: str
    is_wide: bool = False


def collect(
    root: Path, regions: Sequence[str] = (), indicators: Sequence[str] = (), wide: bool = False, language: str = "en"
) -> Collection:
    """The figures of some regions and indicators (ids or sections), or of all.

    Raises
    ------
    InputError
        for an unknown region, indicator or language, and where there is no such figure.
    """
    words.check_language(language)
    chosen = list(dict.fromkeys(regions))
    rows = loading.load(chosen or None, root=root)
    rows = loading.only(rows, *indicators) if indicators else rows
    if rows.empty:
        what, where = ", ".join(indicators) or "any indicator", ", ".join(chosen) or "any region"
        raise InputError(f"no figure of {what} in {where}")
    figures = extract(rows, root)
    figures["label"] = [words.full_name(id_, language) for id_ in figures["indicator"]]
    tables = {
        "figures": widened(figures) if wide else figures,
        "indicators": _indicators(figures["indicator"], language),
        "statuses": _statuses(language),
        "documents": _documents(root, figures),
    }
    keys: dict[str, tuple[str, ...]] = {
        "figures": KEY[:2] if wide else KEY,
        "indicators": ("indicator",),
        "statuses": ("status",),
        "documents": ("region", "document"),
    }
    return Collection(tables, keys, language, wide)


def _indicators(stated: pd.Series, language: str) -> pd.DataFrame:
    """The codebook's entries of the indicators that are stated, in its order."""
    ids = set(stated)
    return pd.DataFrame(
        [
            {
                "indicator": each.id,
                "variable": each.stata,
                "section": each.section,
                "unit": each.unit,
                "label": getattr(each, language),
                "measures": " ".join(each.measures),
                "first_year": _year(each.years[0]),
                "last_year": _year(each.years[1]),
            }
            for each in codebook.load().indicators.values()
            if each.id in ids
        ]
    )


def _year(year: int) -> str:
    return "" if year in ALWAYS else str(year)


def _statuses(language: str) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "status": status.value,
                "label": words.word(f"statuses/{status.value}", language),
                "meaning": words.word(f"status_help/{status.value}", language),
                "settled": settled(status),
            }
            for status in Status
        ]
    )


def _documents(root: Path, figures: pd.DataFrame) -> pd.DataFrame:
    """The documents that the figures name, each with where it can be found."""
    named = {
        (region, document)
        for region, names in zip(figures["region"], figures["documents"], strict=True)
        for document in names.split()
    }
    rows = []
    for region, document in sorted(named):
        year, kind = project.parse_name(document)
        known = sources.load(root, region, document)
        rows.append(
            {
                "region": region,
                "document": document,
                "kind": kind,
                "year": year,
                "title": known.title,
                "published": known.published,
                "source": found_at(root, region, document),
            }
        )
    return pd.DataFrame(rows)

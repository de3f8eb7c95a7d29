"""Figures as readers count them: one for each thing a region's reports state, with one status.

A figure of a year is the panel's row. What is stated for several years, or for a part of one,
has no row there: its row is the surest statement of a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from analysis.codebook import notes, periods
from analysis.codebook.status import rank
from analysis.system.errors import InputError

Row = Mapping[Any, Any]
Taken = tuple[str, str, Decimal | None]
"""Who decided, why, and as what."""
_PANEL = ("region", "year", "indicator", "measure", "value", "status")
_KEY = ("region", "indicator", "measure", "period")


def check_figures(rows: object, columns: Iterable[str] = _PANEL) -> None:
    """Refuse, with InputError, what is no table of figures: it needs these columns, a panel's."""
    there = getattr(rows, "columns", None)
    if there is None:
        raise InputError(f"expected a table of figures, such as load() gives, got {type(rows).__name__}")
    if missing := [column for column in columns if column not in there]:
        raise InputError(f"the table has no column {missing[0]!r}; it has {', '.join(map(str, there)) or 'none'}")


def years_of(period: str) -> tuple[int, int]:
    """First and last year of a period: 2016 and 2020 of ``2016-2020``, 2013 of ``2013-01/2013-09``."""
    found = periods.parse_period(period)
    return found.first, found.last


def is_year(period: str) -> bool:
    """Whether a period is one whole year."""
    return periods.parse_period(period).year is not None


def is_part(period: str) -> bool:
    """Whether a period is less than a year, such as ``2013-01/2013-09``."""
    return periods.parse_period(period).months is not None


def decided(row: Row) -> Taken | None:
    """Who decided what a row of observations states, why, and its value; None where nobody did."""
    made_by = next((n for n in notes.decode(row.get("note_code", "")) if n.code == notes.Code.DECIDED), None)
    said = dict(made_by.fields) if made_by else {}
    return (said["who"], said["why"], Decimal(row["value"]) if row["value"] else None) if said else None


def figures(panel: Iterable[Row], observations: Iterable[Row]) -> list[dict[str, Any]]:
    """All figures of a region: rows of its panel, then those of other periods.

    Parameters
    ----------
    panel, observations
        rows of `panel.csv` and of all `observations.csv`, with region and document.

    Returns
    -------
    list
        rows with the panel's columns, `period`, `since` and `year` (its first and last year) and
        `prints`: document and printed token of each statement of the figure.
    """
    stated: dict[tuple[str, ...], list[Row]] = {}
    for row in observations:
        stated.setdefault(_key(row), []).append(row)
    found = [{**row, "period": str(row["year"])} for row in panel]
    for key, rows in stated.items():
        if not is_year(key[-1]):
            surest = min(rows, key=lambda row: (rank(row["status"]), row["document"]))
            documents = " ".join(sorted({row["document"] for row in rows}))
            found.append({**surest, "documents": documents})
    for figure in found:
        figure["since"], figure["year"] = years_of(figure["period"])
        rows = stated.get(_key(figure), [])
        figure["prints"] = tuple((row["document"], row["printed"]) for row in rows)
    return found


def _key(row: Row) -> tuple[str, ...]:
    return tuple(str(row[column]) for column in _KEY)

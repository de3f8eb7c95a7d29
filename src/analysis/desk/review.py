"""The open figures of a region, each with its evidence and what each reading would imply."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, SupportsIndex

import pandas as pd

from analysis import codebook, measures
from analysis.codebook.status import STRONG, Measure
from analysis.desk import plain
from analysis.desk.shown import Shown, framed, listed
from analysis.pages import assets
from analysis.pages.cards import entries
from analysis.pages.observations import Evidence
from analysis.tables import loading
from analysis.tables.figures import is_year, years_of
from analysis.writing import references as links
from analysis.writing import words
from analysis.writing.notebook import Page, select
from analysis.writing.words import Row

_KEY = ["indicator", "measure", "period"]
_COLUMNS = ["region", "document", *_KEY, "printed", "status", "unit", "candidate", "implies"]


class Review(Shown):
    """The open figures, as displayed; `table` has a row for each reading of each of them.

    Its rows name region, document, indicator, measure, period and print, so that one of them is
    what `decide` takes; `candidate` is the reading in base units, `implies` what would follow.
    """

    def __init__(self, table: pd.DataFrame, html: str, head: str) -> None:
        super().__init__(html, html, head, plain.text_of(html))
        self.table = table


def review(
    region: str, year: SupportsIndex | None = None, language: str = "en", root: Path | str | None = None
) -> Review:
    """What a person is asked about: each open figure, its sentence, what it may be.

    Parameters
    ----------
    region, year
        of which figures; of all years where none is given.
    language
        ``"en"`` or ``"zh"``, of what is shown.
    root
        project folder; the one around the current folder where not given.

    Raises
    ------
    InputError
        for a region or a year there is nothing for.

    Examples
    --------
    >>> asked = review("guangyuan", 2009)                                   # doctest: +SKIP
    >>> decide(asked.table.iloc[0], 4300, who="Li", why="seen on page 2")   # doctest: +SKIP
    """
    base = loading.root_folder(root)
    one = None if year is None else loading.whole_number("year", year)
    page = select(region=region, year=one, language=language, root=base)
    stated = page.stated[page.stated["open"]]
    still = set(map(tuple, stated[_KEY].astype(str).to_numpy()))
    asked = page.observations[~page.observations["status"].isin(list(STRONG))]
    left = [tuple(key) in still for key in asked[_KEY].astype(str).to_numpy()]
    asked = asked.loc[left]
    panel = loading.panels([page.region], base)
    known = Evidence(base, [page.region], language)
    table, shown = [], []
    for row in asked.sort_values(["period", *_KEY], kind="stable").to_dict("records"):
        readings = [(value, _implied(row, value, panel, page)) for value in _candidates(row)]
        table += [{**row, "candidate": value, "implies": "; ".join(said)} for value, said in readings]
        card = entries(known, links.figure(row, page))
        shown.append(str(card) + _listed(row, readings, page))
    say = assets.texts("desk", language)
    head = say["open"].format(region=page.name, n=len(shown))
    html = framed(f"<p><b>{escape(head)}</b></p>" + "".join(shown))
    return Review(pd.DataFrame(table, columns=_COLUMNS), html, head)


def _candidates(row: Row) -> list[float]:
    """What a figure may be: the readings that are known, else the ends of its interval."""
    found = words.possible_values(row)
    for columns in (("value", "runner_up"), ("low", "high")):
        found = found or [float(row[c]) for c in columns if pd.notna(row.get(c))]
    return list(dict.fromkeys(found))


def _implied(row: Row, value: float, panel: pd.DataFrame, page: Page) -> list[str]:
    """What a reading would make of a year: per head, change, completion, the sum it enters."""
    if not is_year(row["period"]):
        return []
    year = years_of(row["period"])[0]
    key = panel["indicator"].eq(row["indicator"]) & panel["measure"].eq(row["measure"])
    others = panel[panel["year"].between(year - 1, year) & ~(key & panel["year"].eq(year))]
    own = {**row, "year": year, "value": value, "low": value, "high": value, "bound": ""}
    near = pd.concat([others, pd.DataFrame([own])], ignore_index=True)
    same = near["indicator"].eq(row["indicator"])
    kin = near[same | near["indicator"].str.endswith("." + row["indicator"].partition(".")[2])]
    series = near[same]
    results, targets = (series[series["measure"] == m] for m in (Measure.OUTTURN, Measure.TARGET))
    derived = [measures.per_head(kin)] if len(kin) > len(series) else []
    if len(series) > 1:
        computed = measures.ratio(results, targets, ["year", "indicator"], "computed", "percent", 100)
        derived += [measures.growth(series), measures.implied(series), computed]
    this = f"{row['indicator']}:{row['measure']}"
    said = [
        _named(words.word(f"measures/{one['measure']}", page.language), words.amount(one, page.language), page)
        for table in derived
        for one in table[table["year"] == year].to_dict("records")
        if this in str(one["sources"]).split()
    ]
    return said + _sums(row, near[near["year"] == year], page)


def _sums(row: Row, rows: pd.DataFrame, page: Page) -> list[str]:
    """Whether the parts of a total, with the figure among them, add up to it."""
    said: list[str] = []
    if row["measure"] != Measure.OUTTURN:
        return said
    for total, parts in codebook.load().wholes.items():
        if row["indicator"] not in (total, *parts):
            continue
        whole = measures.bounds(rows[rows["indicator"].eq(total) & rows["measure"].eq(Measure.OUTTURN)])
        for added in measures.totals(rows, parts).to_dict("records"):
            for printed in whole["value"].dropna():
                gap = {**added, "value": added["value"] - printed, "low": None, "high": None}
                key = "apart" if gap["value"] else "adds_up"
                told = {"sum": words.amount(added, page.language), "gap": words.amount(gap, page.language)}
                text = words.word(f"phrases/{key}", page.language, **told)
                said.append(_named(words.label(total, page.language), text, page))
    return said


def _named(name: str, amount: str, page: Page) -> str:
    return assets.texts("desk", page.language)["implied"].format(name=name, amount=amount)


def _listed(row: Row, readings: list[tuple[float, list[str]]], page: Page) -> str:
    """The readings of a figure as a table: each, and what it would imply."""
    say = assets.texts("desk", page.language)
    rows = [(_amount(row, value, page), "\n".join(said)) for value, said in readings]
    return listed((say["candidate"], say["implies"]), rows) if rows else ""


def _amount(row: Row, value: float, page: Page) -> str:
    figure: dict[Any, Any] = {**row, "value": value, "low": value, "high": value, "bound": ""}
    return words.amount({**figure, "candidates": ""}, page.language)

"""A person's decision about a figure: written down, checked against the rules, and what it changed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook import notes
from analysis.desk.shown import Shown, framed, listed
from analysis.intake import decisions, ingest, tabular
from analysis.intake.documents import Document, list_documents
from analysis.pages import assets
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.locks import locked
from analysis.system.saving import restored, tidy, write_all
from analysis.tables import loading
from analysis.writing import reasons, words

_KEY = ["document", "indicator", "measure", "period"]
_PATIENCE = 30.0  # seconds for which a decision waits for an ingest or a build


class Decided(Shown):
    """What a decision changed, as displayed.

    `changes`: the figures that are no longer as they were (document, indicator, measure, period,
    value and status before and after). `broken`: the identities that the decided figure breaks;
    it then stays a conflict.
    """

    def __init__(self, changes: pd.DataFrame, broken: list[str], html: str, text: str) -> None:
        super().__init__(html, html, text)
        self.changes = changes
        self.broken = broken


def decide(
    figure: Mapping[Any, Any] | pd.Series | pd.DataFrame,
    value: float | str | None,
    *,
    who: str,
    why: str,
    language: str = "en",
    root: Path | str | None = None,
) -> Decided:
    """Write a decision about a figure, read its region again, and show what changed.

    The decision stands in `data/raw/<region>/<document>.decisions.csv`, where it can be changed or
    taken back like any other.

    Parameters
    ----------
    figure
        a row that names region, document, indicator, measure and period: of `review(…).table`, or
        of observations. Where it has a print, the decision holds for that print only.
    value
        in base units: people, yuan, percent; None takes a decision back.
    who, why
        who decides, and what was seen; required.

    Raises
    ------
    InputError
        for a row that names no figure of a document, a value that cannot be, a decision without
        who and why; or where an ingest or a build is at work. Nothing is changed then.
    """
    base = loading.root_folder(root)
    row = _named(figure, base)
    before = _observations(base, row["region"])
    _write(base, row, value, who, why)
    after = _observations(base, row["region"])
    noted = notes.decode(str(after["note_code"].get(tuple(row[name] for name in _KEY), "")))
    against = [reasons.noted([each], language) for each in noted if each.code == notes.Code.AGAINST_PRINT]
    return _shown(_changes(before, after), _broken(base, row, language), against, language)


def _named(figure: object, root: Path) -> dict[str, str]:
    """The figure that a row names: its region by its id, its document and key, its print."""
    if isinstance(figure, pd.DataFrame) and len(figure) == 1:
        figure = figure.iloc[0]
    if not isinstance(figure, pd.Series | Mapping):
        raise InputError("decide: give one row of `review(…).table`, such as review(…).table.iloc[0]")
    row = {name: str(figure.get(name, "") or "") for name in ("region", *_KEY, "printed")}
    if missing := [name for name in ("region", *_KEY) if not row[name]]:
        raise InputError(f"decide: the row has no {missing[0]}; give one of `review(…).table`")
    return row | {"region": loading.check_region(row["region"], root)}


def _write(root: Path, row: Mapping[str, str], value: object, who: str, why: str) -> None:
    """Write the decision and read its region again; all stands as it did where that cannot be."""
    document = _document(root, row)
    path = decisions.path_of(document)
    with locked(root, _PATIENCE):
        tidy(root)
        with restored(root, [path]):
            write_all({path: _with(path, row, value, who, why)})
            decisions.read(document)
            stale = decisions.idle(root, row["region"])
            if idle := [line for line in stale if row["indicator"] in line]:
                raise InputError(idle[0])
            ingest.refresh(root, row["region"])


def _document(root: Path, row: Mapping[str, str]) -> Document:
    known = {document.name: document for document in list_documents(root, row["region"])}
    if row["document"] not in known:
        there = ", ".join(known) or "none"
        raise InputError(f"{row['region']}: no document {row['document']!r}; there are {there}")
    return known[row["document"]]


def _with(path: Path, row: Mapping[str, str], value: object, who: str, why: str) -> str:
    """The decisions of a document with this one in its place, as CSV."""
    rows = [given for _, given in tabular.rows(path, decisions.NEEDED, "auto")] if path.exists() else []
    key = {name: row[name] for name in _KEY[1:]}
    mine = next((given for given in rows if key.items() <= given.items()), None)
    if mine is None:
        rows.append(mine := {})
    said = {"who": str(who or "").strip(), "why": str(why or "").strip(), "printed": row["printed"]}
    mine.update(key | {"value": _number(value)} | said)
    columns = list(dict.fromkeys([*rows[0], *decisions.COLUMNS]))
    return project.csv_text([columns, *([given.get(c, "") for c in columns] for given in rows)])


def _number(value: object) -> str:
    if value is None:
        return ""
    try:
        return format(Decimal(str(value).replace(",", "")), "f")
    except InvalidOperation:
        raise InputError(f"decide: {value!r} is no number; give it in base units, like 4300") from None


def _observations(root: Path, region: str) -> pd.DataFrame:
    rows = loading.of_documents(region, "observations", project.documents(root, region), root)
    return rows.drop_duplicates(_KEY).set_index(_KEY)


def _changes(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    columns = ["value", "low", "high", "status", "unit"]
    both = before[columns].merge(
        after[columns], "outer", left_index=True, right_index=True, suffixes=("_before", "_after")
    )
    same = both["status_before"].astype(str).eq(both["status_after"].astype(str))
    for column in ("value", "low", "high"):
        old, new = both[f"{column}_before"], both[f"{column}_after"]
        same &= old.eq(new) | (old.isna() & new.isna())
    return both[~same].reset_index()


def _broken(root: Path, row: Mapping[str, str], language: str) -> list[str]:
    """The identities that the figure breaks as it now stands, in words."""
    names = {f"{row['indicator']}:{row['measure']}"}
    names |= {row["indicator"]} if row["measure"] == "outturn" else set()
    return [
        reasons.expression(rule, language)
        for document in (row["document"], None)
        for rule in project.table(root, row["region"], "edits", document)
        if rule["kind"] == "hard"
        and rule["holds"] == "False"
        and rule["period"] == row["period"]
        and names & set(rule["figures"].split())
        and row["document"] in rule["documents"].split()
    ]


def _shown(changes: pd.DataFrame, broken: list[str], against: list[str], language: str) -> Decided:
    say = assets.texts("desk", language)
    lines = [*(say["breaks"].format(rule=rule) for rule in broken), *against]
    rows = []
    for row in changes.to_dict("records"):
        names = (words.full_name(row["indicator"], language), words.word(f"measures/{row['measure']}", language))
        name = words.word("phrases/comma", language).join([*names, words.period(row["period"], language)])
        told = [_told(row, when, language) for when in ("before", "after")]
        rows += [[name, *told]] if told[0] != told[1] else []  # its bounds alone have changed
    head = [say[column] for column in ("figure", "before", "after")]
    html = listed(head, rows) if rows else f"<p>{escape(say['unchanged'])}</p>"
    html += "".join(f"<p>{escape(line)}</p>" for line in lines)
    text = "\n".join([*(": ".join([row[0], " → ".join(row[1:])]) for row in rows), *lines])
    return Decided(changes, broken, framed(html), text or say["unchanged"])


def _told(row: Mapping[Any, Any], when: str, language: str) -> str:
    """A figure of one side of a change: its amount and how sure it is."""
    status = row[f"status_{when}"]
    if not isinstance(status, str):
        return "–"
    figure = {column: row[f"{column}_{when}"] for column in ("value", "low", "high")}
    amount = words.amount({**figure, "unit": row[f"unit_{when}"], "status": status}, language)
    known = words.word(f"statuses/{status}", language)
    return assets.texts("desk", language)["told"].format(amount=amount, status=known)

"""Stata's format 118 (Stata 14 and later): variable labels, and values that carry theirs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from analysis.codebook.model import MEASURES, UNITS
from analysis.export.collection import Collection
from analysis.export.wide import variables
from analysis.tables.loading import STATUSES
from analysis.writing import words

_LABEL = 80  # characters that Stata shows of a variable's label
_STRING = 2045  # longer texts are Stata's strL
_MADE = datetime(2000, 1, 1)  # the same figures give the same bytes
_LABELLED: dict[str, tuple[str, Sequence[str]]] = {
    "status": ("statuses", STATUSES),
    "measure": ("measures", MEASURES),
    "unit": ("units", UNITS),
    "bound": ("bounds", ("at_least", "at_most")),
}


def dta(name: str, collection: Collection) -> bytes:
    """One table of a collection as a .dta file."""
    table, language = collection.tables[name].copy(), collection.language
    wide = {v.name: v for v in variables()} if collection.is_wide and name == "figures" else {}
    labels = {}
    for column in map(str, table):
        variable = wide.get(column)
        said = variable.label(language) if variable else words.word(f"export/columns/{column}", language)
        labels[column] = _short(said)
        table[column] = _labelled(table[column], variable.part if variable else column, language)
    texts = map(str, table.select_dtypes(include=["object", "str"]))
    long = [c for c in texts if max(len(cell.encode("utf-8")) for cell in table[c]) > _STRING]
    out = io.BytesIO()
    table.to_stata(
        out,
        write_index=False,
        version=118,
        time_stamp=_MADE,
        variable_labels=labels,
        data_label=_short(words.word("export/title", language)),
        convert_strl=long,
    )
    return out.getvalue()


def _labelled(values: pd.Series, kind: str, language: str) -> pd.Series:
    """A column of a closed vocabulary as numbers with labels, 0 the first of its words."""
    if kind not in _LABELLED:
        return values.fillna("") if values.dtype == object else values
    section, known = _LABELLED[kind]
    names = {id_: words.word(f"{section}/{id_}", language) for id_ in known}
    found = values.astype(object).map(names)
    return found.astype(pd.CategoricalDtype(list(names.values()), ordered=True))


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else label[: _LABEL - 1].rstrip() + "…"

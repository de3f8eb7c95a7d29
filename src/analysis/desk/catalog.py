"""What there is: the regions of a project and the indicators of the codebook, as tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis import codebook
from analysis.codebook.model import ALWAYS
from analysis.intake import places
from analysis.system import project
from analysis.tables import loading
from analysis.writing import reasons, words


def regions(language: str = "en", root: Path | str | None = None) -> pd.DataFrame:
    """The regions that have tables, a row for each.

    Returns
    -------
    DataFrame
        `region` (the name that `load` and `page` take), `name` in the language, `code`
        (GB/T 2260, six digits, text), `level` (nation, province, city, county), `parent` (the
        place it is in), `first_year`, `last_year`, `figures` and `settled` (how many the panel
        has, and how many of them can be used unread), `documents` (how many).

    Raises
    ------
    InputError
        for a language there are no words for, or a project without tables.
    """
    words.check_language(language)
    base = loading.root_folder(root)
    panel = loading.load(root=base)
    by = panel.groupby("region", sort=False)
    found = by["year"].agg(["min", "max", "size"]).astype("int64").join(by["settled"].sum())
    found.columns = pd.Index(["first_year", "last_year", "figures", "settled"])
    found["documents"] = [len(project.documents(base, str(region))) for region in found.index]
    known = pd.DataFrame.from_dict(places.rows(base), orient="index", dtype=str)
    name = "name_zh" if language == "zh" else "name"
    said = known.reindex(found.index, columns=[name, "code", "level", "parent"], fill_value="")
    said = said.rename(columns={name: "name"})
    unnamed = [words.region_name(str(region), language, base) for region in found.index]
    said["name"] = said["name"].where(said["name"].ne(""), unnamed)
    return said.join(found).rename_axis("region").reset_index()


def indicators(language: str = "en") -> pd.DataFrame:
    """The indicators of the codebook, a row for each, in its order.

    Returns
    -------
    DataFrame
        `indicator` (its id), `label` (short, as in charts), `name` (in full), `section`, `unit`
        (base unit: people, yuan, percent, …), `measures` (what reports may state of it, separated
        by spaces), `stata` (its name as a variable), `first_year` and `last_year` in which there is
        such a thing (nullable integers), `identities`: the hard rules it enters, which say what it
        is the sum of, or a part of.

    Raises
    ------
    InputError
        for a language there are no words for.
    """
    words.check_language(language)
    book = codebook.load()
    rules = [rule for rule in book.rules.values() if rule.kind == "hard" and rule.terms]
    rows = [
        {
            "indicator": one.id,
            "label": words.label(one.id, language),
            "name": words.full_name(one.id, language),
            "section": one.section,
            "unit": one.unit,
            "measures": " ".join(one.measures),
            "stata": one.stata,
            "first_year": one.years[0] or None,
            "last_year": one.years[1] if one.years[1] < ALWAYS[1] else None,
            "identities": "; ".join(_identities(one.id, rules, language)),
        }
        for one in book.indicators.values()
    ]
    return pd.DataFrame(rows).astype({"first_year": "Int64", "last_year": "Int64"})


def _identities(indicator: str, rules: list[codebook.Rule], language: str) -> dict[str, None]:
    """The rules an indicator enters, in words, each once."""
    return dict.fromkeys(
        reasons.expression({"figures": indicator, "expression": rule.rule}, language)
        for rule in rules
        if indicator in rule.terms
    )

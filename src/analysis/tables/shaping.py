"""A panel in another shape: a row for each region and year, a column for each indicator."""

from __future__ import annotations

from typing import Literal, get_args

import pandas as pd

from analysis import codebook
from analysis.codebook.status import Measure
from analysis.system.errors import InputError
from analysis.tables.figures import check_figures

Names = Literal["id", "stata"]


def wide(
    panel: pd.DataFrame, values: str = "value", measure: str = "outturn", names: Names = "id", settled: bool = False
) -> pd.DataFrame:
    """A panel with a row for each region and year and a column for each indicator.

    Parameters
    ----------
    panel
        as `load` gives it.
    values
        the column of the panel that fills the cells: ``"value"``, ``"low"``, ``"status"``, …
    measure
        of which figures; one only, for results, targets and rates are in different units.
    names
        of the columns: ``"id"`` (``employment.new_urban_jobs``), or ``"stata"``, short ones
        without a dot (``new_urban_jobs``).
    settled
        whether figures that a person is to look at first are left out.

    Returns
    -------
    DataFrame
        indexed by region and year; columns in the order of the codebook, units as in the
        codebook (`indicators` lists them). Empty cells are years without a figure.

    Raises
    ------
    InputError
        for a measure or a column there is not, or two rows for one cell.
    """
    if measure not in tuple(Measure):
        raise InputError(f"measure {measure!r}: there are {', '.join(Measure)}")
    if names not in get_args(Names):
        raise InputError(f"names {names!r}: there are {', '.join(get_args(Names))}")
    check_figures(panel, ["region", "year", "indicator", "measure"])
    if values not in panel:
        raise InputError(f"column {values!r}: the table has {', '.join(panel.columns)}")
    rows = panel[panel["measure"] == measure]
    if settled:
        rows = rows[rows["settled"]]
    key = ["region", "year", "indicator"]
    if rows.duplicated(key).any():
        first = rows.loc[rows.duplicated(key), key].iloc[0].tolist()
        raise InputError(f"{' '.join(map(str, first))}: there twice; give each figure once")
    known = codebook.load().indicators
    table = rows.pivot(index=["region", "year"], columns="indicator", values=values)
    table = table[[id_ for id_ in known if id_ in table]]
    if names == "stata":
        table = table.rename(columns=lambda id_: known[id_].stata)
    return table.rename_axis(columns=None)

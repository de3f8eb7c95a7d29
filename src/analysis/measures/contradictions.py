"""What the reports contradict: every hard rule that their prints break, largest gap first."""

from __future__ import annotations

import pandas as pd

#: Percent; a narrower gap is a slip of a digit or a rounding, and no finding.
WIDE = 1.0
_COLUMNS = ["region", "rule", "period", "expression", "figures", "left", "right", "gap"]


def contradictions(edits: pd.DataFrame) -> pd.DataFrame:
    """The broken hard rules of a region's `edits`, each once, largest gap first.

    Returns
    -------
    DataFrame
        `region`, `rule`, `period`, `expression`, `figures` (ids of what is compared), `left`,
        `right` (the two sides) and `gap`, by how many percent the smaller falls short of the larger.
    """
    if edits.empty:
        return pd.DataFrame(columns=_COLUMNS)
    broken = edits[edits["holds"].eq(False) & edits["kind"].eq("hard")]
    sides = broken[["left", "right"]]
    broken = broken.assign(gap=100 * (1 - sides.min(axis=1) / sides.max(axis=1)), least=sides.min(axis=1)).sort_values(
        ["gap", "period", "rule"], ascending=[False, True, True], kind="stable"
    )
    # a rule stands once for each document that states its figures
    once = broken.drop_duplicates(["region", "rule", "period", "figures", "least"])
    return once[_COLUMNS].reset_index(drop=True)


def widest(edits: pd.DataFrame) -> dict[tuple[str, str], float]:
    """By how many percent hard rules contradict a figure at most, by its id and period.

    An id is ``a.b:outturn``, ``a.b:target`` or the like.
    """
    rows = contradictions(edits)
    named = rows.assign(figure=rows["figures"].str.split()).explode("figure").dropna(subset="figure")
    named["figure"] = named["figure"].where(named["figure"].str.contains(":"), named["figure"] + ":outturn")
    gaps = named.groupby(["figure", "period"])["gap"].max()
    return dict(zip(gaps.index.tolist(), gaps.tolist(), strict=True))

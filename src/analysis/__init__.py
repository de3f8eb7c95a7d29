"""From the prose of labour and social security reports to audited numbers and charts.

>>> import analysis
>>> panel = analysis.load("guangyuan")                            # doctest: +SKIP
>>> analysis.completion(panel)                                    # doctest: +SKIP

What there is (each imported on first use, so that ``import analysis`` costs nothing):

=========================  =====================================================
`regions`, `indicators`    what there is, as tables
`load`, `only`, `wide`     processed tables, typed; some indicators; one column each
`completion`               results against targets, printed and computed rates
`per_head`                 premiums collected per insured person
`shares`, `sums`           parts of a total; the identities between figures
`growth`, `implied`        change on the year before; what two figures imply for a third
`page`                     a notebook's parameters, checked, and the figures they select
`title`, `say`             headings and paragraphs, generated from the numbers
`evidence`                 what a figure rests on: sentence, rules, documents
`review`, `decide`         the open figures and what each reading implies; decisions
`table`, `key`             tables with statuses and evidence; the key to the statuses
`years_table`              all indicators by all years
`contradictions`           what the reports contradict, in sentences
`show`                     a chart, displayed; saved by a build or where asked for
`charts`, `measures`       the charts; all measures
`export`                   figures as files for other programs
=========================  =====================================================
"""

from __future__ import annotations

import builtins
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis import charts, export, measures
    from analysis.charts.publish import show
    from analysis.desk.catalog import indicators, regions
    from analysis.desk.decide import decide
    from analysis.desk.evidence import evidence
    from analysis.desk.review import review
    from analysis.desk.shown import contradictions, key, say, table, title, years_table
    from analysis.measures import completion, growth, implied, per_head, shares, sums
    from analysis.system.errors import AnalysisError, InputError
    from analysis.tables.loading import load, only
    from analysis.tables.shaping import wide
    from analysis.writing.notebook import page

#: What each module gives, by its path; "" what is a module itself.
_NAMES = {
    "": "charts export measures",
    "charts.publish": "show",
    "desk.catalog": "indicators regions",
    "desk.decide": "decide",
    "desk.evidence": "evidence",
    "desk.review": "review",
    "desk.shown": "contradictions key say table title years_table",
    "measures": "completion growth implied per_head shares sums",
    "system.errors": "AnalysisError InputError",
    "tables.loading": "load only",
    "tables.shaping": "wide",
    "writing.notebook": "page",
}
_HOME = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = [
    "AnalysisError",
    "InputError",
    "charts",
    "completion",
    "contradictions",
    "decide",
    "evidence",
    "export",
    "growth",
    "implied",
    "indicators",
    "key",
    "load",
    "measures",
    "only",
    "page",
    "per_head",
    "regions",
    "review",
    "say",
    "shares",
    "show",
    "sums",
    "table",
    "title",
    "wide",
    "years_table",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    if hasattr(builtins, "__IPYTHON__"):
        import_module("analysis.charts")  # sets the font of all charts of a notebook
    if not home:
        return import_module(f"analysis.{name}")
    value = getattr(import_module(f"analysis.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

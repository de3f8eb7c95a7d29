"""The edit rules of the codebook on a region's printed series: which hold, which do not, and why.

The figures are the prints themselves, not what the engine made of them, so that no rule judges what
it has helped to settle.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import codebook as codebooks
from analysis.codebook import insurance, periods
from analysis.codebook.expressions import BEFORE
from analysis.intake import documents, facts
from analysis.reading.edits import Bounds, Key, applicable

from .report import table

_REASONS = Path(__file__).with_name("series.csv")
Series = dict[int, dict[Key, Bounds]]


@dataclass(frozen=True)
class Trial:
    """A rule on the figures of one year; `miss` is how far its sides lie apart, as a share."""

    rule: str
    year: int
    holds: bool
    miss: float


def series(root: Path, region: str) -> Series:
    """The prints of a region by year, each with its rounding: of several the finest.

    Parts of a year and totals over several are left out.
    """
    book, found = codebooks.load(), {}
    for document in documents.list_documents(root, region):
        for fact in facts.read(document, book) if document.path.suffix == ".csv" else ():
            year, print_ = periods.parse_period(fact.period).year, facts.reading(fact, book)
            if year and print_:
                low, high = float(print_.low), float(print_.high)
                bounds = (low, math.inf) if fact.bound == "at_least" else (low, high)
                at = found.setdefault(year, {})
                key = (fact.indicator, fact.measure)
                at[key] = min(at.get(key, bounds), bounds, key=lambda b: b[1] - b[0])
    return found


def trials(known: Series, level: str) -> Iterator[Trial]:
    """Every rule that the figures of a year, or of it and the year before, let be tried."""
    book = codebooks.load()
    for year, at in sorted(known.items()):
        last = known.get(year - 1, {})
        before = {(i, BEFORE): bounds for (i, m), bounds in last.items() if m == "outturn"}
        both = at | before
        for edit in applicable(book, both, str(year), level):
            bounds = [both[key] for key in edit.figures]
            yield Trial(edit.rule.id, year, edit.check.holds(bounds), 10 ** edit.check.gap(bounds) - 1)


def page(root: Path, region: str = "china", level: str = "nation") -> str:
    """The trials as a Markdown table, a row for each rule, and the rules that nothing tries."""
    done: dict[str, list[Trial]] = {}
    for trial in trials(series(root, region), level):
        done.setdefault(trial.rule.partition(":")[0], []).append(trial)
    reasons = _reasons()
    rules = {id_.partition(":")[0]: rule for id_, rule in codebooks.load().rules.items()}
    rows = [
        (
            f"{rule.why} (`{name}`)",
            rule.kind,
            len(done[name]),
            sum(t.holds for t in done[name]),
            _span(trial.year for trial in done[name]),
            "; ".join(_missed(done[name], reasons)) or "–",
        )
        for name, rule in rules.items()
        if name in done
    ]
    head = ["Rule", "Kind", "Tried", "Holds", "Years", "Where not, by how much, and why"]
    untried = [f"`{name}`" for name in rules if name not in done]
    return (
        f"{sum(map(len, done.values()))} trials of {len(done)} rules, "
        f"{sum(t.holds for ts in done.values() for t in ts)} hold.\n\n{table(head, rows)}\n"
        f"Not tried, as their figures are not all known for any one year: {', '.join(untried)}.\n"
    )


def years(known: Series) -> dict[str, tuple[set[int], set[int]]]:
    """The years with insured and with income of each scheme, with those of the one it took over."""
    schemes = insurance.schemes()
    return {
        scheme.id: (
            _stated(known, "insured", scheme.id, scheme.after),
            _stated(known, "fund_income", scheme.id, scheme.after),
        )
        for scheme in schemes.values()
        if scheme.id not in {other.after for other in schemes.values()}
    }


def _stated(known: Series, kind: str, *schemes: str) -> set[int]:
    keys = {(f"{kind}.{scheme}", "outturn") for scheme in schemes}
    return {year for year, at in known.items() if keys & at.keys()}


def lengths(root: Path, region: str = "china") -> str:
    """The schemes by the number of years that have both insured and income, as a Markdown table."""
    schemes = insurance.schemes()
    found = {
        name: (insured, income, insured & income) for name, (insured, income) in years(series(root, region)).items()
    }
    rows = [
        (schemes[name].en + _before(schemes[name].after), *map(len, (insured, income, both)), _span(both))
        for name, (insured, income, both) in sorted(found.items(), key=lambda each: -len(each[1][2]))
        if both
    ]
    return table(["Scheme", "Insured", "Income", "Both", "Years"], rows)


def _before(scheme: str) -> str:
    return f" (until it took over: {insurance.schemes()[scheme].en.lower()})" if scheme else ""


def _span(some: Iterable[int]) -> str:
    found = sorted(set(some))
    return f"{found[0]}–{found[-1]}" if len(found) > 1 else str(found[0])


def _missed(some: Iterable[Trial], reasons: dict[tuple[str, str], str]) -> Iterator[str]:
    for trial in some:
        if not trial.holds:
            name = trial.rule.partition(":")[2]
            why = reasons.get((trial.rule, str(trial.year)), "not explained")
            yield f"{name} {trial.year}, {100 * trial.miss:.2g} %: {why}".strip()


def _reasons() -> dict[tuple[str, str], str]:
    with _REASONS.open(encoding="utf-8", newline="") as file:
        return {(row["rule"], row["year"]): row["why"] for row in csv.DictReader(file)}

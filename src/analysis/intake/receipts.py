"""What became of many reports, in a summary."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from analysis.intake import decisions
from analysis.intake.arrivals import Receipt
from analysis.tables import sources

_SHOWN = 8


def counts(receipts: Sequence[Receipt]) -> str:
    """How many reports were taken in, and how many failed."""
    bad = sum(bool(each.failure) for each in receipts)
    return f"{len(receipts) - bad} taken in" + (f", {bad} failed" if bad else "")


def summarise(receipts: Sequence[Receipt], limit: float | None) -> None:
    """Print what was assumed and left out, a row for each region, then what failed and what stands twice."""
    _tell_notes(receipts)
    _tell_open(receipts)
    names = sorted({each.region for each in receipts})
    groups = [(name or "-", [each for each in receipts if each.region == name]) for name in names]
    _tell_table([*groups, ("total", receipts)])
    if limit:
        print(f"time limit for each report: {limit:g} s")
    for _, failure in sorted((each.label, each.failure) for each in receipts if each.failure):
        print(f"failed: {failure}", file=sys.stderr)
    _warn_of_twins(receipts)


def _tell_notes(receipts: Iterable[Receipt]) -> None:
    noted: dict[str, list[str]] = defaultdict(list)
    for each in receipts:
        for note in each.notes:
            noted[note].append(each.label)
    for note, labels in sorted(noted.items()):
        print(f"{note}: {min(labels)}{_others(labels)}")


def _tell_open(receipts: Iterable[Receipt]) -> None:
    """What no indicator took, what is to be decided, and of how many reports nobody says where they are from."""
    kept = [each for each in receipts if each.document]
    if aside := [f"{each.place}: {line}" for each in kept for line in each.aside]:
        print(f"left aside, as no indicator takes them: {len(aside)} numbers about labour", *aside[:_SHOWN], sep="\n")
    if unsettled := [each.place for each in kept if each.open]:
        print(f"decide the open figures in data/raw/{min(unsettled)}{decisions.SUFFIX}{_others(unsettled)}")
    if untold := sum(not each.told for each in kept):
        print(f"{untold} without a source: put <report>{sources.SUFFIX} beside each (title, issuer, published, url)")


def _others(names: Collection[str]) -> str:
    """How many there are beside the first."""
    return f" and {len(names) - 1} more" if len(names) > 1 else ""


def _tell_table(groups: Sequence[tuple[str, Sequence[Receipt]]]) -> None:
    """A row for each group: its reports taken in, their figures and open ones, reports that failed."""
    width = max(len(name) for name, _ in [*groups, ("region", ())])
    print(f"{'region':<{width}}" + "".join(f"{head:>10}" for head in ("reports", "figures", "open", "failed")))
    for name, group in groups:
        good = [each for each in group if not each.failure]
        numbers = (
            len(good),
            sum(each.figures for each in good),
            sum(each.open for each in good),
            len(group) - len(good),
        )
        print(f"{name:<{width}}" + "".join(f"{number:>10}" for number in numbers))


def _warn_of_twins(receipts: Iterable[Receipt]) -> None:
    first: dict[str, Receipt] = {}
    for each in sorted((r for r in receipts if r.digest), key=lambda r: (r.region, r.document)):
        twin = first.setdefault(each.digest, each)
        if twin.place != each.place:
            print(f"warning: {each.label}: the same text as {twin.label}; is one misfiled?", file=sys.stderr)

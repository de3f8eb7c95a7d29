"""Which figures differ between two states of a project's data, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.system import project
from analysis.system.spreadsheets import unrun
from analysis.tables.figures import Taken, decided, figures

Row = dict[str, str]
Key = tuple[str, str, str, str]
_SAID = ("value", "low", "high", "bound", "status")


@dataclass(frozen=True)
class Revision:
    """A figure that is not what it was: how it stood, how it stands, and what made the difference.

    A side is None where the figure was not stated; `why` is one sentence without a full stop.
    """

    region: str
    period: str
    indicator: str
    measure: str
    before: Row | None
    after: Row | None
    why: str


def revisions(before: Path, after: Path) -> tuple[list[Revision], int]:
    """All figures that differ between two project folders, and how many do not.

    They come by region, indicator, measure and period.

    A figure differs where its value, bounds or status do. Why: a decision, a document that came,
    went or was changed, or else another reading of the same documents.
    """
    found: list[Revision] = []
    same = 0
    for region in sorted({*project.regions(before), *project.regions(after)}):
        old, new = _Region(before, region), _Region(after, region)
        for key in sorted({*old.figures, *new.figures}, key=lambda k: (k[2], k[3], k[1])):
            was, now = old.figures.get(key), new.figures.get(key)
            if _said(was) == _said(now):
                same += 1
            else:
                found.append(Revision(*key, was, now, "; ".join(_why(key, old, new))))
    return found, same


class _Region:
    """The figures, documents and decisions of a region in one folder, read when asked for."""

    def __init__(self, root: Path, region: str) -> None:
        self.root, self.region = root, region
        self.documents = project.documents(root, region)

    @cached_property
    def _stated(self) -> list[Row]:
        return project.observations(self.root, self.region)

    @cached_property
    def figures(self) -> dict[Key, Row]:
        return {_key(row): row for row in figures(project.table(self.root, self.region, "panel"), self._stated)}

    @cached_property
    def bases(self) -> dict[Key, set[str]]:
        """What each figure rests on, in the words of its documents' tables."""
        found: dict[Key, set[str]] = {}
        for row in self._stated:
            found.setdefault(_key(row), set()).update(row.get("basis", "").split())
        return found

    @cached_property
    def decided(self) -> dict[Key, Taken]:
        """Who decided a figure as its documents' tables have it, why, and as what."""
        found = {_key(row): decided(row) for row in self._stated}
        return {key: taken for key, taken in found.items() if taken}

    def text_of(self, document: str) -> str:
        """A digest of a document as received; empty where it is not there."""
        folder = project.raw_folder(self.root, self.region)
        for suffix in (".txt", ".csv"):
            if (path := folder / f"{document}{suffix}").is_file():
                return hashlib.sha256(path.read_bytes()).hexdigest()
        return ""


def _key(row: Row) -> Key:
    return row["region"], row["period"], row["indicator"], row["measure"]


def _said(row: Row | None) -> tuple[str, ...] | None:
    return None if row is None else tuple(row.get(column, "") for column in _SAID)


def _why(key: Key, old: _Region, new: _Region) -> Iterator[str]:
    reasons = [*_of_decisions(key, old, new), *_of_documents(key, old, new)]
    yield from reasons or [_of_reading(key, old, new)]


def _of_decisions(key: Key, old: _Region, new: _Region) -> Iterator[str]:
    was, now = old.decided.get(key), new.decided.get(key)
    if now and now != was:
        yield f"decided by {now[0]}: {now[1]}"
    elif was and not now:
        yield f"the decision of {was[0]} is gone"


def _of_documents(key: Key, old: _Region, new: _Region) -> Iterator[str]:
    was, now = (_documents(side.figures.get(key)) for side in (old, new))
    for document in sorted(now - was):
        fresh = document not in old.documents
        yield f"{document} {'is new and states it' if fresh else 'now is read to state it'}"
    for document in sorted(was - now):
        there = document in new.documents
        yield f"{document} {'is no longer read to state it' if there else 'is gone'}"
    for document in sorted(was & now):
        if old.text_of(document) != new.text_of(document):
            yield f"the text of {document} was changed"


def _documents(row: Row | None) -> set[str]:
    return set(row["documents"].split()) if row else set()


def _of_reading(key: Key, old: _Region, new: _Region) -> str:
    """What other reading of the same documents: the rules it now rests on, or no longer."""
    was, now = old.bases.get(key, set()), new.bases.get(key, set())
    noted, note = ((side.figures.get(key) or {}).get("note", "") for side in (old, new))
    fresh = sorted({*new.documents} - {*old.documents})
    more = f" and {len(fresh) - 1} other new documents" if len(fresh) > 1 else ", which is new"
    parts = [
        f"now rests on {' '.join(sorted(now - was))}" if now - was else "",
        f"no longer rests on {' '.join(sorted(was - now))}" if was - now else "",
        f"beside {fresh[0]}{more}" if fresh else "",
        note if note != noted else "",
    ]
    return "; ".join(filter(None, parts)) or "the same documents are read in another way"


def report(found: Iterable[Revision], same: int) -> str:
    """Revisions for a terminal, a figure in two lines, and a last line that counts them."""
    lines: list[str] = []
    counts = {"changed": 0, "new": 0, "gone": 0}
    for revision in found:
        kind = "new" if not revision.before else "changed" if revision.after else "gone"
        counts[kind] += 1
        name = f"{revision.region} {revision.period} {revision.indicator} {revision.measure}"
        lines += [f"{name}: {shown(revision.before)} → {shown(revision.after)}", f"    {revision.why}"]
    summary = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    return "\n".join([*lines, f"{summary}, {same} the same"]) + "\n"


def table(found: Iterable[Revision]) -> str:
    """Revisions as CSV: each column of a figure before and after, and why."""
    heads = [
        "region",
        "period",
        "indicator",
        "measure",
        *(f"{column}_{side}" for side in ("before", "after") for column in _SAID),
        "why",
    ]
    lines = [[r.region, r.period, r.indicator, r.measure, *_cells(r.before), *_cells(r.after), r.why] for r in found]
    return project.csv_text([heads, *(map(unrun, line) for line in lines)])


def _cells(row: Row | None) -> tuple[str, ...]:
    return _said(row) or ("",) * len(_SAID)


def shown(row: Row | None) -> str:
    """A side of a revision in a few words: ``≥ 9000 (printed)``, ``30000 to 39999 (range)``."""
    if row is None:
        return "not stated"
    sign = {"at_least": "≥ ", "at_most": "≤ "}.get(row["bound"], "")
    between = f"{row['low']} to {row['high']}"
    amount = row["value"] or (between if row["low"] else "no value")
    exact = row["low"] == row["high"] or not row["value"]
    return f"{sign}{amount} ({row['status']}{'' if exact else f', {between}'})"

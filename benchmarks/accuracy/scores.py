"""What the engine makes of all labelled texts, beside the committed tables.

``python -m benchmarks.accuracy scores`` reads `tests/cases`, `tests/corpus` and the reports kept
apart, and prints each table against the committed one; ``-v`` adds each label that is not right.
``--write`` writes the tables anew, unless a cell got worse (then only with ``--worse``).
"""

from __future__ import annotations

import argparse
import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from analysis.reading import read

from . import corpus, invariance, outcomes, passages, report, small
from .cases import FOLDER, PROVEN, STRONG, labelled_for
from .score import Verdict

ROOT = FOLDER.parents[1]
COMMAND = "python -m benchmarks.accuracy scores --write"
#: what becomes of a label, from best to worst; on one line, what is as good
GRADES = (
    ("right",),
    ("right flagged",),
    ("bounds hold", "set aside"),
    ("undecided",),
    ("wrong flagged", "missed"),
    ("part as year", "bound turned", "wrong printed"),
    ("wrong proven",),
)
INVENTED = (("invented flagged",), ("invented printed",), ("invented proven",))
Key = tuple[str, ...]
Counts = Counter[str]


@dataclass(frozen=True)
class Table:
    """A committed table of counts.

    `ladders`: columns from best to worst, where the count of no rung and all worse ones may grow;
    `more`, `fewer`: columns that may only grow, or only shrink; `facts`: of the texts themselves;
    `also`: columns that may do either.
    """

    path: Path
    keys: Key
    facts: Key = ()
    ladders: tuple[tuple[Key, ...], ...] = ()
    more: Key = ()
    fewer: Key = ()
    also: Key = ()

    @property
    def columns(self) -> Key:
        rungs = [name for ladder in self.ladders for rung in ladder for name in rung]
        return (*self.facts, *rungs, *self.more, *self.fewer, *self.also)

    def committed(self) -> dict[Key, Counts]:
        """The counts as the file has them; none where it is missing or has other columns."""
        try:
            with self.path.open(encoding="utf-8", newline="") as file:
                return {
                    tuple(row[k] for k in self.keys): Counter({c: int(row[c]) for c in self.columns})
                    for row in csv.DictReader(file)
                }
        except (FileNotFoundError, KeyError, ValueError, TypeError):
            return {}

    def text(self, counts: dict[Key, Counts]) -> str:
        """Counts as the file has them."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*self.keys, *self.columns])
        writer.writerows([*key, *(n[c] for c in self.columns)] for key, n in counts.items())
        return out.getvalue()

    def worse(self, old: Counts, new: Counts) -> list[str]:
        """What got worse from old to new counts of one row, in words."""
        found = [f"{c}: {old[c]} → {new[c]}" for c in self.more if new[c] < old[c]]
        found += [f"{c}: {old[c]} → {new[c]}" for c in self.fewer if new[c] > old[c]]
        for ladder in self.ladders:
            falls = zip(reversed(ladder), _from_worst(ladder, old), _from_worst(ladder, new), strict=True)
            found += [f"{' or '.join(rung)} or worse: {was} → {now}" for rung, was, now in falls if now > was]
        return found


def _from_worst(ladder: Sequence[Key], counts: Counts) -> list[int]:
    return list(accumulate(sum(counts[name] for name in rung) for rung in reversed(ladder)))


PASSAGES = Table(
    FOLDER / "scores.csv",
    ("group", "language"),
    ("texts", "refused", "labels"),
    (GRADES, INVENTED),
    also=("strong rows", "strong rows right"),
)
CORPUS = Table(ROOT / "tests" / "corpus" / "scores.csv", ("set", "language"), ("texts", "labels"), (GRADES, INVENTED))
SMALL = Table(FOLDER / "kinds.csv", ("kind",), ("cases",), (), ("passed",), ("forbidden", "extra"))
INVARIANCE = Table(
    FOLDER / "changes.csv", ("change", "language"), ("texts",), fewer=("lost", "added", "stronger"), also=("figures",)
)
OUTCOMES = Table(FOLDER / "outcomes.csv", ("kind", "code"), also=("en", "zh"))
Measured = tuple[dict[Key, Counts], list[str]]


def of_passages() -> Measured:
    """Counts by group and language, and each label that is not right, in words."""
    counts: dict[Key, Counts] = {}
    said = []
    for passage, taken in passages.read(passages.load()):
        grades = passages.judge(passage.labels, taken.rows)
        found = Counter(g.name for g in grades)
        strong = [row for row in taken.rows if row.status in STRONG and row.indicator in labelled_for()]
        found.update(
            {
                "texts": 1,
                "refused": int(bool(taken.refused) and not taken.rows),
                "labels": sum(not label.open for label in passage.labels),
                "strong rows": len(strong),
                "strong rows right": sum(passages.rightly(row, passage.labels) for row in strong),
            }
        )
        for key in ((passage.group, passage.language), ("all", "all")):
            counts.setdefault(key, Counter()).update(found)
        said += [f"{passage.name} | {g.name} | {g.label or ''} | {g.row or ''}" for g in grades if g.name != "right"]
        said += [f"{passage.name} | refused | {why}" for why in taken.refused]
    return dict(sorted(counts.items())), said


def of_small() -> Measured:
    """Counts by kind of failure, and what keeps each case from passing."""
    counts: dict[Key, Counts] = {}
    said = []
    for case, taken in small.read():
        faults = small.faults(case, taken)
        found = Counter(cases=1, passed=int(not faults), forbidden=_any(faults, "NEVER"), extra=_any(faults, "EXTRA"))
        for key in ((case["kind"],), ("all",)):
            counts.setdefault(key, Counter()).update(found)
        said += [f"{case['id']} | {fault}" for fault in faults]
    return dict(sorted(counts.items())), said


def _any(faults: Iterable[str], word: str) -> int:
    return int(any(fault.startswith(word) for fault in faults))


def of_corpus() -> Measured:
    """Counts of hand-written reports by set and language, and each verdict but right."""
    counts: dict[Key, Counts] = {}
    said = []
    for name, folder in (("corpus", CORPUS.path.parent), *_apart()):
        for document in corpus.load(folder):
            made = read(
                document.text,
                region="city",
                year=document.year,
                kind=document.kind,
                document=f"{document.year}-{document.kind}",
            )
            verdicts = corpus.judge(document, made.observations)
            row = counts.setdefault((name, document.language), Counter())
            row.update(_grade(v) for v in verdicts)
            sure = [s for s in document.stated if s.flag not in ("optional", "open")]
            row.update(texts=1, labels=len(sure))
            said += [
                f"{document.name} | {_grade(v)} | {v.figure} {v.truth} | {v.read_figure} "
                f"{v.value} {v.status} {v.printed!r}"
                for v in verdicts
                if _grade(v) != "right"
            ]
    return dict(sorted(counts.items())), said


def _apart() -> list[tuple[str, Path]]:
    folder = Path(__file__).parent / "apart"
    return [("first", folder), *((n, folder / n) for n in ("second", "third"))]


def _grade(verdict: Verdict) -> str:
    """A verdict of the corpus as a grade of the table."""
    strength = "proven" if verdict.status in PROVEN else "printed" if verdict.status in STRONG else "flagged"
    if verdict.outcome == "right":
        return "right" if strength != "flagged" else "right flagged"
    named = {"bounded": "bounds hold", "open": "undecided", "missed": "missed"}
    return named.get(verdict.outcome) or f"{verdict.outcome.removesuffix('-key')} {strength}"


TABLES: tuple[tuple[Table, Callable[[], Measured]], ...] = (
    (SMALL, of_small),
    (PASSAGES, of_passages),
    (CORPUS, of_corpus),
    (OUTCOMES, outcomes.measure),
    (INVARIANCE, invariance.measure),
)


def compare(table: Table, counts: dict[Key, Counts]) -> tuple[list[str], list[str]]:
    """What got worse, and every cell that differs, in words."""
    committed = table.committed()
    worse, differing = [], []
    for key in {**committed, **counts}:
        old, new = committed.get(key, Counter()), counts.get(key, Counter())
        name = f"{table.path.parent.name}/{table.path.name} {' '.join(key)}"
        if all(old[c] == new[c] for c in table.facts):
            worse += [f"{name}: {words}" for words in table.worse(old, new)]
        differing += [f"{name}: {c} {old[c]} → {new[c]}" for c in table.columns if old[c] != new[c]]
    return worse, differing


def _shown(table: Table, counts: dict[Key, Counts]) -> str:
    """A Markdown table of counts; where the committed one differs, its count comes first."""
    committed = table.committed()
    head = [*table.keys, *table.columns]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for key, new in counts.items():
        old = committed.get(key, Counter())
        if table in (SMALL, OUTCOMES) and old == new and key != ("all",):
            continue
        cells = [str(new[c]) if old[c] == new[c] else f"{old[c]} → {new[c]}" for c in table.columns]
        lines.append("| " + " | ".join([*key, *cells]) + " |")
    return "\n".join(lines)


def passages_table() -> str:
    """The committed scores of the passages as the page shows them."""
    head = [
        "Passages",
        "Labels",
        "Right",
        "Right, flagged",
        "Bounds hold",
        "Missed",
        "Wrong, flagged",
        "As the year",
        "Wrong, strong",
        "Invented, flagged",
        "Invented, strong",
        "Strong rows right",
    ]
    rows = []
    for key, n in PASSAGES.committed().items():
        labels = n["labels"]
        rows.append(
            [
                ", ".join(dict.fromkeys(key)),
                labels,
                report.share(n["right"], labels),
                report.share(n["right flagged"], labels),
                report.share(n["bounds hold"] + n["set aside"], labels),
                report.share(n["missed"], labels),
                n["wrong flagged"],
                n["part as year"],
                n["wrong printed"] + n["wrong proven"] + n["bound turned"],
                n["invented flagged"],
                n["invented printed"] + n["invented proven"],
                report.share(n["strong rows right"], n["strong rows"]),
            ]
        )
    return report.table(head, rows)


def kinds_line() -> str:
    """The committed scores of the short texts in a sentence."""
    counts = SMALL.committed()
    n = counts.pop(("all",), Counter())
    whole = sum(kind["passed"] == kind["cases"] for kind in counts.values())
    return (
        f"Of {n['cases']} short texts, each with one difficulty (`tests/cases/small.jsonl`), "
        f"{n['passed']} pass; in {n['forbidden']} a figure that must not stands with a strong "
        f"status. Of {len(counts)} kinds of difficulty {whole} pass whole."
    )


def changes_table() -> str:
    """The committed table of changes as the page shows it."""
    rows = (
        [*key, *(n[c] for c in ("texts", "figures", "lost", "added", "stronger"))]
        for key, n in INVARIANCE.committed().items()
    )
    return report.table(["Change", "Language", "Texts", "Figures", "Lost", "Added", "Stronger"], rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all tables; exit code 1 where a committed one differs and is not written."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.accuracy scores",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("tables", nargs="*", metavar="TABLE", help="like cases/kinds or corpus")
    parser.add_argument("-v", "--verbose", action="store_true", help="each label not right")
    parser.add_argument("--write", action="store_true", help="write the committed tables anew")
    parser.add_argument("--worse", action="store_true", help="write them even where worse")
    given = parser.parse_args(arguments)
    code = 0
    for table, measure in TABLES:
        path = str(table.path.relative_to(ROOT))
        if given.tables and not any(word in path for word in given.tables):
            continue
        counts, said = measure()
        worse, differing = compare(table, counts)
        if given.verbose:
            print("\n".join(said))
        print(f"\n{path}\n\n{_shown(table, counts)}\n")
        print("".join(f"WORSE {line}\n" for line in worse), end="", flush=True)
        if given.write and (given.worse or not worse):
            table.path.write_text(table.text(counts), encoding="utf-8", newline="\n")
        elif differing:
            code = 1
    return code

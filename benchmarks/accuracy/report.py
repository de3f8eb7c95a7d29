"""The published page: what was asked, what was reached, and where it fails, as Markdown tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from .peers import Localised
from .score import FLAGS, STRONG, Tally, Verdict, tally

STATUSES = ("confirmed", "printed", "repaired", "plausible", "range", "conflict", "unreadable")
MEASURES = ("outturn", "target", "ceiling", "completion", "cumulative")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column left, the others right."""
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def share(part: int, whole: int, digits: int = 1) -> str:
    return f"{100 * part / whole:.{digits}f} %" if whole else "–"


def per_thousand(part: int, whole: int) -> str:
    return f"{part} of {whole} ({1000 * part / whole:.1f} ‰)" if whole else "–"


def accuracy(named: dict[str, list[Verdict]]) -> str:
    """One row per set of reports."""
    head = [
        "Reports",
        "Figures",
        "Found",
        "Right",
        "Bounds hold",
        "Undecided",
        "Wrong, flagged",
        "Wrong, printed",
        "Wrong, confirmed or repaired",
        "Invented",
        "Damaged in an identity, settled right",
    ]
    return table(head, [_row(name, tally(v)) for name, v in named.items()])


def _row(name: str, t: Tally) -> list[object]:
    return [
        name,
        t.stated,
        share(t.found, t.stated),
        share(t.right, t.stated),
        share(t.bounded, t.stated),
        share(t.open, t.stated),
        t.wrong_flagged,
        t.wrong_printed,
        per_thousand(t.wrong_strong, t.strong),
        t.invented,
        f"{share(t.touched_settled, t.touched)} of {t.touched}",
    ]


def by(verdicts: Sequence[Verdict], name: str, key: Callable[[Verdict], str], order: Sequence[str] = ()) -> str:
    """Outcomes by a property of the figures: its damage, its status."""
    groups: dict[str, list[Verdict]] = {}
    for v in verdicts:
        groups.setdefault(key(v), []).append(v)
    names = [n for n in order if n in groups] or sorted(groups, key=lambda n: (-len(groups[n]), n))
    head = [
        name,
        "Figures",
        "Right",
        "Bounds hold",
        "Undecided",
        "Not found",
        "Wrong, flagged",
        "Wrong, printed",
        "Wrong, confirmed or repaired",
        "Damaged in an identity, settled right",
    ]
    rows = []
    for n in names:
        t = tally(groups[n])
        rows.append(
            [
                n or "none",
                len(groups[n]),
                share(t.right, len(groups[n])),
                t.bounded,
                t.open,
                t.stated - t.found,
                t.wrong_flagged,
                t.wrong_printed,
                t.wrong_strong,
                f"{t.touched_settled} of {t.touched}",
            ]
        )
    return table(head, rows)


def scope(verdicts: Sequence[Verdict]) -> str:
    """What each figure was about (rows) and what it was read as (columns)."""
    rows = []
    for true in MEASURES:
        mine = [v for v in verdicts if v.measure == true and v.outcome != "missed"]
        same = [v for v in mine if v.outcome != "wrong-key"]
        read = Counter(v.read_measure for v in mine if v.outcome == "wrong-key" and v.read_measure != v.measure)
        period = sum(v.outcome == "wrong-key" and v.read_measure == v.measure for v in mine)
        rows.append([true, len(mine), len(same), period, *(read.get(m, 0) for m in MEASURES)])
    return table(["Stated as", "Linked", "Rightly", "Other period or indicator", *(f"as {m}" for m in MEASURES)], rows)


def scope_share(verdicts: Sequence[Verdict]) -> tuple[int, int]:
    """Of the figures linked to anything: told apart rightly, and all."""
    linked = [v for v in verdicts if v.outcome not in ("missed", "invented")]
    return sum(v.outcome != "wrong-key" for v in linked), len(linked)


def worst_scope(verdicts: Sequence[Verdict]) -> int:
    """Totals and targets shown as a year's result with status confirmed (asked: none)."""
    return sum(
        v.measure in ("cumulative", "target") and v.read_measure == "outturn" and v.status in STRONG for v in verdicts
    )


def localisation(found: dict[str, Localised]) -> str:
    head = [
        "Method",
        "Sums with a wrong figure",
        "Exactly the wrong ones",
        "Wrong figures",
        "Of them pointed out",
        "Right figures accused",
        "Repaired right",
        "Repaired wrong",
    ]
    return table(
        head,
        [
            [
                name,
                r.identities,
                share(r.exact, r.identities),
                r.wrong_figures,
                share(r.pointed_out, r.wrong_figures),
                r.right_accused,
                r.repaired,
                r.repaired_wrong,
            ]
            for name, r in found.items()
        ],
    )


def requirements(clean: list[Verdict], damaged: list[Verdict], government: list[Verdict], apart: list[Verdict]) -> str:
    """What the project set itself, and what these runs measured."""
    c, d, a = tally(clean), tally(damaged), tally(apart)
    right, linked = scope_share(government)
    unseen = scope_share([v for v in apart if v.kind == "government-report"])
    flagged = [v for v in clean if v.status in FLAGS]
    undated = sum(v.measure == "cumulative" and v.outcome == "right" for v in flagged)
    rows: list[list[object]] = [
        ["No damage: found", "100 %", share(c.found, c.stated, 2)],
        ["No damage: flagged", "0", f"{len(flagged) - undated} of {c.stated} (and {undated} totals of unnamed years)"],
        ["Damaged: found and linked", "at least 95 %", share(d.found, d.stated)],
        ["Damaged: confirmed or repaired, yet wrong", "at most 1 ‰", per_thousand(d.wrong_strong, d.strong)],
        [
            "Damaged figures that an identity touches, settled",
            "at least 70 %",
            f"{share(d.touched_settled, d.touched)} of {d.touched}",
        ],
        ["Kept apart: found and linked", "at least 95 %", f"{share(a.found, a.stated)} of {a.stated}"],
        ["Kept apart: confirmed or repaired, yet wrong", "at most 1 ‰", f"{a.wrong_strong} of {a.strong}"],
        [
            "Results, targets, ceilings and totals told apart, kept apart",
            "at least 98 %",
            f"{share(*unseen)} of {unseen[1]}",
        ],
        ["The same, known text", "at least 98 %", share(right, linked)],
        ["Totals or targets confirmed as a year's result", "0", worst_scope([*government, *apart])],
    ]
    return table(["Requirement", "Asked", "Measured"], rows)


def failures(verdicts: Sequence[Verdict], limit: int = 12) -> str:
    """Examples of what went wrong, the gravest first."""
    wrong = [v for v in verdicts if v.outcome in ("wrong", "wrong-key", "invented", "missed")]
    grave = {"confirmed": 0, "repaired": 0, "printed": 1}
    wrong.sort(key=lambda v: (v.outcome == "missed", grave.get(v.status, 2)))
    rows = []
    for v in wrong[:limit]:
        words = v.context.replace("\n", " ").replace("|", "¦")
        figure = (v.figure or v.read_figure).replace(":", " ")
        rows.append(
            [
                v.outcome,
                v.status or "–",
                figure,
                f"`{v.printed}`" if v.printed else "–",
                v.value if v.value is not None else "–",
                v.truth if v.truth is not None else "–",
                words,
            ]
        )
    return table(["What", "Status", "Figure", "Printed", "Read", "True", "Around it"], rows)

"""How often each status was wrong on text that nobody writing the engine had read, for the pages.

``python -m benchmarks.accuracy reliability`` writes the file that the index of all pages quotes:
what reading real text blind gave (`real.csv`, recorded when it was read, for the texts are not
kept), and each status in the hand-written reports kept apart.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from .report import STATUSES
from .score import Verdict

OUTPUT = Path(__file__).resolve().parents[2] / "src/analysis/pages/assets/reliability.csv"
REAL = Path(__file__).with_name("real.csv")
_COLUMNS = ("text", "status", "texts", "figures", "wrong")


def table(unseen: Sequence[Verdict], reports: int) -> str:
    """The file as CSV: `figures` of a status in so many `texts`, and how many were `wrong`.

    `unseen` are the verdicts on the `reports` kept apart. A figure that no text states is wrong,
    and so is one of another indicator, measure or period; an interval with the truth in it is not.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_real())
    for status in STATUSES:
        mine = [v for v in unseen if v.status == status]
        wrong = sum(v.outcome in ("wrong", "wrong-key", "invented") for v in mine)
        writer.writerow(["apart", status, reports, len(mine), wrong])
    return out.getvalue()


def _real() -> Iterable[list[object]]:
    with REAL.open(encoding="utf-8", newline="") as file:
        rounds = list(csv.DictReader(file))
    texts, settled, right, proven = (
        sum(int(row[column]) for row in rounds) for column in ("passages", "settled", "settled_right", "proven_wrong")
    )
    yield ["real", "settled", texts, settled, settled - right]
    yield ["real", "confirmed or repaired", texts, settled, proven]

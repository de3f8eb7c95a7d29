"""How often each status has been wrong, in a sentence.

The numbers are those of `assets/reliability.csv`, which ``python -m benchmarks.accuracy
reliability`` writes.
"""

from __future__ import annotations

import csv
import io
from functools import cache

from analysis.pages import assets
from analysis.writing import words


@cache
def told(language: str) -> str:
    """What reading text blind gave: on real pages, and for each status on reports kept apart."""
    rows = list(csv.DictReader(io.StringIO(assets.read("reliability.csv"))))
    say = assets.texts("index", language)
    real = {row["status"]: row for row in rows if row["text"] == "real"}
    apart = [row for row in rows if row["text"] == "apart" and int(row["figures"])]
    each = [
        say["of_status"].format(
            status=words.word(f"statuses/{row['status']}", language),
            n=row["wrong"],
            of=_number(row["figures"], language),
        )
        for row in apart
    ]
    return say["reliable"].format(
        pages=real["settled"]["texts"],
        settled=_number(real["settled"]["figures"], language),
        wrong=_number(real["settled"]["wrong"], language),
        proven=real["confirmed or repaired"]["wrong"],
        reports=apart[0]["texts"],
        each=words.listing(each, language),
    )


def _number(digits: str, language: str) -> str:
    return words.number(int(digits), language)

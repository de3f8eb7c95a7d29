"""Whether the short texts of `tests/cases` pass.

A case passes when each row of `expect` is met, no row of `never` stands with a strong status, and
its last document states no other figure with one (`indicators.txt` lists what the rows speak of).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from .cases import STRONG, Row, Taken, Text, labelled_for, scratch, small, take

_FINE = (*STRONG, "plausible")
_PART = re.compile(
    r"before the year|part of (?:the|a) year|months?\b|quarter|half|part[- ]year"
    r"|年底之前|截至|部分",
    re.I,
)
Case = dict[str, Any]


def read(cases: Iterable[Case] | None = None) -> Iterator[tuple[Case, Taken]]:
    """Each case with what came of its documents, the earlier ones (`also`) first."""
    with scratch() as folder:
        for case in small() if cases is None else cases:
            texts = [_text({**case, **document}) for document in (*case["also"], case)]
            yield case, take(texts, folder / case["id"])


def _text(case: Case) -> Text:
    return Text(case["text"], case["year"], case["document_kind"], case["region_level"], case.get("suffix", ".txt"))


def faults(case: Case, taken: Taken) -> list[str]:
    """What keeps a case from passing; empty where it passes."""
    found = [f"refused: {why}" for why in taken.refused if "states no figure" not in why]
    for wanted in case["expect"]:
        if why := unmet(wanted, taken.rows):
            found.append(f"{wanted['indicator']} {wanted['measure']} {wanted['period']} {wanted['value']}: {why}")
    found += [f"NEVER {row}" for never in case["never"] for row in forbidden(never, taken.rows)]
    found += [f"EXTRA {row}" for row in taken.rows if _extra(case, row)]
    return found + [f"says {words!r}" for words in case.get("says_never", ()) if words in taken.said]


def unmet(wanted: Case, rows: Sequence[Row]) -> str:
    """Why no row meets an expected one; empty where one does, or need not."""
    if "/" in wanted["period"]:
        year = any(_as_year(wanted, row) for row in rows)
        return "shown as the whole year's" if year else ""
    reasons = [_unfit(wanted, row) for row in rows if _speaks_of(wanted, row)]
    if "" in reasons or wanted.get("optional"):
        return ""
    spoken = [reason for reason in reasons if not reason.startswith("reads")] or reasons
    return spoken[-1] if spoken else "missing"


def _as_year(wanted: Case, row: Row) -> bool:
    """Whether a row shows a part of a year as the year's, unflagged and without a word."""
    return (
        _indicator(wanted, row)
        and (row.measure, row.period) == (wanted["measure"], wanted["period"][:4])
        and _near(wanted, row)
        and row.status in STRONG
        and not _PART.search(row.note)
    )


def _unfit(wanted: Case, row: Row) -> str:
    if not (_near if wanted["value"] is not None else _interval)(wanted, row):
        return f"reads {row}"
    if wanted["value"] is not None and row.status not in wanted.get("status", _FINE):
        return f"right but {row.status}"
    if row.measure != "ceiling" and wanted["bound"] not in (None, row.bound):
        return f"right but bound {row.bound!r}"
    return ""


def _indicator(wanted: Case, row: Row) -> bool:
    return row.indicator in (wanted["indicator"], *wanted.get("or_indicator", ()))


def _speaks_of(wanted: Case, row: Row) -> bool:
    periods = (wanted["period"], *wanted.get("or_period", ()))
    unnamed = "unnamed" in periods and (row.measure == "cumulative" or _several(row.period))
    return (
        _indicator(wanted, row)
        and row.measure in (wanted["measure"], *wanted.get("or_measure", ()))
        and (row.period in periods or unnamed)
    )


def _several(period: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{4}", period)) or period in ("", "unnamed")


def _near(wanted: Case, row: Row) -> bool:
    """Whether the row's value lies within the printed rounding, or is one as good."""
    if row.value is None:
        return False
    slack = 1e-6 * max(1.0, abs(row.value))
    if wanted["value"] is not None and (wanted["low"] - slack <= row.value <= wanted["high"] + slack):
        return True
    return any(abs(row.value - other) <= max(slack, 0.006 * abs(other)) for other in wanted.get("or_value", ()))


def _interval(wanted: Case, row: Row) -> bool:
    """Whether the row has no value, and the expected ends (`loose`: about them)."""
    if row.value is not None or row.low is None or row.high is None:
        return False
    if wanted.get("loose"):
        return wanted["low"] * 0.45 <= row.low <= row.high <= wanted["high"] * 1.25 and row.high >= wanted["low"]
    slack = 0.06 * wanted["high"]
    return abs(row.low - wanted["low"]) <= slack and abs(row.high - wanted["high"]) <= slack


def forbidden(never: Case, rows: Iterable[Row]) -> list[Row]:
    """The rows that a row of `never` forbids; a null value stands for any."""
    return [row for row in rows if _forbids(never, row)]


def _forbids(never: Case, row: Row) -> bool:
    if row.indicator != never["indicator"] or never["measure"] not in ("any", row.measure):
        return False
    if never["period"] not in ("any", row.period):
        return False
    value = never["value"]
    if value is not None and (row.value is None or abs(row.value - value) > 1e-6 * max(1, abs(value))):
        return False
    if row.status not in STRONG and not never.get("any_status"):
        return False
    unless = never.get("unless_noted")
    return not (_PART.search(row.note) if unless == "part" else unless and row.note)


def _extra(case: Case, row: Row) -> bool:
    """Whether the last document states a strong figure that nobody expects or forbids."""
    if row.status not in STRONG or not row.document.startswith(f"{case['year']}-"):
        return False
    if row.indicator not in labelled_for() or any(_expects(w, row) for w in case["expect"]):
        return False
    if any(_forbids(never, row) for never in case["never"]):
        return False
    return not (row.note and any("/" in wanted["period"] for wanted in case["expect"]))


def _expects(wanted: Case, row: Row) -> bool:
    if "/" in wanted["period"]:
        return (
            row.period in (wanted["period"], wanted["period"][:4])
            and _indicator(wanted, row)
            and row.measure == wanted["measure"]
            and _near(wanted, row)
        )
    return _speaks_of(wanted, row) and (wanted["value"] is None or _near(wanted, row))

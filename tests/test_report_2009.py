"""The bureau's report of 2009, read from its file: what is settled, and what is not claimed."""

from functools import lru_cache
from pathlib import Path

from analysis.reading import Observation, Report, read

RAW = Path(__file__).parents[1] / "data" / "raw" / "guangyuan" / "2009-labor-bureau-report.txt"


@lru_cache
def report() -> Report:
    return read(RAW.read_text(encoding="utf-8"), region="guangyuan", document=RAW.stem, year=2009, kind="bureau-report")


def observed(indicator: str, measure: str = "outturn") -> Observation:
    (found,) = [o for o in report().observations if (o.indicator, o.measure) == (indicator, measure)]
    return found


def test_every_digit_of_the_report_is_in_a_row() -> None:
    text = RAW.read_text(encoding="utf-8")
    inside = {i for n in report().numerals for i in range(n.start, n.end)}
    assert all(i in inside for i, c in enumerate(text) if c.isdigit())


def test_no_number_is_left_unlinked() -> None:
    assert {n.fate for n in report().numerals} == {"observation", "ordinal", "name", "definition"}


def test_every_span_holds_what_was_printed() -> None:
    text = RAW.read_text(encoding="utf-8")
    assert all(text[o.start : o.end] == o.printed for o in report().observations)


def test_what_arithmetic_proves_is_repaired() -> None:
    proven = {(o.indicator, o.measure): int(o.value or 0) for o in report().observations if o.status == "repaired"}
    assert proven == {
        ("employment.migrant_training", "completion"): 107,
        ("employment.labor_transfer", "completion"): 102,
        ("reconstruction.projects_completed", "outturn"): 215,
    }


def test_the_tie_of_the_funds_is_settled_by_soft_evidence_only() -> None:
    unemployment, maternity = observed("fund.unemployment"), observed("fund.maternity")
    assert (unemployment.status, maternity.status) == ("plausible", "plausible")
    assert (unemployment.value, maternity.value) == (41_000_000, 4_100_000)
    assert (unemployment.runner_up, maternity.runner_up) == (4_100_000, 41_000_000)
    assert "unemployment-per-head" in unemployment.basis.split()


def test_projects_that_do_not_add_up_are_a_conflict() -> None:
    started = observed("reconstruction.projects_started")
    assert (started.status, started.value, started.low) == ("conflict", 485, 482)


def test_masked_figures_are_ranges() -> None:
    jobs, reemployed = observed("employment.new_urban_jobs"), observed("employment.reemployed")
    assert (jobs.status, jobs.value, jobs.low, jobs.high) == ("range", None, 30000, 39999)
    assert (reemployed.low, reemployed.high) == (10000, 19999)


def test_what_no_rule_reads_is_unreadable() -> None:
    wages = observed("relations.wages_recovered")
    assert (wages.status, wages.value, wages.low) == ("unreadable", None, None)


def test_a_scale_that_nothing_settles_stays_open() -> None:
    residents = observed("insured.urban_resident_medical")
    assert (residents.status, residents.value) == ("range", None)
    assert residents.low <= 66_100 and residents.high >= 661_000

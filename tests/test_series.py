"""The edit rules tried on printed series."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy import series

ROOT = Path(__file__).parent.parent

HEAD = "year,indicator,measure,printed\n"


def trials(root: Path, *rows: str) -> dict[tuple[str, int], bool]:
    folder = root / "data" / "raw" / "china"
    folder.mkdir(parents=True)
    (folder / "2012-communique.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    found = series.trials(series.series(root, "china"), "nation")
    return {(trial.rule, trial.year): trial.holds for trial in found}


def test_a_sum_is_tried_to_the_last_printed_digit(tmp_path: Path) -> None:
    people = [("insured.basic_pension", "5.4亿人"), ("insured.urban_worker_pension", "2.1亿人")]
    rows = [f"2021,{indicator},outturn,{printed}" for indicator, printed in people]
    rule = "pension-is-workers-and-residents"
    fits, fails = ([*rows, f"2021,insured.resident_pension,outturn,{n}亿人"] for n in ("3.3", "3.6"))
    assert trials(tmp_path / "fits", *fits)[rule, 2021]
    assert not trials(tmp_path / "fails", *fails)[rule, 2021]


def test_a_balance_is_tried_with_the_year_before(tmp_path: Path) -> None:
    rows = [
        "2011,fund_balance.maternity,outturn,30亿元",
        "2012,fund_balance.maternity,outturn,42亿元",
        "2012,fund_income.maternity,outturn,33亿元",
        "2012,fund_expenditure.maternity,outturn,21亿元",
    ]
    assert trials(tmp_path, *rows)["balance-carries-over:maternity", 2012]


def test_a_number_said_to_be_more_than_so_much_leaves_the_sum_open(tmp_path: Path) -> None:
    rows = [
        "2012,insured.basic_pension,outturn,7.9亿人",
        "2012,insured.resident_pension,outturn,4.8亿人",
        "2012,insured.urban_worker_pension,outturn,超过2亿人",
    ]
    assert trials(tmp_path, *rows)["pension-is-workers-and-residents", 2012]


def test_every_rule_that_misses_on_the_national_series_is_explained() -> None:
    page = series.page(ROOT)
    assert "balance-carries-over" in page
    assert "not explained" not in page


def test_eight_schemes_of_the_nation_have_fifteen_years_of_insured_and_income() -> None:
    known = series.years(series.series(ROOT, "china"))
    long = {scheme for scheme, (insured, income) in known.items() if len(insured & income) >= 15}
    assert long >= {
        "urban_worker_pension",
        "resident_pension",
        "basic_medical",
        "urban_worker_medical",
        "resident_medical",
        "unemployment",
        "work_injury",
        "maternity",
    }

"""Figures of one year held against those of the year before and against totals over years."""

import csv
from pathlib import Path

import pytest

from analysis.intake import ingest
from analysis.reading import parse
from analysis.system import project

CHINESE = {
    "2010-labor-bureau-report": "2010年，全市城镇新增就业3.21万人，失业保险参保9.46万人。",
    "2011-labor-bureau-report": "2011年，全市城镇新增就业3.43万人，比上年增加{jobs}万人，失业保险参保"
    "9.93万人，同比增长{growth}%。",
}
ENGLISH = {
    "2010-labor-bureau-report": "In 2010, new urban employment reached 32,100 people.",
    "2011-labor-bureau-report": "In 2011, new urban employment reached 34,300 people, an increase of {jobs},200 "
    "over the previous year.",
}


def tables(root: Path, texts: dict[str, str], **given: object) -> tuple[dict, list[dict]]:
    raw = root / "data" / "raw" / "linan"
    raw.mkdir(parents=True)
    for name, text in texts.items():
        (raw / f"{name}.txt").write_text(text.format(**given) + "\n", encoding="utf-8")
    ingest.refresh(root, "linan")
    processed = root / "data" / "processed" / "linan"
    with (processed / "edits.csv").open(encoding="utf-8", newline="") as file:
        edits = [row for row in csv.DictReader(file) if row["rule"] == "level-change"]
    with (processed / "2011-labor-bureau-report" / "observations.csv").open(encoding="utf-8", newline="") as file:
        found = {row["indicator"]: row for row in csv.DictReader(file)}
    return found, edits


def test_a_stated_increase_that_agrees_confirms_the_level(tmp_path: Path) -> None:
    found, edits = tables(tmp_path, CHINESE, jobs="0.22", growth="5.0")
    assert [(e["figures"], e["holds"], e["kind"]) for e in edits] == [
        ("employment.new_urban_jobs", "True", "hard"),
        ("insured.unemployment", "True", "soft"),
    ]
    assert found["employment.new_urban_jobs"]["status"] == "confirmed"
    assert "level-change" in found["employment.new_urban_jobs"]["basis"]


def test_a_growth_rate_that_agrees_proves_nothing(tmp_path: Path) -> None:
    """It would hold just as well for both levels ten times too large."""
    found, _ = tables(tmp_path, CHINESE, jobs="0.22", growth="5.0")
    assert found["insured.unemployment"]["status"] == "printed"


def test_a_change_that_does_not_agree_is_shown_and_repairs_nothing(tmp_path: Path) -> None:
    found, edits = tables(tmp_path, CHINESE, jobs="0.62", growth="5.0")
    jobs = found["employment.new_urban_jobs"]
    assert [e["holds"] for e in edits] == ["False", "True"]
    assert (jobs["status"], jobs["value"]) == ("printed", "34300")
    assert "the printed change (0.62万人) would make it 38,300" in jobs["note"]


def test_english_changes_on_the_year_before(tmp_path: Path) -> None:
    found, edits = tables(tmp_path, ENGLISH, jobs=2)
    assert [e["holds"] for e in edits] == ["True"]
    assert found["employment.new_urban_jobs"]["status"] == "confirmed"


@pytest.mark.parametrize("growth", ["5", "4.97"])
def test_the_rounding_of_a_growth_rate_is_allowed_for(tmp_path: Path, growth: str) -> None:
    _, edits = tables(tmp_path, CHINESE, jobs="0.22", growth=growth)
    assert edits[1]["holds"] == "True"


def carried(root: Path, year: int, balance: str) -> tuple[list[dict], dict]:
    texts = {
        f"{year - 1}-labor-bureau-report": f"{year - 1}年末，全市失业保险基金累计结余3.10亿元。",
        f"{year}-labor-bureau-report": f"{year}年，全市失业保险基金收入1.20亿元，支出0.70亿元，累计结余{balance}亿元。",
    }
    raw = root / "data" / "raw" / "linan"
    raw.mkdir(parents=True)
    for name, text in texts.items():
        (raw / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
    ingest.refresh(root, "linan")
    processed = root / "data" / "processed" / "linan"
    rows = project.rows(processed / f"{year}-labor-bureau-report" / "observations.csv")
    balances = {row["indicator"]: row for row in rows}
    return project.rows(processed / "edits.csv"), balances["fund_balance.unemployment"]


def test_a_balance_carries_over_to_one_percent(tmp_path: Path) -> None:
    edits, balance = carried(tmp_path, 2012, "3.63")
    assert [(e["rule"], e["holds"], e["kind"]) for e in edits] == [
        ("balance-carries-over:unemployment", "True", "soft")
    ]
    assert balance["note"] == ""


def test_a_balance_that_does_not_carry_over_is_said_and_keeps_its_status(tmp_path: Path) -> None:
    edits, balance = carried(tmp_path, 2012, "3.90")
    (edit,) = edits
    assert (edit["holds"], float(edit["left"]), float(edit["right"])) == ("False", 3.9e8, 3.6e8)
    assert balance["status"] == "printed"
    assert "it does not agree: last year's balance" in balance["note"]


@pytest.mark.parametrize("year", [2014, 2018, 2019, 2020])
def test_no_balance_carries_over_a_year_in_which_funds_merged(tmp_path: Path, year: int) -> None:
    assert carried(tmp_path, year, "3.60")[0] == []


def test_part_of_a_year_stands_in_no_panel_and_in_no_check_of_years(tmp_path: Path) -> None:
    half = "2011年上半年，全市城镇新增就业3.43万人，比上年增加0.22万人。"
    found, edits = tables(tmp_path, CHINESE | {"2011-labor-bureau-report": half})
    assert found["employment.new_urban_jobs"]["period"] == "2011-01/2011-06"
    panel = tmp_path / "data/processed/linan/panel.csv"
    with panel.open(encoding="utf-8", newline="") as file:
        assert {row["year"] for row in csv.DictReader(file)} == {"2010"}
    assert not edits


def test_changes_told_in_a_list_belong_to_the_results_at_their_places() -> None:
    text = "2016年，全市失业保险、工伤保险参保人数分别达到23.1万人、25.6万人，比上年分别增加0.8万人、1.9万人。"
    parsed = parse(text, year=2016, kind="bureau-report")
    assert [
        (c.indicator, c.low < amount < c.high) for c, amount in zip(parsed.changes, (8000, 19000), strict=True)
    ] == [("insured.unemployment", True), ("insured.work_injury", True)]
    assert [n.fate for n in parsed.numerals].count("change") == 2

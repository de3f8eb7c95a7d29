"""Doubt about the year a report is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.intake.dating import doubt, years_in
from analysis.system.project import parse_name
from short_reports import report

ROOT = Path(__file__).parent.parent
GOVERNMENT, BUREAU = "government-report", "bureau-report"
UNTITLED = report(2012).split("\n", 2)[2]


def test_years_are_counted_in_either_script_and_plans_are_not():
    assert years_in("二〇一一年和２０１１年，2012年；2011—2015年规划") == {2011: 2, 2012: 1}
    assert years_in("新增就业2011人，2,011 people, 2010.5") == {}


@pytest.mark.parametrize(
    "head",
    [
        "2012年政府工作报告",
        "二○一二年政府工作報告",
        "2012 Government Work Report",
        "Report on the Work of the Government (2012)",
        "在2012年2月8日市第六届人民代表大会上",
        "2011年12月28日在市第六届人民代表大会第二次会议上",
        "政府工作报告\n（2012年2月20日）",
        "政府工作报告\n一、2011年工作回顾",
        "Review of the work of 2011",
    ],
)
def test_a_title_or_session_settles_the_year(head):
    text = f"{head}\n全年城镇新增就业3万人。"
    assert doubt(text, 2012, GOVERNMENT) == ""
    assert "2012" in doubt(text, 2013, GOVERNMENT)


def test_a_government_report_speaks_of_its_year_and_the_one_before():
    assert doubt(UNTITLED * 3, 2012, GOVERNMENT) == ""
    assert doubt(UNTITLED * 3, 2013, GOVERNMENT)
    assert doubt(UNTITLED * 3, 2009, GOVERNMENT)


@pytest.mark.parametrize(
    "title",
    [
        "2012年工作总结及2013年工作打算",
        "Labour and social security in Leshan, 2012",
        "市劳动局工作总结（2013年1月15日）\n2012年就业和社会保障工作",
    ],
)
def test_the_title_of_a_bureau_report_names_its_year_first(title):
    text = f"{title}\n全年城镇新增就业3万人。"
    assert doubt(text, 2012, BUREAU) == ""
    assert doubt(text, 2013, BUREAU) and doubt(text, 2011, BUREAU)


CORPUS = sorted((ROOT / "tests" / "corpus").glob("*.txt"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_no_report_is_doubted_under_its_own_year(path):
    year, kind = parse_name(path.stem.partition("-")[2])
    assert doubt(path.read_text("utf-8"), year, kind) == ""


def test_a_report_that_names_no_year_leaves_no_doubt():
    text = (ROOT / "data/raw/guangyuan/2009-labor-bureau-report.txt").read_text("utf-8")
    assert doubt(text, 2009, BUREAU) == ""

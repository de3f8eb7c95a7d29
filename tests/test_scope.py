"""Which years a figure is of, and whether it was reached or is aimed at, by the course of a text."""

import pytest

from analysis.notes import Code, note
from analysis.reading import parse

JOBS = "new_urban_jobs"


def placed(text: str, year: int, kind: str = "government-report") -> list[tuple[str, str, str]]:
    return [(n.printed, s.measure, s.period) for s, n in parse(text, year=year, kind=kind).stated]


def test_headings_then_the_words_of_each_paragraph() -> None:
    text = (
        "一、“十二五”发展回顾\n过去五年，全市累计城镇新增就业21.3万人。2015年，城镇新增就业4.5万人，"
        "城镇登记失业率3.8%。\n二、“十三五”时期主要目标\n到2020年，累计新增城镇就业20万人，"
        "失业保险参保人数达到60万人。\n三、2016年重点工作\n城镇新增就业4万人，登记失业率控制在4.6%以内。"
    )
    assert placed(text, 2016) == [
        ("21.3万人", "cumulative", "2011-2015"),
        ("4.5万人", "outturn", "2015"),
        ("3.8%", "outturn", "2015"),
        ("20万人", "target", "2016-2020"),
        ("60万人", "target", "2020"),
        ("4万人", "target", "2016"),
        ("4.6%", "ceiling", "2016"),
    ]


def test_a_lead_ending_in_a_colon_governs_the_list_below_it() -> None:
    text = (
        "过去的一年，全市城镇新增就业3.1万人。\n今年，我们要突出抓好以下工作：\n"
        "一是扩大就业。新增城镇就业3万人以上。\n二是完善社保。失业保险参保达到9万人。"
    )
    assert placed(text, 2012) == [
        ("3.1万人", "outturn", "2011"),
        ("3万人", "target", "2012"),
        ("9万人", "target", "2012"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“十三五”以来累计新增城镇就业22万人。2020年新增城镇就业4.1万人。", [("22万人", "cumulative", "2016-2020"), ("4.1万人", "outturn", "2020")]),
        ("2020年，是“十三五”收官之年，城镇新增就业4.2万人。", [("4.2万人", "outturn", "2020")]),
        ("“十四五”期间，城镇新增就业18万人以上。", [("18万人", "target", "2021-2025")]),
        ("去年城镇新增就业4万人，今年力争达到4.2万人。", [("4万人", "outturn", "2020"), ("4.2万人", "target", "2021")]),
        ("年初确定的主要目标全面完成，城镇新增就业4万人。", [("4万人", "outturn", "2020")]),
        ("上半年城镇新增就业2万人，全年城镇新增就业4万人。", [("4万人", "outturn", "2020")]),
        ("全省城镇新增就业60万人，我市城镇新增就业4万人。", [("4万人", "outturn", "2020")]),
    ],
)  # fmt: skip
def test_words_of_time_in_a_government_report_of_2021(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert placed(text, 2021) == expected


def test_this_year_of_a_bureau_is_the_year_it_reviews() -> None:
    text = "去年底，失业保险参保8.6万人，今年达到9.1万人。明年计划新增城镇就业3.5万人。"
    assert placed(text, 2013, "bureau-report") == [
        ("8.6万人", "outturn", "2012"),
        ("9.1万人", "outturn", "2013"),
        ("3.5万人", "target", "2014"),
    ]


def test_a_government_that_speaks_of_next_year_reviews_this_one() -> None:
    text = "一、今年工作回顾\n今年，城镇新增就业3.2万人。\n二、明年工作安排\n城镇新增就业3万人。"
    assert placed(text, 2012) == [("3.2万人", "outturn", "2011"), ("3万人", "target", "2012")]


def test_an_english_plan_keeps_its_year_through_its_items() -> None:
    text = (
        "I. Work completed in 2010\n31,000 new urban jobs were created in the city.\n"
        "II. Work arrangement for next year\nAdd 30,000 new urban jobs. Keep the registered "
        "unemployment rate within 4.5%.\n"
    )
    assert placed(text, 2010, "bureau-report") == [
        ("31,000", "outturn", "2010"),
        ("30,000", "target", "2011"),
        ("4.5%", "ceiling", "2011"),
    ]


def test_a_heading_that_names_two_periods_leaves_its_figures_unsure() -> None:
    text = "一、“十一五”时期和2010年工作回顾\n城镇新增就业12万人。"
    statement, _ = parse(text, year=2011, kind="government-report").stated[0]
    assert not statement.sure and statement.notes


def test_a_year_behind_its_figure_is_that_clauses_alone() -> None:
    text = (
        "At the end of 2012 unemployment insurance covered 112,000 people, with 103,000 in 2010; "
        "maternity insurance covered 98,000 people."
    )
    assert ("98,000", "outturn", "2012") in placed(text, 2012, "bureau-report")


def test_a_plan_of_the_reviewed_year_and_what_came_of_it() -> None:
    text = (
        "2007年就业目标任务：城镇新增就业2.1万人，登记失业率控制在4.3%以内。"
        "实际完成：城镇新增就业2.35万人，登记失业率4.1%。失业人员再就业0.8万人。"
    )
    assert placed(text, 2007, "bureau-report") == [
        ("2.1万人", "target", "2007"),
        ("4.3%", "ceiling", "2007"),
        ("2.35万人", "outturn", "2007"),
        ("4.1%", "outturn", "2007"),
        ("0.8万人", "outturn", "2007"),
    ]


def test_what_a_rate_has_come_down_to_over_years_is_that_of_the_last() -> None:
    text = "“十一五”期间，城镇登记失业率由4.4%下降到3.7%，累计城镇新增就业14.2万人。"
    assert placed(text, 2010, "bureau-report") == [
        ("3.7%", "outturn", "2010"),
        ("14.2万人", "cumulative", "2006-2010"),
    ]


def test_a_county_and_the_nation_are_elsewhere_through_their_clauses() -> None:
    text = "2014年全国城镇新增就业1322万人，城镇登记失业率4.09%。沙河县完成投资51亿元，新增城镇就业3900人。"
    assert placed(text, 2015) == []
    assert placed("我县新增城镇就业3900人。沙河县失业人员再就业1200人。", 2015) == [
        ("3900人", "outturn", "2014"),
        ("1200人", "outturn", "2014"),
    ]


def test_a_countys_own_report_names_it() -> None:
    text = "沙河县政府工作报告\n沙河县新增城镇就业3900人。"
    assert placed(text, 2015) == [("3900人", "outturn", "2014")]


def test_the_rate_of_a_task_opens_no_plan() -> None:
    text = "年度目标任务完成率为103.1%。\n城镇新增就业2.6万人。"
    assert ("2.6万人", "outturn", "2019") in placed(text, 2019, "bureau-report")


def test_the_first_year_of_a_plan_is_one_year() -> None:
    text = (
        'In the first year of the "Twelfth Five-Year Plan" (2011), 31,000 urban jobs were created.'
    )
    assert placed(text, 2011, "bureau-report") == [("31,000", "outturn", "2011")]
    text = "Over the remaining four years of the 13th Five-Year Plan, we will create 150,000 urban jobs."
    assert placed(text, 2017) == [("150,000", "target", "2017-2020")]


def test_a_level_that_rose_over_years_is_of_the_last() -> None:
    text = "From 2001 to 2005 the number of rural laborers transferred increased from 162,000 to 271,000."
    assert placed(text, 2005, "bureau-report") == [("271,000", "outturn", "2005")]
    text = (
        "Compared with the end of 2013, those insured for unemployment rose from 90,000 to 97,000."
    )
    assert placed(text, 2014, "bureau-report") == [("97,000", "outturn", "2014")]


def test_a_figure_held_against_the_year_before_is_of_that_year_alone() -> None:
    text = "We added 38,200 urban jobs, against 36,500 in 2018 and a target of 35,000."
    assert placed(text, 2020) == [
        ("38,200", "outturn", "2019"),
        ("36,500", "outturn", "2018"),
        ("35,000", "target", "2019"),
    ]


def test_a_period_that_is_only_compared_with_sets_no_term() -> None:
    text = (
        "五年来，城镇新增就业累计28.6万人，比“十一五”期间增加1.9万人；失业人员再就业累计8.3万人。"
    )
    assert placed(text, 2015, "bureau-report") == [
        ("28.6万人", "cumulative", "2011-2015"),
        ("8.3万人", "cumulative", "2011-2015"),
    ]


def test_a_goal_in_brackets_ends_with_them() -> None:
    text = "全年城镇新增就业4.8万人（省下达目标为4.5万人），失业人员再就业2.2万人。"
    assert placed(text, 2012, "bureau-report") == [
        ("4.8万人", "outturn", "2012"),
        ("4.5万人", "target", "2012"),
        ("2.2万人", "outturn", "2012"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "截至9月底，城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。",
        "上半年，全市就业工作取得成绩。城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。",
        "As of the end of September, 27,000 urban jobs were created, 84.4% of the target of 32,000.",
    ],
)
def test_what_is_counted_before_the_years_end_says_so(text: str) -> None:
    notes = {s.measure: s.notes for s, _ in parse(text, year=2014, kind="bureau-report").stated}
    assert notes["outturn"] == (note(Code.INTERIM),) and not notes["target"]


def test_what_is_counted_to_december_is_the_years() -> None:
    text = "截至12月底，城镇新增就业2.7万人。"
    ((statement, _),) = parse(text, year=2014, kind="bureau-report").stated
    assert statement.sure


def test_months_behind_their_figures_hold_for_the_sentence() -> None:
    text = "Meanwhile, 8,300 jobs were added while 3,900 laid-off workers were re-employed from January to October this year."
    assert placed(text, 2006, "bureau-report") == []
    text = "The unemployment rate was 4.1 percent in its urban areas by the end of September."
    ((statement, _),) = parse(text, year=2006, kind="bureau-report").stated
    assert not statement.sure


def test_rates_of_named_places_are_theirs() -> None:
    text = "下岗失业人员实现再就业完成年度目标的比例依次为：安平市171.00%、河东区163.40%、临江县158.20%。"
    assert placed(text, 2009, "bureau-report") == []

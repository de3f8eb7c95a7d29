"""Which years a figure is of, and whether it was reached or is aimed at, by the course of a text."""

import re

import pytest

from analysis.codebook import load
from analysis.reading import parse
from analysis.reading.outline import Outline
from analysis.reading.terms import Terms

JOBS = "new_urban_jobs"


def placed(text: str, year: int, kind: str = "government-report", level: str = "city") -> list[tuple[str, str, str]]:
    stated = parse(text, year=year, kind=kind, level=level).stated
    return [(n.printed, s.measure, s.period) for s, n in stated]


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
        (
            "“十三五”以来累计新增城镇就业22万人。2020年新增城镇就业4.1万人。",
            [("22万人", "cumulative", "2016-2020"), ("4.1万人", "outturn", "2020")],
        ),
        ("2020年，是“十三五”收官之年，城镇新增就业4.2万人。", [("4.2万人", "outturn", "2020")]),
        ("“十四五”期间，城镇新增就业18万人以上。", [("18万人", "target", "2021-2025")]),
        ("去年城镇新增就业4万人，今年力争达到4.2万人。", [("4万人", "outturn", "2020"), ("4.2万人", "target", "2021")]),
        ("年初确定的主要目标全面完成，城镇新增就业4万人。", [("4万人", "outturn", "2020")]),
        (
            "上半年城镇新增就业2万人，全年城镇新增就业4万人。",
            [("2万人", "outturn", "2020-01/2020-06"), ("4万人", "outturn", "2020")],
        ),
        ("全省城镇新增就业60万人，我市城镇新增就业4万人。", [("4万人", "outturn", "2020")]),
    ],
)
def test_words_of_time_in_a_government_report_of_2021(text: str, expected: list[tuple[str, str, str]]) -> None:
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
    assert placed(text, 2010, "bureau-report") == [("3.7%", "outturn", "2010"), ("14.2万人", "cumulative", "2006-2010")]


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
    text = 'In the first year of the "Twelfth Five-Year Plan" (2011), 31,000 urban jobs were created.'
    assert placed(text, 2011, "bureau-report") == [("31,000", "outturn", "2011")]
    text = "Over the remaining four years of the 13th Five-Year Plan, we will create 150,000 urban jobs."
    assert placed(text, 2017) == [("150,000", "target", "2017-2020")]


def test_a_level_that_rose_over_years_is_of_the_last_and_where_it_began_of_the_first() -> None:
    text = "From 2001 to 2005 the number of rural laborers transferred increased from 162,000 to 271,000."
    *began, last = placed(text, 2005, "bureau-report")
    assert last == ("271,000", "outturn", "2005") and began in ([], [("162,000", "outturn", "2001")])
    text = "Compared with the end of 2013, those insured for unemployment rose from 90,000 to 97,000."
    assert placed(text, 2014, "bureau-report") == [("97,000", "outturn", "2014")]


def test_a_figure_held_against_the_year_before_is_of_that_year_alone() -> None:
    text = "We added 38,200 urban jobs, against 36,500 in 2018 and a target of 35,000."
    assert placed(text, 2020) == [
        ("38,200", "outturn", "2019"),
        ("36,500", "outturn", "2018"),
        ("35,000", "target", "2019"),
    ]


def test_a_period_that_is_only_compared_with_sets_no_term() -> None:
    text = "五年来，城镇新增就业累计28.6万人，比“十一五”期间增加1.9万人；失业人员再就业累计8.3万人。"
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
    ("text", "period"),
    [
        ("截至9月底，城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。", "2014-01/2014-09"),
        ("前三季度，城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。", "2014-01/2014-09"),
        ("1—9月，城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。", "2014-01/2014-09"),
        ("2014年前9个月，城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。", "2014-01/2014-09"),
        ("一季度，城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。", "2014-01/2014-03"),
        ("上半年，就业工作取得成绩。城镇新增就业2.7万人，完成年度目标3.2万人的84.4%。", "2014-01/2014-06"),
        (
            "As of the end of September, 27,000 urban jobs were created, 84.4% of the target of 32,000.",
            "2014-01/2014-09",
        ),
        ("By September 30, 2014, 27,000 urban jobs were created, 84.4% of the target of 32,000.", "2014-01/2014-09"),
        (
            "In the first three quarters of this year 27,000 urban jobs were created, 84.4% of the target of 32,000.",
            "2014-01/2014-09",
        ),
        (
            "From January to May this year, 27,000 urban jobs were created, 84.4% of the target of 32,000.",
            "2014-01/2014-05",
        ),
        ("1 – July, 27,000 urban jobs were created, 84.4% of the target of 32,000.", "2014-01/2014-07"),
        ("In the first five months, 27,000 urban jobs were created, 84.4% of the target of 32,000.", "2014-01/2014-05"),
    ],
)
def test_part_of_a_year_is_never_the_year_and_its_target_is_the_years(text: str, period: str) -> None:
    periods = {measure: of for _, measure, of in placed(text, 2014, "bureau-report")}
    assert periods == {"outturn": period, "completion": period, "target": "2014"}


@pytest.mark.parametrize(
    "text",
    [
        "截至12月底，城镇新增就业2.7万人。",
        "1-12月，城镇新增就业2.7万人。",
        "By the end of December, 27,000 new urban jobs were created in the city.",
    ],
)
def test_what_is_counted_to_december_is_the_years(text: str) -> None:
    ((statement, _),) = parse(text, year=2014, kind="bureau-report").stated
    assert statement.period == "2014" and statement.sure


def test_months_behind_their_figures_hold_for_the_sentence() -> None:
    text = "Meanwhile, 8,300 jobs were added from January to October 2006. In all, 9,900 jobs were added over the year."
    assert ("8,300", "outturn", "2006-01/2006-10") in placed(text, 2006, "bureau-report")
    text = "The unemployment rate was 4.1 percent in its urban areas by the end of September."
    assert placed(text, 2006, "bureau-report") == [("4.1 percent", "outturn", "2006-01/2006-09")]


def test_months_named_by_the_title_are_those_of_all_below_it() -> None:
    text = "河东市2016年6月30日前社会保险情况\n一、参保人数\n工伤保险参保16.2万人；\n生育保险参保12.7万人。"
    assert placed(text, 2016, "bureau-report") == [
        ("16.2万人", "outturn", "2016-01/2016-06"),
        ("12.7万人", "outturn", "2016-01/2016-06"),
    ]


def test_a_notice_that_names_months_alone_is_all_of_them() -> None:
    text = "城镇新增就业1.2万人\n记者获悉，今年1至4月，城镇新增就业1.2万人。"
    assert {period for *_, period in placed(text, 2013, "bureau-report")} == {"2013-01/2013-04"}
    text = text.replace("1.2万人\n", "人员再就业3000人\n")
    assert placed(f"{text}\n下一步要力争全年新增就业4万人。", 2013, "bureau-report")[0][2] == "2013"


def test_the_whole_year_behind_its_months_is_the_years_again() -> None:
    text = "1至6月，发放小额担保贷款2.1亿元；全年发放小额担保贷款5亿元。失业人员再就业1.1万人。"
    assert placed(text, 2019, "bureau-report") == [
        ("2.1亿元", "outturn", "2019-01/2019-06"),
        ("5亿元", "outturn", "2019"),
        ("1.1万人", "outturn", "2019"),
    ]


def test_the_value_of_a_single_month_is_no_figure() -> None:
    text = "城镇调查失业率从2月份6.1%的高点回落，12月份降至5.1%。"
    assert placed(text, 2020, "bureau-report") == [("5.1%", "outturn", "2020")]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("六年累计新增城镇就业14万人。", "2007-2012"),
        ("7年新增城镇就业14万人。", "2006-2012"),
        ("2009年以来新增城镇就业14万人。", "2009-2012"),
        ("本届政府任期内新增城镇就业14万人。", "2008-2012"),
        ("就业局势稳定，累计新增城镇就业14万人。", "2008-2012"),
        ("一、五年工作回顾\n新增城镇就业14万人。", "2008-2012"),
        ("五年来，居民收入年均增长12%，2012年达到1.8万元；累计新增城镇就业14万人。", "2008-2012"),
        ("In 6 years, a total of 140,000 new urban jobs were created.", "2007-2012"),
        ("Since 2009, 140,000 new urban jobs have been created.", "2009-2012"),
    ],
)
def test_a_total_is_never_the_years_result(text: str, period: str) -> None:
    ((_, measure, of),) = placed(text, 2013)
    assert (measure, of) == ("cumulative", period)


def test_a_total_whose_years_nobody_names_is_doubted() -> None:
    ((statement, _),) = parse("累计新增城镇就业14万人。", year=2013, kind="government-report").stated
    assert not statement.sure
    text = "累计发放创业担保贷款2.8亿元。"
    ((statement, _),) = parse(text, year=2013, kind="bureau-report").stated
    assert statement.period == "2013" and not statement.sure


def test_a_running_total_amid_the_years_results_is_that_clauses_alone() -> None:
    text = "一、过去一年工作回顾\n转移农村劳动力3.2万人，累计转移农村劳动力61万人，实现劳务收入48亿元。"
    assert ("48亿元", "outturn", "2012") in placed(text, 2013)


def test_values_over_several_years_in_one_list_have_their_years() -> None:
    text = "2010年到2012年，城镇新增就业人数分别为3.1万人、3.4万人、3.6万人。"
    expected = [("3.1万人", "2010"), ("3.4万人", "2011"), ("3.6万人", "2012")]
    terms = terms_of(text, 2012)
    assert [(p, terms.at(text.index(p)).period) for p, _ in expected] == expected
    text = "In 2010, 2011 and 2012, new jobs numbered 31,000, 34,000 and 36,000 respectively."
    terms = terms_of(text, 2012, "en")
    assert [terms.at(text.index(n)).period for n in ("31,000", "34,000", "36,000")] == ["2010", "2011", "2012"]


def test_a_list_that_rose_from_one_year_to_another_has_both() -> None:
    text = "失业、工伤保险参保人数分别从2012年的15万人、19万人，增加到2022年的23万人、29万人。"
    terms = terms_of(text, 2022)
    assert [terms.at(text.index(n)).period for n in ("15", "19", "23万", "29")] == ["2012", "2012", "2022", "2022"]


def terms_of(text: str, year: int, language: str = "zh") -> Terms:
    book = load()
    return Terms(
        Outline(text.lower(), language, year, "bureau-report", book.cues[language], book.plans),
        [(m.start(), int(m[0])) for m in re.finditer(r"20\d\d", text)],
    )


def test_last_years_balance_is_of_its_clause_alone() -> None:
    terms = terms_of(text := "基金收入2.6亿元，上年末累计结余9.7亿元，年末累计结余10.2亿元。", 2023)
    assert [terms.at(text.index(n)).period for n in ("2.6", "9.7", "10.2")] == ["2023", "2022", "2023"]


def test_last_december_of_a_report_written_the_year_after_is_its_year() -> None:
    text = "截至去年12月底，该县参加生育保险9240人，参加工伤保险3010人。"
    assert placed(text, 2012, "bureau-report", "county") == [
        ("9240人", "outturn", "2012"),
        ("3010人", "outturn", "2012"),
    ]


def test_next_year_of_a_government_report_is_its_own_where_it_speaks_in_december() -> None:
    text = "明年主要预期目标是：城镇登记失业率控制在4.2%以内。\n城镇新增就业4万人。"
    assert placed(text, 2013) == [("4.2%", "ceiling", "2013"), ("4万人", "target", "2013")]


@pytest.mark.parametrize(
    "text",
    [
        "约束性指标是:物价涨幅控制在4%左右;城镇新增就业2.5万人。",
        "办好十件民生实事:城镇新增就业2.5万人。",
        "千方百计扩大就业,城镇新增就业2.5万人以上,物价涨幅控制在3%左右。",
        "全年经济社会发展的主要预期目标是:城镇新增就业2.5万人。",
    ],
)
def test_a_plan_without_heading_is_known_by_its_words_and_hedges(text: str) -> None:
    text = f"城镇新增就业2.6万人。\n{text}"
    assert placed(text, 2009) == [("2.6万人", "outturn", "2008"), ("2.5万人", "target", "2009")]


def test_hedges_under_a_heading_that_looks_back_are_no_plan() -> None:
    text = "一、2008年工作回顾\n物价涨幅控制在3%以内，城镇登记失业率控制在3.6%以内，新增就业2.6万人。"
    assert ("2.6万人", "outturn", "2008") in placed(text, 2009)


def test_a_rate_kept_within_bounds_in_review_is_a_result_with_a_bound() -> None:
    text = "一、过去一年工作回顾\n城镇登记失业率控制在3.6%以内。\n二、今年工作安排\n城镇登记失业率控制在4%以内。"
    stated = parse(text, year=2013, kind="government-report").stated
    assert [(s.measure, s.period, n.bound) for s, n in stated] == [
        ("outturn", "2012", "at_most"),
        ("ceiling", "2013", "at_most"),
    ]
    text = "城镇登记失业率3.8%，控制在4.5%以内。"
    assert placed(text, 2013, "bureau-report")[1:] == [("4.5%", "ceiling", "2013")]


def test_what_is_aimed_at_by_a_later_year_is_a_flow_of_all_years_before() -> None:
    text = "二、今后五年工作\n到2020年，农村劳动力转移就业9万人，失业保险参保60万人。"
    assert placed(text, 2016) == [("9万人", "target", "2016-2020"), ("60万人", "target", "2020")]


def test_a_plan_that_is_only_named_as_fulfilled_sets_no_term() -> None:
    text = "二、今年工作安排\n单位能耗确保完成“十一五”规划目标；城镇登记失业率控制在4.3%以内。"
    assert placed(text, 2010) == [("4.3%", "ceiling", "2010")]


def test_money_obtained_from_above_is_no_aim() -> None:
    text = "一、过去一年工作回顾\n争取上级就业资金5230万元，失业人员再就业0.9万人。"
    assert ("0.9万人", "outturn", "2009") in placed(text, 2010)


def test_an_aside_on_what_is_expected_ends_with_its_clause() -> None:
    text = (
        "Labor brokers were asked for help, and incomes will reach "
        "4,200 yuan; 780 rural laborers were trained; 36,500 rural laborers were transferred."
    )
    assert ("36,500", "outturn", "2012") in placed(text, 2012, "bureau-report")


def test_a_rise_on_last_year_sets_no_term() -> None:
    text = (
        "The city transferred 287,300 rural laborers, an increase "
        "of more than 7,000 last year, to achieve labor income of 846 million yuan."
    )
    assert ("846 million yuan", "outturn", "2012") in placed(text, 2012, "bureau-report")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("全国城镇新增就业4.6万人。", "nation"),
        ("全省城镇新增就业4.6万人。", "province"),
        ("全市城镇新增就业4.6万人。", "city"),
        ("全县城镇新增就业4.6万人。", "county"),
        ("Nationwide, 46,000 new urban jobs were created.", "nation"),
        ("The province's new urban jobs reached 46,000.", "province"),
    ],
)
def test_a_reports_own_place_is_here_and_those_above_are_not(text: str, level: str) -> None:
    levels = ("nation", "province", "city", "county")
    for other in levels[levels.index(level) :]:
        own = other == level
        assert bool(placed(text, 2012, "bureau-report", other)) is own


def test_the_citys_seat_is_part_of_the_city() -> None:
    text = "全市城镇新增就业4.6万人，其中市本级1.2万人。"
    assert placed(text, 2012, "bureau-report") == [("4.6万人", "outturn", "2012")]
    text = (
        "11,200 new urban jobs were created. Among them, "
        "1,120 new urban jobs were created at the city level, 112% of the task."
    )
    assert placed(text, 2012, "bureau-report")[1:] in ([], [("112%", "completion", "2012")])


def test_rates_of_named_places_are_theirs() -> None:
    text = "下岗失业人员实现再就业完成年度目标的比例依次为：安平市171.00%、河东区163.40%、临江县158.20%。"
    assert placed(text, 2009, "bureau-report") == []


def test_more_months_than_a_year_has_are_no_part_of_it() -> None:
    text = "In the first 15 months of the programme 3,200 new urban jobs were created.\n"
    assert [period for _, _, period in placed(text, 2010, "bureau-report")] == ["2010"]


def codes(text: str, year: int, kind: str = "bureau-report") -> list[list[str]]:
    stated = parse(text, year=year, kind=kind).stated
    return [[note.code for note in s.notes] for s, _ in stated]


@pytest.mark.parametrize(
    "text",
    [
        "截至9月底，全市城镇新增就业4.1万人。前8个月培训2300人。\n城镇登记失业率为3.2%。",
        "2016年以来，各项工作进展顺利。\n据悉，截至9月底，城镇新增就业4.1万人。\n城镇登记失业率为3.2%。",
        "今年以来，城镇登记失业率为3.2%。",
        "今年已发放小额担保贷款2100万元。",
    ],
)
def test_what_stands_behind_part_of_a_year_and_names_no_time_is_asked_about(text: str) -> None:
    assert codes(text, 2016)[-1] == ["interim"]


@pytest.mark.parametrize(
    "text",
    [
        "全市2016年就业工作总结\n今年以来，全市人社系统扎实工作。\n城镇登记失业率为3.2%。",
        "2016年上半年城镇新增就业2万人。\n全年城镇新增就业4.1万人，城镇登记失业率为3.2%。",
    ],
    ids=["the title names the year", "the whole year is named"],
)
def test_the_year_that_a_title_or_a_sentence_names_leaves_no_doubt(text: str) -> None:
    assert codes(text, 2016)[-1] == []


def test_the_months_of_a_lead_hold_for_the_headings_and_tasks_below_it() -> None:
    text = (
        "2021年，各项工作进展顺利。现将2021年1-10月完成情况通报如下：\n一、就业\n"
        "城镇新增就业6.4万人，完成全年指标任务的110.4%。"
    )
    assert placed(text, 2021, "bureau-report") == [
        ("6.4万人", "outturn", "2021-01/2021-10"),
        ("110.4%", "completion", "2021-01/2021-10"),
    ]


def test_the_task_of_a_year_is_no_word_for_the_whole_of_it() -> None:
    text = "一季度，新增城镇就业1.5万人，完成全年5.4万人任务的27.8%，失业人员再就业3900人。"
    assert {period for _, measure, period in placed(text, 2018, "bureau-report") if measure != "target"} == {
        "2018-01/2018-03"
    }


def test_words_of_a_plan_hold_over_what_it_completes() -> None:
    text = "今年，全市计划新增城镇就业3.8万人；完成再就业培训5200人，创业培训800人。"
    assert {m for _, m, _ in placed(text, 2011, "bureau-report")} == {"target"}


def test_deeds_promised_to_the_people_are_goals() -> None:
    text = "2010年市政府实事项目，分别为：新增城镇就业3万人以上，城镇登记失业率控制在4%以内。"
    assert [m for _, m, _ in placed(text, 2010, "bureau-report")] == ["target", "ceiling"]


def test_a_headline_is_told_by_the_text_below_it() -> None:
    text = (
        "我市新增城镇就业2.4万人\n本报讯 从全市就业工作会上获悉，今年我市力争新增城镇就业2.38万人，"
        "帮助7000名失业人员实现再就业。\n"
    )
    assert ("2.4万人", "target", "2013") in placed(text, 2013, "bureau-report")


def test_a_title_of_tasks_makes_what_stands_below_goals() -> None:
    text = "2012年十件民生实事\n全年新增城镇就业5.2万人，实现失业人员再就业1.7万人\n"
    assert placed(text, 2012) == [("5.2万人", "target", "2012"), ("1.7万人", "target", "2012")]


def test_goals_that_were_met_are_goals_and_what_met_them_results() -> None:
    text = "城镇新增就业5.3万人。超额完成全年城镇新增就业4.5万人、失业人员再就业1.2万人的目标。"
    assert placed(text, 2010, "bureau-report") == [
        ("5.3万人", "outturn", "2010"),
        ("4.5万人", "target", "2010"),
        ("1.2万人", "target", "2010"),
    ]


def test_a_figure_held_to_its_goal_is_a_result_of_the_year_named() -> None:
    text = "2014年，全区城镇新增就业6120人，完成年计划的122%。"
    assert placed(text, 2014)[0] == ("6120人", "outturn", "2014")


def test_a_city_of_county_rank_speaks_of_its_own_as_the_city() -> None:
    text = "年末全市城镇新增就业4310人，失业保险参保1.2万人。"
    assert len(placed(f"云河市2012年统计公报\n{text}", 2012, "communique", "county")) == 2
    below = placed(f"云河市沙溪县2012年统计公报\n{text}", 2012, "communique", "county")
    assert "4310人" not in [printed for printed, *_ in below]


def test_what_a_plan_named_before_sets_is_of_its_years() -> None:
    text = "省厅发布《人力资源和社会保障“十三五”规划》。《规划》提出，城镇新增就业210万人。"
    assert placed(text, 2016, "government-report", "province") == [("210万人", "target", "2016-2020")]


@pytest.mark.parametrize("title", ["2012年政府工作报告", "政府工作报告（2012年）", "二〇一二年政府工作报告（全文）"])
def test_a_title_that_is_not_the_first_line_is_a_title_all_the_same(title: str) -> None:
    text = f"云河市\n{title}\n2011年，全市城镇新增就业3.52万人。\n实现农村劳动力转移就业101.2万人。\n"
    assert placed(text, 2012) == [("3.52万人", "outturn", "2011"), ("101.2万人", "outturn", "2011")]


def test_a_text_that_stands_twice_says_nothing_else_the_second_time() -> None:
    text = "二、2010年工作回顾\n城镇新增就业4.2万人。\n三、2011年工作安排\n城镇新增就业4.5万人，失业保险参保31万人。\n"
    once = placed(f"政府工作报告\n{text}", 2011)
    assert [measure for _, measure, _ in once] == ["outturn", "target", "target"]
    assert placed(f"政府工作报告\n{text}\n政府工作报告\n{text}", 2011) == [*once, *once]
    opening = "城镇新增就业4.2万人。\n2011年工作安排\n城镇新增就业4.5万人。\n"
    once = placed(opening, 2011)
    assert placed(opening + opening, 2011) == [*once, *once]

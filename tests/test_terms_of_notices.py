"""What notices, and reports that tell goals beside results, leave to be understood."""

from __future__ import annotations

import pytest

from analysis.codebook.notes import Code
from analysis.reading import parse


def placed(text: str, year: int) -> list[tuple[str, str, str]]:
    stated = parse(text, year=year, kind="bureau-report").stated
    return [(n.printed, s.measure, s.period) for s, n in stated]


def test_what_a_city_will_add_this_year_is_a_target_of_the_year_it_is_written_in() -> None:
    text = "今年全市计划新增城镇就业4.2万人，失业人员再就业1.9万人。"
    assert placed(text, 2014) == [("4.2万人", "target", "2014"), ("1.9万人", "target", "2014")]


def test_goals_of_a_notice_that_speaks_of_no_other_year_are_of_this_one() -> None:
    text = "今年全省计划新增城镇就业70万人。我市力争新增城镇就业5.1万人。"
    assert ("5.1万人", "target", "2016") in placed(text, 2016)


def test_goals_told_beside_their_results_are_of_one_year() -> None:
    text = "1.促进就业\n目标任务：城镇新增就业3万人。\n完成情况：城镇新增就业3.4万人。\n"
    assert placed(text, 2019) == [("3万人", "target", "2019"), ("3.4万人", "outturn", "2019")]


def test_what_follows_a_count_to_september_is_perhaps_of_it_too() -> None:
    text = "截至9月底，全市城镇新增就业2.8万人。\n城镇登记失业率为3.2%。\n"
    stated = parse(text, year=2016, kind="bureau-report").stated
    later = next(s for s, n in stated if n.printed == "3.2%")
    assert later.period != "2016" or Code.INTERIM in {note.code for note in later.notes}


def test_months_joined_by_any_dash_are_months() -> None:
    text = "今年1―5月，全区新增城镇就业5.1万人，完成年度计划的52%。"
    assert {period for _, _, period in placed(text, 2011)} == {"2011-01/2011-05"}


def test_what_a_city_works_hard_to_reach_is_a_goal() -> None:
    text = "今年我区将努力实现城镇新增就业1.3万人，农村劳动力转移就业8.2万人。"
    assert {m for _, m, _ in placed(text, 2016)} == {"target"}


def test_goals_that_have_been_set_are_goals() -> None:
    text = "今年全市就业目标已经敲定，城镇新增就业6.4万人。2014年，全市城镇新增就业7.1万人。"
    assert placed(text, 2014) == [("6.4万人", "target", "2015"), ("7.1万人", "outturn", "2014")] or (
        placed(text, 2015) == [("6.4万人", "target", "2015"), ("7.1万人", "outturn", "2014")]
    )


def test_a_budget_is_planned_and_an_account_of_it_is_not() -> None:
    lines = "失业保险基金收入2.1亿元，支出1.4亿元。\n"
    budget = placed(f"2016年全市社会保险基金预算情况\n{lines}", 2016)
    account = placed(f"2016年全市社会保险基金决算情况\n{lines}", 2016)
    assert {m for _, m, _ in budget} == {"target"}
    assert {m for _, m, _ in account} == {"outturn"}


def test_quarters_may_be_numbered_in_digits() -> None:
    text = "2017年2季度全市参加生育保险18.4万人。"
    assert placed(text, 2017) == [("18.4万人", "outturn", "2017-04/2017-06")]


def test_balances_of_a_year_s_end_in_a_notice_of_nine_months_are_doubted() -> None:
    text = "2021年1-9月失业保险基金运行情况\n基金总收入4.1亿元，基金年末滚存结余10.4亿元。\n"
    stated = parse(text, year=2021, kind="bureau-report").stated
    balance = next(s for s, n in stated if n.printed == "10.4亿元")
    assert balance.period != "2021" or not balance.sure


def test_a_system_of_goals_sets_none() -> None:
    text = "各县认真落实工作目标责任制，现将情况通报如下：\n一、基本情况\n全市城镇新增就业2.6万人。\n"
    assert placed(text, 2008) == [("2.6万人", "outturn", "2008")]


def test_a_list_of_tasks_sets_goals_though_it_asks_for_accounts_of_them() -> None:
    text = (
        "现将《2008年就业工作要点》印发给你们，请认真贯彻执行。\n一、积极促进就业\n"
        "（一）落实目标。全年城镇新增就业2.4万人。按月通报目标任务完成情况。\n"
    )
    stated = parse(text, year=2008, kind="government-report").stated
    assert [(s.measure, s.period) for s, _ in stated] == [("target", "2008")]


def test_a_figure_that_has_risen_since_another_year_than_the_last_is_doubted() -> None:
    text = "Maternity insurance covered 92,500 people, up 14,700 from 2007, the bureau said."
    assert [s.sure for s, _ in parse(text, year=2009, kind="bureau-report").stated] == [False]


def test_months_behind_which_their_year_stands_are_of_that_year() -> None:
    text = "In the first half of 2012, 31,000 new urban jobs were created."
    assert placed(text, 2013) == [("31,000", "outturn", "2012-01/2012-06")]
    text = "截至2012年6月底，2013年城镇新增就业2.1万人。"
    assert placed(text, 2014) == [("2.1万人", "outturn", "2013")]


def doubts(text: str, year: int, kind: str = "bureau-report") -> list[set[str]]:
    return [{note.code for note in s.notes} for s, _ in parse(text, year=year, kind=kind).stated]


@pytest.mark.parametrize(
    ("text", "kind", "doubt"),
    [
        ("全市城镇新增就业4.1万人。", "bureau-report", set()),
        ("去年，全市城镇新增就业4.1万人。", "bureau-report", {Code.UNDATED}),
        ("全市城镇新增就业4.1万人。", "communique", set()),
        ("2016年，全市城镇新增就业4.1万人。", "bureau-report", set()),
        ("一、工作完成情况\n全市城镇新增就业4.1万人。", "bureau-report", set()),
        ("城镇新增就业4.1万人。", "government-report", {Code.UNDATED}),
        ("去年城镇新增就业4.1万人。", "government-report", set()),
        ("确保城镇新增就业4.1万人。", "government-report", set()),
        ("The city created 41,000 new urban jobs.", "bureau-report", set()),
        ("The city created 41,000 new urban jobs last year.", "bureau-report", {Code.UNDATED}),
        ("The city created 41,000 new urban jobs in 2016.", "bureau-report", set()),
    ],
)
def test_a_year_that_a_text_names_nowhere_but_speaks_of_is_in_doubt(text: str, kind: str, doubt: set[str]) -> None:
    assert doubts(text, 2016, kind) == [doubt]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("记者6月22日从市人社局获悉，2016年全市城镇新增就业4.1万人。", {Code.INTERIM}),
        ("今年，全市城镇新增就业4.1万人。2016年是开局之年。", {Code.INTERIM}),
        ("记者1月22日从市人社局获悉，2016年全市城镇新增就业4.1万人。2017年任务已下达。", set()),
        ("记者6月22日获悉，2016年全年城镇新增就业4.1万人。", set()),
        ("City news, August 3\nThe city created 41,000 new urban jobs in 2016.", {Code.INTERIM}),
    ],
)
def test_a_year_is_in_doubt_that_nothing_says_was_over_when_it_was_counted(text: str, doubt: set[str]) -> None:
    assert doubts(text, 2016) == [doubt]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("2016年，建成就业服务平台，城镇新增就业4.1万人。", {Code.UNSURE}),
        ("2016年，着力扩大就业，城镇新增就业4.1万人。", set()),
        ("二、2016年工作安排\n城镇新增就业4.1万人。", set()),
    ],
)
def test_a_goal_is_in_doubt_where_no_word_speaks_of_what_is_to_be_done(text: str, doubt: set[str]) -> None:
    (stated,) = parse(text, year=2016, kind="government-report").stated
    assert stated[0].measure == "target" and {note.code for note in stated[0].notes} == doubt


def test_words_for_the_whole_country_are_at_home_in_the_nations_own_report() -> None:
    text = "Across the country, 9.8 million laid-off workers were re-employed in 2004."
    found = {
        level: len(parse(text, year=2004, kind="bureau-report", level=level).stated) for level in ("nation", "city")
    }
    assert found == {"nation": 1, "city": 0}


@pytest.mark.parametrize(("word", "doubt"), [("", {Code.UNSURE}), ("年度", set())])
def test_a_goal_beside_counts_of_some_months_may_be_of_those_months(word: str, doubt: set[str]) -> None:
    text = f"2016年一季度，城镇新增就业1.2万人，完成{word}目标任务4万人的30%。"
    (goal,) = [s for s, n in parse(text, year=2016, kind="bureau-report").stated if n.printed == "4万人"]
    assert goal.measure == "target" and {note.code for note in goal.notes} == doubt

"""What notices, and reports that tell goals beside results, leave to be understood."""

from __future__ import annotations

from analysis.notes import Code
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

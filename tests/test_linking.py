"""Which indicator, measure and period a number states, in two languages."""

import pytest

from analysis.codebook.status import settled
from analysis.reading import parse, read

Stated = dict[str, tuple[str, str, str]]


def stated(text: str, year: int, kind: str) -> Stated:
    return {
        n.printed: (s.indicator.split(".", 1)[1], s.measure, s.period)
        for s, n in parse(text, year=year, kind=kind).stated
    }


def fates(text: str, year: int = 2012, kind: str = "government-report") -> dict[str, str]:
    return {n.printed: n.fate for n in parse(text, year=year, kind=kind).numerals if n.fate != "observation"}


def test_result_target_and_completion_in_one_sentence() -> None:
    seen = stated("全年城镇新增就业4.1万人，占年度目标3.44万人的119.2%。", 2019, "bureau-report")
    assert seen["4.1万人"] == ("new_urban_jobs", "outturn", "2019")
    assert seen["3.44万人"] == ("new_urban_jobs", "target", "2019")
    assert seen["119.2%"] == ("new_urban_jobs", "completion", "2019")


def test_a_lost_verb_is_made_up_for_by_the_division_that_fits() -> None:
    seen = stated("Labor income was 6.31 billion yuan, 105.2%, including 6 billion yuan.", 2010, "bureau-report")
    assert [m for _, m, _ in seen.values()] == ["outturn", "completion", "target"]


def test_listed_completions_follow_the_order_of_the_results() -> None:
    text = "城镇新增就业、失业人员再就业分别为4.1万人和1.5万人，分别完成目标任务的117%、125%。"
    seen = stated(text, 2018, "bureau-report")
    assert seen["117%"][:2] == ("new_urban_jobs", "completion")
    assert seen["125%"][:2] == ("reemployed", "completion")


def test_respectively_in_english() -> None:
    seen = stated(
        "People insured under pension, unemployment and work injury insurance reached 312,000, 121,000 and "
        "98,000 respectively.",
        2010,
        "bureau-report",
    )
    assert seen["121,000"][0] == "unemployment" and seen["98,000"][0] == "work_injury"


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        ("城镇登记失业率控制在4.5%以内", "4.5%", ("registered_unemployment_rate", "outturn", "2011")),
        ("2012年预期目标：城镇新增就业3万人以上", "3万人", ("new_urban_jobs", "target", "2012")),
        ("“十一五”期间，累计城镇新增就业14.2万人", "14.2万人", ("new_urban_jobs", "cumulative", "2006-2010")),
        ("过去五年，城镇新增就业20.5万人", "20.5万人", ("new_urban_jobs", "cumulative", "2007-2011")),
        ("去年城镇新增就业3.5万人", "3.5万人", ("new_urban_jobs", "outturn", "2011")),
    ],
)
def test_scope_of_a_government_report(text: str, token: str, expected: tuple[str, str, str]) -> None:
    assert stated(text, 2012, "government-report")[token] == expected


def test_headings_set_the_year() -> None:
    text = "一、2011年工作回顾\n新增城镇就业3.4万人。\n二、2012年工作安排\n新增城镇就业3万人。"
    seen = stated(text, 2012, "government-report")
    assert seen["3.4万人"][1:] == ("outturn", "2011") and seen["3万人"][1:] == ("target", "2012")


@pytest.mark.parametrize(
    ("text", "token", "fate"),
    [
        ("全国城镇新增就业1221万人", "1221万人", "scope"),
        ("城镇新增就业年均3.5万人", "3.5万人", "average"),
        ("城镇新增就业比上年增加0.3万人", "0.3万人", "change"),
        ("城镇登记失业率下降0.2个百分点", "0.2个百分点", "change"),
        ("城镇化率达到52.3%", "52.3%", "other-subject"),
        ("城镇居民人均可支配收入15028元", "15028元", "other-subject"),
    ],
)
def test_what_is_no_figure_of_the_city_and_year_says_why(text: str, token: str, fate: str) -> None:
    assert fates(text)[token] == fate


def test_two_numbers_for_one_figure_leave_it_open() -> None:
    text = "The unemployment insurance covers 512 people were insured 1288."
    found = read(text, region="c", document="d", year=2010, kind="bureau-report").observations
    assert not any(settled(o.status) for o in found)


def test_paid_out_benefits_are_no_premiums() -> None:
    assert fates("失业保险发放失业保险金1200万元", 2009, "bureau-report") == {"1200万元": "other-subject"}


def test_schemes_named_in_a_list_share_the_word_insurance_at_its_end() -> None:
    text = (
        "全市养老、失业、医疗、工伤、生育五大保险参保人数分别为21.3万人、9.7万人、24.8万人、8.4万人、7.9万人，"
        "分别完成目标任务的104%、101%、103.2%、100.5%、102%。"
    )
    seen = stated(text, 2009, "bureau-report")
    schemes = ["urban_worker_pension", "unemployment", "urban_worker_medical", "work_injury", "maternity"]
    assert [name for name, measure, _ in seen.values() if measure == "outturn"] == schemes
    assert [name for name, measure, _ in seen.values() if measure == "completion"] == schemes


def test_cases_of_inspection_are_not_cases_of_arbitration() -> None:
    text = "查处违法案件271件，结案率98％。处理劳动争议案件463件，按期结案率95.2％。"
    assert "98％" not in stated(text, 2012, "bureau-report")
    assert stated(text, 2012, "bureau-report")["95.2％"][0] == "settlement_rate"


def test_a_target_behind_all_parts_of_a_whole_is_the_whole_s() -> None:
    text = "发放小额担保贷款2.64亿元，其中个人贷款2.21亿元、劳动密集型小企业贷款4300万元，完成目标任务2亿元的132%。"
    seen = stated(text, 2012, "bureau-report")
    assert seen["2亿元"][:2] == ("small_loans", "target")
    assert seen["132%"][:2] == ("small_loans", "completion")
    text = (
        "Loans of 61.4 million yuan were issued (44.1 million yuan for individuals and 17.3 million yuan for small "
        "enterprises), and 147% of the target of personal loans of 30 million yuan was completed."
    )
    seen = stated(text, 2012, "bureau-report")
    assert seen["30 million yuan"][:2] == ("small_loans_personal", "target")


def test_rises_in_a_row_are_no_completions() -> None:
    text = (
        "66,000 people were insured for unemployment and 71,000 for work injury, increases of 21% and 18% over the "
        "end of 2015."
    )
    assert {m for _, m, _ in stated(text, 2016, "bureau-report").values()} == {"outturn"}


def test_targets_listed_behind_their_results_keep_their_order() -> None:
    text = (
        "21,300 urban jobs were added and 9,400 unemployed people were re-employed, exceeding the annual targets of "
        "20,000 and 9,000 people respectively."
    )
    seen = stated(text, 2014, "bureau-report")
    assert seen["20,000"][:2] == ("new_urban_jobs", "target")
    assert seen["9,000"][:2] == ("reemployed", "target")


def test_numbers_stand_before_their_schemes() -> None:
    seen = stated(
        "Insure 92,000 for pension, 64,000 for unemployment and 31,000 for work injury.", 2013, "bureau-report"
    )
    assert [name for name, _, _ in seen.values()] == ["urban_worker_pension", "unemployment", "work_injury"]


def test_some_of_those_counted_are_not_their_number() -> None:
    assert stated("Of the labor transferred, 214,000 left the province.", 2012, "bureau-report") == {}
    seen = stated("零就业家庭268户，已帮扶251户实现至少一人就业。", 2008, "bureau-report")
    assert list(seen) == ["251户"]


def test_what_is_waived_or_left_undone_is_no_figure() -> None:
    for text in (
        "阶段性减免企业养老、失业、工伤三项社会保险费3.1亿元。",
        "下岗失业人员还有1.4万人没有实现再就业。",
        "城镇居民医保财政补助提高到280元。",
        "全年新增养老、医疗、失业保险参保人数分别为2.1万人、3.4万人和1.2万人。",
    ):
        assert stated(text, 2012, "bureau-report") == {}, text


def test_schemes_listed_without_the_word_insurance_in_the_order_said() -> None:
    text = (
        "城镇职工养老、机关事业养老、城镇职工医疗、失业、工伤、"
        "生育六项保险参保人数依次为27.1万、6.4万、25.3万、11.2万、15.8万、9.9万人。"
    )
    seen = stated(text, 2014, "bureau-report")
    assert [name for name, _, _ in seen.values()] == [
        "urban_worker_pension",
        "institution_pension",
        "urban_worker_medical",
        "unemployment",
        "work_injury",
        "maternity",
    ]


def test_some_of_those_stated_before_are_a_part_of_them() -> None:
    text = "年末失业保险参保41.2万人。其中，农民工参加失业保险6.3万人。"
    names = {printed: name for printed, (name, *_) in stated(text, 2016, "bureau-report").items()}
    assert names == {"41.2万人": "unemployment", "6.3万人": "migrant_unemployment"}
    text = (
        "812,000 people participated in work injury insurance. Of which 90,000 migrant workers were covered by work "
        "injury insurance."
    )
    names = {printed: name for printed, (name, *_) in stated(text, 2016, "bureau-report").items()}
    assert names == {"812,000": "work_injury", "90,000": "migrant_work_injury"}


def test_a_target_set_for_a_rise_is_not_one_of_the_level() -> None:
    text = "扩面净增企业养老保险参保缴费人员4.1万人，完成全年目标5万人的82%。"
    assert stated(text, 2006, "bureau-report") == {}


def test_disputes_settled_outside_arbitration_and_injuries_recognised_are_no_figures() -> None:
    text = "工伤认定1930人次。处理劳动人事争议案件2617起，调解矛盾纠纷352起。"
    assert list(stated(text, 2018, "bureau-report")) == ["2617起"]


def test_the_merged_scheme_of_residents_is_not_the_workers() -> None:
    text = "全市城乡居民社会基本养老保险登记参保人数218.3万人；城镇职工社会养老保险参保人数41.6万人。"
    seen = stated(text, 2016, "bureau-report")
    assert {token: name for token, (name, _, _) in seen.items()} == {
        "218.3万人": "resident_pension",
        "41.6万人": "urban_worker_pension",
    }


def test_words_for_members_name_their_part_of_the_scheme_before_them() -> None:
    text = "全市基本养老保险参保212.4万人，其中城镇职工64.1万人、城乡居民148.3万人。"
    assert [i for i, _, _ in stated(text, 2019, "bureau-report").values()] == [
        "basic_pension",
        "urban_worker_pension",
        "resident_pension",
    ]
    assert stated("企业52.6万人、机关事业11.5万人。", 2020, "bureau-report") == {}


def test_a_list_of_numbers_of_which_one_has_lost_its_noun_keeps_its_order() -> None:
    text = "养老、医疗、失业、工伤保险参保人数分别达到33.2万人、29.4万、13.6万人、9.7万人。"
    assert [i for i, _, _ in stated(text, 2008, "bureau-report").values()] == [
        "urban_worker_pension",
        "urban_worker_medical",
        "unemployment",
        "work_injury",
    ]


def test_income_and_expenditure_listed_are_told_apart() -> None:
    text = "失业保险基金总收入、总支出分别为3.2亿元、2.7亿元。"
    stated = parse(text, year=2018, kind="bureau-report").stated
    assert {n.printed: s.indicator for s, n in stated} == {
        "3.2亿元": "fund_income.unemployment",
        "2.7亿元": "fund_expenditure.unemployment",
    }


def test_what_a_bracket_takes_in_is_not_what_is_spoken_of() -> None:
    text = "年末城镇职工养老保险参保人数（含机关事业养老保险）5.4万人。"
    stated = parse(text, year=2021, kind="bureau-report").stated
    assert [s.indicator for s, _ in stated] == ["insured.urban_worker_pension"]

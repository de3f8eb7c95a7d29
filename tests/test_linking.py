"""Which indicator, measure and period a number states, in two languages."""

import pytest

from analysis.reading import parse

Stated = dict[str, tuple[str, str, str]]


def stated(text: str, year: int, kind: str) -> Stated:
    return {n.printed: (s.indicator.split(".", 1)[1], s.measure, s.period)
            for s, n in parse(text, year=year, kind=kind).stated}  # fmt: skip


def fates(text: str, year: int = 2012, kind: str = "government-report") -> dict[str, str]:
    return {
        n.printed: n.fate
        for n in parse(text, year=year, kind=kind).numerals
        if n.fate != "observation"
    }


def test_result_target_and_completion_in_one_sentence() -> None:
    seen = stated("全年城镇新增就业4.1万人，占年度目标3.44万人的119.2%。", 2019, "bureau-report")
    assert seen["4.1万人"] == ("new_urban_jobs", "outturn", "2019")
    assert seen["3.44万人"] == ("new_urban_jobs", "target", "2019")
    assert seen["119.2%"] == ("new_urban_jobs", "completion", "2019")


def test_a_lost_verb_is_made_up_for_by_the_division_that_fits() -> None:
    seen = stated(
        "Labor income was 6.31 billion yuan, 105.2%, including 6 billion yuan.",
        2010,
        "bureau-report",
    )
    assert [m for _, m, _ in seen.values()] == ["outturn", "completion", "target"]


def test_listed_completions_follow_the_order_of_the_results() -> None:
    text = "城镇新增就业、失业人员再就业分别为4.1万人和1.5万人，分别完成目标任务的117%、125%。"
    seen = stated(text, 2018, "bureau-report")
    assert seen["117%"][:2] == ("new_urban_jobs", "completion")
    assert seen["125%"][:2] == ("reemployed", "completion")


def test_respectively_in_english() -> None:
    seen = stated("People insured under pension, unemployment and work injury insurance reached 312,000, 121,000 and "
                  "98,000 respectively.", 2010, "bureau-report")  # fmt: skip
    assert seen["121,000"][0] == "unemployment" and seen["98,000"][0] == "work_injury"


@pytest.mark.parametrize(
    ("text", "token", "expected"),
    [
        (
            "城镇登记失业率控制在4.5%以内",
            "4.5%",
            ("registered_unemployment_rate", "ceiling", "2011"),
        ),
        ("2012年预期目标：城镇新增就业3万人以上", "3万人", ("new_urban_jobs", "target", "2012")),
        (
            "“十一五”期间，累计城镇新增就业14.2万人",
            "14.2万人",
            ("new_urban_jobs", "cumulative", "2006-2010"),
        ),
        (
            "过去五年，城镇新增就业20.5万人",
            "20.5万人",
            ("new_urban_jobs", "cumulative", "2007-2011"),
        ),
        ("去年城镇新增就业3.5万人", "3.5万人", ("new_urban_jobs", "outturn", "2011")),
    ],
)
def test_scope_of_a_government_report(
    text: str, token: str, expected: tuple[str, str, str]
) -> None:
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
        ("高校毕业生就业率达到92.3%", "92.3%", "other-subject"),
        ("城镇居民人均可支配收入15028元", "15028元", "per-head"),
    ],
)
def test_what_is_no_figure_of_the_city_and_year_says_why(text: str, token: str, fate: str) -> None:
    assert fates(text)[token] == fate


def test_a_rival_number_makes_a_figure_doubtful() -> None:
    (pair,) = parse(
        "The unemployment insurance covers 512 people were insured 1288.",
        year=2010,
        kind="bureau-report",
    ).stated
    assert not pair[0].sure and "1288" in pair[0].note


def test_paid_out_benefits_are_no_premiums() -> None:
    assert fates("失业保险发放失业保险金1200万元", 2009, "bureau-report") == {
        "1200万元": "unlinked"
    }


def test_schemes_named_in_a_list_share_the_word_insurance_at_its_end() -> None:
    text = (
        "全市养老、失业、医疗、工伤、生育五大保险参保人数分别为21.3万人、9.7万人、24.8万人、8.4万人、7.9万人，"
        "分别完成目标任务的104%、101%、103.2%、100.5%、102%。"
    )
    seen = stated(text, 2009, "bureau-report")
    schemes = ["urban_worker_pension", "unemployment", "urban_worker_medical", "work_injury", "maternity"]  # fmt: skip
    assert [name for name, measure, _ in seen.values() if measure == "outturn"] == schemes
    assert [name for name, measure, _ in seen.values() if measure == "completion"] == schemes


def test_cases_of_inspection_are_not_cases_of_arbitration() -> None:
    text = "查处违法案件271件，结案率98％。处理劳动争议案件463件，按期结案率95.2％。"
    assert "98％" not in stated(text, 2012, "bureau-report")
    assert stated(text, 2012, "bureau-report")["95.2％"][0] == "settlement_rate"

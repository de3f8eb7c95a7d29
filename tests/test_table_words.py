"""Tables pasted into a text: what their words limit is no figure of the year, what they say is read."""

from __future__ import annotations

import pytest

from analysis import codebook
from analysis.codebook.notes import Code
from analysis.codebook.status import STRONG
from analysis.reading import Observation, read

BOOK = codebook.load()
TWO = "| 险种 | 参保人数 |\n| 失业保险 | 31207 |\n| 工伤保险 | 28644 |"
TWO_EN = "| Scheme | Insured |\n|---|---|\n| Unemployment insurance | 31207 |\n| Work injury insurance | 28644 |"


def rows(text: str) -> list[Observation]:
    return read(text, region="r", document="2016-communique", year=2016, kind="communique", codebook=BOOK).observations


def strong(text: str) -> dict[str, tuple[str, str, str]]:
    return {o.printed: (o.indicator, o.measure, o.period) for o in rows(text) if o.status in STRONG}


@pytest.mark.parametrize(
    "title",
    [
        "2016年女职工参加社会保险情况（单位：人）",
        "青石区2016年社会保险参保情况（人）",
        "2016年市本级社会保险参保情况（人）",
        "2016年社会保险享受待遇人数（人）",
        "2016年新增参保人数（人）",
        "各险种参保人数净增情况（单位：人）",
        "2016年中断缴费情况（人）",
        "重复参保清理情况（人）",
        "2016年月平均参保情况（人）",
        "2016年参保计划（人）",
        "十三五目标（人）",
        "2016年农民工参保情况（人）",
        "2016年，全市女职工参加各项保险情况（人）如下：",
        "2016年12月参保情况（人）",
        "2011—2015年参保情况（人）",
    ],
)
def test_a_title_that_limits_its_table_leaves_no_figure_of_it_sure(title: str) -> None:
    assert not strong(f"{title}\n{TWO}")
    assert len(rows(f"{title}\n{TWO}")) == 2


@pytest.mark.parametrize(
    "title", ["Women insured in 2016 (persons)", "Newly insured in 2016 (persons)", "Monthly average in 2016 (persons)"]
)
def test_a_title_in_english_that_limits_its_table_leaves_no_figure_of_it_sure(title: str) -> None:
    assert not strong(f"{title}\n{TWO_EN}")


@pytest.mark.parametrize(
    "title",
    [
        "临江市2016年社会保险参保情况（单位：人）",
        "2016年全市社会保险参保情况如下（单位：人）：",
        "表3 社会保险参保人数（人）",
        "2016年人力资源和社会保障主要指标完成情况（人）",
    ],
)
def test_a_title_that_limits_nothing_leaves_its_figures_sure(title: str) -> None:
    assert strong(f"{title}\n{TWO}").keys() == {"31207", "28644"}


def test_a_note_below_that_limits_its_table_leaves_no_figure_of_it_sure() -> None:
    assert strong(f"参保情况（人）\n{TWO}\n注：数据截至12月底。").keys() == {"31207", "28644"}
    assert not strong(f"参保情况（人）\n{TWO}\n注：本表不含白河区。")


def test_a_title_holds_for_the_tables_below_it() -> None:
    funds = "（单位：万元）\n| 险种 | 基金收入 |\n| 失业保险 | 3120 |"
    assert not strong(f"2016年市本级社会保险情况\n（单位：人）\n{TWO}\n{funds}")
    assert "3120" in strong(f"2016年社会保险情况\n（单位：人）\n{TWO}\n{funds}")


def test_a_title_says_the_year_of_its_table() -> None:
    assert {period for _, _, period in strong(f"2015年社会保险参保情况（人）\n{TWO}").values()} == {"2015"}


def test_members_below_the_scheme_of_the_title_are_its_parts() -> None:
    text = "2016年城镇职工基本养老保险参保情况（人）\n| 类别 | 参保人数 |\n| 企业 | 52100 |\n| 机关事业单位 | 8100 |"
    assert strong(text)["8100"] == ("insured.institution_pension", "outturn", "2016")


def test_the_words_that_are_not_understood_are_told() -> None:
    (found,) = [n for o in rows(f"2016年女职工参保情况（人）\n{TWO}") for n in o.notes if n.code == Code.LABELS][:1]
    assert "女" in dict(found.fields)["words"]


@pytest.mark.parametrize(
    "head", ["上年同期", "2015年同期", "年初", "女", "农村", "增量", "同比", "差额", "排名", "最低"]
)
def test_a_column_that_is_not_the_years_is_no_figure_of_the_year(head: str) -> None:
    text = f"| 指标 | 2016年 | {head} |\n|---|---|---|\n| 失业保险参保人数（人） | 31207 | 28644 |"
    assert strong(text) == {"31207": ("insured.unemployment", "outturn", "2016")}


@pytest.mark.parametrize(
    "label", ["每万人失业保险参保人数", "失业保险应参保人数", "失业保险参保人数核减", "失业保险参保人数（缴费中断）"]
)
def test_a_row_with_a_word_more_is_not_sure(label: str) -> None:
    assert not strong(f"| 指标 | 2016年 |\n|---|---|\n| {label}（人） | 31207 |")


def test_what_stands_alone_in_a_line_governs_the_rows_below() -> None:
    text = "| 项目 | 人数 |\n|---|---|\n| 女性 | |\n| 失业保险参保人数 | 31207 |\n| 工伤保险参保人数 | 28644 |"
    assert len(rows(text)) == 2 and not strong(text)


def test_a_part_of_a_year_carries_its_span() -> None:
    text = "| 指标 | 1-11月 | 2016年 |\n|---|---|---|\n| 城镇新增就业（人） | 30600 | 33100 |"
    assert {o.printed: o.period for o in rows(text)} == {"30600": "2016-01/2016-11", "33100": "2016"}


@pytest.mark.parametrize("month", ["12月", "2016年6月", "四季度"])
def test_a_month_or_the_last_quarter_is_not_the_year(month: str) -> None:
    text = f"| 指标 | {month} | 全年 |\n|---|---|---|\n| 城镇新增就业（人） | 2600 | 33100 |"
    assert strong(text) == {"33100": ("employment.new_urban_jobs", "outturn", "2016")}


def test_a_second_table_has_its_own_head() -> None:
    text = (
        "险种\t参保人数（人）\n失业保险\t31207\n工伤保险\t28644\n\n"
        "险种\t基金支出（万元）\n失业保险\t2410\n工伤保险\t2864"
    )
    assert strong(text)["2410"] == ("fund_expenditure.unemployment", "outturn", "2016")


def test_a_year_to_come_that_is_called_no_goal_is_not_sure() -> None:
    text = "| 指标 | 2016年完成 | 2017年 |\n|---|---|---|\n| 城镇新增就业（人） | 30600 | 33100 |"
    assert strong(text).keys() == {"30600"}


JOBS, INSURED, MEDICAL = "employment.new_urban_jobs", "insured.unemployment", "insured.basic_medical"


@pytest.mark.parametrize(
    ("text", "printed", "indicator", "period"),
    [
        (
            "失业保险参保人数（万人）\n| | 2015年 | 2016年 |\n|---|---|---|\n| 全市 | 21.9 | 22.6 |",
            "21.9",
            INSURED,
            "2015",
        ),
        ("2015—2016年参保人数（万人）\n险种\t2015年\t2016年\n失业保险\t21.9\t22.6", "21.9", INSURED, "2015"),
        ("| 年份 | 城镇新增就业（人） |\n|---|---|\n| 2015年 | 32207 |\n| 2016年 | 33207 |", "32207", JOBS, "2015"),
        ("年份\t城镇新增就业（人）\n2015\t32207\n2016\t33207", "32207", JOBS, "2015"),
        ("地区\t城镇新增就业（人）\n全市\t33207\n青石区\t13207\n白河区\t20000", "33207", JOBS, "2016"),
        ("地区\t城镇新增就业（人）\n青石区\t13207\n白河区\t20000\n合计\t33207", "33207", JOBS, "2016"),
        ("| 指标 | 单位 | 2016年 |\n|---|---|---|\n| 失业保险参保人数 | 万人 | 22.6 |", "22.6", INSURED, "2016"),
        ("| 指标 | 2015年 | 2016年 |\n|---|---|---|\n| 城镇新增就业 | 5.4万人 | 5.6万人 |", "5.6万人", JOBS, "2016"),
        ("| 指标 | 2016年 |\n|---|---|\n| 城镇新增就业（万人） | 约5.6 |", "5.6", JOBS, "2016"),
        ("\t2015年\t2016年\n城镇新增就业（人）\t31207\t32207", "31207", JOBS, "2015"),
        (
            "| Indicator | 2015 | 2016 |\n|---|---|---|\n| New urban jobs (persons) | 31207 | 32207 |",
            "31207",
            JOBS,
            "2015",
        ),
        ("| 指标 | 2016年 |\n|---|---|\n| 城镇新增就业（人） New urban jobs (person) | 32207 |", "32207", JOBS, "2016"),
        ("| 指标 | 2016年 |\n|---|---|\n| 失 业 保 险 参 保 人 数（万人） | 22.6 |", "22.6", INSURED, "2016"),
        (
            "指标    2015年   2016年\n城镇新增就业 （人）    31207   32207\n失业保险 参保人数（人）   41207   42207",
            "42207",
            INSURED,
            "2016",
        ),
        (
            "| 险种 | 参保人数（人） | | 基金（万元） |\n"
            "| | 2015年 | 2016年 | 收入 |\n|---|---|---|---|\n| 失业保险 | 31207 | 32207 | 2410 |",
            "32207",
            INSURED,
            "2016",
        ),
        (
            "2016年参保人数（人）\n"
            "| 险种 | 人数 |\n|---|---|\n| 基本医疗保险 | 193900 |\n| 其中：职工 | 41300 |\n| 居民 | 152600 |",
            "152600",
            "insured.resident_medical",
            "2016",
        ),
        (
            "2016年参保人数（人）\n"
            "| 险种 | 人数 |\n| 职工基本医疗保险 | 41300 |\n| 城乡居民基本医疗保险 | 152600 |\n| 小计 | 193900 |\n"
            "| 失业保险 | 31200 |",
            "193900",
            MEDICAL,
            "2016",
        ),
        (
            "基金收支情况（万元）\n"
            "| 险种 | 收入 | 支出 | 当期结余 | 累计结余 |\n"
            "| 失业保险 | 120 | 70 | 50 | 122 |\n| 合计 | 720 | 520 | 200 | 900 |",
            "122",
            "fund_balance.unemployment",
            "2016",
        ),
        (
            "| 指标 | 2016年 |\n|---|---|\n| 失业保险年末参保人数（含灵活用工和按月领取待遇人员）（万人） | 22.6 |",
            "22.6",
            INSURED,
            "2016",
        ),
    ],
    ids=[
        "subject and unit in the title",
        "counted in the title",
        "years in rows",
        "bare years in rows",
        "the city above its districts",
        "the sum of its districts",
        "a column of units",
        "units beside figures",
        "about",
        "an empty corner",
        "English years",
        "a bilingual label",
        "blanks within a label",
        "columns of blanks",
        "a head of two lines",
        "a part of a scheme",
        "a subtotal",
        "flows of funds",
        "a long label",
    ],
)
def test_a_table_is_read(text: str, printed: str, indicator: str, period: str) -> None:
    assert strong(text)[printed] == (indicator, "outturn", period)


def test_the_sum_of_years_or_of_unlike_schemes_is_no_figure() -> None:
    years = "| 年份 | 城镇新增就业（人） |\n|---|---|\n| 2015年 | 32207 |\n| 2016年 | 33207 |\n| 合计 | 65414 |"
    funds = "2016年基金（万元）\n| 险种 | 收入 |\n| 失业保险 | 120 |\n| 工伤保险 | 600 |\n| 合计 | 720 |"
    assert not {o.printed for o in rows(years)} & {"65414"}
    assert not {o.printed for o in rows(funds)} & {"720"}


def test_the_sum_of_months_is_no_year() -> None:
    assert not strong("| 时间 | 城镇新增就业（人） |\n| 1月 | 2600 |\n| 2月 | 2700 |\n| 合计 | 5300 |")


def test_a_city_among_those_of_its_province_is_another_place() -> None:
    assert not strong("全省各市失业保险参保人数（人）\n| 地区 | 2016年 |\n| 全省 | 61020 |\n| 临江市 | 31020 |")
    assert strong("| 指标 | 各区县 | 全市 |\n| 失业保险参保人数（人） | 60000 | 91201 |").keys() == {"91201"}


def test_a_goal_in_a_column_of_its_own_is_a_goal() -> None:
    text = (
        "| 指标 | 2016年目标 | 2016年完成 |\n|---|---|---|\n| 失业人员再就业（人） | ≥3000 | 3400 |\n"
        "| 城镇登记失业率（%） | 4.0以内 | 3.2 |"
    )
    measures = {o.printed: (o.measure, o.bound) for o in rows(text) if o.status in STRONG}
    assert measures == {
        "3000": ("target", "at_least"),
        "3400": ("outturn", ""),
        "4.0": ("ceiling", "at_most"),
        "3.2": ("outturn", ""),
    }

"""Tables pasted into a text: each number read with the labels of its row and column."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading import parse

SCHEMES = ("失业保险", "工伤保险", "生育保险")


def stated(text: str, year: int = 2016) -> dict[str, tuple[str, str, str]]:
    found = parse(text, year=year, kind="communique").stated
    return {n.printed: (s.indicator, s.measure, s.period) for s, n in found}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "2016年社会保险情况（单位：人、万元）\n| 项目 | 失业保险 | 工伤保险 |\n"
            "| 参保人数 | 31207 | 28644 |\n| 基金收入 | 2410 | |",
            {
                "31207": ("insured.unemployment", "outturn", "2016"),
                "28644": ("insured.work_injury", "outturn", "2016"),
                "2410": ("fund_income.unemployment", "outturn", "2016"),
            },
        ),
        (
            "险种 参保人数（万人） 基金支出（亿元）\n失业保险 22.6 3.4\n工伤保险 31.9 2.7",
            {
                "22.6": ("insured.unemployment", "outturn", "2016"),
                "3.4": ("fund_expenditure.unemployment", "outturn", "2016"),
                "31.9": ("insured.work_injury", "outturn", "2016"),
                "2.7": ("fund_expenditure.work_injury", "outturn", "2016"),
            },
        ),
        (
            "各险种情况见下表。\n险种 参保人数（万人） 基金收入（亿元）\n职工基本医疗保险 41.3 22.9\n"
            "城乡居民基本医疗保险 152.6 14.8\n合计 193.9 37.7",
            {
                "41.3": ("insured.urban_worker_medical", "outturn", "2016"),
                "22.9": ("fund_income.urban_worker_medical", "outturn", "2016"),
                "152.6": ("insured.resident_medical", "outturn", "2016"),
                "14.8": ("fund_income.resident_medical", "outturn", "2016"),
                "193.9": ("insured.basic_medical", "outturn", "2016"),
                "37.7": ("fund_income.basic_medical", "outturn", "2016"),
            },
        ),
        (
            "| 指标 | 2016年 | 2015年 |\n|---|---|---|\n| 失业保险参保人数(万人) | 22.6 | 21.9 |",
            {"22.6": ("insured.unemployment", "outturn", "2016"), "21.9": ("insured.unemployment", "outturn", "2015")},
        ),
        (
            "Scheme | Insured\nWorkers' medical | 41300\nResidents' medical | 152600\nTotal | 193900".replace(
                " | ", "\t"
            ),
            {
                "41300": ("insured.urban_worker_medical", "outturn", "2016"),
                "152600": ("insured.urban_resident_medical", "outturn", "2016"),
                "193900": ("insured.basic_medical", "outturn", "2016"),
            },
        ),
        (
            "指标\t2015\t2016\n城镇新增就业（万人）\t4.1\t4.4",
            {
                "4.1": ("employment.new_urban_jobs", "outturn", "2015"),
                "4.4": ("employment.new_urban_jobs", "outturn", "2016"),
            },
        ),
        (
            "项目 目标任务（人） 完成数（人）\n城镇新增就业 3900 4260\n失业人员再就业 1300 1410",
            {
                "3900": ("employment.new_urban_jobs", "target", "2016"),
                "4260": ("employment.new_urban_jobs", "outturn", "2016"),
                "1300": ("employment.reemployed", "target", "2016"),
                "1410": ("employment.reemployed", "outturn", "2016"),
            },
        ),
    ],
    ids=[
        "schemes in columns",
        "schemes in rows",
        "their total",
        "a rule below the head",
        "a total in English",
        "years in columns",
        "goals and results",
    ],
)
def test_a_number_of_a_table_is_of_its_row_and_column(text: str, figures: dict[str, tuple[str, str, str]]) -> None:
    assert stated(text) == figures


def test_a_table_may_be_indented() -> None:
    lines = ("2016年社会保险情况（单位：人）", "| 项目 | 失业保险 | 工伤保险 |", "| 参保人数 | 31207 | 28644 |")
    plain = stated("\n".join(lines))
    assert len(plain) == 2 and all(
        stated("\n".join(blank + line for line in lines)) == plain for blank in ("　　", "  ")
    )


@pytest.mark.parametrize("label", ["失业保险参保人数增量（人）", "失业保险参保人数排名"])
def test_a_row_of_a_difference_or_a_rank_is_of_no_level(label: str) -> None:
    assert not stated(f"| 指标 | 2016年 |\n| {label} | 80200 |\n| 工伤保险参保人数（人） | 31200 |").get("80200")


def test_a_table_of_other_places_is_not_spelled_out() -> None:
    text = "地区 失业保险参保人数（万人） 工伤保险参保人数（万人）\n青石区 22.6 23.4\n白河区 31.9 32.7"
    assert not {p for p, (_, _, period) in stated(text).items() if period == "2016"} & {"22.6", "31.9"}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(1000, 99999), min_size=3, max_size=3), min_size=2, max_size=4),
    st.sampled_from([" | ", "\t", " "]),
)
def test_every_digit_of_a_table_is_accounted_for_once(rows: list[list[int]], mark: str) -> None:
    labels = ("参保人数", "领取待遇人数", "基金收入", "基金支出")
    lines = [["项目2016年", *SCHEMES], *([label, *map(str, row)] for label, row in zip(labels, rows, strict=False))]
    bars = ("| ", " |") if mark == " | " else ("", "")
    text = "2016年统计表\n" + "\n".join(bars[0] + mark.join(line) + bars[1] for line in lines)
    numerals = parse(text, year=2016, kind="communique").numerals
    assert all(text[n.start : n.end] == n.printed for n in numerals)
    inside = [i for n in numerals for i in range(n.start, n.end)]
    assert sorted(i for i in inside if text[i].isdigit()) == [i for i, c in enumerate(text) if c.isdigit()]

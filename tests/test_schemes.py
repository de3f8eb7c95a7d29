"""Schemes, parts and flows told apart in the words of their years; texts and places are invented."""

import pytest

from analysis.reading import read


def stated(text: str, year: int) -> dict[str, float | None]:
    report = read(text, region="r", document="d", year=year, kind="bureau-report")
    return {
        o.indicator: None if o.value is None else float(o.value) for o in report.observations if o.measure == "outturn"
    }


SENTENCES = [
    (
        2021,
        "全市参加基本养老保险264.3万人，其中城镇职工基本养老保险93.1万人，城乡居民基本养老保险171.2万人。",
        {"insured.basic_pension": 2643e3, "insured.urban_worker_pension": 931e3, "insured.resident_pension": 1712e3},
    ),
    (2008, "全市参加基本养老保险26.4万人。", {"insured.urban_worker_pension": 264e3}),
    (
        2022,
        "职工基本医疗保险基金（含生育保险）收入29.6亿元，支出25.1亿元。",
        {"fund_income.urban_worker_medical": 296e7, "fund_expenditure.urban_worker_medical": 251e7},
    ),
    (
        2020,
        "职工医保基金累计结余49.2亿元，其中个人账户累计结余21.3亿元。",
        {"fund_balance.urban_worker_medical": 492e7},
    ),
    (
        2015,
        "城乡居民基本养老保险基金收支总规模27.4亿元。基金收入15.8亿元，支出11.6亿元。",
        {"fund_income.resident_pension": 158e7, "fund_expenditure.resident_pension": 116e7},
    ),
    (
        2023,
        "城镇职工基本养老保险基金收入118.2亿元，其中征缴收入74.5亿元，财政补贴36.9亿元。",
        {
            "fund_income.urban_worker_pension": 1182e7,
            "fund.urban_worker_pension": 745e7,
            "fund_subsidy.urban_worker_pension": 369e7,
        },
    ),
    (
        2021,
        "三项社会保险基金收入131.6亿元，支出122.4亿元，当期结余9.2亿元，累计结余117.5亿元。",
        {
            "fund_income.three": 1316e7,
            "fund_expenditure.three": 1224e7,
            "fund_surplus.three": 92e7,
            "fund_balance.three": 1175e7,
        },
    ),
    (
        2012,
        "参加新农合41.3万人，城镇居民医保8.2万人，城镇居民社会养老保险1.9万人。",
        {
            "insured.rural_cooperative_medical": 413e3,
            "insured.urban_resident_medical": 82e3,
            "insured.urban_resident_pension": 19e3,
        },
    ),
    (
        2021,
        "年末失业保险参保31.4万人。被征地农民养老保险参保2.6万人。",
        {"insured.unemployment": 314e3, "insured.landless_pension": 26_000},
    ),
    (2021, "全市工伤保险参保38.6万人，全年认定工伤2140人。", {"insured.work_injury": 386e3}),
    (
        2020,
        "举办招聘会86场，提供就业岗位5.2万个。全年城镇新增就业4.1万人。",
        {"employment.new_urban_jobs": 41e3, "employment.job_fairs": 86, "employment.posts_offered": 52_000},
    ),
    (2019, "直接扶持1830人创业。", {"employment.business_starters": 1830}),
    (
        2010,
        "The urban basic pension insurance fund had an income of 1.86 billion yuan and expenditure of 1.52 "
        "billion yuan; its accumulated balance was 1.21 billion yuan.",
        {
            "fund_income.urban_worker_pension": 186e7,
            "fund_expenditure.urban_worker_pension": 152e7,
            "fund_balance.urban_worker_pension": 121e7,
        },
    ),
]


@pytest.mark.parametrize(("year", "text", "expected"), SENTENCES)
def test_each_scheme_part_and_flow_is_its_own(year: int, text: str, expected: dict[str, float]) -> None:
    assert stated(text, year) == expected

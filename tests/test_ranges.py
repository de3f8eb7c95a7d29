"""Two ends of one figure are its bounds; a change from one figure to another is no range."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import load
from analysis.reading import read
from analysis.reading.numerals import find
from analysis.reading.readings import readings


@pytest.mark.parametrize(
    ("text", "unit", "low", "high"),
    [
        ("失业率控制在3.5%—4%", "percent", "3.5", "4"),
        ("发放贷款2000—2500万元", "yuan", "20000000", "25000000"),
        ("就业3万—3.5万人", "people", "30000", "35000"),
        ("就业9000至1万人", "people", "9000", "10000"),
        ("失业率为百分之三至百分之四。", "percent", "3", "4"),
        ("就业数千人", "people", "2000", "10000"),
        ("贷款几百万元", "yuan", "2000000", "10000000"),
        ("参保十几万人", "people", "110000", "200000"),
        ("培训七八百人", "people", "700", "800"),
        ("培训两三万人", "people", "20000", "30000"),
        ("a rate of 3.5%-4% was", "percent", "3.5", "4"),
        ("loans of 20 to 25 million yuan", "yuan", "20000000", "25000000"),
        ("between 30,000 and 50,000 people", "people", "30000", "50000"),
        ("new jobs: 30,000–35,000.", "people", "30000", "35000"),
    ],
)
def test_both_ends_are_bounds_and_no_value_is_known(text, unit, low, high) -> None:
    (numeral,) = [n for n in find(text) if not n.fate]
    (reading,) = readings(numeral, unit, load())
    assert reading.interval and numeral.bound == ""
    assert (reading.low, reading.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "from 3.1% to 4.2%",
        "由3.1%到4.2%",
        "rose by 20 to 25 people",
        "从2万人到3万人",
        "2009-2011",
        "1-9月",
        "50,000-30,000 people",
        "3%、4%",
        "5 million to 900 million yuan",
    ],
)
def test_changes_years_and_falling_pairs_are_no_range(text: str) -> None:
    assert all(not n.upto for n in find(text))


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_range_reads_as_its_ends_and_a_falling_one_as_two_numbers(a: int, b: int) -> None:
    found = find(f"参保{a}—{b}人。")
    if a < b <= 10 * a:
        (reading,) = readings(found[0], "people", load())
        assert (reading.low, reading.high) == (a, b)
    else:
        assert all(not n.upto for n in found)


def test_a_range_is_an_observation_without_value_and_says_so() -> None:
    report = read("2012年，全市城镇新增就业3-5万人。", region="r", document="d", year=2012, kind="bureau-report")
    (figure,) = report.observations
    assert (figure.value, figure.low, figure.high, figure.status) == (None, 30000, 50000, "range")
    assert [n.code for n in figure.notes] == ["two-ends"] and figure.printed == "3-5万人"


def test_a_masked_print_confirms_nothing() -> None:
    report = read(
        "全年劳务收入14×.5亿元。据统计，全市劳务收入145.5亿元。",
        region="r",
        document="d",
        year=2012,
        kind="bureau-report",
    )
    assert "confirmed" not in {o.status for o in report.observations}

"""Units in brackets behind a number, or declared once for a list."""

from decimal import Decimal

import pytest

from analysis.codebook import load
from analysis.reading import read
from analysis.reading.numerals import find, fold
from analysis.reading.readings import readings
from analysis.reading.units import apply_stated_units


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("Labor income was 7.42 (100 million yuan) in the year.", "employment.labor_income", 742_000_000),
        (
            "The insured (unit: 10,000 people): unemployment insurance 21.7, maternity insurance 18.3.",
            "insured.maternity",
            183_000,
        ),
        ("参保情况（单位：万人）：失业保险参保21.7，工伤保险参保18.3。", "insured.work_injury", 183_000),
    ],
)
def test_units_apart_from_their_numbers(text: str, indicator: str, value: int) -> None:
    report = read(text, region="r", document="d", year=2010, kind="bureau-report")
    found = {o.indicator: o.value for o in report.observations}
    assert found[indicator] == Decimal(value)
    assert "unit" in {n.fate for n in report.numerals} or "100" not in text


def test_a_number_in_the_name_of_a_subject_is_no_figure() -> None:
    report = read("4050 personnel re-employed were 1,350.", region="r", document="d", year=2009, kind="bureau-report")
    first = report.numerals[0]
    assert (first.printed, first.fate) == ("4050", "name")
    assert [o.value for o in report.observations] == [Decimal(1350)]


@pytest.mark.parametrize(
    ("text", "printed", "values"),
    [
        ("分别征缴3100、2200和1500万元。", "3100", (31_000_000, 22_000_000, 15_000_000)),
        ("分别为8.1、9.3、6.2（万人）。", "8.1", (81_000, 93_000, 62_000)),
        ("分别为3.2，0.82以及0.21万人。", "3.2", (32_000, 8_200, 2_100)),
        ("分别为98.1、97和96.3%。", "98.1", (Decimal("98.1"), 97, Decimal("96.3"))),
    ],
)
def test_the_unit_behind_the_last_number_of_a_list_is_that_of_all(text, printed, values) -> None:
    text = "失业、工伤、生育保险" + text
    found = apply_stated_units(fold(text), find(text))
    unit = found[0].unit
    assert found[0].printed == printed and {n.unit for n in found if not n.fate} == {unit}
    assert tuple(readings(n, unit, load())[0].value for n in found if not n.fate) == values


def test_a_number_with_a_unit_of_its_own_takes_none_from_the_list() -> None:
    found = apply_stated_units("45户、3.2万人", find("45户、3.2万人"))
    assert [(n.scale, n.unit) for n in found] == [(0, "households"), (4, "people")]


def test_units_stated_a_thousand_times_cost_no_more_than_each_their_own() -> None:
    line = "参保情况（单位：万人）：失业保险参保21.7，工伤保险参保18.3。\n"
    found = apply_stated_units(fold(line * 1000), find(line * 1000))
    assert [n.scale for n in found[:2]] == [4, 4] and len(found) == 2000


def test_a_unit_in_the_head_of_a_table_is_that_of_its_column() -> None:
    text = "| 险种 | 参保人数（万人） | 基金收入（亿元） |\n| 失业 | 28.4 | 3.1 |\n| 工伤 | 35.7 | 0.9 |\n共4项。\n"
    found = apply_stated_units(fold(text), find(text))
    assert [(n.scale, n.unit) for n in found[:4]] == [(4, "people"), (8, "yuan")] * 2
    assert found[4].scale == 0

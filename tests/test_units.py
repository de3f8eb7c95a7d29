"""Units in brackets behind a number, or declared once for a list."""

from decimal import Decimal

import pytest

from analysis.reading import read


@pytest.mark.parametrize(
    ("text", "indicator", "value"),
    [
        ("Labor income was 7.42 (100 million yuan) in the year.", "employment.labor_income", 742_000_000),
        ("The insured (unit: 10,000 people): unemployment insurance 21.7, maternity insurance 18.3.", "insured.maternity", 183_000),
        ("参保情况（单位：万人）：失业保险参保21.7，工伤保险参保18.3。", "insured.work_injury", 183_000),
    ],
)  # fmt: skip
def test_units_apart_from_their_numbers(text: str, indicator: str, value: int) -> None:
    report = read(text, region="r", document="d", year=2010, kind="bureau-report")
    found = {o.indicator: o.value for o in report.observations}
    assert found[indicator] == Decimal(value)
    assert "unit" in {n.fate for n in report.numerals} or "100" not in text


def test_a_number_in_the_name_of_a_subject_is_no_figure() -> None:
    report = read("4050 personnel re-employed were 1,350.", region="r", document="d", year=2009,
                  kind="bureau-report")  # fmt: skip
    first = report.numerals[0]
    assert (first.printed, first.fate) == ("4050", "name")
    assert [o.value for o in report.observations] == [Decimal(1350)]

"""A scale word that is wrong throughout a report leaves its sums and rates intact."""

from decimal import Decimal

from analysis.reading import Observation, read

FUNDS = (
    "{heads}The total premiums of the five insurances collected were {total} billion yuan: urban workers' "
    "pension 1{p}.62 billion yuan, unemployment insurance 0.71 billion yuan, medical insurance for "
    "urban workers 4.95 billion yuan, work injury insurance 0.39 billion yuan and maternity insurance "
    "0.17 billion yuan."
)


def funds(heads: str) -> Observation:
    text = FUNDS.format(heads=heads, total="19.84", p="3")
    report = read(text, region="r", document="d", year=2011, kind="bureau-report")
    return {o.indicator: o for o in report.observations}["fund.urban_worker_pension"]


def test_a_sum_of_billions_alone_confirms_nothing() -> None:
    held = funds("")
    assert (held.value, held.status) == (Decimal("13620000000"), "printed")


def test_heads_in_full_digits_uphold_the_scale() -> None:
    held = funds("The pension insurance for urban workers covers 1,312,600 people. ")
    assert (held.value, held.status) == (Decimal("13620000000"), "confirmed")


def test_heads_that_speak_for_another_scale_leave_both_open() -> None:
    held = funds("The pension insurance for urban workers covers 312,600 people. ")
    assert (held.value, held.status) == (None, "range")
    assert held.low is not None and held.high is not None
    assert held.low <= 1_362_000_000 and held.high >= 13_620_000_000
    assert "0.1 times as large" in held.note


def test_a_number_no_city_reaches_is_not_passed_off_as_printed() -> None:
    report = read("In 2010 labor income was 11.6 yuan.", region="r", document="d", year=2010,
                  kind="bureau-report")  # fmt: skip
    income = report.observations[0]
    assert (income.indicator, income.status, income.value) == (
        "employment.labor_income",
        "unreadable",
        None,
    )
    assert "the scale is lost" in income.note

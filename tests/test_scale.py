"""A scale word that is wrong throughout a report leaves its sums and rates intact."""

from decimal import Decimal

from analysis.codebook.notes import Code, note
from analysis.reading import Observation, read

FUNDS = (
    "{heads}The total premiums of the five insurances collected were {total} billion yuan: urban workers' "
    "pension 1{p}.62 billion yuan, unemployment insurance 0.71 billion yuan, medical insurance for "
    "urban workers 4.95 billion yuan, work injury insurance 0.39 billion yuan and maternity insurance "
    "0.17 billion yuan."
)


def funds(heads: str) -> Observation:
    text = "Review of 2011\n" + FUNDS.format(heads=heads, total="19.84", p="3")
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
    assert note(Code.OTHER_SCALE, factor="0.1") in held.notes


def test_a_number_no_city_reaches_is_not_passed_off_as_printed() -> None:
    report = read("In 2010 labor income was 11.6 yuan.", region="r", document="d", year=2010, kind="bureau-report")
    income = report.observations[0]
    assert (income.indicator, income.status, income.value) == ("employment.labor_income", "unreadable", None)
    assert note(Code.SCALE_LOST) in income.notes


LOANS = (
    "Small secured loans of {whole} billion yuan were issued, including {part} billion yuan for "
    "individuals and 0.52 billion yuan for labor-intensive enterprises. Of all small secured loans, "
    "the annual target of {target} was completed 120.6%."
)


def test_a_target_in_another_scale_leaves_its_sum_open_and_is_not_repaired() -> None:
    text = LOANS.format(whole="6.03", part="5.51", target="500 million yuan")
    report = read(text, region="r", document="d", year=2013, kind="bureau-report")
    status = {(o.indicator, o.measure): o.status for o in report.observations}
    assert status["employment.small_loans", "outturn"] == "range"
    assert status["employment.small_loans", "target"] == "range"


def test_a_scale_word_proven_wrong_once_is_doubted_throughout() -> None:
    proven = "2.36 million people took re-employment training, 118% of the task of 20,000. "
    alone = "1.42 million labor contracts were signed again."
    told = {}
    for text in (alone, proven + alone):
        report = read(f"Review of 2009\n{text}", region="r", document="d", year=2009, kind="bureau-report")
        told[text] = report.observations[-1]
    assert (told[alone].status, told[alone].value) == ("printed", 1_420_000)
    held = told[proven + alone]
    assert (held.status, held.value) == ("range", None)
    assert held.low is not None and held.high is not None
    assert held.low <= 14_200 and held.high >= 1_420_000

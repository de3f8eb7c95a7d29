"""Rules as people write them, checked over intervals, with errors that name the line."""

from decimal import Decimal

import pytest

from analysis import codebook as codebooks
from analysis.reading import read
from analysis.reading.edits import applicable, compile_rule


def check(text: str, left_out: frozenset[str] = frozenset()):
    return compile_rule(text, left_out, (("wage", 30000.0),))


def test_a_sum_holds_within_the_rounding_of_its_terms() -> None:
    rule = check("employment.small_loans == employment.small_loans_personal + employment.small_loans_enterprise")
    assert rule.holds([(99.5, 100.5), (60, 60), (39, 39.6)])
    assert not rule.holds([(100, 100), (60, 60), (39, 39.6)])


def test_a_missing_optional_term_is_left_out() -> None:
    rule = check("fund.total == fund.maternity + fund.institution_pension", frozenset({"fund.institution_pension"}))
    assert rule.figures == (("fund.total", "outturn"), ("fund.maternity", "outturn"))


def test_the_gap_is_in_decades() -> None:
    rule = check("0.5 * wage <= fund.maternity / insured.maternity <= 2 * wage")
    assert rule.gap([(6e5, 6e5), (1, 1)]) == pytest.approx(1.0)
    assert rule.gap([(3e4, 3e4), (1, 1)]) == 0


def test_a_rule_applies_where_all_its_figures_are_stated() -> None:
    stated = [("employment.reemployed", m) for m in ("outturn", "target", "completion")]
    ids = [e.id for e in applicable(codebooks.load(), stated, "2012")]
    assert "completion-is-result-over-target:employment.reemployed" in ids
    assert "five-insurances-add-up" not in ids


def test_a_total_may_leave_out_an_optional_part_that_is_stated() -> None:
    """The optional fund is then no member of the identity and is not proven by it."""
    text = (
        "In 2006 total premiums of the five insurances collected reached 421.4 million yuan: urban workers' "
        "pension 301.5 million yuan, medical insurance for urban workers 98.2 million yuan, "
        "unemployment insurance 14.6 million yuan, work injury insurance 5.3 million yuan and "
        "maternity insurance 1.8 million yuan. The pension insurance of government institutions "
        "collected 88.6 million yuan of premiums."
    )
    report = read(text, region="r", document="d", year=2006, kind="bureau-report")
    found = {o.indicator: (o.value, o.status) for o in report.observations}
    assert found["fund.total"][0] == Decimal("421400000.0")
    assert found["fund.urban_worker_medical"][0] == Decimal("98200000.0")
    assert found["fund.institution_pension"] == (Decimal("88600000.0"), "printed")


@pytest.mark.parametrize(
    ("stated", "year", "rule"),
    [
        (
            ("insured.basic_pension", "insured.urban_worker_pension", "insured.resident_pension"),
            "2021",
            "pension-is-workers-and-residents",
        ),
        (
            ("fund_surplus.five", "fund_income.five", "fund_expenditure.five"),
            "2013",
            "surplus-is-income-less-expenditure:five",
        ),
        (
            ("fund_income.three", "fund_income.basic_pension", "fund_income.unemployment", "fund_income.work_injury"),
            "2021",
            "three-funds-income-add-up",
        ),
    ],
)
def test_a_rule_applies_in_the_years_it_holds_for(stated: tuple[str, ...], year: str, rule: str) -> None:
    def applying(year: str) -> set[str]:
        return {e.id for e in applicable(codebooks.load(), [(i, "outturn") for i in stated], year)}

    assert rule in applying(year)
    if codebooks.load().rules[rule].years[0]:
        assert rule not in applying("2009")


def unemployment_per_head(year: str, yuan: float) -> bool:
    stated = [("fund.unemployment", "outturn"), ("insured.unemployment", "outturn")]
    edits = {e.id: e for e in applicable(codebooks.load(), stated, year)}
    return edits["unemployment-per-head"].check.holds([(yuan, yuan), (1, 1)])


def test_premiums_a_head_follow_the_rate_of_the_year() -> None:
    assert unemployment_per_head("2013", 900) and not unemployment_per_head("2021", 2100)
    assert unemployment_per_head("2021", 300) and not unemployment_per_head("2013", 200)


def test_a_surplus_is_income_less_expenditure_within_rounding() -> None:
    rule = check("fund_surplus.five == fund_income.five - fund_expenditure.five")
    assert rule.holds([(12.95, 13.05), (30.5, 31.5), (17.9, 18.1)])
    assert not rule.holds([(1.95, 2.05), (30.5, 31.5), (17.9, 18.1)])


def test_of_part_of_a_year_only_hard_rules_hold() -> None:
    book = codebooks.load()
    stated = [(id_, measure) for id_, i in book.indicators.items() for measure in i.measures]
    kinds = {p: {e.rule.kind for e in applicable(book, stated, p)} for p in ("2012", "2012-01/2012-06")}
    assert kinds == {"2012": {"hard", "soft"}, "2012-01/2012-06": {"hard"}}


def test_a_rule_of_some_kinds_of_place_is_applied_to_those_alone() -> None:
    stated = [(f"{kind}.urban_worker_pension", "outturn") for kind in ("fund", "fund_income")]
    book = codebooks.load()
    found = {
        level: "premiums-of-the-nations-pension-income" in {e.id for e in applicable(book, stated, "2012", level)}
        for level in ("", "city", "nation")
    }
    assert found == {"": False, "city": False, "nation": True}

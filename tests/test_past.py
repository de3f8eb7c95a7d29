"""What is said of a year in the light of the years before, and where a notebook runs."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import analysis
from analysis import codebook
from analysis.codebook.insurance import breaks, schemes
from analysis.writing import known, past, references, words
from processed import project

INCOME, SPENT, LEFT = (f"fund_{flow}.unemployment" for flow in ("income", "expenditure", "balance"))


@pytest.fixture
def page(tmp_path):
    rows = [
        f"{INCOME} outturn 60 60 60 - yuan printed",
        f"{SPENT} outturn 24 24 24 - yuan printed",
        f"{LEFT} outturn 36 36 36 - yuan printed",
        "fund_income.five outturn 900 900 900 - yuan printed",
    ]
    return analysis.page(region="testshire", year=2009, root=project(tmp_path, rows))


def test_the_lead_is_the_largest_single_scheme_with_what_its_balance_covers(page):
    known = past.flows(page)
    assert known["flow.top"]["value"] == 60
    assert known["flow.top:months"]["value"] == 18
    assert references.formula(known["flow.top:months"], page).startswith("18 months = 12 × 36 yuan ÷ 24")


def test_the_first_year_known_is_said_of_a_year_and_a_peak_only_after_four(page):
    row = page.rows[page.rows["indicator"] == INCOME]
    years = [
        row.assign(year=y, value=float(v), document="") for y, v in ((2002, 10), (2003, 20), (2004, 30), (2005, 40))
    ]
    for before, peak in ((years, True), (years[:2], False)):
        after = replace(page, history=pd.concat([*before, page.rows]))
        known = past.over_time(after, {})
        assert known[f"{INCOME}:earliest"]["year"] == 2002
        assert (f"{INCOME}:peak" in known) is peak


@pytest.mark.parametrize(("year", "formulas"), [(2009, ["96% = 960 ÷ 1,000"]), (2008, [])])
def test_a_share_of_the_population_is_of_the_people_of_that_very_year(tmp_path, year, formulas):
    rows = ["insured.basic_medical outturn 960 960 960 - people printed"]
    root = project(tmp_path, rows)
    places = f"id,level,population\ntestshire,county,{year}:1000\n"
    (root / "data/places.csv").write_text(places, encoding="utf-8")
    page = analysis.page(region="testshire", year=2009, root=root)
    shares = [row for key, row in known.facts(page).items() if key.endswith(":of_population")]
    assert [references.formula(row, page) for row in shares] == formulas


def test_every_insured_and_every_fund_is_of_a_known_scheme():
    ids = [i for i in codebook.load().indicators if i.startswith(("insured.", "fund"))]
    assert {i.partition(".")[2] for i in ids} <= schemes().keys()
    assert breaks().keys() <= {*codebook.load().indicators}


def test_all_indicators_by_all_years_lead_to_their_evidence(page):
    html = analysis.years_table(page).data
    sections = html.count('<details class="section" open>')  # each has a table of its own: a head, then a row each
    assert html.count("<tr>") == 4 + sections and sections == html.count("</table></details>")
    assert f"#{references.anchor_id(f'2009-labor-bureau-report#{INCOME}:outturn:2009')}" in html
    assert words.full_name(INCOME, "en") in html


@pytest.mark.parametrize(("rates", "same"), [((4.1, 4.05, 4.1), False), ((4.1, 4.1, 4.1), True)])
def test_a_run_of_years_stood_at_a_rate_only_where_all_print_it(tmp_path, rates, same):
    rate = "employment.registered_unemployment_rate"
    rows = [f"{rate} outturn 4.1 4.05 4.15 - percent printed", f"{rate} ceiling 4.6 4.55 4.65 - percent printed"]
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, rows))
    result, ceiling = (page.rows[page.rows["measure"] == m] for m in ("outturn", "ceiling"))
    years = [
        frame.assign(year=2007 + n, value=value)
        for n, v in enumerate(rates)
        for frame, value in ((result, v), (ceiling, 4.6))
    ]
    assert ("streak.same" in past.streak(replace(page, rows=pd.concat(years)))) is same

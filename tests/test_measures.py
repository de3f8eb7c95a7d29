import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analysis import measures
from analysis.system.errors import InputError
from analysis.tables import loading
from processed import FIGURES, project


@pytest.fixture
def panel(tmp_path):
    return loading.load("testshire", root=project(tmp_path))


def test_completion_of_a_range_is_a_range(panel):
    row = measures.completion(panel).set_index("indicator").loc["employment.new_urban_jobs"]
    assert pd.isna(row["computed"])
    assert row["computed_low"] == pytest.approx(30000 / 280)
    assert row["computed_high"] == pytest.approx(39999 / 280)
    assert row["computed_status"] == "range"
    assert row["agrees"]


def test_contradicting_rates_disagree(panel):
    panel.loc[panel["measure"].eq("completion"), ["value", "low", "high"]] = [200, 199.5, 200.5]
    row = measures.completion(panel).set_index("indicator").loc["employment.new_urban_jobs"]
    assert not row["agrees"]


def test_per_head_carries_interval_weakest_status_and_sources(panel):
    row = measures.per_head(panel).set_index("scheme").loc["unemployment"]
    assert row["value"] == pytest.approx(41e6 / 102000)
    assert row["low"] == pytest.approx(40.95e6 / 102500)
    assert row["high"] == pytest.approx(41.05e6 / 101500)
    assert row["status"] == "plausible"
    assert row["sources"] == "fund.unemployment:outturn insured.unemployment:outturn"


def test_only_schemes_with_both_figures_have_a_figure_per_head(panel):
    assert set(measures.per_head(panel)["scheme"]) == {"unemployment", "maternity"}


def test_at_least_is_open_above_but_a_target_is_exact(panel):
    ends = measures.bounds(panel).set_index(["indicator", "measure"])
    assert ends.loc[("relations.workers_paid_back", "outturn"), "high"] == float("inf")
    assert ends.loc[("employment.registered_unemployment_rate", "ceiling"), "low"] == 4.5


def test_unreadable_stays_empty(panel):
    row = measures.bounds(panel).set_index("indicator").loc["relations.wages_recovered"]
    assert pd.isna(row["low"]) and pd.isna(row["high"])


def test_result_and_rate_imply_the_target(panel):
    rows = measures.implied(panel).set_index(["indicator", "measure"])
    row = rows.loc[("employment.reemployment_training", "implied_target")]
    assert row["low"] < 11000 < row["high"]
    assert row["status"] == "plausible" and row["unit"] == "people"


def test_implied_result_lies_in_the_range_that_is_stated(panel):
    rows = measures.implied(panel).set_index(["indicator", "measure"])
    row = rows.loc[("employment.new_urban_jobs", "implied_outturn")]
    assert row["value"] == pytest.approx(31920) and row["agrees"]


def test_shares_of_the_parts_cover_the_total(panel):
    shares = measures.shares(panel, "fund.total", ["fund.unemployment", "fund.maternity"])
    assert shares["low"].sum() <= 100 <= shares["high"].sum()


def test_sums_are_read_from_the_rules(tmp_path):
    edits = loading.load("testshire", "edits", root=project(tmp_path))
    sums = measures.sums(edits, 2009).set_index("total")
    assert sums.loc["fund.total", "parts"] == ("fund.unemployment", "fund.maternity")
    assert not sums.loc["reconstruction.projects_started", "holds"]


def test_growth_needs_both_years(panel):
    before = panel.assign(year=2008, value=panel["value"] * 0.8)
    rows = measures.growth(pd.concat([panel, before.assign(low=float("nan"), high=float("nan"))]))
    row = rows.set_index("indicator").loc["relations.disputes_accepted"]
    assert row["value"] == pytest.approx(25)
    assert set(rows["year"]) == {2009}


def test_against_sets_a_result_beside_a_plan_of_its_own(panel):
    plan = {"relations.disputes_accepted": "employment.new_urban_jobs"}
    row = measures.against(panel, plan).iloc[0]
    assert row["computed"] == pytest.approx(1862 / 280)
    part = measures.part(row.to_dict(), "target")
    assert part["indicator"] == "employment.new_urban_jobs"


def test_no_rows_give_no_rows(panel):
    none = panel.iloc[:0]
    for table in (measures.completion, measures.per_head, measures.growth, measures.implied):
        assert table(none).empty


@pytest.mark.parametrize("measure", [measures.completion, measures.growth, measures.implied, measures.per_head])
def test_what_is_no_panel_is_refused_in_a_sentence(panel, measure):
    for rows, said in (("testshire", "expected a table of figures"), (panel[["value"]], "has no column 'region'")):
        with pytest.raises(InputError, match=said):
            measure(rows)


def test_parts_and_totals_that_are_no_indicators_are_refused(panel):
    assert len(measures.shares(panel, "fund.total", "fund.maternity")) == len(
        measures.shares(panel, "fund.total", ["fund.maternity"])
    )
    with pytest.raises(InputError, match=r"'fund\.totl': the codebook has none; did you mean 'fund\.total'"):
        measures.shares(panel, "fund.totl", ["fund.maternity"])
    with pytest.raises(InputError, match="has no column 'period'"):
        measures.sums(panel, 2009)


def test_growth_rests_on_both_years(tmp_path):
    rows = [FIGURES[1].replace("target 28000 28000 28000", "outturn 5 5 5")]
    now = loading.load("testshire", root=project(tmp_path, rows))
    panel = pd.concat([now, now.assign(year=2008, value=4.0, low=4.0, high=4.0)])
    row = measures.growth(panel).to_dict("records")[0]
    assert row["value"] == 25 and row["year"] == 2009
    assert row["sources"] == ("employment.new_urban_jobs:outturn:2009 employment.new_urban_jobs:outturn:2008")
    grown = measures.change(panel).to_dict("records")[0]
    assert (grown["value"], grown["since"], grown["year"]) == (1.25, 2008, 2009)


NAMES = ["fund.total", "fund.maternity", "fund.unemployment", "insured.maternity", "insured.unemployment"]
CELL = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["east", "north", "west"]),
        "year": st.sampled_from([2008, 2009]),
        "indicator": st.sampled_from(NAMES),
        "measure": st.sampled_from(["outturn", "target", "completion"]),
        "value": st.one_of(st.none(), st.integers(1, 10**6).map(float)),
        "slack": st.integers(0, 50),
        "status": st.sampled_from(loading.STATUSES),
    }
)
CELLS = st.lists(CELL, max_size=40, unique_by=lambda c: tuple(c.values())[:4])
REGIONAL = {
    "completion": measures.completion,
    "growth": measures.growth,
    "per_head": measures.per_head,
    "implied": measures.implied,
    "shares": lambda panel: measures.shares(panel, "fund.total", NAMES[1:3]),
    "totals": lambda panel: measures.totals(panel, NAMES[1:3]),
    "change": lambda panel: measures.change(panel[panel["measure"] == "outturn"]),
    "against": lambda panel: measures.against(panel, {NAMES[1]: NAMES[2]}),
}


def as_panel(cells):
    columns = ["region", "year", "indicator", "measure", "value", "slack", "status"]
    rows = pd.DataFrame(cells, columns=columns).astype(
        {"year": int, "value": float, "slack": float, "status": loading.STATUS}
    )
    return rows.assign(
        low=rows["value"] - rows["slack"] / 100, bound="", unit="yuan", high=rows["value"] + rows["slack"] / 100
    )


def as_set(table):
    """The rows as text, whatever the types of the columns are where a table is empty."""
    cells = table.astype(object).where(table.notna(), None)
    numbers = (int, float, np.number, np.bool_)
    return sorted(
        str([float(cell) if isinstance(cell, numbers) else str(cell) for cell in row])
        for row in cells[sorted(cells.columns)].itertuples(index=False, name=None)
    )


@pytest.mark.parametrize("name", REGIONAL)
@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(cells=CELLS)
def test_several_regions_at_once_equal_the_regions_one_by_one(name, cells):
    panel, measure = as_panel(cells), REGIONAL[name]
    alone = [measure(part) for _, part in panel.groupby("region")]
    together = measure(panel)
    assert as_set(together) == sorted(line for table in alone for line in as_set(table))


def test_identities_are_those_of_each_region(tmp_path):
    edits = [
        loading.load(region, "edits", root=project(tmp_path, region=region)) for region in ("eastshire", "northshire")
    ]
    edits[1].loc[edits[1]["expression"].str.startswith("fund"), "holds"] = False
    sums = measures.sums(pd.concat(edits), 2009).set_index(["region", "total"])["holds"]
    assert sums["eastshire", "fund.total"] is True
    assert sums["northshire", "fund.total"] is False


def test_a_total_over_the_years_is_set_beside_the_years_of_its_own_region():
    cells = [
        {
            "region": region,
            "year": year,
            "indicator": "fund.total",
            "measure": "outturn",
            "value": value,
            "slack": 0,
            "status": "printed",
        }
        for region, value in (("east", 10.0), ("west", 1000.0))
        for year in (2008, 2009)
    ]
    stated = as_panel(cells[:1]).assign(measure="cumulative", period="2008-2009")
    part = stated.assign(period="2008-01/2008-09")
    (row,) = measures.years_sum(pd.concat([part, stated]), as_panel(cells)).to_dict("records")
    assert row["years_sum"] == 20 and row["years_sum_status"] == "printed"


def money(panel, year=2009, **amounts):
    """Results of one year in the form of `panel`, by indicator with two underscores for the dot."""
    base = panel[panel["indicator"].eq("fund.unemployment")].iloc[[0]]
    rows = [
        base.assign(year=year, indicator=name.replace("__", "."), value=float(v), low=float(v), high=float(v))
        for name, v in amounts.items()
    ]
    return pd.concat(rows, ignore_index=True)


def test_a_balance_lasts_for_months_of_the_years_expenditure(panel):
    rows = money(panel, fund_expenditure__unemployment=24, fund_balance__unemployment=36)
    row = measures.flows(rows).iloc[0]
    assert row["months"] == 18 and row["months_unit"] == "months"
    assert measures.part(row, "balance")["indicator"] == "fund_balance.unemployment"


def test_money_per_head_stands_beside_what_the_law_of_the_year_allows(panel):
    rows = money(panel, year=2010, fund__unemployment=41e6, insured__unemployment=102000)
    row = measures.against_the_law(rows).iloc[0]
    assert row["value"] == pytest.approx(41e6 / 102000)
    assert row["band_low"] == pytest.approx(0.2 * 0.03 * 36539)
    assert row["band_high"] == pytest.approx(1.5 * 0.03 * 36539)


def test_a_scheme_goes_on_from_the_one_it_took_over(panel):
    rows = [
        money(panel, 2015, insured__urban_resident_medical=30, fund_income__urban_resident_medical=3),
        money(panel, 2016, insured__urban_resident_medical=31, insured__resident_medical=80),
        money(panel, 2017, insured__resident_medical=87),
    ]
    rows = pd.concat([measures.by_scheme(pd.concat(rows), kind) for kind in ("insured", "fund_income")])
    table = measures.continued(rows.reset_index(drop=True)).set_index(["scheme", "year"])["value"]
    assert table["resident_medical"].to_dict() == {2015: 30, 2016: 31, 2017: 87}
    assert table["urban_resident_medical"].to_dict() == {2015: 3}


def test_who_pays_is_a_share_of_the_income(panel):
    rows = money(panel, fund__x=80, fund_subsidy__x=15, fund_income__x=100)
    assert list(measures.paid_by(rows)["value"]) == [80, 15]


def test_change_is_on_the_year_before_and_not_of_rates(panel):
    rows = pd.concat([money(panel, 2008, insured__x=50), money(panel, 2009, insured__x=60)])
    assert measures.since_last_year(rows, 2009)["change"].iloc[0] == pytest.approx(20)
    assert measures.since_last_year(rows.assign(unit="percent"), 2009)["change"].isna().all()


def test_contradictions_stand_once_and_the_largest_gap_first():
    base = {"region": "a", "rule": "r", "period": "2009", "expression": "", "kind": "hard"}
    edits = pd.DataFrame(
        [
            {**base, "figures": "x", "left": 100.0, "right": 99.0, "holds": False},
            {**base, "figures": "y", "left": 50.0, "right": 100.0, "holds": False},
            {**base, "figures": "y", "left": 100.0, "right": 50.0, "holds": False},
            {**base, "figures": "z", "left": 1.0, "right": 9.0, "holds": False, "kind": "soft"},
            {**base, "figures": "z", "left": 1.0, "right": 1.0, "holds": True},
        ]
    )
    assert list(measures.contradictions(edits)["gap"]) == [50, pytest.approx(1)]


def test_the_widest_gap_of_each_figure_is_known_by_its_measure_and_period():
    base = {"region": "a", "period": "2009", "expression": "", "kind": "hard", "holds": False}
    edits = pd.DataFrame(
        [
            {**base, "rule": "r", "figures": "x.a x.b:target", "left": 485.0, "right": 482.0},
            {**base, "rule": "s", "figures": "x.a", "left": 10.0, "right": 5.0},
        ]
    )
    assert measures.widest(edits) == {
        ("x.a:outturn", "2009"): 50,
        ("x.b:target", "2009"): pytest.approx(0.6186, abs=1e-4),
    }


def test_a_change_stands_in_a_year_though_other_rows_have_none():
    rows = pd.DataFrame(
        [
            ("employment.new_urban_jobs", 2008, 31.0),
            ("employment.new_urban_jobs", 2009, 34.0),
            ("employment.reemployed", 2009, 9.0),
        ],
        columns=["indicator", "year", "value"],
    )
    rows = rows.assign(
        region="x", measure="outturn", low=rows["value"], high=rows["value"], bound="", unit="people", status="printed"
    )
    table = measures.since_last_year(rows, 2009).to_dict("records")
    years = {row["indicator"]: measures.part(row, "change")["year"] for row in table}
    assert years == {"employment.new_urban_jobs": 2009, "employment.reemployed": None}
    assert isinstance(years["employment.new_urban_jobs"], int)


def test_nothing_is_known_of_an_empty_figure_and_half_of_an_open_one():
    nan = float("nan")
    assert measures.interval(5.0, nan, nan) == (5.0, 5.0)
    assert measures.interval(5.0, nan, nan, "at_least", "outturn") == (5.0, float("inf"))
    assert measures.interval(5.0, nan, nan, "at_most", "ceiling") == (5.0, 5.0)
    assert all(end != end for end in measures.interval(nan, nan, nan))


def test_a_figure_of_several_readings_keeps_them_beside_others():
    row = {"region": "x", "year": 2009, "indicator": "insured.maternity", "value": float("nan"),
           "low": 66050.0, "high": 661500.0, "status": "range", "unit": "people",
           "measure": "outturn", "candidates": "66100,661000"}  # fmt: skip
    table = measures.beside(outturn=pd.DataFrame([row])).to_dict("records")
    assert measures.part(table[0], "outturn")["candidates"] == "66100,661000"


def test_no_figures_of_schemes_go_on_from_none(panel):
    assert measures.continued(measures.by_scheme(panel.iloc[:0], "insured")).empty


def test_results_are_held_against_the_people_of_that_very_year_and_place(panel):
    rows = pd.concat(
        [money(panel, 2010, employment__new_urban_jobs=50), money(panel, 2011, employment__new_urban_jobs=60)]
    )
    region = rows["region"].iloc[0]
    people = {(region, 2010): 20_000, ("elsewhere", 2011): 30_000}
    (row,) = measures.per_inhabitants(rows, people, "per_thousand", "", 1000).to_dict("records")
    assert (row["year"], row["value"], row["of"]) == (2010, 2.5, 20_000)


def test_places_are_compared_by_their_people_in_the_last_year_in_which_most_have_both(panel):
    years = [money(panel, year, employment__new_urban_jobs=50) for year in (2009, 2010, 2011)]
    rows = pd.concat([*years, *(table.assign(region="elsewhere") for table in years)])
    region = panel["region"].iloc[0]
    people = {(region, 2009): 10_000, (region, 2010): 20_000, (region, 2011): 25_000}
    people |= {("elsewhere", 2009): 50_000, ("elsewhere", 2010): 10_000}
    table = measures.per_thousand(rows, people)
    assert dict(zip(table["region"], table["value"], strict=True)) == {region: 2.5, "elsewhere": 5.0}
    assert set(table["year"]) == {2010}

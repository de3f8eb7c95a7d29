"""One figure, one status: what a region's documents state, counted once."""

import csv
from collections import Counter

import pytest

import analysis
from analysis.pages import write_index
from analysis.tables.figures import figures, is_part, is_year, years_of
from processed import project


@pytest.mark.parametrize(
    ("period", "years", "part"),
    [
        ("2009", (2009, 2009), False),
        ("2016-2020", (2016, 2020), False),
        ("2013-01/2013-09", (2013, 2013), True),
        ("2012-07/2013-06", (2012, 2013), True),
    ],
)
def test_periods_have_a_first_and_a_last_year(period, years, part):
    assert years_of(period) == years
    assert is_part(period) is part
    assert is_year(period) is (period == "2009")


def said(document, period, status, printed="1"):
    return {
        "region": "r",
        "document": document,
        "indicator": "fund.total",
        "measure": "outturn",
        "period": period,
        "status": status,
        "printed": printed,
    }


def test_a_figure_in_two_documents_is_one_with_the_panels_status():
    panel = [
        {
            "region": "r",
            "year": "2009",
            "indicator": "fund.total",
            "measure": "outturn",
            "status": "confirmed",
            "documents": "a b",
        }
    ]
    stated = [said("a", "2009", "plausible", "1x"), said("b", "2009", "printed", "12")]
    (figure,) = figures(panel, stated)
    assert figure["status"] == "confirmed"
    assert figure["prints"] == (("a", "1x"), ("b", "12"))


def test_of_a_period_that_is_no_year_the_surest_statement_stands():
    stated = [said("b", "2006-2010", "range"), said("a", "2006-2010", "printed")]
    (figure,) = figures([], stated)
    assert (figure["status"], figure["documents"]) == ("printed", "a b")
    assert (figure["since"], figure["year"]) == (2006, 2010)


@pytest.fixture
def root(tmp_path):
    """A year stated twice, a year of some months only, and a total over both."""
    project(tmp_path, year=2009)
    rows = [
        "employment.new_urban_jobs outturn 20000 20000 20000 - people printed 2010-01/2010-09",
        "employment.new_urban_jobs cumulative 90000 90000 90000 - people conflict 2009-2010",
        "fund.total outturn 45200000 45150000 45250000 - yuan printed 2009",
    ]
    folder = tmp_path / "data/processed/testshire"
    with (folder / "2009-labor-bureau-report/observations.csv").open(encoding="utf-8") as file:
        columns = next(csv.reader(file))
    names = ["indicator", "measure", "value", "low", "high", "bound", "unit", "status", "period"]
    other = folder / "2010-government-work-report"
    other.mkdir()
    for name in ("edits", "numerals"):
        text = (folder / f"2009-labor-bureau-report/{name}.csv").read_text("utf-8")
        (other / f"{name}.csv").write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    with (other / "observations.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, "", lineterminator="\n")
        writer.writeheader()
        for row in rows:
            cells = ["" if cell == "-" else cell for cell in row.split()]
            writer.writerow(dict(zip(names, cells, strict=True)) | {"printed": cells[2]})
    return tmp_path


def test_a_page_counts_each_figure_once_and_those_of_other_periods_in_their_years(root):
    page = analysis.page(region="testshire", year=2009, root=root)
    keys = page.stated[["indicator", "measure", "period"]].apply(tuple, axis=1)
    assert keys.is_unique and len(page.stated) == len(page.rows) + 1
    assert ("employment.new_urban_jobs", "cumulative", "2009-2010") in set(keys)
    (twice,) = page.stated[page.stated["indicator"] == "fund.total"].to_dict("records")
    assert len(twice["prints"]) == 2 and twice["status"] == "repaired" and not twice["open"]


def test_a_year_of_which_only_months_are_known_has_a_page_and_no_yearly_row(root):
    page = analysis.page(region="testshire", year=2010, root=root)
    assert page.rows.empty
    assert set(page.stated["period"]) == {"2010-01/2010-09", "2009-2010"}


def test_index_and_page_count_the_same_figures(root):
    text = write_index(root).read_text("utf-8")
    for year in (2009, 2010):
        page = analysis.page(region="testshire", year=year, root=root)
        counts = Counter(page.stated["open"])
        assert f"[{year},{counts[False]},{counts[True]}," in text


def test_a_figure_that_one_document_states_twice_is_one_row(root):
    path = root / "data/processed/testshire/2009-labor-bureau-report/observations.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]) + "\n", encoding="utf-8")
    page = analysis.page(region="testshire", year=2009, root=root)
    for rows in (page.rows.assign(period="2009"), page.stated):
        assert not rows.duplicated(["indicator", "measure", "period"]).any()

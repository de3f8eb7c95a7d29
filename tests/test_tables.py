import subprocess
import sys

import pandas as pd
import pytest

import analysis
from analysis.errors import InputError
from analysis.tables import loading
from processed import project


def test_panel_is_typed(tmp_path):
    panel = loading.load("testshire", root=project(tmp_path))
    assert panel["value"].dtype == panel["low"].dtype == "float64"
    assert panel["year"].dtype == "int64"
    assert panel["status"].cat.ordered
    assert (panel["status"] >= "plausible").sum() == 11


def test_empty_cells_are_missing_numbers_never_zero(tmp_path):
    panel = loading.load("testshire", root=project(tmp_path)).set_index("indicator")
    row = panel.loc["relations.wages_recovered"]
    assert pd.isna(row["value"]) and pd.isna(row["low"]) and pd.isna(row["high"])


@pytest.mark.parametrize("table", ["observations", "numerals", "edits"])
def test_tables_of_documents_say_which_document(tmp_path, table):
    rows = loading.load("testshire", table, year=2009, root=project(tmp_path))
    assert set(rows["document"]) == {"2009-labor-bureau-report"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"region": "testshyre"}, "there is testshire"),
        ({"region": "testshire", "table": "pannel"}, "there are panel"),
        ({"region": "testshire", "year": 1999}, "it has 2009"),
    ],
)
def test_what_is_not_there_is_refused_naming_what_is(tmp_path, arguments, words):
    with pytest.raises(InputError, match=words):
        loading.load(**arguments, root=project(tmp_path))


def test_a_number_that_is_none_is_refused_with_its_file(tmp_path):
    root = project(tmp_path)
    panel = root / "data/processed/testshire/panel.csv"
    panel.write_text(panel.read_text().replace("28000", "28k"))
    with pytest.raises(InputError, match=r"panel\.csv: column value"):
        loading.load("testshire", root=root)


def test_years_in_words():
    assert loading.spans([2005, 2006, 2007, 2009]) == "2005–2007, 2009"


def test_import_analysis_imports_no_pandas():
    code = "import analysis, sys; print('pandas' in sys.modules, 'load' in dir(analysis))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.split() == ["False", "True"]


def test_every_public_name_can_be_had():
    assert all(getattr(analysis, name) for name in analysis.__all__)


def test_whether_an_identity_holds_is_a_boolean(tmp_path):
    edits = loading.load("testshire", "edits", root=project(tmp_path))
    assert edits["holds"].dtype == "boolean"
    assert edits["holds"].sum() == 1 and len(edits[edits["holds"].eq(False)]) == 1


def test_an_unknown_indicator_is_refused_with_the_nearest_that_is_known(tmp_path):
    panel = loading.load("testshire", root=project(tmp_path))
    with pytest.raises(InputError, match=r"did you mean 'employment\.new_urban_jobs'"):
        loading.only(panel, "employment.new_urban_job")
    assert len(loading.only(panel, "employment")) == 7

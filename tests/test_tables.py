import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from IPython.core.completer import IPCompleter, provisionalcompleter

import analysis
from analysis import codebook
from analysis.desk import catalog
from analysis.system.errors import InputError
from analysis.tables import loading, shaping
from processed import FIGURES, project


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
        ({"region": "testshyre"}, "did you mean 'testshire'"),
        ({"region": "elsewhere"}, "there is testshire"),
        ({"region": ["testshire", "elsewhere"]}, "there is testshire"),
        ({"region": "testshire", "year": "2009"}, "expected a whole number such as 2009, got '2009'"),
        ({"region": "testshire", "year": True}, "expected a whole number"),
        ({"region": "testshire", "table": "pannel"}, "there are panel"),
        ({"region": "testshire", "year": 1999}, "it has 2009"),
        ({"region": "testshire", "table": "westshire"}, "several regions go in a list"),
        ({"region": []}, "an empty list"),
        ({"region": 3}, "expected a name such as 'guangyuan', got 3"),
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


@pytest.mark.parametrize("module", ["", ".charts", ".codebook", ".export", ".measures"])
def test_tab_shows_what_is_ours_and_nothing_else(module):
    ours = import_module(f"analysis{module}")
    assert dir(ours) == sorted(ours.__all__)
    assert all(hasattr(ours, name) for name in ours.__all__)
    with provisionalcompleter():
        shown = list(IPCompleter(namespace={"ours": ours}).completions("ours.", 5))
    assert {each.text.lstrip(".") for each in shown} == set(ours.__all__)


def test_whether_an_identity_holds_is_a_boolean(tmp_path):
    edits = loading.load("testshire", "edits", root=project(tmp_path))
    assert edits["holds"].dtype == "boolean"
    assert edits["holds"].sum() == 1 and len(edits[edits["holds"].eq(False)]) == 1


def test_an_unknown_indicator_is_refused_with_the_nearest_that_is_known(tmp_path):
    panel = loading.load("testshire", root=project(tmp_path))
    with pytest.raises(InputError, match=r"did you mean 'employment\.new_urban_jobs'"):
        loading.only(panel, "employment.new_urban_job")
    assert len(loading.only(panel, "employment")) == 7
    assert len(loading.only(panel, ["employment", "insured"])) > 7


@pytest.fixture
def two(tmp_path):
    for region in ("northshire", "southshire"):
        project(tmp_path, region=region)
    project(tmp_path, FIGURES[:2], year=2010, region="westshire")
    return tmp_path


def test_one_some_or_all_regions_are_loaded_as_one_table(two):
    some = loading.load(["southshire", "northshire"], root=two)
    assert list(dict.fromkeys(some["region"])) == ["southshire", "northshire"]
    every = loading.load(root=two)
    assert set(every["region"]) == {"northshire", "southshire", "westshire"}
    assert every.index.is_unique and every["status"].cat.ordered
    said = loading.load(table="observations", root=two)
    assert set(said["region"]) == set(every["region"])
    assert set(loading.load(year=2010, root=two)["region"]) == {"westshire"}


def test_years_may_be_numpys(two):
    assert len(loading.load("westshire", year=np.int64(2010), root=two)) == 2
    assert analysis.page(region="westshire", year=np.int64(2010), root=two).years == (2010, 2010)


def test_settled_is_a_boolean_beside_the_status(two):
    panel = loading.load("northshire", root=two)
    strong = panel["status"] <= "repaired"
    assert panel["settled"].dtype == bool and (panel["settled"] == strong).all()


def test_wide_has_one_measure_in_units_that_do_not_mix(two):
    panel = loading.load(root=two)
    table = shaping.wide(panel)
    assert table.index.names == ["region", "year"] and len(table) == 3
    assert table.loc[("southshire", 2009), "insured.maternity"] == 66000
    known = codebook.load().indicators
    assert list(table) == [id_ for id_ in known if id_ in set(table)]
    firm = shaping.wide(panel, settled=True, names="stata")
    assert "ins_maternity" in firm and "ins_unemployment" not in firm
    assert shaping.wide(panel, "status", "target").loc[("westshire", 2010)].tolist() == ["printed"]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"measure": "outturns"}, "there are outturn"),
        ({"values": "val"}, "the table has region"),
        ({"twice": True}, "northshire 2009 .* there twice"),
    ],
)
def test_what_cannot_be_made_wide_is_said(two, asked, words):
    panel = loading.load("northshire", root=two)
    panel = pd.concat([panel, panel]) if asked.pop("twice", False) else panel
    with pytest.raises(InputError, match=words):
        shaping.wide(panel, **asked)


def test_every_column_of_every_table_is_explained(two):
    told = (Path(__file__).parents[1] / "docs/tables.md").read_text("utf-8")
    made = [loading.load(table=table, root=two) for table in get_args(loading.Table)]
    made += [catalog.regions(root=two), catalog.indicators()]
    unsaid = {column for table in made for column in table if f"`{column}`" not in told}
    assert not unsaid

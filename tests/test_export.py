"""Exports: opened by the programs they are for, with labels, statuses and bounds."""

from __future__ import annotations

import json
import re
import sys

import openpyxl
import pandas as pd
import pytest

import processed
from analysis.cli import main
from analysis.export import export
from analysis.export.wide import variables
from analysis.system.errors import InputError
from analysis.tables.extract import COLUMNS, KEY
from analysis.tables.loading import STATUSES, load

JOBS = "employment.new_urban_jobs"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    root = processed.project(tmp_path_factory.mktemp("project"))
    processed.project(root, [f"{JOBS} target 9000 9000 9000 at_least people printed"], region="广元")
    (root / "CITATION.cff").write_text(
        "title: t\nlicense: MIT\nversion: 1.2\nauthors: [{given-names: A, family-names: B}]\n"
    )
    return root


@pytest.fixture(scope="module")
def panel(root):
    return pd.concat([load(region, root=root) for region in ("testshire", "广元")])


def row(figures: pd.DataFrame, region: str = "testshire", measure: str = "outturn") -> pd.Series:
    wanted = (figures["region"] == region) & (figures["indicator"] == JOBS)
    return figures[wanted & (figures["measure"] == measure)].iloc[0]


def test_csv_has_every_figure_in_the_columns_of_all_downloads(root, panel, tmp_path):
    export(root, tmp_path)
    figures = pd.read_csv(tmp_path / "figures.csv", keep_default_na=False)
    assert list(figures) == [*COLUMNS, "label"]
    assert len(figures) == len(panel)
    assert (row(figures)["value"], row(figures)["low"]) == ("", "30000")
    assert float(row(figures, measure="target")["value"]) == 28000
    assert row(figures, "广元", "target")["bound"] == "at_least"


def test_one_region_and_one_indicator_need_no_list(root, tmp_path):
    export(str(root), str(tmp_path / "one"), regions="testshire", indicators=JOBS)
    figures = pd.read_csv(tmp_path / "one/figures.csv")
    assert set(figures["region"]) == {"testshire"} and set(figures["indicator"]) == {JOBS}


def test_a_file_in_the_place_of_the_folder_is_named(root, tmp_path, capsys):
    (tmp_path / "out").write_text("x")
    assert main(["--root", str(root), "export", "--output", str(tmp_path / "out")]) == 1
    assert "out: is a file where a folder must be; move it away" in capsys.readouterr().err


@pytest.mark.parametrize("wide", [False, True])
def test_the_data_package_describes_every_column_of_its_files(root, tmp_path, wide):
    export(root, tmp_path, wide=wide)
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    assert package["licenses"][0]["name"] == "MIT"
    assert package["contributors"] == [{"title": "A B", "role": "author"}]
    for resource in package["resources"]:
        table = pd.read_csv(tmp_path / resource["path"])
        schema = resource["schema"]
        assert [field["name"] for field in schema["fields"]] == list(table)
        assert all(field["title"] for field in schema["fields"])
        assert not table.duplicated(schema["primaryKey"]).any()
    fields = {f["name"]: f for f in package["resources"][0]["schema"]["fields"]}
    assert fields["new_urban_jobs_st" if wide else "status"]["constraints"]["enum"] == [*STATUSES]


@pytest.mark.parametrize(("language", "printed", "people"), [("en", "as printed", "people"), ("zh", "照原文", "人")])
def test_stata_reads_labels_of_variables_and_values(root, panel, tmp_path, language, printed, people):
    export(root, tmp_path, "dta", language=language)
    with pd.io.stata.StataReader(tmp_path / "figures.dta") as reader:
        figures = reader.read()
        labels = reader.value_labels()
    assert labels["status"][STATUSES.index("printed")] == printed
    assert row(figures, "广元", "目标" if language == "zh" else "target")["unit"] == people
    first = pd.read_stata(tmp_path / "figures.dta", convert_categoricals=False).iloc[0]
    assert STATUSES[int(first["status"])] == panel.iloc[0]["status"]
    assert (first["low"], first["high"]) == (30000, 39999)


def test_a_wide_stata_file_has_a_row_a_year_and_a_variable_a_figure(root, tmp_path):
    export(root, tmp_path, "dta", wide=True)
    with pd.io.stata.StataReader(tmp_path / "figures.dta") as reader:
        figures, labels = reader.read(), reader.variable_labels()
    assert not figures.duplicated(list(KEY[:2])).any()
    assert labels["new_urban_jobs_tgt_lo"] == "New urban jobs, target, lower bound"
    there = figures[figures["region"] == "广元"].iloc[0]
    assert (there["new_urban_jobs_tgt"], there["new_urban_jobs_tgt_bd"]) == (9000, "at least")


def test_a_wide_workbook_has_cells_and_columns_without_values(root, tmp_path):
    export(root, tmp_path, "xlsx", wide=True)
    heads, *rows = openpyxl.load_workbook(tmp_path / "figures.xlsx").worksheets[0].values
    assert any(not any(row[at] for row in rows) for at in range(len(heads)))


def test_no_two_variables_of_the_codebook_share_a_name_and_all_fit_into_stata():
    names = [variable.name for variable in variables()]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) < 32


def test_excel_has_sheets_for_codebook_statuses_and_sources_and_the_same_bytes_twice(root, panel, tmp_path):
    for name in ("a", "b"):
        export(root, tmp_path / name, "xlsx")
    book = openpyxl.load_workbook(tmp_path / "a" / "figures.xlsx")
    assert book.sheetnames == ["Figures", "Indicators", "Statuses", "Documents"]
    assert book["Figures"].max_row == len(panel) + 1
    first, second = ((tmp_path / name / "figures.xlsx").read_bytes() for name in "ab")
    assert first == second


def test_a_text_that_a_spreadsheet_would_run_is_no_formula_in_excel(tmp_path):
    root = processed.project(tmp_path)
    raw = root / "data/raw/testshire"
    raw.mkdir()
    fact = f"year,indicator,measure,printed,source\n2009,{JOBS},outturn,1,=1+1\n"
    (raw / f"{processed.DOCUMENT}.csv").write_text(fact)
    export(root, tmp_path / "out", "xlsx")
    cells = openpyxl.load_workbook(tmp_path / "out" / "figures.xlsx")["Documents"]["G"]
    assert [(cell.value, cell.data_type) for cell in cells] == [("source", "s"), ("'=1+1", "s")]


def test_duckdb_opens_parquet_with_typed_columns(root, panel, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    export(root, tmp_path, "parquet")
    file = str(tmp_path / "figures.parquet")
    typed = duckdb.execute("select typeof(year), typeof(value), typeof(status) from read_parquet(?)", [file])
    assert typed.fetchone() == ("BIGINT", "DOUBLE", "VARCHAR")
    counted = duckdb.execute("select count(*), sum(value) from read_parquet(?)", [file]).fetchone()
    assert counted == (len(panel), pytest.approx(panel["value"].sum()))


def test_only_the_regions_and_indicators_asked_for_are_exported(root, tmp_path):
    export(root, tmp_path, regions=["广元"], indicators=["employment"])
    figures = pd.read_csv(tmp_path / "figures.csv")
    assert set(figures["region"]) == {"广元"}
    assert list(pd.read_csv(tmp_path / "indicators.csv")["indicator"]) == [JOBS]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"regions": ["nowhere"]}, "region 'nowhere'"),
        ({"indicators": ["insurred"]}, "did you mean 'insured'"),
        ({"regions": ["广元"], "indicators": ["fund"]}, "no figure of fund in 广元"),
        ({"language": "fr"}, "language 'fr'"),
        ({"format": "sav"}, "format 'sav': there are csv, xlsx, dta, parquet"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_written(root, tmp_path, asked, says):
    with pytest.raises(InputError, match=re.escape(says)):
        export(root, tmp_path / "out", **asked)
    assert not (tmp_path / "out").exists()


def test_a_missing_library_is_named_with_the_command_that_installs_it(root, tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    out = str(tmp_path / "out")
    assert main(["--root", str(root), "export", "--output", out, "--format", "parquet"]) == 2
    said = capsys.readouterr().err
    assert "needs pyarrow" in said
    assert "pip install '.[export]'" in said
    assert not (tmp_path / "out").exists()

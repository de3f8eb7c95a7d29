"""The columns that every download and export has."""

from __future__ import annotations

import pytest

import processed
from analysis.tables.extract import COLUMNS, KEY, extract
from analysis.tables.loading import load

FACTS = """year,indicator,measure,printed,issuer,source
2009,employment.new_urban_jobs,outturn,2.53万人,Bureau of Testshire,https://example.org/2009
"""


@pytest.fixture
def root(tmp_path):
    root = processed.project(tmp_path)
    raw = root / "data" / "raw" / "testshire"
    raw.mkdir()
    (raw / f"{processed.DOCUMENT}.csv").write_text(FACTS, "utf-8")
    return root


def test_an_extract_has_the_columns_of_all_downloads_and_one_row_per_figure(root):
    panel = load("testshire", root=root)
    rows = extract(panel, root)
    assert tuple(rows.columns) == COLUMNS
    assert len(rows) == len(panel)
    assert not rows.duplicated(list(KEY)).any()
    assert rows["status"].dtype == panel["status"].dtype


def test_each_figure_names_issuer_and_address_of_its_document(root):
    rows = extract(load("testshire", root=root), root).set_index(["indicator", "measure"])
    jobs = rows.loc[("employment.new_urban_jobs", "outturn")]
    assert jobs["source"] == "Bureau of Testshire, https://example.org/2009"
    assert rows["source"].ne("").sum() == 1


def test_rows_that_lack_columns_come_out_with_empty_ones(root):
    rows = extract(load("testshire", root=root).drop(columns=["bound", "low"]), root)
    assert rows[["bound", "low"]].isna().all(axis=None)


def test_what_is_written_of_a_report_names_its_figures_source(root):
    raw = root / "data" / "raw" / "testshire"
    told = "title: Report of 2009\nissuer: Bureau\nurl: https://example.org/report\n"
    (raw / f"{processed.DOCUMENT}.source.yaml").write_text(told, "utf-8")
    rows = extract(load("testshire", root=root), root)
    assert set(rows["source"]) == {"Bureau, https://example.org/report"}

import xml.etree.ElementTree as ET

import pandas as pd
import pytest

import analysis
from analysis import charts, measures
from analysis.charts import publish
from processed import FIGURES, project


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(publish, "display", lambda *a, **k: outputs.append((a, k)))
    return outputs


def make(tmp_path, figures=FIGURES, **more):
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, figures), **more)
    return charts.bars(measures.insured(page.rows), page, "insurance-insured")


def test_what_is_displayed_is_what_was_saved(tmp_path, shown):
    publish.show(make(tmp_path))
    (data,), options = shown[0]
    folder = tmp_path / "figures/testshire/2009"
    assert data["image/svg+xml"] == (folder / "insurance-insured.svg").read_text()
    assert (folder / "insurance-insured.png").read_bytes().startswith(b"\x89PNG")
    assert options["metadata"]["analysis"]["files"] == [
        "insurance-insured.svg",
        "insurance-insured.png",
    ]
    assert options["metadata"]["analysis"]["alt"] == data["text/plain"]


def test_the_data_behind_the_chart_go_with_it(tmp_path, shown):
    publish.show(make(tmp_path))
    lines = shown[0][1]["metadata"]["analysis"]["csv"].splitlines()
    assert lines[0].startswith("region,year,indicator,measure,value,low,high")
    assert len(lines) == 4 and "66000," in lines[1] + lines[2] and ".0," not in "".join(lines)


def test_chinese_pictures_have_names_of_their_own(tmp_path, shown):
    publish.show(make(tmp_path, language="zh"))
    assert (tmp_path / "figures/testshire/2009/insurance-insured.zh.svg").exists()


def test_the_folder_named_by_the_environment_wins(tmp_path, shown, monkeypatch):
    monkeypatch.setenv("ANALYSIS_FIGURES", str(tmp_path / "staging"))
    publish.show(make(tmp_path))
    assert (tmp_path / "staging/insurance-insured.svg").exists()
    assert not (tmp_path / "figures").exists()


def test_no_chart_no_file(tmp_path, shown):
    publish.show(make(tmp_path, FIGURES[:1]))
    assert shown == []
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, FIGURES[1:2]))
    publish.show(charts.bullet(measures.completion(page.rows), page, "employment-targets"))
    assert "do not give both a result and a target" in shown[0][0][0].data
    assert not (tmp_path / "figures").exists()


def test_svg_is_well_formed_undated_and_needs_no_font(tmp_path, shown):
    publish.show(make(tmp_path))
    svg = shown[0][0][0]["image/svg+xml"]
    ET.fromstring(svg)
    assert "<text" not in svg and "dc:date" not in svg and "font-family" not in svg


def test_a_download_holds_no_cell_that_a_spreadsheet_would_run():
    table = pd.DataFrame(
        {"note": ["=1+1", "+86", "-", "@a", "\tx", "a=1", "'", None], "value": [-1.5, *[2.0] * 7]}
    )
    table["status"] = pd.Categorical(["=x", *["printed"] * 7])
    lines = publish.guarded(table).to_csv(index=False).splitlines()
    assert lines[1:] == [
        "'=1+1,-1.5,'=x", "+86,2.0,printed", "'-,2.0,printed", "'@a,2.0,printed",
        "'\tx,2.0,printed", "a=1,2.0,printed", "',2.0,printed", ",2.0,printed",
    ]  # fmt: skip
    assert table["note"][0] == "=1+1", "only the download is changed"

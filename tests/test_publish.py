import dataclasses
import re
import xml.etree.ElementTree as ET
from base64 import b64decode
from html import unescape

import nbformat
import pandas as pd
import pytest
from nbconvert import HTMLExporter

import analysis
from analysis import charts, measures
from analysis.charts import publish
from analysis.tables import extract
from processed import FIGURES, project


@pytest.fixture
def shown(monkeypatch):
    outputs = []
    monkeypatch.setattr(publish, "display", lambda *a, **k: outputs.append((a, k)))
    return outputs


def make(tmp_path, figures=FIGURES, **more):
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, figures), **more)
    return charts.bars(measures.insured(page.rows), page, "insurance-insured")


@pytest.fixture
def build(monkeypatch, tmp_path):
    """As where a build runs the notebook."""
    monkeypatch.setenv("ANALYSIS_FIGURES", str(tmp_path / "staging"))
    return tmp_path / "staging"


def test_what_a_build_displays_is_what_it_saved(tmp_path, shown, build):
    publish.show(make(tmp_path))
    (data,), options = shown[0]
    folder = build
    assert data["image/svg+xml"] == (folder / "insurance-insured.svg").read_text()
    assert (folder / "insurance-insured.png").read_bytes().startswith(b"\x89PNG")
    assert options["metadata"]["analysis"]["files"] == ["insurance-insured.svg", "insurance-insured.png"]
    assert options["metadata"]["analysis"]["alt"] == data["text/plain"]


def test_the_data_behind_the_chart_go_with_it(tmp_path, shown):
    publish.show(make(tmp_path))
    lines = shown[0][1]["metadata"]["analysis"]["csv"].splitlines()
    assert lines[0].split(",") == list(extract.COLUMNS)
    assert len(lines) == 4 and "66000," in lines[1] + lines[2] and ".0," not in "".join(lines)


def test_chinese_pictures_have_names_of_their_own(tmp_path, shown, build):
    publish.show(make(tmp_path, language="zh"))
    assert (build / "insurance-insured.zh.svg").exists()
    assert not (tmp_path / "figures").exists()


def test_looking_saves_no_picture_unless_it_is_asked_to(tmp_path, shown):
    publish.show(make(tmp_path))
    assert not (tmp_path / "figures").exists()
    publish.show(make(tmp_path), save=True)
    assert (tmp_path / "figures/testshire/2009/insurance-insured.png").exists()


def test_what_is_shown_can_be_exported_whole(tmp_path, shown):
    publish.show(make(tmp_path))
    ((data,), _) = shown[0]
    image = ET.fromstring(data["text/html"].replace('">', '"/>'))
    assert image.get("alt") == data["text/plain"]
    ET.fromstring(b64decode(image.get("src").partition(",")[2]))
    assert b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert "image/svg+xml" not in data, "for which other formats would want a converter"


def test_no_chart_no_file(tmp_path, shown):
    publish.show(make(tmp_path, FIGURES[:1]))
    assert shown == []
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, FIGURES[1:2]))
    publish.show(charts.bullet(measures.completion(page.rows), page, "employment-targets"))
    assert "do not give both a result and a target" in shown[0][0][0].data
    assert not (tmp_path / "figures").exists()


def test_an_export_to_html_has_each_picture_with_its_words(tmp_path, shown):
    publish.show(make(tmp_path))
    ((data,), _) = shown[0]
    output = nbformat.v4.new_output("display_data", data)
    cell = nbformat.v4.new_code_cell("1", outputs=[output])
    html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=[cell]))
    (picture,) = re.findall(r"<img[^>]*>", html)
    assert data["text/plain"] in unescape(picture) and "No description" not in picture


def test_svg_is_well_formed_undated_and_brings_its_font(tmp_path, shown, build):
    publish.show(make(tmp_path))
    svg = shown[0][0][0]["image/svg+xml"]
    ET.fromstring(svg)
    assert (
        "<text" in svg
        and "@font-face" in svg
        and "dc:date" not in svg
        and "http:" not in re.sub(r'(xmlns(:\w+)?|rdf:resource|href)="[^"]*"|<!DOCTYPE[^>]*>', "", svg)
    )


def test_a_drawing_carries_no_digits_ids_or_turns_that_nobody_sees(tmp_path, shown, build):
    publish.show(make(tmp_path))
    svg = shown[0][0][0]["image/svg+xml"]
    drawn = re.sub(r"<style>.*?</style>|<metadata>.*?</metadata>|<a [^>]*>|>[^<]*<", "", svg, flags=re.S)
    assert not re.search(r"\d\.\d{3}|rotate\(-0|font-family: '", drawn)
    named, asked = (set(re.findall(pattern, svg)) for pattern in (r' id="([^"]*)"', r'(?:url\(|href=")#([^")]*)'))
    assert named <= asked


def test_a_download_holds_no_cell_that_a_spreadsheet_would_run():
    table = pd.DataFrame({"note": ["=1+1", "+86", "-", "@a", "\tx", "a=1", "'", None], "value": [-1.5, *[2.0] * 7]})
    table["status"] = pd.Categorical(["=x", *["printed"] * 7])
    lines = extract.guarded(table).to_csv(index=False).splitlines()
    assert lines[1:] == [
        "'=1+1,-1.5,'=x",
        "+86,2.0,printed",
        "'-,2.0,printed",
        "'@a,2.0,printed",
        "'\tx,2.0,printed",
        "a=1,2.0,printed",
        "',2.0,printed",
        ",2.0,printed",
    ]
    assert table["note"][0] == "=1+1", "only the download is changed"


def test_a_chart_is_saved_nowhere_but_in_its_folder(tmp_path, shown):
    chart = make(tmp_path)
    outside = dataclasses.replace(chart, name="../../elsewhere")
    with pytest.raises(analysis.InputError, match="chart"):
        publish.show(outside, save=True)
    assert not shown

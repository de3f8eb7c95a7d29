"""At the desk a number leads to its evidence, as on a page, and to nothing that is not there."""

import re

import pandas as pd
import pytest

import analysis
from analysis import measures
from analysis.system.errors import InputError
from analysis.tables import loading
from processed import DOCUMENT, project

SENTENCE = "城镇新增就业目标28000人，生育保险参保66000人。"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def root(tmp_path, monkeypatch):
    root = project(tmp_path)
    folder = root / "data/raw/testshire"
    folder.mkdir()
    (folder / f"{DOCUMENT}.txt").write_text(SENTENCE, "utf-8")
    path = root / f"data/processed/testshire/{DOCUMENT}/observations.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    start = SENTENCE.index("66000")
    this = table["indicator"].eq("insured.maternity")
    table.loc[this, ["printed", "start", "end"]] = ["66000", str(start), str(start + 5)]
    table.to_csv(path, index=False, lineterminator="\n")
    monkeypatch.setenv("ANALYSIS_ROOT", str(root))
    return root


def shown(display):
    return display._repr_mimebundle_()["text/html"]


@pytest.mark.parametrize(
    ("figure", "said"), [(None, "rows of `load` or the id"), ("insured.maternity", "of which year"), (7, "got int")]
)
def test_what_is_no_figure_has_no_evidence_and_is_told_so(root, figure, said):
    with pytest.raises(InputError, match=said):
        analysis.evidence(figure, region="testshire")


def test_a_table_of_columns_that_are_not_there_is_refused(root):
    page, panel = analysis.page(region="testshire", year=2009), loading.load("testshire")
    with pytest.raises(InputError, match="no column 'vlaue'; there are region, "):
        analysis.table(page, panel, ["figure", "vlaue"])
    assert "28,000" in analysis.table(page, panel, "value").data


def test_evidence_reads_as_lines_where_html_is_not_shown(root):
    text = repr(analysis.evidence("insured.maternity", region="testshire", year=2009))
    assert "生育保险参保«66000»人。\n" in text and "<" not in text
    assert "\n  What it counts: Insured: maternity\n" in text
    assert "Open the document" not in text


def test_a_row_of_any_table_or_the_keys_of_a_figure_give_its_sentence(root):
    panel = loading.only(loading.load("testshire"), "insured.maternity")
    said = loading.only(loading.load("testshire", "observations"), "insured.maternity")
    asked = analysis.evidence("insured.maternity", region="testshire", year=2009)
    for display in (analysis.evidence(panel.iloc[0]), analysis.evidence(said), asked):
        assert "<mark>66000</mark>" in shown(display) and "生育保险参保" in shown(display)
    assert "生育保险参保" in asked._repr_mimebundle_()["text/plain"]


def test_a_computed_figure_gives_its_formula_and_the_evidence_of_its_parts(root):
    page = analysis.page(region="testshire", year=2009)
    heads = analysis.per_head(page.rows)
    row = heads[heads["scheme"] == "maternity"].iloc[0]
    assert "÷" in shown(analysis.evidence(row)) and "<mark>66000</mark>" in shown(analysis.evidence(row))
    cell = analysis.evidence(measures.completion(page.rows).iloc[0], "target", page=page)
    assert "28,000" in shown(cell)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"figure": "insured.maternety", "region": "testshire", "year": 2009}, "did you mean"),
        ({"figure": "insured.maternity", "year": 2009}, "no processed tables"),
        ({"figure": "insured.maternity", "region": "testshire", "year": "2009"}, "whole number"),
        (
            {"figure": "insured.maternity", "region": "testshire", "year": 2009, "measure": "target"},
            "has no such figure of 2009",
        ),
        ({"figure": {"indicator": "insured.maternity"}}, "do not say of which region"),
    ],
)
def test_what_is_asked_wrongly_is_one_sentence(root, asked, words):
    with pytest.raises(InputError, match=words):
        analysis.evidence(**asked)


def test_every_number_shown_in_the_lab_leads_to_a_place_of_the_same_output(root):
    page = analysis.page(region="testshire", year=2009)
    outputs = [
        analysis.title(page, "employment"),
        analysis.say(page, "employment/unemployment"),
        analysis.table(page, page.rows),
        analysis.table(page, page.stated, ["figure", "prints"]),
    ]
    places = []
    for html in map(shown, outputs):
        links = set(re.findall(r'href="#([^"]+)"', html))
        there = re.findall(r'\bid="([^"]+)"', html)
        assert links and links <= set(there)
        places += there
    twice = {place for place in places if places.count(place) > 1}
    assert not twice, "two outputs have no place in common"


def test_exports_without_html_have_no_links_and_every_cell(root):
    page = analysis.page(region="testshire", year=2009)
    table = analysis.table(page, analysis.only(page.rows, "fund"))._repr_mimebundle_()
    lines = table["text/markdown"].splitlines()
    assert lines[1] == "| --- | --- | --- |" and len(lines) == 5
    assert all(line.count("|") == 4 for line in lines)
    key = analysis.key(page)._repr_mimebundle_()["text/markdown"]
    assert all(line.startswith("- ") and "<" not in line for line in key.splitlines()) and key
    text = analysis.title(page, "employment")._repr_mimebundle_()
    assert "<a" not in text["text/markdown"] and "#" not in text["text/plain"].lstrip("#")


def test_reports_stay_text(root):
    (root / f"data/raw/testshire/{DOCUMENT}.txt").write_text(HOSTILE + SENTENCE, "utf-8")
    path = root / f"data/processed/testshire/{DOCUMENT}/observations.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table["printed"] = HOSTILE
    table.to_csv(path, index=False, lineterminator="\n")
    page = analysis.page(region="testshire", year=2009)
    assert "<img" not in shown(analysis.table(page, page.stated, ["figure", "prints"]))


def test_a_build_gets_texts_and_tables_as_its_pages_want_them(root, monkeypatch):
    monkeypatch.setenv("ANALYSIS_FIGURES", str(root / "figures"))
    page = analysis.page(region="testshire", year=2009)
    assert "labour-desk" not in analysis.table(page, page.rows).data
    assert type(analysis.say(page, "employment/unemployment")).__name__ == "Markdown"

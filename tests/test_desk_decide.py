"""Open figures reviewed and decided at the desk: what each reading implies, and what a decision changes."""

import re
import shutil
from pathlib import Path

import pytest

import analysis
from analysis.intake import ingest
from analysis.system.errors import InputError
from analysis.tables import loading

ROOT = Path(__file__).parents[1]
DOCUMENT = "2009-labor-bureau-report"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The report of 2009 alone, read: damaged, with open figures."""
    root = tmp_path_factory.mktemp("decide")
    folder = root / "data/raw/guangyuan"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / f"data/raw/guangyuan/{DOCUMENT}.txt", folder)
    ingest.refresh(root, "guangyuan")
    return root


@pytest.fixture
def root(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path / "project")
    monkeypatch.setenv("ANALYSIS_ROOT", str(tmp_path / "project"))
    return tmp_path / "project"


def stated(indicator):
    table = loading.load("guangyuan", "observations", year=2009)
    return table[table["indicator"].eq(indicator) & table["measure"].eq("outturn")].iloc[0]


def test_every_open_figure_is_shown_with_what_each_reading_implies(made, monkeypatch):
    monkeypatch.setenv("ANALYSIS_ROOT", str(made))
    panel = loading.load("guangyuan", year=2009)
    review = analysis.review("guangyuan", 2009)
    html = review._repr_mimebundle_()["text/html"]
    assert set(review.table["indicator"]) <= set(panel.loc[~panel["settled"], "indicator"])
    heads = review.table[review.table["indicator"] == "fund.maternity"]
    assert sorted(heads["candidate"]) == [4.1e6, 4.1e7]
    assert all("per insured person: 62" in text for text in heads["implies"])
    assert html.count("<mark>") >= review.table["indicator"].nunique()
    assert "&lt;t" not in html
    text = repr(review)
    assert "<" not in text and "  then\n" in text and "per insured person: 62" in text


def test_a_decision_is_written_read_again_and_told(root):
    row = stated("fund.maternity")
    decided = analysis.decide(row, 4.1e6, who="Li", why="page 3 of the print")
    written = (root / f"data/raw/guangyuan/{DOCUMENT}.decisions.csv").read_text("utf-8")
    assert "fund.maternity,outturn,2009,4100000" in written and "page 3 of the print" in written
    assert decided.changes.set_index("indicator").loc["fund.maternity", "status_after"] == "decided"
    assert re.search(r"4\.1 million yuan \(decided\b", decided.data) and decided.broken == []
    assert stated("fund.maternity")["settled"]
    taken_back = analysis.decide(row, None, who="", why="")
    assert "decided" in taken_back.changes["status_before"].tolist()


def test_a_decision_against_the_print_says_so(root):
    decided = analysis.decide(stated("fund.maternity"), 5e6, who="Li", why="page 3 of the print")
    assert "what is printed" in decided.data and "does not say so" in decided.data
    assert "原文所印" in repr(analysis.decide(stated("fund.maternity"), 6e6, who="Li", why="p. 3", language="zh"))


def test_a_decision_against_an_identity_says_so_and_stays_a_conflict(root):
    row = stated("fund.urban_worker_pension")
    decided = analysis.decide(row, 1.5e8, who="Li", why="a slip")
    assert decided.broken and "breaks an identity" in decided.data
    now = loading.only(loading.load("guangyuan", year=2009), "fund.urban_worker_pension")
    assert now["status"].tolist() == ["conflict"]


def test_a_decision_is_on_one_figure(root):
    for figures in (loading.load("guangyuan", "observations"), None, "fund.maternity"):
        with pytest.raises(InputError, match="give one row"):
            analysis.decide(figures, 4.1e6, who="Li", why="page 3")
    one = loading.load("guangyuan", "observations", year=2009).query("indicator == 'fund.maternity'")
    assert "decided" in repr(analysis.decide(one, "4,100,000", who="Li", why="page 3"))


@pytest.mark.parametrize(
    ("change", "value", "who", "words"),
    [
        ({}, 4.1e6, "", "a value, who decided, and why"),
        ({}, "many", "Li", "'many' is no number"),
        ({}, -5e20, "Li", "is no number; write it in yuan"),
        ({"document": "2010-communique"}, 1, "Li", "no document '2010-communique'"),
        ({"indicator": ""}, 1, "Li", "has no indicator"),
        ({"indicator": "fund.maternty"}, 1, "Li", "is not in the codebook"),
        ({"printed": "something else"}, 4.1e6, "Li", "it was made on 'something else'"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(root, change, value, who, words):
    row = {**stated("fund.maternity"), **change}
    before = {p: p.read_bytes() for p in root.rglob("data/**/*") if p.is_file()}
    with pytest.raises(InputError, match=words):
        analysis.decide(row, value, who=who, why="seen" * bool(who))
    assert {p: p.read_bytes() for p in root.rglob("data/**/*") if p.is_file()} == before


def test_a_value_that_cannot_be_leaves_the_decisions_as_they_were(root):
    row = analysis.review("guangyuan", root=root).table.iloc[0]
    path = root / f"data/raw/guangyuan/{row['document']}.decisions.csv"
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(InputError):
        analysis.decide(row, -5, who="Li", why="seen", root=root)
    assert (path.read_bytes() if path.exists() else None) == before

"""Tables under data/processed are products: damaged, they are made again before any page is."""

import shutil

import pytest

from analysis.cli import main
from analysis.intake import standing
from analysis.system import project
from batch_projects import write_notebook

REPORT = "2009年，城镇新增就业3.38万人，失业人员再就业1.2万人，城镇登记失业率3.4%。\n"
PANEL = "data/processed/here/panel.csv"
FIGURES = "data/processed/here/2009-labor-bureau-report/observations.csv"
SHOW = """
import csv, os
from pathlib import Path
panel = Path(os.environ["ANALYSIS_ROOT"], "data/processed", region, "panel.csv")
[row["status"] for row in csv.DictReader(panel.open())]
"""


@pytest.fixture
def root(tmp_path, quick):
    (tmp_path / "notebooks").mkdir()
    for region in ("here", "there"):
        raw = tmp_path / "data/raw" / region / "2009-labor-bureau-report.txt"
        raw.parent.mkdir(parents=True)
        raw.write_text(REPORT, encoding="utf-8")
    return tmp_path


def build(root):
    return main(["build", "--root", str(root)])


def tables(root):
    files = (f for f in (root / "data/processed").rglob("*") if f.is_file())
    return {str(f.relative_to(root)): f.read_bytes() for f in files}


DAMAGES = {
    "edited": lambda text: text.replace("printed", "confirmed").encode(),
    "emptied": lambda text: b"",
    "saved by Excel": lambda text: ("\ufeff" + text.replace("\n", "\r\n")).encode(),
    "GBK": lambda text: (text + "数字").encode("gbk"),
    "truncated": lambda text: text[: len(text) // 2].encode(),
    "missing": None,
}


@pytest.mark.parametrize("table", [PANEL, FIGURES, "data/processed/here/datapackage.json"])
@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_table_is_made_again_and_said_in_a_line(root, how, table, capsys):
    assert build(root) == 0
    made = tables(root)
    path = root / table
    if DAMAGES[how]:
        path.write_bytes(DAMAGES[how](path.read_text("utf-8")))
    else:
        path.unlink()
    assert tables(root) != made
    capsys.readouterr()
    assert build(root) == 0
    assert tables(root) == made
    out = capsys.readouterr().out
    assert "files remade under data/processed" in out
    if table != "data/processed/here/datapackage.json":
        assert "data/processed/here: not as it was made; made again from data/raw\n" in out
    assert build(root) == 0
    assert "remade" not in capsys.readouterr().out


def test_a_dry_run_says_which_tables_are_not_as_they_were_made(root, capsys):
    build(root)
    (root / FIGURES).write_text("")
    shutil.rmtree(root / "data/raw/there")
    capsys.readouterr()
    made = tables(root)
    assert main(["build", "--dry-run", "--root", str(root)]) == 0
    out = capsys.readouterr().out
    assert "data/processed/there: to be made again\ndata/processed/here: to be made again\n" in out
    assert tables(root) == made


@pytest.mark.parametrize("table", ["panel.csv", "datapackage.json"])
def test_a_package_speaks_for_itself_and_for_all_its_tables(root, table):
    build(root)
    path = root / "data/processed/here" / table
    assert standing.due(root) == []
    path.write_bytes(path.read_bytes().replace(b"here", b"hare"))
    assert standing.due(root) == ["here"]


def test_a_document_made_up_under_the_tables_is_removed(root):
    build(root)
    made = tables(root)
    shutil.copytree(
        root / "data/processed/here/2009-labor-bureau-report", root / "data/processed/here/2010-labor-bureau-report"
    )
    build(root)
    assert tables(root) == made


def test_tables_are_removed_and_written_in_the_project_and_not_where_links_lead(root):
    build(root)
    made = tables(root)
    elsewhere = root.parent / "elsewhere"
    processed = root / "data/processed"
    document = processed / "here/2009-labor-bureau-report"
    shutil.copytree(processed / "here", elsewhere)
    (elsewhere / "panel.csv").write_text("not the project's")
    before = sorted(p for p in elsewhere.rglob("*"))
    (processed / "here/fake").symlink_to(elsewhere / document.name)
    shutil.rmtree(document)
    document.symlink_to(elsewhere / document.name)
    shutil.rmtree(processed / "there")
    (processed / "there").symlink_to(elsewhere)
    (processed / "gone").symlink_to(elsewhere)
    build(root)
    assert sorted(p for p in elsewhere.rglob("*")) == before
    assert (elsewhere / "panel.csv").read_text() == "not the project's"
    assert tables(root) == made
    assert not [p for p in processed.rglob("*") if p.is_symlink()]


def test_folders_that_the_project_did_not_make_are_left_alone_and_named(root, capsys):
    theirs = root / "data/processed/theirs"
    (theirs / "deeper").mkdir(parents=True)
    for name in ("panel.csv", "deeper/observations.csv", "deeper/notes.txt"):
        (theirs / name).write_text("by hand")
    notes = root / "data/processed/here/2009-labor-bureau-report/notes.txt"
    build(root)
    notes.write_text("by hand")
    (root / "data/processed/here/panel.csv").unlink()
    capsys.readouterr()
    assert build(root) == 0
    said = "data/processed/theirs: there is no such region under data/raw; left out\n"
    assert said in capsys.readouterr().out
    assert "theirs" not in project.regions(root)
    assert standing.due(root) == []
    assert len([p for p in theirs.rglob("*") if p.is_file()]) == 3 and notes.exists()


def test_statuses_typed_by_hand_reach_no_page_and_an_emptied_panel_removes_none(root):
    write_notebook(root, "small", SHOW)
    assert build(root) == 0
    page = root / "reports/here/2009/small.html"
    before = page.read_bytes()
    panel = root / PANEL
    panel.write_text(panel.read_text("utf-8").replace("printed", "confirmed"), "utf-8")
    assert build(root) == 0
    assert page.read_bytes() == before
    panel.write_text("")
    assert build(root) == 0
    assert page.read_bytes() == before


@pytest.mark.parametrize("damaged", [True, False])
def test_damaged_tables_of_a_region_that_cannot_be_read_reach_no_page(root, damaged, capsys):
    write_notebook(root, "small", SHOW)
    build(root)
    page, panel = root / "reports/here/2009/small.html", root / PANEL
    before = page.read_bytes()
    if damaged:
        panel.write_text(panel.read_text("utf-8").replace("printed", "confirmed"), "utf-8")
    (root / "data/raw/here/2010-labor-bureau-report.txt").write_bytes(b"\xff\xfe\xfd")
    capsys.readouterr()
    assert build(root) == 1
    assert page.read_bytes() == before
    assert panel.exists() is not damaged
    stands = "are damaged and were removed" if damaged else "stay as they were"
    assert f"its tables {stands}" in capsys.readouterr().err


def test_a_region_that_is_no_longer_in_data_raw_loses_its_tables_and_pages(root, capsys):
    write_notebook(root, "small", "region")
    assert build(root) == 0
    shutil.rmtree(root / "data/raw/here")
    assert build(root) == 0
    assert "data/processed/here: not in data/raw any longer; removed" in capsys.readouterr().out
    assert not (root / "data/processed/here").exists()
    assert not (root / "reports/here").exists()
    assert (root / "reports/there/2009/small.html").exists()
    assert '"here"' not in (root / "reports/index.html").read_text("utf-8")

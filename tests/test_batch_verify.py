"""Remaking everything in a scratch folder."""

import os
import shutil

import pytest

from analysis.batch import verify
from analysis.intake import ingest
from batch_projects import FIGURE, build_small, plain_pages, write_notebook


def write_tables(root, region="guangyuan", years=()):
    """A region's tables from a report of a sentence for each year."""
    folder = root / "data/raw" / region
    folder.mkdir(parents=True)
    for year in years:
        text = f"{year}年，全市城镇新增就业{year % 10 + 3}.38万人。\n"
        (folder / f"{year}-labor-bureau-report.txt").write_text(text, encoding="utf-8")
    ingest.refresh(root, region)


@pytest.fixture
def root(tmp_path, quick):
    write_tables(tmp_path, years=(2009,))
    write_notebook(tmp_path, "small", FIGURE)
    build_small(tmp_path)
    return tmp_path


def verify_small(root, capsys):
    with plain_pages():
        code = verify(root, jobs=2)
    return code, capsys.readouterr().out


def test_what_stands_is_what_is_made(root, capsys):
    code, out = verify_small(root, capsys)
    assert code == 0
    assert "data/processed, figures, reports: the same, byte for byte" in out


def test_every_difference_is_named(root, capsys):
    (root / "figures/guangyuan/2009/line.svg").write_text("retouched")
    (root / "figures/guangyuan/2009/other.svg").write_text("by hand")
    (root / "figures/guangyuan/.DS_Store").write_text("left by another program")
    (root / "reports/nowhere.html").symlink_to("dangling")
    (root / "reports/linked").symlink_to(root / "figures/guangyuan/2009")
    os.mkfifo(root / "reports/pipe.html")
    os.mkfifo(root / "data/raw/guangyuan/pipe.txt")
    (root / "data/raw/guangyuan/gone.txt").symlink_to("dangling")
    code, out = verify_small(root, capsys)
    assert code == 1
    assert out.splitlines()[-6:] == [
        "figures/guangyuan/2009/line.svg: differs",
        "figures/guangyuan/2009/other.svg: stands but is not made",
        "reports/linked/line.svg: stands but is not made",
        "reports/linked/other.svg: stands but is not made",
        "reports/nowhere.html: stands but is not made",
        "reports/pipe.html: stands but is not made",
    ]


def test_after_a_build_of_one_year_only_what_stands_is_compared(tmp_path, quick, capsys):
    write_tables(tmp_path, years=(2008, 2009))
    write_tables(tmp_path, "elsewhere", years=(2009,))
    write_notebook(tmp_path, "small", FIGURE)
    build_small(tmp_path, regions=["guangyuan"])
    shutil.rmtree(tmp_path / "reports/guangyuan/2008")
    (tmp_path / "reports/index.html").write_text("lists one page")
    code, out = verify_small(tmp_path, capsys)
    assert code == 0
    assert "reports: 1 that do not stand are not compared, nor is the index" in out
    assert "data/processed, figures, reports: the same, byte for byte" in out
    (tmp_path / "figures/guangyuan/2008/line.svg").unlink()
    assert "figures/guangyuan/2008/line.svg: is made but" in verify_small(tmp_path, capsys)[1]


def test_where_no_figures_and_pages_stand_the_tables_alone_are_compared(tmp_path, capsys):
    write_tables(tmp_path, years=(2009,))
    write_notebook(tmp_path, "small", FIGURE)
    assert verify_small(tmp_path, capsys) == (0, "data/processed: the same, byte for byte\n")


def test_pages_are_made_again_with_the_project_s_citation(tmp_path, quick, capsys):
    write_tables(tmp_path, years=(2009,))
    write_notebook(tmp_path, "small", FIGURE)
    (tmp_path / "CITATION.cff").write_text("title: how it is cited")
    build_small(tmp_path)
    assert "how it is cited" in (tmp_path / "reports/guangyuan/2009/small.html").read_text()
    code, out = verify_small(tmp_path, capsys)
    assert (code, "the same, byte for byte" in out) == (0, True)


def test_what_verify_finds_in_a_link_s_place_the_next_build_makes_again(root, capsys):
    page = root / "reports/guangyuan/2009/small.html"
    page.rename(root / "page.html")
    page.symlink_to(root / "page.html")
    assert "reports/guangyuan/2009/small.html: is no plain file" in verify_small(root, capsys)[1]
    assert build_small(root) == 0
    assert not page.is_symlink()

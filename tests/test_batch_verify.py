"""Remaking everything in a scratch folder."""

import shutil

import pytest

from analysis.batch import verify
from batch_projects import FIGURE, build_small, render, write_index, write_notebook, write_panel


@pytest.fixture
def root(tmp_path):
    write_panel(tmp_path, years=(2009,))
    write_notebook(tmp_path, "small", FIGURE)
    build_small(tmp_path)
    return tmp_path


def verify_small(root, capsys):
    def rebuild(scratch):
        shutil.copytree(root / "data/processed", scratch / "data/processed")

    code = verify(root, rebuild, render=render, index=write_index, jobs=2)
    return code, capsys.readouterr().out


def test_what_stands_is_what_is_made(root, capsys):
    code, out = verify_small(root, capsys)
    assert code == 0
    assert "data/processed, figures, reports: the same, byte for byte" in out


def test_every_difference_is_named(root, capsys):
    (root / "figures/guangyuan/2009/line.svg").write_text("retouched")
    (root / "figures/guangyuan/2009/other.svg").write_text("by hand")
    (root / "reports/guangyuan/2009/small.html").unlink()
    code, out = verify_small(root, capsys)
    assert code == 1
    assert "figures/guangyuan/2009/line.svg: differs" in out
    assert "figures/guangyuan/2009/other.svg: stands but is not made" in out
    assert "reports/guangyuan/2009/small.html: is made but does not stand" in out

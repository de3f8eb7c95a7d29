"""Small projects for the tests of the batch, and a build of them in a process of its own."""

import contextlib
import json
import sys
import time
from pathlib import Path
from unittest import mock

import nbformat

from analysis import pages
from analysis.batch import build

FIGURE = """
import os
from pathlib import Path
import matplotlib.pyplot as plt
import pandas as pd

plt.rcParams["svg.hashsalt"] = "fixed"
fig, ax = plt.subplots()
pd.Series([1, 2, year]).plot(ax=ax)
folder = Path(os.environ["ANALYSIS_FIGURES"])
folder.mkdir(parents=True, exist_ok=True)
fig.savefig(folder / "line.svg", metadata={"Date": None})
print(region, year)
"""


def write_notebook(root, name="small", *cells, parameters='region = "nowhere"\nyear = 0', kernel="python3", **more):
    v4 = nbformat.v4
    first = v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    spec = {"name": kernel, "display_name": kernel, "language": "python"}
    notebook = v4.new_notebook(
        cells=[first, *(v4.new_code_cell(cell) for cell in cells)], metadata={"kernelspec": spec, "plain": True, **more}
    )
    path = Path(root, "notebooks", f"{name}.ipynb")
    path.parent.mkdir(exist_ok=True)
    nbformat.write(notebook, path)
    return path


def write_panel(root, region="guangyuan", years=(2008, 2009), value=1):
    folder = Path(root, "data", "processed", region)
    folder.mkdir(parents=True, exist_ok=True)
    Path(root, "data", "raw", region).mkdir(parents=True, exist_ok=True)
    rows = (f"{region},{year},employment.new,outturn,{value}\n" for year in years)
    (folder / "panel.csv").write_text("region,year,indicator,measure,value\n" + "".join(rows))


def plain(notebook, root):
    """A page that is its notebook, made in an instant, but where a cell wants it to take for ever."""
    text = nbformat.writes(notebook)
    time.sleep(600 if "# stuck in 2008" in text and "year = 2008" in text else 0)
    citation = root / "CITATION.cff"
    return text + (citation.read_text() if citation.exists() else "")


def write_index(root):
    (root / "reports" / "index.html").write_text("index")


@contextlib.contextmanager
def plain_pages(index=write_index):
    """Have this process, and those forked from it, make plain pages of the notebooks written here."""
    real, beside = pages.render, pages.companions

    def render(notebook, root, **more):
        return plain(notebook, root) if "plain" in notebook.metadata else real(notebook, root, **more)

    def companions(notebook, *more):
        return {} if "plain" in notebook.metadata else beside(notebook, *more)

    with mock.patch.multiple(pages, render=render, companions=companions, write_index=index):
        yield


def build_small(root, index=write_index, **options):
    with plain_pages(index):
        return build(Path(root), **({"jobs": 2} | options))


if __name__ == "__main__":
    sys.exit(build_small(sys.argv[1], **json.loads(sys.argv[2])))

"""Small projects for the tests of the batch, and a build of them in a process of its own."""

import json
import sys
import time
from pathlib import Path

import nbformat

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
        cells=[first, *(v4.new_code_cell(cell) for cell in cells)], metadata={"kernelspec": spec, **more}
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


def render(notebook, root, *, title=None, language="en"):
    return nbformat.writes(notebook)


def stuck_in_2008(notebook, root, *, title=None, language="en"):
    time.sleep(600 if "year = 2008" in nbformat.writes(notebook) else 0)
    return render(notebook, root)


def write_index(root):
    (root / "reports" / "index.html").write_text("index")


def build_small(root, **options):
    return build(Path(root), **({"render": render, "index": write_index, "jobs": 2} | options))


if __name__ == "__main__":
    from batch_projects import build_small  # by its module: workers must find `render`

    sys.exit(build_small(sys.argv[1], **json.loads(sys.argv[2])))

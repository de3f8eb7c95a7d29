"""JupyterLab for real: started, every notebook opened in a browser and run to its end."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parent.parent
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
BIN = Path(sys.executable).parent
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project, for JupyterLab saves what it runs."""
    root = tmp_path_factory.mktemp("lab")
    regions = [f"data/{part}/{name}" for part in ("raw", "processed") for name in ("guangyuan", "china")]
    for name in ("notebooks", *regions):
        shutil.copytree(ROOT / name, root / name)
    for name in (".gitattributes", ".gitignore", "data/places.csv"):
        shutil.copy(ROOT / name, root / name)
    (root / ".gitignore").open("a").write(".JUPYTER_CONFIG_DIR/\n.IPYTHONDIR/\nlab.log\n")
    (strip,) = re.findall(r"^STRIP = \$\(BIN\)/(.+)$", MAKEFILE, re.M)
    git(root, "init", "--quiet")
    git(root, "config", "filter.notebook.clean", f"{BIN}/{strip}")
    git(root, "add", ".")
    git(root, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "As it was")
    return root


def git(root, *arguments) -> str:
    done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def lab(browser, project) -> Iterator[str]:
    """The address of a JupyterLab on the copy, started as `make lab` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = re.findall(r"--\w+\.\w+=\S+", MAKEFILE.partition("/jupyter lab")[2].partition("\n\n")[0])
    given = [option.replace("'$(CURDIR)'", str(project)) for option in options]
    apart = {name: str(project / f".{name}") for name in ("JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
    command = [
        str(BIN / "jupyter"),
        "lab",
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        *given,
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=null",
    ]
    environment = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}
    with (project / "lab.log").open("w") as log:
        process = subprocess.Popen(command, cwd=project, env={**environment, **apart}, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            until = time.monotonic() + 60
            while time.monotonic() < until and process.poll() is None:
                try:
                    urllib.request.urlopen(f"{address}/api/status", timeout=5).close()
                    break
                except OSError:
                    time.sleep(0.2)
            else:
                pytest.fail((project / "lab.log").read_text("utf-8"))
            yield address
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture(scope="module")
def page(browser, lab):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(60_000)
    page.goto(f"{lab}/lab?reset")
    page.wait_for_function("window.jupyterapp?.commands.hasCommand('docmanager:open')")
    yield page
    page.close()


OPEN = """async path => {
    const panel = await window.jupyterapp.commands.execute('docmanager:open', {path});
    await panel.context.ready;
    await panel.sessionContext.ready;
    await window.jupyterapp.commands.execute('notebook:run-all-cells');
    return JSON.stringify(panel.context.model.toJSON());
}"""
CLOSE = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    await panel.sessionContext.shutdown();
    panel.dispose();
}"""


EDIT = """async ([path, ...edits]) => {
    const panel = await window.jupyterapp.commands.execute('docmanager:open', {path});
    const cell = [...panel.context.model.cells].find(one => one.id === 'parameters');
    for (const [from, to] of edits)
        cell.sharedModel.setSource(cell.sharedModel.getSource().replace(from, to));
    await window.jupyterapp.commands.execute('notebook:run-all-cells');
    return JSON.stringify(panel.context.model.toJSON());
}"""
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"
OWN = [
    "import analysis\nfrom analysis import charts\npanel = analysis.load()\npanel[panel.settled].tail()",
    "jobs = analysis.wide(panel)['employment.new_urban_jobs']\n_ = jobs.unstack(0).plot()",
    "page = analysis.page(region='guangyuan', year=2009)\n"
    "rows = analysis.only(page.rows, 'insured')\n"
    "analysis.show(charts.bars(rows, page, 'mine', title='Who is in, {year}'))",
    "analysis.evidence(rows.iloc[0])",
    "_ = analysis.export.export(page.root, page.root / 'exploration/out', regions=['广元'])\n"
    "panel.to_csv('mine.csv', index=False)\nanalysis.regions()",
]


def outputs_of(notebook):
    return [o for cell in json.loads(notebook)["cells"] for o in cell.get("outputs", ())]


def test_the_kernel_is_that_of_the_environment(lab):
    with urllib.request.urlopen(f"{lab}/api/kernelspecs") as answer:
        found = json.load(answer)
    assert found["default"] == "python3"
    with urllib.request.urlopen(f"{lab}/api/contents/notebooks") as answer:
        names = [entry["name"] for entry in json.load(answer)["content"]]
    assert sorted(names) == sorted([*(f"{name}.ipynb" for name in NOTEBOOKS), "text"])


@pytest.mark.parametrize("name", ["tutorial", "insurance-coverage"])  # test_notebooks runs each
def test_a_notebook_runs_in_the_browser_to_its_end(page, name):
    notebook = json.loads(page.evaluate(OPEN, f"notebooks/{name}.ipynb"))
    page.wait_for_timeout(300)  # what ran last is painted
    shown = page.locator(".jp-OutputArea-output").count()
    if shots := os.environ.get("SCREENSHOTS"):
        Path(shots).mkdir(exist_ok=True)
        page.screenshot(path=f"{shots}/{name}.png")
    page.evaluate(CLOSE)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    outputs = [output for cell in cells for output in cell["outputs"]]
    errors = ["\n".join(o["traceback"]) for o in outputs if o["output_type"] == "error"]
    assert not errors, errors[0]
    assert not [o for o in outputs if o.get("name") == "stderr"]
    assert all(cell["execution_count"] for cell in cells)
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    drawn = {"image/svg+xml", "image/png"}  # fewer than three figures are a table
    assert kinds & drawn
    assert shown > 1


def test_the_lab_opens_on_the_tutorial_and_reaches_the_whole_project(lab):
    with urllib.request.urlopen(lab) as answer:
        assert answer.url.endswith("/lab/tree/notebooks/tutorial.ipynb")
    with urllib.request.urlopen(f"{lab}/api/contents/") as answer:
        assert {"data", "notebooks"} <= {entry["name"] for entry in json.load(answer)["content"]}


def test_an_hour_at_the_desk_leaves_no_trace(page, project):
    path = "notebooks/employment.ipynb"
    page.evaluate(OPEN, path)
    number = page.locator(".jp-OutputArea-output .labour-desk a.figure").first
    place = page.locator(f"[id='{number.get_attribute('href')[1:]}']")
    assert not place.is_visible()
    number.click()
    place.wait_for(state="visible")
    changed = page.evaluate(EDIT, [path, ["2009", "2010"]])
    assert "2010" in str(outputs_of(changed)) and "error" not in {o["output_type"] for o in outputs_of(changed)}
    (wrong, *_) = [
        o for o in outputs_of(page.evaluate(EDIT, [path, ["guangyuan", "guangyaun"]])) if o["output_type"] == "error"
    ]
    assert len(wrong["traceback"]) == 1 and "did you mean 'guangyuan'" in wrong["evalue"]
    page.evaluate(EDIT, [path, ["guangyaun", "guangyuan"], ["2010", "2009"]])
    page.evaluate(SAVE)
    page.evaluate(CLOSE)
    saved = json.loads((project / path).read_text("utf-8"))
    (project / "exploration").mkdir()
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in OWN])
    own.metadata["kernelspec"] = saved["metadata"]["kernelspec"]
    nbformat.write(own, project / "exploration/mine.ipynb")
    shown = outputs_of(page.evaluate(OPEN, "exploration/mine.ipynb"))
    page.evaluate(SAVE)
    page.evaluate(CLOSE)
    assert not [o for o in shown if o["output_type"] == "error" or o.get("name") == "stderr"]
    kinds = [set(o.get("data", ())) for o in shown]
    assert [("image/png" in kind, "text/html" in kind) for kind in kinds] == [
        (False, True),
        (True, False),
        (True, True),
        (False, True),
        (False, True),
    ]
    assert (project / "exploration/mine.csv").exists()
    assert (project / "exploration/out/figures.csv").exists()
    assert "image/png" in (project / "exploration/mine.ipynb").read_text("utf-8"), "one's own"
    assert git(project, "status", "--porcelain") == ""

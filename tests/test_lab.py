"""JupyterLab for real: started, every notebook opened in a browser and run to its end."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project, for JupyterLab saves what it runs."""
    root = tmp_path_factory.mktemp("lab")
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, root / name)
    return root


@pytest.fixture(scope="module")
def lab(browser, project) -> Iterator[str]:
    """The address of a JupyterLab on the copy, started as `make lab` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    apart = {name: str(project / f".{name}") for name in ("JUPYTER_CONFIG_DIR", "IPYTHONDIR")}
    command = [
        str(Path(sys.executable).parent / "jupyter"), "lab", "--no-browser", "--allow-root",
        f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=",
        "--LabApp.expose_app_in_browser=True", "--LabApp.news_url=null",
    ]  # fmt: skip
    environment = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}
    with (project / "lab.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=project, env={**environment, **apart}, stdout=log, stderr=log
        )
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


def test_the_kernel_is_that_of_the_environment(lab):
    with urllib.request.urlopen(f"{lab}/api/kernelspecs") as answer:
        found = json.load(answer)
    assert found["default"] == "python3"
    with urllib.request.urlopen(f"{lab}/api/contents/notebooks") as answer:
        assert len(json.load(answer)["content"]) == len(NOTEBOOKS)


@pytest.mark.parametrize("name", NOTEBOOKS)
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
    assert kinds & (drawn if name not in ("comparison", "labour-relations") else {"text/html"})
    assert shown > 1

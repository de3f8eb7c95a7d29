"""One run: papermill executes the notebook, its page is rendered, what it made is published.

Everything is made in a staging folder and renamed into place at the end, so a run that fails or
is killed leaves what stood before.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.batch import ledger
from analysis.batch.kernels import Server, manager_class
from analysis.batch.plan import Run

Render = Callable[..., str]

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]+")
_PROCESS = re.compile(r"/ipykernel_\d+/\d+\.py")


@dataclass(frozen=True)
class Failure:
    """Why a run failed: `where` names the cell, `error` is one line, `log` the whole story."""

    where: str
    error: str
    log: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a run ended, and which files it published (paths relative to the root)."""

    outputs: Mapping[str, ledger.Stamp] = field(default_factory=dict)
    failure: Failure | None = None


@dataclass(frozen=True)
class Work:
    """All that runs have in common.

    Attributes
    ----------
    render
        `render(notebook, root, language=...)` gives the page as HTML.
    timeout
        seconds a whole run may take.
    """

    root: Path
    kernels: Server
    render: Render
    timeout: float | None = None

    def __call__(self, run: Run) -> Outcome:
        """Execute, render and publish one run; what goes wrong is in the outcome."""
        build = ledger.state_folder(self.root)
        failed = build / "failed" / run.key
        watched = _Watched()
        staging = build / "staging" / uuid.uuid4().hex
        try:
            staging.mkdir(parents=True)
            notebook = _execute(self, run, staging, watched)
            html = self.render(normalised(notebook), self.root, language=run.language)
            outcome = Outcome(_publish(self.root, run, staging, html))
            for suffix in (".ipynb", ".log"):
                failed.with_name(failed.name + suffix).unlink(missing_ok=True)
            return outcome
        except Exception as error:
            failure = _failure(error, watched, staging / "kernel.log", self.timeout)
            _keep(failed, watched, failure)
            return Outcome(failure=failure)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@dataclass
class _Watched:
    """The notebook as far as it has been executed: papermill gives none when it raises."""

    notebook: Any = None
    cell: Any = None
    count: int = 0
    done: bool = False

    def on_notebook_start(self, notebook: Any) -> None:
        self.notebook = notebook

    def on_cell_execute(self, cell: Any, cell_index: int) -> None:
        self.cell = cell
        self.count += 1


def preload() -> None:
    """Import the executor now, so that workers forked from this process have it already."""
    # jsonschema takes this package up where it finds it, at the cost of a grammar compiled on
    # import, and does without it just as well
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import papermill  # noqa: F401


def _execute(work: Work, run: Run, staging: Path, watched: _Watched) -> Any:
    import papermill
    from papermill.log import logger

    logger.setLevel(logging.CRITICAL)
    folder = work.root / "notebooks"
    deadline = time.monotonic() + work.timeout if work.timeout else None
    environment = {"ANALYSIS_ROOT": str(work.root), "ANALYSIS_FIGURES": str(staging / "figures")}
    notebook = papermill.execute_notebook(
        folder / f"{run.notebook}.ipynb",
        None,
        parameters=dict(run.parameters),
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        kernel_manager_class=manager_class(work.kernels, environment, staging / "kernel.log"),
        resources={"metadata": {"path": str(folder)}},
        coalesce_streams=True,
        record_timing=False,
        timeout_func=deadline and (lambda _: max(deadline - time.monotonic(), 0.1)),
        on_notebook_start=watched.on_notebook_start,
        on_cell_execute=watched.on_cell_execute,
    )
    watched.done = True
    return notebook


def normalised(notebook: Any) -> Any:
    """The same notebook without what differs from one execution to the next."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            data = output if "text" in output else output.get("data", {})
            for kind in ("text", "text/plain", "text/html"):
                if isinstance(data.get(kind), str):
                    text = _ADDRESS.sub("at 0x…", data[kind])
                    data[kind] = _PROCESS.sub("/ipykernel.py", text)
    return notebook


def _publish(root: Path, run: Run, staging: Path, html: str) -> dict[str, ledger.Stamp]:
    made = staging / "figures"
    places = {f: Path(run.figures, f.relative_to(made)) for f in made.rglob("*") if f.is_file()}
    page = staging / "page.html"
    page.write_text(html, encoding="utf-8", newline="\n")
    places[page] = Path(run.page)
    outputs = {}
    for source, path in sorted(places.items(), key=lambda pair: pair[1]):
        outputs[path.as_posix()] = ledger.stamp(source)
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.replace(source, root / path)
    return outputs


def _failure(
    error: Exception, watched: _Watched, kernel_log: Path, timeout: float | None
) -> Failure:
    """Name what went wrong in one line, in the user's terms."""
    import traceback

    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    where, text = "", "".join(traceback.format_exception(error))
    if watched.count:
        where = "page" if watched.done else f"cell {watched.count}"
    if isinstance(error, PapermillExecutionError):
        line = f"{error.ename}: {error.evalue}"
        text = "\n".join(error.traceback)
    elif isinstance(error, CellTimeoutError):
        line = f"over its time limit of {timeout:g} s"
    elif isinstance(error, DeadKernelError):
        line = "the kernel died"
    elif isinstance(error, NoSuchKernel):
        line = f"kernel {error.name!r} is not installed"
    elif isinstance(error, OSError) and error.strerror:
        line = f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    else:
        line = f"{type(error).__name__}: {error}"
    if kernel_log.exists():
        text += "\n" + kernel_log.read_text("utf-8", "replace")
    return Failure(where, _ANSI.sub("", line).strip().split("\n")[0], _ANSI.sub("", text))


def _keep(failed: Path, watched: _Watched, failure: Failure) -> None:
    """Keep the notebook as executed up to the failing cell, and the log, for whoever mends it."""
    import nbformat

    with contextlib.suppress(OSError):  # a full disk: the line in the summary must do
        failed.parent.mkdir(parents=True, exist_ok=True)
        failed.with_name(failed.name + ".log").write_text(failure.log, encoding="utf-8")
        if watched.notebook is None:
            return
        if watched.cell and not watched.done:
            # a kernel that was stopped adds that it was interrupted: not what went wrong
            said = [o for o in watched.cell.outputs if o.get("ename") != "KeyboardInterrupt"]
            if not any(o.output_type == "error" for o in said):
                error = {"ename": "Stopped", "evalue": failure.error, "traceback": [failure.error]}
                said.append(nbformat.v4.new_output("error", **error))
            watched.cell.outputs = said
        nbformat.write(normalised(watched.notebook), failed.with_name(failed.name + ".ipynb"))

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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.batch import ledger, outputs, server, warming
from analysis.batch.endings import Ending, Failure
from analysis.batch.plan import Run
from analysis.system import kin
from analysis.system.errors import AnalysisError, InputError, one_line
from analysis.system.workers import Work, Worker, serve, too_long

_LONGEST = 1_000_000
"""Seconds: over eleven days, and still what every clock and system call can take."""

_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]+")
_PROCESS = re.compile(r"/ipykernel_\d+/\d+\.py")


@dataclass(frozen=True)
class Execution(Work[Run, Ending]):
    """All that runs have in common.

    Attributes
    ----------
    timeout
        seconds a whole run may take, up to 1,000,000.
    warm
        fork kernels from a warm process, which is safe on Linux; elsewhere they start cold.

    Raises
    ------
    InputError
        for a time limit out of bounds.
    """

    root: Path
    timeout: float = 600
    warm: bool = sys.platform == "linux"

    def __post_init__(self) -> None:
        if not 0 < self.timeout <= _LONGEST:
            raise InputError(f"--timeout: a run may take up to {_LONGEST:,} s, not {self.timeout}")

    def lost(self, run: Run, why: str) -> Ending:
        """The ending of a run whose worker died or was ended."""
        return Ending(failure=Failure("", why))

    def server(self) -> contextlib.AbstractContextManager[Callable[[], Worker]] | None:
        """Workers forked from a process that has imported everything once, where that is safe."""
        program = f"from analysis.batch import run; run.serve_forked({os.fspath(self.root)!r})"
        return server.forking(program) if self.warm else None

    def __call__(self, run: Run) -> Ending:
        """Execute, render and publish one run; what goes wrong is in the ending."""
        build = ledger.state_folder(self.root)
        failed = build / "failed" / run.key
        watched = _Watched()
        staging = build / "staging" / uuid.uuid4().hex
        try:
            staging.mkdir(parents=True)
            notebook = execute(self, run, staging, watched)
            page = self._page(notebook, run)
            stamps = outputs.publish(self.root, _made(run, staging, page))
            ending = Ending(stamps, lacks=tuple(notebook.metadata["analysis"].get("lacks", ())))
            for suffix in (".ipynb", ".log"):
                failed.with_name(failed.name + suffix).unlink(missing_ok=True)
            return ending
        except Exception as error:
            failure = _failure(error, watched, staging, self.timeout)
            _keep(failed, watched, failure)
            return Ending(failure=failure)
        finally:
            kin.end_all()
            shutil.rmtree(staging, ignore_errors=True)

    def _page(self, notebook: Any, run: Run) -> Mapping[str, bytes]:
        """The page and what stands beside it, by suffix."""
        from analysis import pages

        notebook.metadata["analysis"] = dict(run.neighbours)
        html = pages.render(notebook, self.root, language=run.language)
        return {".html": html.encode("utf-8"), **pages.companions(notebook, self.root, run.language)}


def serve_forked(root: str) -> None:
    """Be the server that forks workers for the project in `root`."""
    from analysis import pages

    server.fork_workers(serve, lambda: pages.prepare(Path(root)))


@dataclass
class _Watched:
    """The notebook as far as it has been executed: papermill gives none when it raises."""

    notebook: Any = None
    cell: Any = None
    count: int = 0
    done: bool = False

    def on_notebook(self, notebook: Any) -> None:
        self.notebook = notebook

    def on_cell(self, cell: Any) -> None:
        self.cell = cell
        self.count += 1


def execute(work: Execution, run: Run, staging: Path, watched: _Watched) -> Any:
    """The executed notebook, without what differs from one execution to the next."""
    import papermill
    from papermill.log import logger

    from analysis.batch.kernels import Setting

    logger.setLevel(logging.CRITICAL)
    folder = work.root / "notebooks"
    own = {
        "ANALYSIS_ROOT": str(work.root),
        "ANALYSIS_FIGURES": str(staging / "figures"),
        "IPYTHONDIR": str(staging / "ipython"),  # nobody's own start-up files
    }
    setting = Setting(
        environment=os.environ | warming.FIXED_ENVIRONMENT | own,
        folder=folder,
        logs=staging,
        deadline=time.monotonic() + work.timeout,
        warm=work.warm,
    )
    path = str(folder / f"{run.notebook}.ipynb")
    notebook = papermill.execute_notebook(
        path.replace("{", "{{").replace("}", "}}"),  # papermill fills parameters in
        None,
        parameters=dict(run.parameters),
        engine_name="batch",
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        setting=setting,
        watched=watched,
    )
    if any(output.get("ename") == "SystemExit" for output in _errors(notebook)):
        raise AnalysisError("the notebook ended itself (SystemExit)")  # papermill lets it pass
    watched.done = True
    return normalised(notebook)


def _errors(notebook: Any) -> list[Any]:
    """Errors that were to stop the notebook."""
    return [
        output
        for cell in notebook.cells
        if "raises-exception" not in cell.metadata.get("tags", [])
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def normalised(notebook: Any) -> Any:
    """The same notebook without what differs from one execution to the next."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "outputs" in cell:
            cell.outputs = _with_whole_streams(cell.outputs)
        for output in cell.get("outputs", []):
            data = output if "text" in output else output.get("data", {})
            for kind in ("text", "text/plain", "text/html"):
                if isinstance(data.get(kind), str):
                    text = _ADDRESS.sub("at 0x…", data[kind])
                    data[kind] = _PROCESS.sub("/ipykernel.py", text)
    return notebook


def _with_whole_streams(shown: list[Any]) -> list[Any]:
    """Each stream where it began, output before error: how it is cut is chance."""
    parts: dict[str, list[str]] = {}
    kept = []
    for output in shown:
        if output.output_type != "stream" or output.name not in parts:
            kept.append(output)
        if output.output_type == "stream":
            parts.setdefault(output.name, []).append(output.text)
    for output in kept:
        if output.output_type == "stream":
            output.text = as_seen("".join(parts[output.name]))
    for at, output in enumerate(kept[1:]):
        if (kept[at].get("name"), output.get("name")) == ("stderr", "stdout"):
            kept[at : at + 2] = output, kept[at]
    return kept


def as_seen(text: str) -> str:
    """Each line from its last carriage return on, as a terminal leaves it."""
    return "\n".join(line[line.rfind("\r", 0, -1) + 1 :] for line in text.split("\n"))


def _made(run: Run, staging: Path, page: Mapping[str, bytes]) -> dict[str, Path]:
    """What a run is to publish, by path."""
    figures = staging / "figures"
    files = (f for f in figures.rglob("*") if f.is_file() and not f.is_symlink())
    made = {f"{run.figures}/{f.relative_to(figures).as_posix()}": f for f in files}
    for suffix, content in page.items():
        file = made[run.page.removesuffix(".html") + suffix] = staging / f"page{suffix}"
        file.write_bytes(content)
    return made


def _failure(error: Exception, watched: _Watched, staging: Path, timeout: float) -> Failure:
    """Name what went wrong in one line, in the user's terms."""
    import traceback

    from papermill.exceptions import PapermillExecutionError

    where = ("page" if watched.done else f"cell {watched.count}") if watched.count else ""
    if isinstance(error, PapermillExecutionError):  # of the notebook's own code
        line, text = f"{error.ename}: {error.evalue}", "\n".join(error.traceback)
    else:
        line, text = _line(error, timeout), "".join(traceback.format_exception(error))
    for log in filter(Path.exists, (staging / "stdout", staging / "stderr")):
        text += "\n" + log.read_text("utf-8", "replace")
    return Failure(where, _ANSI.sub("", line).strip().split("\n")[0], _ANSI.sub("", text))


def _line(error: Exception, timeout: float) -> str:
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    if isinstance(error, CellTimeoutError):
        return too_long(timeout)
    if isinstance(error, DeadKernelError):
        return "the kernel died"
    if isinstance(error, NoSuchKernel):
        return f"kernel {error.name!r} is not installed"
    return one_line(error)


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

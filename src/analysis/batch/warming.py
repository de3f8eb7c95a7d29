"""What the fork server does before it forks: imports, and all that libraries put off to their first use."""

from __future__ import annotations

import contextlib
import gc
import importlib
import io
import os
import sys
import tempfile
from pathlib import Path

FIXED_ENVIRONMENT = {
    # read when libraries are imported, so they must stand before the server starts
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "946684800",
    "TZ": "UTC",
    # as many kernels as cores; and a pool of threads does not survive a fork
    "MKL_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
LIBRARIES = (
    "ipykernel.debugger",
    "analysis.batch.kernel",
    "analysis.batch.kernels",
    "analysis.writing.prose",
    "analysis.charts.publish",
    "encodings.utf_8_sig",
    # what these import on first use
    "IPython.core.completerlib",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "bdb",
    "ipykernel.kernelspec",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "papermill.parameterize",
)


def warm_up() -> None:
    """Import what every run will want, and have done once what libraries put off.

    Whatever fails here will fail, and say so, in the notebooks that need it.
    """
    # jsonschema takes this package up where it finds it, at the cost of a grammar compiled on
    # import, and does without it just as well
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # nor does a kernel nobody sits at need its debugger
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]
    for name in LIBRARIES:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    for name in ("debugpy", "rfc3987_syntax"):
        if sys.modules[name] is None:
            del sys.modules[name]
    for put_off in (_draw_once, _render_once, _forget_charts):
        with contextlib.suppress(Exception):
            put_off()
    # imported here, the inline backend would never meet a shell: figures vanish without a word
    sys.modules.pop("matplotlib_inline.backend_inline", None)
    gc.collect()
    gc.freeze()  # or every kernel would go through it all, and get a copy of it by doing so


def make_kernel() -> None:
    """Make what every kernel is forked with; from then on `display` here has nowhere to show."""
    os.environ["IPYTHONDIR"] = tempfile.gettempdir()  # a kernel at work has its own
    with contextlib.suppress(Exception):
        from analysis.batch import kernel

        kernel.prepared()
    gc.collect()
    gc.freeze()


def _draw_once() -> None:
    from matplotlib.figure import Figure

    from analysis import codebook
    from analysis.charts import style
    from analysis.writing import words

    codebook.load()
    words.lexicon()
    with style.house():
        figure = Figure()
        figure.subplots().set_title(style.drawable("draw once"))
        for kind in ("png", "svg"):
            figure.savefig(io.BytesIO(), format=kind)


def _forget_charts() -> None:
    """Leave it to each notebook to import the charts, which sets the font of all its pictures."""
    from analysis.charts import style

    style.unregister()
    del sys.modules["analysis.charts"], sys.modules["analysis"].charts


def _render_once() -> None:
    from nbformat import v4

    from analysis import pages
    from analysis.pages import fonts

    fonts.prepare()
    cells = [v4.new_markdown_cell("# Once 一次"), v4.new_code_cell("once = 1", outputs=[])]
    pages.render(v4.new_notebook(cells=cells), Path())

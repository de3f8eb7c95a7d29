"""Charts as SVG and PNG: shown, and saved by a build as the bytes that are shown."""

from __future__ import annotations

import io
from base64 import b64encode
from html import escape
from typing import Any

from IPython.display import Markdown, display
from matplotlib.figure import Figure

from analysis.charts import svg
from analysis.charts.style import Chart, house
from analysis.system import project
from analysis.system.saving import write_atomic
from analysis.tables import extract
from analysis.writing import prose

PNG_DPI = 250


def show(chart: Chart, save: bool | None = None) -> None:
    """Display a chart; a build, or `save`, saves it under `page.figures` as `<name>.svg` and `.png`.

    The output of a build is the saved SVG; its metadata under "analysis" carry the name, the alt
    text, the files and the data behind the chart, as CSV and as a table with evidence. Elsewhere
    it is the SVG as an image with its alt text, and a PNG for formats that take no SVG. A chart of
    fewer than three figures is not drawn: a sentence stands in its place where one is needed.

    Parameters
    ----------
    chart
        as the functions of `charts` make it.
    save
        whether the pictures are saved; where not given, only a build saves them, so that looking
        at another year or at a changed chart leaves the project's pictures as they are.
    """
    if chart.figure is None:
        if chart.missing:
            display(Markdown(chart.missing))
        return
    page = chart.page
    project.check_name(chart.name, "chart")
    stem = chart.name if page.language == "en" else f"{chart.name}.{page.language}"
    contents = rendered(chart.figure)
    for suffix, content in contents.items() if (page.built if save is None else save) else ():
        write_atomic(page.figures / f"{stem}.{suffix}", content)
    about = {
        "name": stem,
        "alt": chart.alt,
        "files": [f"{stem}.{suffix}" for suffix in contents],
        "table": prose.data(page, chart.data).data,
        "csv": _csv(chart),
    }
    display(_shown(chart, contents), metadata={"analysis": about}, raw=True)


def _csv(chart: Chart) -> str:
    """The data behind a chart in the columns of every download; of counts of figures in their own."""
    figures = "indicator" in chart.data
    data = extract.extract(chart.data, chart.page.root) if figures else chart.data
    return extract.guarded(data).to_csv(index=False, lineterminator="\n", float_format="%.15g")


def _shown(chart: Chart, contents: dict[str, bytes]) -> dict[str, str]:
    """A picture by MIME type, as a page or as a notebook and its exports take it."""
    if chart.page.built:
        return {"image/svg+xml": contents["svg"].decode("utf-8"), "text/plain": chart.alt}
    coded = {kind: b64encode(content).decode("ascii") for kind, content in contents.items()}
    image = (
        f'<img alt="{escape(chart.alt)}" src="data:image/svg+xml;base64,{coded["svg"]}" '
        'style="background: #fff; max-width: 100%">'  # the ink is dark in a dark lab, too
    )
    return {"text/html": image, "image/png": coded["png"], "text/plain": chart.alt}


def rendered(figure: Figure) -> dict[str, bytes]:
    """A figure as SVG (transparent) and PNG (on white), without dates; the same every time."""
    contents = {}
    kinds: dict[str, dict[str, Any]] = {
        "svg": {"transparent": True, "metadata": {"Date": None, "Creator": None}},
        "png": {"dpi": PNG_DPI, "facecolor": "white", "metadata": {"Software": None}},
    }
    with house():
        for suffix, options in kinds.items():
            buffer = io.BytesIO()
            figure.savefig(buffer, format=suffix, **options)
            contents[suffix] = buffer.getvalue()
    contents["svg"] = svg.with_font(contents["svg"].decode("utf-8")).encode("utf-8")
    return contents

"""Charts saved once as SVG and PNG, and shown as the bytes that were saved."""

from __future__ import annotations

import io
from typing import Any

from IPython.display import Markdown, display
from matplotlib.figure import Figure

from analysis.charts.style import Chart, house
from analysis.system.saving import write_atomic
from analysis.tables.extract import guarded
from analysis.writing import prose

PNG_DPI = 250


def show(chart: Chart, save: bool = True) -> None:
    """Save a chart under `page.figures` as `<name>.svg` and `.png` and display it.

    The output is the saved SVG; its metadata under "analysis" carry the name, the alt text,
    the files and the data behind the chart, as CSV and as a table with evidence. A chart of
    fewer than three figures is not drawn: a sentence stands in its place where one is needed.
    """
    if chart.figure is None:
        if chart.missing:
            display(Markdown(chart.missing))
        return
    language = chart.page.language
    stem = chart.name if language == "en" else f"{chart.name}.{language}"
    contents = rendered(chart.figure)
    folder = chart.page.figures
    for suffix, content in contents.items() if save else ():
        write_atomic(folder / f"{stem}.{suffix}", content)
    display(
        {"image/svg+xml": contents["svg"].decode("utf-8"), "text/plain": chart.alt},
        metadata={
            "analysis": {
                "name": stem,
                "alt": chart.alt,
                "files": [f"{stem}.{suffix}" for suffix in contents],
                "table": prose.data(chart.page, chart.data).data,
                "csv": guarded(chart.data).to_csv(
                    index=False, lineterminator="\n", float_format="%.15g"
                ),
            }
        },
        raw=True,
    )


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
    return contents

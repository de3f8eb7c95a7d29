"""What stands beside a page: the workbook of a region's table of all years, and the executed notebook.

Within the page they would weigh as much as all it says.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

from analysis.pages import executed

#: What tells a region's table of all years; see `analysis.writing.matrix`.
ALL_YEARS = '<details class="section" open>'
#: A picture of nothing. A page opened as a file, which cannot read others, sees by it what stands beside it.
MARK = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>\n'


def companions(notebook: Any, root: Path, language: str) -> dict[str, bytes]:
    """The files that are to stand beside the page of a notebook, by suffix."""
    region = of_region(notebook)
    if not region:
        return {}
    from analysis.export import collection, excel
    from analysis.pages import downloads
    from analysis.pages.observations import Evidence

    table = downloads.MARK + downloads.all_years(region, Evidence(root, [region], language))
    book = excel.xlsx(collection.collect(root, [region], language=language))
    texts = {".csv": table, ".ipynb": executed.as_json(notebook), ".svg": MARK}
    return {".xlsx": book, **{suffix: text.encode("utf-8") for suffix, text in texts.items()}}


def of_region(notebook: Any) -> str:
    """The region whose table of all years a notebook shows; empty where it shows none."""
    shown = (o.get("data", {}).get("text/html", "") for c in notebook.cells for o in c.get("outputs", []))
    return str(parameters(notebook).get("region") or "") if any(ALL_YEARS in html for html in shown) else ""


def parameters(notebook: Any) -> dict[str, Any]:
    """What the parameters cells of a notebook assign; an injected cell comes later and wins."""
    found: dict[str, Any] = {}
    for cell in notebook.cells:
        if {"parameters", "injected-parameters"} & set(cell.metadata.get("tags", [])):
            for node in ast.parse(cell.source).body:
                targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
                value = getattr(node, "value", None)
                if isinstance(targets[0], ast.Name) and value is not None:
                    found[targets[0].id] = ast.literal_eval(value)
    return found

"""An executed notebook as a reader downloads it."""

from __future__ import annotations

import json
from typing import Any

from analysis.pages import fonts
from analysis.pages.citation import Citation


def shared(notebook: Any, cite: Citation) -> str:
    """With its citation, for its page: what that has once is left out.

    These are the data behind charts and their font, which the page's script gives back when it is saved.
    """
    metadata = {**notebook.metadata, "citation": cite.text, "license": cite.licence}
    cells = [
        {**cell, "outputs": [_bare(output) for output in cell.outputs]} if "outputs" in cell else cell
        for cell in notebook.cells
    ]
    return as_json({**notebook, "metadata": metadata, "cells": cells})


def as_json(notebook: Any) -> str:
    """As it is."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)


def _bare(output: Any) -> dict[str, Any]:
    if "data" not in output:
        return dict(output)
    kept = {key: value for key, value in output.metadata.items() if key != "analysis"}
    data = dict(output.data)
    if "image/svg+xml" in data:
        data["image/svg+xml"] = fonts.shared(data["image/svg+xml"])
    return {**output, "metadata": kept, "data": data}

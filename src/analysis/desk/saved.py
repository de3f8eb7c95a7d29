"""What JupyterLab saves of the project's notebooks: no outputs, so that looking changes no file."""

from __future__ import annotations

from typing import Any

FOLDER = "notebooks/"
EXTRA = "metadata.language_info.version"


def without_outputs(model: dict[str, Any], path: str, **_: object) -> None:
    """A hook before saving for a contents manager of Jupyter; notebooks of one's own keep all.

    See `pre_save_hook` of jupyter-server; `model` is changed in place.
    """
    if model["type"] != "notebook" or not path.lstrip("/").startswith(FOLDER):
        return
    import nbformat
    from nbstripout import strip_output

    content = nbformat.from_dict(model["content"])
    model["content"] = strip_output(content, False, False, True, [EXTRA])


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "analysis.desk.saved"}]


def _load_jupyter_server_extension(server: Any) -> None:
    server.contents_manager.register_pre_save_hook(without_outputs)

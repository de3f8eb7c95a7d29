"""Code as a page shows it: in colours, the words and texts that the page's style tells apart."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from analysis.system import authorship

#: Classes of Pygments that `assets/style.css` has a colour for.
_TOLD = {"k", "kn", "ow", "s1", "s2", "mi", "mf", "c1"}


@lru_cache(maxsize=1024)  # the code of a notebook is the same in all its runs
def highlighted(source: str) -> Markup:
    """Python as a notebook has it, as HTML."""
    from pygments.token import STANDARD_TYPES

    pieces = []
    for kind, text in _lexer().get_tokens(source):
        told = STANDARD_TYPES.get(kind, "")
        pieces.append(f'<span class="{told}">{escape(text)}</span>' if told in _TOLD else str(escape(text)))
    return Markup("".join(pieces).rstrip())


@cache
def _lexer() -> Any:
    from IPython.lib.lexers import IPython3Lexer

    return IPython3Lexer(stripnl=False)


def prepare(root: Path) -> None:
    """Read the code of a project's notebooks, and who made it, once for all that are forked from this process.

    A notebook that cannot be read is left to its own runs, which say so.
    """
    authorship.stated(root)
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
            for cell in cells:
                if cell["cell_type"] == "code":
                    highlighted("".join(cell["source"]))
        except (OSError, ValueError, TypeError, KeyError):
            continue

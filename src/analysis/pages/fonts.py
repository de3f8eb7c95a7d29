"""The house font in a page, cut down to the page's Chinese characters.

It is the last of the page's fonts: only readers whose machine has no Chinese font see it.
"""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from importlib.resources import files

_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def face(html: str) -> str:
    """The ``@font-face`` rule for the Chinese characters of `html`; empty where it has none."""
    return _face("".join(sorted(set(_CHINESE.findall(html)))))


@lru_cache(maxsize=64)
def _face(characters: str) -> str:
    if not characters:
        return ""
    from fontTools import subset

    font = files("analysis.charts").joinpath("fonts", "AnalysisSansSC-Regular.otf").read_bytes()
    options = subset.Options(flavor="woff", hinting=False, layout_features=[], notdef_outline=True)
    loaded = subset.load_font(io.BytesIO(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(loaded)
    content = io.BytesIO()
    subset.save_font(loaded, content, options)
    data = base64.b64encode(content.getvalue()).decode("ascii")
    return (
        '@font-face { font-family: "Analysis Sans SC"; '
        f'src: url(data:font/woff;base64,{data}) format("woff"); }}'
    )

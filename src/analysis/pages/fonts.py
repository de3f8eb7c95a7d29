"""The house font in a page, cut down to the page's Chinese characters.

Only readers whose machine has none of the usual Chinese fonts see it. Its family stands first
among the page's fonts, for Chromium leaves boxes where a later font of a stack loads late.
"""

from __future__ import annotations

import base64
import io
import re
from functools import lru_cache
from importlib.resources import files

_LOCAL = (
    "PingFang SC", "PingFangSC-Regular", "Hiragino Sans GB", "Microsoft YaHei", "MicrosoftYaHei",
    "Noto Sans CJK SC", "NotoSansCJKsc-Regular", "Noto Sans SC", "Source Han Sans SC",
    "WenQuanYi Micro Hei", "Droid Sans Fallback",
)  # fmt: skip
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
    local = ", ".join(f'local("{name}")' for name in _LOCAL)
    return (
        '@font-face { font-family: "Analysis Sans SC"; '
        "unicode-range: U+2e80-9fff, U+f900-faff, U+ff00-ffef; "
        f'src: {local}, url(data:font/woff;base64,{data}) format("woff"); }}'
    )

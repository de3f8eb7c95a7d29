"""Text in pictures stays text: found, copied and translated, in a font that travels along.

Browsers use the embedded subset. Inkscape, which ignores embedded fonts, shows the same words in
the next font of the list that it has; labels keep their anchors. Drawn outlines with hidden text
were weighed: they look the same everywhere, but are three times as large, and translate into
nothing that is seen.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from functools import lru_cache
from html import unescape
from importlib.resources import files

from analysis.charts.style import FAMILY

_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.S)
_OPEN = re.compile(r"<svg\b[^>]*>")
_STACK = "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def with_font(svg: str) -> str:
    """`svg` with the characters of its texts as a font of its own."""
    used = "".join(sorted(set(unescape("".join(_TEXT.findall(svg))))))
    family = f"Analysis {hashlib.blake2b(used.encode(), digest_size=4).hexdigest()}"
    svg = svg.replace(f"'{FAMILY}'", f"'{family}', {_STACK}")
    face = (
        f"<style>@font-face {{ font-family: '{family}'; src: url(data:font/woff;base64,"
        f"{woff(used)}) format('woff'); }}</style>"
    )
    return _OPEN.sub(lambda opened: opened[0] + face, svg, count=1)


@lru_cache(maxsize=64)
def woff(characters: str) -> str:
    """The house font cut down to some characters: WOFF, in base64."""
    from fontTools import subset

    font = files("analysis.charts").joinpath("fonts", "AnalysisSansSC-Regular.otf").read_bytes()
    options = subset.Options(flavor="woff", hinting=False, layout_features=[], notdef_outline=True)
    loaded = subset.load_font(io.BytesIO(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    cutter.subset(loaded)
    content = io.BytesIO()
    subset.save_font(loaded, content, options)
    return base64.b64encode(content.getvalue()).decode("ascii")

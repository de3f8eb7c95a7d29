"""Text in pictures stays text: found, copied and translated, in a font that travels along.

Browsers use the embedded subset. Inkscape, which ignores embedded fonts, shows the same words in
the next font of the list that it has; labels keep their anchors. Drawn outlines with hidden text
were weighed: they look the same everywhere, but are three times as large, and translate into
nothing that is seen.
"""

from __future__ import annotations

import hashlib
import re
from html import unescape

from analysis.charts.cut import woff
from analysis.charts.style import FAMILY

_TEXT = re.compile(r"<text\b[^>]*>(.*?)</text>", re.S)
_OPEN = re.compile(r"<svg\b[^>]*>")
_SHAPE = re.compile(r"<(?:path|use|text|rect|svg|g)\b[^>]*>")
_LONG = re.compile(r"\d+\.\d{3,}")
_USUAL = re.compile(r' transform="rotate\(-0 [^"]*\)"|(?: text-anchor: start| stroke-dashoffset: 0);')
_ID = re.compile(r' id="([^"]*)"')
_REFERENCE = re.compile(r'(?:url\(|href=")#([^")]*)')
_ALONE = re.compile(r"<g>\s*(<(?:path|use|text)\b[^>]*?(?:/>|>[^<]*</text>))\s*</g>")
_FAMILY = re.compile(rf"(?: )?font-family: '{FAMILY}'[^;\"]*;?")
_STYLED = re.compile(r'(?:<use\b[^>]*? style="([^"]*)"/>\s*)(?:<use\b[^>]*? style="\1"/>\s*)+')
_STYLE = re.compile(r' style="[^"]*"')
_STACK = "'Noto Sans CJK SC', 'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


def with_font(svg: str) -> str:
    """`svg` with the characters of its texts as a font of its own."""
    used = "".join(sorted(set(unescape("".join(_TEXT.findall(svg))))))
    family = f"Analysis {hashlib.blake2b(used.encode(), digest_size=4).hexdigest()}"
    svg = _FAMILY.sub("", _slim(svg))
    face = (
        f"<style>@font-face {{ font-family: '{family}'; src: url(data:font/woff;base64,"
        f"{woff(used)}) format('woff'); }}</style>"
    )
    stack = f"'{family}', {_STACK}"
    return _OPEN.sub(lambda opened: f'{opened[0][:-1]} font-family="{stack}">{face}', svg, count=1)


def _slim(svg: str) -> str:
    """The same picture in half the bytes: to a hundredth of a point, without ids nobody refers to."""
    svg = _SHAPE.sub(lambda shape: _LONG.sub(lambda number: f"{float(number[0]):.2f}", shape[0]), svg)
    known = set(_REFERENCE.findall(svg))
    svg = _ID.sub(lambda id_: id_[0] if id_[1] in known else "", _USUAL.sub("", svg))
    while svg != (svg := _ALONE.sub(r"\1", svg)):
        pass
    return _STYLED.sub(lambda marks: f'<g style="{marks[1]}">{_STYLE.sub("", marks[0])}</g>', svg)

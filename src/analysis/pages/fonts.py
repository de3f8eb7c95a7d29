"""The house font in a page, cut down to the page's Chinese characters.

Only readers whose machine has none of the usual Chinese fonts see it. Its family stands first
among the page's fonts, for Chromium leaves boxes where a later font of a stack loads late.
"""

from __future__ import annotations

import re

_LOCAL = (
    "PingFang SC",
    "PingFangSC-Regular",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "MicrosoftYaHei",
    "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "Droid Sans Fallback",
)
_CHINESE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
#: Pictures bring a font of their own.
_PICTURE = re.compile(r"<svg\b.*?</svg>", re.S)
#: Marks of English and Chinese alike, which stand as wide as hanzi on a Chinese page.
_MARKS = ("U+b7, U+2014, U+2018-201d, U+2026, ", "·—‘’“”…")


def face(html: str, language: str) -> str:
    """The ``@font-face`` rule for the Chinese characters of `html`; empty where it has none."""
    html = _PICTURE.sub("", html)
    ranges, marks = _MARKS if language == "zh" else ("", "")
    found = {*_CHINESE.findall(html), *(mark for mark in marks if mark in html)}
    return _face("".join(sorted(found)), ranges)


def _face(characters: str, marks: str) -> str:
    if not characters:
        return ""
    from analysis.charts import svg

    data = svg.woff(characters)
    local = ", ".join(f'local("{name}")' for name in _LOCAL)
    return (
        '@font-face { font-family: "Analysis Sans SC"; '
        f"unicode-range: {marks}U+2e80-9fff, U+f900-faff, U+ff00-ffef; "
        f'src: {local}, url(data:font/woff;base64,{data}) format("woff"); }}'
    )

"""The house font in a page, cut down to the page's Chinese characters.

Only readers whose machine has none of the usual Chinese fonts see it. Its family stands first
among the page's fonts, for Chromium leaves boxes where a later font of a stack loads late.
"""

from __future__ import annotations

import re
from html import unescape

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
_PACKED = re.compile(r"<template data-html>.*?</template>", re.S)
_TAG = re.compile(r"<[^>]*>")
_DRAWN = re.compile(r"<text\b[^>]*>([^<]*)</text>")
_HEAVY = 240_000  # bytes of text, which with all its Chinese would be 400 kB
_FACE = re.compile(r"(?<=<style>)@font-face \{ font-family: 'Analysis [0-9a-f]{8}';[^<]*(?=</style>)")
_FAMILY = re.compile(r"'Analysis [0-9a-f]{8}'")
#: What the texts of charts are made of beside Chinese; cut once for all pages of a build.
LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 .,:;%()-+=&/" + "'\"é–·◇○≈≠"
#: Marks of English and Chinese alike, which stand as wide as hanzi on a Chinese page.
_MARKS = ("U+b7, U+2014, U+2018-201d, U+2026, ", "·—‘’“”…")


def faces(html: str, language: str) -> str:
    """The ``@font-face`` rules for what `html` shows: its Chinese characters, and the rest of its charts' texts.

    Of a heavy page, be it that part of it is packed, only the Chinese of its charts.
    """
    ranges, marks = _MARKS if language == "zh" else ("", "")
    whole = _PACKED.sub("", html)
    light = whole == html and len(html.encode("utf-8")) < _HEAVY
    seen = unescape(_TAG.sub("", whole) if light else "".join(_DRAWN.findall(html)))
    chinese = {*_CHINESE.findall(seen), *(mark for mark in marks if mark in seen)}
    drawn = {*unescape("".join(_DRAWN.findall(html)))} - chinese
    drawn = {*LATIN} if drawn and drawn <= {*LATIN} else drawn
    ranges = f"unicode-range: {ranges}U+2e80-9fff, U+f900-faff, U+ff00-ffef; "
    local = ", ".join(f'local("{name}")' for name in _LOCAL)
    return _face("Analysis Charts", drawn, "", "") + _face("Analysis Sans SC", chinese, ranges, f"{local}, ")


def prepare() -> None:
    """Cut once, for all that are forked from this process, what every page with a chart has."""
    from analysis.charts import cut

    cut.woff("".join(sorted(LATIN)))


def shared(svg: str) -> str:
    """A picture of ours without its font, for which the page has those of `faces`."""
    return _FAMILY.sub("'Analysis Charts', 'Analysis Sans SC'", _FACE.sub("", svg))


def _face(family: str, characters: set[str], ranges: str, local: str) -> str:
    if not characters:
        return ""
    from analysis.charts import cut

    data = cut.woff("".join(sorted(characters)))
    return (
        f'@font-face {{ font-family: "{family}"; {ranges}'
        f'src: {local}url(data:font/woff;base64,{data}) format("woff"); }}'
    )

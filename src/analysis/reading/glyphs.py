"""A printed number, and text folded for finding it: every character stays in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# Machine translation prints some 1s as the constant 654.38+0, with separators and spaces
# anywhere inside and its first or last glyph at times swallowed by a neighbour.
ONE = r"6?[ ,.]?5[ ,.]{0,2}4[ ,.]{0,2}3[ ,.]{0,2}8[ ,.]{0,2}\+[ ]?0?"


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text("utf-8").split()


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
for _kept in "，；：（）":
    del _FULL_WIDTH[ord(_kept)]
_BLANKS = dict.fromkeys([0xA0, 0x3000, *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x2060, 0xFEFF], " ")
_LIKE = {ord("’"): "'", ord("﹪"): "%", ord("٪"): "%", ord("·"): ".", ord("．"): ".", ord("−"): "-"}
# Each traditional character above the simplified one: single characters of Open Chinese Convert
# (t2s, Apache-2.0) that GB 2312 does not have itself.
_TRADITIONAL = dict(zip(*map(list, _lines("traditional.txt")), strict=True))
_TABLE: dict[int, int | str] = {**_FULL_WIDTH, **_BLANKS, **_LIKE, **str.maketrans(_TRADITIONAL)}
_CJK = re.compile(r"[一-鿿]")
_STRAIGHT = str.maketrans("“”„", '"""')  # which of them opens is no knowledge of a translator's
_HALF_WIDTH = re.compile(r"[,;:()](?:(?<=[一-鿿%‰].)|(?=[一-鿿]))")
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}


@dataclass(frozen=True, slots=True)
class Numeral:
    """One printed number: `text[start:end]` is what stood there, with its scale and unit.

    `glyphs` is the number alone, folded to half width, or in plain digits where it is written in
    words or with several scale words (`spelled`); `scale` the power of ten the scale words state;
    `unit` what is counted (people, yuan, percent, … or empty; `foreign` is money that is no yuan);
    `bound` at_least or at_most where the words around say so; `fate` is set for what is no figure.
    `upto` is the upper end where two ends or an indefinite word (数千) are printed: no value is
    known, `glyphs` to `upto` at one scale are its bounds. `sign` is "$" where that stands for 元.
    """

    start: int
    end: int
    printed: str
    glyphs: str
    scale: int = 0
    unit: str = ""
    bound: str = ""
    about: bool = False
    chinese: bool = False
    fate: str = ""
    zeros_lost: bool = False
    spelled: bool = False
    upto: str = ""
    sign: str = ""


def fold(text: str) -> str:
    """Text in lower case and half width, each character in its place (spans stay true).

    Commas, colons, semicolons and brackets beside Han characters become full-width ones; English
    quotation marks become straight ones.
    """
    folded = text.replace("İ", "I").lower().translate(_TABLE)  # no other letter grows in lower case
    if is_chinese(text):
        return _HALF_WIDTH.sub(lambda m: _WIDE[m[0]], folded)
    return folded.translate(_STRAIGHT)


def is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese (a tenth of its characters are Han)."""
    sample = text[:20000]
    return 10 * len(_CJK.findall(sample)) > len(sample.strip())

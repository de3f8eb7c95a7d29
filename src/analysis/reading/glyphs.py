"""A printed number, and text folded for finding it: every character stays in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Machine translation prints some 1s as the constant 654.38+0, with separators and spaces
# anywhere inside and its first or last glyph at times swallowed by a neighbour.
ONE = r"6?[ ,.]?5[ ,.]{0,2}4[ ,.]{0,2}3[ ,.]{0,2}8[ ,.]{0,2}\+[ ]?0?"

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
for _kept in "，；：（）":
    del _FULL_WIDTH[ord(_kept)]
_BLANKS = dict.fromkeys(
    [0xA0, 0x3000, *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x205F, 0x2060, 0xFEFF], " "
)
_LIKE = {ord("’"): "'", ord("﹪"): "%", ord("٪"): "%", ord("·"): ".", ord("．"): ".", ord("−"): "-"}
_TRADITIONAL = dict(zip(
    map(ord, "萬億戶個數標業勞動險計劃擔發貸參務單監檢補簽訂爭議調結養醫療傷鎮職農轉輸員實現達總額繳徵費"
             "會縣區項組織協資創訓練時從來間後預報過進還種類級約餘於為與離領應將較長減淨記點幫國開關據優"
             "隊範圍擴設體層蓋續繼統籌穩強難給處審辦執責償確權維護產歷終齡緩鄉貧東僅覺觀額戰勝優"),
    "万亿户个数标业劳动险计划担发贷参务单监检补签订争议调结养医疗伤镇职农转输员实现达总额缴征费"
    "会县区项组织协资创训练时从来间后预报过进还种类级约余于为与离领应将较长减净记点帮国开关据优"
    "队范围扩设体层盖续继统筹稳强难给处审办执责偿确权维护产历终龄缓乡贫东仅觉观额战胜优", strict=True))  # fmt: skip
_TABLE: dict[int, int | str] = {**_FULL_WIDTH, **_BLANKS, **_LIKE, **_TRADITIONAL}
_CJK = re.compile(r"[一-鿿]")
_STRAIGHT = str.maketrans("“”„", '"""')  # which of them opens is no knowledge of a translator's
_HALF_WIDTH = re.compile(r"[,;:()](?:(?<=[一-鿿%‰].)|(?=[一-鿿]))")
_WIDE = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}


@dataclass(frozen=True)
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

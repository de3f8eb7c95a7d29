"""Every printed number of a text, found and described, whatever shape it is in.

A numeral is the glyphs between two places of the text, the scale word and unit that follow
(million, 万, yuan, 人, %), and whether the words around make it a bound. Nothing is valued
here: `readings` says what a numeral may stand for.
"""

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
_LIKE = {ord("﹪"): "%", ord("٪"): "%", ord("·"): ".", ord("．"): ".", ord("−"): "-"}
_TRADITIONAL = dict(zip(
    map(ord, "萬億戶個數標業勞動險計劃擔發貸參務單監檢補簽訂爭議調結養醫療傷鎮職農轉輸員實現達總額繳徵費"
             "會縣區項組織協資創訓練時從來間後預報過進還種類級約餘於為與離領應將較長減淨記點幫國開關據優"
             "隊範圍擴設體層蓋續繼統籌穩強難給處審辦執責償確權維護產歷終齡緩鄉貧東僅覺觀額戰勝優"),
    "万亿户个数标业劳动险计划担发贷参务单监检补签订争议调结养医疗伤镇职农转输员实现达总额缴征费"
    "会县区项组织协资创训练时从来间后预报过进还种类级约余于为与离领应将较长减净记点帮国开关据优"
    "队范围扩设体层盖续继统筹稳强难给处审办执责偿确权维护产历终龄缓乡贫东仅觉观额战胜优", strict=True))  # fmt: skip
_TABLE: dict[int, int | str] = {**_FULL_WIDTH, **_BLANKS, **_LIKE, **_TRADITIONAL}
_CJK = re.compile(r"[一-鿿]")


@dataclass(frozen=True)
class Numeral:
    """One printed number: `text[start:end]` is what stood there, with its scale and unit.

    `glyphs` is the number alone, folded to half width; `scale` the power of ten the scale
    words state; `unit` what is counted (people, yuan, percent, … or empty); `bound` at_least
    or at_most where the words around say so; `fate` is set for what is no figure.
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


def fold(text: str) -> str:
    """Text in lower case and half width, each character in its place (spans stay true)."""
    lowered = text.lower()
    return (lowered if len(lowered) == len(text) else text).translate(_TABLE)


def is_chinese(text: str) -> bool:
    """Whether a text is written in Chinese (a tenth of its characters are Han)."""
    sample = text[:20000]
    return 10 * len(_CJK.findall(sample)) > len(sample.strip())


def find(text: str, folded: str | None = None) -> list[Numeral]:
    """All numerals of a text in their order; spans never overlap."""
    folded = fold(text) if folded is None else folded
    return _chinese(text, folded) if is_chinese(text) else _english(text, folded)


# ---------------------------------------------------------------- English

_MASK = (
    r"(?:[x*]{1,4}(?=\s?(?:\d|\.\d|,000|0,000|10,000|people|person|jobs|household|yuan|million|%)))"
)
_BLOB = re.compile(
    rf"(?<![a-z]-)(?:{ONE}|\d|{_MASK})"
    rf"(?:{ONE}|\d|[x*](?![a-wyz])|[.,](?=[\dx*])|\.\ (?=\d{{1,2}}\s?(?:%|percent|million|billion))"
    r"|(?<!\d\d\d)\.\ (?=1\d?\s?[,;)](?!\d{3})|1 (?:100 million|10,000))"
    r"|(?<=1)\ (?=\d)|\ (?=1\d*|1\b)(?=\d)|\ (?=\d{3} \d{3}\b)|(?<= \d{3})\ (?=\d{3}\b))*"
)
_SCALE = re.compile(
    r"\s?(hundred million|ten thousand|trillion|billion|million|thousand|mn\b|bn\b)(?:(?=yuan|rmb|people|persons)|(?![a-z]))"
)
_SCALES = {"trillion": 12, "billion": 9, "bn": 9, "hundred million": 8, "million": 6, "mn": 6,
           "ten thousand": 4, "thousand": 3}  # fmt: skip
_MONEY = re.compile(r"\s?(?:rmb|cny)?\s?yuan|\s?rmb\b")
_PERCENT = re.compile(r"\s?(?:%|percentage points?|per ?cent|pct\b)")
_NOUNS = (
    ("households", r"households?|famil(?:y|ies)"),
    ("enterprises", r"enterprises?|compan(?:y|ies)|firms?"),
    ("employers", r"employers?|employing units?|units?"),
    ("contracts", r"contracts?"),
    ("cases", r"cases?"),
    ("projects", r"projects?|cent(?:er|re)s?|systems?"),
    ("people", r"people|persons?|person-times|workers?|labou?rers?|farmers?|residents?|jobs?|"
     r"employees?|participants?|insured|peasants?|posts|staff|students|trainees|inhabitants"),
)  # fmt: skip
_NOUN = re.compile(r"\b(?:" + "|".join(f"(?P<{u}>{p})" for u, p in _NOUNS) + r")\b")
_OTHER = re.compile(
    r"\s(?:[a-z-]+\s)?(?:classes|counties|districts|townships|towns|villages|batch(?:es)?"
    r"|sessions?|fairs?|times|places|items|points|cities|days|months|kilomet(?:er|re)s?|documents?"
    r"|hectares?|mu|tons?|square|leaflets|copies|meetings|activities|measures|bases|schools)\b"
)
_RECEIVING = re.compile(r"\s?(?:went |was |were )?(?:to|for) ")
_AFTER = re.compile(r"[^,.;:()\d]{0,48}")
_WORDS = {w: str(i) for i, w in enumerate(
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 2)}  # fmt: skip
_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)}|one(?= (?:million|billion)\b))\b")
_LEAST = re.compile(
    r"(?:more than|over|at least|no less than|not less than|no lower than|above|exceed(?:ed|ing|s)?"
    r"|not lower than|upwards of|in excess of)\s(?:rmb\s?)?$"
)
_MOST = re.compile(
    r"(?:within|at most|no more than|not more than|less than|below|under|not exceed(?:ing)?|up to"
    r"|no higher than|not higher than|nearly|almost|close to)\s(?:the |its )?(?:target of\s)?(?:rmb\s?)?$"
)
_ROUGHLY = re.compile(r"(?:about|around|approximately|some|roughly)\s(?:rmb\s?)?$")
_YEAR = re.compile(r"(?:19\d|20[0-3])\d\Z")
_GLUED = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:(?=[1-9]\d)|,(?=\d{2,3}\.\d+\Z))(\d[\d.]*)\Z")
_GLUED_RATE = re.compile(r"(\d{1,3}(?:,\d{3})+),(\d{2,3}(?:\.\d+)?)\Z")
_LISTED = re.compile(r"(?<=[, ]000),(?=[1-9])")
_TWO_NUMBERS = re.compile(r"((?:19|20)\d\d) (\d{1,3}(?:,\d{3})+|\d{3,})(?![\d,]*,\d{3},)")
_LONE_PERCENT = re.compile(
    r"%(?:(?<=[a-z] %)|(?<=[a-z]%))| percent(?<=[a-z] percent) of the (?:annual )?target"
)


def _english(text: str, folded: str) -> list[Numeral]:
    found: list[Numeral] = []
    for match in _BLOB.finditer(folded):
        for start, end in _split(folded, match.start(), match.end()):
            found.append(_english_numeral(text, folded, start, end))
    taken = {i for n in found for i in range(n.start, n.end)}
    for match in _WORD.finditer(folded):
        if match.start() not in taken:
            found.append(_number_word(text, folded, match))
    for match in _LONE_PERCENT.finditer(folded):
        if match.start() not in taken:
            start, end = match.start(), match.start() + 1
            found.append(Numeral(start, end, text[start:end], "", unit="percent"))
    return sorted(found, key=lambda n: n.start)


def _split(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """A blob's numerals: glued ones and a year before a number come apart."""
    while end > start and folded[end - 1] in " .,":
        end -= 1
    blob = folded[start:end]
    percent = _PERCENT.match(folded, end)
    if glued := _GLUED.match(blob) or (percent and _GLUED_RATE.match(blob)):
        return [(start, start + glued.end(1)), (start + glued.start(2), end)]
    if _TWO_NUMBERS.fullmatch(blob):
        return [(start, start + 4), (start + 5, end)]
    cuts = [m.start() for m in _LISTED.finditer(blob)]
    items = list(zip([0, *(c + 1 for c in cuts)], [*cuts, len(blob)], strict=True))
    if not _MONEY.match(folded, end) and all(
        re.fullmatch(r"\d{1,3},?\d{3}", blob[a:b].replace(" ", "")) for a, b in items
    ):
        return [(start + a, start + b) for a, b in items]  # "263,000,118,000" people
    return [(start, end)]


def _english_numeral(text: str, folded: str, start: int, end: int) -> Numeral:
    glyphs, stop, scale, unit = folded[start:end], end, 0, ""
    if word := _SCALE.match(folded, stop):
        scale, stop = _SCALES[word[1]], word.end()
    if money := _MONEY.match(folded, stop):
        unit, stop = "yuan", money.end()
    elif percent := _PERCENT.match(folded, stop):
        unit, stop = "percent", percent.end()
    elif re.search(r"(?:rmb|yuan|¥)\s?$", folded[max(0, start - 5) : start]):
        unit = "yuan"
    tail = _AFTER.match(folded, stop)
    following = tail[0] if tail else ""
    lost = bool(
        not unit
        and re.match(r",\s(?:new )?(?:jobs|people|persons|households)", folded[stop : stop + 20])
    )
    if lost:
        following = folded[stop + 1 : stop + 24]
    if not unit and _OTHER.match(following):
        unit = "other"
    elif (
        not unit
        and (noun := _NOUN.search(following))
        and not (scale >= 6 and _RECEIVING.match(following))
    ):  # "6 million for small enterprises"
        unit = noun.lastgroup or ""
    before = folded[max(0, start - 32) : start]
    fate = _english_fate(folded, start, end, glyphs, before, following, unit, scale)
    bound = "at_least" if _LEAST.search(before) else "at_most" if _MOST.search(before) else ""
    if re.match(
        r"\s?(?:people |persons |yuan )?(?:or more|and above|or above)", folded[stop : stop + 24]
    ):
        bound = "at_least"
    return Numeral(start, stop, text[start:stop], glyphs, scale, unit, bound,
                   bool(_ROUGHLY.search(before)), False, fate, lost)  # fmt: skip


def _english_fate(folded: str, start: int, end: int, glyphs: str, before: str, following: str,
                  unit: str, scale: int) -> str:  # fmt: skip
    after = folded[end : end + 24]
    if before.endswith("(") and after.startswith(")") and len(glyphs) <= 2:
        return "ordinal"
    if before[-1:] in "\"“'‘" and after[:1] and after[0] in "\"”'’" and scale == 0:
        return "name"
    if re.match(r"(?:st|nd|rd|th)\b", after) or re.search(
        r"\b(?:no\.?|article|chapter)\s?$", before
    ):
        return "ordinal"
    if re.match(r"(?:\s|-)mark\b", after):
        return "name"  # "passed the 60,000 mark"
    if re.match(r"-(?:level|year|oriented|day|month|in-)", after):
        return "name"
    if re.search(r"(?:^|[\n。])\s*$", before) and re.match(r"[.)、]\s", after) and len(glyphs) <= 2:
        return "ordinal"
    if re.search(r"(?:january|february|march|april|may|june|july|august|september|october|"
                 r"november|december)\s$", before) and len(glyphs) <= 2 and not unit:  # fmt: skip
        return "date"
    if re.match(r"\s?(?:years?|months?|days?|hours?)\b", after):
        return "duration"
    if _YEAR.match(glyphs.replace(" ", "")) and scale == 0 and unit != "yuan" and unit != "percent":
        if re.match(
            r"(?:'s)? (?:work |main )?(?:goals|plan|targets|tasks|objectives|work)\b", after
        ):
            return "date"
        counted = unit and re.match(r"\s(?:[a-z-]+\s){0,2}?(?:" + _NOUN.pattern + ")", following)
        if re.search(r"(?:january|february|march|april|may|june|july|august|september|october|"
                     r"november|december)\s\d{1,2},?\s$", before):  # fmt: skip
            return "date"
        if not counted and re.search(
            r"(?:\bin|year|(?:end|half|quarter|beginning|report|plan|start|goals|objectives|targets|tasks|work|summary|arrangements?|ideas|points|year) of|back on|since|during|from|to|by|until|for|the|end|(?:19|20)\d\d and|-|\[|“|\"|\n|^)\s?$",
            before,
        ):
            return "date"
    if re.search(r"at least $", before) and glyphs == "1":
        return "definition"
    return ""


def _number_word(text: str, folded: str, match: re.Match[str]) -> Numeral:
    end, scale = match.end(), 0
    if word := _SCALE.match(folded, end):
        scale, end = _SCALES[word[1]], word.end()
    tail = _AFTER.match(folded, end)
    noun = _NOUN.match(folded, end + 1) or (_NOUN.search((tail[0] if tail else "")[:20]))
    fate = "" if scale or (noun and folded[end : end + 1] == " ") else "name"
    unit = (noun.lastgroup or "") if noun and not fate else ""
    return Numeral(
        match.start(),
        end,
        text[match.start() : end],
        _WORDS.get(match[0], "1"),
        scale,
        unit,
        fate=fate,
    )


# ---------------------------------------------------------------- Chinese

_HAN = "零〇一二两三四五六七八九十百千"
_ODD = "loi〇○"  # letters and signs that stand for 1 and 0 in scanned text
_ZH_UNIT_SIGN = "[%‰万亿人户元件个家起名份]"
_ZH_NUMBER = (
    rf"(?:\d|(?<![a-z])[loi](?=\s?\.?\s?[\d{_ODD}%‰])|[x×*]{{1,3}}(?=\s?[\d.]*\s?[万亿人户个%]))"
    rf"(?:\d|(?<=\d),(?=\d{{3}}(?!\d))|(?<!\d{{4}})(?<=\d)，(?=\d{{3}}\s?[人户])|(?<=[\d{_ODD}])\s?\.\s?(?=[\d{_ODD}x])"
    rf"|(?<=[\d{_ODD}])[,，。．・](?=[\d{_ODD}]{{1,2}}\s?[%‰万亿])"
    rf"|(?<=[\d.{_ODD}])\s(?=[\d{_ODD}]+(?:\s?\.?\s?[\d{_ODD}]+){{0,4}}\s?{_ZH_UNIT_SIGN})"
    rf"|(?<=[\d{_ODD}.\s])[{_ODD}](?=[\s\d.{_ODD}]|{_ZH_UNIT_SIGN})|(?<=\d)[x×*]|(?<=[x×*])[x×*.])*"
)
_ZH_BLOB = re.compile(
    rf"(?P<han>(?<![第{_HAN}之一])[{_HAN}]{{1,7}}(?:[万亿](?!元?户?[人民])|(?=[余多]?[户家个件起人名]))"
    rf"(?=[余多]?[元人户家个件起名]))"
    rf"|{_ZH_NUMBER}"
)
_ZH_SCALE = re.compile(r"\s?([百千]?万|[万]?亿|千|百)?\s?([余多])?\s?(?:([万亿]))?")
_ZH_PERCENT = re.compile(r"\s?(?:%[o0〇](?!\d)|‰|个千分点)|\s?(?:[%％]|个百分点)")
_ZH_UNITS = (
    ("yuan", "元"), ("households", "户"), ("people", "人次|人|名|个(?=就业岗位|岗位)"),
    ("enterprises", "家"), ("cases", "件|起"), ("contracts", "份"), ("projects", "个|项|所"),
)  # fmt: skip
_ZH_UNIT = re.compile(r"\s?(?:" + "|".join(f"(?P<{u}>{p})" for u, p in _ZH_UNITS) + ")")
_ZH_DATE = re.compile(
    r"\s?(?:年(?!均|增)|月|日|时|点(?!\d)|世纪|周年|天|个?月|小时|分钟|秒|度|届|期|岁)"
)
_ZH_AREA = re.compile(r"\s?(?:[县区乡镇市村]|街道|社区)")  # 2个县
_ZH_MONTHS = re.compile(r"\s?[-—–~至到]{1,2}\s?1?\d\s?月")
_ZH_NONE = re.compile(
    r"\s?(?:公里|米|平方|亩|吨|千瓦|度电|公顷|立方|座|条|所|公斤|辆|床|本|册|张|套|台|只|头|株|场|间|栋|次(?!人)|倍|号|元/|位|部|项政策)"
)
_ZH_LEAST = re.compile(r"\s?(?:以上|及以上|余|多)")
_ZH_MOST = re.compile(r"\s?(?:以内|以下|之内)")
_ZH_LEAST_BEFORE = re.compile(r"(?:不低于|不少于|超过|突破|达到或超过|至少|超|逾|高于|大于)\s?$")
_ZH_MOST_BEFORE = re.compile(r"(?:不超过|不高于|低于|小于|少于|近|不突破|接近)\s?$")
_ZH_ORDINAL_BEFORE = re.compile(r"(?:第|[〔\[(（]|[a-z]-?|no\.?)\s?$")


def _chinese(text: str, folded: str) -> list[Numeral]:
    found: list[Numeral] = []
    place = 0
    while match := _ZH_BLOB.search(folded, place):
        start, end = match.start(), match.end()
        while end > start and folded[end - 1] in " .,":
            end -= 1
        place = match.end()
        if end > start:
            found.append(_chinese_numeral(text, folded, start, end, match.lastgroup == "han"))
            place = max(place, found[-1].end)
    return found


def _chinese_numeral(text: str, folded: str, start: int, end: int, han: bool) -> Numeral:
    glyphs, stop, scale, unit, bound = folded[start:end], end, 0, "", ""
    if han and glyphs[-1] in "万亿":
        scale, glyphs = {"万": 4, "亿": 8}[glyphs[-1]], glyphs[:-1]
    word = _ZH_SCALE.match(folded, stop)
    if word and (word[1] or word[2]):
        scale += sum(
            {"百": 2, "千": 3, "万": 4, "亿": 8}[c] for c in (word[1] or "") + (word[3] or "")
        )
        bound, stop = ("at_least" if word[2] else ""), word.end()
    percent = _ZH_PERCENT.match(folded, stop)
    if percent:
        stop = percent.end()
        unit = (
            "permille"
            if any(c in percent[0] for c in "‰o千") or percent[0].strip() in ("%0", "%〇")
            else "percent"
        )
        if "点" in percent[0]:
            unit = "points"
    elif counted := _ZH_UNIT.match(folded, stop):
        unit, stop = counted.lastgroup or "", counted.end()
    elif folded[stop : stop + 1] == "个":
        unit, stop = "projects", stop + 1
    before, after = folded[max(0, start - 8) : start], folded[stop : stop + 6]
    if _ZH_LEAST.match(after) or _ZH_LEAST_BEFORE.search(before):
        bound = "at_least"
    elif _ZH_MOST.match(after) or _ZH_MOST_BEFORE.search(before):
        bound = "at_most"
    about = after.lstrip().startswith("左右") or before.endswith(("约", "大约"))
    if (
        _ZH_NONE.match(folded, end)
        or _ZH_AREA.match(folded, stop)
        or folded[stop : stop + 2] == "大关"
    ):
        unit = "other"
    fate = "" if unit else _chinese_fate(folded, end, stop, glyphs, before, scale)
    if han and glyphs == "一":
        fate = "name"  # 至少一人, 出现一户
    if before[-1:] in "“\"‘'" and re.match(
        r"[^\d，。；“]{0,8}[”\"’']" if han else "[”\"’']", folded[stop : stop + 9]
    ):
        fate = "name" if han or not unit else fate
    return Numeral(start, stop, text[start:stop], glyphs, scale, unit, bound, about, True, fate)


def _chinese_fate(folded: str, end: int, stop: int, glyphs: str, before: str, scale: int) -> str:
    if scale == 0 and (_ZH_DATE.match(folded, end) or _ZH_MONTHS.match(folded, end)):
        return "date"
    if _ZH_ORDINAL_BEFORE.search(before) or folded[end : end + 1] in "〕])）号条章":
        return "ordinal"
    if re.search(r"(?:^|[\n。；])\s*$", before) and folded[end : end + 1] in ".、.":
        return "ordinal"
    if scale == 0 and _YEAR.match(glyphs) and folded[end : end + 1] in "-—~至—–":
        return "date"
    if _ZH_NONE.match(folded, stop):
        return "other-unit"
    return ""

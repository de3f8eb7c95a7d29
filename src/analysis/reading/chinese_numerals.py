"""The printed numbers of a Chinese text: digits (damaged or not), words, scale words, units."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from sys import intern

from analysis.reading import fates
from analysis.reading.bounds import bound
from analysis.reading.glyphs import Numeral
from analysis.reading.number_words import HAN_DIGITS, HAN_POWERS, han

_D = HAN_DIGITS + "壹贰叁肆伍陆柒捌玖"
_P = HAN_POWERS + "拾佰仟"
_ODD = "loi〇○"  # letters and signs that stand for 1 and 0 in scanned text
_SIGN = "[%‰万亿人户元件个家起名份]"
_COUNTED = r"(?=(?:[余多][万亿]?)?\s?(?:[元户件起份%]|家(?!庭)|人(?!才|民)|名(?!单|牌)|个))"
# A number in digits; a blank inside it needs a unit behind the last group.
_NUMBER = (
    rf"(?:\d|(?<![\d.])\.(?=\d+[%‰万亿])|(?<![a-z])[loi](?=\s?\.?\s?[\d{_ODD}%‰])"
    r"|[x×*]{1,3}(?=\s?[\d.]*\s?[万亿人户个%]))"
    rf"(?:\d|(?<=\d),(?=\d{{3}}(?!\d))|(?<=\d)，(?=\d{{3}}(?:，\d{{3}}){{0,2}}(?:\.\d+)?\s?{_SIGN})"
    rf"|(?<=[\d{_ODD}])\s?\.\s?(?=[\d{_ODD}x])"
    rf"|(?<=[\d{_ODD}])[,，。．・•](?=[\d{_ODD}]{{1,2}}\s?[%‰万亿])"
    rf"|(?<=[\d.{_ODD}])\s(?=[\d{_ODD}]++(?:(?:\s?\.\s?|\s)[\d{_ODD}]++){{0,4}}\s?{_SIGN})"
    rf"|(?<=[\d{_ODD}.\s])[{_ODD}](?=[\s\d.{_ODD}]|{_SIGN})|(?<=\d)/(?=%)|(?<=\d)[x×*]|(?<=[x×*])[x×*.])*"
)
_ALONE = rf"(?<![第之{_D}{_P}])"
_WORDS = (
    rf"百分之(?P<rate>[{_D}{_P}]+(?:点[{_D}]+)?|\d+(?:\.\d+)?)"
    rf"|{_ALONE}(?P<tenths>[一二三四五六七八九]成[半{_D}]?)(?=以[上下]|[，。；、左的]|\s|\Z)"
    rf"|{_ALONE}(?P<several>(?:(?<![人户件总次名额例家个])数|几)[{_P}]{{1,3}}|十几[万亿]?){_COUNTED}"
    rf"|{_ALONE}(?P<pair>[一二两三四五六七八九][二三四五六七八九][{_P}]{{1,3}}){_COUNTED}"
    rf"|{_ALONE}(?P<han>(?:[{_D}十拾]|(?<=[近上逾超过约达破])[{_P}])[{_D}{_P}点]{{0,23}}){_COUNTED}"
)
_BLOB = re.compile(f"{_WORDS}|{_NUMBER}")
_BEGIN = re.compile(rf"[{_D}{_P}{_ODD}数几\dx×*.]")  # where one may: sought first, for speed
_COMPOUND = re.compile(rf"\d+(?:\.\d+)?(?:[{_P}]{{1,3}}零?(?:\d+(?:\.\d+)?|[{_D}])){{1,6}}[{_P}]{{0,3}}(?!\d)")
_SCALE = re.compile(r"\s?([百千]?万|万?亿|千|百)?\s?([余多])?\s?(?:([万亿]))?")
_PERCENT = re.compile(r"\s?(?:(?P<permille>%[o0〇](?!\d)|‰)|(?P<points>个[百千]分点)|(?P<percent>%+))")
_UNITS = (
    ("foreign", "(?:美|欧|日|港|韩|澳)元|美金|英镑|港币"),
    ("yuan", "元"),
    ("households", "户"),
    ("people", "人次|人|名|个(?=就业岗位|岗位)"),
    ("enterprises", "家"),
    ("cases", "件|起"),
    ("contracts", "份"),
    ("cards", "张"),
    ("events", "场次?"),
    ("sites", "处"),
    ("projects", "个|项|所"),
)
_UNIT = re.compile(r"\s?(?:" + "|".join(f"(?P<{u}>{p})" for u, p in _UNITS) + ")")
_AREA = re.compile(r"\s?(?:[县区乡镇市村]|街道|社区)")  # 2个县
_OTHER = re.compile(
    r"\s?(?:公里|米|平方|亩|吨|千瓦|度电|公顷|立方|座|条|所|公斤|辆|床|本|册|套|台|只|头|株|间|栋|次(?!人)|倍|号|笔|元/|位|部|项政策)"
)
_TIMES = re.compile("倍(?!以)")
_GOALS = ("目标的", "任务的", "计划的", "目标任务数的", "任务数的", "计划数的")
_ABOUT = ("约", "大约")
_QUOTES, _CLOSING = tuple("“\"‘'"), tuple("”\"’'")
_QUOTED = re.compile("[^\\d，。；“]{0,8}[”\"’']")
_HAN = "零一二三四五六七八九"
_POWERED = tuple(_P)
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


@dataclass(frozen=True)
class _Token:
    """A number's digits at a scale and where it ends; `upto` its upper end where it is indefinite."""

    glyphs: str
    scale: int
    end: int
    upto: str = ""
    spelled: bool = False


def find(text: str, folded: str) -> list[Numeral]:
    """All numerals of a Chinese text in their order."""
    found: list[Numeral] = []
    place = 0
    while begin := _BEGIN.search(folded, place):
        place = begin.end()
        match = _BLOB.match(folded, begin.start())
        if match is None:
            continue
        token = _WORDED[match.lastgroup](match) if match.lastgroup else _digits(folded, match)
        place = match.end()
        if token:
            found.append(_numeral(text, folded, match.start(), token, match.lastgroup or ""))
            place = max(place, found[-1].end)
    return found


def _digits(folded: str, match: re.Match[str]) -> _Token | None:
    """A number in digits, with one scale word behind it at most or with several inside."""
    glyphs = match[0].rstrip(" .,")
    end = match.start() + len(glyphs)
    if folded[end : end + 1] in _POWERED:
        whole = _COMPOUND.match(folded, match.start())
        if whole and whole.end() > end and (number := han(whole[0])):
            return _Token(*number, whole.end(), spelled=True)
    return _Token(glyphs.replace("/", "x"), 0, end) if glyphs else None


def _words(match: re.Match[str]) -> _Token | None:
    number = han(match[match.lastgroup or 0])
    return _Token(*number, match.end(), spelled=True) if number else None


def _tenths(match: re.Match[str]) -> _Token:
    """八成 is 80 %, 七成五 is 75 %."""
    whole, _, half = match["tenths"].replace("半", "五").partition("成")
    digits = [str(_HAN.index(c)) for c in whole + half]
    return _Token(".".join(digits), 1, match.end(), spelled=True)


def _several(match: re.Match[str]) -> _Token:
    """数千 is 2,000 to 10,000, 十几万 110,000 to 200,000."""
    words = match["several"]
    ends = (11, 20) if words[0] == "十" else (2, 10)
    return _between(*ends, words[1:].lstrip("几"), match.end())


def _pair(match: re.Match[str]) -> _Token | None:
    """七八百 is 700 to 800."""
    low, high = (_HAN.index("二" if c == "两" else c) for c in match["pair"][:2])
    return _between(low, high, match["pair"][2:], match.end()) if low < high else None


def _between(low: int, high: int, powers: str, end: int) -> _Token:
    scale = sum(_POWERS[c] for c in powers)
    return _Token(str(low), scale, end, str(high), spelled=True)


_WORDED: dict[str, Callable[[re.Match[str]], _Token | None]] = {
    "rate": _words,
    "han": _words,
    "tenths": _tenths,
    "several": _several,
    "pair": _pair,
}


def _numeral(text: str, folded: str, start: int, token: _Token, kind: str) -> Numeral:
    """A number with its scale word, unit and bound, from the words around it."""
    scale, more, stop = _scale(folded, token)
    before = folded[max(0, start - 8) : start]
    if _TIMES.match(folded, stop) and before.endswith(_GOALS):
        unit, scale, stop = "percent", scale + 2, stop + 1  # 1.8 times the goal are 180 %
    elif kind in ("rate", "tenths"):
        unit = "percent"
    else:
        unit, stop = _unit(folded, token.end, stop)
    after = folded[stop : stop + 6]
    fate = fates.chinese(before, folded[token.end : token.end + 8], token.glyphs, unit, scale)
    if _is_name(folded, start, stop, kind, unit, token):
        fate = "name"
    elif not fate and not unit and _OTHER.match(folded, stop):
        fate = "other-unit"
    return Numeral(
        start,
        stop,
        intern(text[start:stop]),
        intern(token.glyphs),
        scale,
        unit,
        "" if token.upto else _bound(before, after, kind) or more,
        after.lstrip().startswith("左右") or before.endswith(_ABOUT),
        True,
        fate,
        spelled=token.spelled,
        upto=token.upto,
    )


def _scale(folded: str, token: _Token) -> tuple[int, str, int]:
    """The power of ten with the scale word behind a number, the bound of its 余 or 多, its end."""
    word = _SCALE.match(folded, token.end)
    if not word or not (word[1] or word[2]):
        return token.scale, "", token.end
    power = sum(_POWERS[c] for c in (word[1] or "") + (word[3] or ""))
    return token.scale + power, "at_least" if word[2] else "", word.end()


def _bound(before: str, after: str, kind: str) -> str:
    """What `bounds` says; 上 is a bound only before a scale word of its own (上千人)."""
    alone = kind == "han" and before[-1:] == "上"
    return "at_least" if alone else bound(before, after, "zh")


def _unit(folded: str, end: int, stop: int) -> tuple[str, int]:
    """What a number counts, and where its unit ends; places, things and a mark passed are other."""
    found = _PERCENT.match(folded, stop) or _UNIT.match(folded, stop)
    unit, stop = (found.lastgroup or "", found.end()) if found else ("", stop)
    other = _OTHER.match(folded, end) or _AREA.match(folded, stop) or folded.startswith("大关", stop)
    return "other" if other else unit, stop


def _is_name(folded: str, start: int, stop: int, kind: str, unit: str, token: _Token) -> bool:
    """Whether a number is part of a name: 至少一人, “4050”人员, “三个确保”."""
    if kind == "han" and token.glyphs == "1" and not token.scale:
        return True
    if folded[start - 1 : start] not in _QUOTES:
        return False
    if kind:
        return _QUOTED.match(folded, stop) is not None
    return not unit and folded[stop : stop + 1] in _CLOSING

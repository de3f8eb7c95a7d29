"""The printed numbers of an English text: digits (damaged or not), words, scale words, units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from analysis.reading import fates, number_words
from analysis.reading.bounds import bound
from analysis.reading.glyphs import ONE, Numeral

_MASKED = r"(?:\d|\.\d|,000|0,000|10,000|people|person|jobs|household|yuan|million|%)"
_MASK = (  # at the head of a line a star marks an item
    rf"(?:x|(?<=\S)\*|(?<=\S\ )\*)[x*]{{0,3}}(?={_MASKED})|(?<=\S\ )[x*]{{1,4}}(?=\ {_MASKED})"
)
_RUN = re.compile(
    rf"(?:{ONE}|(?<![\w.)])\.|\d|{_MASK})"
    rf"(?:{ONE}|\d|(?<!,\d\d\d)[x*](?![a-wyz])|[.,](?=[\dx*])|/(?=\s?%)"
    r"|\.\ (?=\d{1,2}\s?(?:%|percent|million|billion))"
    r"|(?<!\d\d\d)\.\ (?=1\d?\s?[,;)](?!\d{3})|1 (?:100 million|10,000))"
    r"|(?<=1)\ (?=\d)|\ (?=1)|(?<=[ (]\d)\ (?=\d{3} [a-z])|(?<=[ (]\d\d)\ (?=\d{3} [a-z])"
    r"|(?<=[ (]\d{3})\ (?=\d{3} [a-z])|\ (?=\d{3} \d{3}\b)|(?<= \d{3})\ (?=\d{3}\b))*+"
)
_BEGIN = re.compile(r"[\dx*]|\.(?=\d)")  # where a run may: sought first, for speed
_SCALES = {
    "trillion": 12,
    "billion": 9,
    "bn": 9,
    "hundred million": 8,
    "million": 6,
    "mn": 6,
    "ten thousand": 4,
    "thousand": 3,
}
_SCALE = re.compile(
    r"\s?(hundred million|ten thousand|trillion|billion|million|thousand|mn\b|bn\b)"
    r"(?:(?=yuan|rmb|people|persons)|(?![a-z]))"
)
_GOES_ON = re.compile(
    r"\s(?P<and>and\s)?(?P<digits>\d{1,3})(?![\d%]|[,.]\d|\s?percent)"
    r"(?:\s(?P<scale>million|thousand)\b)?(?!\s?(?:hundred|thousand|million|billion|trillion)\b)"
)
_MONEY = re.compile(r"\s?(?:rmb|cny)?\s?yuan|\s?rmb\b")
_TIMES = re.compile(r"\s?times(?= (?:the|its|this|that) (?:[a-z]+ )?(?:goal|target|task|plan|quota)\b)")
_FOREIGN = re.compile(
    r"\s?(?:(?:u\.?s\.?|american|hong kong|australian|canadian)\s?)?(?:dollars?|euros?|yen|pounds?\b(?! of)|usd|hkd)\b"
)
_SIGN = re.compile(
    r"(?:(?P<foreign>(?:us|u\.s\.|hk|a|c|nt)\s?\$|(?<![a-z])(?:usd|hkd|eur)|[€£])|(?P<yuan>rmb|yuan|[¥￥]))\s?\Z"
    r"|(?P<dollar>\$)\Z"
)
_DOLLARS = re.compile(r"\b(?:us|u\.s\.|hk)\s?\$|\bus dollars?\b|\bdollars\b|\busd\b")
_PERCENT = re.compile(r"\s?(?:%+|percentage points?|per ?cent|pct\b)")
_NOUNS = (
    ("households", r"households?|famil(?:y|ies)"),
    ("enterprises", r"enterprises?|compan(?:y|ies)|firms?"),
    ("employers", r"employers?|employing units?|units?"),
    ("contracts", r"contracts?"),
    ("cases", r"cases?"),
    ("cards", r"cards?"),
    ("events", r"(?:job |recruitment |career )?(?:fairs?|events?)"),
    ("sites", r"incubators?|bases|parks"),
    ("projects", r"projects?|cent(?:er|re)s?|systems?"),
    (
        "people",
        r"people|persons?|person-times|passengers?|workers?|labou?rers?|farmers?|residents?|jobs?|"
        r"employees?|participants?|insured|peasants?|posts|staff|students|trainees|inhabitants",
    ),
)
_NOUN = re.compile(r"\b(?:" + "|".join(f"(?P<{u}>{p})" for u, p in _NOUNS) + r")\b")
_OTHER = re.compile(
    r"\s(?:[a-z-]+\s)?(?:classes|counties|districts|townships|towns|villages|batch(?:es)?"
    r"|sessions?|times|places|items|points|cities|days|months|kilomet(?:er|re)s?|documents?"
    r"|hectares?|mu|tons?|square|leaflets|copies|meetings|activities|measures|schools)\b"
)
_RECEIVING = re.compile(r"\s?(?:went |was |were )?(?:to|for) ")
_FOLLOWS = re.compile(r"\s(?:[a-z-]+\s){0,2}?(?:" + _NOUN.pattern + ")")
_WHOLE = re.compile(r"\d{1,3}")
_AFTER = re.compile(r"[^,.;:()\d]{0,48}")
_LOST = re.compile(r",(?=\s(?:new )?(?:jobs|people|persons|households|yuan)\b)")
_WORDS = re.compile(rf"\b{number_words.ENGLISH}(?![a-z]|-[a-z])")
_ABOUT = re.compile(r"(?:about|around|approximately|some|roughly)\s(?:rmb\s?)?\Z")
_SHORT = re.compile(r"\d{1,3}(?:,\d{3})*,\d{0,2}")  # a group of less than three digits
_INTEGER = re.compile(r"[\d,]+")
_MANY = {
    "tens": 1,
    "dozens": 1,
    "hundreds": 2,
    "thousands": 3,
    "hundred": 2,
    "thousand": 3,
    "million": 6,
    "millions": 6,
    "billion": 9,
}
_INDEFINITE = re.compile(
    r"(?:(?:several|(?<![a-z])a few)\s(?P<some>hundred(?:\s(?:thousand|million))?|thousand|million|billion)"
    r"|(?P<many>(?:tens|dozens|hundreds) of (?:thousands|millions)))\b"
)
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\d{1,3},\d{3}")
_GLUED = re.compile(r"(\d{1,3}(?:,\d{3})+)(?:(?=[1-9]\d)|,(?=\d{2,3}\.\d+\Z))(\d[\d.]*)\Z")
_GLUED_RATE = re.compile(r"(\d{1,3}(?:,\d{3})+),(\d{2,3}(?:\.\d+)?)\Z")
_LISTED = re.compile(r"(?<=[, ]000),(?=[1-9])")
_MEMBER = re.compile(r"\d{1,3},?\d{3}")
_TWO_NUMBERS = re.compile(r"((?:19|20)\d\d) (\d{1,3}(?:,\d{3})+|\d{3,})(?![\d,]*,\d{3},)")
_TWO_GROUPS = re.compile(r"(\d{1,2}) (\d{3})")
_DAY = re.compile(rf"\b(?:{fates.MONTHS}|no\.?|article|chapter) ?\Z")
_EMPTY = re.compile(r",?\s?<>")  # the place of a number that moved elsewhere
_LONE_PERCENT = re.compile(r"%(?:(?<=[a-z] %)|(?<=[a-z]%))| percent(?<=[a-z] percent) of the (?:annual )?target")


def find(text: str, folded: str) -> list[Numeral]:
    """All numerals of an English text in their order."""
    found = _in_digits(text, folded)
    several = list(_INDEFINITE.finditer(folded))
    taken = _covered(len(folded), [*((n.start, n.end) for n in found), *(m.span() for m in several)])
    words = (m for m in _WORDS.finditer(folded) if not taken[m.start()] and m[0] != "one")
    signs = (m.start() for m in _LONE_PERCENT.finditer(folded) if not taken[m.start()])
    found += [_in_words(text, folded, m) for m in words]
    found += [_indefinite(text, folded, m) for m in several]
    found += [Numeral(at, at + 1, text[at : at + 1], "", unit="percent") for at in signs]
    found = _zeros_deleted(found)
    if _DOLLARS.search(folded):  # a text that knows dollars means them by the sign, too
        found = [replace(n, unit="foreign", sign="") if n.sign else n for n in found]
    return sorted(found, key=lambda n: n.start)


def _in_digits(text: str, folded: str) -> list[Numeral]:
    """Runs of digits as numerals; one that begins within the last is none."""
    found: list[Numeral] = []
    place = 0
    while begin := _BEGIN.search(folded, place):
        run = _RUN.match(folded, begin.start())
        place = begin.end() if run is None else run.end()
        for start, end in _split(folded, *run.span()) if run else ():
            if not found or start >= found[-1].end:
                found.append(_numeral(text, folded, start, end))
                place = max(place, found[-1].end)
    return found


def _covered(length: int, spans: Iterable[tuple[int, int]]) -> bytearray:
    """For each place of a text whether one of the spans holds it."""
    taken = bytearray(length)
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    return taken


def _split(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """A run's numerals: glued ones and a year before a number come apart."""
    while end > start and folded[end - 1] in " .,":
        end -= 1
    run = folded[start:end]
    if _PLAIN.fullmatch(run):
        return [(start, end)]
    percent = _PERCENT.match(folded, end)
    if glued := _GLUED.match(run) or (percent and _GLUED_RATE.match(run)):
        return [(start, start + glued.end(1)), (start + glued.start(2), end)]
    if _TWO_NUMBERS.fullmatch(run):
        return [(start, start + 4), (start + 5, end)]
    day = _TWO_GROUPS.fullmatch(run)
    if day and _DAY.search(folded, max(0, start - 12), start):
        return [(start, start + day.end(1)), (start + day.start(2), end)]
    return [(start, end)] if _MONEY.match(folded, end) else _members(run, start)


def _members(run: str, start: int) -> list[tuple[int, int]]:
    """The counts that commas run together: "263,000,118,000" people."""
    cuts = [m.start() for m in _LISTED.finditer(run)]
    items = list(zip([0, *(c + 1 for c in cuts)], [*cuts, len(run)], strict=True))
    if all(_MEMBER.fullmatch(run[a:b].replace(" ", "")) for a, b in items):
        return [(start + a, start + b) for a, b in items]
    return [(start, start + len(run))]


def _numeral(text: str, folded: str, start: int, end: int) -> Numeral:
    """A number with its scale word, unit and bound, from the words around it."""
    glyphs, stop, scale, spelled = folded[start:end], end, 0, False
    lost = _LOST.match(folded, end)
    if lost:
        glyphs, stop = glyphs + ",", lost.end()
    elif word := _SCALE.match(folded, stop):
        scale, stop = _SCALES[word[1]], word.end()
        if whole := _compound(folded, glyphs, scale, stop):
            glyphs, scale, stop = whole
            spelled = True
    if gap := _EMPTY.match(folded, stop):
        stop = gap.end()
    if times := _TIMES.match(folded, stop):  # 1.8 times the goal are 180 %
        scale, stop = scale + 2, times.end()
    before, after = folded[max(0, start - 40) : start], folded[end : end + 24]
    sign = _SIGN.search(before[-7:])
    dollar = bool(sign and sign["dollar"])
    unit, stop, following = _unit(folded, sign.lastgroup if sign else "", stop, scale)
    unit = "percent" if times else unit
    counted = bool(unit and _FOLLOWS.match(following))
    fate = fates.english(before, after, glyphs, unit, scale, counted)
    start -= dollar
    return Numeral(
        start,
        stop,
        text[start:stop],
        glyphs.replace("/", "x"),
        scale,
        unit,
        bound(before, folded[stop : stop + 24], "en"),
        bool(_ABOUT.search(before[-20:])),
        False,
        fate,
        zeros_lost=bool(lost),
        spelled=spelled,
        sign="$" if dollar else "",
    )


def _indefinite(text: str, folded: str, match: re.Match[str]) -> Numeral:
    """`several thousand` is 2,000 to 10,000, `tens of thousands` 20,000 to 100,000."""
    start, end = match.span()
    scale = sum(_MANY[w] for w in (match["some"] or match["many"]).split() if w != "of")
    unit, stop, _ = _unit(folded, "", end, scale)
    return Numeral(start, stop, text[start:stop], "2", scale, unit, spelled=True, upto="10")


def _zeros_deleted(found: list[Numeral]) -> list[Numeral]:
    """The numbers of a text from which an engine deleted every 0: 12,6 of a target of 12, people."""
    whole = {i for i, n in enumerate(found) if _INTEGER.fullmatch(n.glyphs) and not n.spelled}
    short = sum(n.unit != "percent" and bool(_SHORT.fullmatch(n.glyphs)) for n in found)
    if short < 2 or any("0" in found[i].glyphs for i in whole):
        return found
    return [replace(n, zeros_lost=True) if i in whole else n for i, n in enumerate(found)]


def _compound(folded: str, glyphs: str, scale: int, stop: int) -> tuple[str, int, int] | None:
    """A number in several scale words, each part below the scale before: 2 million 415 thousand.

    Gives digits, scale and where it ends; None where the first scale word is the only one.
    """
    if not _WHOLE.fullmatch(glyphs):
        return None
    value, parts = int(glyphs) * 10**scale, 0
    while more := _GOES_ON.match(folded, stop):
        power = _SCALES.get(more["scale"], 0)
        follows = power < scale if power and not more["and"] else scale == 3 and not power
        if not follows or int(more["digits"]) * 10**power >= 10**scale:
            break
        value, scale, stop, parts = value + int(more["digits"]) * 10**power, power, more.end(), 1
    return (*number_words.plain(Decimal(value), scale), stop) if parts else None


def _unit(folded: str, sign: str | None, stop: int, scale: int) -> tuple[str, int, str]:
    """What a number counts, where its unit ends, and the words that follow.

    `sign` is the kind of sign of money before it.
    """
    for unit, words in (("yuan", _MONEY), ("percent", _PERCENT), ("foreign", _FOREIGN)):
        if printed := words.match(folded, stop):
            return unit, printed.end(), _following(folded, printed.end())
    following = _following(folded, stop)
    if sign:
        return "foreign" if sign == "foreign" else "yuan", stop, following
    if _OTHER.match(following):
        return "other", stop, following
    noun = _NOUN.search(following)
    if noun and not (scale >= 6 and _RECEIVING.match(following)):  # "6 million for small firms"
        return noun.lastgroup or "", stop, following
    return "", stop, following


def _following(folded: str, place: int) -> str:
    found = _AFTER.match(folded, place)
    return found[0] if found else ""


def _in_words(text: str, folded: str, match: re.Match[str]) -> Numeral:
    """A number in words; alone and small it counts only what directly follows."""
    start, end = match.span()
    digits = number_words.english(match[0])
    glyphs, scale = digits or ("", 0)
    before = folded[max(0, start - 40) : start]
    unit, stop, following = _unit(folded, "", end, scale)
    near = folded[end : end + 1] == " " and _NOUN.search(following[:20])
    direct = unit in ("yuan", "percent", "foreign") or near
    small = not scale and not direct
    if small or digits is None:
        return Numeral(start, end, text[start:end], glyphs, scale, fate="name", spelled=True)
    return Numeral(
        start,
        stop,
        text[start:stop],
        glyphs,
        scale,
        unit,
        bound(before, folded[stop : stop + 24], "en"),
        bool(_ABOUT.search(before[-20:])),
        spelled=True,
    )

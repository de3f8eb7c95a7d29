"""Numbers that are no figures by the words around: ordinals, dates, names, durations, ratios."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

MONTHS = (
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?)"
)
_YEAR = re.compile(r"(?:19\d|20[0-3])\d\Z")
_QUOTE = "\"“”'‘’"


@dataclass(frozen=True)
class _Rule:
    """A fate by the words before (to the number's first digit) and behind its last.

    `most` is the greatest number of glyphs it holds for; `bare`: no scale word; `free`: no unit;
    `shape` is what its glyphs must be.
    """

    fate: str
    before: re.Pattern[str] | None = None
    after: re.Pattern[str] | None = None
    most: int = 99
    shape: re.Pattern[str] | None = None
    bare: bool = False
    free: bool = False

    def holds(self, before: str, after: str, glyphs: str, unit: str, scale: int) -> bool:
        return (
            len(glyphs) <= self.most
            and not (self.bare and scale)
            and not (self.free and unit)
            and (self.shape is None or self.shape.match(glyphs) is not None)
            and (self.after is None or self.after.match(after) is not None)
            and (self.before is None or self.before.search(before) is not None)
        )


def _rule(fate: str, before: str = "", after: str = "", **limits: Any) -> _Rule:
    return _Rule(
        fate, re.compile(rf"(?:{before})\Z") if before else None, re.compile(after) if after else None, **limits
    )


class _Rules:
    """Rules in their order; the first that holds says the fate. Most numbers meet no word of any."""

    def __init__(self, *rules: _Rule) -> None:
        self.rules = rules
        before = (r.before.pattern for r in rules if r.before and not r.after)
        self.before = re.compile("|".join(before))
        self.after = re.compile("|".join(r.after.pattern for r in rules if r.after))


_ENGLISH = _Rules(
    _rule("ordinal", r"\(", r"\)", most=2),
    _rule("name", f"[{_QUOTE}]", f"[{_QUOTE}]", bare=True),
    _rule("ordinal", r"\w\[", r"\]", most=2),  # of a footnote
    _rule("ordinal", after=r"(?:st|nd|rd|th)\b"),
    _rule("ordinal", r"\b(?:no\.?|article|chapter)\s?"),
    _rule("name", after=r"(?:\s|-)mark\b"),  # "passed the 60,000 mark"
    _rule("name", after=r"-(?:level|year|oriented|day|month|in-)"),
    _rule("name", r"[a-z]-", most=2, bare=True, free=True),  # covid-19
    _rule("ordinal", r"(?:\A|[\n。])\s*", r"[.)、]\s", most=2),
    _rule("date", rf"{MONTHS}\s", most=2, free=True),
    _rule("duration", after=r"\s?(?:years?|months?|days?|hours?)\b"),
    _rule("share", after=r"/\d{1,2}(?![\d/])", most=2, bare=True),  # 1/6
    _rule("share", r"(?<!\d)\d{1,2}/", most=2, bare=True),
    _rule("share", after=r"\s?[:?∶]\s?1(?!\d|[,.]\d)", most=4, bare=True, free=True),  # 1.2:1
    _rule("share", r"\d\s?[:?∶]\s?", most=1, bare=True),
    _rule("definition", r"at least ", bare=True, shape=re.compile(r"1\Z")),
)
_CHINESE = _Rules(
    _rule(
        "date",
        after=r"\s?(?:年(?!均|增)|月|日|时|点(?!\d)|世纪|周年|天|个?月|小时|分钟|秒|度|届|期|岁)",
        bare=True,
        free=True,
    ),
    _rule("duration", after=r"\s?[多余]?个多?月", bare=True),
    _rule("date", after=r"\s?[-—–~至到]{1,2}\s?1?\d\s?月", bare=True, free=True),
    _rule("ordinal", r"(?:第|[〔\[(（]|[a-z]-?|no\.?)\s?", free=True),
    _rule("ordinal", after=r"[〕\])）号条章]", free=True),
    _rule("ordinal", r"(?:\A|[\n。；])\s*", r"[.、]", free=True),
    _rule("date", after=r"[-—~至–]", bare=True, free=True, shape=_YEAR),
    _rule("name", after=r"\s?个?(?:方面|环节|关键词)"),
    _rule("share", after=r"\s?[:：∶?]\s?1(?!\d|[,.]\d)", free=True),
    _rule("share", r"\d\s?[:：∶?]\s?", most=1, free=True),
)
_YEAR_NOUN = re.compile(
    r"(?:'s)? (?:work |main )?(?:goals|plan|targets|tasks|objectives|work)\b| annual\b|\s?[-–—]\s?(?:19|20)\d\d\b"
)
_DAY = re.compile(rf"{MONTHS}\s\d{{1,2}},?\s\Z")
_LINE_OPENS, _LINE_ENDS = re.compile(r"(?:\A|\n)[^\n\d]{0,60}\Z"), re.compile(r"\s*(?:\n|\Z)")
_OPENS = re.compile(
    r"(?:\A|[\n.,;:(]\s?|\b(?:and|while|but|that|which)\s)"
    r"(?:in|by|since|during|until|throughout|as of|(?:by|at) the (?:end|close) of|early|late)\s(?:the\s)?(?:year\s)?\Z"
)
_WITHIN = re.compile(r"(?<!result)(?<!results)(?<!resulted)(?<!resulting) in\s\Z")
_DATED = re.compile(
    r"(?:\bin|year|(?:end|half|quarters?|months|beginning|report|plan|start|goals|objectives|targets|tasks|work"
    rf"|summary|arrangements?|ideas|points|year) of|{MONTHS},?|back on|since|during|from|to|through|by|until|for|the"
    r"|end|(?:19|20)\d\d and|-|\[|“|\"|\n|\A)\s?\Z"
)


def english(before: str, after: str, glyphs: str, unit: str, scale: int, counted: bool) -> str:
    """Why a number of an English text is no figure, or nothing.

    `before` and `after` are the folded text around its glyphs, `counted` says that the noun of its
    unit follows directly.
    """
    if said := _by_rule(_ENGLISH, before, after, glyphs, unit, scale):
        return said
    year = _YEAR.match(glyphs.replace(" ", "")) and not scale and unit not in ("yuan", "percent")
    counted = counted and not (unit == "people" and _WITHIN.search(before))  # none is within heads
    return "date" if year and _is_date(before, after, counted) else ""


def chinese(before: str, after: str, glyphs: str, unit: str, scale: int) -> str:
    """The same for a Chinese text."""
    return _by_rule(_CHINESE, before, after, glyphs, unit, scale)


def _by_rule(rules: _Rules, before: str, after: str, glyphs: str, unit: str, scale: int) -> str:
    if rules.after.match(after) or rules.before.search(before):
        for rule in rules.rules:
            if rule.holds(before, after, glyphs, unit, scale):
                return rule.fate
    return ""


def _is_date(before: str, after: str, counted: bool) -> bool:
    """Whether a number of a year's shape is one; "In 2012 new jobs reached" counts no 2,012 jobs."""
    if _YEAR_NOUN.match(after) or _DAY.search(before) or _OPENS.search(before):
        return True
    if _LINE_ENDS.match(after) and _LINE_OPENS.search(before):
        return True  # a heading: "Outlook 2009"
    return not counted and _DATED.search(before) is not None

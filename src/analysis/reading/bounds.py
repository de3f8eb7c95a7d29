"""Whether the words around a number make it a bound: a comparison, turned round where it is denied.

`more than` and 超过 are lower bounds, `no more than` and 不超过 upper ones; to reach a number is
no bound, not to reach it an upper one.
"""

from __future__ import annotations

import re

_BEFORE = {
    "zh": {  # `more`, `less` and `reach` are turned round where denied
        "more": "超过|超出|突破|冲破|越过|跃过|高于|高出|大于|多于|(?<![通经透度渡])过|超|逾",
        "less": "低于|小于|少于",
        "reach": "达到|到|达|足|满",
        "least": "至少|最少|起码|不下|不止|[>≥⩾≧]",
        "most": "至多|最多|顶多|接近|将近|逼近|临近|趋近|近|[<≤⩽≦]",
    },
    "en": {
        "more": r"(?:(?:more|higher|greater|larger) than|over|above|in excess of|upwards? of|topp(?:ed|ing)"
        r"|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|(?:broke|broken|breaking) through)\s(?:and\s)?",
        "less": r"(?:(?:less|fewer|lower|smaller) than|below|under|short of)\s",
        "reach": r"reach(?:es|ed|ing)?\s",
        "least": r"(?:at least|minimum of)\s|[>≥⩾≧]\s?",
        "most": r"(?:at most|within|up to|nearly|almost|close to|approach(?:es|ed|ing)?|maximum of)\s"
        r"(?:(?:the|its)\s)?(?:target of\s)?|[<≤⩽≦]\s?",
    },
}
_DENIAL = {
    "zh": "(?P<no>不得?|没有?|未能?|无)?",
    "en": r"(?:(?P<no>\b(?:no|not|never|without|failed to)|n't)\s(?:(?:to|be|been|fall|drop|rise)\s)*)?",
}
_START = {"zh": "", "en": r"(?<![a-z])"}
_END = {"zh": r"[了于]?\s?\Z", "en": r"(?:rmb\s?)?\Z"}
_AFTER = {
    "zh": {
        "least": r"\s?(?:[及和或]?以上|之上|有余|出头|余|多(?![于少次])|\+)",
        "most": r"\s?(?:[及和或]?以下|以内|之内|之下)",
    },
    "en": {
        "least": r"\s?(?:people |persons |yuan )?(?:(?:or|and) (?:more|above|over)\b|-odd\b|-plus\b|\+(?!\d)"
        r"|more than one\b|above(?=[.,;)]))",
        "most": r"\s?(?:people |persons |yuan )?(?:or|and) (?:less|fewer|below|under|lower)\b",
    },
}
_SAYS = {"more": "at_least", "less": "at_most", "reach": "", "least": "at_least", "most": "at_most"}
_DENIED = _SAYS | {"more": "at_most", "less": "at_least", "reach": "at_most"}


def _sides(words: dict[str, str]) -> str:
    return "|".join(f"(?P<{side}>{pattern})" for side, pattern in words.items())


_LEADING = {n: re.compile(f"{_DENIAL[n]}{_START[n]}(?:{_sides(words)}){_END[n]}") for n, words in _BEFORE.items()}
_TRAILING = {n: re.compile(_sides(words)) for n, words in _AFTER.items()}


def bound(before: str, after: str, language: str) -> str:
    """at_least, at_most or nothing, by the folded text before and behind a number (zh or en)."""
    if behind := _TRAILING[language].match(after):
        return _SAYS[behind.lastgroup or ""]
    found = _LEADING[language].search(before[-32:])
    if not found:
        return ""
    side = found.lastgroup or ""
    return (_DENIED if found["no"] else _SAYS)[side]

"""What the name of a file says of the report in it: its year and its kind."""

from __future__ import annotations

import re

from analysis.system.errors import InputError
from analysis.system.project import KINDS, parse_name

_SHORT = re.compile(rf"([12]\d{{3}})-({'|'.join(KINDS)})\Z")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|\D|\Z)(?!\d)")
_CALLED = {
    "government-report": re.compile("政府工作报告"),
    "communique": re.compile("公报"),
    "bureau-report": re.compile("(人力资源|人社|劳动|社会保障|就业).*(工作|年度)(总结|报告|情况)"),
}


def year_and_kind(stem: str) -> tuple[int, str]:
    """Year and kind of a report in a file of this name, less its ending.

    Raises
    ------
    InputError
        for a name that does not say both.

    >>> year_and_kind("2012-government-report"), year_and_kind("广元市2012年政府工作报告")
    ((2012, 'government-report'), (2012, 'government-report'))
    """
    plain = stem.strip().lower()
    if short := _SHORT.match(plain):
        return int(short[1]), short[2]
    years = set(_YEAR.findall(plain))
    kinds = [kind for kind, words in _CALLED.items() if words.search(plain)]
    if len(years) == len(kinds) == 1:
        return int(years.pop()), kinds[0]
    return parse_name(plain)


def document_of(stem: str) -> str:
    """The document that a file of this name becomes, with a suffix it may have; the name where it becomes none.

    >>> document_of("2012-government-report"), document_of("2012-government-work-report-2")
    ('2012-government-work-report', '2012-government-work-report-2')
    """
    plain = stem.strip().lower()
    try:
        year, kind = year_and_kind(stem)
    except InputError:
        return stem
    usual = f"{year}-{KINDS[kind]}"
    return plain if plain.startswith(usual) else usual

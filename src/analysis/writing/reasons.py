"""Why: what is noted on a figure, and what a rule says and why it holds, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from analysis import codebook
from analysis.codebook.notes import Note, decode
from analysis.codebook.status import Measure
from analysis.writing import words

_AMOUNTS = ("value", "values", "low", "high", "odds")


def noted(notes: str | Iterable[Note], language: str) -> str:
    """What the engine or a person noted on a figure: notes, or a cell `note_code`."""
    told = decode(notes) if isinstance(notes, str) else notes
    return words.word("phrases/alt_join", language).join(_note(note, language) for note in told)


def _note(note: Note, language: str) -> str:
    entry = words.lexicon()["notes"].get(note.code, {language: note.code})
    return str(entry[language]).format(**{k: _field(k, v, language) for k, v in note.fields})


def _field(name: str, text: str, language: str) -> str:
    if name in _NAMES:
        return _NAMES[name](text, language)
    if name in _AMOUNTS:
        return words.word("phrases/or", language).join(_amount(part, language) for part in text.split())
    return text


def _amount(digits: str, language: str) -> str:
    """A number in full, in Chinese with 万 or 亿 as the tables have it."""
    return words.number(float(digits), language) if language == "zh" else f"{Decimal(digits):,}"


def reason(rule: str, language: str) -> str:
    """Why an edit rule holds: from the codebook, else from `vocabulary.yaml`."""
    known = codebook.load().rules.get(rule)
    if known is None:
        return words.word(f"reasons/{rule}", language)
    return known.why_zh if language == "zh" else known.why


def _measure(measure: str, language: str) -> str:
    return words.word(f"measures/{measure}", language)


_NAMES: dict[str, Callable[[str, str], str]] = {
    "rule": reason,
    "document": words.document_name,
    "indicator": words.full_name,
    "measure": _measure,
}
_ID = re.compile(rf"\b([a-z]\w*\.\w+)(?:[.:]({'|'.join(Measure)}))?(\.before)?\b")
_SIGNS = (("==", "="), ("<=", "≤"), (">=", "≥"), (" * ", " × "), (" / ", " ÷ "))


@cache
def _series() -> re.Pattern[str]:
    """The names of the codebook's series of years, as expressions have them."""
    return re.compile(rf"\b({'|'.join(codebook.load().series)})\b")


def expression(rule: Mapping[Any, Any], language: str) -> str:
    """The expression of an edit rule with its figures named."""
    first = re.split("[: ]", str(rule["figures"]))[0]

    def named(match: re.Match[str]) -> str:
        name = words.full_name(match[1], language)
        if match[2]:
            measure = words.word(f"measures/{match[2]}", language)
            name = words.word("phrases/bracketed", language, label=name, measure=measure)
        return words.word("phrases/year_before", language, label=name) if match[3] else name

    text = _ID.sub(named, str(rule["expression"]).replace("each.", f"{first}."))
    text = _series().sub(lambda found: words.word(f"series/{found[0]}", language), text)
    for sign, shown in _SIGNS:
        text = text.replace(sign, shown)
    return text

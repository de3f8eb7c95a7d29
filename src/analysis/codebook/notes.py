"""What the engine notes on a figure: a code with fields, worded only where a reader meets it.

Tables carry both: `note`, the plain English sentences, and `note_code`, the same as JSON, from
which pages word it in their language. Nothing reads a sentence back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Code(StrEnum):
    """What can be noted; the words stand in `vocabulary.yaml`, with a slot for each field."""

    SAID = "said"  # a person's own words
    DECIDED = "decided"
    AGAINST_PRINT = "against-print"
    # what the words leave open
    LOOSE = "loose"
    NO_UNIT = "no-unit"
    NO_SCHEME = "no-scheme"
    OTHERWISE = "otherwise"
    UNSURE = "unsure"
    LABELS = "labels"
    UNTRIED = "untried"
    INTERIM = "interim"
    UNDATED = "undated"
    UNNAMED_YEARS = "unnamed-years"
    MIXED_HEADING = "mixed-heading"
    RUNNING_TOTAL = "running-total"
    ESTIMATE = "estimate"
    ABOUT = "about"
    # what the digits leave open
    NO_READING = "no-reading"
    CANDIDATES = "candidates"
    MASKED = "masked"
    MASKED_HERE = "masked-here"
    TWO_ENDS = "two-ends"
    DOLLARS = "dollars"
    SCALE_LOST = "scale-lost"
    OTHER_SCALE = "other-scale"
    CHANCE_FIT = "chance-fit"
    # what does not agree
    UNUSUAL = "unusual"
    LEVEL = "level"
    OTHER_YEARS = "other-years"
    DISAGREES = "disagrees"
    WOULD_BE = "would-be"
    PRINTED_THERE = "printed-there"
    ALSO_PRINTED = "also-printed"
    OTHER_TARGET = "other-target"
    YEARS_SUM = "years-sum"
    CHANGE_DIFFERS = "change-differs"
    # why a rule holds
    RULE = "rule"
    PRINTED_CHANGE = "printed-change"


@dataclass(frozen=True)
class Note:
    """A code and its fields, all text: numbers plain, rules and documents by their ids."""

    code: str
    fields: tuple[tuple[str, str], ...] = ()


def note(code: str, **fields: object) -> Note:
    """A note; a field that is a list or tuple becomes words separated by spaces."""
    return Note(str(code), tuple((name, _plain(value)) for name, value in fields.items()))


def _plain(value: object) -> str:
    if isinstance(value, list | tuple):
        return " ".join(map(_plain, value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def encode(notes: Iterable[Note]) -> str:
    """Notes as the text of a cell: `[["interim", {}], …]`; empty for none."""
    listed = [[n.code, dict(n.fields)] for n in dict.fromkeys(notes)]
    return json.dumps(listed, ensure_ascii=False) if listed else ""


def decode(text: str) -> tuple[Note, ...]:
    """The notes in a cell that `encode` wrote.

    Raises
    ------
    ValueError
        for any other text.
    """
    try:
        return tuple(Note(code, tuple(fields.items())) for code, fields in json.loads(text or "[]"))
    except (AttributeError, TypeError, ValueError) as error:
        raise ValueError(f"note_code {text!r} holds no notes") from error

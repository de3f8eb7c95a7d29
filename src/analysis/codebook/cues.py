"""The words around a number, of time and of place: one expression for each name and language."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

from analysis.codebook.files import Entry, read_file
from analysis.codebook.model import LANGUAGES


def read(folder: Path) -> dict[str, dict[str, re.Pattern[str]]]:
    """The cues of each language by name.

    Raises
    ------
    InputError
        naming file and line, for a cue that one language lacks or has twice, and words that are no expression.
    """
    given = {language: _entries(folder, language) for language in LANGUAGES}
    for language, cues in given.items():
        for name, entry in chain.from_iterable(of.items() for of in given.values()):
            if name not in cues:
                raise entry.error(f"is not in cues.{language}.yaml")
    return {language: {name: _cue(entry) for name, entry in cues.items()} for language, cues in given.items()}


def _entries(folder: Path, language: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for kind in ("cues", "times", "places", "tables"):
        for name, entry in read_file(folder / f"{kind}.{language}.yaml", kind).fields().items():
            if name in found:
                raise entry.error(f"{name} has words in another file of {language}")
            found[name] = entry
    return found


def _cue(entry: Entry) -> re.Pattern[str]:
    for item in entry.items():
        try:
            re.compile(item.text())
        except re.error as error:
            raise item.error(f"cannot read {item.text()!r}: {error}") from error
    return re.compile("|".join(item.text() for item in entry.items()))

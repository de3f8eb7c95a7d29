"""Plain text: the tables in it told from its prose by the tabs between their cells."""

from __future__ import annotations

from itertools import groupby

from analysis.intake.readers.contents import Contents, is_data, paragraphs
from analysis.intake.tabular import SEPARATORS

_FEWEST, _LONGEST = 3, 200  # lines of a table that is all of a text, and characters of each


def read(text: str) -> Contents:
    """The prose of a text, and runs of lines with tabs between cells; the text as it is without any."""
    tables, prose = [], []
    for tabbed, group in groupby(text.splitlines(), lambda line: line.strip().count("\t") > 0):
        lines = list(group)
        rows = [line.strip("\r\n").split("\t") for line in lines]
        if tabbed and is_data(rows):
            tables.append(rows)
        else:
            prose += lines
    return Contents(paragraphs(prose) if tables else text, tuple(tables))


def is_table(text: str) -> bool:
    """Whether a text is a table and nothing else: short lines with as many separators in each."""
    lines = [line for line in text.splitlines() if line.strip()][:50]
    if len(lines) < _FEWEST or max(map(len, lines)) > _LONGEST:
        return False
    counts = {sign: {line.count(sign) for line in lines} for sign in SEPARATORS}
    return any(len(found) == 1 and min(found) > (sign != "\t") for sign, found in counts.items())

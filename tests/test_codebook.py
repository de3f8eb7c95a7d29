"""The words of the codebook as patterns."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import sought


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bnew jobs?\b",
        r"\b(?:this|the current) year\b",
        r"\b(re-?employ(ed|ment)|placed)(?=,|\s)",
        r"\b(?:a|b)?c",
        r"\bs?kills",
        r"\b(?:\d|x)y",
    ],
)
@given(st.text(alphabet="abcnewjobsthiyrupldkxm -,1", max_size=40))
def test_a_phrase_is_found_faster_but_no_differently(pattern: str, text: str) -> None:
    for said in (text, f"{text} the current year, re-employment"):
        spans = [[m.span() for m in re.finditer(p, said)] for p in (pattern, sought(pattern))]
        assert spans[0] == spans[1]

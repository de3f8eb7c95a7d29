"""The hostile shapes of the benchmark: what they are, and that they are read and told apart."""

from __future__ import annotations

import pytest
from benchmarks import hostile

from analysis.codebook.status import Fate
from analysis.reading import parse


@pytest.mark.parametrize("shape", hostile.SHAPES, ids=lambda shape: shape.name.replace(" ", "-"))
def test_a_shape_grows_with_its_size_and_is_read_where_it_is_short(shape):
    short, long = shape.make(60), shape.make(480)
    assert len(short) <= 90 and len(long) - len(short) >= 300
    hostile._read(short)


def test_what_does_not_end_is_stopped_and_said():
    def endless():
        while True:
            pass

    assert hostile.spent(endless, 0.05) is None
    assert hostile._row("loop", [0.1, None], 1.0)[2:] == ("not ended", "–", "–")


def test_growth_and_the_peer_are_ratios_of_the_same_run():
    assert hostile._row("shape", [0.5, 4.0], 0.02)[3:] == ("8.0", "200")


def test_a_long_line_of_output_is_brought_into_its_published_form():
    hostile.output(1000)


def test_what_goes_on_too_long_without_a_stop_states_nothing_and_keeps_its_rows():
    text = "参保职工12人，" * 8_000
    parsed = parse(text, year=2011, kind="bureau-report")
    assert len(parsed.numerals) == 8_000
    assert {row.fate for row in parsed.numerals[-1_500:]} == {Fate.UNLINKED}

"""Contradictions in words."""

from __future__ import annotations

import pytest

from analysis.writing.contradictions import as_exact, gap


@pytest.mark.parametrize(
    ("sides", "shown"),
    [
        ((121.4992, 114.0, 7.4992, 4.4553), [121, 114, 7.5, 4.5]),
        ((205000.0, 190700.0, 14300.0, 450.0), [205000, 190700, 14300, 450]),
        ((482.0, 485.0, 3.0, 0.0), [482, 485, 3, 0]),
    ],
)
def test_sides_of_a_check_are_no_finer_than_what_rounding_allows(sides, shown):
    assert as_exact(sides) == shown


@pytest.mark.parametrize(("percent", "said"), [(0.000047, "less than 0.01"), (0.021, "0.021"), (7.4992, "7.5")])
def test_a_tiny_gap_is_said_without_powers_of_ten(percent, said):
    assert gap(percent, "en") == said

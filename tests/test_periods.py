"""Periods as they are written in tables: years, spans of years, months."""

import pytest

from analysis.codebook.periods import Period, parse_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2009", Period(2009, 2009)),
        ("2006-2010", Period(2006, 2010)),
        ("2013-01/2013-09", Period(2013, 2013, (1, 9))),
        ("2012-11/2013-02", Period(2012, 2013, (11, 2))),
    ],
)
def test_a_period_is_written_as_it_is_read(text, period):
    assert parse_period(text) == period and str(period) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "09",
        "2010-2006",
        "2010-2010",
        "2013-09/2013-01",
        "2013-00/2013-09",
        "2013-01/2013-13",
        "2013-01",
        "2013-01/2013",
        "unnamed",
        "２００９",
    ],
)
def test_what_is_no_period_is_refused_with_how_to_write_one(text):
    with pytest.raises(ValueError, match="write 2009, 2016-2020 or 2013-01/2013-09"):
        parse_period(text)


def test_only_a_whole_year_is_a_year_and_only_whole_years_are_several():
    assert (parse_period("2009").year, parse_period("2006-2010").year, parse_period("2013-01/2013-09").year) == (
        2009,
        None,
        None,
    )
    assert [parse_period(p).several for p in ("2009", "2006-2010", "2012-11/2013-02")] == [False, True, False]

"""Changes of a text that change nothing it says: its figures stay, and no claim grows stronger."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest
from benchmarks.accuracy import invariance
from benchmarks.accuracy.changes import CHANGES
from benchmarks.accuracy.scores import INVARIANCE

ALWAYS = [change for change in CHANGES if change.always]


@pytest.mark.parametrize("change", ALWAYS, ids=lambda change: change.name.replace(" ", "-"))
def test_figures_and_claims_stay_whatever_the_change(change):
    """Of the half of the texts that the committed table leaves out."""
    found = {}
    for sample in invariance.samples()[1::2]:
        text = invariance.changed(change, sample, seed=1)
        if text is not None and (difference := invariance.difference(sample, text)):
            found[sample.name] = difference
    assert not found


def test_what_must_change_nothing_changes_nothing_in_the_committed_table():
    names = {change.name for change in ALWAYS}
    rows = [n for key, n in INVARIANCE.committed().items() if key[0] in names]
    assert len(rows) > len(names) and not any(n["lost"] + n["added"] + n["stronger"] for n in rows)


def stated(value, status, **changes):
    row = {"indicator": "a.b", "measure": "outturn", "period": "2009", "low": value, "high": value}
    return SimpleNamespace(**{**row, "value": value, "status": status, **changes})


@pytest.fixture
def reading(monkeypatch):
    """The engine replaced by what it is said to read in a text."""

    def reading(**read):
        monkeypatch.setattr(invariance, "rows", lambda sample, text: read[text])
        invariance._unchanged.cache_clear()
        return invariance.Sample("s", "en", "before", 2009, "bureau-report")

    yield reading
    invariance._unchanged.cache_clear()


def test_a_figure_that_goes_comes_or_is_claimed_more_of_is_told(reading):
    sample = reading(
        before=[stated(1, "printed"), stated(2, "printed"), stated(3, "confirmed")],
        after=[stated(1, "confirmed"), stated(3, "printed"), stated(4, "printed")],
    )
    found = invariance.difference(sample, "after")
    assert found.lost == ("a.b outturn 2009 2",) and found.added == ("a.b outturn 2009 4",)
    assert found.stronger == ("a.b outturn 2009 1 printed → confirmed",)


def test_the_same_figure_said_twice_is_one_figure(reading):
    sample = reading(before=[stated(1, "printed")], after=[stated(1, "printed")] * 2)
    assert not invariance.difference(sample, "after")


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name.replace(" ", "-"))
def test_a_change_changes_no_digit_of_a_text(change):
    def digits(text):
        return sorted(c for c in text if c.isdigit() and c.isascii())

    tried = 0
    for sample in invariance.samples()[::7]:
        text = invariance.changed(change, sample, 1)
        if text is None or change.name in ("full-width digits", "the text twice"):
            continue
        tried += 1
        assert digits(text) == digits(sample.text)
    assert tried or change.name in ("full-width digits", "the text twice")


def test_a_replaced_digit_is_one_of_the_figures_own():
    row = SimpleNamespace(start=2, end=5)
    for seed in range(20):
        text = invariance._replaced("9 123 9", row, random.Random(seed))
        assert text[:2] == "9 " and text[5:] == " 9" and text != "9 123 9"

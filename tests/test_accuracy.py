"""The laboratory itself: its truths are consistent, its scoring honest, and a small run holds."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from benchmarks.accuracy import __main__ as laboratory
from benchmarks.accuracy import corpus, peers, report
from benchmarks.accuracy.damage import ENGLISH, english, strike
from benchmarks.accuracy.phrasing import Mark, chinese_bureau, english_report, government_report
from benchmarks.accuracy.score import Verdict, judge, tally
from benchmarks.accuracy.truths import NAMES, SUMS, city

from analysis.codebook import load
from analysis.reading import read

ROOT = Path(__file__).resolve().parents[1]

MAKERS = (english_report, chinese_bureau, government_report)


@cache
def _observations(text, year, kind):
    return read(text, region="c", document="d", year=year, kind=kind).observations


def engine(case):
    """What is read of a text: each once, for all that is asked of it here."""
    return _observations(case.text, case.year, case.kind)


def test_every_name_is_an_indicator_of_the_codebook():
    assert set(NAMES.values()) <= set(load().indicators)


@pytest.mark.parametrize("seed", range(20))
def test_truths_obey_the_sums_within_printed_rounding(seed):
    figures = city(random.Random(seed), 2009)
    for total, *parts in SUMS:
        members = [figures[n, "o"] for n in (total, *parts)]
        difference = members[0].value - sum(m.value for m in members[1:])
        assert abs(difference) <= sum(m.half for m in members)


@pytest.mark.parametrize("seed", range(20))
def test_truths_obey_the_completion_rates(seed):
    figures = city(random.Random(seed), 2012)
    for (name, measure), rate in figures.items():
        if measure == "c":
            done = figures[name, "o"].value / figures[name, "t"].value * 100
            assert abs(done - rate.value) <= rate.half * Decimal("1.0001")


@pytest.mark.parametrize("make", MAKERS)
def test_marks_stand_where_the_figures_are_printed(make):
    case = make(random.Random(4), 0.0)
    assert len(case.marks) > 5
    for mark in case.marks:
        assert any(c.isdigit() for c in case.text[mark.start : mark.end])


def test_damage_never_returns_the_clean_print():
    figures = city(random.Random(1), 2009)
    for seed, figure in enumerate(figures.values()):
        struck = strike(figure, random.Random(seed), "en")
        assert struck is None or (struck[0] != english(figure) and struck[1] in ENGLISH)


def _mark(**changes):
    mark = Mark("fund.maternity", "outturn", "2009", Decimal(95), Decimal(105), 10, 13)
    return replace(mark, **changes)


def _row(value, status="printed", **changes):
    row = dict(
        indicator="fund.maternity",
        measure="outturn",
        period="2009",
        value=value,
        low=None,
        high=None,
        status=status,
        printed="100",
        start=10,
        end=13,
    )
    return SimpleNamespace(**(row | changes))


def _judged(mark, *rows):
    case = SimpleNamespace(text=" " * 40, marks=[mark], language="en", kind="bureau-report")
    return judge(case, rows)


def test_a_wrong_value_called_repaired_is_counted_as_such():
    t = tally(_judged(_mark(damage="x"), _row(Decimal(1000), "repaired")))
    assert (t.wrong_strong, t.strong, t.right) == (1, 1, 0)


def test_the_right_value_of_another_indicator_is_not_found():
    (verdict,) = _judged(_mark(), _row(Decimal(100), indicator="fund.unemployment"))
    assert verdict.outcome == "wrong-key"


def test_a_figure_nobody_stated_is_invented():
    outcomes = [v.outcome for v in _judged(_mark(), _row(Decimal(100)), _row(5, start=30, end=31))]
    assert outcomes == ["right", "invented"]


def test_an_interval_that_misses_the_truth_is_wrong():
    low_high = {"low": Decimal(200), "high": Decimal(300)}
    (verdict,) = _judged(_mark(), _row(None, "range", **low_high))
    assert verdict.outcome == "wrong"


def test_every_hand_written_report_has_a_truth_table_in_the_codebook():
    documents = corpus.load(ROOT / "tests" / "corpus")
    assert {d.language for d in documents} == {"en", "zh"}
    indicators = load().indicators
    for document in documents:
        for stated in document.stated:
            assert stated.indicator in indicators, document.name
            known = (*indicators[stated.indicator].measures, "target", "ceiling")
            assert stated.flag == "optional" or stated.measure in known, document.name


@pytest.mark.parametrize("make", MAKERS)
def test_clean_reports_are_found_whole_and_nothing_is_invented(make):
    for seed in range(6):
        case = make(random.Random(seed), 0.0)
        t = tally(judge(case, engine(case)))
        assert (t.found, t.wrong_key, t.invented) == (t.stated, 0, 0), case.text


@pytest.mark.parametrize("make", MAKERS)
def test_damaged_reports_are_never_confirmed_wrong_in_bulk(make):
    verdicts: list[Verdict] = []
    for seed in range(12):
        case = make(random.Random(900 + seed), 0.4)
        verdicts += judge(case, engine(case))
    t = tally(verdicts)
    assert t.found >= 0.9 * t.stated
    assert t.wrong_strong <= max(1, 0.004 * t.strong)


def test_no_hand_written_figure_is_confirmed_or_repaired_wrong():
    folders = (ROOT / "tests" / "corpus", *laboratory.SETS.values())
    for document in [d for f in folders for d in corpus.load(f)]:
        wrong = [
            v
            for v in corpus.judge(document, engine(document))
            if v.outcome in ("wrong", "wrong-key", "invented") and v.status in ("confirmed", "repaired")
        ]
        assert not wrong, wrong


def test_no_total_or_target_is_confirmed_as_a_years_result():
    verdicts = [v for d in corpus.load(ROOT / "tests" / "corpus") for v in corpus.judge(d, engine(d))]
    assert report.worst_scope(verdicts) == 0


def test_the_keyword_regex_takes_a_total_for_a_year():
    text = "“十二五”期间，累计城镇新增就业20.5万人。2015年工作回顾：城镇新增就业4.16万人。"
    (row,) = peers.keyword_regex(text, year=2016, kind="government-report", language="zh")
    assert (row.period, row.value) == ("2015", Decimal(205_000))


def test_the_page_is_written_and_repeats(monkeypatch):
    monkeypatch.setattr(laboratory, "readings", lambda documents: list(map(engine, documents)))
    folder = ROOT / "tests" / "corpus"
    page = laboratory.measure(2, 3, False, folder)
    assert page.startswith("# Accuracy") and "| confirmed |" in page
    assert page == laboratory.measure(2, 3, False, folder)

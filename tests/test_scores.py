"""The labelled texts: no score may get worse, and a better one is committed with what made it so."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.accuracy import passages, scores, small
from benchmarks.accuracy.cases import Row, Taken
from benchmarks.accuracy.scores import Table

ROOT = Path(__file__).resolve().parents[1]

ROW = Row(
    "2012-labor-bureau-report",
    "employment.new_urban_jobs",
    "outturn",
    "2012",
    25300.0,
    25300.0,
    25300.0,
    "",
    "printed",
    "25,300",
    "",
)
LABEL = passages.Label(ROW.indicator, "outturn", "2012", 25300.0, None, None, "", "sure")
CASE = {
    "id": "c",
    "year": 2012,
    "never": [],
    "expect": [
        {
            "indicator": ROW.indicator,
            "measure": "outturn",
            "period": "2012",
            "value": 25300,
            "low": 25250,
            "high": 25350,
            "bound": "",
        }
    ],
}


@pytest.mark.parametrize(("table", "measure"), scores.TABLES, ids=[t.path.stem for t, _ in scores.TABLES])
def test_no_score_differs_from_the_committed_table(table, measure):
    worse, differing = scores.compare(table, measure()[0])
    assert not worse, "worse than the committed table:\n" + "\n".join(worse)
    assert not differing, f"not as committed; commit it with `{scores.COMMAND}`:\n" + "\n".join(differing)


def graded(*rows, label=LABEL):
    return [g.name for g in passages.judge([label], rows)]


@pytest.mark.parametrize(
    ("change", "grade"),
    [
        ({}, "right"),
        ({"status": "plausible"}, "right flagged"),
        ({"value": 25350.0}, "right"),
        ({"value": 253.0}, "wrong printed"),
        ({"value": 253.0, "status": "repaired"}, "wrong proven"),
        ({"value": 253.0, "status": "conflict"}, "wrong flagged"),
        ({"value": None, "low": 25000.0, "high": 26000.0, "status": "range"}, "bounds hold"),
        ({"value": None, "low": 26000.0, "high": 27000.0, "status": "range"}, "undecided"),
    ],
)
def test_a_label_is_graded_by_the_value_and_the_status_of_its_row(change, grade):
    assert graded(replace(ROW, **change)) == [grade]


def test_a_label_without_a_row_is_missed_and_a_row_without_a_label_is_invented():
    assert graded(replace(ROW, measure="target")) == ["missed", "invented printed"]
    assert graded(replace(ROW, period="2011", status="confirmed")) == ["missed", "invented proven"]


def test_a_bound_turned_round_is_no_right_figure():
    label = replace(LABEL, bound="at_most")
    assert graded(replace(ROW, bound="at_least"), label=label) == ["bound turned"]
    assert graded(ROW, label=label) == ["right"]


def test_a_part_of_a_year_shown_as_the_year_is_told_from_one_left_out_or_flagged():
    label = replace(LABEL, period="2012-01/2012-09")
    assert graded(ROW, label=label) == ["part as year"]
    assert graded(replace(ROW, note="to the end of September"), label=label) == ["right flagged"]
    assert graded(label=label) == ["set aside"]
    assert graded(replace(ROW, period="2012-01/2012-09"), label=label) == ["right"]


def test_nobody_is_asked_about_a_label_that_nobody_can_decide():
    assert graded(replace(ROW, value=1.0), label=replace(LABEL, sure="open")) == []


def faults(*rows, **changes):
    return small.faults({**CASE, **changes}, Taken(rows, "", ()))


def test_a_case_passes_with_its_figures_and_no_others():
    assert faults(ROW) == []
    assert "missing" in faults()[0]
    assert "reads" in faults(replace(ROW, value=253.0))[0]
    assert "right but conflict" in faults(replace(ROW, status="conflict"))[0]
    assert "bound" in faults(replace(ROW, bound="at_least"))[0]
    assert faults(ROW, replace(ROW, period="2011"))[0].startswith("EXTRA")
    assert faults(ROW, replace(ROW, period="2011", status="plausible")) == []


def test_a_case_fails_on_a_forbidden_figure_unless_it_is_flagged():
    never = [{"indicator": ROW.indicator, "measure": "any", "period": "any", "value": 2500}]
    other = replace(ROW, value=2500.0, period="2011")
    assert [f[:5] for f in faults(ROW, other, never=never)] == ["NEVER"]
    assert faults(ROW, replace(other, status="conflict"), never=never) == []


def test_a_refused_document_and_forbidden_words_fail_a_case():
    assert small.faults(CASE, Taken((ROW,), "", ("a: cannot be read",)))
    assert small.faults({**CASE, "says_never": ["settled"]}, Taken((ROW,), "all settled", ()))


TABLE = Table(Path("t.csv"), ("kind",), ladders=(scores.GRADES,), more=("passed",), fewer=("extra",))


@pytest.mark.parametrize(
    ("old", "new", "worse"),
    [
        ({"missed": 2}, {"right": 2}, False),
        ({"wrong printed": 1}, {"wrong flagged": 1}, False),
        ({"wrong flagged": 1}, {"missed": 1}, False),
        ({"right": 1}, {"right flagged": 1}, True),
        ({"missed": 2}, {"right": 1, "wrong printed": 1}, True),
        ({"passed": 2}, {"passed": 1}, True),
        ({"extra": 0}, {"extra": 1}, True),
    ],
)
def test_worse_is_more_of_what_is_bad_or_fewer_of_what_is_good(old, new, worse):
    assert bool(TABLE.worse(Counter(old), Counter(new))) == worse


def test_a_table_reads_what_it_writes(tmp_path):
    table = replace(TABLE, path=tmp_path / "t.csv")
    counts = {("a",): Counter({"right": 3, "extra": 1})}
    table.path.write_text(table.text(counts), encoding="utf-8")
    assert scores.compare(table, counts) == ([], [])
    assert scores.compare(table, {("a",): Counter({"right": 2, "missed": 1, "extra": 1})})[0]


@pytest.mark.parametrize("damage", ["", "<<<<<<< a\n", "kind,other\na,1\n"])
def test_a_table_in_conflict_or_with_other_columns_counts_as_none(tmp_path, damage):
    table = replace(TABLE, path=tmp_path / "t.csv")
    table.path.write_text(damage, encoding="utf-8")
    assert table.committed() == {}


def test_worse_scores_are_written_only_when_told_so(tmp_path, monkeypatch, capsys):
    table = replace(TABLE, path=scores.ROOT / "t.csv")
    kept = []
    monkeypatch.setattr(Path, "write_text", lambda path, text, **_: kept.append(text))
    monkeypatch.setattr(Table, "committed", lambda _: {("a",): Counter({"right": 1})})
    monkeypatch.setattr(scores, "TABLES", ((table, lambda: ({("a",): Counter({"missed": 1})}, [])),))
    assert scores.main(["--write"]) == 1 and not kept
    assert "WORSE" in capsys.readouterr().out
    assert scores.main(["--write", "--worse", "other"]) == 0 and not kept
    assert scores.main(["--write", "--worse"]) == 0 and kept


def test_the_page_shows_the_committed_scores():
    n = scores.PASSAGES.committed()["all", "all"]
    assert f"| all | {n['labels']} |" in scores.passages_table()
    assert f"{scores.SMALL.committed()['all',]['passed']} pass;" in scores.kinds_line()
    assert "| the text twice | en |" in scores.changes_table()

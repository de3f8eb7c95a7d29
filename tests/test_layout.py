"""Sentences: whole where people wrote them, cut at clauses where nothing ends them."""

from __future__ import annotations

from analysis.reading import numerals as lexer
from analysis.reading.layout import Clauses, sentences


def cut(text, language):
    folded = lexer.fold(text)
    found = lexer.find(text, folded)
    return folded, found, list(
        sentences(text, folded, found, language, Clauses(folded, language))
    )  # fmt: skip


def test_a_sentence_of_a_report_stays_whole():
    _, found, parts = cut("新增就业3.2万人，完成目标的102%，其中技工1.1万人。失业率3.4%。", "zh")
    assert [s.numerals for s in parts if s.numerals] == [[0, 1, 2], [3]]
    assert len(found) == 4


def test_a_sentence_without_an_end_is_cut_at_clauses_and_keeps_every_number_once():
    folded, found, parts = cut("新增就业3.2万人，完成目标的102%，" * 300, "zh")
    assert [i for s in parts for i in s.numerals] == list(range(len(found)))
    assert max(len(s.numerals) for s in parts) <= 40
    assert all(folded[s.start] == "，" for s in parts[1:])
    assert [s.opens for s in parts[:3]] == [True, False, False]


def test_where_no_clause_ends_it_is_cut_before_a_number_and_never_within_one():
    _, found, parts = cut("insured 88,900 people " * 300 + "7" * 4000 + " people " * 400, "en")
    edges = {s.start for s in parts} - {0}
    assert edges and not any(n.start < e < n.end for n in found for e in edges)
    assert max(s.end - s.start for s in parts) <= 4100


def test_a_long_sentence_without_numbers_is_cut_too():
    _, _, parts = cut("养老、失业、医疗、" * 1000, "zh")
    assert max(s.end - s.start for s in parts) <= 1500

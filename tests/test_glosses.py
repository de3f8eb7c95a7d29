"""Pages converted from traditional characters, with the readings of single characters in brackets."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.reading import parse
from analysis.reading.glosses import without
from analysis.reading.numerals import fold


def test_readings_in_brackets_are_no_part_of_a_word_and_spans_stay_true() -> None:
    text = "全年城鎮(zhèn)新增就業(yè)4.6萬人，失業(yè)保險參保7.1萬人。"
    found = parse(text, year=2012, kind="communique").stated
    assert [(s.indicator, text[n.start : n.end]) for s, n in found] == [
        ("employment.new_urban_jobs", "4.6萬人"),
        ("insured.unemployment", "7.1萬人"),
    ]


def test_items_numbered_by_letters_are_left() -> None:
    text = "一是就业(a)新增4万人(b)再就业"
    assert without(text)[0] == text


def test_traditional_characters_are_folded_one_for_one() -> None:
    text = "養老、醫療、失業、工傷與生育保險參保人數"
    assert fold(text) == "养老、医疗、失业、工伤与生育保险参保人数"


@given(st.lists(st.sampled_from(["業", "(yè)", "城", "(zhèn)", "3.2萬", "(a)", "\n", "，"])))
def test_every_place_leads_back_to_the_character_it_shows(parts: list[str]) -> None:
    text = "".join(parts)
    plain, back = without(text)
    assert [text[back(i)] for i in range(len(plain))] == list(plain)

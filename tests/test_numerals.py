"""Every printed number is found, whatever shape it is in."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.reading.numerals import find, fold


def printed(text: str) -> list[str]:
    return [n.printed for n in find(text)]


def live(text: str) -> list[str]:
    return [n.printed for n in find(text) if not n.fate]


def test_numbers_glued_to_words_and_to_each_other_come_apart() -> None:
    assert printed("the task of310,000 people") == ["310,000"]
    assert printed("the target of 420,000103.6") == ["420,000", "103.6"]
    assert printed("loans of 88.4 million18.5% were") == ["88.4 million", "18.5%"]


def test_a_one_printed_as_its_artefact_is_one_numeral() -> None:
    assert printed("totaled 654.38+42.9 million yuan") == ["654.38+42.9 million yuan"]
    assert printed("reached 6,355,438+0,000 people") == ["6,355,438+0,000"]
    assert printed("in [2065 438+03] they") == ["2065 438+03"]


def test_blanks_beside_a_one_join_but_two_numbers_do_not() -> None:
    assert printed("there are 3 16 projects") == ["3 16"]
    assert printed("the rate of 92. 4% was") == ["92. 4%"]
    assert printed("in 2009 34,000 people") == ["2009", "34,000"]


def test_what_is_no_figure_has_a_fate() -> None:
    fates = {n.printed: n.fate for n in find('(3) in 2010 the "4050" and the 12th plan, at least 1 person')}
    assert fates == {"3": "ordinal", "2010": "date", "4050": "name", "12": "ordinal", "1": "definition"}


def test_a_year_shape_that_is_counted_is_a_figure() -> None:
    assert live("安置2006人") == ["2006人"]
    assert live("2006年，") == []


def test_a_percent_sign_without_number_is_kept() -> None:
    (numeral,) = find("the completion rate is%.")
    assert numeral.glyphs == "" and numeral.unit == "percent"


def test_chinese_units_and_scales() -> None:
    found = {
        n.printed: (n.scale, n.unit, n.bound)
        for n in find("新增3.35万人以上，收入242.32亿元，增长率ll%o，９.4%0，2万余户")
    }
    assert found["3.35万人"] == (4, "people", "at_least")
    assert found["242.32亿元"] == (8, "yuan", "")
    assert found["９.4%0"][1] == "permille"
    assert found["2万余户"] == (4, "households", "at_least")


@given(st.text(max_size=300))
def test_spans_are_true_and_never_overlap(text: str) -> None:
    end = 0
    for numeral in find(text):
        assert numeral.start >= end
        assert text[numeral.start : numeral.end] == numeral.printed
        end = numeral.end


@given(st.text(alphabet="0123456789.,+ x*万亿人元%年\n第至l", max_size=80))
def test_no_digit_is_outside_a_numeral(text: str) -> None:
    inside = {i for n in find(text) for i in range(n.start, n.end)}
    assert all(i in inside for i, c in enumerate(fold(text)) if c in "0123456789")


def test_counts_run_together_by_commas_come_apart_but_no_amount_does() -> None:
    assert printed("pension 284,000,1 27,000,15 1 000 people") == ["284,000", "1 27,000", "15 1 000"]
    assert printed("reached 310,000,166,000 and132,000") == ["310,000", "166,000", "132,000"]
    assert printed("premiums of 2,000,400,000 yuan") == ["2,000,400,000 yuan"]
    assert printed("wages of 6 218 000 yuan") == ["6 218 000 yuan"]


def test_a_number_in_words_may_have_a_scale() -> None:
    (target,) = [n for n in find("the annual target of one million people") if not n.fate]
    assert (target.printed, target.glyphs, target.scale) == ("one million", "1", 6)


def test_a_number_behind_a_word_and_a_hyphen_keeps_its_first_digit() -> None:
    assert live("new urban jobs-25,300 people") == ["25,300"]
    assert live("the rate-13.9% of RMB-125 million yuan") == ["13.9%", "125 million yuan"]
    assert [n.fate for n in find("after COVID-19 the city")] == ["name"]


def test_a_year_in_front_of_a_noun_is_a_date_and_a_count_of_its_shape_is_none() -> None:
    assert live("In 2012 new urban jobs reached 31,400.") == ["31,400"]
    assert live("Work began; by 2015 migrant workers trained will reach 42,000.") == ["42,000"]
    assert live("the city placed 2012 people in work") == ["2012"]


def test_a_year_behind_in_is_a_date_wherever_it_stands_in_its_sentence() -> None:
    assert live("Then in 2009 new urban jobs were 25,300 people.") == ["25,300"]
    assert live("At the meeting in 2009 new jobs were discussed.") == []
    assert live("The measures resulted in 2009 new jobs.") == ["2009"]


def test_a_year_that_ends_a_heading_is_a_date() -> None:
    assert live("care for all\nIV. Outlook 2009\nNew jobs reached 4,100") == ["4,100"]


def test_english_quotation_marks_are_told_apart_by_no_form() -> None:
    assert fold("”Five” „zeros“") == fold('"Five" "zeros"')
    assert fold("“四零五零”人员就业") == "“四零五零”人员就业"


def test_a_star_at_the_head_of_a_line_or_behind_a_number_hides_no_digit() -> None:
    assert printed("* 19,068 jobs\n* 12.6 million yuan") == ["19,068", "12.6 million yuan"]
    assert printed("created 32,000* new jobs") == ["32,000"]
    assert printed("created 1** people") == ["1**"]


def test_foreign_money_has_a_unit_of_its_own_and_a_bare_dollar_stands_for_yuan() -> None:
    units = {n.printed: n.unit for n in find("US$19 million, HK$20 million, 21 million euros")}
    assert units == {"19 million": "foreign", "20 million": "foreign", "21 million euros": "foreign"}
    assert [(n.unit, n.sign) for n in find("income of $380 million")] == [("yuan", "$")]
    assert [(n.unit, n.sign) for n in find("of $380 million, or 9 million US dollars")] == [
        ("foreign", ""),
        ("foreign", ""),
    ]
    assert [n.unit for n in find("实际利用外资1.8亿美元，劳务收入3亿元")] == ["foreign", "yuan"]


def test_shares_and_ratios_are_no_figures() -> None:
    assert live("more than 1/6 of the province; a ratio of 1.2:1 and 1.3?1.") == []
    assert live("抚养比2.41：1，其中企业2.50:1") == []


def test_a_blank_may_part_thousands_but_no_day_from_its_count() -> None:
    assert printed("created 32 000 new jobs") == ["32 000"]
    assert printed("by June 30 500 people came") == ["30", "500"]


def test_the_sign_of_a_footnote_is_no_rival() -> None:
    assert live("created 32,000[1] new jobs") == ["32,000"]


def test_a_dotted_capital_i_leaves_the_other_capitals_to_be_folded() -> None:
    assert fold("İNSURED In 2012") == "insured in 2012"


def test_half_width_punctuation_beside_han_characters_is_full_width() -> None:
    assert fold("完成1,389件,其中(再就业)3.2%,全年:") == "完成1,389件，其中（再就业）3.2%，全年："
    assert fold("jobs (1,389), rate 3.2%, so: 人") == "jobs (1,389), rate 3.2%, so: 人"


def test_the_number_of_an_item_behind_any_semicolon_is_an_ordinal() -> None:
    assert [n.fate for n in find("解决了450户住房问题;12.城镇新增就业2.1万人")] == ["", "ordinal", ""]


@given(st.integers(1, 400), st.sampled_from(["0", "1", "○", "1 ", " 1", "1,", ",1", "x", "一", "万", "$"]))
def test_runs_of_any_sign_keep_their_spans(times: int, sign: str) -> None:
    for text in ("1 " + sign * times, "全市就业1 " + sign * times + "人"):
        numerals = find(text)
        assert all(text[n.start : n.end] == n.printed for n in numerals)

"""Numbers written in words or with several scale words read back as what they are."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import load
from analysis.reading.number_words import english, han
from analysis.reading.numerals import Numeral, find
from analysis.reading.readings import readings

DIGITS, POWERS = "零一二三四五六七八九", ("", "十", "百", "千")
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
SMALL = UNITS.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_han(number: int) -> str:
    """A number below 10¹² in Chinese words."""
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if number >= power:
            rest = number % power
            gap = "零" if 0 < rest < power // 10 else ""
            return in_han(number // power) + name + (gap + in_han(rest) if rest else "")
    words, text = "", str(number)
    for place, digit in zip(range(len(text) - 1, -1, -1), text, strict=True):
        words += DIGITS[int(digit)] + (POWERS[place] if digit != "0" else "")
    while "零零" in words:
        words = words.replace("零零", "零")
    return words.rstrip("零") if number else "零"


def in_english(number: int) -> str:
    """A number below 10¹² in English words."""
    for power, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= power:
            rest = number % power
            return f"{in_english(number // power)} {name}" + (f" {in_english(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return f"{SMALL[number // 100]} hundred" + (f" and {in_english(rest)}" if rest else "")
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    return SMALL[number]


def mixed(number: int) -> str:
    """A number with 亿 and 万 behind its digits: 24亿2300万, 3万4000, 1万零56."""
    pieces = []
    for power, digits, name in ((10**8, 8, "亿"), (10**4, 4, "万")):
        if number >= power:
            pieces.append((str(number // power), digits, name))
            number %= power
    text = "".join(p + name for p, _, name in pieces)
    digits = pieces[-1][1] if pieces else 0
    return text + ("" if not number else str(number) if len(str(number)) == digits else f"零{number}")


def in_scales(number: int) -> str:
    """A number with English scale words between its digits: 2 million 415 thousand and 600."""
    millions, thousands, rest = number // 10**6, number // 1000 % 1000, number % 1000
    text = f"{millions} million " * bool(millions) + f"{thousands} thousand"
    return text + f" and {rest}" * bool(rest)


def value(digits: tuple[str, int] | None) -> Decimal | None:
    return None if digits is None else Decimal(digits[0]).scaleb(digits[1])


def only(text: str) -> Numeral:
    (numeral,) = [n for n in find(text) if not n.fate]
    return numeral


def read(text: str, unit: str) -> Decimal:
    (first, *_) = readings(only(text), unit, load())
    return first.value


@given(st.integers(1, 10**12 - 1))
def test_any_number_in_han_words_is_that_number(number: int) -> None:
    assert value(han(in_han(number))) == number


@given(st.integers(1, 10**12 - 1))
def test_any_number_in_english_words_is_that_number(number: int) -> None:
    assert value(english(in_english(number))) == number


@given(st.integers(2, 10**10))
def test_people_counted_in_han_words_are_read(number: int) -> None:
    assert read(f"参加失业保险的共{in_han(number)}人", "people") == number


@given(st.integers(2, 10**10))
def test_yuan_counted_in_english_words_are_read(number: int) -> None:
    assert read(f"the income was {in_english(number)} yuan", "yuan") == number


@given(st.integers(1, 10**12 - 1))
def test_digits_between_han_scale_words_are_one_number(number: int) -> None:
    assert read(f"全年劳务收入{mixed(number)}元", "yuan") == number


@given(st.integers(1, 999), st.integers(1, 999), st.integers(0, 999))
def test_digits_between_english_scale_words_are_one_number(a: int, b: int, c: int) -> None:
    number = a * 10**6 + b * 1000 + c
    assert read(f"the income was {in_scales(number)} yuan", "yuan") == number


@given(st.integers(1000, 999_999_999))
@pytest.mark.parametrize("comma", [",", "，"])
def test_a_comma_of_either_width_parts_thousands(comma: str, number: int) -> None:
    printed = f"{number:,}".replace(",", comma)
    assert only(f"受理案件{printed}件").printed == printed + "件"
    assert read(f"受理案件{printed}件", "cases") == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("三五", None),
        ("三百三百", None),
        ("一万二", 12000),
        ("三百五", 350),
        ("两千零四", 2004),
        ("捌亿贰仟万", 820_000_000),
        ("一万二千亿", 12000 * 10**8),
        ("三点七二万", 37200),
        ("2千3百万", 23_000_000),
        ("3万4", None),
        ("十二", 12),
    ],
)
def test_han_words_that_are_no_number_give_none(words: str, number: int | None) -> None:
    assert value(han(words)) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two three", None),
        ("twenty ten", None),
        ("half a billion", 500_000_000),
        ("a hundred and two", 102),
        ("two point three million", 2_300_000),
        ("one and a half million", 1_500_000),
        ("one thousand two million", None),
    ],
)
def test_english_words_that_are_no_number_give_none(words: str, number: int | None) -> None:
    assert value(english(words)) == number


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("失业率为百分之三点六。", "percent", "3.6"),
        ("结案率达九成以上", "percent", "90"),
        ("结案率达七成五，", "percent", "75"),
        ("参保人数十余万人", "people", "100000"),
        ("追缴1千2百余万元", "yuan", "12000000"),
        ("发放贷款近亿元", "yuan", "100000000"),
        ("就业率3•6%", "percent", "3.6"),
        ("就业率.32万人", "people", "3200"),
    ],
)
def test_rates_tenths_and_remainders_in_han_words(text: str, unit: str, number: str) -> None:
    assert read(text, unit) == Decimal(number)


def test_a_scale_word_alone_or_a_word_of_a_name_is_no_number() -> None:
    assert [n.printed for n in find("千人计划惠及万户千家，大家一起成立第三方机构") if not n.fate] == []
    assert [n.printed for n in find("thousands of firms, zero-employment families") if not n.fate] == []


def test_a_list_of_two_scales_stays_a_list() -> None:
    found = [n.printed for n in find("reached 620 thousand 500 thousand and 1 billion yuan")]
    assert found == ["620 thousand", "500 thousand", "1 billion yuan"]
    assert [n.printed for n in find("分别为8万人、9千人")] == ["8万人", "9千人"]


def test_a_number_in_words_keeps_the_doubt_of_its_last_scale_word() -> None:
    (first, *others) = readings(only("参加失业保险十二万人"), "people", load())
    assert (first.low, first.high, others) == (115000, 125000, [])

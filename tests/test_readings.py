"""What damaged numerals may have said: each pattern, with digits of its own."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import load
from analysis.reading.numerals import find
from analysis.reading.readings import Reading, readings


def of(text: str, unit: str) -> list[Reading]:
    (numeral,) = [n for n in find("it was " + text) if not n.fate]
    return readings(numeral, unit, load())


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("654.38+42.9 million yuan", "yuan", "1429000000"),
        ("6,355,438+0,000 people", "people", "635100"),
        ("3 16 projects", "projects", "316"),
        ("37 1 10,000 people", "people", "371000"),
        ("90 1 10,000 people", "people", "90100"),
        ("17.42 million people", "people", "174200"),
        ("3.4471 million yuan", "yuan", "344710000"),
        ("86.31 billion yuan", "yuan", "8631000000"),
        ("6.2 thousand people", "people", "620000"),
        ("2470,000 people", "people", "247000"),
        ("61350,000 yuan", "yuan", "61350000"),
        ("72,00 people", "people", "72000"),
        ("3.4471 million yuan", "yuan", "4347100"),
        ("20.70 million yuan", "yuan", "27000000"),
        ("52.1.10 million people", "people", "521000"),
        ("1.27", "percent", "127"),
        ("1 138.5%", "percent", "138.5"),
        ("87. 1%", "percent", "87.1"),
    ],
)
def test_the_true_value_is_among_the_readings(text: str, unit: str, value: str) -> None:
    assert Decimal(value) in [r.value for r in of(text, unit)]


def test_the_print_itself_costs_nothing_and_comes_first() -> None:
    first = of("41,700 people", "people")[0]
    assert (first.value, first.cost, first.damage) == (Decimal(41700), 0.0, ())


def test_two_decimals_of_wan_are_exact_to_fifty() -> None:
    (first, *_) = of("2.53万人", "people")
    assert (first.value, first.low, first.high) == (Decimal(25300), Decimal(25250), Decimal(25350))


def test_masked_digits_give_bounds_only() -> None:
    options = of("4xx people", "people")
    assert all(r.interval for r in options)
    assert (Decimal(400), Decimal(499)) in [(r.low, r.high) for r in options]
    assert (Decimal(40000), Decimal(49999)) in [(r.low, r.high) for r in options]


def test_a_print_of_no_known_damage_has_no_reading() -> None:
    assert of("457 1000 yuan", "yuan") == []


@given(st.integers(1, 10**9))
def test_a_clean_number_reads_as_itself(number: int) -> None:
    assert of(f"{number:,} people", "people")[0].value == number


@given(st.decimals("0.01", "9999", places=2))
def test_a_clean_amount_lies_within_its_own_bounds(amount: Decimal) -> None:
    first = of(f"{amount} million yuan", "yuan")[0]
    assert first.value == amount * 10**6 and first.low < first.value < first.high


def test_thousands_set_apart_by_spaces_are_no_damage() -> None:
    assert of("新增就业12 066人", "people")[0].damage == ()
    assert of("新增就业1 2066人", "people")[0].damage == ("gap",)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 10 people", 410),
        ("36 10 people", 3610),
        ("8 1000 people", 81000),
        ("3 1,000 people", 31000),
        ("6,3 10 people", 6310),
    ],
)
def test_a_group_split_before_its_last_1_is_joined(text: str, value: int) -> None:
    first = of(text, "people")[0]
    assert first.value == value and first.damage


def test_a_point_parted_from_a_spelled_out_hundred_million() -> None:
    assert of("6. 1 100 million yuan", "yuan")[0].value == 610_000_000


def test_zeros_may_be_missing_behind_a_last_10() -> None:
    assert {r.value for r in of("36 10 people", "people")} >= {Decimal(3610), Decimal(3610000)}


def test_a_full_width_comma_may_part_thousands() -> None:
    (numeral,) = find("失业人员再就业17，350人，完成任务")
    (first, *_) = readings(numeral, "people", load())
    assert (first.value, first.damage) == (17350, ("separator",))


def test_zeros_deleted_from_every_whole_number_are_put_back_in_their_groups() -> None:
    text = "The city created 12,6 new jobs, 15% of the target of 12, jobs."
    created, rate, target = find(text)
    assert created.zeros_lost and rate.zeros_lost and target.zeros_lost
    assert {r.value for r in readings(created, "people", load())} >= {12600, 12060, 12006}
    assert {r.value for r in readings(rate, "percent", load())} >= {15, 105, 150}
    assert readings(target, "people", load())[0].value == 12000
    assert all(r.damage for n in (created, rate, target) for r in readings(n, "people", load()))


def test_one_zero_anywhere_shows_that_no_zeros_were_deleted() -> None:
    assert not any(n.zeros_lost for n in find("created 12,6 new jobs, 10% of 12,5 trainees"))


def test_behind_more_than_a_small_number_may_have_lost_its_ten_thousands() -> None:
    (nine,) = find("transferred more than 9 rural laborers")
    assert [(r.value, r.damage) for r in readings(nine, "people", load())[:2]] == [(9, ()), (90000, ("wan-lost",))]
    (plain,) = find("transferred 9 rural laborers")
    assert [r.value for r in readings(plain, "people", load())] == [9]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("several thousand people", 2000, 10000),
        ("a few hundred households", 200, 1000),
        ("tens of thousands of migrant workers", 20000, 100000),
        ("hundreds of millions of yuan", 2 * 10**8, 10**9),
    ],
)
def test_indefinite_english_words_are_intervals(text: str, low: int, high: int) -> None:
    (numeral,) = find("the city paid " + text)
    (reading,) = readings(numeral, "people", load())
    assert reading.interval and (reading.low, reading.high) == (low, high)


def test_money_printed_in_dollars_is_never_read_as_printed() -> None:
    (numeral,) = find("income of $380 million")
    assert all("dollar-for-yuan" in r.damage for r in readings(numeral, "yuan", load()))


@pytest.mark.parametrize("unit", ["people", "yuan", "percent"])
@pytest.mark.parametrize(
    "text",
    [
        "城镇新增就业" + "3万" * 2000 + "人",
        "城镇新增就业1 " + "7" * 5000 + "人",
        "近" + "万" * 5000 + "人",
        "1 " + "1 " * 5000,
        "三百" * 5000 + "人",
        "jobs " + "654.38+0" * 2000,
        "two hundred and " * 3000,
        "3-4-" * 3000,
        "9" * 40 + "-" + "9" * 41 + " people",
        "9" * 40 + "万" + "9" * 30 + "人",
        "1," + "111," * 3000,
    ],
)
def test_no_run_of_signs_is_too_long_to_be_read(text: str, unit: str) -> None:
    for numeral in find(text)[:5]:
        assert all(r.low <= r.value <= r.high for r in readings(numeral, unit, load()))


@pytest.mark.parametrize("text", ["为年度目标的1.8倍；", "was 1.8 times the annual target."])
def test_a_multiple_of_a_goal_is_a_rate(text: str) -> None:
    (numeral,) = find(text)
    assert numeral.unit == "percent"
    assert readings(numeral, "percent", load())[0].value == 180


def test_a_multiple_of_anything_else_is_none() -> None:
    assert [n.unit for n in find("是2010年的1.7倍")][1:] == ["other"]

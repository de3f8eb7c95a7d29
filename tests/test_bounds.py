"""The words around a number that make it a bound, and what denies them."""

import pytest

from analysis.reading.numerals import find

LEAST = [
    "超过{}人",
    "超过了{}人",
    "突破{}人",
    "突破了{}人",
    "不低于{}人",
    "不少于{}人",
    "没有低于{}人",
    "不小于{}人",
    "不下{}人",
    "不止{}人",
    "至少{}人",
    "最少{}人",
    "逾{}人",
    "超{}人",
    "过{}人",
    "{}人以上",
    "{}余人",
    "{}多人",
    "{}人有余",
    "{}人出头",
    "≥{}人",
    "＞{}人",
    "more than {} people",
    "over {} people",
    "no less than {} people",
    "no fewer than {} people",
    "not below {} people",
    "exceeded {} people",
    "surpassed {} people",
    "topped {} people",
    "at least {} people",
    "in excess of {} people",
    "{}-odd people",
    "{}-plus people",
    "{} or more people",
    "{} people and more",
    "≥{} people",
    ">{} people",
    "did not fall below {} people",
    "more than and {} people",
]
MOST = [
    "不超过{}人",
    "未超过{}人",
    "不突破{}人",
    "未突破{}人",
    "没有突破{}人",
    "不高于{}人",
    "不大于{}人",
    "不多于{}人",
    "低于{}人",
    "少于{}人",
    "不足{}人",
    "不到{}人",
    "未达{}人",
    "没有达到{}人",
    "近{}人",
    "接近了{}人",
    "将近{}人",
    "最多{}人",
    "至多{}人",
    "{}人以内",
    "{}人以下",
    "≤{}人",
    "no more than {} people",
    "not more than {} people",
    "did not exceed {} people",
    "didn't exceed {} people",
    "never exceeded {} people",
    "not exceeding {} people",
    "without exceeding {} people",
    "not to exceed {} people",
    "less than {} people",
    "fewer than {} people",
    "fell short of {} people",
    "did not reach {} people",
    "failed to reach {} people",
    "nearly {} people",
    "at most {} people",
    "within {} people",
    "≤{} people",
    "<{} people",
    "{} or fewer people",
]
NONE = ["达到{}人", "到{}人", "完成{}人", "通过{}人", "reached {} people", "was {} people", "moreover {} people"]


@pytest.mark.parametrize(
    ("words", "bound"), [*((w, "at_least") for w in LEAST), *((w, "at_most") for w in MOST), *((w, "") for w in NONE)]
)
def test_bounds_in_any_wording_are_never_turned_round(words: str, bound: str) -> None:
    chinese = "人" in words
    text = "全市失业人员再就业" + words.format("9000") if chinese else "the city " + words.format("9,000")
    (numeral,) = [n for n in find(text + ("。" if chinese else ".")) if not n.fate]
    assert numeral.bound == bound, text

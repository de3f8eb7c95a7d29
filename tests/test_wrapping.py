"""Reports whose lines end where the page ended."""

import textwrap
from pathlib import Path

import pytest

from analysis.reading import parse
from analysis.reading.numerals import is_chinese
from analysis.reading.wrapping import unwrap

ROOT = Path(__file__).parents[1]


def test_lists_and_paragraphs_stay_as_they_are() -> None:
    for text in ("一、就业\n新增就业3万人\n再就业1万人\n", "First line.\n\nSecond, a longer one\nthird"):
        assert unwrap(text, chinese=text[0] in "一2")[0] == text


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "corpus").glob("*.txt")), ids=lambda p: p.stem)
def test_a_hard_wrapped_report_states_what_it_stated(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    _, year, kind = path.stem.split("-", 2)
    kind = "government-report" if "government" in kind else "bureau-report"
    chinese = is_chinese(text)
    wrapped = "\n".join(
        piece
        for line in text.split("\n")
        for piece in (
            [line[i : i + 38] for i in range(0, len(line), 38)]
            if chinese
            else textwrap.wrap(line, 90, break_on_hyphens=False)
        )
        or [""]
    )
    whole = [(s.indicator, s.measure, s.period) for s, _ in parse(text, year=int(year), kind=kind).stated]
    again = parse(wrapped, year=int(year), kind=kind)
    pieces = [(s.indicator, s.measure, s.period) for s, _ in again.stated]
    assert len(set(whole) ^ set(pieces)) <= 0.25 * len(whole)
    for _, numeral in again.stated:
        assert wrapped[numeral.start : numeral.end] == numeral.printed


def test_a_word_broken_at_its_hyphen_is_one_word() -> None:
    flat, back = unwrap("The zero-\nemployment families were 45.", chinese=False)
    assert flat == "The zero-employment families were 45."
    assert back(flat.index("45")) == len("The zero-\nemployment families were ")


def test_a_dash_between_blanks_breaks_no_word() -> None:
    assert unwrap("New jobs -\nplan 500", chinese=False)[0] == "New jobs -\nplan 500"


def test_twelve_wide_characters_are_a_line_where_twentyfour_narrow_ones_are() -> None:
    sentence = "全市城镇新增就业三万五千人并超额完成年度目标任务失业人员再就业九千人其中困难人员两千人"
    wrapped = "\n".join(sentence[i : i + 12] for i in range(0, len(sentence), 12))
    assert unwrap(wrapped, chinese=True)[0] == sentence


def test_lines_are_full_by_columns_or_by_characters() -> None:
    sentence = (
        "失业保险参保128.4万人工伤保险参保215.6万人生育保险参保101.7万人养老保险参保433.9万人全部完成年度目标任务"
    )
    by_characters = [sentence[i : i + 15] for i in range(0, len(sentence), 15)]
    by_columns, line = [], ""
    for char in sentence:
        line += char
        if sum(1 + (c > "一") for c in line) >= 25:
            by_columns, line = [*by_columns, line], ""
    for lines in (by_characters, [*by_columns, line]):
        assert unwrap("\n".join(lines), chinese=True)[0] == sentence


def test_a_numbered_heading_is_never_joined_to_a_full_line() -> None:
    lines = [
        "全年追回工资四千一百二十万元查处欠薪案件七百一十",
        "二件其中调解结案二千零六十四件签订集体合同企业两",
        "千八百四十家比上年增加三百家完成年度目标任务的九",
        "成以上并建立了欠薪预警制度工作得到了省厅充分肯定",
        "四、2020年工作要点",
        "新增就业五万人。",
    ]
    assert unwrap("\n".join(lines), chinese=True)[0].endswith("肯定\n四、2020年工作要点\n新增就业五万人。")


@pytest.mark.parametrize("indent", ["    ", "　　", "\t"])
def test_indented_paragraphs_state_what_they_stated_and_keep_their_places(indent: str) -> None:
    lines = ["New urban jobs were 31,400.", "Work injury insurance covered 93,000 people."]
    whole = parse("\n".join(lines), year=2012, kind="bureau-report")
    text = "\n".join(indent + line for line in lines)
    again = parse(text, year=2012, kind="bureau-report")
    assert [s.indicator for s, _ in again.stated] == [s.indicator for s, _ in whole.stated]
    assert [text[n.start : n.end] for _, n in again.stated] == [n.printed for _, n in whole.stated]
    assert {n.printed for _, n in again.stated} == {"31,400", "93,000"}

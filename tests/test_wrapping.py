"""Reports whose lines end where the page ended."""

import textwrap
from pathlib import Path

import pytest

from analysis.reading import parse
from analysis.reading.numerals import is_chinese
from analysis.reading.wrapping import unwrap

ROOT = Path(__file__).parents[1]


def test_lists_and_paragraphs_stay_as_they_are() -> None:
    for text in (
        "一、就业\n新增就业3万人\n再就业1万人\n",
        "First line.\n\nSecond, a longer one\nthird",
    ):
        assert unwrap(text, chinese=text[0] in "一2")[0] == text


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "corpus").glob("*.txt")), ids=lambda p: p.stem
)
def test_a_hard_wrapped_report_states_what_it_stated(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    _, year, kind = path.stem.split("-", 2)
    kind = "government-report" if "government" in kind else "bureau-report"
    chinese = is_chinese(text)
    wrapped = "\n".join(
        piece for line in text.split("\n")
        for piece in ([line[i : i + 38] for i in range(0, len(line), 38)] if chinese
                      else textwrap.wrap(line, 90, break_on_hyphens=False)) or [""]
    )  # fmt: skip
    whole = [
        (s.indicator, s.measure, s.period) for s, _ in parse(text, year=int(year), kind=kind).stated
    ]
    again = parse(wrapped, year=int(year), kind=kind)
    pieces = [(s.indicator, s.measure, s.period) for s, _ in again.stated]
    assert len(set(whole) ^ set(pieces)) <= 0.25 * len(whole)
    for _, numeral in again.stated:
        assert wrapped[numeral.start : numeral.end] == numeral.printed

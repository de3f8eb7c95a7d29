"""Planting faults: each is one condition changed, and a test that fails by it is named."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from benchmarks import faults

ROOT = Path(__file__).resolve().parents[1]

AGES = [["tests/test_ages.py"]]
MODULE = '''"""现在."""


def kind(age, 名="字"):
    if age >= 18 and 名:
        return "adult"
    return "child" if age > 3 else [n for n in range(age) if n % 2]
'''
TEST = """
from analysis.reading.ages import kind


def test_eighteen_is_adult():
    assert kind(18) == "adult" and kind(17) == "child" and kind(3) == [1]
"""


def planted():
    return {f.how: f.plant(MODULE) for f in faults.faults_in(Path("ages.py"), MODULE)}


@pytest.mark.parametrize(
    ("how", "line"),
    [
        ("turned round", "[n for n in range(age) if n % 2]"),
        ("or for and", "if ((age >= 18) or (名)):"),
        ("operand dropped", "if ((age >= 18)):"),
        ("filter dropped", "[n for n in range(age) if (True)]"),
        ("> instead", "if (age > 18) and 名:"),
        ("off by one", "if (age > 4) else"),
    ],
)
def test_a_fault_changes_one_condition_and_leaves_the_rest(how, line):
    texts = [f.plant(MODULE) for f in faults.faults_in(Path("ages.py"), MODULE) if f.how == how]
    assert any(line in text for text in texts)
    for text in texts:
        ast.parse(text)
        assert len(set(MODULE.splitlines()) - set(text.splitlines())) == 1


def test_no_two_faults_are_planted_at_one_place_and_the_draw_repeats(tmp_path):
    (tmp_path / "ages.py").write_text(MODULE, encoding="utf-8")
    drawn = faults.drawn(tmp_path, 100, 1)
    places = [(f.start, f.end) for f in drawn]
    assert len(places) == len(set(places)) > 3
    assert drawn == faults.drawn(tmp_path, 100, 1) != faults.drawn(tmp_path, 100, 2)


@pytest.fixture
def project(tmp_path):
    package = tmp_path / faults.READING
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("")
    (package / "ages.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_ages.py").write_text(TEST)
    return tmp_path


def test_a_fault_is_seen_by_the_test_that_fails_and_taken_out_again(project):
    fault = next(f for f in faults.faults_in(Path("ages.py"), MODULE) if f.how == "> instead")
    seen = faults.Copy(project, AGES).sees(fault)
    assert seen.tests == ("tests/test_ages.py::test_eighteen_is_adult",)
    assert (project / faults.READING / "ages.py").read_text(encoding="utf-8") == MODULE


def test_a_fault_that_changes_nothing_is_seen_by_nothing(project):
    whole = faults.Fault(Path("ages.py"), 1, 0, 0, "", "nothing")
    assert faults.Copy(project, AGES).sees(whole).tests == ()


def test_tests_that_fail_without_a_fault_see_nothing(project):
    other = "\n\ndef test_two_is_three():\n    assert kind(2) == 3\n"
    (project / "tests" / "test_ages.py").write_text(TEST + other)
    whole = faults.Fault(Path("ages.py"), 1, 0, 0, "", "nothing")
    copy = faults.Copy(project, AGES)
    assert copy.sees(whole).tests == ()
    assert copy.red == {"tests/test_ages.py::test_two_is_three"}
    fault = next(f for f in faults.faults_in(Path("ages.py"), MODULE) if f.how == "> instead")
    assert copy.sees(fault).tests == ("tests/test_ages.py::test_eighteen_is_adult",)


def test_a_module_that_cannot_be_imported_is_seen(project):
    broken = faults.Fault(Path("ages.py"), 1, 0, 0, "(", "no Python")
    assert faults.Copy(project, AGES).sees(broken).tests


def test_the_reading_modules_offer_enough_conditions():
    assert len(faults.drawn(faults.ROOT / faults.READING, 60, 1)) == 60

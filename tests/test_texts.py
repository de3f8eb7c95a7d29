"""Texts beside the notebooks: the same in every language, and clear words where one is missing."""

import os
import re
from pathlib import Path

import pytest

import analysis
from analysis.system.errors import InputError
from analysis.writing import texts, words
from processed import project

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
SLOTS = re.compile(r"\{([^{}|]+)")
#: a language may leave them out where its sentence needs no such word
BASICS = {"region", "year", "first", "last"}


def shape(node):
    """What must be the same in every language: conditions, and the figures of each sentence."""
    if isinstance(node, str):
        return sorted(set(SLOTS.findall(node)) - BASICS)
    if isinstance(node, list):
        return [shape(child) for child in node]
    if isinstance(node, dict):
        kept = ("when", "about", "shows")
        return {key: child if key in kept else shape(child) for key, child in node.items()}
    return node


@pytest.mark.parametrize("name", NAMES)
def test_the_languages_of_a_notebook_say_the_same(name):
    english, *others = (texts.of_notebook(ROOT, name, lang) for lang in words.languages())
    assert all(shape(other) == shape(english) for other in others)


def test_a_chart_has_its_texts_in_one_notebook_only():
    charts = [name for each in NAMES for name in texts.of_notebook(ROOT, each, "en").get("charts", ())]
    assert len(charts) == len(set(charts))


@pytest.fixture
def page(tmp_path):
    root = project(tmp_path)
    (root / "notebooks/text").unlink()
    (root / "notebooks/text").mkdir()
    return analysis.page(region="testshire", year=2009, root=root)


def write(page, text, name="mine.en.yaml"):
    path = page.root / "notebooks/text" / name
    path.write_text(text, "utf-8")
    return path


def test_a_file_changed_between_two_cells_is_read_again(page):
    path = write(page, "title: Before\n")
    assert analysis.title(page, "mine").data.startswith("# Before")
    write(page, "title: After {year}\n")
    os.utime(path, ns=(1, 1))
    assert analysis.title(page, "mine").data.startswith("# After 2009")


def test_a_page_and_a_chart_are_named_in_a_line_where_they_are_not_shown(page):
    assert "2009" in repr(page) and len(repr(page)) < 300
    assert repr(analysis.charts.bars(page.rows, page, "mine")).startswith("Chart(name='mine', alt=")


@pytest.mark.parametrize("title", ["In {year", "In year}", "In {}", "{{year}}"])
def test_a_brace_that_opens_or_closes_nothing_is_refused(page, title):
    with pytest.raises(InputError, match=r"title of chart mine: .*has a brace"):
        analysis.charts.bars(page.panel, page, "mine", title=title)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"titel": "Jobs"}, "chart mine: takes title, subtitle, missing, not 'titel'"),
        ({"name": 3}, "give a page, as analysis.page"),
        ({"page": None}, "give a page, as analysis.page"),
        ({"table": "jobs"}, "expected a table of figures"),
    ],
)
def test_wrong_arguments_of_a_chart_are_told(page, given, said):
    with pytest.raises(InputError, match=said):
        analysis.charts.bars(**{"table": page.panel, "page": page, "name": "mine", **given})
    with pytest.raises(InputError, match="has no column 'panel'"):
        analysis.charts.panels(page.panel, page, "mine")
    with pytest.raises(InputError, match="did you mean"):
        analysis.charts.trend(page, "mine", "employment.new_urban_job")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, r"mine\.en\.yaml: not there"),
        ("jobs: {text: Jobs}\n", "mine.en.yaml has jobs"),
        ("- a list\n", "begin with `title:`"),
        ("jobs: {text\n", "cannot be read.*line 2"),
    ],
)
def test_a_text_that_is_missing_is_named_with_its_file(page, text, said):
    if text is not None:
        write(page, text)
    with pytest.raises(InputError, match=re.compile(said, re.S)):
        analysis.say(page, "mine/jbos")

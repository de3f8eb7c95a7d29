"""The index as readers get it: opened from a file, searched, and followed."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

import analysis
from analysis.pages import write_index

ROOT = Path(__file__).parent.parent
ASSETS = Path(analysis.__file__).parent / "pages/assets"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def root(browser, tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("index")
    shutil.copytree(ROOT / "data/processed/guangyuan", root / "data/processed/guangyuan")
    for name in ("2009/audit", "2009/employment", "2009/employment.zh", "2012/audit", "trends"):
        _page(root, f"guangyuan/{name}")
    _page(root, "comparison")
    write_index(root)
    return root


def _page(root: Path, name: str) -> None:
    path = root / "reports" / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("<!DOCTYPE html><title>page</title>", encoding="utf-8")


def test_every_link_leads_to_a_page_that_is_there(root, visit):
    index = root / "reports/index.html"
    tab = visit(index)
    links = [a.get_attribute("href") for a in tab.locator("main a").all()]
    assert sorted(links) == [
        "comparison.html",
        "guangyuan/2009/audit.html",
        "guangyuan/2009/employment.html",
        "guangyuan/2012/audit.html",
        "guangyuan/trends.html",
        "index.zh.html",
    ]
    assert all((index.parent / link).is_file() for link in links)
    assert tab.asked == [index.as_uri()]
    assert tab.complaints == []


def test_a_region_is_found_by_its_name_in_both_languages(tmp_path):
    for name in ("data/processed/bazhong", "data/places.csv"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, tmp_path / name)
    assert "bazhong 巴中" in write_index(tmp_path).read_text("utf-8")


def test_settled_and_open_figures_are_those_of_the_audit(root, visit):
    tab = visit(root / "reports/index.html")
    for year in (2009, 2015, 2016):
        page = analysis.page(region="guangyuan", year=year, root=root)
        row = tab.locator("tr", has=tab.get_by_role("rowheader", name=str(year)))
        still = int(page.stated["open"].sum())
        said = row.locator(".counts").inner_text()
        assert said.startswith(f"{len(page.stated) - still} settled")
        assert (f"{still} open" in said) is bool(still)


def test_the_search_field_narrows_to_region_and_year(root, visit):
    tab = visit(root / "reports/index.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.get_by_role("searchbox").fill("guang 2012")
    assert tab.locator("tbody tr").count() == 1
    assert tab.locator("#found").inner_text() == "Regions: 1. Region-years: 1."
    tab.get_by_role("searchbox").fill("atlantis")
    assert tab.locator("article").count() == 0
    assert "Nothing fits" in tab.locator("#found").inner_text()
    tab.get_by_role("searchbox").fill("")
    tab.get_by_role("checkbox").check()
    assert all("open" in row.inner_text() for row in tab.locator("tbody tr").all())


@pytest.mark.parametrize(
    ("asked", "year", "told"),
    [
        ("unemployment", "2016", "Registered urban unemployment rate"),
        ("养老 2009", "2009", "pension"),
        ("广元 rural labour", "2009", "Rural labour"),
        ("2009 employment", "2009", "Employment"),
        ("new_urban_jobs 2012", "2012", "New urban jobs"),
    ],
)
def test_words_find_the_years_that_have_the_indicator_or_topic(root, visit, asked, year, told):
    tab = visit(root / "reports/index.html")
    tab.get_by_role("searchbox").fill(asked)
    row = tab.locator("tr", has=tab.get_by_role("rowheader", name=year))
    assert told in row.text_content()
    assert tab.locator("tbody tr").count() < 20


def test_the_index_says_how_often_each_status_was_wrong_as_measured(root, visit):
    rows = csv.DictReader((ASSETS / "reliability.csv").read_text("utf-8").splitlines())
    text = visit(root / "reports/index.html").inner_text("main").replace(",", "")
    for row in rows:
        assert row["figures"] in text and row["wrong"] in text


def test_trends_at_a_glance_say_in_words_what_they_show(root, visit):
    tab = visit(root / "reports/index.html")
    told = [svg.get_attribute("aria-label") for svg in tab.locator("svg[role=img]").all()]
    assert told[0].startswith("New urban jobs: 25,742 in 2005, ")
    assert "%" in told[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
@pytest.mark.parametrize("name", ["index.html", "index.zh.html"])
def test_axe_finds_no_violation(root, visit, accessible, name, viewport, scheme):
    tab = visit(root / "reports" / name, viewport, scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    assert accessible(tab) == []


def test_another_language_has_an_index_of_its_pages(root, visit):
    tab = visit(root / "reports/index.zh.html")
    assert tab.locator("html").get_attribute("lang") == "zh-Hans"
    links = [a.get_attribute("href") for a in tab.locator("main a").all()]
    assert links == ["index.html", "guangyuan/2009/employment.zh.html"]


def test_the_same_tables_give_the_same_bytes(root):
    before = (root / "reports/index.html").read_bytes()
    assert write_index(root).read_bytes() == before


def test_six_thousand_region_years_stay_small_and_are_shown_as_they_come_into_view(tmp_path, visit):
    source = ROOT / "data/processed/guangyuan"
    panel = (source / "panel.csv").read_text("utf-8")
    document = (source / "2010-government-work-report/observations.csv").read_text("utf-8")
    for number in range(300):
        folder = tmp_path / f"data/processed/city-{number:03}"
        for year in range(2005, 2025):
            made = folder / f"{year}-government-work-report"
            made.mkdir(parents=True)
            (made / "observations.csv").write_text(document, encoding="utf-8")
        (folder / "panel.csv").write_text(panel, encoding="utf-8")
        _page(tmp_path, f"city-{number:03}/2009/audit")
    index = write_index(tmp_path)
    assert index.stat().st_size < 1_000_000
    tab = visit(index)
    assert tab.locator("#found").inner_text() == "Regions: 300. Region-years: 6,000."
    first = tab.locator("article").count()
    assert 0 < first < 100
    tab.mouse.wheel(0, 100_000)
    tab.locator("article").nth(first).wait_for(state="attached")  # no `eval`: the page forbids it
    tab.get_by_role("searchbox").fill("city-299 2009")
    assert tab.get_by_role("link", name="Audit").get_attribute("href") == ("city-299/2009/audit.html")
    assert tab.complaints == []


def test_without_scripts_every_page_is_linked(root, visit):
    tab = visit(root / "reports/index.html", java_script_enabled=False)
    links = tab.locator("noscript a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert "guangyuan/2009/employment.html" in links and "guangyuan/trends.html" in links
    assert not tab.locator("form").is_visible()

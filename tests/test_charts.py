import re
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

import analysis
from analysis import charts, codebook, measures
from analysis.charts import publish, style
from analysis.writing import words
from processed import FIGURES, TEXTS, project

LANGUAGES = ["en", "zh"]


@pytest.fixture
def page(tmp_path, language="en"):
    return analysis.page(region="testshire", year=2009, root=project(tmp_path), language=language)


def drawn(page):
    """Charts of every kind that the page has enough figures for."""
    yield from (chart for chart in all_charts(page) if chart.figure)


def all_charts(page):
    plan = {"relations.disputes_accepted": "employment.new_urban_jobs"}
    yield charts.bullet(analysis.completion(page.rows), page, "employment-targets")
    yield charts.bullet(measures.against(page.rows, plan), page, "reconstruction-progress")
    yield charts.bars(measures.insured(page.rows), page, "insurance-insured")
    yield charts.bars(analysis.only(page.rows, "insured", "relations"), page, "fund-per-head")
    yield charts.waterfall(page, "fund-total", "fund.total")
    yield charts.waterfall(page, "reconstruction-started", "reconstruction.projects_started")
    yield charts.trend(page, "trends-jobs", "employment.new_urban_jobs")
    yield charts.statuses(page.stated, page, "audit-status")


def texts(chart):
    return [text.get_text() for text in chart.figure.findobj(Text) if text.get_text()]


def rectangles(chart):
    axes = chart.figure.axes[0]
    return [patch for patch in axes.findobj(Rectangle) if patch is not axes.patch]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_leaves_the_picture(tmp_path, language):
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path), language=language)
    for chart in drawn(page):
        with style.house():
            canvas = FigureCanvasAgg(chart.figure)
            canvas.draw()
            for text in chart.figure.findobj(Text):
                box = text.get_window_extent(canvas.get_renderer())
                if text.get_text().strip() and text.get_visible() and not hidden_tick(text, chart):
                    inside = box.x0 >= -1 and box.x1 <= chart.figure.bbox.x1 + 1
                    assert inside, (chart.name, text.get_text(), box)


def hidden_tick(text, chart):
    axes = chart.figure.axes[0]
    ticks = [label for axis in (axes.xaxis, axes.yaxis) for label in axis.get_majorticklabels()]
    return not isinstance(text, Annotation) and any(text is tick for tick in ticks)


def test_unreadable_is_named_and_has_no_bar(page):
    rows = analysis.only(page.rows, "insured", "relations.wages_recovered")
    rows.loc[rows["indicator"].str.startswith("insured"), "unit"] = "yuan"
    chart = charts.bars(rows, page, "insurance-insured")
    assert "? unreadable" in texts(chart)
    assert len(
        rectangles(charts.bars(rows[rows["low"].notna()], page, "insurance-insured"))
    ) == len(rectangles(chart))


def test_a_range_shows_both_ends_and_no_value(page):
    chart = charts.bars(measures.insured(page.rows), page, "insurance-insured")
    assert "66,100–661,000" in texts(chart)
    assert pd.isna(chart.data["value"].iloc[-1])


def test_the_known_come_first_and_candidates_are_rings_without_a_bar(page):
    rows = measures.insured(page.rows)
    loose = rows["value"].isna()
    rows.loc[loose, "candidates"] = "66100 661000"
    chart = charts.bars(rows, page, "insurance-insured")
    assert "66,100 or 661,000" in texts(chart)
    assert list(chart.data["value"].isna()) == sorted(loose)
    rings = [line for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert [line.get_markerfacecolor() for line in rings] == ["none"]  # the other is off the scale
    assert len(rectangles(chart)) == len(rows) - 1


def test_plausible_is_hatched_and_printed_is_not(page):
    chart = charts.bars(measures.insured(page.rows), page, "insurance-insured")
    assert {r.get_hatch() for r in rectangles(chart)} == {"/////", None}


def test_conflict_has_its_sign_and_no_fill(page):
    chart = charts.waterfall(page, "reconstruction-started", "reconstruction.projects_started")
    assert "≠ 485" in texts(chart)
    assert any("482" in text and text.startswith("≠") for text in texts(chart))
    assert all(r.get_facecolor()[3] == 0 for r in rectangles(chart))


def test_parts_that_add_up_are_said_to(page):
    row = analysis.only(page.rows, "fund.maternity").assign(indicator="fund.work_injury")
    rows = pd.concat([page.rows, row.assign(value=0.0, low=0.0, high=0.0)], ignore_index=True)
    edits = page.edits.assign(
        expression=page.edits["expression"].str.replace(
            "fund.maternity", "fund.maternity + fund.work_injury"
        )
    )
    chart = charts.waterfall(replace(page, rows=rows, edits=edits), "fund-total", "fund.total")
    assert "= parts add up to 45.1 million yuan" in texts(chart)


def test_without_figures_there_is_a_sentence_and_no_chart(tmp_path):
    root = project(tmp_path, FIGURES[1:2])
    page = analysis.page(region="testshire", year=2009, root=root)
    chart = charts.bars(measures.insured(page.rows), page, "insurance-insured")
    assert chart.figure is None and chart.missing == ""
    against = charts.bullet(analysis.completion(page.rows), page, "employment-targets")
    assert "do not give both a result and a target" in against.missing


def test_fewer_than_three_figures_are_not_drawn(page):
    rows = measures.insured(page.rows)
    assert len(rows) == 3
    assert charts.bars(rows, page, "insurance-insured").figure is not None
    assert charts.bars(rows.iloc[:2], page, "insurance-insured").figure is None


def test_amounts_link_to_their_evidence(page):
    svg = publish.rendered(
        charts.bars(measures.insured(page.rows), page, "insurance-insured").figure
    )
    assert b"#e-2009-labor-bureau-report-insured-maternity-outturn-2009" in svg["svg"]


def test_pictures_repeat_to_the_byte(page):
    twice = [
        [publish.rendered(chart.figure) for chart in drawn(page) if chart.figure] for _ in range(2)
    ]
    assert twice[0] == twice[1]


def test_alt_text_says_what_the_chart_shows(page):
    chart = charts.bars(measures.insured(page.rows), page, "insurance-insured")
    assert "Maternity insurance: 66,000 (as printed)" in chart.alt


def test_source_line_names_the_documents(page):
    chart = charts.bars(measures.insured(page.rows), page, "insurance-insured")
    assert "Source: Testshire, 2009 labour bureau report" in texts(chart)


def test_the_house_font_has_every_character_of_the_words():
    book = codebook.load()
    told = [i.en + i.zh for i in book.indicators.values()]
    told += [rule.why_zh for rule in book.rules.values()]
    told += [says["zh"] for says in book.says.values()]
    told += [file.read_text("utf-8") for file in TEXTS.glob("*.yaml")]
    text = re.sub(r"\s", "", str(words.lexicon()) + "".join(told))
    assert style.drawable(text + "广").count("□") == 0


def test_a_character_the_font_lacks_becomes_a_box():
    assert style.drawable("龘x") == "□x"


def test_regions_are_compared_by_name(tmp_path):
    for n, region in enumerate(["eastshire", "northshire", "southshire", "westshire", "xshire"]):
        rows = [FIGURES[1].replace("target 28000 28000 28000", f"outturn {n}00 {n}00 {n}00")]
        root = project(tmp_path, rows, region=region)
    page = analysis.page(regions=[], indicator="employment.new_urban_jobs", root=root)
    chart = charts.compare(page, "comparison-trend")
    assert [text for text in texts(chart) if text.endswith("shire")] == [
        "Xshire", "Westshire", "Southshire", "Northshire",
    ]  # fmt: skip
    bars = charts.bars(charts.latest(page), page, "comparison-latest")
    assert "Eastshire, 2009" in texts(bars)


def test_nothing_is_changed_outside_the_house_style(page):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    charts.bars(measures.insured(page.rows), page, "insurance-insured")
    assert dict(mpl.rcParams) == before


def test_a_lone_range_has_its_label_and_no_comparison(tmp_path):
    row = "employment.new_urban_jobs outturn - 30000 39999 - people range"
    root = project(tmp_path, [row])
    page = analysis.page(region="testshire", first_year=2005, last_year=2012, root=root)
    aims = [page.rows.assign(measure="target", year=year, value=2e4) for year in (2007, 2008)]
    page = replace(page, rows=pd.concat([page.rows, *aims]))
    shown = texts(charts.trend(page, "trends-jobs", "employment.new_urban_jobs"))
    assert "30,000–39,999" in shown and "New urban jobs" in shown


@pytest.mark.parametrize(("next_year", "side"), [(5.0, "top"), (3.0, "bottom")])
def test_a_label_stands_where_the_line_does_not_go(tmp_path, next_year, side):
    row = "employment.registered_unemployment_rate outturn 4.1 4.05 4.15 - percent printed"
    root = project(tmp_path, [row])
    page = analysis.page(region="testshire", first_year=2009, last_year=2010, root=root)
    after = page.rows[page.rows["year"] == 2009].assign(
        year=2010, value=next_year, low=next_year, high=next_year
    )
    aim = after.assign(measure="ceiling", value=4.5)
    page = replace(page, rows=pd.concat([page.rows[page.rows["year"] == 2009], after, aim]))
    chart = charts.trend(page, "trends-unemployment", "employment.registered_unemployment_rate")
    (label,) = [t for t in chart.figure.findobj(Annotation) if t.get_text() == "4.1%"]
    assert label.get_va() == side

import base64
import contextlib
import html
import io
import itertools
import re
import subprocess
import sys
import warnings
from dataclasses import replace

import matplotlib
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation, Text

import analysis
from analysis import charts, codebook, measures
from analysis.charts import lines, publish, style
from analysis.charts.labels import Labels
from analysis.pages import assets, pictures
from analysis.system.errors import InputError
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
    yield charts.trend(grown(page), "employment-jobs", "employment.new_urban_jobs")
    yield charts.panels(charts.insured_by_branch(grown(page)), page, "insurance-history")
    yield charts.allowed(measures.against_the_law(page.rows), page, "fund-per-head")
    yield charts.statuses(page.stated, page, "audit-status")


def grown(page, years=9):
    """A page whose history goes back some years, with a conflict, a range and a gap in it."""
    results = page.rows[page.rows["measure"].isin(["outturn", "target"])]
    parts = []
    for n in range(years):
        if n == 3:
            continue
        values = results[["value", "low", "high"]] * (1 + 0.11 * (n % 4))
        parts.append(results.assign(year=page.year - n, document="", **values))
    history = pd.concat(parts, ignore_index=True)
    history.loc[history["year"] == page.year - 5, "status"] = "conflict"
    return replace(page, history=history)


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
    assert len(rectangles(charts.bars(rows[rows["low"].notna()], page, "insurance-insured"))) == len(rectangles(chart))


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


def test_conflict_has_no_fill_and_the_gap_is_said(page):
    chart = charts.waterfall(page, "fund-total", "reconstruction.projects_started")
    assert "485" in texts(chart)
    assert any("482" in text and text.startswith("≠") for text in texts(chart))
    assert all(r.get_facecolor()[3] == 0 for r in rectangles(chart))


def test_parts_that_add_up_are_said_to(page):
    row = analysis.only(page.rows, "fund.maternity").assign(indicator="fund.work_injury")
    rows = pd.concat([page.rows, row.assign(value=0.0, low=0.0, high=0.0)], ignore_index=True)
    edits = page.edits.assign(
        expression=page.edits["expression"].str.replace("fund.maternity", "fund.maternity + fund.work_injury")
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


@pytest.mark.parametrize(
    ("slot", "near"),
    [
        ("regoin", "{region}"),
        ("employment.new_urban_jbs:outturn", "{employment.new_urban_jobs}"),
        ("employment.new_urban_jobs:outtrun", "{employment.new_urban_jobs:outturn}"),
        ("nonsense.figure", ""),
    ],
)
def test_a_misspelt_slot_is_named_with_its_text(page, tmp_path, slot, near):
    said = rf"nothing is called {{{slot}}}.*{near}"
    with pytest.raises(InputError, match=rf"title of chart mine: {said}"):
        charts.bars(page.rows, page, "mine", title=f"Of {{{slot}}}")
    texts = tmp_path / "own/notebooks/text/mine.en.yaml"
    texts.parent.mkdir(parents=True)
    texts.write_text(f"title: x\ncharts: {{mine: {{title: x, subtitle: '{{{slot}}}'}}}}\n", "utf-8")
    with pytest.raises(InputError, match=rf"mine\.en\.yaml: subtitle of mine: {said}"):
        charts.bars(page.rows, replace(page, root=tmp_path / "own"), "mine")


def test_a_slot_without_a_figure_on_the_page_leaves_its_sentence_out(page):
    titles = ["Of {insured.maternity:ceiling}", "Of {region}"]
    drawn = charts.bars(page.rows, page, "mine", title=titles)
    assert "Of " in drawn.alt and "maternity" not in drawn.alt


def test_fewer_than_three_figures_are_not_drawn(page):
    rows = measures.insured(page.rows)
    assert len(rows) == 3
    assert charts.bars(rows, page, "insurance-insured").figure is not None
    assert charts.bars(rows.iloc[:2], page, "insurance-insured").figure is None


def test_amounts_link_to_their_evidence(page):
    svg = publish.rendered(charts.bars(measures.insured(page.rows), page, "insurance-insured").figure)
    assert b"#e-2009-labor-bureau-report-insured-maternity-outturn-2009" in svg["svg"]


def test_pictures_repeat_to_the_byte(page):
    twice = [[publish.rendered(chart.figure) for chart in drawn(page) if chart.figure] for _ in range(2)]
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


def test_regions_are_compared_by_name_in_panels_of_one_scale(tmp_path):
    for n, region in enumerate(["eastshire", "xshire"], 3):
        rows = [FIGURES[1].replace("target 28000 28000 28000", f"outturn {n}00 {n}00 {n}00")]
        root = project(tmp_path, rows, region=region)
    (root / "data/places.csv").write_text("id,name,name_zh\nxshire,The Wold,渥德\n", "utf-8")
    page = analysis.page(regions=[], indicator="employment.new_urban_jobs", root=root)
    years = [page.rows.assign(year=year, unit="percent") for year in range(2005, 2010)]
    table = charts.by_region(page, pd.concat(years, ignore_index=True))
    chart = charts.panels(table, page, "comparison-trend", 2)
    assert {"Eastshire", "The Wold"} <= set(texts(chart))
    first, second = chart.figure.axes
    assert first.get_ylim() == second.get_ylim()


def test_nothing_is_changed_outside_the_house_style(page):
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    charts.bars(measures.insured(page.rows), page, "insurance-insured")
    assert dict(mpl.rcParams) == before


def test_three_points_are_told_and_four_are_drawn(page):
    for years, drawn in ((3, False), (5, True)):
        chart = charts.trend(grown(page, years), "employment-jobs", "employment.new_urban_jobs")
        assert (chart.figure is not None) is drawn


def test_a_line_is_not_drawn_across_a_gap_a_new_definition_or_to_another_scheme():
    known = pd.DataFrame({"year": [2013, 2014, 2015, 2017, 2018], "indicator": [*"aaaab"]})
    assert list(lines.runs(known, {2015})) == [1, 1, 2, 3, 4]


def test_a_new_definition_is_marked_and_told(page):
    rows = analysis.only(page.rows, "insured.maternity").assign(indicator="insured.urban_worker_pension")
    years = [rows.assign(year=year, document="") for year in range(2012, 2018)]
    history = pd.concat(years, ignore_index=True)
    after = replace(page, history=history)
    chart = charts.panels(charts.insured_by_branch(after), after, "insurance-history")
    assert "1" in texts(chart) and any(
        "join the workers' pension from 2015" in " ".join(t.split()) for t in texts(chart)
    )


def boxes(chart):
    """Labels within axes, and stretches of lines drawn there, in pixels."""
    with style.house():
        canvas = FigureCanvasAgg(chart.figure)
        canvas.draw()
        for axes in chart.figure.axes:
            labels = [t for t in axes.texts if t.get_text()]
            paths = [
                axes.transData.transform(line.get_xydata())
                for line in axes.lines
                if len(line.get_xydata()) > 1 and line.get_transform() is axes.transData
            ]
            yield [t.get_window_extent(canvas.get_renderer()) for t in labels], paths


def test_no_line_runs_through_a_label_and_no_label_over_another(page):
    one = charts.trend(grown(page, 12), "employment-jobs", "employment.new_urban_jobs")
    many = charts.panels(charts.insured_by_branch(grown(page, 12)), page, "insurance-history")
    for labels, paths in [*boxes(one), *boxes(many)]:
        for box in labels:
            for path in paths:
                for start, end in itertools.pairwise(path):
                    steps = [start + (end - start) * n / 40 for n in range(41)]
                    assert not any(box.shrunk(0.9, 0.6).contains(*at) for at in steps)
        for n, box in enumerate(labels):
            others = [other for other in labels[n + 1 :] if box.shrunk(0.9, 0.7).overlaps(other)]
            assert others == []


def test_ticks_are_round_and_the_axis_says_where_it_starts(page):
    assert style.steps(3.3, 4.9) == [3.0, 3.5, 4.0, 4.5, 5.0]
    rate = "employment.registered_unemployment_rate"
    table = analysis.only(page.rows, rate).query("measure == 'outturn'")
    years = [
        table.assign(measure="outturn", year=y, value=v, low=v, high=v, document="")
        for y, v in ((2006, 4.1), (2007, 4.3), (2008, 4.0), (2009, 3.9))
    ]
    after = replace(page, history=pd.concat(years, ignore_index=True))
    chart = charts.trend(after, "employment-unemployment", rate)
    assert any("axis starts at 3.8%" in text for text in texts(chart))
    assert {"2006", "2009"} <= set(texts(chart))


def test_amounts_of_one_chart_have_one_precision(page):
    table = measures.per_head(page.rows)
    table = pd.concat([table, table.iloc[:1].assign(scheme="x", value=0.5, low=0.49, high=0.51)])
    assert len({t for t in texts(charts.bars(table, page, "fund-per-head")) if t.endswith(".5 yuan")}) == 0


def test_a_figure_in_conflict_does_not_round_the_others_away(tmp_path):
    figures = [
        "employment.new_urban_jobs outturn 34000 33950 34049 - people printed",
        "employment.reemployed outturn 350 350 350 - people printed",
        "employment.labor_transfer outturn 20000 100 20000 - people conflict",
        *(
            f"employment.{name} target 10000 10000 10000 - people printed"
            for name in ("new_urban_jobs", "reemployed", "labor_transfer")
        ),
    ]
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, figures))
    shown = texts(charts.bullet(analysis.completion(page.rows), page, "employment-targets"))
    amounts = {text.partition(" ")[0] for text in shown if "%" in text}
    assert {"340.0%", "3.5%", "200%"} <= amounts


def test_the_row_that_the_title_speaks_of_stands_first(tmp_path):
    results = {"new_urban_jobs": 12, "reemployed": 11, "labor_transfer": 30}
    figures = [
        f"employment.{name} {measure} {n} {n} {n} - people printed"
        for name, value in results.items()
        for measure, n in (("outturn", value), ("target", 10))
    ]
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, figures))
    chart = charts.bullet(analysis.completion(page.rows), page, "employment-targets", first="employment.reemployed")
    rates = [text.partition(" ")[0] for text in texts(chart) if re.match(r"\d+% ·", text)]
    assert rates == ["110%", "300%", "120%"]


@pytest.mark.parametrize(("left", "alarm"), [(480, False), (400, True)])
def test_a_figure_contradicted_by_less_than_one_percent_is_drawn_without_alarm(tmp_path, left, alarm):
    names = ("disputes_accepted", "disputes_mediated", "employers_inspected")
    figures = [f"relations.{name} outturn 482 482 482 - cases conflict" for name in names]
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, figures))
    edit = {"region": "testshire", "rule": "r", "period": "2009", "expression": "", "kind": "hard", "holds": False}
    named = " ".join(f"relations.{name}" for name in names)
    page = replace(page, edits=pd.DataFrame([{**edit, "figures": named, "left": left, "right": 482}]))
    chart = charts.bars(page.rows, page, "mine")
    colours = {matplotlib.colors.to_hex(bar.get_edgecolor()) for bar in rectangles(chart)}
    assert (style.ORANGE in colours) is alarm
    assert "in conflict" in chart.alt


def test_a_chinese_line_breaks_in_no_number():
    lines = style.wrapped("累计结余：2004年末2975.0178亿元，2021年末5.2574万亿元", style.TITLE, 2.0)
    assert len(lines) > 1
    assert "".join(lines) == "累计结余：2004年末2975.0178亿元，2021年末5.2574万亿元"
    assert not any(
        re.match(r"[\d.亿元年]", line) and re.search(r"[\d.]$", before) for before, line in itertools.pairwise(lines)
    )


def contrast(one, other):
    """WCAG 2.2, relative luminance."""
    shades = []
    for colour in (one, other):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        shades.append(0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2])
    return (max(shades) + 0.05) / (min(shades) + 0.05)


def shown(colour, scheme):
    """A drawn colour as the page of a scheme shows it."""
    name = pictures._COLOURS.get(colour)
    light, dark = assets.read("style.css").split("@media (prefers-color-scheme: dark)", 1)
    part = light if scheme == "light" else dark
    return re.search(rf"{name}: (#[0-9a-f]{{6}})", part)[1] if name else colour


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawn_colours_keep_their_contrast_in_both_schemes(page, scheme):
    ground = shown(style.PAPER, scheme)
    for chart in drawn(page):
        svg = publish.rendered(chart.figure)["svg"].decode()
        for text in re.findall(r"<text[^>]*style=\"([^\"]*)\"", svg):
            colour = re.search(r"fill: (#[0-9a-f]{6})", text)
            assert contrast(shown(colour[1] if colour else "#000000", scheme), ground) >= 4.5
        edges = set(re.findall(r"stroke: (#[0-9a-f]{6})", svg)) - {style.GRID, style.PAPER}
        fills = set(re.findall(r"fill: (#[0-9a-f]{6})", svg)) - {style.GRID, style.PAPER}
        for colour in edges | fills:
            assert contrast(shown(colour, scheme), ground) >= 3, (chart.name, colour)


def test_no_text_is_under_12_pixels_on_a_phone_of_390(page):
    column = 390 - 2 * 1.25 * 17  # css pixels: the page's margins, see style.css
    for chart in drawn(page):
        sizes = [text.get_size() for text in chart.figure.findobj(Text) if text.get_text().strip()]
        assert min(sizes) * column / (style.WIDTH * 72) >= 12


def test_texts_are_texts_in_a_font_that_has_their_characters(page):
    from fontTools.ttLib import TTFont

    chart = charts.bars(measures.insured(page.rows), page, "insurance-insured")
    svg = publish.rendered(chart.figure)["svg"].decode()
    words_there = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert "Maternity insurance" in words_there
    data = re.search(r"font/woff;base64,([^)]*)\)", svg)[1]
    known = TTFont(io.BytesIO(base64.b64decode(data))).getBestCmap()
    assert {ord(c) for c in html.unescape("".join(words_there))} <= known.keys() | {10}


def test_names_of_places_have_no_boxes_even_in_charts_of_ones_own():
    names = "旺苍县 犍为县 珙县 筠连县 邛崃市 嵊泗县 濉溪县 亳州市 睢宁县 盱眙县 郯城县 莒南县 岢岚县 鄄城县 綦江区"
    assert "□" not in style.drawable(names.replace(" ", ""))
    import matplotlib as mpl
    import seaborn as sns
    from matplotlib.figure import Figure

    for change in (contextlib.nullcontext, lambda: mpl.rc_context(sns.axes_style("whitegrid"))):
        with change(), warnings.catch_warnings():
            warnings.simplefilter("error")  # matplotlib warns of each glyph it lacks
            figure = Figure()
            figure.text(0.1, 0.5, names)
            FigureCanvasAgg(figure).draw()


def test_a_notebook_that_asks_for_data_alone_has_the_house_font_in_charts_of_its_own():
    code = (
        "import builtins; builtins.__IPYTHON__ = True\n"
        "import analysis, seaborn, matplotlib; analysis.load; seaborn.set_theme()\n"
        "from matplotlib import font_manager as fonts\n"
        "family = matplotlib.rcParams['font.sans-serif'][0]\n"
        "print(fonts.findfont(family), matplotlib.rcParams['font.family'])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert re.search("AnalysisSansSC|arial", told, re.I)


@pytest.mark.parametrize(
    ("values", "text", "above"), [([4.4, 4.0, 4.6, 4.3], "4%", False), ([4.3, 4.8, 4.1, 4.4], "4.8%", True)]
)
def test_a_label_stands_where_the_line_does_not_go(page, values, text, above):
    rate = "employment.registered_unemployment_rate"
    table = analysis.only(page.rows, rate).query("measure == 'outturn'")
    years = [
        table.assign(measure="outturn", year=2006 + n, value=v, low=v, high=v, document="")
        for n, v in enumerate(values)
    ]
    after = replace(page, history=pd.concat(years, ignore_index=True))
    chart = charts.trend(after, "employment-unemployment", rate)
    (label,) = [t for t in chart.figure.axes[0].texts if t.get_text() == text]
    low, high = chart.figure.axes[0].get_ylim()
    assert (label.xy[1] > (float(text[:-1]) - low) / (high - low)) == above


def test_a_line_is_named_at_its_own_last_point():
    from matplotlib.figure import Figure

    axes = Figure((4, 2)).add_axes((0.1, 0.1, 0.6, 0.8))
    axes.set(xlim=(2004.6, 2020.4), ylim=(0, 10))
    labels = Labels(axes)
    for text, year, value in (("early", 2010, 5), ("under", 2010, 5), ("late", 2020, 5)):
        labels.end({"year": year, "value": value, "low": value, "high": value}, text)
    labels.settle()
    at = {label.get_text(): label.xy for label in axes.texts}
    assert at["late"][0] > 1
    assert 0.34 < at["early"][0] == at["under"][0] < 0.4
    assert at["early"][1] - at["under"][1] > 0.05


def test_a_name_without_a_place_at_its_line_stands_beyond_the_axes():
    from matplotlib.figure import Figure

    axes = Figure((4, 1)).add_axes((0.1, 0.1, 0.6, 0.8))
    axes.set(xlim=(2004.6, 2020.4), ylim=(0, 10))
    labels = Labels(axes)
    for year in range(2005, 2021):  # nowhere is free below the top
        labels.taken.append((*labels._at(year - 0.5, 0), *labels._at(year + 0.5, 10)))
    for text, year in (("ended before", 2018), ("goes on", 2020)):
        labels.end({"year": year, "value": 5, "low": 5, "high": 5}, text)
    labels.settle()
    at = {label.get_text(): label.xy for label in axes.texts}
    assert at["ended before"][0] == at["goes on"][0] > 1 and abs(at["ended before"][1] - at["goes on"][1]) > 0.1

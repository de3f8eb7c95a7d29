import re
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis import codebook, reading
from analysis.codebook.notes import Code, encode, note
from analysis.writing import prose, reasons, references, sentences, texts, words
from processed import FIGURES, project

ROOT = Path(__file__).parent.parent
HOSTILE = "<script>alert(1)</script>\"'&"


@pytest.fixture
def page(tmp_path):
    return analysis.page(region="testshire", year=2009, root=project(tmp_path))


def leaves(node):
    if isinstance(node, dict) and "en" in node and not isinstance(node["en"], dict):
        yield node
    elif isinstance(node, dict):
        for child in node.values():
            yield from leaves(child)
    elif isinstance(node, list):
        for child in node:
            yield from leaves(child)


def test_every_text_is_there_in_every_language_with_the_same_figures():
    slots = re.compile(r"\{([^{}|]+)")
    for leaf in leaves({k: v for k, v in words.lexicon().items() if k != "months"}):
        assert set(words.languages()) <= set(leaf), leaf
        assert set(slots.findall(leaf["en"])) - {"region"} <= set(slots.findall(leaf["zh"])) | {
            "year",
            "first",
            "last",
        }, leaf


def test_a_figure_carries_its_status_and_evidence(page):
    row = analysis.only(page.rows, "insured.maternity").iloc[0].to_dict()
    assert references.figure(row, page) == (
        '<a class="figure printed" '
        'data-evidence="2009-labor-bureau-report#insured.maternity:outturn:2009" '
        'href="#e-2009-labor-bureau-report-insured-maternity-outturn-2009" '
        'title="as printed">66,000</a>'
    )


def test_a_derived_figure_refers_to_all_it_comes_from(page):
    row = analysis.per_head(page.rows).iloc[0].to_dict()
    ids = [r.split("#")[1].split(":")[0] for r in references.references(row, page)]
    assert ids == [f"fund.{row['scheme']}", f"insured.{row['scheme']}"]


def test_a_range_is_said_as_a_range(page):
    assert "66,100–661,000" in analysis.title(page, "insurance-coverage").data


def test_a_printed_figure_keeps_its_digits_over_the_years(tmp_path):
    rate = "employment.registered_unemployment_rate outturn 3.35 3.345 3.355 - percent printed"
    root = project(tmp_path, [*FIGURES, rate])
    page = analysis.page(region="testshire", first_year=2008, last_year=2009, root=root)
    row = sentences.facts(page)["employment.registered_unemployment_rate:outturn:last"]
    assert words.amount(row, "en") == "3.35%"


def test_what_is_not_known_is_not_said(tmp_path):
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, FIGURES[1:2]))
    assert "only the target of" in analysis.title(page, "employment").data
    assert analysis.say(page, "employment/training").data == ""
    assert "Training and labour transfer" in analysis.say(page, "employment/all").data


def test_a_claim_needs_both_ends_of_the_interval(tmp_path):
    wide = "employment.new_urban_jobs outturn - 20000 39999 - people range"
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, [wide, FIGURES[1]]))
    told = texts.of_chart(page.root, "employment-targets", "en")["title"]
    assert "beat" not in sentences.first(told, page)


def test_chinese_numbers_are_in_wan_and_yi(tmp_path):
    page = analysis.page(region="testshire", year=2009, language="zh", root=project(tmp_path))
    assert "6.6万" in analysis.table(page, page.rows).data
    assert words.amount(analysis.only(page.rows, "fund.total").iloc[0], "zh") == "4510万元"


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (257, "257", "257"),
        (34000, "34,000", "3.4万"),
        (1.723e9, "1.723 billion", "17.23亿"),
        (410.5e6, "410.5 million", "4.105亿"),
        (0, "0", "0"),
    ],
)
def test_numbers(value, en, zh):
    assert words.number(value, "en") == en
    assert words.number(value, "zh") == zh


def test_nought_has_no_minus():
    assert words.number(-0.03, "en", 0) == "0"


def test_sentences_round_what_tables_print_in_full(tmp_path):
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path))
    row = {**analysis.only(page.rows, "fund.total").iloc[0], "value": 2000099220000.0, "low": None, "high": None}
    assert words.brief(row, "en") == "2.0001 trillion yuan" and words.brief(row, "zh") == "2.0001万亿元"
    assert (
        words.amount(row, "en") == "2.00009922 trillion yuan"
        and words.brief({**row, "value": 205321.0}, "en") == "205,321 yuan"
    )
    assert words.brief({**row, "bound": "at_least"}, "en") == "at least 2.00009922 trillion yuan"


def test_at_least_is_said(page):
    row = analysis.only(page.rows, "relations.workers_paid_back").iloc[0]
    assert words.amount(row, "en") == "at least 50,000"


def test_a_derived_figure_shows_no_more_digits_than_it_has(page):
    rows = analysis.per_head(page.rows).set_index("scheme")
    assert words.amount(rows.loc["unemployment"], "en") == "402 yuan"
    assert words.amount(rows.loc["maternity"], "en") == "62.1 yuan"


def test_reports_cannot_put_markup_into_a_table(tmp_path):
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, note=HOSTILE))
    html = analysis.table(page, page.observations, ["indicator", "printed", "value", "note"]).data
    assert "<script" not in html and "&lt;script&gt;" in html


def test_the_key_has_the_statuses_that_occur(page):
    html = prose.key(page).data
    there = set(page.stated["status"])
    assert "decided" not in there
    for status in words.lexicon()["statuses"]:
        assert (f'class="{status}"' in html) is (status in there)


def test_series_behind_a_chart_are_years_by_rows_with_doubt_marked(page):
    years = {2006: "printed", 2007: "plausible", 2008: "printed"}
    jobs = analysis.only(page.rows, "insured.maternity").iloc[:1]
    rows = pd.concat([jobs.assign(year=y, period=str(y), status=s, document="") for y, s in years.items()])
    table = prose.data(page, rows).data
    assert re.findall(r'<th scope="col">(\d+)', table) == ["2006", "2007", "2008"] and table.count("<tr>") == 2
    assert table.count("<td>") == 3 and table.count("plausible") == 2  # a class and its word
    assert "<td" in prose.data(page, rows.iloc[:2]).data and 'scope="row"' in prose.data(page, rows.iloc[:2]).data


def test_the_year_before_is_named_in_a_rule():
    balance = "fund_balance.maternity"
    rule = {"figures": f"{balance}:outturn", "expression": f"{balance}.before <= {balance}"}
    assert reasons.expression(rule, "zh") == "上年生育保险累计结余 ≤ 生育保险累计结余"
    assert " the year before ≤ " in reasons.expression(rule, "en")


def test_a_table_without_rows_is_not_there(page):
    assert analysis.table(page, page.rows.iloc[:0]).data == ""


@pytest.mark.parametrize(
    ("period", "en", "zh"),
    [
        ("2009", "2009", "2009"),
        ("2016-2020", "2016–2020", "2016—2020"),
        ("2013-01/2013-09", "January to September 2013", "2013年1—9月"),
        ("2013-09/2013-09", "September 2013", "2013年9月"),
        ("2012-07/2013-06", "July 2012 to June 2013", "2012年7月—2013年6月"),
    ],
)
def test_periods(period, en, zh):
    assert (words.period(period, "en"), words.period(period, "zh")) == (en, zh)


def test_candidates_are_named_one_by_one():
    row = {"value": None, "low": 66050, "high": 6615000, "unit": "people", "candidates": "66100 661000"}
    assert words.amount(row, "en") == "66,100 or 661,000"
    assert words.amount(row, "zh") == "6.61万或66.1万"


def test_what_the_engine_notes_is_told_in_chinese():
    because = next(iter(codebook.load().rules.values()))
    told = [note(Code.CHANCE_FIT, odds=1291), note(Code.UNUSUAL, rule=because.id), note(Code.ABOUT)]
    assert reasons.noted(told, "zh") == f"偶然相符的机会约为1291分之一；不寻常：{because.why_zh}；约数"
    there = note(Code.ALSO_PRINTED, value=Decimal(70000), document="2009-government-work-report")
    assert reasons.noted(encode([there]), "zh") == "另印有：2009年政府工作报告为7万"
    assert reasons.noted([note(Code.CANDIDATES, values="36900000 369000000")], "zh") == "可能的读法：3690万或3.69亿"
    assert words.document_name("2023-communique-yearbook", "zh") == "2023年统计公报（年鉴）"
    assert reasons.noted([there], "en") == "also printed: 70,000 in 2009 government work report"
    said = note(Code.SAID, text="from the bureau; and {braces}")
    assert reasons.noted([said], "zh") == "from the bureau; and {braces}"


def test_every_note_of_real_texts_is_told_in_chinese():
    notes = set()
    for path in sorted((ROOT / "tests/corpus").glob("*.txt"))[::6]:
        report = reading.read(path.read_text("utf-8"), region="r", document="d", year=2010, kind="bureau-report")
        notes |= {n for row in (*report.observations, *report.edits) for n in row.notes}
    assert len({n.code for n in notes}) > 5
    assert {n for n in notes if not re.search("[一-龥]", reasons.noted([n], "zh"))} == set()


def test_indicators_that_share_a_short_name_are_told_apart_in_a_table(page):
    rows = page.rows[page.rows["measure"] == "outturn"].iloc[:2].copy()
    rows["indicator"] = ["reconstruction.county_centers_started", "reconstruction.county_centers_investment"]
    html = prose.table(page, rows, ["figure", "status"]).data
    heads = re.findall(r'<th scope="row">(.*?)</th>', html)
    assert len(set(heads)) == 2


def test_derived_figures_of_a_chart_show_the_same_decimals_and_less_is_said_with_a_minus_sign():
    rows = [
        {"value": v, "low": v, "high": v, "unit": "percent", "sources": "a.b:outturn", "status": "printed"}
        for v in (16.0, -15.5)
    ]
    places = words.precision(rows)
    assert [words.amount(row, "en", places) for row in rows] == ["16.0%", "−15.5%"]
    assert words.precision(rows[:1]) == 0
    assert words.amount(rows[0], "en") == "16%"


def test_a_sum_of_printed_figures_keeps_every_digit():
    whole = {"value": 174879123.0, "low": 174879123.0, "high": 174879123.0, "unit": "people", "status": "printed"}
    assert words.amount(whole | {"measure": "sum", "sources": "a.b:outturn"}, "en") == "174.879123 million"


def test_a_table_of_several_subjects_names_its_figures_in_full(tmp_path):
    ids = ("insured.unemployment", "fund.unemployment")
    figures = [f"{id_} outturn 9 9 9 - people printed" for id_ in ids]
    page = analysis.page(region="testshire", year=2009, root=project(tmp_path, figures))
    both = prose.table(page, page.rows).data
    assert all(words.full_name(id_, "en") in both for id_ in ids)
    alone = prose.table(page, analysis.only(page.rows, "insured")).data
    assert words.label(ids[0], "en") in alone


def test_a_rule_names_its_yearly_constants_in_words():
    named = words.lexicon()["series"]
    assert set(codebook.load().series) <= set(named)
    rule = {"expression": "2 * wage * injury_rate == fund.work_injury", "figures": "fund.work_injury"}
    assert reasons.expression(rule, "zh").startswith("2 × 城镇平均工资 × 工伤保险费率")

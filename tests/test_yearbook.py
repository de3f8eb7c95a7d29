"""Tables of yearbooks: what they say is known becomes facts, what is not is listed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import analysis
from analysis import codebook
from analysis.cli import main
from analysis.intake import received, yearbook
from analysis.system.errors import InputError
from short_reports import write

BOOK = codebook.load()
WIDE = [
    ["表3-1 就业与社会保障", "", "", "", ""],
    ["单位：万人", "", "", "", ""],
    ["指标", "单位", "2014", "2015年", "2016"],
    ["城镇新增就业人数", "", "3.1", "3.2", "…"],
    ["城镇登记失业率", "%", "3.4", "0.034", "3.6%"],
    ["年末参加失业保险人数", "万人", "11.1", "12", "-"],
    ["其中：女性", "万人", "1", "2", "3"],
    ["劳务收入（亿元）", "", "30", "3l.5", ""],
    ["城镇新增就业比上年增加", "人", "7", "8", "9"],
    ["城镇新增就业女性人数", "人", "7", "8", "9"],
    ["注：本表不含试点县", "", "", "", ""],
]
WIDE_FACTS = {
    ("2014", "employment.new_urban_jobs", "3.1万人"),
    ("2015", "employment.new_urban_jobs", "3.2万人"),
    ("2014", "employment.registered_unemployment_rate", "3.4%"),
    ("2016", "employment.registered_unemployment_rate", "3.6%"),
    ("2014", "insured.unemployment", "11.1万人"),
    ("2015", "insured.unemployment", "12万人"),
    ("2014", "employment.labor_income", "30亿元"),
}


def found(rows: list[list[str]]) -> set[tuple[str, str, str]]:
    taken = yearbook.as_facts({"S": rows}, BOOK)
    return {(row["year"], row["indicator"], row["printed"]) for _, row in taken.rows}


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


PARTED = {
    "years under indicators": [
        ["地区", "城镇新增就业（万人）", "", "年末参加失业保险人数（万人）", ""],
        ["", "2015", "2016", "2015", "2016"],
        ["甲市", "3.1", "3.2", "11", "12"],
    ],
    "indicators under years": [
        ["地区", "2015", "", "2016", ""],
        ["", "城镇新增就业（万人）", "参加失业保险人数（万人）", "城镇新增就业（万人）", "参加失业保险人数（万人）"],
        ["甲市", "3.1", "11", "3.2", "12"],
    ],
    "plans and results under years": [
        ["指标", "2015", "", "2016", ""],
        ["", "计划", "实际", "计划", "实际"],
        ["城镇新增就业（万人）", "3.5", "3.1", "3.6", "3.2"],
        ["参加失业保险人数（万人）", "15", "11", "16", "12"],
    ],
    "changes under years": [
        ["指标", "2015", "", "2016", ""],
        ["Item", "绝对数", "比上年增长（%）", "绝对数", "比上年增长（%）"],
        ["城镇新增就业（万人）", "3.1", "4.9", "3.2", "3.2"],
        ["参加失业保险人数（万人）", "11", "2.2", "12", "9.1"],
    ],
    "parts under a whole": [
        ["年份", "城镇新增就业（万人）", "参保人数（万人）", ""],
        ["", "", "城镇职工基本养老保险", "失业保险"],
        ["2015", "3.1", "31", "11"],
        ["2016", "3.2", "32", "12"],
    ],
}


def test_numbers_of_a_workbook_have_the_decimals_and_percent_signs_they_are_shown_with(tmp_path):
    path = workbook(
        tmp_path / "x.xlsx", [[], ["指标", 2014, 2015], ["城镇登记失业率（%）", 4, 0.009], ["人数", 7, 3.25]]
    )
    book = openpyxl.load_workbook(path)
    for place, form in {"B3": "0.0_ ", "C3": '0.00%;[Red]"-"0.00%', "B4": "#,##0", "C4": "0.0"}.items():
        book.active[place].number_format = form
    book.save(path)
    rows, _ = received.sheets(path)
    assert rows["Sheet"][-2:] == [["城镇登记失业率（%）", "4.0", "0.90%"], ["人数", "7", "3.25"]]
    assert ("2015", "employment.registered_unemployment_rate", "0.90%") in found(rows["Sheet"])


@pytest.mark.parametrize("form", PARTED)
def test_a_head_of_two_rows_says_what_each_column_is(form):
    jobs, insured = "employment.new_urban_jobs", "insured.unemployment"
    here = found(PARTED[form])
    assert {row for row in here if row[1] in (jobs, insured)} == {
        ("2015", jobs, "3.1万人"),
        ("2016", jobs, "3.2万人"),
        ("2015", insured, "11万人"),
        ("2016", insured, "12万人"),
    }
    rest = {("2015", "insured.urban_worker_pension", "31万人"), ("2016", "insured.urban_worker_pension", "32万人")}
    assert {row for row in here if row[1] not in (jobs, insured)} == (rest if "parts" in form else set())


def test_units_in_english_are_those_of_yearbooks():
    rows = [
        ["Unit: 10 000 persons", "", ""],
        ["Item", "2014", "2015"],
        ["new urban jobs", "3.1", "3.2"],
        ["Insured: unemployment (persons)", "110000", "120000"],
        ["Insured: maternity (1000 persons)", "70", "72"],
    ]
    assert {row for row in found(rows) if row[0] == "2014"} == {
        ("2014", "employment.new_urban_jobs", "3.1万人"),
        ("2014", "insured.unemployment", "110000人"),
    }
    assert "the unit '1000 persons' begins with a number" in yearbook.as_facts({"S": rows}, BOOK).left[0]


def test_a_row_of_no_year_is_listed():
    rows = [["年份", "城镇新增就业（万人）"], ["2014", "3.1"], ["2015", "3.2"], ["2016（预计）", "3.3"]]
    assert "no year is said" in yearbook.as_facts({"S": rows}, BOOK).left[0]


def test_a_word_of_scale_that_means_two_things_is_asked_about():
    taken = yearbook.as_facts({"S": [["指标", "2015", "2016"], ["劳务收入（兆元）", "3", "4"]]}, BOOK)
    assert not taken.rows and "兆 is a million by the law on units, a trillion by custom" in taken.left[0]


def test_years_beside_each_other_are_melted_and_what_does_not_map_is_listed():
    assert found(WIDE) == WIDE_FACTS
    left = "\n".join(yearbook.as_facts({"S": WIDE}, BOOK).left)
    for said in (
        "row 5, 2015: '城镇登记失业率': may be a fraction shown as a percentage",
        "row 7, 2014: '其中：女性': no indicator of the codebook (3 cells)",
        "row 8, 2015: '劳务收入': '3l.5' is no number",
        "'城镇新增就业比上年增加': no indicator",
        "'城镇新增就业女性人数': no indicator",
    ):
        assert said in left
    assert "注" not in left


def test_years_below_each_other_and_a_figure_a_row_are_known_too():
    tall = [["年份", "城镇新增就业（人）", "地区生产总值（亿元）"], ["2014", "31000", "555"], ["2015年", "32,000", "6"]]
    assert found(tall) == {
        ("2014", "employment.new_urban_jobs", "31000人"),
        ("2015", "employment.new_urban_jobs", "32,000人"),
    }
    long = [["年 份", "指标名称", "数值", "计量单位"], ["2015", "失业保险参保人数", "12.5", "万人"]]
    assert found(long) == {("2015", "insured.unemployment", "12.5万人")}


OUTTURNS = [each for each in BOOK.indicators.values() if "outturn" in each.measures]


@pytest.mark.parametrize("indicator", OUTTURNS, ids=lambda i: i.id)
def test_every_indicator_is_known_by_its_own_name(indicator):
    unit = {"people": "人", "yuan": "元", "percent": "%", "households": "户"}.get(indicator.unit, "个")
    low, high = indicator.typical.get("city", (25, 25))
    rows = [["指标", "单位", "2015"], [indicator.zh, unit, f"{max(2, (low * high) ** 0.5):.0f}"]]
    assert {id_ for _, id_, _ in found(rows)} == {indicator.id}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["城镇新增就业", "", "31000"], "no unit is said"),
        (["城镇新增就业", "亿元", "3.1"], "does not count people"),
        (["乙市", "万人", "3.1"], "no indicator of the codebook"),
        (["城镇新增就业", "万人", "-3.1"], "is negative"),
    ],
)
def test_what_is_not_certain_is_not_taken(cells, said):
    rows = [["指标", "单位", "2015"], cells]
    assert found(rows) == set()
    assert said in yearbook.as_facts({"S": rows}, BOOK).left[0]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "named otherwise"])
def test_a_yearbook_becomes_a_document_of_facts_beside_the_file(tmp_path, capsys, kind):
    path = tmp_path / ("in.csv" if kind == "csv" else "in.xlsx" if kind == "xlsx" else "in.pdf")
    if kind == "csv":
        write(path, "\n".join(",".join(row) for row in WIDE), "gb18030")
    else:
        workbook(path, [[float(c) if re.fullmatch(r"[\d.]+", c) else c for c in row] for row in WIDE])
    root = tmp_path / "project"
    (root / "data/raw").mkdir(parents=True)
    arguments = ["--region", "leshan", "--year", "2017", "--issuer", "统计局", "--title", "年鉴"]
    assert main(["--root", str(root), "ingest", str(path), *arguments]) == 0
    said = capsys.readouterr().out
    assert "leshan/2017-communique-yearbook: 7 numbers, 7 figures" in said
    assert "Not taken:" in said and "Where is it from?" not in said
    folder = root / "data/raw/leshan"
    (kept,) = (folder / "received").iterdir()
    assert kept.read_bytes() == path.read_bytes()
    assert "row 4, 2014" in (folder / "2017-communique-yearbook.csv").read_text("utf-8")


def test_facts_in_a_workbook_are_facts(tmp_path):
    path = workbook(
        tmp_path / "facts.xlsx",
        [["year", "indicator", "measure", "printed"], [2011, "employment.new_urban_jobs", "outturn", "3.72万人"]],
    )
    root = tmp_path / "project"
    (root / "data/raw").mkdir(parents=True)
    assert main(["--root", str(root), "ingest", str(path), "--region", "leshan", "--year", "2012"]) == 0
    assert (root / "data/raw/leshan/2012-government-work-report.csv").is_file()


def test_a_table_of_nothing_known_is_refused_and_says_what_is(tmp_path, capsys):
    path = write(tmp_path / "in.csv", "地区,人口\n甲,1\n乙,2\n")
    assert main(["--root", str(tmp_path), "ingest", str(path), "--region", "a", "--year", "2017"]) == 2
    said = capsys.readouterr().err
    assert "nothing in it is known: in.csv, row 2, 人口: '甲': no place of data/places.csv" in said


PLACES = "id,name,name_zh,level\nguangyuan,Guangyuan,广元,city\nliangshan,Liangshan,凉山,city\n"
BY_PLACE = {
    "an indicator a column": [
        ["表4-5 2015年各地区就业情况"],
        ["地 区", "城镇新增就业（万人）", "城镇登记失业率(%)"],
        ["全省", "100", "3.9"],
        ["广元市", "3.1", "3.4"],
        ["凉山彝族自治州", "2.1", "3.5"],
    ],
    "a row of units": [
        ["2015年各地区就业情况"],
        ["地区", "城镇新增就业", "城镇登记失业率"],
        ["", "（万人）", "（%）"],
        ["广元市", "3.1", "3.4"],
        ["凉山州", "2.1", "3.5"],
    ],
    "a year a column": [
        ["4-5 各市（州）城镇新增就业人数"],
        ["单位：万人"],
        ["地区", "2014", "2015年"],
        ["广元市", "3.0", "3.1"],
        ["凉山州", "", "2.1"],
    ],
    "years below each other": [
        ["城市", "年份", "城镇新增就业(万人)"],
        ["广元", "2014", "3.0"],
        ["", "2015", "3.1"],
        ["凉山", "2015", "2.1"],
    ],
    "a figure a row": [
        ["地区", "指标", "单位", "年份", "数值"],
        ["Guangyuan", "城镇新增就业", "万人", "2015", "3.1"],
        ["凉山", "城镇新增就业", "万人", "2015", "2.1"],
    ],
}


@pytest.mark.parametrize("form", BY_PLACE)
def test_a_table_of_places_gives_each_its_own(tmp_path, capsys, form):
    write(tmp_path / "data/places.csv", PLACES)
    given = ["--root", str(tmp_path), "ingest", str(workbook(tmp_path / "in.xlsx", BY_PLACE[form]))]
    assert main([*given, "--year", "2016"]) == 0
    jobs = analysis.only(analysis.load(year=2015, root=tmp_path), "employment.new_urban_jobs")
    assert "is no number" not in capsys.readouterr().out
    assert dict(zip(jobs["region"], jobs["value"], strict=True)) == {"guangyuan": 31000, "liangshan": 21000}
    assert main([*given, "--year", "2017", "--region", "广元"]) == 0
    assert "figures of other regions: " in capsys.readouterr().out
    assert not (tmp_path / "data/raw/liangshan/2017-communique-yearbook.csv").exists()


def test_a_sheet_that_maps_to_nothing_is_listed_beside_one_that_maps():
    odd = [["类别", "甲"], ["一类", "33"]]
    taken = yearbook.as_facts({"S": WIDE, "T": odd, "U": [["说明"]]}, BOOK)
    assert taken.rows and taken.left[0] == "T: no table of indicators and years is seen in it"
    assert not [line for line in taken.left if line.startswith("U")]


def test_two_tables_of_one_sheet_are_both_read():
    below = [["指标", "2015"], ["劳务收入（亿元）", "20"]]
    assert ("2015", "employment.labor_income", "20亿元") in found([*WIDE, [""], *below])


def packed(sheet: str) -> bytes:
    out = io.BytesIO()
    workbook_ = openpyxl.Workbook()
    workbook_.active["A1"] = 1
    workbook_.save(out)
    swapped = io.BytesIO()
    with zipfile.ZipFile(out) as before, zipfile.ZipFile(swapped, "w") as after:
        for name in before.namelist():
            after.writestr(name, sheet if name.startswith("xl/worksheets") else before.read(name))
    return swapped.getvalue()


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ('<worksheet><sheetData><row><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>', "of more than"),
        ("<worksheet><sheetData><row><c", "damaged"),
    ],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(tmp_path, sheet, said):
    (tmp_path / "a.xlsx").write_bytes(packed(sheet))
    with pytest.raises(InputError, match=rf"a\.xlsx: is a workbook .*{said}"):
        received.sheets(tmp_path / "a.xlsx")

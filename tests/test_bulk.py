"""Many reports at once: none is lost, none stops another."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.intake import arrivals, bulk, names, standing
from analysis.intake.arrivals import Arrival, Conditions
from analysis.system.errors import InputError
from short_reports import report, write

KIND = "government-report"


def fill(folder: Path) -> Path:
    """A folder as it comes: five good reports of three regions, and ten of another kind."""
    for year in (2012, 2013):
        write(folder / f"leshan/{year}-{KIND}.txt", report(year))
        write(folder / f"deyang/{year}-government-work-report.txt", report(year, "2.9"))
    write(folder / "suining/2012-government-report.txt", report(2012, "1.5"), "gb18030")
    write(folder / "suining/2013-government-report.txt", "")
    write(folder / "suining/2014-government-report.txt", report(2011))
    write(folder / "suining/2015-government-report.txt", "\x00\x01\x02binary\x00")
    write(folder / "suining/2016-government-report.txt", "一切都好。\n")
    write(folder / "suining/report.txt", report(2012))
    write(folder / "suining/2017-government-report.docx", "PK\x03\x04")
    write(folder / "suining/2020-report.pdf", "%PDF-1.7\n")
    write(folder / "suining/Thumbs.db", "\xd0")
    write(folder / "suining/~$12-government-report.docx", "x")
    os.mkfifo(folder / "suining/2018-government-report.txt")
    (folder / "suining/2019-government-report.txt").symlink_to("nowhere")
    (folder / "around").symlink_to(folder)
    write(folder / "suining/old/2012-government-report.txt", report(2012))
    write(folder / "suining/2021-communique.csv", "年份,城镇新增就业（万人）\n2019,3.1\n2020,3.2\n")
    return folder


def run(root: Path, folder: Path, **terms) -> int:
    found, others = bulk.in_folder(folder, None)
    return bulk.take_all(root, found, others, Conditions(**terms), jobs=2)


def raw(root: Path) -> list[str]:
    return sorted(str(p.relative_to(root / "data/raw")) for p in root.glob("data/raw/*/*.txt"))


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("2012-government-report", (2012, KIND)),
        (" 2012-Government-Report ", (2012, KIND)),
        ("2012-government-work-report-2", (2012, KIND)),
        ("2012年政府工作报告", (2012, KIND)),
        ("广元市2012年政府工作报告（全文）", (2012, KIND)),
        ("2012年国民经济和社会发展统计公报", (2012, "communique")),
        ("2009年劳动和社会保障工作总结", (2009, "bureau-report")),
        ("2011年工作总结和2012年政府工作报告", None),
        ("2012年会议材料", None),
        ("政府工作报告", None),
        ("12012年政府工作报告", None),
    ],
)
def test_a_file_is_named_by_year_and_kind_in_english_or_chinese(stem, said):
    if said:
        assert names.year_and_kind(stem) == said
    else:
        with pytest.raises(InputError, match="name it like"):
            names.year_and_kind(stem)


def test_two_reports_of_a_year_and_kind_in_a_folder_are_kept_by_their_names(tmp_path):
    write(tmp_path / "in/leshan/2012-government-report.txt", report(2012))
    write(tmp_path / "in/leshan/2012-government-work-report-final.txt", report(2012, "3.75"))
    assert run(tmp_path, tmp_path / "in") == 0
    assert raw(tmp_path) == ["leshan/2012-government-work-report-final.txt", "leshan/2012-government-work-report.txt"]


def test_a_failed_report_is_named_and_stops_no_other(tmp_path, capsys):
    assert run(tmp_path, fill(tmp_path / "in")) == 1
    said = capsys.readouterr()
    for part in (
        "failed: suining/2013-government-report.txt: is empty",
        "failed: suining/2014-government-report.txt: its beginning says it is the report of 2011",
        "failed: suining/2015-government-report.txt: is a binary file",
        "failed: suining/2016-government-report.txt: states no figure the codebook knows",
        "failed: suining/2021-communique.csv: is a table; give it by itself",
        "old/2012-government-report.txt: is plain text, deeper than a folder of a region; name it like",
        "failed: suining/2017-government-report.docx: is a damaged ZIP archive",
        "failed: suining/2020-report.pdf: is a PDF document; name it like chengdu/2012-government-report.pdf",
        "failed: suining/2018-government-report.txt: is a pipe or a device, not a file",
        "failed: suining/2019-government-report.txt: no such file",
        "failed: around: is a folder, not a report",
        "failed: suining/report.txt: is plain text; name it like chengdu",
    ):
        assert part in said.err
    total = said.out.splitlines()[-1].split()
    assert [*total[:3], total[4]] == ["total", "5", "25", "12"]
    for part in (
        "read as GB18030, kept as UTF-8: suining/2012-government-report.txt",
        "5 without a source: put <report>.source.yaml beside each",
        "decide the open figures in data/raw/deyang/2012-government-work-report.decisions.csv and 4 more",
    ):
        assert part in said.out
    assert "Thumbs" not in said.err and "~$" not in said.err
    assert raw(tmp_path) == [
        *(f"{region}/{year}-government-work-report.txt" for region in ("deyang", "leshan") for year in (2012, 2013)),
        "suining/2012-government-work-report.txt",
    ]
    assert (tmp_path / "data/processed/leshan/panel.csv").is_file()
    assert len(list(tmp_path.glob("data/raw/*/*.decisions.csv"))) == 5
    assert standing.due(tmp_path) == [], "nothing is decided by them yet"
    taken = tmp_path / "data/raw/suining/2012-government-work-report.txt"
    assert taken.read_text("utf-8") == report(2012, "1.5")


def test_one_text_for_two_years_is_taken_once_and_for_two_regions_pointed_out(tmp_path, capsys):
    for place in ("deyang/2012", "leshan/2012", "leshan/2013"):
        write(tmp_path / f"in/{place}-{KIND}.txt", report(2012))
    assert run(tmp_path, tmp_path / "in", confirm_year=True) == 1
    said = capsys.readouterr().err
    assert "failed: leshan/2013-government-report.txt: the same text as leshan/2012" in said
    assert "leshan/2012-government-report.txt: the same text as deyang/2012" in said
    assert len(raw(tmp_path)) == 2


def test_numbers_about_labour_that_no_indicator_takes_are_told(tmp_path, capsys):
    text = report(2012) + "评出乡村劳动能手1240名。\n"
    write(tmp_path / "in/leshan/2012-government-report.txt", text)
    run(tmp_path, tmp_path / "in")
    said = capsys.readouterr().out
    assert "left aside, as no indicator takes them: 1 numbers about labour" in said
    assert "leshan/2012-government-work-report: '1240名' in '评出乡村劳动能手1240名'" in said


def test_two_texts_for_one_report_do_not_overwrite_each_other(tmp_path, capsys):
    write(tmp_path / "in/leshan/2012-government-report.txt", report(2012))
    write(tmp_path / "in/leshan/2012-government-work-report.txt", report(2012, "4.1"))
    assert run(tmp_path, tmp_path / "in") == 1
    assert "holds another text; give --replace" in capsys.readouterr().err
    assert raw(tmp_path) == ["leshan/2012-government-work-report.txt"]


def test_a_region_that_cannot_be_read_costs_its_reports_alone(tmp_path, capsys):
    write(tmp_path / "data/raw/leshan/notes.txt", "not a document")
    fill(tmp_path / "in")
    assert run(tmp_path, tmp_path / "in") == 1
    err = capsys.readouterr().err
    assert "failed: leshan/2012-government-report.txt: " in err
    assert "notes.txt: document 'notes': name it like" in err
    assert raw(tmp_path) == [
        "deyang/2012-government-work-report.txt",
        "deyang/2013-government-work-report.txt",
        "leshan/notes.txt",
        "suining/2012-government-work-report.txt",
    ]


def _dies_at_leshan(root, region, *rest):
    if region == "leshan":
        os._exit(9)
    return arrivals.take(root, region, *rest)


def test_a_worker_that_dies_costs_its_region_alone(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(bulk, "take", _dies_at_leshan)
    assert run(tmp_path, fill(tmp_path / "in")) == 1
    said = capsys.readouterr()
    assert "failed: leshan/2013-government-report.txt: its worker died" in said.err
    assert said.out.splitlines()[-1].split()[:2] == ["total", "3"]


def test_an_interrupt_leaves_no_report_without_its_tables(tmp_path):
    source = tmp_path / "in"
    for n in range(400):
        for year in (2012, 2013):
            write(source / f"city{n:03}/{year}-{KIND}.txt", report(year, f"{n + 100}"))
    root = tmp_path / "project"
    root.mkdir()
    command = [sys.executable, "-m", "analysis", "--root", str(root), "ingest", str(source)]
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert child.stderr
    while not child.stderr.readline().startswith("[2"):
        assert child.poll() is None
    child.send_signal(signal.SIGINT)
    child.stderr.read()
    assert child.wait(60) != 0
    raw = {(p.parent.name, p.stem) for p in (root / "data/raw").glob("*/*.txt")}
    read = {(p.parts[-3], p.parts[-2]) for p in (root / "data/processed").glob("*/*/observations.csv")}
    assert raw == read and 0 < len(raw) < 800
    assert not list(root.rglob("*.tmp*"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_texts_are_read_as_spreadsheets_write_them(tmp_path, separator, encoding):
    path = tmp_path / "reports.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        rows = csv.writer(file, delimiter=separator)
        rows.writerows([["region", "year", "text"], ["leshan", 2012, report(2012)]])
    columns = {what: what for what in bulk.COLUMNS}
    found, others = bulk.in_table(path, columns, {"kind": KIND}, "auto", tmp_path)
    assert (len(found), others) == (1, [])
    assert found[0].path.read_text("utf-8") == report(2012)


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "nonsense", "ascii"])
def test_a_table_in_an_encoding_that_cannot_be_is_refused(tmp_path, encoding):
    path = write(tmp_path / "reports.csv", "region,year,text\nleshan,2012,城镇新增就业3万人\n")
    columns = {what: what for what in bulk.COLUMNS}
    with pytest.raises(InputError, match=r"reports\.csv: "):
        bulk.in_table(path, columns, {"kind": KIND}, encoding, tmp_path)


def test_one_text_per_row(tmp_path, capsys):
    path, spool = tmp_path / "reports.csv", tmp_path / "spool"
    spool.mkdir()
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["city", "year", "body"])
        rows.writerows([c, y, report(y)] for c in ("leshan", "deyang") for y in (2012, 2013))
        rows.writerows([["a/b", 2012, report(2012)], ["leshan", "x", "1"], ["leshan", 2014, ""]])
    columns = {"text": "body", "region": "city", "year": "year", "kind": "kind"}
    found, others = bulk.in_table(path, columns, {"kind": KIND}, None, spool)
    assert bulk.take_all(tmp_path, found, others, Conditions()) == 1
    err = capsys.readouterr().err
    assert "region 'a/b': use letters" in err
    assert "year 'x': write four digits" in err
    assert "has no text" in err
    assert len(raw(tmp_path)) == 4
    assert str(spool) not in err


@pytest.mark.parametrize("again", ["same", "replaced"])
def test_taking_a_report_again_changes_nothing_or_all_of_it(tmp_path, again):
    path = write(tmp_path / "a.txt", report(2012))
    arrival = Arrival(path, "leshan", 2012, KIND, "a.txt")
    first = arrivals.take(tmp_path, "leshan", [arrival], Conditions())
    if again == "replaced":
        write(path, report(2012, "9.9"))
    second = arrivals.take(tmp_path, "leshan", [arrival], Conditions(replace=True))
    assert (first == second) == (again == "same")
    table = tmp_path / "data/processed/leshan/2012-government-work-report/observations.csv"
    assert ("99000" in table.read_text("utf-8")) == (again == "replaced")


def test_a_report_without_end_costs_itself_alone(tmp_path, capsys, monkeypatch):
    real = arrivals.reading.parse

    def parse(text, **given):
        while "永远" in text:
            pass
        return real(text, **given)

    monkeypatch.setattr(arrivals.reading, "parse", parse)
    for year in (2012, 2013):
        text = report(year) + ("永远。\n" if year == 2013 else "")
        write(tmp_path / f"in/leshan/{year}-{KIND}.txt", text)
    assert run(tmp_path, tmp_path / "in", timeout=1) == 1
    said = capsys.readouterr()
    assert "leshan/2013-government-report.txt: cannot be read: reading it took longer than 1 s" in said.err
    assert said.out.splitlines()[-1] == "time limit for each report: 1 s"
    assert raw(tmp_path) == ["leshan/2012-government-work-report.txt"]

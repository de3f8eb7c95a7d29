"""What a person decided: read as spreadsheets write it, refused where wrong, listed where idle."""

from __future__ import annotations

import shutil
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from analysis import cli
from analysis.intake import decisions, documents
from analysis.system.errors import InputError
from short_reports import report, write

NAME = "2012-government-work-report"
DECISION = "employment.new_urban_jobs,outturn,2011"


HEADER = "indicator,measure,period,value,who,why,printed,candidates\n"


def decide(root: Path, text: str, encoding: str = "utf-8") -> documents.Document:
    """The report of 2012 with this decisions file beside it."""
    write(root / "data/raw/leshan" / f"{NAME}.decisions.csv", text, encoding)
    write(root / "data/raw/leshan" / f"{NAME}.txt", report(2012))
    return documents.list_documents(root, "leshan")[0]


def test_decisions_are_read_and_open_ones_left_out(tmp_path):
    rows = f'{DECISION},"37,200",Li,seen in print,3xx,\n{DECISION},,,,,\n'
    assert decisions.read(decide(tmp_path, HEADER + rows)) == [
        {
            "indicator": "employment.new_urban_jobs",
            "measure": "outturn",
            "period": "2011",
            "value": Decimal(37200),
            "who": "Li",
            "why": "seen in print",
            "printed": "3xx",
        }
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("employment.jobs,outturn,2011,1,Li,x,,", "'employment.jobs' 'outturn' is not in the code"),
        ("employment.new_urban_jobs,result,2011,1,Li,x,,", "'result' is not in the codebook"),
        ("employment.new_urban_jobs,outturn,11,1,Li,x,,", "'11' is no period; write 2009"),
        (f"{DECISION},3.7万,Li,x,,", "'3.7万' is no number; write it in people"),
        (f"{DECISION},nan,Li,x,,", "'nan' is no number"),
        (f"{DECISION},1e400,Li,x,,", "'1e400' is no number"),
        (f"{DECISION},{'9' * 5000},Li,x,,", "is no number"),
        (f"{DECISION},-5,Li,x,,", "'-5' is negative, but counted in people"),
        (f"{DECISION},1,,x,,", "needs a value, who decided, and why"),
        (f"{DECISION},37200,Li,x,,\n{DECISION},37100,Li,y,,", "is decided twice"),
        (f"{DECISION},1000000000000000,Li,x,3.72万人,", "column value: 1000000000000000 is not what a city has"),
    ],
)
def test_wrong_decisions_are_named_by_file_and_line(tmp_path, row, said):
    line = 2 + row.count("\n")
    with pytest.raises(InputError, match=rf"{NAME}\.decisions\.csv:{line}: .*{said}"):
        decisions.read(decide(tmp_path, HEADER + row))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_decisions_are_read_as_spreadsheets_write_them(tmp_path, separator, encoding):
    row = separator.join([*DECISION.split(","), "37200", "李明", "看过报告原文", "3.72万人", ""])
    text = HEADER.replace(",", separator) + f"{row} \r\n{separator * 7}\r\n"
    (found,) = decisions.read(decide(tmp_path, text, encoding))
    assert (found["value"], found["who"], found["printed"]) == (37200, "李明", "3.72万人")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEADER.replace("value", "wert"), r"1: has no column 'value'; its first line must name"),
        (HEADER.replace("why", "who"), r"1: has no column 'why'"),
        (HEADER + f'{DECISION},1,Li,"x', r"not CSV: unexpected end"),
        (f"{DECISION},1,Li,x,,\n", r"1: has no column 'indicator'"),
    ],
)
def test_a_file_that_is_no_table_of_decisions_is_named(tmp_path, text, said):
    with pytest.raises(InputError, match=said):
        decisions.read(decide(tmp_path, text))


def test_decisions_that_apply_to_nothing_are_listed_by_ingest_build_and_audit(tmp_path, capsys):
    (tmp_path / "notebooks").mkdir()
    rows = [
        f"{DECISION},37200,Li,seen,3.72万,",
        f"{DECISION.replace('2011', '1999')},37100,Ma,seen,,",
        f"{DECISION.replace('outturn', 'target').replace('2011', '2012')},35100,Wu,seen,9.9万人,",
    ]
    decide(tmp_path, HEADER + "\n".join(rows))
    orphan = tmp_path / "data/raw/leshan/2013-communique.decisions.csv"
    write(orphan, HEADER + rows[0])
    path = write(tmp_path / "in.txt", report(2012))
    arrival = ["--region", "leshan", "--year", "2012", "--kind", "government-report"]
    for command in (["ingest", str(path), *arrival], ["build"], ["audit", "leshan"]):
        cli.main(["--root", str(tmp_path), *command])
        said = capsys.readouterr().err
        assert f"{orphan}: decides about 2013-communique, but there is no such document" in said
        assert "decision of Ma on employment.new_urban_jobs outturn 1999 is not applied" in said
        assert "it was made on '9.9万人', the report now has '3.5万人'" in said


def test_a_figure_no_city_has_is_decided_where_the_print_says_it(tmp_path):
    (found,) = decisions.read(decide(tmp_path, HEADER + f"{DECISION},7000000,Li,seen,700万人,"))
    assert found["value"] == 7_000_000


def test_decisions_beside_a_report_come_with_it_checked(tmp_path, capsys):
    (tmp_path / "data/raw").mkdir(parents=True)
    write(tmp_path / "in/leshan/2012-government-report.txt", report(2012))
    beside = tmp_path / f"in/leshan/{NAME}.decisions.csv"
    stands = tmp_path / f"data/raw/leshan/{NAME}.decisions.csv"
    command = ["--root", str(tmp_path), "ingest", str(tmp_path / "in")]

    write(beside, HEADER + f"{DECISION},10,Li,seen,,")
    assert cli.main(command) == 1
    assert f"{beside}:2: column value: 10 is not what a city has" in capsys.readouterr().err
    assert not stands.exists()

    write(beside, HEADER + f"{DECISION},37200,Li,seen,,")
    assert cli.main(command) == 0
    assert "taken in with its decisions: leshan/2012-government-report.txt" in capsys.readouterr().out
    assert stands.read_bytes() == beside.read_bytes()
    assert f"{DECISION.partition(',')[0]}" in (tmp_path / "data/processed/leshan/panel.csv").read_text("utf-8")

    write(beside, HEADER + f"{DECISION},37100,Wu,seen,,")
    assert cli.main(command) == 1
    assert "other decisions were made on" in capsys.readouterr().err
    assert cli.main([*command, "--replace"]) == 0
    assert stands.read_bytes() == beside.read_bytes()


@pytest.mark.parametrize("name", [f"{NAME}.decisions.csv", "mine.csv"])
def test_decisions_given_as_a_report_are_told_where_they_belong(tmp_path, capsys, name):
    (tmp_path / "data/raw").mkdir(parents=True)
    path = write(tmp_path / name, HEADER + f"{DECISION},37200,Li,seen,,")
    assert cli.main(["--root", str(tmp_path), "ingest", str(path), "--region", "leshan"]) == 2
    assert "holds decisions; put it beside the report" in capsys.readouterr().err


def test_what_is_of_a_report_that_is_not_there_is_named(tmp_path, capsys):
    (tmp_path / "data/raw").mkdir(parents=True)
    write(tmp_path / "in/leshan/2012-government-report.txt", report(2012))
    write(tmp_path / "in/leshan/2011-government-report.decisions.csv", HEADER)
    write(tmp_path / "in/leshan/2010-communique.source.yaml", "issuer: A")
    assert cli.main(["--root", str(tmp_path), "ingest", str(tmp_path / "in")]) == 1
    said = capsys.readouterr().err
    assert "2011-government-report.decisions.csv: is of a report 2011-government-report, which is not beside" in said
    assert "2010-communique.source.yaml: is of a report 2010-communique" in said


def test_a_decision_not_built_yet_is_pending_and_no_reason_for_a_change(tmp_path, capsys):
    (tmp_path / "notebooks").mkdir()
    document = decide(tmp_path, "")
    decisions.path_of(document).unlink()
    main = partial(cli.main, ["--root", str(tmp_path), "build"])
    assert main() == 0
    before = shutil.copytree(tmp_path, tmp_path.with_name("before"))
    decide(tmp_path, HEADER + f"{DECISION},36100,Li,seen,3.72万人,")

    for command in (["audit", "leshan", "2011"], ["diff", str(before)]):
        capsys.readouterr()
        assert cli.main(["--root", str(tmp_path), *command]) == 0
        said = capsys.readouterr()
        assert "pending decisions: 1; run `analysis build`" in said.err
        assert ("pending" in said.out) == (command[0] == "audit")
        assert "decided by Li as 36,100: seen; not built yet" in said.out or "0 changed" in said.out

    assert main() == 0
    capsys.readouterr()
    assert cli.main(["--root", str(tmp_path), "diff", str(before)]) == 0
    said = capsys.readouterr()
    assert "    decided by Li: seen\n" in said.out and not said.err
    assert cli.main(["--root", str(tmp_path), "diff", str(tmp_path), str(before)]) == 0
    assert "    the decision of Li is gone\n" in capsys.readouterr().out
    assert cli.main(["--root", str(tmp_path), "audit", "leshan", "2011"]) == 0
    said = capsys.readouterr()
    assert "decided by Li: seen; what is printed, 3.72万人, does not say so" in said.out and "pending" not in said.out
    decisions.path_of(document).unlink()
    assert list(decisions.pending(tmp_path, "leshan").values()) == ["the decision of Li was taken back; not built yet"]


def test_a_wrong_decision_stops_its_region_and_no_other(tmp_path, capsys):
    (tmp_path / "notebooks").mkdir()
    decide(tmp_path, HEADER + f"{DECISION},1e400,Li,seen,,")
    write(tmp_path / f"data/raw/deyang/{NAME}.txt", report(2012))
    assert cli.main(["--root", str(tmp_path), "build"]) == 1
    said = capsys.readouterr().err
    assert f"leshan: {tmp_path}/data/raw/leshan/{NAME}.decisions.csv:2: '1e400' is no" in said
    write(tmp_path / "data/raw/suining/notes.txt", "no document")
    assert cli.main(["--root", str(tmp_path), "build"]) == 1
    assert "suining: " in capsys.readouterr().err
    assert (tmp_path / "data/processed/deyang/panel.csv").exists()

"""What a person decided: read as spreadsheets write it, refused where wrong, listed where idle."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from analysis import cli
from analysis.errors import InputError
from analysis.intake import decisions, documents
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
        (f"{DECISION},1,Li,x,,\n{DECISION},2,Li,y,,", "is decided twice"),
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
        f"{DECISION.replace('2011', '1999')},1,Ma,seen,,",
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

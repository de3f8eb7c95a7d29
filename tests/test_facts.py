"""Tables of printed facts: split into documents, every cell checked."""

from __future__ import annotations

import csv
import io
import random

import pytest

from analysis import cli, codebook
from analysis.intake import documents, facts, ingest, tabular
from analysis.intake.documents import Incoming
from analysis.system.errors import InputError
from short_reports import report, write

FACTS = """report_year,year,indicator,measure,value,unit,printed,note
2012,2011,employment.new_urban_jobs,outturn,37200,people,3.72万人,
2012,2012,employment.new_urban_jobs,target,35000,people,3.5万人,
2013,2012,employment.new_urban_jobs,outturn,36600,people,3.66万人,"as printed, in the review"
"""
KIND = "government-report"
NAME = "2012-government-work-report"
BOOK = codebook.load()


def incoming(path, root, **given) -> list[Incoming]:
    rows = tabular.rows(path, facts.NEEDED, "auto")
    return facts.incoming(path, root, {"region": "leshan"} | given, rows, BOOK)


def test_facts_become_a_document_for_each_report_year(tmp_path):
    path = write(tmp_path / "facts.csv", FACTS)
    assert facts.is_facts(tabular.header(path))
    got = incoming(path, tmp_path)
    assert [(i.document.name, i.document.year, i.document.kind) for i in got] == [
        (NAME, 2012, KIND),
        ("2013-government-work-report", 2013, KIND),
    ]
    assert got[1].content.decode() == (
        "year,indicator,measure,value,unit,printed,note\n"
        "2012,employment.new_urban_jobs,outturn,36600,people,3.66万人,"
        '"as printed, in the review"\n'
    )


def test_facts_say_of_which_place_and_kind_of_report_they_are(tmp_path):
    head, *rows = FACTS.splitlines()
    cells = [("leshan", "communique"), ("leshan", ""), ("deyang", "bureau-report")]
    lines = [f"{row},{place},{kind}" for row, (place, kind) in zip(rows, cells, strict=True)]
    path = write(tmp_path / "facts.csv", "\n".join([f"{head},region,kind", *lines]))
    got = facts.incoming(path, tmp_path, {}, tabular.rows(path, facts.NEEDED, "auto"), BOOK)
    assert [(i.document.region, i.document.name) for i in got] == [
        ("deyang", "2013-labor-bureau-report"),
        ("leshan", "2012-communique"),
        ("leshan", NAME),
    ]
    all_of_one = incoming(write(path, FACTS), tmp_path, kind="communique", region="deyang")
    assert [i.document.name for i in all_of_one] == ["2012-communique", "2013-communique"]


def test_where_a_figure_was_seen_is_kept(tmp_path):
    text = FACTS.replace("note\n", "note,source\n").replace("万人,\n", "万人,,yearbook page 4\n")
    got = incoming(write(tmp_path / "facts.csv", text.replace('review"', 'review",')), tmp_path)
    assert "yearbook page 4" in got[0].content.decode()
    assert "source" not in got[1].content.decode()


def test_facts_whose_lines_end_in_a_carriage_return_alone_are_read(tmp_path):
    path = write(tmp_path / "facts.csv", FACTS.replace("\n", "\r"))
    assert facts.is_facts(tabular.header(path))
    assert len(incoming(path, tmp_path)) == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_facts_are_read_as_spreadsheets_write_them(tmp_path, separator, encoding):
    rows = csv.reader(io.StringIO(FACTS.replace("37200", '"37,200"')))
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    path = write(tmp_path / "facts.csv", out.getvalue(), encoding)
    assert facts.is_facts(tabular.header(path))
    assert len(incoming(path, tmp_path)) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2013,2012", "20l3,2012"), r"facts\.csv:4: column report_year: '20l3' is no year"),
        (("3.5万人", ""), r"facts\.csv:3: column printed is empty"),
        ((",target,", ",target,,,,,x"), r"facts\.csv:3: has more cells than columns"),
        ((FACTS.partition("\n")[2], ""), "has no rows"),
        (("2012,2011", "2012,2011年"), r"facts\.csv:2: column year: '2011年' is no period"),
        (("2012,2011", "2012,2O11"), r"facts\.csv:2: column year: '2O11' is no period"),
        (("2012,2011", "2012,²"), r"facts\.csv:2: column year: '²' is no period"),
        (("2012,2011", "2012,2011-2009"), r"facts\.csv:2: column year"),
        (("37200", "3.72万"), r"facts\.csv:2: column value: '3.72万' is no number; write it in"),
        (("37200", "1e400"), r"facts\.csv:2: column value: '1e400' is no number"),
        (("37200", "9" * 5000), r"facts\.csv:2: column value: '9999.*…' is no number"),
        (("37200", "-37200"), r"facts\.csv:2: column value: '-37200' is negative"),
        (("37200", "47200"), r"facts\.csv:2: column value: 47200 is not what '3.72万人?' says"),
        (("37200,people", "37200,yuan"), r"facts\.csv:2: column unit: 'yuan' is not known here; us"),
        (("outturn,37200", "result,37200"), r"facts\.csv:2: column measure: 'result' is not known"),
        (
            ("employment.new_urban_jobs", "employment.urban_jobs"),
            r"facts\.csv:2: column indicator: "
            "'employment.urban_jobs' is not known here; use employment.new_urban_jobs",
        ),
        (("3.72万人", "many"), r"facts\.csv:2: column printed: 'many' must hold one number"),
        (("3.5万人,", "3.5万人,=cmd()"), r"facts\.csv:3: column note: .* formula by a spreadsheet"),
    ],
)
def test_wrong_facts_are_named_by_line_and_column(tmp_path, change, said):
    path = write(tmp_path / "facts.csv", FACTS.replace(*change, 1))
    with pytest.raises(InputError, match=said):
        incoming(path, tmp_path)


@pytest.mark.parametrize(
    ("indicator", "printed", "usual"),
    [("registered_unemployment_rate", "345%", "percent"), ("new_urban_jobs", "3.72亿人", "17,000,000 people")],
)
def test_a_figure_that_no_such_place_has_is_asked_about(tmp_path, indicator, printed, usual):
    head = "report_year,year,indicator,measure,printed,note\n"
    row = f"2012,2011,employment.{indicator},outturn,{printed}"
    path = write(tmp_path / "facts.csv", f"{head}{row},\n")
    with pytest.raises(InputError, match=rf"facts\.csv:2: column printed: '{printed}' .*{usual}"):
        incoming(path, tmp_path)
    write(path, f"{head}{row},so on page 7\n")
    assert incoming(path, tmp_path)


def test_how_many_rows_are_wrong_is_said_at_once(tmp_path):
    path = write(tmp_path / "facts.csv", FACTS.replace("万人", "many"))
    with pytest.raises(InputError, match=r"facts\.csv:2: column value: .*\(and 2 rows more\)"):
        incoming(path, tmp_path)


def mutated(draw: random.Random) -> bytes:
    """The table with some of its bytes, cells or lines otherwise."""
    lines = (line.partition(",")[2] for line in FACTS.splitlines())  # as it lies in data/raw
    data = bytearray("\n".join(lines).encode())
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(data))
        what = draw.choice(("byte", "cut", "cell", "line", "double"))
        if what == "byte":
            data[at] = draw.randrange(256)
        elif what == "cut":
            del data[at : at + draw.randint(1, 30)]
        elif what == "cell":
            data[at:at] = draw.choice(
                [b",", b'"', b"\n", b"\xff\xfe", "²".encode(), b"\0", b"=1", b";", b"\t", b"1e999", b"-", b"9" * 400]
            )
        elif what == "line":
            data[at:at] = b"\r\n" + bytes(draw.randrange(32, 127) for _ in range(20)) + b"\n"
        else:
            data += data[at:]
        data = data or bytearray(b"\n")
    return bytes(data)


def test_a_damaged_table_lying_in_the_project_is_read_or_refused_in_a_sentence(tmp_path):
    path = tmp_path / f"data/raw/leshan/{NAME}.csv"
    path.parent.mkdir(parents=True)
    draw, refused = random.Random(14), 0
    for _ in range(400):
        path.write_bytes(mutated(draw))
        try:
            for _ in facts.read(documents.list_documents(tmp_path, "leshan")[0], BOOK):
                pass
        except InputError as error:
            refused += 1
            assert str(path) in str(error)
            assert "\n" not in str(error)
    assert 100 < refused < 400


def test_a_bad_table_stops_its_region_and_no_other(tmp_path, capsys):
    (tmp_path / "notebooks").mkdir()
    path = write(tmp_path / f"data/raw/leshan/{NAME}.csv", FACTS.replace("measure", "mesure"))
    write(tmp_path / f"data/raw/deyang/{NAME}.txt", report(2012))
    assert cli.main(["--root", str(tmp_path), "build"]) == 1
    assert f"leshan: {path}:1: has no column 'measure'" in capsys.readouterr().err
    assert (tmp_path / "data/processed/deyang/panel.csv").exists()
    write(path, FACTS.replace("report_year,", "").replace("\n2012,", "\n").replace("\n2013,", "\n"))
    assert cli.main(["--root", str(tmp_path), "build"]) == 0
    assert ingest.rebuild(tmp_path, force=False) == []


def test_what_a_spreadsheet_would_run_is_made_safe_on_the_way_out_and_exact_within(tmp_path, capsys):
    lines = (line.partition(",")[2] for line in FACTS.splitlines())
    text = "\n".join(lines).replace("3.5万人,", "3.5万人,-1+cmd")
    write(tmp_path / f"data/raw/leshan/{NAME}.csv", text)
    ingest.rebuild(tmp_path)
    exact = tmp_path / f"data/processed/leshan/{NAME}/observations.csv"
    assert ",-1+cmd" in exact.read_text("utf-8")
    cli.main(["--root", str(tmp_path), "audit", "leshan", "--format", "csv"])
    assert ",'-1+cmd" in capsys.readouterr().out

"""The command line as a user meets it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.system.locks import locked
from short_reports import report, write

ROOT = Path(__file__).parent.parent
BUREAU = ROOT / "data/raw/guangyuan/2009-labor-bureau-report.txt"
KIND = "government-report"
ARGUMENTS = ["--region", "leshan", "--year", "2012", "--kind", KIND]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "project/data/raw").mkdir(parents=True)
    return tmp_path / "project"


def files(root: Path) -> list[str]:
    """All but the project's state: its lock stands after the first command."""
    found = (p.relative_to(root) for p in root.rglob("*") if p.is_file())
    return sorted(str(path) for path in found if path.parts[0] != ".build")


def test_ingest_says_what_was_settled_and_what_was_not(root, capsys):
    arguments = ["--region", "guangyuan", "--year", "2009", "--kind", "bureau-report"]
    assert main(["--root", str(root), "ingest", str(BUREAU), *arguments]) == 0
    said = capsys.readouterr().out
    assert said.startswith("guangyuan/2009-labor-bureau-report: ")
    assert "Needs a decision:" in said
    folder = root / "data/raw/guangyuan"
    assert (folder / BUREAU.name).read_bytes() == BUREAU.read_bytes()
    assert (folder / "2009-labor-bureau-report.decisions.csv").is_file()
    assert (root / "data/processed/guangyuan/panel.csv").is_file()


def test_audit_gives_the_figures_in_three_forms(root, capsys, tmp_path):
    path = write(tmp_path / "in.txt", report(2012))
    assert main(["ingest", str(path), *ARGUMENTS, "--root", str(root)]) == 0
    capsys.readouterr()
    for form in ("table", "csv", "json"):
        assert main(["--root", str(root), "audit", "leshan", "2011", "--format", form]) == 0
        said = capsys.readouterr().out
        assert "employment.new_urban_jobs" in said
        assert form != "json" or json.loads(said)[0]["region"] == "leshan"


def test_the_data_package_of_a_region_named_in_chinese_has_a_name_that_frictionless_allows(root, tmp_path):
    path = write(tmp_path / "in.txt", report(2012))
    given = ["--region", "广元", "--year", "2012", "--kind", KIND]
    assert main(["--root", str(root), "ingest", str(path), *given]) == 0
    package = json.loads((root / "data/processed/广元/datapackage.json").read_text("utf-8"))
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])


def test_a_table_of_facts_becomes_documents(root, capsys, tmp_path):
    facts = tmp_path / "facts.csv"
    write(
        facts,
        "report_year,year,indicator,measure,value,unit,printed,note\n"
        "2012,2011,employment.new_urban_jobs,outturn,,,3.72万人,\n",
    )
    assert main(["ingest", str(facts), "--region", "leshan", "--root", str(root)]) == 0
    assert "1 figures: 1 printed" in capsys.readouterr().out
    write(facts, facts.read_text("utf-8").replace("2012,2011", "2013,2012") + "2013,,x,y,,,z,\n")
    stood = files(root)
    assert main(["ingest", str(facts), "--region", "leshan", "--root", str(root)]) == 2
    assert "facts.csv:3: column year is empty" in capsys.readouterr().err
    assert files(root) == stood


@pytest.mark.parametrize(
    ("content", "arguments", "said"),
    [
        (b"", ARGUMENTS, "in.txt: is empty; nothing to read"),
        (None, ARGUMENTS, "in.txt: no such file"),
        (bytes(range(256)) * 9, ARGUMENTS, "in.txt: is a binary file, not text; save its text"),
        (report(2012).encode("gb18030"), [*ARGUMENTS, "--published", "x"], "--published: 'x' is no d"),
        ("一切都好".encode(), ARGUMENTS, "in.txt: states no figure the codebook knows"),
        (report(2011).encode(), ARGUMENTS, "report of 2011, not 2012; give the right year, or --c"),
        (report(2012).encode(), ["--region", "a/b", *ARGUMENTS[2:]], "region 'a/b': use letters"),
        (report(2012).encode(), ARGUMENTS[:4], "in.txt: give --kind, like --kind government-repo"),
        (report(2012).encode(), ARGUMENTS[2:], "in.txt: give --region, like --region guangyuan"),
    ],
)
def test_bad_input_is_one_line_and_writes_nothing(root, tmp_path, capsys, content, arguments, said):
    path = tmp_path / "in.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["--root", str(root), "ingest", str(path), *arguments]) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert err.startswith("analysis: ") and err.count("\n") == 1
    assert (out, files(root)) == ("", [])


def test_nothing_is_overwritten_unasked(root, tmp_path, capsys):
    path = write(tmp_path / "in.txt", report(2012))
    command = ["--root", str(root), "ingest", str(path), *ARGUMENTS]
    assert main(command) == 0
    stood = {name: (root / name).read_bytes() for name in files(root)}
    write(path, report(2012, "9.99"))
    assert main(command) == 2
    assert "holds another text; give --replace, or --name" in capsys.readouterr().err
    assert {name: (root / name).read_bytes() for name in files(root)} == stood
    assert main([*command, "--replace"]) == 0


def test_one_text_is_not_taken_in_under_two_years(root, tmp_path, capsys):
    path = write(tmp_path / "in.txt", report(2012))
    command = ["--root", str(root), "ingest", str(path), "--region", "leshan", "--kind", KIND]
    assert main([*command, "--year", "2012"]) == 0
    assert main([*command, "--year", "2012"]) == 0  # the same once more changes nothing
    write(path, report(2012).replace("\n", "\r\n "))
    assert main([*command, "--year", "2013", "--confirm-year"]) == 2
    assert "the same text as leshan/2012-government-work-report; if" in capsys.readouterr().err


def test_a_folder_of_reports_with_one_that_fails_ends_with_1(root, tmp_path, capsys):
    write(tmp_path / "in/leshan/2012-government-report.txt", report(2012))
    write(tmp_path / "in/leshan/2013-government-report.txt", "")
    assert main(["--root", str(root), "ingest", str(tmp_path / "in")]) == 1
    assert "failed: leshan/2013-government-report.txt: is empty" in capsys.readouterr().err


def test_wrong_usage_ends_with_2(tmp_path, monkeypatch, capsys):
    for arguments in (["audit"], ["audit", "x", "12"], ["build", "--jobs", "0"], ["ingest"], []):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
    monkeypatch.chdir(tmp_path)
    assert main(["audit", "guangyuan"]) == 2
    assert "not inside a project folder" in capsys.readouterr().err


def test_an_unwritable_folder_ends_with_one_line(root, tmp_path, capsys):
    shutil.rmtree(root / "data/raw")
    write(root / "data/raw", "a file in the way")
    path = write(tmp_path / "in.txt", report(2012))
    assert main(["--root", str(root), "ingest", str(path), *ARGUMENTS]) in (1, 2)
    assert capsys.readouterr().err.count("\n") == 1


def test_a_reader_that_goes_away_is_no_error():
    command = f"{sys.executable} -m analysis --root {ROOT} audit guangyuan | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("period")


def test_ctrl_c_ends_with_130_and_no_traceback(root, tmp_path):
    path = write(tmp_path / "in.txt", report(2012))
    command = [sys.executable, "-m", "analysis", "--root", str(root), "ingest", str(path)]
    with locked(root):  # so that the command waits
        process = subprocess.Popen([*command, *ARGUMENTS], stderr=subprocess.PIPE, text=True)
        assert process.stderr and "waiting up to" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "analysis: stopped\n")


def test_a_communique_reviews_its_own_year(root, tmp_path, capsys):
    text = "2021年度全市人力资源和社会保障事业发展统计公报\n全年城镇新增就业3.72万人。\n"
    folder = tmp_path / "in/leshan"
    write(folder / "2021-communique.txt", text)
    write(folder / "2020-communique.txt", text)
    assert main(["--root", str(root), "ingest", str(tmp_path / "in")]) == 1
    err = capsys.readouterr().err
    assert "2020-communique.txt: its beginning says it is the report of 2021, not 2020" in err
    main(["--root", str(root), "audit", "leshan", "--format", "json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["document"], row["period"], row["value"]) == ("2021-communique", "2021", "37200")

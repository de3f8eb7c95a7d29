"""Of what level a region is: known, told, or taken for a city."""

from __future__ import annotations

from pathlib import Path

import pytest

import analysis
from analysis import cli
from analysis.intake import places
from analysis.intake.ingest import refresh
from analysis.system import project
from analysis.system.errors import InputError
from analysis.system.regions import slip
from short_reports import report, write

ROOT = Path(__file__).parent.parent


def ingest(root: Path, region: str, *more: str, text: str = report(2012)) -> int:
    path = write(root / "in.txt", text)
    (root / "data/raw").mkdir(parents=True, exist_ok=True)
    given = ["--region", region, "--year", "2012", "--kind", "government-report"]
    return cli.main(["--root", str(root), "ingest", str(path), *given, *more])


def test_the_projects_own_places_stand_in_a_tree():
    rows = places.rows(ROOT)
    assert places.level(ROOT, "guangyuan") == "city"
    assert (places.level(ROOT, "china"), places.level(ROOT, "nowhere")) == ("nation", "city")
    codes = [row["code"] for row in rows.values() if row["code"]]
    assert len(set(codes)) == len(codes)
    for row in rows.values():
        if row["level"] != "nation":
            above = rows[row["parent"]]
            assert project.LEVELS.index(above["level"]) < project.LEVELS.index(row["level"])
            assert row["code"].startswith(above["code"].rstrip("0"))


def test_every_population_of_the_projects_own_places_names_its_source():
    for row in places.rows(ROOT).values():
        assert len(row["population"].split()) == len(row["source"].split()), row["id"]


def test_places_are_read_again_only_where_their_file_has_changed(tmp_path, monkeypatch):
    read, rows = [], places.tabular.rows
    monkeypatch.setattr(places.tabular, "rows", lambda path, *more: read.append(path) or rows(path, *more))
    for level in ("city", "county"):
        write(places.path_of(tmp_path), f"id,level\nleshan,{level}\n")
        assert [places.level(tmp_path, "leshan") for _ in range(3)] == [level] * 3
    assert len(read) == 2


def test_people_are_those_of_the_nearest_year_known(tmp_path):
    write(places.path_of(tmp_path), "id,level,population\nleshan,city,2010:30 2020:50\nemei,county,\n")
    found = [places.people(tmp_path, "leshan", year) for year in (1999, 2012, 2024)]
    assert found == [30, 30, 50]
    assert places.people(tmp_path, "emei", 2012) is None


@pytest.mark.parametrize(("people", "status"), [("2012:900000", "printed"), ("2012:300000", "plausible")])
def test_nobody_insures_more_people_than_live_there(tmp_path, people, status):
    write(places.path_of(tmp_path), f"id,level,population\nleshan,city,{people}\n")
    text = "2012年全市工作总结\n全市失业保险参保66.1万人。\n"
    assert ingest(tmp_path, "leshan", "--kind", "bureau-report", text=text) == 0
    (row,) = project.rows(tmp_path / "data/processed/leshan/panel.csv")
    assert (row["indicator"], row["status"]) == ("insured.unemployment", status)


def test_a_place_nobody_knows_is_a_city_and_that_is_said(tmp_path, capsys):
    assert ingest(tmp_path, "leshan") == 0
    assert "read as cities, as data/places.csv does not know them: leshan" in capsys.readouterr().err
    assert not places.path_of(tmp_path).exists()


def test_a_level_told_once_is_kept(tmp_path, capsys):
    assert ingest(tmp_path, "sichuan", "--level", "province") == 0
    assert capsys.readouterr().err == ""
    assert places.path_of(tmp_path).read_text("utf-8") == (
        "id,name,name_zh,code,level,parent\nsichuan,Sichuan,,,province,\n"
    )
    assert ingest(tmp_path, "sichuan") == 0
    assert ingest(tmp_path, "sichuan", "--level", "county") == 2
    assert "sichuan: is of level province in" in capsys.readouterr().err
    assert places.level(tmp_path, "sichuan") == "province"


def test_the_tables_of_a_place_are_made_again_when_its_level_changes(tmp_path):
    assert ingest(tmp_path, "leshan", "--level", "county") == 0
    refresh(tmp_path, "leshan")  # a template for decisions may have been written
    assert refresh(tmp_path, "leshan") is None
    rows = places.path_of(tmp_path).read_text("utf-8").replace("county", "city")
    write(places.path_of(tmp_path), rows)
    assert refresh(tmp_path, "leshan") is not None


def test_a_report_is_read_as_one_of_its_place(tmp_path):
    text = "2012年全省工作总结\n全省城镇新增就业37.2万人。乐山市城镇新增就业3.1万人。\n"
    assert ingest(tmp_path, "sichuan", "--level", "province", "--kind", "bureau-report", text=text) == 0
    table = tmp_path / "data/processed/sichuan/panel.csv"
    (row,) = [r for r in project.rows(table) if r["indicator"] == "employment.new_urban_jobs"]
    assert row["value"] == "372000"


CALLED = "id,name,name_zh,level\nguangyuan,Guangyuan,广元,city\nguangan,Guang'an,广安,city\n"


@pytest.mark.parametrize("name", ["guangyuan", "Guangyuan", "广元", "广元市"])
def test_a_region_goes_by_any_of_its_names(tmp_path, name):
    write(places.path_of(tmp_path), CALLED)
    assert ingest(tmp_path, name) == 0
    write(tmp_path / f"in/{name}/2013-government-report.txt", report(2013, "0.4"))
    assert cli.main(["--root", str(tmp_path), "ingest", str(tmp_path / "in")]) == 0
    assert [folder.name for folder in project.folders(tmp_path / "data/raw")] == ["guangyuan"]
    assert cli.main(["--root", str(tmp_path), "audit", name, "2012"]) == 0
    assert set(analysis.load(name, root=tmp_path)["region"]) == {"guangyuan"}
    assert analysis.page(region=name, year=2012, root=tmp_path).region == "guangyuan"
    assert set(analysis.review(name, root=tmp_path).table["region"]) <= {"guangyuan"}
    key = {"region": name, "year": 2011, "root": tmp_path}
    assert "3.72万" in analysis.evidence("employment.new_urban_jobs", **key).data


@pytest.mark.parametrize("command", ["audit {}", "export --region {}", "build --region {}"])
@pytest.mark.parametrize("name", ["guangyaun", "广无"])
def test_a_name_that_nobody_has_is_answered_with_the_nearest(tmp_path, capsys, command, name):
    write(places.path_of(tmp_path), CALLED)
    ingest(tmp_path, "guangyuan")
    (tmp_path / "notebooks").mkdir()
    assert cli.main(["--root", str(tmp_path), *command.format(name).split()]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert name in said and "did you mean 'guangyuan'" in said and len(said) < 200


def test_a_misspelt_region_makes_no_new_place_unless_its_level_is_said(tmp_path, capsys):
    write(places.path_of(tmp_path), CALLED)
    assert ingest(tmp_path, "guangyaun") == 2
    assert "? If it is another place, say with --level" in capsys.readouterr().err
    write(tmp_path / "in/guangyaun/2012-government-report.txt", report(2012))
    write(tmp_path / "in/wangcang/2012-government-report.txt", report(2012))
    assert cli.main(["--root", str(tmp_path), "ingest", str(tmp_path / "in")]) == 1
    assert [folder.name for folder in project.folders(tmp_path / "data/raw")] == ["wangcang"]
    assert ingest(tmp_path, "guangyaun", "--level", "city") == 0
    capsys.readouterr()
    assert ingest(tmp_path, "guangzhou", text=report(2012, "3.1")) == 0, "less alike than a slip"
    assert "guangzhou (or did you mean guang" in capsys.readouterr().err


def test_places_that_differ_in_digits_alone_are_no_slips(tmp_path):
    write(tmp_path / "data/raw/place-10/x", "")
    assert slip(tmp_path, "place-11") == "" != slip(tmp_path, "plac-10")


def test_of_a_folder_the_region_that_is_given_is_taken_in_alone(tmp_path, capsys):
    (tmp_path / "data/raw").mkdir(parents=True)
    for region in ("wangcang", "jiange"):
        write(tmp_path / f"in/{region}/2012-government-report.txt", report(2012))
    command = ["--root", str(tmp_path), "ingest", str(tmp_path / "in"), "--region"]
    assert cli.main([*command, "leshan"]) == 2
    assert "holds no report of leshan" in capsys.readouterr().err
    assert cli.main([*command, "jiange"]) == 0
    assert [folder.name for folder in project.folders(tmp_path / "data/raw")] == ["jiange"]
    assert "reports of other regions: 1 not taken in" in capsys.readouterr().out


@pytest.mark.parametrize("option", [["--year", "2012"], ["--kind", "communique"], ["--name", "2012-communique-2"]])
def test_what_the_files_of_a_folder_say_themselves_is_not_taken_from_the_command(tmp_path, capsys, option):
    write(tmp_path / "in/jiange/2012-government-report.txt", report(2012))
    assert cli.main(["--root", str(tmp_path), "ingest", str(tmp_path / "in"), *option]) == 2
    assert f"leave {option[0]} out" in capsys.readouterr().err


def test_year_and_kind_of_one_report_may_be_in_the_name_of_its_file(tmp_path, capsys):
    (tmp_path / "data/raw").mkdir(parents=True)
    command = ["--root", str(tmp_path), "ingest", "--region", "leshan"]
    assert cli.main([*command, str(write(tmp_path / "in/报告.txt", report(2012)))]) == 2
    assert "give --year" in capsys.readouterr().err
    assert cli.main([*command, str(write(tmp_path / "in/2012年政府工作报告.txt", report(2012)))]) == 0
    assert (tmp_path / "data/raw/leshan/2012-government-work-report.txt").exists()


def test_a_year_is_no_name_of_a_place(tmp_path, capsys):
    (tmp_path / "data/raw").mkdir(parents=True)
    write(tmp_path / "in/2012/2012-government-report.txt", report(2012))
    assert cli.main(["--root", str(tmp_path), "ingest", str(tmp_path / "in")]) == 1
    assert "region '2012': is no name of a place" in capsys.readouterr().err


def test_a_name_of_two_places_is_asked_about(tmp_path):
    write(places.path_of(tmp_path), "id,name,name_zh,level\na,Jilin,吉林,province\nb,Jilin,吉林,city\n")
    assert ingest(tmp_path, "吉林") == 2
    assert ingest(tmp_path, "b") == 0


def test_a_refused_report_leaves_no_place_behind(tmp_path):
    assert ingest(tmp_path, "sichuan", "--level", "province", text="一切都好。") == 2
    assert not places.path_of(tmp_path).exists()
    assert ingest(tmp_path, "leshan", "--level", "city") == 0
    stood = places.path_of(tmp_path).read_bytes()
    assert ingest(tmp_path, "sichuan", "--level", "province", text="一切都好。") == 2
    assert places.path_of(tmp_path).read_bytes() == stood


def test_many_new_places_are_of_the_level_told(tmp_path):
    (tmp_path / "data/raw").mkdir(parents=True)
    for region in ("wangcang", "jiange"):
        write(tmp_path / f"in/{region}/2012-government-report.txt", report(2012, "0.4"))
    write(tmp_path / "in/jiange/2012-government-report.txt", report(2012, "0.3"))
    write(tmp_path / "in/cangxi/2012-government-report.txt", "")
    command = ["--root", str(tmp_path), "ingest", str(tmp_path / "in"), "--level", "county"]
    assert cli.main(command) == 1
    levels = [places.level(tmp_path, name) for name in ("wangcang", "jiange", "cangxi")]
    assert levels == ["county", "county", "city"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,level\nleshan,town\n", r"places\.csv:2: column level: 'town'; use nation, province"),
        ("id,level\nleshan,city\nleshan,city\n", r"places\.csv:3: leshan is there twice"),
        ("id,level,population\nleshan,city,2010=3\n", r"places\.csv:2: column population: '2010=3'"),
        ("id,kind\nleshan,city\n", r"places\.csv:1: has no column 'level'"),
        ("id,level\na/b,city\n", r"places\.csv:2: column id: 'a/b': use letters"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, text, said):
    write(places.path_of(tmp_path), text)
    with pytest.raises(InputError, match=said):
        places.level(tmp_path, "leshan")

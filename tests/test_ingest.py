"""From documents to tables: panel, totals over years, decisions, and nothing left behind."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from analysis.intake import decisions, documents, ingest, standing
from analysis.system.errors import InputError
from analysis.tables import audit

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "data" / "raw" / "guangyuan", tmp_path / "data" / "raw" / "guangyuan")
    return tmp_path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def panel(root: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    table = rows(root / "data" / "processed" / "guangyuan" / "panel.csv")
    return {(r["year"], r["indicator"].split(".")[1], r["measure"]): r for r in table}


def test_the_committed_tables_are_what_the_documents_give(root: Path) -> None:
    shutil.copy(REPOSITORY / "data/places.csv", root / "data")
    ingest.refresh(root, "guangyuan")
    made = {p.relative_to(root): p.read_bytes() for p in (root / "data/processed").rglob("*.*")}
    stands = REPOSITORY / "data/processed/guangyuan"
    assert made == {p.relative_to(REPOSITORY): p.read_bytes() for p in stands.rglob("*.*")}
    assert not standing.due(REPOSITORY), "of every region: by its digests; `make verify` makes it again"


def test_a_second_refresh_has_nothing_to_do(root: Path) -> None:
    assert ingest.refresh(root, "guangyuan") is not None
    assert ingest.refresh(root, "guangyuan") is None
    again = ingest.refresh(root, "guangyuan", force=True)
    assert again is not None and again.changed == []


def test_the_second_source_settles_what_was_masked(root: Path) -> None:
    ingest.refresh(root, "guangyuan")
    jobs = panel(root)["2009", "new_urban_jobs", "outturn"]
    assert (jobs["value"], jobs["documents"]) == ("34000", "2009-labor-bureau-report 2010-government-work-report")
    assert panel(root)["2009", "new_urban_jobs", "completion"]["status"] == "conflict"
    target = panel(root)["2009", "new_urban_jobs", "target"]
    assert target["value"] == "28000" and "25,000" in target["note"]


def test_a_five_year_total_confirms_its_years_or_conflicts(root: Path) -> None:
    ingest.refresh(root, "guangyuan")
    folder = root / "data" / "processed" / "guangyuan"
    holds = {r["period"]: r["holds"] for r in rows(folder / "edits.csv")}
    assert holds == {"2011-2015": "False", "2016-2020": "True"}
    assert panel(root)["2018", "new_urban_jobs", "outturn"]["status"] == "confirmed"
    assert panel(root)["2013", "new_urban_jobs", "outturn"]["status"] == "printed"
    total = [r for r in rows(folder / "2016-government-work-report" / "observations.csv") if "-" in r["period"]]
    assert [(r["status"], r["low"]) for r in total] == [("conflict", "190700")]


def test_no_total_ceiling_or_target_is_a_years_result(root: Path) -> None:
    ingest.refresh(root, "guangyuan")
    facts = rows(REPOSITORY / "data" / "raw" / "guangyuan" / "2021-government-work-report.csv")
    stated = {(r["year"], r["measure"]): r["value"] for r in facts if r["indicator"].endswith("urban_jobs")}
    assert panel(root)["2020", "new_urban_jobs", "outturn"]["value"] == stated["2020", "outturn"]
    assert ("2016-2020", "cumulative") in stated


def test_tables_of_a_document_that_is_gone_go_too(root: Path) -> None:
    ingest.refresh(root, "guangyuan")
    (root / "data" / "raw" / "guangyuan" / "2005-government-work-report.csv").unlink()
    ingest.refresh(root, "guangyuan")
    assert not (root / "data" / "processed" / "guangyuan" / "2005-government-work-report").exists()


def test_a_decision_is_applied_and_its_absence_of_print_reported(root: Path) -> None:
    name = "2009-labor-bureau-report"
    path = root / "data" / "raw" / "guangyuan" / f"{name}.decisions.csv"
    path.write_text(
        "indicator,measure,period,value,who,why,printed\n"
        'insured.urban_resident_medical,outturn,2009,661000,Li Min,yearbook,"66 1 10,000"\n'
        "relations.wages_recovered,outturn,2009,13210000,Li Min,phone,133 1000 yuan\n",
        encoding="utf-8",
    )
    done = ingest.refresh(root, "guangyuan")
    assert done is not None
    seen = {o.indicator: o for o in done.reports[name].observations}
    assert seen["insured.urban_resident_medical"].value == 661000
    assert "decision:Li-Min" in seen["insured.urban_resident_medical"].basis.split()
    assert seen["relations.wages_recovered"].status == "unreadable"
    (idle,) = decisions.idle(root, "guangyuan")
    assert f"{path}: the decision of Li Min on relations.wages_recovered" in idle
    assert "133 1000 yuan" in idle


def test_a_fact_that_its_print_does_not_say_is_refused(root: Path) -> None:
    path = root / "data" / "raw" / "guangyuan" / "2012-government-work-report.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("35200", "45200"), encoding="utf-8")
    with pytest.raises(InputError, match=r"2012-government-work-report\.csv:\d+"):
        ingest.refresh(root, "guangyuan")


def test_tables_say_what_they_hold(root: Path) -> None:
    ingest.refresh(root, "guangyuan")
    folder = root / "data" / "processed" / "guangyuan"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = [f["name"] for f in package["resources"][0]["schema"]["fields"]]
    assert fields == list(rows(folder / "panel.csv")[0])


def test_audit_shows_status_print_basis_and_runner_up(root: Path) -> None:
    ingest.refresh(root, "guangyuan")
    text = audit.table(root, "guangyuan", 2009)
    (line,) = [x for x in text.splitlines() if "fund.maternity" in x]
    for part in ("4,100,000", "plausible", "0.4 1 100 million yuan", "maternity-per-head", "41,000,000"):
        assert part in line
    prints = json.loads(audit.table(root, "guangyuan", 2009, "json"))
    known = {
        (r["year"], r["indicator"], r["measure"]): r["status"]
        for r in rows(root / "data/processed/guangyuan/panel.csv")
    }
    for row in prints:
        key = (row["period"], row["indicator"], row["measure"])
        assert row["figure_status"] == known.get(key, row["status"])
    assert audit.table(root, "guangyuan", 2009, "csv").startswith("region,document,period")
    with pytest.raises(InputError, match="1949"):
        audit.table(root, "guangyuan", 1949)
    with pytest.raises(InputError, match="guangyuan"):
        audit.table(root, "nowhere")


def test_the_template_holds_just_the_open_figures(root: Path) -> None:
    ingest.refresh(root, "guangyuan")
    document = next(d for d in documents.list_documents(root, "guangyuan") if d.name == "2009-labor-bureau-report")
    path = decisions.write_template(root, document)
    assert path is not None
    template = rows(path)
    assert {r["indicator"] for r in template} >= {"relations.wages_recovered", "reconstruction.projects_started"}
    assert all(r["value"] == "" for r in template)
    assert decisions.write_template(root, document) is None
    assert ingest.refresh(root, "guangyuan") is None, "an undecided template changes no figure"


def test_a_jump_is_asked_about(root: Path) -> None:
    raw = root / "data" / "raw" / "guangyuan" / "2026-government-work-report.txt"
    raw.write_text("过去的一年，城镇新增就业33.8万人，城镇登记失业率3.4%。\n", encoding="utf-8")
    ingest.refresh(root, "guangyuan")
    says = audit.summary(root, "guangyuan", "2026-government-work-report")
    assert "338,000" in says and "a jump" in says


def test_versions_of_one_report_contradict_but_do_not_confirm_each_other(root: Path) -> None:
    raw = root / "data" / "raw" / "guangyuan"
    says = "过去的一年，城镇新增就业3.38万人，失业人员再就业1.{}万人。\n"
    for name, digit in (("2026-government-work-report", 2), ("2026-government-work-report-2", 6)):
        (raw / f"{name}.txt").write_text(says.format(digit), encoding="utf-8")
    ingest.refresh(root, "guangyuan")
    panel = rows(root / "data" / "processed" / "guangyuan" / "panel.csv")
    found = {r["indicator"]: r["status"] for r in panel if r["year"] == "2025"}
    assert found["employment.new_urban_jobs"] == "printed"
    assert found["employment.reemployed"] == "conflict"


@pytest.mark.parametrize(("issuer", "status"), [("Ministry", "conflict"), ("Treasury", "printed")])
def test_only_what_one_issuer_prints_has_to_add_up_across_documents(root: Path, issuer: str, status: str) -> None:
    raw = root / "data" / "raw" / "guangyuan"
    head = "year,indicator,measure,printed\n2030,fund_income."
    funds = {"": "basic_pension,outturn,100亿元\n2030,fund_income.urban_worker_pension,outturn,60亿元\n"}
    funds["-funds"] = "resident_pension,outturn,38亿元\n"
    for (name, says), who in zip(funds.items(), ("Ministry", issuer), strict=True):
        (raw / f"2030-communique{name}.csv").write_text(head + says, encoding="utf-8")
        (raw / f"2030-communique{name}.source.yaml").write_text(f'issuer: "{who}"\n', encoding="utf-8")
    ingest.refresh(root, "guangyuan")
    assert {panel(root)["2030", i, "outturn"]["status"] for i in ("basic_pension", "resident_pension")} == {status}


def test_numbers_about_labour_that_no_indicator_takes_are_told(root: Path) -> None:
    raw = root / "data" / "raw" / "guangyuan" / "2026-government-work-report.txt"
    raw.write_text(
        "过去的一年，城镇新增就业3.38万人。举办招聘活动57场，帮助乡村工匠就业1240名。修建公路88公里。\n",
        encoding="utf-8",
    )
    ingest.refresh(root, "guangyuan")
    says = audit.summary(root, "guangyuan", "2026-government-work-report")
    aside = says.partition("Left aside, as no indicator takes it:\n")[2]
    assert "1240" in aside and "3.38" not in aside and "88" not in aside

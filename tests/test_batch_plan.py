"""What is planned, and why."""

import json
import subprocess
import sys

import pytest

from analysis.batch import ledger, notebooks, outputs, plan
from analysis.batch.digests import read_region
from analysis.system.errors import InputError
from batch_projects import write_notebook, write_panel


@pytest.fixture
def root(tmp_path):
    for region in ("aba", "guangyuan"):
        write_panel(tmp_path, region, years=(2007, 2008, 2009))
    write_notebook(tmp_path, "audit")
    write_notebook(tmp_path, "trends", parameters='region: str = ""\nfirst_year = last_year = 0')
    write_notebook(tmp_path, "comparison", parameters='regions = []\nlanguage = "en"')
    return tmp_path


def runs_of(root, languages=("en",)):
    found, problems, _ = notebooks.read_all(root)
    assert not problems
    return plan.all_runs(root, found, languages)


def as_if_built(root):
    return {run.key: ledger.Record(run.fingerprint) for run in runs_of(root)}


def needed(root, records, **options):
    return {run.key: run.reason for run in plan.needed(root, runs_of(root), records, **options)}


def tagged(tags, source="region = ''\\nyear = 0"):
    cell = {"cell_type": "code", "source": source, "metadata": {"tags": tags}}
    return json.dumps({"metadata": {}, "cells": [cell]})


def write_document(root, region, document, text):
    raw = root / "data/raw" / region / f"{document}.txt"
    raw.write_text(text)
    folder = root / "data/processed" / region / document
    folder.mkdir(exist_ok=True)
    (folder / "observations.csv").write_text(f"value\n{len(text)}\n")


def test_a_notebook_runs_for_what_its_parameters_name(root):
    runs = {run.key: dict(run.parameters) for run in runs_of(root, ("en", "zh"))}
    assert len(runs) == 2 * 3 + 2 + 2
    assert runs["guangyuan/2009/audit"] == {"region": "guangyuan", "year": 2009}
    assert runs["aba/trends"] == {"region": "aba", "first_year": 2007, "last_year": 2009}
    assert runs["comparison.zh"] == {"regions": ["aba", "guangyuan"], "language": "zh"}


def test_figures_and_pages_go_where_readers_look_for_them(root):
    where = {run.notebook: (run.page, run.figures) for run in runs_of(root)}
    assert where["audit"] == ("reports/guangyuan/2009/audit.html", "figures/guangyuan/2009")
    assert where["trends"] == ("reports/guangyuan/trends.html", "figures/guangyuan/trends")
    assert where["comparison"] == ("reports/comparison.html", "figures/comparison")


def test_a_notebook_kept_out_of_the_batch_is_not_run(root):
    write_notebook(root, "tutorial", analysis={"batch": False})
    assert "tutorial" not in {run.notebook for run in runs_of(root)}


def test_one_changed_year_remakes_its_pages_the_next_year_s_the_trends_and_the_comparison(root):
    records = as_if_built(root)
    assert needed(root, records) == {}
    panel = root / "data/processed/guangyuan/panel.csv"
    panel.write_text(panel.read_text().replace("2008,employment.new,outturn,1", "2008,x,outturn,2"))
    assert needed(root, records) == dict.fromkeys(
        ("guangyuan/2008/audit", "guangyuan/2009/audit", "guangyuan/trends", "comparison"), "data changed"
    )


def test_a_changed_document_counts_for_the_years_it_speaks_of(root):
    panel = root / "data/processed/guangyuan/panel.csv"
    panel.write_text(
        "region,year,indicator,measure,value,documents\n"
        "guangyuan,2007,jobs,outturn,1,old\nguangyuan,2009,jobs,outturn,1,old report\n"
    )
    write_document(root, "guangyuan", "report", "one")
    records = as_if_built(root)
    write_document(root, "guangyuan", "report", "changed")
    assert set(needed(root, records)) == {"guangyuan/2009/audit", "guangyuan/trends", "comparison"}


def test_what_is_known_of_a_place_counts_for_its_pages_alone(root):
    places = root / "data/places.csv"
    places.write_text("id,level,population\naba,city,\nguangyuan,city,2008:30\n", encoding="utf-8")
    records = as_if_built(root)
    places.write_text("id,level,population\naba,city,\nguangyuan,city,2008:31\n", encoding="utf-8")
    pages = {run.key for run in runs_of(root) if run.key.startswith("guangyuan/")}
    assert set(needed(root, records)) == {*pages, "comparison"}


def test_a_document_counts_for_the_years_of_its_totals_and_months(root):
    stated = "period,indicator\n{},jobs\n"
    panel = root / "data/processed/guangyuan/panel.csv"
    panel.write_text("region,year,documents\nguangyuan,2007,\nguangyuan,2009,\n")
    folder = root / "data/processed/guangyuan"
    for name, period in (("plan", "2006-2010"), ("months", "2011-01/2011-09")):
        (folder / name).mkdir()
        (folder / name / "observations.csv").write_text(stated.format(period))
    years = read_region(root, "guangyuan").by_year
    assert list(years) == [2007, 2009, 2011]
    (folder / "plan/observations.csv").write_text(stated.format("2006-2010") + "2007,other\n")
    now = read_region(root, "guangyuan").by_year
    assert [year for year in years if now[year] != years[year]] == [2007, 2009]


def test_a_region_of_one_year_has_no_page_of_all_years(root):
    panel = root / "data/processed/guangyuan/panel.csv"
    panel.write_text("".join(panel.read_text("utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    keys = {run.key for run in runs_of(root)}
    assert "aba/trends" in keys and "guangyuan/trends" not in keys


def test_a_region_with_no_figure_of_a_whole_year_has_no_page_of_all_years(root):
    panel = root / "data/processed/guangyuan/panel.csv"
    panel.write_text("region,year,documents,indicator\n")
    (panel.parent / "months").mkdir()
    (panel.parent / "months/observations.csv").write_text("period,indicator\n2011-01/2011-09,jobs\n")
    keys = {run.key for run in runs_of(root) if run.key.startswith("guangyuan/")}
    assert keys == {"guangyuan/2011/audit"}


def test_a_decision_counts_for_its_document_whatever_dots_its_name_has(root):
    panel = root / "data/processed/guangyuan/panel.csv"
    panel.write_text("year,documents\n2007,report-v1\n2009,report-v1.2\n")
    decisions = root / "data/raw/guangyuan/report-v1.2.decisions.csv"
    for name in ("report-v1", "report-v1.2"):
        write_document(root, "guangyuan", name, "text")
    decisions.write_text("who,why\n")
    records = as_if_built(root)
    decisions.write_text("who,why\nLi,asked\n")
    assert "guangyuan/2009/audit" in needed(root, records)
    assert "guangyuan/2007/audit" not in needed(root, records)


def test_a_rule_across_documents_counts_for_the_years_they_speak_of(root):
    folder = root / "data/processed/guangyuan"
    (folder / "panel.csv").write_text("year,documents\n2007,old\n2009,new\n")
    for name in ("old", "new"):
        write_document(root, "guangyuan", name, "text")
    records = as_if_built(root)
    (folder / "edits.csv").write_text("period,documents,holds\n2009,new,False\n")
    assert set(needed(root, records)) == {"guangyuan/2009/audit", "guangyuan/trends", "comparison"}


def test_a_changed_notebook_remakes_its_own_runs(root):
    records = as_if_built(root)
    write_notebook(root, "trends", "1", parameters="region = ''\nfirst_year = last_year = 0")
    changed = "notebook changed"
    assert needed(root, records) == {"aba/trends": changed, "guangyuan/trends": changed}


def test_force_remakes_all(root):
    assert set(needed(root, as_if_built(root), force=True).values()) == {"forced"}


@pytest.mark.parametrize("name", ["requirements.lock", "CITATION.cff"])
def test_a_changed_lock_or_citation_remakes_all(root, name):
    records = as_if_built(root)
    (root / name).write_text("changed")
    plan.surroundings.cache_clear()
    assert set(needed(root, records).values()) == {"environment changed"}


def test_a_published_file_that_is_gone_or_altered_is_remade(root):
    page = root / "reports/comparison.html"
    page.parent.mkdir()
    page.write_text("page")
    records = as_if_built(root)
    stamps = {"reports/comparison.html": outputs.stamp(page)}
    records["comparison"] = ledger.Record(records["comparison"].fingerprint, stamps)
    page.touch()
    assert needed(root, records) == {}
    page.write_text("Page")
    altered = {"comparison": "reports/comparison.html is missing or altered"}
    assert needed(root, records) == altered
    page.unlink()
    assert needed(root, records) == altered


def test_a_year_brings_the_trends_and_the_comparison_it_enters(root):
    runs = runs_of(root)
    chosen = {r.key for r in plan.selected(runs, ["aba"], [2008])}
    assert chosen == {"aba/2008/audit", "aba/trends", "comparison"}


def test_selection_is_strict_and_says_what_there_is(root):
    runs = runs_of(root)
    with pytest.raises(InputError, match=r"no notebook to run for aba, 1900; there is 2007, 2008"):
        plan.selected(runs, ["aba"], [1900])


def test_opening_running_and_saving_a_notebook_marks_no_page_stale(root):
    path = root / "notebooks/audit.ipynb"
    words = root / "notebooks/text/audit.en.yaml"
    words.parent.mkdir()
    words.write_text("title: One")
    records = as_if_built(root)
    saved = json.loads(path.read_text())
    saved["metadata"]["language_info"] = {"name": "python", "version": "3.13.0"}
    output = {"name": "stdout", "output_type": "stream", "text": ["1\n"]}
    saved["cells"][0] |= {"execution_count": 7, "outputs": [output]}
    saved["cells"][0]["metadata"]["collapsed"] = False
    path.write_text(json.dumps(saved, indent=4))
    assert needed(root, records) == {}
    words.write_text("title: Another")
    assert set(needed(root, records).values()) == {"texts changed"}
    saved["cells"][0]["source"] += "\nyear += 1"
    path.write_text(json.dumps(saved))
    assert set(needed(root, records).values()) == {"notebook, texts changed"}


def test_a_torn_line_of_the_ledger_is_not_read(root):
    (root / ".build").mkdir()
    ledger.append(root, "a", ledger.Record({"data": "1"}))
    ledger.append(root, "b", ledger.Record({"data": "2"}, failed="reason"))
    file = root / ".build/ledger.jsonl"
    file.write_text(file.read_text()[:-5])
    assert ledger.read(root) == {"a": ledger.Record({"data": "1"})}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "not valid JSON"),
        ("[]", "not a notebook of format 4"),
        (json.dumps({"metadata": {}, "cells": []}), "no cell tagged `parameters`"),
        ("[" * 100_000, "nested too deeply"),
        (tagged(7), "not a notebook of format 4"),
        (tagged("parameters"), "the tags of a cell are no list"),
        (tagged(["parameters"], "("), "parameters cell: '\\(' was never closed"),
        (tagged(["parameters"], "-" * 100_000 + "1"), "parameters cell: cannot be read as Python"),
    ],
    ids=lambda value: value[:40],
)
def test_a_bad_notebook_is_one_line(tmp_path, content, message):
    path = tmp_path / "bad.ipynb"
    path.write_text(content)
    with pytest.raises(InputError, match=f"bad.ipynb: {message}"):
        notebooks.read(path)


@pytest.mark.parametrize("name", ["index", "small.zh", "v1.2"])
def test_a_notebook_whose_pages_would_take_other_names_is_to_be_renamed(root, name):
    with pytest.raises(InputError, match=f"{name}.ipynb: rename it"):
        notebooks.read(write_notebook(root, name))


def test_a_notebook_that_cannot_be_opened_stops_no_other(root):
    (root / "notebooks/link.ipynb").symlink_to("nowhere")
    (root / "notebooks/folder.ipynb").mkdir()
    found, problems, _ = notebooks.read_all(root)
    assert [n.name for n in found] == ["audit", "comparison", "trends"] and not problems


def test_parameters_that_name_no_subject_are_one_line(root):
    path = write_notebook(root, "odd", parameters="colour = 'red'")
    with pytest.raises(InputError, match="do not say what to run it for"):
        notebooks.read(path)


def test_planning_imports_nothing_heavy():
    code = "import sys, analysis.batch; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pandas", "numpy", "nbformat", "papermill", "jupyter_client", "tqdm", "asyncio"}
    assert not heavy & set(out.stdout.split())


@pytest.mark.parametrize(("about", "runs"), [(["fund"], 0), (["fund", "employment"], 6), ([], 6)])
def test_a_notebook_runs_only_for_years_with_a_figure_it_is_about(root, about, runs):
    path = root / "notebooks/audit.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["metadata"]["analysis"] = {"about": about}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert sum(run.notebook == "audit" for run in runs_of(root)) == runs


def test_only_places_of_one_level_are_compared_and_never_one_alone(root):
    places = root / "data/places.csv"
    places.write_text("id,level\naba,county\nguangyuan,city\n", encoding="utf-8")
    assert not [run for run in runs_of(root) if run.notebook == "comparison"]

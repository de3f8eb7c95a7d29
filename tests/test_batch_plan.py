"""What is planned, and why."""

import json
import subprocess
import sys

import pytest

from analysis.batch import ledger, notebooks, outputs, plan
from analysis.batch.digests import read_region
from analysis.errors import InputError
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
    found, problems = notebooks.read_all(root)
    assert not problems
    return plan.all_runs(root, found, languages)


def as_if_built(root):
    return {run.key: ledger.Record(run.fingerprint) for run in runs_of(root)}


def needed(root, records, **options):
    return {run.key: run.reason for run in plan.needed(root, runs_of(root), records, **options)}


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
        ("guangyuan/2008/audit", "guangyuan/2009/audit", "guangyuan/trends", "comparison"),
        "data changed",
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
    assert set(needed(root, records)) == {
        "guangyuan/2009/audit",
        "guangyuan/trends",
        "comparison",
    }


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


def test_a_changed_notebook_remakes_its_own_runs(root):
    records = as_if_built(root)
    write_notebook(root, "trends", "1", parameters="region = ''\nfirst_year = last_year = 0")
    changed = "notebook changed"
    assert needed(root, records) == {"aba/trends": changed, "guangyuan/trends": changed}


def test_a_changed_lock_remakes_all_and_so_does_force(root):
    records = as_if_built(root)
    assert set(needed(root, records, force=True).values()) == {"forced"}
    (root / "requirements.lock").write_text("pandas==0")
    plan.environment.cache_clear()
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
    with pytest.raises(InputError, match=r"no notebook to run for nowhere; there is aba, aba/2007"):
        plan.selected(runs, ["nowhere"], None)


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
    ],
)
def test_a_bad_notebook_is_one_line(tmp_path, content, message):
    path = tmp_path / "bad.ipynb"
    path.write_text(content)
    with pytest.raises(InputError, match=f"bad.ipynb: {message}"):
        notebooks.read(path)


def test_parameters_that_name_no_subject_are_one_line(root):
    path = write_notebook(root, "odd", parameters="colour = 'red'")
    with pytest.raises(InputError, match="do not say what to run it for"):
        notebooks.read(path)


def test_planning_imports_nothing_heavy():
    code = "import sys, analysis.batch; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pandas", "numpy", "nbformat", "papermill", "jupyter_client", "tqdm", "asyncio"}
    assert not heavy & set(out.stdout.split())

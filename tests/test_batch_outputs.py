"""What a build may write and remove: plain files below figures/ and reports/, and nothing else."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.batch import build, ledger, outputs
from analysis.batch.run import as_seen
from analysis.system.errors import AnalysisError, InputError
from batch_projects import plain_pages, write_notebook, write_panel


@pytest.fixture
def root(tmp_path):
    """A project beside a file that is none of its own, and links that lead there."""
    root = tmp_path / "project"
    (root / "reports/here").mkdir(parents=True)
    (root / "reports/here/page.html").write_text("page")
    (root / "data/raw").mkdir(parents=True)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "page.html").write_text("page")
    (root / "reports/linked").symlink_to(outside)
    (root / "figures").symlink_to(outside)
    return root


FOREIGN = [
    "../outside/page.html",
    "reports/../../outside/page.html",
    "reports/./here/page.html",
    "{outside}/page.html",
    "reports/linked/page.html",
    "figures/page.html",
    "data/raw/report.txt",
    "reports",
    "reports/",
    "reports//here/page.html",
    "reports/here/page.html/../page.html",
    "reports/\0",
    "reports/\ud800",
    "reports/" + "long" * 200,
    "",
]


@pytest.mark.parametrize("path", FOREIGN)
def test_nothing_is_removed_that_is_no_output_of_the_project(root, path):
    (root / "data/raw/report.txt").write_text("as received")
    outside = root.parent / "outside"
    before = sorted(p for p in root.parent.rglob("*"))
    outputs.remove(root, [path.format(outside=outside)])
    assert sorted(p for p in root.parent.rglob("*")) == before


def test_an_output_is_removed_with_the_folders_this_empties(root):
    outputs.remove(root, ["reports/here/page.html", "reports/here/gone.html"])
    assert not (root / "reports/here").exists()
    assert (root / "reports").is_dir()


def test_only_a_plain_file_in_plain_folders_stands(root):
    page = root / "reports/here/page.html"
    stamp = outputs.stamp(page)
    assert outputs.stands(root, "reports/here/page.html", stamp)
    assert not outputs.stands(root, "reports/linked/page.html", stamp)
    kept = page.rename(root / "reports/here/kept.html")
    page.symlink_to(kept)
    assert not outputs.stands(root, "reports/here/page.html", stamp)
    page.unlink()
    os.mkfifo(page)
    assert not outputs.stands(root, "reports/here/page.html", (0, 0, ""))


def test_nothing_is_published_through_a_link_and_a_page_takes_the_place_of_one(root):
    made = root / "made.html"
    made.write_text("new")
    with pytest.raises(AnalysisError, match="reports/linked is a link"):
        outputs.publish(root, {"reports/linked/page.html": made})
    page = root / "reports/here/page.html"
    page.unlink()
    page.symlink_to(root.parent / "outside/page.html")
    outputs.publish(root, {"reports/here/page.html": made})
    assert page.read_text() == "new" and not page.is_symlink()
    assert (root.parent / "outside/page.html").read_text() == "page"


RECORD = '{"fingerprint": {"data": "1"}, "outputs": %s, "failed": ""}'


@pytest.mark.parametrize(
    "line",
    [
        "7",
        "null",
        "[]",
        '["a"]',
        '["a", 7]',
        '["a", {}]',
        "{" * 100_000,
        '["a", {"x": 1}]',
        '[7, {"fingerprint": {}}]',
        '["../a", {"fingerprint": {}}]',
        '["a", {"fingerprint": []}]',
        '["a", {"fingerprint": {"data": 7}}]',
        '["a", {"fingerprint": {}, "failed": 7}]',
        *(
            f'["a", {RECORD % given}]'
            for given in (
                "[]",
                "7",
                '{"../x": [1, 2, "x"]}',
                '{"data/raw/x.txt": [1, 2, "x"]}',
                '{"/x": [1, 2, "x"]}',
                '{"reports/x": "x"}',
                '{"reports/x": [1, "2", "x"]}',
            )
        ),
    ],
    ids=lambda line: line[:40],
)
def test_a_line_of_the_ledger_that_no_build_wrote_is_not_heeded(tmp_path, line):
    good = ledger.Record({"data": "1"}, {"reports/a.html": (1, 2, "x")})
    (tmp_path / ".build").mkdir()
    ledger.append(tmp_path, "good", good)
    with (tmp_path / ".build/ledger.jsonl").open("a") as file:
        file.write(line + "\n")
    ((key, record),) = ledger.read(tmp_path).items()
    assert (key, dict(record.outputs)) == ("good", {"reports/a.html": [1, 2, "x"]})
    assert ledger.read_all(tmp_path)[1] == 1


def test_a_ledger_from_elsewhere_deletes_no_file_and_is_said(tmp_path, capsys):
    write_panel(tmp_path)
    report = tmp_path / "data/raw/guangyuan/report.txt"
    report.write_text("as received")
    (tmp_path / ".build").mkdir()
    line = f'["gone", {RECORD}]' % '{"data/raw/guangyuan/report.txt": [1, 2, "x"]}'
    (tmp_path / ".build/ledger.jsonl").write_text(line + "\n{\n")
    write_notebook(tmp_path, "small", "1")
    assert build(tmp_path, dry_run=True) == 0
    said = ".build/ledger.jsonl: 2 lines cannot be read; their runs are made again\n"
    assert said in capsys.readouterr().out
    (tmp_path / "notebooks/small.ipynb").unlink()
    assert build(tmp_path) == 0
    assert report.read_text() == "as received"
    assert said in capsys.readouterr().out
    assert build(tmp_path) == 0
    assert said not in capsys.readouterr().out, "the lines are gone"


@pytest.mark.parametrize("place", [".build/failed", ".build/ledger.jsonl", "reports"])
def test_what_is_made_is_made_in_the_project_folder_and_not_where_links_lead(tmp_path, place):
    root = tmp_path / "project"
    write_panel(root)
    write_notebook(root, "small", "1")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / place).parent.mkdir(exist_ok=True)
    (root / place).symlink_to(elsewhere)
    with pytest.raises(InputError, match=f"{place}: "):
        build(root)
    assert not list(elsewhere.iterdir())


def test_a_damaged_panel_is_named_and_an_empty_one_removes_no_page(tmp_path):
    write_panel(tmp_path)
    write_notebook(tmp_path, "small", "1")
    page = tmp_path / "reports/guangyuan/2008/small.html"
    page.parent.mkdir(parents=True)
    page.write_text("page")
    stands = {"reports/guangyuan/2008/small.html": outputs.stamp(page)}
    (tmp_path / ".build").mkdir()
    ledger.append(tmp_path, "guangyuan/2008/small", ledger.Record({}, stands))
    (tmp_path / "data/raw/guangyuan/2008-labor-bureau-report.txt").write_text("as received")
    panel = tmp_path / "data/processed/guangyuan/panel.csv"
    for content in (b"", b"year\n20x9\n", b"year\n2009,2\n", "year\n年\n".encode("gbk"), b"\0"):
        panel.write_bytes(content)
        with pytest.raises(InputError, match=r"panel.csv: damaged .*run `analysis build`"):
            build(tmp_path)
    panel.write_text("region,year\n")
    with plain_pages(index=lambda root: None):
        assert build(tmp_path) == 0
    assert page.exists()


@given(st.text(alphabet="ab\r\n", max_size=30))
def test_of_a_line_that_is_written_over_the_last_is_seen(text):
    assert as_seen(text) == re.sub(r".*\r(?=[^\n])", "", text)


def test_one_line_of_many_overwrites_is_read_once():
    assert as_seen("\r".join(map(str, range(500_000)))) == "499999"


@pytest.mark.parametrize("timeout", [10**20, 1_000_001, 0, -1, float("nan"), float("inf")])
def test_a_time_limit_beyond_every_clock_is_refused_in_a_sentence(tmp_path, timeout):
    write_panel(tmp_path)
    write_notebook(tmp_path, "small", "1")
    with pytest.raises(InputError, match="--timeout: a run may take up to 1,000,000 s, not"):
        build(tmp_path, timeout=timeout)

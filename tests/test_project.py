"""Where things stand in a project, and what in it is nobody's data."""

from __future__ import annotations

import pytest

from analysis.batch import digests, notebooks
from analysis.intake import bulk, documents, ingest
from analysis.system import project
from analysis.system.errors import InputError
from short_reports import report, write

FOREIGN = (
    ".ipynb_checkpoints/copy.csv",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "~$2012-government-work-report.docx",
    "._2012-government-work-report.txt",
    ".~lock.2012-government-work-report.decisions.csv#",
    "2012-government-work-report.txt~",
)


def litter(folder) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FOREIGN:
        write(folder / name, "left by another program")


def test_what_other_programs_leave_stops_nothing_and_changes_nothing(tmp_path):
    write(tmp_path / "data/raw/leshan/2012-government-work-report.txt", report(2012))
    ingest.rebuild(tmp_path)
    before = digests.read_region(tmp_path, "leshan")
    processed = tmp_path / "data/processed"
    for folder in (
        tmp_path / "data/raw",
        tmp_path / "data/raw/leshan",
        processed,
        processed / "leshan",
        processed / "leshan/2012-government-work-report",
        tmp_path / "notebooks",
    ):
        litter(folder)
    write(tmp_path / "notebooks/._trend.ipynb", "left by macOS")
    assert ingest.rebuild(tmp_path, force=False) == []
    assert digests.read_region(tmp_path, "leshan") == before
    assert project.regions(tmp_path) == ["leshan"]
    assert project.documents(tmp_path, "leshan") == ["2012-government-work-report"]
    assert len(documents.list_documents(tmp_path, "leshan")) == 1
    assert notebooks.read_all(tmp_path) == ([], [], [])
    assert (processed / "leshan/.ipynb_checkpoints/copy.csv").exists()


def test_a_folder_of_reports_is_taken_in_without_what_is_foreign(tmp_path):
    write(tmp_path / "leshan/2012-government-report.txt", report(2012))
    for folder in (tmp_path, tmp_path / "leshan"):
        litter(folder)
    found, others = bulk.in_folder(tmp_path, None)
    assert [arrival.label for arrival in found] == ["leshan/2012-government-report.txt"]
    assert others == []


@pytest.mark.parametrize("name", ["Thumbs.db", "__pycache__", "~x", ".x", "a/b", ".."])
def test_a_region_cannot_be_called_like_what_is_ignored(name):
    with pytest.raises(InputError, match="use letters"):
        project.check_name(name, "region")

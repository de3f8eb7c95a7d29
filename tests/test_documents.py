"""Documents of a region: names, and receiving."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake import documents
from analysis.intake.documents import Document, check_free, incoming, list_documents, stored
from analysis.intake.received import receive
from analysis.system.errors import InputError
from analysis.system.project import parse_name
from analysis.tables import sources
from analysis.tables.sources import Source
from short_reports import report, write

KIND = "government-report"
NAME = "2012-government-work-report"


def everything(folder: Path) -> dict[str, str]:
    return {
        str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()
    }


def take(path, root, region="leshan", name=None, replace=False, **options) -> Document:
    named = documents.usual_name(2012, KIND, name)
    each = incoming(path, root, region, named, received=receive(path), **options)
    check_free(root, each, (), replace)
    with stored(root, [each]) as (document,):
        return document


def test_kind_and_year_are_those_of_the_name():
    assert parse_name("2009-labor-bureau-report") == (2009, "bureau-report")
    assert parse_name("2012-government-work-report-draft") == (2012, KIND)
    assert parse_name("2021-communique") == (2021, "communique")
    for wrong in ("report", "2012", "12-government-work-report", f"{NAME}-", f"{NAME}2"):
        with pytest.raises(InputError, match="name it like"):
            parse_name(wrong)


@pytest.mark.parametrize("content", [report(2012), report(2012).replace("\n", "\r\n"), "\ufeff3万人"])
def test_a_report_is_copied_byte_for_byte(tmp_path, content):
    path = write(tmp_path / "in.txt", content)
    document = take(path, tmp_path)
    assert document.path == tmp_path / "data/raw/leshan" / f"{NAME}.txt"
    assert document.path.read_bytes() == path.read_bytes()
    assert documents.text_of(document) == content.removeprefix("\ufeff")
    assert list_documents(tmp_path, "leshan") == [document]


def test_another_encoding_is_stored_as_utf_8_beside_what_was_received(tmp_path):
    path = write(tmp_path / "in.txt", report(2012), "gb18030")
    document = take(path, tmp_path)
    assert document.path.read_bytes() == report(2012).encode()
    kept = sources.received(tmp_path, "leshan", NAME)
    assert kept and kept.read_bytes() == path.read_bytes()
    source = documents.source_of(document)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.format == "GB18030"
    kept.write_bytes(b"x")
    with pytest.raises(InputError, match="is not the file that came in"):
        documents.source_of(document)


def test_a_document_replaced_keeps_its_source_and_takes_what_was_received_with_it(tmp_path):
    first = write(tmp_path / "1.txt", report(2012), "gb18030")
    document = take(first, tmp_path, told=Source(title="T", issuer="I"))
    stood = everything(tmp_path / "data")
    assert len(stood) == 3
    take(write(tmp_path / "2.txt", report(2012)), tmp_path)  # the same text: nothing is forgotten
    assert everything(tmp_path / "data") == stood
    take(write(tmp_path / "3.txt", report(2012, "9.9")), tmp_path, replace=True)
    assert len(everything(tmp_path / "data")) == 2
    assert documents.source_of(document) == Source(title="T", issuer="I")
    take(write(tmp_path / "4.txt", report(2012, "9.8")), tmp_path, replace=True, told=Source(title="U"))
    assert documents.source_of(document) == Source(title="U", issuer="I")
    take(first, tmp_path, replace=True)
    document.path.unlink()
    assert [line.partition(": ")[2] for line in documents.left_over(tmp_path, "leshan")] == [
        f"is of {NAME}, which is gone"
    ] * 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"region": "a/b"}, "no slash"),
        ({"region": ".."}, "no slash"),
        ({"name": "2013-government-work-report"}, "begin it with 2012-government-work-report"),
        ({"name": "x/y"}, "name it like"),
    ],
)
def test_a_refused_name_writes_nothing(tmp_path, options, said):
    path = write(tmp_path / "in.txt", report(2012))
    with pytest.raises(InputError, match=said):
        take(path, tmp_path, **options)
    assert list(everything(tmp_path)) == ["in.txt"]


def test_another_text_of_that_name_is_kept_unless_replaced(tmp_path):
    first, second = (write(tmp_path / f"{j}.txt", report(2012, j)) for j in ("3.72", "3.73"))
    document = take(first, tmp_path)
    take(first, tmp_path)  # the same again is no question
    with pytest.raises(InputError, match=rf"{NAME}\.txt holds another text; give --replace"):
        take(second, tmp_path)
    assert document.path.read_bytes() == first.read_bytes()
    take(second, tmp_path, name=f"{NAME}-2")
    assert len(list_documents(tmp_path, "leshan")) == 2
    take(second, tmp_path, replace=True)
    assert document.path.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("before", [None, "txt", "csv"])
def test_what_fails_later_leaves_the_folder_as_it_was(tmp_path, before):
    path = write(tmp_path / "in.txt", report(2012))
    if before:
        write(tmp_path / f"data/raw/leshan/{NAME}.{before}", "x")
    stood = everything(tmp_path)
    each = incoming(path, tmp_path, "leshan", NAME, received=receive(path))
    with pytest.raises(RuntimeError), stored(tmp_path, [each]):
        raise RuntimeError
    assert everything(tmp_path) == stood


def test_a_file_that_is_no_document_is_named(tmp_path):
    write(tmp_path / "data/raw/leshan/notes.txt", "x")
    with pytest.raises(InputError, match=r"notes\.txt: document 'notes': name it like"):
        list_documents(tmp_path, "leshan")


def test_one_document_cannot_be_two_files(tmp_path):
    for suffix in ("txt", "csv"):
        write(tmp_path / f"data/raw/leshan/{NAME}.{suffix}", "x")
    with pytest.raises(InputError, match="stands beside it; keep one"):
        list_documents(tmp_path, "leshan")


@given(st.text(min_size=1).filter(lambda text: text.strip(" \t\r\n\ufeff")))
def test_any_text_is_kept_as_it_is_or_refused_whole(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("any")
    path = root / "in.txt"
    try:
        path.write_bytes(text.encode("utf-8"))
    except UnicodeEncodeError:
        return
    try:
        document = take(path, root)
    except InputError:
        assert list(everything(root)) == ["in.txt"]
    else:  # where a table was set aside, beside its text
        kept = [document.path, *document.path.parent.glob("received/*")]
        assert path.read_bytes() in [each.read_bytes() for each in kept]


def test_a_text_that_is_nothing_but_a_table_is_no_report(tmp_path):
    path = tmp_path / "in.txt"
    path.write_text("0\t0")
    with pytest.raises(InputError, match="is a table"):
        take(path, tmp_path)

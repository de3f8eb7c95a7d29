"""What a file is, before anything is read from it."""

from __future__ import annotations

import pytest

from analysis.encodings import detect, read_text
from analysis.errors import InputError
from short_reports import REPORT, write

TRADITIONAL = "二零一二年政府工作報告\n城鎮新增就業3.72萬人，城鎮登記失業率控制在4.5%以內。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_as_it_is_without_its_mark(tmp_path, encoding):
    path = write(tmp_path / "a.txt", REPORT, encoding)
    assert read_text(path) == (REPORT, True)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(e, REPORT) for e in ("gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be")]
    + [("big5", TRADITIONAL), ("utf-16", "12,580 new jobs\n")],
)
def test_another_encoding_is_named_and_taken_on_demand(tmp_path, encoding, text):
    path = write(tmp_path / "a.txt", text, encoding)
    with pytest.raises(
        InputError, match=r"a\.txt: is .*, not UTF-8; give --encoding (\S+)"
    ) as error:
        read_text(path)
    said = str(error.value).partition("--encoding ")[2].split()[0]
    assert read_text(path, said) == (text, False)
    assert read_text(path, "auto") == (text, False)


def test_line_ends_are_kept_because_spans_count_them(tmp_path):
    assert read_text(write(tmp_path / "a.txt", "1\r\n2\r3\n"))[0] == "1\r\n2\r3\n"


@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(tmp_path, content):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.txt: is empty"):
        read_text(tmp_path / "a.txt")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "is a PDF"),
        (b"PK\x03\x04\x14\x00", "is a Word or ZIP file"),
        (bytes(range(256)) * 9, "is a binary file"),
        (b"new jobs 3\x00\x00\x00", "is a binary file"),
    ],
)
def test_what_is_not_text_is_refused(tmp_path, content, said):
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(InputError, match=said):
        read_text(tmp_path / "a.txt")


@pytest.mark.parametrize("broken", [b"\xff", b"\xed\xa0\x80", b"\xe5\x9f"])
def test_broken_utf_8_is_named_by_line_and_byte(tmp_path, broken):
    start, rest = REPORT[:60].encode(), REPORT[60:].encode()
    (tmp_path / "a.txt").write_bytes(start + broken + rest)
    line = REPORT[:60].count("\n") + 1
    with pytest.raises(InputError, match=rf"a\.txt:{line}: is not UTF-8 \(byte {len(start)}\)"):
        read_text(tmp_path / "a.txt")


def test_missing_files_folders_and_unknown_encodings_are_refused(tmp_path):
    for path, encoding, said in (
        (tmp_path / "none.txt", None, "no such file"),
        (tmp_path, None, "is a folder"),
        (write(tmp_path / "a.txt", REPORT, "gb18030"), "gb1803", "no such encoding"),
        (write(tmp_path / "b.txt", REPORT), "gb18030", "is UTF-8 already"),
    ):
        with pytest.raises(InputError, match=said):
            read_text(path, encoding)


def test_english_in_a_western_encoding_is_not_taken_for_chinese():
    assert detect("Jobs – 3,656 “new” posts, 4 % café".encode("cp1252")) is None

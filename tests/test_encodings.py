"""What a file is, before anything is read from it."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from analysis.intake.encodings import detect, read_text
from analysis.system.errors import InputError
from short_reports import REPORT, write

ROOT = Path(__file__).parent.parent
TRADITIONAL = "二零一二年政府工作報告\n城鎮新增就業3.72萬人，城鎮登記失業率控制在4.5%以內。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_as_it_is_without_its_mark(tmp_path, encoding):
    path = write(tmp_path / "a.txt", REPORT, encoding)
    assert read_text(path) == (REPORT, True)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(e, REPORT) for e in ("gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")]
    + [("big5", TRADITIONAL), ("utf-16", "12,580 new jobs\n")],
)
def test_another_encoding_is_named_and_taken_on_demand(tmp_path, encoding, text):
    path = write(tmp_path / "a.txt", text, encoding)
    with pytest.raises(InputError, match=r"a\.txt: is .*, not UTF-8; give --encoding (\S+)") as error:
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
        (b"PK\x03\x04\x14\x00", "is a damaged ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1" + "WordDocument".encode("utf-16-le"), "is a Word document"),
        (b"{\\rtf1\\ansi 3}", "is an RTF document"),
        (b"\x89PNG\r\n", "is a picture"),
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
    text = "Jobs – 3,656 “new” posts in the café of the town, and unemployment at 4 %"
    assert detect(text.encode("cp1252")) == "cp1252"
    assert detect(text.encode("utf-8") + b"\x93") is None  # broken UTF-8, and no other encoding


@pytest.mark.parametrize(
    ("taken", "was", "text"),
    [
        ("cp1252", "utf-8", REPORT),
        ("latin-1", "utf-8", REPORT),
        ("latin-1", "gb18030", REPORT),
        ("cp1252", "gb18030", REPORT),
        ("gb18030", "utf-8", REPORT),
        ("big5", "gb18030", REPORT),
        ("gb18030", "big5", TRADITIONAL * 3),
        ("cp1252", "big5", TRADITIONAL * 3),
        ("utf-8", "gb18030", REPORT),
        ("utf-16-le", "utf-16-be", REPORT),
    ],
)
def test_text_read_in_a_wrong_encoding_is_refused_by_name(tmp_path, taken, was, text):
    path = write(tmp_path / "a.txt", text.encode(was).decode(taken, "replace"))
    with pytest.raises(InputError, match=r"a\.txt: is mojibake: .*; take the file as it first was"):
        read_text(path)


def test_an_encoding_that_makes_mojibake_is_not_believed(tmp_path):
    path = write(tmp_path / "a.txt", REPORT, "gb18030")
    for wrong in ("latin-1", "cp437"):
        with pytest.raises(InputError, match="is mojibake: GB18030 text that was read as"):
            read_text(path, wrong)
    for wrong in ("undefined", "punycode", "idna", "hex", "nonsense"):
        with pytest.raises(InputError, match=r"is not|no such encoding"):
            read_text(path, wrong)


READ = [
    *(ROOT / "tests/corpus").glob("*.txt"),
    *(ROOT / "tests/cases").rglob("*.txt"),
    *(ROOT / "data/raw").rglob("*.txt"),
]


def test_no_real_text_is_taken_for_mojibake_or_another_format():
    assert len(READ) > 200
    for path in READ:
        read_text(path)


PAGE = "<p class=MsoNormal><span style='font-size:16.0pt'>城镇新增就业3万人</span></p>\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"<!DOCTYPE html>\n<html><body>{PAGE}</body></html>", "a web page (HTML)"),
        (f"  <?xml version='1.0'?>\n<!-- x -->\n<html xmlns='y'>{PAGE}", "a web page (HTML)"),
        (PAGE * 3, "a web page (HTML)"),
        ("城镇新增就业3万人<br>失业率4%<br/>\n<br />", "a web page (HTML)"),
        ("p.MsoNormal {mso-style-parent:; margin:0cm; font-size:16.0pt;}\n城镇新增就业3万人", "style"),
        ("From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n", "MHTML"),
        ("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "MHTML"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_source_of_a_page_is_no_report(tmp_path, content, said, encoding):
    path = write(tmp_path / "report.txt", content, encoding)
    with pytest.raises(InputError, match=r"report\.txt: is ") as error:
        read_text(path, "auto")
    assert said in str(error.value) and "take it in with `analysis ingest`" in str(error.value)


def test_prose_with_angles_and_a_tag_is_a_report(tmp_path):
    text = REPORT + "失业率<4.5%，就业率>90%。《劳动合同法》<b>重点</b>\n"
    assert read_text(write(tmp_path / "a.txt", text))[0] == text


@pytest.mark.parametrize(
    ("inside", "content", "said"),
    [
        ("word/document.xml", "x", "a Word document"),
        ("xl/workbook.xml", "x", "an Excel workbook"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "a LibreOffice document"),
        ("OFD.xml", "x", "an OFD document"),
        ("2012.txt", "x", "a ZIP archive"),
    ],
)
def test_packed_documents_are_known_by_what_is_in_them(tmp_path, inside, content, said):
    with zipfile.ZipFile(tmp_path / "a.txt", "w") as packed:
        packed.writestr(inside, content)
    with pytest.raises(InputError, match=rf"a\.txt: is {said}, not text; "):
        read_text(tmp_path / "a.txt")


def test_what_has_no_end_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", Path("/dev/zero"), Path("/dev/random")):
        with pytest.raises(InputError, match="is a pipe or a device, not a file; give -"):
            read_text(path)
    long = tmp_path / "long.txt"
    long.touch()
    os.truncate(long, 2**40)
    with pytest.raises(InputError, match=r"long\.txt: is larger than 50 MB"):
        read_text(long)

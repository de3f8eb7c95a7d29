"""Reports in the files they come in: the figures are those of the text, whatever it is set as."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

import made
from analysis import reading
from analysis.intake import arrivals
from analysis.intake.arrivals import Arrival, Conditions
from analysis.intake.readers import pdf
from analysis.intake.received import Received, receive
from analysis.system.errors import AnalysisError, InputError
from analysis.system.limits import TookTooLong, time_limit
from analysis.tables import sources
from short_reports import REPORT, report, write

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*-report.txt"))
REPORTS = CORPUS[:: len(CORPUS) // 22][:22]
TABLE = [["指标", "单位", "2014", "2015"], ["城镇新增就业", "万人", "3.1", "9.9"], ["参保人数", "人", "7", "8"]]


def received(tmp_path: Path, data: bytes, name: str = "report.txt") -> Received:
    (tmp_path / name).write_bytes(data)
    return receive(tmp_path / name)


def figures(text: str, name: str) -> list[tuple[object, ...]]:
    kind = "government-report" if "government" in name else "bureau-report"
    read = reading.read(text, region="a", document="b", year=int(name.split("-")[1]), kind=kind)
    return sorted((o.period, o.indicator, o.measure, str(o.low), str(o.high), o.status) for o in read.observations)


def assert_same_figures(path: Path, text: str, got: str) -> None:
    if made.lines(text) != made.lines(got):
        assert figures(text, path.name) == figures(got, path.name)


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_a_report_set_as_pdf_states_what_its_text_states(tmp_path, path):
    text = made.printable(path.read_text("utf-8-sig"))
    got = received(tmp_path, made.pdf(text))
    assert got.suffix == ".pdf" and "— 2 —" not in got.text
    assert_same_figures(path, text, got.text)


@pytest.mark.parametrize("path", [REPORTS[2], REPORTS[9]], ids=lambda p: p.stem)
def test_a_report_on_a_web_page_states_what_its_text_states_and_nothing_of_the_site(tmp_path, path):
    text = path.read_text("utf-8-sig")
    for shape, data in made.pages(text).items():
        got = received(tmp_path, data)
        for stray in ("41000", "1234567", "16.0", "88万", "31111"):
            assert stray not in got.text, shape
        assert_same_figures(path, text, got.text)


@pytest.mark.parametrize("path", REPORTS[3:18:7], ids=lambda p: p.stem)
def test_a_report_as_word_document_is_its_text(tmp_path, path):
    text = path.read_text("utf-8-sig")
    got = received(tmp_path, made.word(text, TABLE))
    assert [line.split() for line in got.text.splitlines()] == [line.split() for line in made.lines(text)]
    assert got.notes[1].startswith("left out: 1 table with 6 numbers")


def test_a_report_of_a_few_lines_is_told_from_a_site_of_many(tmp_path):
    for shape, data in made.pages(REPORT).items():
        if shape != "archive":
            got = received(tmp_path, data).text
            assert "41000" not in got and "88万" not in got, shape
            assert {*REPORT.splitlines()} <= {*got.splitlines()}, shape


def test_a_page_says_where_it_was_saved_from(tmp_path):
    assert received(tmp_path, made.pages(REPORT)["archive"]).url == "https://example.org/report.html"
    saved = b"<!-- saved from url=(0027)https://example.org/a.html -->\n" + made.pages(REPORT)["article"]
    assert received(tmp_path, saved).url == "https://example.org/a.html"


def test_a_table_is_set_aside_and_a_frame_around_prose_is_none(tmp_path):
    got = received(tmp_path, made.pdf(made.printable(REPORT), table=TABLE))
    assert "9.9" not in got.text and "3.72" in got.text
    assert any("left out: 1 table with 6 numbers" in note for note in got.notes)
    framed = made.word("", [[line] for line in REPORT.splitlines()])
    assert received(tmp_path, framed).text == REPORT


def test_a_table_of_one_row_or_one_column_is_no_sentence(tmp_path):
    text = made.printable("2015年工作总结\n" + report(2015))
    for rows in ([["城镇新增就业", "99人"]], [["失业保险", "万人", "7.7"]], [["城镇新增就业99人"]]):
        files = {"word": made.word(text, rows), "page": made.page(text, rows)}
        files |= {"pdf": made.pdf(text, table=rows)} if len(rows[0]) > 1 else {}
        for name, data in files.items():
            got = received(tmp_path, data)
            assert rows[0][-1] not in got.text, name
            assert any("left out: 1 table with 1 number;" in note for note in got.notes), name
    kept = [["（一）", "城镇新增就业99人，比上年多9人"], ["左栏", "2015年3月4日"]]
    assert "99人" in received(tmp_path, made.word(text, kept)).text, "a frame around prose"


def test_two_pages_are_read_as_one_text_without_running_title_and_page_number(tmp_path):
    line = "城镇新增就业38500人，失业保险参保人数达到11.2万人，"
    text = made.printable("2015年工作总结\n2015年，" + line * 40 + line[:-1] + "。")
    got = received(tmp_path, made.pdf(text, title="2015年工作总结"))
    assert "— 1 —" not in got.text
    assert made.lines(got.text) == made.lines(text)


def test_a_table_within_a_text_is_set_aside_and_a_text_that_is_one_is_no_report(tmp_path):
    rows = "\n".join("\t".join(row) for row in TABLE)
    got = received(tmp_path, f"{REPORT}{rows}\n以上数据未经审计。\n".encode())
    assert got.text == f"{REPORT}以上数据未经审计。\n" and not got.is_text
    assert got.notes == ("left out: 1 table with 6 numbers; give it as a sheet (.xlsx, .csv) to take its figures in",)
    for encoding in ("utf-8", "utf-16", "gb18030"):
        with pytest.raises(InputError, match=r"is a table; call it report\.csv"):
            received(tmp_path, rows.encode(encoding))
    for path in CORPUS:
        assert receive(path).is_text, path


def test_words_struck_out_or_there_twice_for_old_programs_are_read_once(tmp_path):
    inside = (
        "<w:p><w:del><w:r><w:delText>3.60</w:delText></w:r></w:del><w:ins><w:r><w:t>3.72</w:t></w:r></w:ins>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>万</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>万</w:t>"
        "</w:r></mc:Fallback></mc:AlternateContent><w:r><w:tab/><w:t>人</w:t></w:r></w:p>"
    )
    body = made.document(inside)
    assert received(tmp_path, made.packed({"word/document.xml": body})).text == "3.72万 人\n"


def test_a_page_with_a_broken_byte_is_read_and_one_with_many_is_not(tmp_path):
    page = made.pages(REPORT)["gb2312"]
    assert "3.72万人" in received(tmp_path, page.replace("。".encode("gb18030"), b"\x80\xff", 1)).text
    with pytest.raises(InputError, match="is mojibake"):
        received(tmp_path, page.replace("，".encode("gb18030"), b"\xff\xff"))


def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path):
    draw = random.Random(19)
    files = [made.pdf(made.printable(REPORT)), made.word(REPORT, TABLE), *made.pages(REPORT).values()]
    for data in files * 6:
        broken = bytearray(data)
        for _ in range(draw.randint(1, 4)):
            at = draw.randrange(len(broken))
            broken[at : at + draw.choice((0, 1, 60))] = draw.randbytes(draw.choice((0, 1, 9)))
        try:
            received(tmp_path, bytes(broken))
        except InputError as error:
            assert "\n" not in str(error)


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as file:
        for _ in range(210):
            file.write(bytes(10**6))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: made.pdf(""), "is a scan: its pages are pictures without a text layer"),
        (lambda: made.pdf(REPORT)[:900], "is a PDF document that is damaged"),
        (lambda: made.pdf("就业3万人", password="x"), "is a PDF document that is under a password"),
        (lambda: made.packed({"word/document.xml": "<w"}), "is a Word document that is damaged"),
        (lambda: made.packed({"word/other.xml": "<w/>"}), "is a Word document that is damaged"),
        (bomb, "is an archive that holds more than 200 MB"),
        (lambda: made.packed({"xl/workbook.xml": ""}), "is an Excel workbook; give it by itself"),
        (lambda: b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), r"\(.doc\), which is not read; save it as"),
        (lambda: b"<html><body><div></div></body></html>", "is a web page in which no article was found"),
        (
            lambda: made.pages(REPORT)["article"].decode().encode("utf-8").decode("gb18030", "replace").encode(),
            "is mojibake: ",
        ),
    ],
)
def test_what_holds_no_text_is_refused_by_what_it_is(tmp_path, data, said):
    with pytest.raises(InputError, match=said):
        received(tmp_path, data())


@pytest.mark.parametrize("opened", ["<div>", "<table><tr><td>", "<ul><li>", "<b>", "<w:p>", "<w:tbl>"])
def test_a_file_nested_without_end_is_read_or_refused_within_its_time(tmp_path, opened):
    deep = opened * 60_000 + "城镇新增就业3万人"
    data = made.packed({"word/document.xml": made.document(deep)}) if "w:" in opened else deep.encode()
    with time_limit(20, "it"):
        try:
            received(tmp_path, data)
        except AnalysisError as error:
            assert not isinstance(error, TookTooLong)


def test_what_was_received_is_kept_beside_its_text_with_where_it_is_from(tmp_path):
    path = tmp_path / "in/2012.pdf"
    path.parent.mkdir()
    path.write_bytes(made.pdf(made.printable(report(2012))))
    write(tmp_path / "in/2012.source.yaml", "issuer: 乐山市人民政府\npublished: 2012-02-08\n")
    told = sources.Source(title="政府工作报告", url="https://example.org/2012.pdf")
    arrival = Arrival(path, "leshan", 2012, "government-report", "2012.pdf")
    (outcome,) = arrivals.take(tmp_path, "leshan", [arrival], Conditions(told=told))
    assert outcome.told and outcome.notes == ("read as a PDF document",)
    source = sources.load(tmp_path, "leshan", outcome.document)
    assert (source.title, source.issuer, source.published) == ("政府工作报告", "乐山市人民政府", "2012-02-08")
    kept = sources.received(tmp_path, "leshan", outcome.document)
    assert kept and kept.read_bytes() == path.read_bytes()
    package = (tmp_path / "data/processed/leshan/datapackage.json").read_text("utf-8")
    assert '"path": "https://example.org/2012.pdf"' in package and source.sha256 in package


def test_a_pdf_that_breaks_lines_within_numbers_loses_none():
    """Its program breaks a line between any two signs."""
    numbers = ["38500", "3.85万", "12.5%", "1,234.5万"] * 8
    filler = "去年全市各项工作完成得都很好"
    text = [
        f"{filler * 3}{filler[: n % 14]}城镇新增就业{number}人，其他任务也都落实了。"
        for n, number in enumerate(numbers)
    ]
    read = pdf.read(made.pdf(made.printable("\n".join(text)), words="[!-~]")).text
    assert {number: read.count(f"业{number}人") for number in numbers} == dict.fromkeys(numbers, 8)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tittle: x", "'tittle' is not known here; use title"),
        ("published: soon", "published: 'soon' is no date"),
        ("published: 2012-02-30", "published: '2012-02-30' is no date"),
        ("url: javascript:x", "is no address"),
        ("title: [a]", "needs one line"),
        ("- x", "needs `key: value` lines"),
        ("{", "cannot be read"),
        ("received: ../../x", "is no name of a file"),
    ],
)
def test_a_source_that_cannot_be_right_is_named(tmp_path, text, said):
    path = write(tmp_path / "a.source.yaml", text)
    with pytest.raises(InputError, match=rf"a\.source\.yaml: .*{said}"):
        sources.read(path)

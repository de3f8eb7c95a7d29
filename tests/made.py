"""Texts as files of other kinds: PDF, saved web pages, Word documents."""

from __future__ import annotations

import html
import io
import quopri
import re
import unicodedata
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

FONT = Path(__file__).parent.parent / "src/analysis/charts/fonts/AnalysisSansSC-Regular.otf"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@lru_cache
def _glyphs() -> set[str]:
    from fontTools.ttLib import TTFont

    return {chr(code) for code in TTFont(FONT).getBestCmap()}


def printable(text: str) -> str:
    """A text in the characters that the font has; the figures in it stay what they are."""
    plain = {sign: unicodedata.normalize("NFKC", sign) for sign in set(text) - {"\n"} - _glyphs()}
    return text.translate({ord(sign): other if {*other} <= _glyphs() else "的" for sign, other in plain.items()})


def pdf(
    text: str,
    size: float = 16,
    table: list[list[str]] | None = None,
    password: str = "",
    title: str = "",
    words: str = r"[!-~]+",
) -> bytes:
    """A text set on A4 with a page number below each page, as offices print it; a table behind it.

    A running title stands above each page, the number beside it. `words` is a pattern of what no line
    breaks in.
    """
    from fpdf import FPDF

    class Paged(FPDF):
        def header(self) -> None:
            if title:
                self.set_font_size(size / 2)
                self.cell(0, 10, f"{title} {self.page_no()}", align="R", new_x="LMARGIN", new_y="NEXT")
                self.set_font_size(size)

        def footer(self) -> None:
            self.set_y(-15)
            if text:
                self.cell(0, 10, f"— {self.page_no()} —", align="C")

    made = Paged()
    made.add_font("font", fname=FONT)
    made.set_font("font", size=size)
    if password:
        made.set_encryption(owner_password=password, user_password=password)
    made.add_page()
    made.rect(5, 5, 3, 3)
    for paragraph in text.splitlines():
        for line in _broken(paragraph, made.get_string_width, made.epw - 3, words):
            made.cell(0, size * 0.6, line, new_x="LMARGIN", new_y="NEXT")
        made.ln(size * 0.4 if paragraph.isascii() else 0)  # Latin text parts paragraphs by a space
    for row in table or ():
        for cell in row:
            made.cell(45, 10, cell)
        made.ln()
    return bytes(made.output())


def _broken(paragraph: str, width: Callable[[str], float], most: float, words: str) -> list[str]:
    """A paragraph in lines, broken between any two signs that are not both of one of the `words`."""
    out = [""]
    for piece in re.findall(words + r"|\s|[“（《]*[^!-~\s][，。；：、）》”％]*", paragraph):
        if width(out[-1] + piece) > most:
            out[-1] = out[-1].rstrip(" ")
            out.append(piece.lstrip(" "))
        else:
            out[-1] += piece
    return out


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


MENU = "".join(
    f"<li><a href='/{n}'>{name}</a></li>"
    for n, name in enumerate(("首页", "政务公开", "新闻中心", "办事服务", "互动交流", "走进我市"))
)
NEWS = "".join(
    f"<li><a href='/news/{n}.html'>{title}</a><span>2016-03-1{n}</span></li>"
    for n, title in enumerate(
        ("全市城镇新增就业41000人", "外地城市失业率降至2.1%", "我市召开就业工作会议", "社保参保人数突破88万人")
    )
)
SITE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>工作报告_市人民政府</title>
<style>p {{font-size:16.0pt; line-height:28.0pt;}}</style><script>var visits = 12345;</script></head><body>
<div id="nav"><ul>{menu}</ul></div><div class="crumbs"><a href="/">首页</a> &gt; <a href="/1">报告</a></div>
{body}
<div class="sidebar"><h3>相关链接</h3><ul>{news}</ul></div>
<div id="footer"><p>主办：市人民政府办公室 电话：0839-3260000 访问量：1234567</p></div></body></html>"""


def _site(body: str, charset: str = "utf-8") -> bytes:
    return SITE.format(body=body, menu=MENU, news=NEWS, charset=charset).encode(charset)


def _tagged(text: str, each: str, between: str = "\n") -> str:
    return between.join(each.format(html.escape(line)) for line in lines(text))


def _numbers_apart(text: str) -> str:
    """Paragraphs as Word saves them: every run of digits in a span of its own."""
    span = "<span lang=EN-US style='font-size:16.0pt;font-family:仿宋'>{}</span>"
    return "".join(
        "<p class=MsoNormal style='text-indent:32.0pt;line-height:28.0pt'><span style='font-size:16.0pt'>"
        + re.sub(r"[\d.,%]+", lambda m: span.format(m[0]), html.escape(line))
        + "<o:p></o:p></span></p>\n"
        for line in lines(text)
    )


def _strong(text: str) -> str:
    """Paragraphs that begin in bold, wherever that ends."""
    return "".join(f"<p><strong>{html.escape(line[:10])}</strong>{html.escape(line[10:])}</p>" for line in lines(text))


def page(text: str, table: list[list[str]]) -> bytes:
    """A text as a web page; a table above it."""
    rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in table)
    data = "<table border=1><tr>" + "</tr><tr>".join(rows) + "</tr></table>"
    return _site(f"<div class='article'><h1>工作报告</h1>{data}{_tagged(text, '<p>{}</p>')}</div>")


def pages(text: str) -> dict[str, bytes]:
    """A text as eleven shapes of web page, from plain to those of old sites."""
    body = _tagged(text, "<p>{}</p>")
    article = f'<div class="article"><h1>工作报告</h1><p>发布日期：2016-03-01 浏览：3456次</p>{body}</div>'
    breaks = f"<div id='zoom'>{_tagged(text, '　　{}', '<br>')}</div>"
    frame = (
        f"<table width='980'><tr><td><table><tr><td>{MENU}</td></tr></table></td></tr><tr><td>{body}</td></tr></table>"
    )
    columns = f"<table><tr><td width=200><ul>{NEWS}</ul></td><td>{body}</td></tr></table>"
    word = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta http-equiv=Content-Type "
        "content='text/html; charset=gb2312'><style>p.MsoNormal {mso-style-parent:'';font-size:16.0pt;}"
        f"</style></head><body lang=ZH-CN><div class=Section1>{_numbers_apart(text)}</div></body></html>"
    )
    data = [["指标", "单位", "2014", "2015"], ["城镇新增就业", "人", "31111", "32222"]]
    archived = quopri.encodestring(_site(article))
    archive = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/report.html\r\n"
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n'
        b"--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + archived
        + b"\r\n--x\r\nContent-Type: image/png\r\n\r\n\r\n--x--\r\n"
    )
    return {
        "article": _site(article),
        "gb2312": _site(article, "gb18030"),
        "div for p": _site(_tagged(text, "<div>{}</div>")),
        "spans": _site(f"<div id='content'>{_numbers_apart(text)}</div>"),
        "breaks": _site(breaks),
        "strong": _site(_strong(text)),
        "frame of tables": _site(frame),
        "columns of tables": _site(columns),
        "table of data": page(text, data),
        "Word": word.encode("gb18030"),
        "archive": archive,
    }


def word(text: str, table: list[list[str]] | None = None) -> bytes:
    """A text as a Word document; a table behind it."""
    paragraph = "<w:p><w:r><w:t xml:space='preserve'>{}</w:t></w:r></w:p>"
    body = "".join(paragraph.format(html.escape(line)) for line in lines(text))
    if table:
        rows = ("".join(f"<w:tc>{paragraph.format(cell)}</w:tc>" for cell in row) for row in table)
        body += "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    return packed({"word/document.xml": document(body)})


def document(body: str) -> str:
    """The main part of a Word document."""
    again = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f"<w:document xmlns:w='{_WORD}' xmlns:mc='{again}'><w:body>{body}</w:body></w:document>"


def packed(files: dict[str, str]) -> bytes:
    """Files in a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()

"""Pages as readers get them: real notebooks run, rendered, and opened in a browser."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import shutil
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, pairwise, product
from pathlib import Path
from threading import Thread

import nbformat
import pandas as pd
import pytest
from nbformat import v4

from analysis.batch import build
from analysis.codebook.notes import Code, encode, note
from analysis.intake import ingest
from analysis.pages import downloads, pictures, render
from analysis.pages.observations import Evidence
from analysis.tables import extract

ROOT = Path(__file__).parent.parent
REPORT = "2009-labor-bureau-report"
PAGES = [
    "guangyuan/2009/audit.html",
    "guangyuan/2009/employment.html",
    "guangyuan/2009/fund-collection.html",
    "guangyuan/2009/fund-collection.zh.html",
    "guangyuan/2009/insurance-coverage.html",
    "guangyuan/2009/labour-relations.zh.html",
    "guangyuan/2009/reconstruction.html",
    "guangyuan/region.html",
    "comparison.html",
]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
GIF = base64.b64decode("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=")
PHONE, DESKTOP = {"width": 360, "height": 800}, {"width": 1280, "height": 900}

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def root(browser, warm_process, tmp_path_factory) -> Path:
    """A project with pages over a region, over its years, and of one year in two languages."""
    root = tmp_path_factory.mktemp("pages")
    for part, place in product(("raw", "processed"), ("guangyuan", "mianyang")):
        shutil.copytree(ROOT / f"data/{part}/{place}", root / f"data/{part}/{place}")
    shutil.copytree(ROOT / "notebooks/text", root / "notebooks/text")
    wanted = {Path(page).name.split(".")[0] for page in PAGES}
    for name in ("region", "comparison"):
        shutil.copy(ROOT / f"notebooks/{name}.ipynb", root / "notebooks")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("analysis.batch.server.forking", warm_process)
        assert build(root) == 0
        for name in wanted:
            shutil.copy(ROOT / f"notebooks/{name}.ipynb", root / "notebooks")
        assert build(root, regions=["guangyuan"], years=[2009], languages=("en", "zh")) == 0
    return root


def asked(tab) -> list[str]:
    """What a page asked for: itself, and whether it lies among the others."""
    return [url for url in tab.asked if not url.startswith("data:")]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_leaves_the_page_and_it_fits(root, visit, name):
    path = root / "reports" / name
    assert path.stat().st_size < 1_500_000
    for viewport in (PHONE, DESKTOP):
        tab = visit(path, viewport)
        tab.wait_for_load_state("networkidle")
        beside = [path.with_suffix(".svg")] if path.with_suffix(".xlsx").is_file() else []
        assert asked(tab) == [each.as_uri() for each in (path, root / "reports/here.svg", *beside)]
        assert tab.complaints == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        pictures = tab.locator(".canvas svg").evaluate_all("all => all.map(svg => svg.getBoundingClientRect().right)")
        assert all(right <= viewport["width"] for right in pictures)


def test_the_policy_stops_what_a_notebook_would_ask(tmp_path, visit):
    came = []

    class Recorder(BaseHTTPRequestHandler):
        def do_GET(self):
            came.append(self.path)
            self.send_error(404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}"
    output = nbformat.v4.new_output(
        "display_data",
        {
            "text/html": (
                "<script>document.title = 'run'</script>"
                f"<img alt='' src='{there}/x.png' onerror=\"document.title = 'run'\">"
                f"<link rel='stylesheet' href='{there}/x.css'><script src='{there}/x.js'></script>"
                f"<iframe title='x' src='{there}/x.html'></iframe>"
            )
        },
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[output])])
    path = tmp_path / "asking.html"
    path.write_text(render(notebook, tmp_path, title="Asked"), "utf-8")
    tab = visit(path, offline=False)
    tab.wait_for_timeout(500)
    server.shutdown()
    server.server_close()
    assert came == [] and tab.title() == "Asked"
    refused = [said for said in tab.complaints if "ERR_FILE_NOT_FOUND" not in said]  # it is alone
    assert len(refused) >= 4 and all("Content Security" in said for said in refused)


#: What a report may hold; a page's source is refused, but this may stand in text.
SNEAKY = (
    "<svg onload=\"document.title='run'\"><img src=x onerror=\"document.title='run'\">' "
    "onmouseover='x \" <a href=javascript:x>"
    f"${{style}} {{{{ 7 * 7 }}}} &lt;b&gt; <!-- ]]> {'unbroken' * 40} "
)
HOSTILE = f"</style></script><script>document.title='run'</script>{SNEAKY}"


def test_a_hostile_report_is_only_text(root, visit, tmp_path, quick):
    folder = tmp_path / "data/raw/guangyuan"
    folder.mkdir(parents=True)
    text = (ROOT / f"data/raw/guangyuan/{REPORT}.txt").read_bytes().decode("utf-8")
    spoilt = re.sub(r"(?<=[,.;]) (?=[A-Za-z])", lambda m: f" {SNEAKY}", text)
    (folder / f"{REPORT}.txt").write_text(spoilt, "utf-8")
    ingest.rebuild(tmp_path)
    spoil_notes(tmp_path / f"data/processed/guangyuan/{REPORT}/observations.csv")
    shutil.copytree(ROOT / "notebooks/text", tmp_path / "notebooks/text")
    for name in ("audit", "employment"):
        shutil.copy(ROOT / f"notebooks/{name}.ipynb", tmp_path / "notebooks")
    assert build(tmp_path, years=[2009]) == 0
    for name in ("audit", "employment"):
        tab = visit(tmp_path / f"reports/guangyuan/2009/{name}.html")
        tab.wait_for_timeout(200)
        assert tab.complaints == [] and len(asked(tab)) == 2
        assert tab.title() != "run"
        for element in ("main script", "svg[onload]", "img[onerror]", "[onmouseover]", "a[href^=javascript]"):
            assert tab.locator(element).count() == 0, element
        quoted = tab.locator(".evidence blockquote").all_text_contents()
        assert quoted and any("onerror=" in text for text in quoted)
        tab.set_viewport_size(PHONE)
        assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def spoil_notes(path: Path) -> None:
    """Hostile notes and prints, as a person's decisions may bring them in."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["note"], row["note_code"] = HOSTILE, encode([note(Code.SAID, text=HOSTILE)])
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize("name", PAGES)
def test_every_figure_leads_to_its_evidence(root, visit, name):
    tab = visit(root / "reports" / name)
    dangling = tab.evaluate(
        """[...document.querySelectorAll('a[href^="#"], svg a')]
        .map(a => a.getAttribute('href') || a.getAttribute('xlink:href'))
        .filter(h => !document.getElementById(h.slice(1)))"""
    )
    assert dangling == []
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))
    assert tab.locator("a.figure").count() > 0


def test_the_sentence_is_the_reports_own(root, visit):
    text = (ROOT / f"data/raw/guangyuan/{REPORT}.txt").read_bytes().decode("utf-8")
    tab = visit(root / "reports/guangyuan/2009/audit.html")
    quoted = tab.locator(f".evidence[id^='e-{REPORT}'] blockquote p").evaluate_all(
        "all => all.map(p => [p.textContent, p.querySelector('mark').textContent])"
    )
    assert len(quoted) > 40
    for sentence, token in quoted:
        assert sentence.strip("…") in text and token and token in sentence


def test_a_fact_leads_to_its_line(root, visit):
    tab = visit(root / "reports/guangyuan/region.html")
    lines = tab.locator(".evidence figcaption", has_text=".csv, line ").all_text_contents()
    assert lines
    for said in lines:
        name, line = re.search(r"([\w-]+\.csv), line (\d+)", said).groups()
        stated = (ROOT / "data/raw/guangyuan" / name).read_text("utf-8").splitlines()
        assert stated[int(line) - 1]


def test_a_page_leads_to_the_years_beside_it_the_other_topics_the_region_and_the_language(root, visit):
    page = root / "reports/guangyuan/2009/employment.html"
    ways = visit(page).locator(".ways a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert {"../../index.html", "../region.html", "audit.html", "employment.zh.html"} <= set(ways)
    assert {"../2008/employment.html", "../2010/employment.html"} <= set(ways)
    there = [way for way in ways if "/2008/" not in way and "/2010/" not in way]
    assert all((page.parent / way).is_file() for way in there)


def test_a_page_mailed_alone_says_so_and_leads_nowhere(root, visit, tmp_path):
    shutil.copy(root / "reports/guangyuan/2009/employment.html", tmp_path / "page.html")
    tab = visit(tmp_path / "page.html")
    tab.locator(".alone").wait_for(state="visible")
    assert tab.locator(".ways a[href]").count() == 0
    assert visit(root / "reports/guangyuan/2009/employment.html").locator(".alone").is_hidden()


def test_the_files_beside_a_page_are_linked_where_a_folder_is_shared_and_not_where_the_page_is_alone(
    root, visit, tmp_path
):
    for name, suffixes in (("folder", (".html", ".xlsx", ".svg")), ("alone", (".html",))):
        (tmp_path / name).mkdir()
        for suffix in suffixes:
            shutil.copy(root / f"reports/guangyuan/region{suffix}", tmp_path / name)
    for name, linked in (("folder", 1), ("alone", 0)):
        tab = visit(tmp_path / name / "region.html")
        tab.locator(".alone").wait_for(state="visible")
        tab.wait_for_function(f"document.querySelectorAll('figure a[data-beside][href]').length === {linked}")


def transferred(tab):
    """The link of the 788,000 transferred, its long table unfolded."""
    link = tab.locator("a.figure", has_text="788,000").first
    if not link.is_visible():
        tab.locator("details:not([open])", has=link).locator("summary").first.click()
    return link


def test_the_documents_own_text_opens_at_the_mark(root, visit):
    tab = visit(root / "reports/guangyuan/2009/audit.html")
    transferred(tab).click()
    tab.locator("dialog [data-open]").first.click()
    whole = tab.locator("dialog .whole")
    whole.wait_for()
    assert whole.locator("mark").inner_text() == "788,000"
    text = (ROOT / f"data/raw/guangyuan/{REPORT}.txt").read_text("utf-8")
    assert whole.evaluate("e => e.textContent") == text


def test_evidence_is_folded_and_has_an_address(root, visit):
    path = root / "reports/guangyuan/2009/audit.html"
    tab = visit(path)
    assert tab.locator("details.evidence[open], details.notes[open]").count() == 0
    assert tab.evaluate("document.documentElement.scrollHeight") < 9000
    transferred(tab).click()
    tab.evaluate("navigator.clipboard.writeText = (text) => { window.copied = text; }")
    tab.locator("[data-copy=link]").click()
    address = tab.evaluate("window.copied")
    tab.goto("about:blank")
    tab.goto(address)
    assert "788,000" in tab.locator(".evidence[open] blockquote").inner_text()


def test_on_a_phone_wide_tables_are_cards_and_no_text_is_small(root, visit):
    tab = visit(root / "reports/guangyuan/2009/audit.html", {"width": 390, "height": 844})
    wide = tab.locator(".cell .scroll:has(table.cards)")
    assert wide.count() > 0
    assert all(wide.evaluate_all("all => all.map(e => e.scrollWidth <= e.clientWidth)"))
    small = tab.evaluate(
        """[...document.querySelectorAll('main *, header *, footer *')].filter(e =>
        !e.closest('svg') && e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 &&
        n.textContent.trim()) && parseFloat(getComputedStyle(e).fontSize) < 12).length"""
    )
    assert small == 0


def test_the_regions_page_gives_all_its_figures_as_one_table(root, visit, tmp_path):
    tab = visit(root / "reports/guangyuan/region.html")
    with tab.expect_download() as got:
        tab.locator("[data-name='guangyuan-all-years.csv']").click()
    got.value.save_as(tmp_path / "all.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "all.csv").read_text("utf-8-sig"))))
    book, notebook = (
        root / "reports/guangyuan" / tab.locator(f"{part} a[data-beside]").get_attribute("href")
        for part in ("figure", "footer")
    )
    assert len(pd.read_excel(book, engine="calamine")) == len(rows)
    nbformat.validate(nbformat.read(notebook, 4))
    panel = (ROOT / "data/processed/guangyuan/panel.csv").read_text("utf-8")
    assert tuple(rows[0]) == extract.COLUMNS
    assert len(rows) == len(list(csv.DictReader(io.StringIO(panel))))


def test_a_long_table_of_all_years_stands_beside_the_page(monkeypatch):
    evidence = Evidence(ROOT, ["guangyuan"], "en")
    assert "packed" in downloads.of_all_years("guangyuan", "guangyuan/region", evidence)
    monkeypatch.setattr(downloads, "_HEAVY", 10)
    offered = downloads.of_all_years("guangyuan", "guangyuan/region", evidence)
    assert offered == {"name": "guangyuan-all-years", "csv": "region.csv", "excel": "region.xlsx"}


def test_a_passage_that_says_nothing_leaves_no_step_of_its_own(tmp_path):
    blank = v4.new_output("display_data", data={"text/markdown": "", "text/plain": "<Markdown>"})
    table = v4.new_output("display_data", data={"text/html": "<p>told</p>"})
    cells = [v4.new_code_cell("say()", outputs=[blank]), v4.new_code_cell("show()", outputs=[table])]
    assert render(v4.new_notebook(cells=cells), tmp_path).count('<details class="code">') == 1


@pytest.mark.parametrize(("rows", "folded"), [(40, False), (41, True)])
def test_a_long_table_can_be_folded_and_says_how_long_it_is(tmp_path, rows, folded):
    table = f"<table><tr><th>a</th></tr>{'<tr><td>1</td></tr>' * rows}</table>"
    output = v4.new_output("display_data", data={"text/html": table})
    page = render(v4.new_notebook(cells=[v4.new_code_cell("t", outputs=[output])]), tmp_path)
    assert ('<details class="section" open>' in page) == (f"Table of {rows} rows" in page) == folded


@pytest.mark.parametrize(
    ("title", "broken"),
    [("广元2009年就业情况", "广元2009年<wbr>就业情况"), ("广元2009年：全部指标", "广元2009年：全部指标")],
)
def test_a_chinese_title_breaks_behind_its_year_and_never_before_a_mark(tmp_path, title, broken):
    page = render(v4.new_notebook(cells=[v4.new_markdown_cell(f"# {title}")]), tmp_path, language="zh")
    assert f">{broken}</h1>" in page


def test_what_other_peoples_notebooks_show_is_in_the_page_or_named(tmp_path, visit):
    png = base64.b64encode(PIXEL).decode("ascii")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/local.png").write_bytes(PIXEL)
    text = (
        "# Pictures and links\n\n## A part: of it\n\n![pasted](attachment:p.png)\n\n![local](local.png)"
        "\n\n![gone](gone.png)\n\n[there](#A-part:-of-it)"
    )
    cell = v4.new_markdown_cell(text, attachments={"p.png": {"image/png": png}})
    shown = [
        {"image/gif": base64.b64encode(GIF).decode("ascii"), "text/plain": "moving"},
        {"text/latex": r"$\alpha$"},
        {"application/json": {"a": 1}},
        {"application/x-own": "?"},
    ]
    outputs = [v4.new_output("display_data", data=data) for data in shown]
    notebook = v4.new_notebook(cells=[cell, v4.new_code_cell("show()", outputs=outputs)])
    path = tmp_path / "page.html"
    path.write_text(render(notebook, tmp_path), "utf-8")
    tab = visit(path)
    there = tab.locator("main img").evaluate_all("all => all.map(i => i.naturalWidth > 0)")
    assert tab.evaluate("getComputedStyle(document.querySelector('main img')).maxWidth") == "100%"
    assert "100%" in tab.evaluate("getComputedStyle(document.querySelector('.cell > img')).maxWidth")
    assert there == [True, True, False, True]
    tab.locator("main a", has_text="there").click()
    assert tab.locator(":target").inner_text() == "A part: of it"
    text = tab.inner_text("main")
    assert r"$\alpha$" in text and '"a": 1' in text and "application/x-own" in text
    assert notebook.metadata["analysis"]["lacks"] == ["gone.png", "application/x-own"]


def test_growth_leads_to_both_years(root, visit):
    tab = visit(root / "reports/guangyuan/2009/employment.html")
    years = tab.locator("[id^=d-]").evaluate_all(
        "all => all.map(home => home.dataset.evidence.split(' ').map(r => r.slice(-4)))"
    )
    assert ["2009", "2008"] in years


def test_evidence_opens_and_closes_by_keyboard(root, visit):
    tab = visit(root / "reports/guangyuan/2009/employment.html")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    link = tab.locator("a.figure", has_text="34,000").first
    while not link.evaluate("a => a === document.activeElement"):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement !== document.body")
    tab.keyboard.press("Enter")
    dialog = tab.locator("dialog[open]")
    assert "New urban jobs" in dialog.locator("h3").first.inner_text()
    assert dialog.locator("blockquote mark").first.inner_text() in ("34,000", "3.4万人")
    tab.keyboard.press("Escape")
    assert dialog.count() == 0
    assert link.evaluate("a => a === document.activeElement")


def test_without_scripts_evidence_and_data_are_there(root, visit):
    tab = visit(root / "reports/guangyuan/2009/employment.html", java_script_enabled=False)
    link = tab.locator("a.figure", has_text="34,000").first
    link.click()
    assert tab.url.endswith(link.get_attribute("href"))
    assert tab.locator(".evidence:target blockquote mark").is_visible()
    assert tab.locator("figure.chart details table").count() == tab.locator(".chart").count()
    assert tab.locator("[data-save]:visible").count() == 0


def test_no_page_weighs_400_kilobytes(root):
    heaviest = max((root / "reports").rglob("*.html"), key=lambda page: page.stat().st_size)
    assert heaviest.stat().st_size < 400_000, heaviest


def test_without_scripts_a_heavy_page_leads_to_the_pages_of_its_years_and_nowhere_else(root, visit):
    tab = visit(root / "reports/guangyuan/region.html", java_script_enabled=False)
    assert tab.locator("main a.figure[href]").count() == 0 < tab.locator("main a.figure").count()
    elsewhere = tab.locator(".packed a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert elsewhere[:2] == ["2005/audit.html", "2006/audit.html"]


def test_downloads_carry_citation_and_licence(root, visit, tmp_path):
    tab = visit(root / "reports/guangyuan/2009/employment.html")
    cite, licence = tab.inner_text("#cite"), tab.inner_text("#licence")
    chart = tab.locator(".chart").first

    def saved(link) -> Path:
        with tab.expect_download() as got:
            link.click()
        path = tmp_path / got.value.suggested_filename
        got.value.save_as(path)
        return path

    table = saved(chart.locator("a[download]"))
    assert table.name.startswith("guangyuan-2009-employment")
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))))
    assert {"indicator", "value", "status"} <= set(rows[0])
    path = saved(chart.locator("[data-save=svg]"))
    drawing = path.read_text("utf-8")
    assert cite.split("”")[0] in drawing and licence in drawing and "var(--" not in drawing
    picture = visit(path)
    assert picture.complaints == [] and picture.locator("svg text, svg path").count() > 5
    assert saved(chart.locator("[data-save=png]")).read_bytes().startswith(b"\x89PNG")
    notebook = json.loads(saved(tab.locator("[data-save=ipynb]")).read_text("utf-8"))
    assert notebook["metadata"]["citation"] == cite and notebook["metadata"]["license"] == licence
    nbformat.validate(nbformat.from_dict(notebook))


LOOKS = list(zip(PAGES, cycle([(PHONE, "dark"), (DESKTOP, "light")]), strict=False))


@pytest.mark.parametrize(("name", "look"), LOOKS)
def test_axe_finds_nothing(root, visit, accessible, name, look):
    assert accessible(visit(root / "reports" / name, *look)) == []


@pytest.mark.parametrize("name", PAGES)
def test_one_title_headings_in_order_and_charts_in_words(root, visit, name):
    tab = visit(root / "reports" / name)
    levels = tab.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    alts = tab.evaluate(
        "[...document.querySelectorAll('.chart [role][aria-label]')]"
        ".filter(e => !e.closest('svg a, details')).map(e => e.getAttribute('aria-label'))"
    )
    charts = tab.locator(".chart")
    assert len(alts) == charts.count() and all(re.search(r"\d", alt) for alt in alts)
    for chart in charts.all():
        assert chart.locator("details table tbody tr").count() > 0
    assert tab.locator(".status-key").count() <= 1


def test_charts_follow_the_reader_into_the_dark(root, visit):
    path = root / "reports/guangyuan/2009/employment.html"
    shown = {}
    for scheme in ("light", "dark"):
        tab = visit(path, scheme=scheme)
        shown[scheme] = tab.evaluate(
            "[getComputedStyle(document.body).backgroundColor,"
            " getComputedStyle(document.querySelector('.canvas [style*=\"--ink\"]')).fill]"
        )
    assert shown["light"][0] == "rgb(255, 255, 255)"
    assert shown["light"][0] != shown["dark"][0] and shown["light"][1] != shown["dark"][1]


def test_print_is_light_and_keeps_the_evidence(root, visit):
    tab = visit(root / "reports/guangyuan/2009/employment.html", scheme="dark")
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.locator("#cite").is_visible() and tab.locator(".evidence mark").first.is_visible()
    assert tab.locator("details.code, [data-save]").first.is_hidden()
    assert tab.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("name", ["guangyuan/region.html", "guangyuan/2009/fund-collection.html"])
def test_on_paper_nothing_is_cut_and_rows_keep_their_names(root, visit, name):
    tab = visit(root / "reports" / name, {"width": 1000, "height": 700})  # a landscape sheet
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    for table in tab.locator("main table:visible").all():
        left, right = table.evaluate("t => [t.getBoundingClientRect().left, t.getBoundingClientRect().right]")
        assert left >= 0 and right <= 1000
        names = table.locator("tbody th").evaluate_all("all => all.map(th => th.getBoundingClientRect().left)")
        assert all(abs(name - left) < 1 for name in names)


def test_what_several_figures_share_is_told_once_and_shown_with_each(root, visit):
    tab = visit(root / "reports/guangyuan/2009/fund-collection.html")
    assert tab.locator("[id^=k-]").count() > 1
    once = tab.locator("[id^=k-]").evaluate_all("all => all.map(e => e.textContent)")
    assert len(once) == len(set(once))
    tab.locator("a.figure[href^='#e-']").first.click()
    assert tab.locator("dialog [data-told]").count() == 0 and tab.locator("dialog .terms").count() > 0


def test_a_figure_drawn_in_a_chart_keeps_all_its_digits_in_the_page():
    drawn = '<svg><path d="M10.25 20.75"/><text x="12.34">45.67 of 18.25 million</text></svg>'
    page = pictures.chart({"data": {"image/svg+xml": drawn}}, "jobs", "guangyuan-2009-", "en", str)
    assert ">45.67 of 18.25 million</text>" in page


def test_same_notebook_same_bytes(root):
    path = ROOT / "notebooks/employment.ipynb"
    notebook = nbformat.read(path, 4)
    first, again = (render(notebook, root, language="en") for _ in range(2))
    assert first == again and nbformat.read(path, 4) == notebook

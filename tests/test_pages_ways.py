"""What a page says of itself and its neighbours, read from its HTML without a browser."""

from __future__ import annotations

import re
from pathlib import Path

from nbformat import v4

from analysis.batch.neighbours import neighbours
from analysis.pages import render

KEYS = [
    "place/2008/jobs",
    "place/2011/jobs",
    "place/2011/audit",
    "place/2011/jobs.zh",
    "place/trends",
    "elsewhere/2010/jobs",
    "all",
]


def page(text: str, root: Path, key: str = "", outputs: tuple[dict[str, str], ...] = ()) -> str:
    shown = [v4.new_output("display_data", data=data) for data in outputs]
    parameters = v4.new_code_cell("region = 'place'\nyear = 2011")
    parameters.metadata["tags"] = ["parameters"]
    cells = [parameters, v4.new_markdown_cell(text), v4.new_code_cell("1", outputs=shown)]
    notebook = v4.new_notebook(cells=cells)
    if key:
        notebook.metadata["analysis"] = neighbours(KEYS)[key]
    return render(notebook, root)


def test_the_years_beside_a_page_are_the_nearest_that_have_its_topic():
    around = neighbours(KEYS)["place/2011/jobs"]
    assert (around["before"], around["after"]) == ("place/2008/jobs", "")
    assert around["languages"] == {"zh": "place/2011/jobs.zh"}
    assert around["topics"] == ["place/2011/audit", "place/2011/jobs"]
    assert neighbours(KEYS)["all"]["region"] == []


def test_links_are_relative_to_the_page(tmp_path):
    html = page("# Jobs", tmp_path, "place/2011/jobs")
    ways = re.search(r'<nav class="ways".*?</nav>', html, re.S)[0]
    assert re.findall(r'href="([^"]+)"', ways) == [
        "../../index.html",
        "../trends.html",
        "../2008/jobs.html",
        "jobs.zh.html",
        "audit.html",
    ]


def test_titles_and_plain_outputs_are_escaped(tmp_path):
    html = page('# "A" & <i>b</i>', tmp_path, outputs=({"text/plain": "<script>1</script>"},))
    assert "<title>&#34;A&#34; &amp; b</title>" in html
    assert "<script>1" not in html and "&lt;script&gt;1" in html


def test_the_citation_has_version_date_doi_and_address_of_the_project(tmp_path):
    (tmp_path / "CITATION.cff").write_text(
        "authors: [{family-names: Li, given-names: Na}]\nversion: 1.2\n"
        "date-released: 2026-01-31\ndoi: 10.1/x\nurl: https://example.org/site\n"
    )
    html = page("# Jobs_and more", tmp_path, "place/2011/jobs")
    assert "Na Li: “Jobs_and more”" in html and "version 1.2, 2026-01-31" in html
    bibtex = re.search(r'<pre id="bibtex"[^>]*>(.*?)</pre>', html, re.S)[1]
    assert bibtex.startswith("@misc{place-2011-jobs,") and r"title = {Jobs\_and more}" in bibtex
    for line in ("year = {2026}", "doi = {10.1/x}", "url = {https://example.org/site/reports/place/2011/jobs.html}"):
        assert line in bibtex

"""An executed notebook as one HTML file that asks nothing of any network.

Its Content-Security-Policy forbids every request and every script but our own, whatever the
notebook or the report may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import count, pairwise
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis.pages import assets, beside, cells, downloads, executed, fonts, pictures, ways
from analysis.pages.cards import Card, cards, entries
from analysis.pages.citation import Citation, citation
from analysis.pages.observations import Evidence
from analysis.pages.packing import folded, once, packed
from analysis.pages.quotations import document

_HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.S)
_LEAD = re.compile(r"</h1>\s*(?:</div>\s*<div[^>]*>\s*)?<p>(.*?)</p>", re.S)
_TITLE = re.compile(r"^# (.+)$", re.M)
_SPACE = re.compile(r"\s+")
_OF_YEAR = re.compile(r"(\d{4}年)(?=\w)")  # behind which a Chinese title may break
_TAG = re.compile(r"<[^>]+>")
#: What a figure's link repeats: where it leads, and the status that its class and its evidence name.
_FIGURE = re.compile(r'<a class="figure [^>]*>')
_REPEATED = re.compile(
    r' data-evidence="[^" ]*"(?= href="#e-)| title="[^"]*"'
    r'| data-evidence="[^"]*" data-about="[^"]*" data-formula="[^"]*"'
)
_LEADS = re.compile(r'(?<=") href="#([ed]-[^"]*)"(?=>)')
_ENTRY = re.compile(r'<(?:details open|article) id="([^"]*)"')
_SURE = re.compile(r'(?<=<a class="figure) (?:confirmed|decided|printed|repaired)(?=")')  # which look like any figure
_BEHIND = re.compile(r"(?<= data-behind>)<table.*?</table>", re.S)
_CLOSED = re.compile(r"</td>(?=<td|</tr>)")  # which HTML lets one leave out
_LIGHT = 150_000  # characters of evidence and of tables behind charts; a page with more is a heavy one
_TEXTS = 150_000  # bytes that the texts of a page's documents may take, packed


def render(notebook: Any, root: Path, *, title: str | None = None, language: str = "en") -> str:
    """The page of an executed notebook.

    Parameters
    ----------
    notebook
        as papermill left it; its parameters cell says which regions and year it is about, its
        metadata which pages stand around it (see `analysis.pages.ways`). What the page cannot
        hold (a picture that is not there, an output of another program) is named there, too.
    root
        project folder: the evidence comes from its processed tables and raw reports.
    title
        of the page; the first heading where not given.
    language
        ``"en"`` or ``"zh"``, of the page's own words.

    Returns
    -------
    str
        HTML; the same bytes for the same notebook and tables.
    """
    root = Path(root)
    about = beside.parameters(notebook)
    told = notebook.metadata.get(ways.METADATA, {})
    key = str(told.get("page", ""))
    regions = _regions(about)
    evidence = Evidence(root, regions, language)
    name = title or first_heading(notebook) or "…"
    cite = citation(name, key, notebook, root, regions, language)
    book = _book(about, key, evidence, language)
    body, contents = _outlined(cells.body(notebook, book))
    lead = _LEAD.search(body)
    companion = ways.file_beside(key, "ipynb") if beside.of_region(notebook) else ""
    found = cards(evidence, body)
    say = assets.texts("page", language)
    links = ways.ways_from(told, sum(bool(about.get(of)) for of in ("region", "year")), language)
    body, notes = _lightened(body, entries(evidence, body, found), language, links["years"])
    page = assets.fill(
        "page.html.j2",
        say=say,
        lang="zh-Hans" if language == "zh" else "en",
        csp=assets.policy("page.js"),
        title=name,
        description=_text(lead[1]) if lead else name,
        card=_card(notebook, key, about, cite),
        style=Markup(assets.read("style.css")),
        faces=Markup(fonts.faces("".join([body, notes, cite.text, *say.values(), *ways.texts(links)]), language)),
        script=Markup(assets.read("page.js")),
        links=links,
        here=links["index"][0].href.rpartition("/")[0] or ".",
        contents=[*contents, ("evidence-title", say["evidence_title"])] if notes else contents,
        body=body,
        evidence=notes,
        cite=cite,
        texts=_texts(found, evidence),
        beside=companion,
        notebook="" if companion else packed(executed.shared(notebook, cite).encode("utf-8")),
    )
    if book.lacks:
        notebook.metadata[ways.METADATA] = {**told, "lacks": list(dict.fromkeys(book.lacks))}
    return page


def _book(about: dict[str, Any], key: str, evidence: Evidence, language: str) -> cells.Book:
    """How the cells of a page show charts and tables: numbered, and named by the page."""
    *place, topic = key.split("/")
    stem = "".join(f"{part}-" for part in place)
    numbers, tables = count(), count(1)
    return cells.Book(
        language,
        lambda output: pictures.chart(output, f"c{next(numbers)}", stem, language, evidence.label),
        lambda html: (
            downloads.of_all_years(about["region"], key, evidence)
            if beside.ALL_YEARS in html and about.get("region")
            else downloads.stated(html, f"{stem}{topic or 'page'}-table-{next(tables)}", evidence)
        ),
        evidence.root / "notebooks",
    )


def _regions(about: dict[str, Any]) -> list[str]:
    return [about["region"]] if about.get("region") else list(about.get("regions") or [])


def first_heading(notebook: Any) -> str:
    """The text of a notebook's first heading; empty where it has none."""
    for cell in notebook.cells:
        if "lab" in cell.metadata.get("tags", []):
            continue
        texts = [cell.source] if cell.cell_type == "markdown" else []
        texts += [o.get("data", {}).get("text/markdown", "") for o in cell.get("outputs", [])]
        for text in texts:
            if found := _TITLE.search(text):
                return _text(found[1])
    return ""


def _text(html: str) -> str:
    return unescape(_TAG.sub("", html)).strip()


def _outlined(html: str) -> tuple[str, list[tuple[str, str]]]:
    """One h1, no heading more than one level below the one before it, each with an id.

    The second of the pair are ids and texts of the sections. Ids are those of Jupyter, so that a
    link to a heading written there leads to it here.
    """
    level, given, contents, taken = 0, 1, [], set()

    def outlined(match: re.Match[str]) -> str:
        nonlocal level, given
        given = min(max(int(match[1]), 2 if level else 1), level + 1)
        level = given
        text = _text(match[3])
        id_ = _SPACE.sub("-", text)
        while not id_ or id_ in taken or id_ in _OWN:
            id_ += "-"
        taken.add(id_)
        if level == 2:
            contents.append((id_, text))
        shown = _OF_YEAR.sub(r"\1<wbr>", match[3]) if level == 1 else match[3]
        rest = match[2] if "id=" in match[2] else Markup('{} id="{}"').format(Markup(match[2]), id_)
        return f"<h{level}{rest}>{shown}</h{level}>"

    return _HEADING.sub(outlined, html), contents


#: Ids of the page's own parts.
_OWN = ("content", "cite", "bibtex", "licence", "notebook", "evidence-title", "cite-title")


def _lightened(body: str, notes: str, language: str, years: list[ways.Way]) -> tuple[Markup, Markup]:
    """Body and evidence without what is said twice; of a heavy page packed.

    Packed are evidence, the addresses of the links that lead to it, and the tables behind charts:
    without scripts no link leads nowhere.
    """
    body = _CLOSED.sub("", _FIGURE.sub(lambda link: _REPEATED.sub("", link[0]), body))
    if len(notes) + sum(map(len, _BEHIND.findall(body))) <= _LIGHT:
        return Markup(body), Markup(notes)
    place = {id_: at for at, id_ in enumerate(_ENTRY.findall(notes))}
    places = [place[id_] for id_ in _LEADS.findall(body)]
    leads = " ".join(str(at - before) for before, at in pairwise([0, *places]))
    body = _SURE.sub("", _BEHIND.sub(lambda table: folded(table[0], language), _LEADS.sub("", body)))
    return Markup(body), folded(f"{once(notes)}<template data-leads>{leads}</template>", language, years)


def _card(notebook: Any, key: str, about: dict[str, Any], cite: Citation) -> str:
    """Address of the picture that stands for the page where its link is pasted: its first chart."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            for file in output.get("metadata", {}).get("analysis", {}).get("files", ()):
                if file.endswith(".png") and key:
                    *folder, last = key.split("/")
                    place = [*folder, *([] if about.get("year") else [last.partition(".")[0]])]
                    site = cite.address or "/".join([".."] * (len(folder) + 1))
                    return "/".join([site, "figures", *place, file])
    return ""


def _texts(found: Iterable[Card], evidence: Evidence) -> dict[str, str]:
    """The documents quoted, packed; none where together they would be too large for a page."""
    quoted = sorted({card.quotation.text for card in found if card.quotation} - {""})
    texts = {name: packed(document(name, evidence).encode("utf-8")) for name in quoted}
    return texts if sum(map(len, texts.values())) <= _TEXTS else {}

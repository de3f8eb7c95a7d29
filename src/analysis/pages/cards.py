"""The way back: for each figure of a page, what the report prints and how it was read.

Everything here comes from untrusted reports and tables: every piece is escaped where it is
put into HTML.
"""

from __future__ import annotations

import csv
import io
import math
import re
from html import escape, unescape

from analysis import codebook
from analysis.errors import AnalysisError
from analysis.intake.encodings import read_text
from analysis.pages import assets
from analysis.pages.checks import Check, rules, told
from analysis.pages.computed import computed, entry
from analysis.pages.sources import Evidence, Row, amount, heading, number
from analysis.status import Status
from analysis.system import project
from analysis.writing import words
from analysis.writing.evidence import anchor_id

_LINKED = re.compile(r'data-evidence="([^"]+)"|href="#(e-[^"]+)"')
_STOP = re.compile(r"[.;!?](?=\s)|[。；！？\n]")
_REACH = 400  # characters of a sentence shown on either side of a figure


def entries(evidence: Evidence, body: str) -> str:
    """The entries of all figures that `body` links to, in its order."""
    made = computed(body)
    wanted: dict[str, None] = {}
    for references, id_ in _LINKED.findall(body):
        for reference in unescape(references).split():
            wanted[anchor_id(reference)] = None
        if id_:
            wanted[unescape(id_)] = None
    lost = escape(assets.texts("evidence", evidence.language)["lost"])
    parts = []
    for id_ in wanted:
        row = evidence.find(id_)
        none = f'<article id="{escape(id_)}"><p>{lost}</p></article>'
        parts.append(_entry(id_, row, evidence) if row else none)
    return "\n".join([*(entry(id_, figure, evidence) for id_, figure in made.items()), *parts])


def _entry(id_: str, row: Row, evidence: Evidence) -> str:
    """What one document says of a figure, under the status that the figure has everywhere."""
    language = evidence.language
    say = assets.texts("evidence", language)
    figure = evidence.figure(row)
    status = figure["status"]
    known = words.word(f"statuses/{status}", language)
    checks = rules(row, evidence)
    facts = [(say["unsure"], escape(text)) for text in _alternatives(row, figure, language)]
    for noted in dict.fromkeys((figure.get("note_code"), row.get("note_code"))):
        if noted:
            facts.append((say["note"], told(noted, language)))
    facts += [(column, escape(text)) for column, text in _more(row, evidence)]
    facts += [(say["damage"], escape(text)) for text in _damage(row, language)]
    if (row["status"], row["value"]) != (status, figure["value"]):
        alone = words.word(f"statuses/{row['status']}", language)
        facts.append((say["alone"], f"{escape(amount(row, language))} ({escape(alone)})"))
    facts += [(say[check.kind], check.html) for check in checks]
    facts += [(say["elsewhere"], text) for text in _elsewhere(row, figure, evidence)]
    listed = "".join(f"<div><dt>{escape(k)}</dt><dd>{v}</dd></div>" for k, v in facts)
    return (
        f'<article id="{escape(id_)}" class="evidence">'
        f"<h3>{escape(heading(row, language))}</h3>"
        f'<p class="verdict"><b>{escape(amount(figure, language))}</b> '
        f'<span class="status {escape(status)}">{escape(known)}</span> '
        f"<span>{_because(row, figure, checks, evidence)}</span></p>"
        f"{_quotation(row, evidence)}<dl>{listed}</dl></article>"
    )


def _because(row: Row, figure: Row, checks: list[Check], evidence: Evidence) -> str:
    """Why the figure has its status: who decided, what agrees, who else prints it."""
    say = assets.texts("evidence", evidence.language)
    found = _decisions(row, evidence) if figure["status"] == Status.DECIDED else []
    if figure["status"] in (Status.CONFIRMED, Status.REPAIRED, Status.PLAUSIBLE):
        found = [check.reason for check in checks if check.kind == "carries"]
    if figure["status"] == Status.CONFIRMED and not found:
        others = [escape(name) for name, same in _others(row, figure, evidence) if same]
        found = [say["also"].format(documents=words.listing(others, evidence.language))] * bool(
            others
        )
    meaning = escape(words.word(f"status_help/{figure['status']}", evidence.language))
    text = words.word("phrases/alt_join", evidence.language).join(found)
    if not text:
        return meaning
    legible = say["damaged"] if _damage(row, evidence.language) else say["legible"]
    if figure["status"] == Status.DECIDED:
        legible = meaning
    return say["because"].format(status=escape(legible), reasons=text)


def _quotation(row: Row, evidence: Evidence) -> str:
    """The sentence of the report with the printed token marked, and where it stands."""
    say = assets.texts("evidence", evidence.language)
    name = words.document_name(row["document"], evidence.language)
    place = f"{words.region_name(row['region'], evidence.language)}, {name}"
    before, token, after = "", row.get("printed", ""), ""
    if row.get("start", "").isdigit() and row.get("end", "").isdigit():
        start, end = int(row["start"]), int(row["end"])
        text = _raw(row, evidence, ".txt")
        if text[start:end] == token:
            before, after = _around(text, start, end)
            place += say["place"].format(start=start, end=end)
    elif fact := _fact(row, evidence):
        place += say["line"].format(file=f"{row['document']}.csv", line=fact[0])
    quoted = f"{escape(before)}<mark>{escape(token)}</mark>{escape(after)}"
    chinese = re.search(r"[\u4e00-\u9fff]", quoted)
    return (
        f'<figure class="quotation"><blockquote lang="{"zh" if chinese else "en"}">'
        f"<p>{quoted}</p></blockquote><figcaption>{escape(place)}</figcaption></figure>"
    )


def _raw(row: Row, evidence: Evidence, suffix: str) -> str:
    """A file of the figure's document as received; empty where there is none."""
    folder = project.raw_folder(evidence.root, row["region"])
    try:
        return read_text(folder / f"{row['document']}{suffix}")[0]
    except (OSError, AnalysisError):
        return ""


def _fact(row: Row, evidence: Evidence) -> tuple[int, Row] | None:
    """Line and content of a facts table that state a figure."""
    lines = csv.DictReader(io.StringIO(_raw(row, evidence, ".csv")))
    for line, fact in enumerate(lines, 2):
        stated = (fact.get("indicator"), fact.get("measure"), fact.get("year"), fact.get("printed"))
        if stated == (row["indicator"], row["measure"], row["period"], row["printed"]):
            return line, fact
    return None


def _more(row: Row, evidence: Evidence) -> list[tuple[str, str]]:
    """What else a facts table says of a figure, such as where it was taken from."""
    fact = _fact(row, evidence)
    told = {"year", "value", "unit", *row}
    return [
        (str(column).replace("_", " ").capitalize(), str(text))
        for column, text in (fact[1] if fact else {}).items()
        if column and text and column not in told
    ]


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    first = max(0, start - _REACH)
    stops = [m.end() for m in _STOP.finditer(text, first, start)]
    begin = stops[-1] if stops else first
    stop = _STOP.search(text, end, min(len(text), end + _REACH))
    finish = stop.end() if stop else min(len(text), end + _REACH)
    before = ("" if stops or not first else "…") + text[begin:start].lstrip()
    return before, text[end:finish].rstrip() + ("" if stop or finish == len(text) else "…")


def _alternatives(row: Row, figure: Row, language: str) -> list[str]:
    """What else the figure may be: the runner-up, the interval around a value."""
    say = assets.texts("evidence", language)
    found = []
    if row.get("runner_up"):
        other = {**row, "value": row["runner_up"], "low": "", "high": "", "bound": ""}
        found.append(say["runner_up"].format(amount=amount(other, language)))
    low, high = number(figure.get("low", "")), number(figure.get("high", ""))
    if figure.get("value") and math.isfinite(low) and math.isfinite(high) and low != high:
        between = amount({**figure, "value": "", "candidates": ""}, language)
        found.append(say["interval"].format(interval=between))
    return found


def _damage(row: Row, language: str) -> list[str]:
    says = codebook.load().says
    kinds = [b.removeprefix("read:") for b in row["basis"].split() if b.startswith("read:")]
    return [says[k][language] if k in says else k.replace("-", " ") for k in kinds]


def _decisions(row: Row, evidence: Evidence) -> list[str]:
    """Who decided on a figure, and why."""
    decisions = csv.DictReader(io.StringIO(_raw(row, evidence, ".decisions.csv")))
    return [
        f"{escape(taken.get('who') or '')}: {escape(taken.get('why') or '')}"
        for taken in decisions
        if all(taken.get(k) == row[k] for k in ("indicator", "measure", "period"))
    ]


def _elsewhere(row: Row, figure: Row, evidence: Evidence) -> list[str]:
    """What other documents of the region print for the same figure."""
    return [
        f"{escape(words.document_name(other['document'], evidence.language))}: "
        f"<b>{escape(amount(other, evidence.language))}</b> (<mark>{escape(other['printed'])}</mark>)"
        for other in _statements(row, figure, evidence)
    ]


def _others(row: Row, figure: Row, evidence: Evidence) -> list[tuple[str, bool]]:
    """Names of the other documents that state the figure, and whether each gives its value."""
    return [
        (
            words.document_name(other["document"], evidence.language),
            other["value"] == figure["value"],
        )
        for other in _statements(row, figure, evidence)
    ]


def _statements(row: Row, figure: Row, evidence: Evidence) -> list[Row]:
    key = ("indicator", "measure", "period")
    return [
        other
        for document in figure["documents"].split()
        if document != row["document"]
        for other in evidence.table(row["region"], document, "observations")
        if all(other[k] == row[k] for k in key)
    ]

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

from analysis import codebook, project, words
from analysis.encodings import read_text
from analysis.errors import AnalysisError
from analysis.evidence import anchor_id
from analysis.pages import assets
from analysis.pages.sources import Evidence, Row, amount, heading, number

_LINKED = re.compile(r'data-evidence="([^"]+)"|href="#(e-[^"]+)"')
_STOP = re.compile(r"[.;!?](?=\s)|[。；！？\n]")
_REACH = 400  # characters of a sentence shown on either side of a figure


def entries(evidence: Evidence, body: str) -> str:
    """The entries of all figures that `body` links to, in its order."""
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
    return "\n".join(parts)


def _entry(id_: str, row: Row, evidence: Evidence) -> str:
    language = evidence.language
    say = assets.texts("evidence", language)
    status = row["status"]
    known = words.word(f"statuses/{status}", language)
    meaning = words.word(f"status_help/{status}", language)
    facts = [(say["unsure"], escape(text)) for text in _alternatives(row, language)]
    if row.get("note"):
        facts.append((say["note"], _noted(row, language)))
    facts += [(column, escape(text)) for column, text in _more(row, evidence)]
    facts += [(say["damage"], escape(text)) for text in _damage(row, language)]
    facts += [(say["decision"], text) for text in _decisions(row, evidence)]
    facts += [(say["rule"], text) for text in _rules(row, evidence)]
    facts += [(say["elsewhere"], text) for text in _elsewhere(row, evidence)]
    listed = "".join(f"<div><dt>{escape(k)}</dt><dd>{v}</dd></div>" for k, v in facts)
    return (
        f'<article id="{escape(id_)}" class="evidence">'
        f"<h3>{escape(heading(row, language))}</h3>"
        f'<p class="verdict"><b>{escape(amount(row, language))}</b> '
        f'<span class="status {escape(status)}">{escape(known)}</span> '
        f"<span>{escape(meaning)}</span></p>"
        f"{_quotation(row, evidence)}<dl>{listed}</dl></article>"
    )


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


def _alternatives(row: Row, language: str) -> list[str]:
    """What else the figure may be: the runner-up, the interval around a value."""
    say = assets.texts("evidence", language)
    found = []
    if row.get("runner_up"):
        other = {**row, "value": row["runner_up"], "low": "", "high": "", "bound": ""}
        found.append(say["runner_up"].format(amount=amount(other, language)))
    low, high = number(row.get("low", "")), number(row.get("high", ""))
    if row.get("value") and math.isfinite(low) and math.isfinite(high) and low != high:
        between = amount({**row, "value": ""}, language)
        found.append(say["interval"].format(interval=between))
    return found


def _noted(row: Row, language: str) -> str:
    """A note in the page's language, or marked as English where only its writer knows it."""
    text = words.noted(row.get("note_code", ""), language)
    return f'<span lang="en">{escape(text)}</span>' if text == row["note"] else escape(text)


def _damage(row: Row, language: str) -> list[str]:
    says = codebook.load().says
    kinds = [b.removeprefix("read:") for b in row["basis"].split() if b.startswith("read:")]
    kinds = [k for k in kinds if not k.startswith("decision-")]
    return [says[k][language] if k in says else k.replace("-", " ") for k in kinds]


def _decisions(row: Row, evidence: Evidence) -> list[str]:
    """Who decided on a figure, and why."""
    if "read:decision-" not in row["basis"]:
        return []
    decisions = csv.DictReader(io.StringIO(_raw(row, evidence, ".decisions.csv")))
    return [
        f"{escape(taken.get('who') or '')}: {escape(taken.get('why') or '')}"
        for taken in decisions
        if all(taken.get(k) == row[k] for k in ("indicator", "measure", "period"))
    ]


def _rules(row: Row, evidence: Evidence) -> list[str]:
    """The edit rules the figure takes part in, those its status rests on first."""
    basis = row["basis"].split()
    figure = {f"{row['indicator']}:{row['measure']}"}
    if row["measure"] == "outturn":
        figure.add(row["indicator"])
    found = []
    tables = (evidence.table(row["region"], row["document"], "edits"),
              evidence.table(row["region"], None, "edits"))  # fmt: skip
    for rule in (r for table in tables for r in table):
        if rule["rule"] == "same-figure" or not figure & set(rule["figures"].split()):
            continue
        if rule["period"] != row["period"] or row["document"] not in rule["documents"].split():
            continue
        rests = rule["edit"].partition("@")[0] in basis
        found.append((not rests, rule["kind"] != "hard", _rule(rule, rests, evidence.language)))
    return list(dict.fromkeys(text for *_, text in sorted(found)))


def _rule(rule: Row, rests: bool, language: str) -> str:
    say = assets.texts("evidence", language)
    verdict = {"True": say["holds"], "False": say["broken"]}.get(rule["holds"], say["open"])
    sides = ""
    if rule["left"] and rule["right"]:
        left, right, gap, slack = (
            words.number(float(f"{number(rule[c] or '0'):.5g}"), language)
            for c in ("left", "right", "difference", "tolerance")
        )
        shown = say["sides"] if "==" in rule["expression"] else say["compared"]
        sides = shown.format(left=left, right=right, difference=gap, tolerance=slack)
    weight = say["soft"] if rule["kind"] == "soft" else say["hard"]
    return (
        f"<b>{escape(verdict)}</b> {_noted(rule, language)} "
        f"<small>({escape(weight + (say['rests'] if rests else ''))})</small><br>"
        f'<span class="terms">{escape(words.expression(rule, language))}</span> <span class="sides">{escape(sides)}</span>'
    )


def _elsewhere(row: Row, evidence: Evidence) -> list[str]:
    """What other documents of the region print for the same indicator and period."""
    found: list[str] = []
    key = ("indicator", "measure", "period")
    if "-" in row["period"]:
        return found
    documents: list[str] = []
    for stated in evidence.table(row["region"], None, "panel"):
        if (stated["indicator"], stated["measure"], stated["year"]) == tuple(row[k] for k in key):
            documents = stated["documents"].split()
    for document in documents:
        for other in evidence.table(row["region"], document, "observations"):
            if document != row["document"] and all(other[k] == row[k] for k in key):
                name = words.document_name(document, evidence.language)
                status = words.word(f"statuses/{other['status']}", evidence.language)
                found.append(
                    f"{escape(name)}: <b>{escape(amount(other, evidence.language))}</b> "
                    f"(<mark>{escape(other['printed'])}</mark>, {escape(status)})"
                )
    return found

"""The way back: for each figure of a page, what the report prints and how it was read."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from analysis import codebook
from analysis.codebook.status import Status
from analysis.pages import assets
from analysis.pages.checks import CheckInWords, rules
from analysis.pages.computed import computed, entry
from analysis.pages.downloads import leads
from analysis.pages.observations import Evidence, Row, amount_of, cell_number, heading
from analysis.pages.quotations import Quotation, more, quotation, raw
from analysis.writing import reasons, words

_EXACT = 1e-3  # of a value: an interval no wider is the rounding of its last digit, and goes without saying
_REASONED = (Status.CONFIRMED, Status.REPAIRED, Status.PLAUSIBLE)


@dataclass(frozen=True)
class Card:
    """The evidence of one figure, all of it plain text; `lost` where no table has the figure."""

    id: str
    lost: bool = False
    name: str = ""
    amount: str = ""
    status: str = ""
    known: str = ""
    indicator: str = ""
    because: str = ""
    quotation: Quotation | None = None
    facts: list[dict[str, Any]] = field(default_factory=list)


def cards(evidence: Evidence, body: str) -> list[Card]:
    """The cards of all figures that `body` links to, in its order."""
    rows = ((id_, evidence.find(id_)) for id_ in leads(body))
    return [_card(id_, row, evidence) if row else Card(id_, lost=True) for id_, row in rows]


def entries(evidence: Evidence, body: str, known: list[Card] | None = None) -> Markup:
    """The entries of all figures that `body` links to as HTML; `known` are its cards if made."""
    made, found = computed(body), cards(evidence, body) if known is None else known
    if not (made or found):
        return Markup()
    html = assets.fill(
        "evidence.html.j2",
        say=assets.texts("evidence", evidence.language),
        computed=[entry(id_, figure, evidence) for id_, figure in made.items()],
        entries=found,
        shared=_shared(found),
        sources=_sources(found),
        glossary=_glossary(found, evidence.language),
    )
    return Markup(html)


def _card(id_: str, row: Row, evidence: Evidence) -> Card:
    """What one document says of a figure, under the status that the figure has everywhere."""
    language = evidence.language
    figure = evidence.figure(row)
    checks = rules(row, evidence)
    return Card(
        id_,
        name=heading(row, language),
        amount=amount_of(figure, language),
        status=figure["status"],
        known=words.word(f"statuses/{figure['status']}", language),
        indicator=row["indicator"],
        because=_because(row, figure, checks, evidence),
        quotation=quotation(row, evidence),
        facts=_facts(row, figure, checks, evidence),
    )


def _facts(row: Row, figure: Row, checks: list[CheckInWords], evidence: Evidence) -> list[dict[str, Any]]:
    """What else is known of a figure, line by line: a label, and a text, check or other print."""
    language = evidence.language
    say = assets.texts("evidence", language)
    lines = [(say["unsure"], text) for text in _alternatives(row, figure, language)]
    for noted in dict.fromkeys((figure.get("note_code"), row.get("note_code"))):
        if noted:
            lines.append((say["note"], reasons.noted(noted, language)))
    lines += more(row, evidence)
    lines += [(say["damage"], text) for text in _damage(row, language)]
    if (row["status"], row["value"]) != (figure["status"], figure["value"]):
        alone = words.word(f"statuses/{row['status']}", language)
        lines.append((say["alone"], say["in_brackets"].format(text=amount_of(row, language), more=alone)))
    facts: list[dict[str, Any]] = [{"label": label, "text": text} for label, text in lines]
    rests = figure["status"] in _REASONED
    facts += [
        {"label": say["check" if check.kind == "carries" and not rests else check.kind], "check": check}
        for check in checks
    ]
    facts += [
        {
            "label": say["elsewhere"],
            "other": {
                "name": words.document_name(other["document"], language),
                "amount": amount_of(other, language),
                "printed": other["printed"],
            },
        }
        for other in _statements(row, figure, evidence)
    ]
    return facts


def _shared(found: list[Card]) -> dict[tuple[str, ...], dict[str, Any]]:
    """The checks that several cards show: each is said in full once, at an id of its own."""
    checks = [fact["check"] for card in found for fact in card.facts if "check" in fact]
    times = Counter(check.told for check in checks)
    several = {check.told: check for check in checks if times[check.told] > 1}
    return {told: {"id": f"k-{at}", "check": check} for at, (told, check) in enumerate(several.items(), 1)}


def _sources(found: list[Card]) -> dict[tuple[str, str], int]:
    """Where the documents quoted are from (what they are, their address), numbered."""
    told = ((card.quotation.source, card.quotation.url) for card in found if card.quotation)
    return {source: at for at, source in enumerate(dict.fromkeys(filter(any, told)), 1)}


def _glossary(found: list[Card], language: str) -> dict[str, dict[str, str]]:
    """What each indicator of some cards counts, once, and who says so."""
    say = assets.texts("evidence", language)
    defined = {}
    for indicator in dict.fromkeys(card.indicator for card in found):
        parts = codebook.load().definition(indicator)
        text = ("" if language == "zh" else " ").join(getattr(part, language) for part in parts)
        sources = say["semicolon"].join(dict.fromkeys(who[language] for part in parts for who in part.by))
        if parts:
            defined[indicator] = {
                "id": f"c-{indicator.replace('.', '-')}",
                "name": words.full_name(indicator, language),
                "text": say["defined"].format(text=text, source=sources),
            }
    return defined


def _because(row: Row, figure: Row, checks: list[CheckInWords], evidence: Evidence) -> str:
    """Why the figure has its status: who decided, what agrees, who else prints it."""
    language = evidence.language
    say = assets.texts("evidence", language)
    status = figure["status"]
    found = _decisions(row, evidence) if status == Status.DECIDED else []
    if status in _REASONED:
        found = [check.reason for check in checks if check.kind == "carries"]
    if status == Status.CONFIRMED and not found:
        others = [
            words.document_name(other["document"], language)
            for other in _statements(row, figure, evidence)
            if other["value"] == figure["value"]
        ]
        if others:
            found = [say["also"].format(documents=words.listing(others, language))]
    meaning = words.word(f"status_help/{status}", language)
    if not found:
        return meaning
    legible = say["damaged"] if _damage(row, language) else say["legible"]
    if status == Status.DECIDED:
        legible = meaning
    reasons = words.word("phrases/alt_join", language).join(found)
    return say["because"].format(status=legible, reasons=reasons)


def _alternatives(row: Row, figure: Row, language: str) -> list[str]:
    """What else the figure may be: the runner-up, the interval around a value."""
    say = assets.texts("evidence", language)
    found = []
    if row.get("runner_up") and cell_number(row["runner_up"]) not in words.possible_values(row):
        other = {**row, "value": row["runner_up"], "low": "", "high": "", "bound": ""}
        found.append(say["runner_up"].format(amount=amount_of(other, language)))
    low, high = cell_number(figure.get("low", "")), cell_number(figure.get("high", ""))
    value = cell_number(figure.get("value", ""))
    if math.isfinite(low) and math.isfinite(high) and high - low > _EXACT * abs(value):
        between = amount_of({**figure, "value": "", "candidates": ""}, language)
        found.append(say["interval"].format(interval=between))
    return found


def _damage(row: Row, language: str) -> list[str]:
    says = codebook.load().says
    kinds = [b.removeprefix("read:") for b in row["basis"].split() if b.startswith("read:")]
    return [says[k][language] if k in says else k.replace("-", " ") for k in kinds]


def _decisions(row: Row, evidence: Evidence) -> list[str]:
    """Who decided on a figure, and why."""
    decisions = csv.DictReader(io.StringIO(raw(row, evidence, ".decisions.csv")))
    return [
        f"{taken.get('who') or ''}: {taken.get('why') or ''}"
        for taken in decisions
        if all(taken.get(k) == row[k] for k in ("indicator", "measure", "period"))
    ]


def _statements(row: Row, figure: Row, evidence: Evidence) -> list[Row]:
    """What other documents of the region print for the same figure."""
    key = ("indicator", "measure", "period")
    return [
        other
        for document in figure["documents"].split()
        if document != row["document"]
        for other in evidence.table(row["region"], document, "observations")
        if all(other[k] == row[k] for k in key)
    ]

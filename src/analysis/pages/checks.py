"""The checks a figure takes part in, and which of them its status rests on."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.pages import assets
from analysis.pages.observations import Evidence, Row, cell_number
from analysis.tables.figures import years_of
from analysis.tables.years import YEARS_ADD_UP
from analysis.writing import contradictions, reasons, words

_SAME = "same-figure"
_ORDER = ("carries", "broken", "check")


@dataclass(frozen=True)
class CheckInWords:
    """One edit rule over a figure: `kind` is carries, broken, or check where nothing rests on it.

    In words: the `verdict`, `why` the rule holds, its `weight`, its `terms`, both its `sides` in
    numbers, and as `reason` what agrees.
    """

    kind: str
    verdict: str
    why: str
    weight: str
    terms: str
    sides: str
    reason: str

    @property
    def told(self) -> tuple[str, ...]:
        """What is said of it under every figure that takes part in it."""
        return (self.verdict, self.why, self.weight, self.terms, self.sides)


def rules(row: Row, evidence: Evidence) -> list[CheckInWords]:
    """The edit rules a figure takes part in: those its status rests on, broken ones, the rest."""
    found: list[tuple[int, bool, CheckInWords]] = []
    for table in (
        evidence.table(row["region"], row["document"], "edits"),
        evidence.table(row["region"], None, "edits"),
    ):
        for rule in table:
            if not _concerns(rule, row):
                continue
            check = _check(rule, row, evidence.language)
            found.append((_ORDER.index(check.kind), rule["kind"] != "hard", check))
    ordered = sorted(found, key=lambda entry: (*entry[:2], entry[2].why, entry[2].terms))
    return list(dict.fromkeys(check for *_, check in ordered))


def _concerns(rule: Row, row: Row) -> bool:
    figure = {f"{row['indicator']}:{row['measure']}"}
    if row["measure"] == "outturn":
        figure.add(row["indicator"])
    if not figure & set(rule["figures"].split()) or row["document"] not in rule["documents"].split():
        return False
    if rule["rule"] == YEARS_ADD_UP and row["measure"] == "outturn":
        first, last = years_of(rule["period"])
        return first <= years_of(row["period"])[0] <= last
    return rule["period"] == row["period"]


def _kind(rule: Row, row: Row) -> str:
    basis = row["basis"].split()
    rests = rule["edit"].partition("@")[0] in basis or rule["rule"] in basis
    if rule["holds"] == "False":
        return "broken"
    return "carries" if rests and rule["holds"] == "True" else "check"


def _reason(rule: Row, row: Row, language: str) -> str:
    """What agrees, in words: the other document, the years that add up, the quotient."""
    say = assets.texts("evidence", language)
    if rule["rule"] == _SAME:
        others = [d for d in rule["documents"].split() if d != row["document"]]
        names = [words.document_name(d, language) for d in others]
        if names:
            return say["also"].format(documents=words.listing(names, language))
    sides, text = _sides(rule, language), _why(rule, language)
    return say["in_brackets"].format(text=text, more=sides) if sides else text


def _sides(rule: Row, language: str) -> str:
    """Both sides of an identity in numbers; of a rule with two limits neither is its other side."""
    if not rule["left"] or not rule["right"] or rule["expression"].count("<=") > 1:
        return ""
    sides = [abs(cell_number(rule[column] or "0")) for column in ("left", "right", "difference", "tolerance")]
    left, right, gap, slack = (words.number(side, language) for side in contradictions.as_exact(sides))
    identity = "==" in rule["expression"] or rule["rule"] == _SAME
    key = "compared" if not identity else "equal" if left == right else "sides"
    shown = assets.texts("evidence", language)[key]
    return shown.format(left=left, right=right, difference=gap, tolerance=slack)


def _check(rule: Row, row: Row, language: str) -> CheckInWords:
    say = assets.texts("evidence", language)
    return CheckInWords(
        _kind(rule, row),
        verdict={"True": say["holds"], "False": say["fails"]}.get(rule["holds"], say["open"]),
        why=_why(rule, language),
        weight=say["soft"] if rule["kind"] == "soft" else say["hard"],
        terms=reasons.expression(rule, language),
        sides=_sides(rule, language),
        reason=_reason(rule, row, language),
    )


def _why(rule: Row, language: str) -> str:
    """Why a rule holds, in the page's language."""
    noted = reasons.noted(rule.get("note_code", ""), language)
    return noted or reasons.reason(rule["rule"], language)

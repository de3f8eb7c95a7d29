"""What a region's reports contradict, each in a sentence, the largest gap first."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import floor, log10
from typing import Any

from IPython.display import Markdown

from analysis import measures
from analysis.codebook.status import weakest
from analysis.writing import reasons, references, words
from analysis.writing.notebook import Page
from analysis.writing.words import Row

#: The sentence for a kind of rule; every other rule compares a whole with its parts.
_SENTENCES = {"same-figure": "prints", "years-add-up": "years", "completion-is-result-over-target": "rate"}
_LEAST = 0.01  # percent that two prints differ by; of less no more is said


def contradictions(page: Page) -> Markdown:
    """A list of sentences with evidence behind the figures; empty where nothing is contradicted."""
    rows = measures.contradictions(page.edits).to_dict("records")
    return Markdown("\n".join(f"- {_sentence(row, page)}" for row in rows))


def _sentence(row: Row, page: Page) -> str:
    kind = next((said for rule, said in _SENTENCES.items() if str(row["rule"]).startswith(rule)), "parts")
    first, *others = (str(row["figures"]) or str(row["expression"]).partition(" ")[0]).split()
    stated = _stated(first, row, page)
    unit = stated["unit"] if stated else ""
    if kind == "rate":
        row = {**row, "left": round(row["left"], 1), "right": round(row["right"], 1)}
    label = escape(words.label(first.partition(":")[0], page.language))
    return words.word(
        f"contradictions/{kind}",
        page.language,
        label=label,
        gap=gap(row["gap"], page.language),
        period=words.period(str(row["period"]), page.language),
        left=_left(row, stated, unit, page),
        right=_right(row, others, kind, unit, page),
        why=escape(reasons.reason(str(row["rule"]), page.language)),
    )


def gap(percent: float, language: str) -> str:
    """How far two prints are apart, in percent, to two digits."""
    if 0 < percent < _LEAST:
        return words.word("phrases/less_than", language, amount=f"{_LEAST}")
    return words.number(float(f"{percent:.2g}"), language)


def _stated(figure: str, row: Row, page: Page) -> dict[Any, Any] | None:
    """The row of a figure such as ``a.b:target`` on the page."""
    indicator, _, measure = figure.partition(":")
    found = page.stated[
        page.stated["indicator"].eq(indicator)
        & page.stated["measure"].eq(measure or "outturn")
        & page.stated["period"].eq(str(row["period"]))
    ]
    return dict(found.iloc[0].items()) if len(found) else None


def _left(row: Row, stated: Row | None, unit: str, page: Page) -> str:
    """The first side, with the evidence of its figure where it is that figure."""
    if stated is not None and stated["value"] == row["left"]:
        return references.figure(stated, page)
    return escape(_plain(row["left"], unit, page))


def _right(row: Row, others: list[str], kind: str, unit: str, page: Page) -> str:
    """The other side; where it is the sum of figures of the page, with these behind it."""
    parts = [part for part in (_stated(other, row, page) for other in others) if part is not None]
    if kind != "parts" or len(parts) != len(others) or not parts:
        return escape(_plain(row["right"], unit, page))
    ids = " ".join(f"{part['indicator']}:{part['measure']}" for part in parts)
    value = {"value": row["right"], "low": row["right"], "high": row["right"], "unit": unit}
    about = {"measure": "sum", "indicator": parts[0]["indicator"], "year": int(str(row["period"])[:4])}
    status = weakest(str(part["status"]) for part in parts)
    return references.figure(value | about | {"sources": ids, "status": status, "region": row["region"]}, page)


def _plain(value: float, unit: str, page: Page) -> str:
    return words.amount({"value": value, "low": value, "high": value, "unit": unit}, page.language)


def as_exact(sides: Sequence[float]) -> list[float]:
    """Left, right, difference and tolerance: the first two no finer than the last, beyond which
    digits say nothing, the others by one digit more."""
    slack = sides[-1]
    places = -floor(log10(slack)) if slack > 0 else 4
    return [round(side, places + (at > 1)) for at, side in enumerate(sides)]

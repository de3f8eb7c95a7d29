"""What is written around a chart: from its arguments, else from a notebook's texts, else as a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypedDict

from analysis.system.errors import InputError
from analysis.writing import sentences, texts, words
from analysis.writing.notebook import Page
from analysis.writing.slots import texts_of


class Texts(TypedDict, total=False):
    """Texts of one's own for a chart; templates, as in a notebook's texts.

    `missing` is said in place of a chart that would show fewer than three figures.
    """

    title: str
    subtitle: str
    missing: str


@dataclass(frozen=True)
class Caption:
    """The texts of a chart, filled in; `name` is its file's."""

    name: str
    title: str
    subtitle: str
    missing: str


def caption(page: Page, name: str, given: Texts) -> Caption:
    """The texts of a chart: each as given, else as under `name` in a notebook's texts.

    A chart that no notebook has texts for is titled by its name and speaks of region and years.

    Raises
    ------
    InputError
        for what is no page or no name, or a text that a chart has not.
    """
    if not isinstance(page, Page) or not isinstance(name, str):
        raise InputError("charts: give a page, as analysis.page() makes it, and a name, like 'my-jobs'")
    if unknown := sorted({*given} - {*Texts.__annotations__}):
        raise InputError(f"chart {name}: takes {', '.join(Texts.__annotations__)}, not {unknown[0]!r}")
    written = texts.of_chart(page.root, name, page.language) or _usual(page, name)
    told: Mapping[str, Any] = {**written, **given}
    file = texts.file_of_chart(page.root, name, page.language)
    filled = {}
    for part, say in (("title", sentences.first), ("subtitle", sentences.said), ("missing", sentences.said)):
        where = f"{part} of chart {name}" if part in given or not file else f"{file}: {part} of {name}"
        with texts_of(where):
            filled[part] = say(told.get(part, []), page)
    return Caption(name, **filled)


def _usual(page: Page, name: str) -> dict[str, str]:
    spanned = page.years[0] != page.years[1]
    subtitle = f"phrases/{'spanned' if spanned else 'yearly'}"
    return {
        "title": name.replace("-", " ").replace("_", " "),
        "subtitle": "" if page.indicator else words.word(subtitle, page.language),
        "missing": words.word("phrases/too_few", page.language),
    }

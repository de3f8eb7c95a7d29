"""Slots of templates: a misspelt one is told from one that a page has nothing for."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from difflib import get_close_matches

from analysis import codebook
from analysis.system.errors import InputError

_BESIDE = ("region", "year", "first", "last", "indicator", "unit", "unstated")
_DERIVED = ("top", "bottom", "only", "count")  # of some figures: the ends, or how many
_ALIKE, _VERY = 0.75, 0.8


def check_slot(key: str) -> None:
    """Refuse a slot that no page can fill.

    Raises
    ------
    InputError
        for a name that is neither a figure's nor a page's, or nearly one; it suggests the nearest.
    """
    name, _, kind = key.partition(":")
    known = codebook.load().indicators
    sections = {id_.partition(".")[0] for id_ in known}
    if name in known:
        measures = known[name].measures
        said = kind.partition(":")[0]
        near = [] if said in measures else get_close_matches(said, measures, 1, _ALIKE)
        near = [f"{name}:{each}" for each in near]
        wrong = bool(near)
    elif "." in name:
        near = get_close_matches(name, known, 1, _VERY)
        parts = set(name.split("."))
        wrong = bool(near) or not parts & {*sections, *_DERIVED}
    else:
        near = get_close_matches(name, _BESIDE, 1)
        wrong = True
    if wrong and name not in _BESIDE:
        also = f"; did you mean {{{near[0]}}}?" if near else ""
        raise InputError(f"nothing is called {{{key}}}{also}")


def check_braces(template: str, rest: str) -> None:
    """Refuse, with InputError, a template in whose `rest`, all but its slots, a brace is left."""
    if "{" in rest or "}" in rest:
        raise InputError(f"{template!r}: has a brace that opens or closes nothing; write a slot like {{year}}")


@contextlib.contextmanager
def texts_of(where: str) -> Iterator[None]:
    """Have errors say in which texts they are."""
    try:
        yield
    except InputError as error:
        raise InputError(f"{where}: {error}") from None

"""The files of the codebook read into one `Codebook`."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from analysis.codebook import cues, expressions, files
from analysis.codebook.files import Entry
from analysis.codebook.model import (
    ALWAYS,
    KINDS,
    LANGUAGES,
    LEVELS,
    MEASURES,
    SECTIONS,
    UNITS,
    Codebook,
    Definition,
    Indicator,
    Meaning,
    Rule,
    Span,
    Words,
)
from analysis.codebook.phrases import Phrase, phrase, whole
from analysis.codebook.status import Fate

FOLDER = Path(__file__).parent
_Kind = dict[str, dict[str, Words]]
_VARIABLE = re.compile(r"[a-z][a-z0-9_]{0,23}", re.ASCII)


@lru_cache
def load(folder: Path = FOLDER) -> Codebook:
    """The codebook, read once.

    Raises
    ------
    InputError
        naming file and line, where an entry is unknown, missing or cannot be read.
    """
    subjects, facets, contexts = _words(folder)
    series = {n: _by_year(e) for n, e in files.read_file(folder / "series.yaml", "series").fields().items()}
    damage = files.read_file(folder / "damage.yaml", "damage").fields()
    rates = {n: e.fields(("rate", "says"), ("rate", "says")) for n, e in damage.items()}
    entries = files.read_file(folder / "indicators.yaml", "indicators").fields()
    indicators = {id_: _indicator(id_, entry, subjects, facets, contexts) for id_, entry in entries.items()}
    _check_variables(indicators, entries)
    rules = _rules(files.read_file(folder / "rules.yaml", "rules"), indicators, series)
    return Codebook(
        indicators,
        subjects,
        facets,
        contexts,
        rules,
        series,
        {n: _cost(e["rate"]) for n, e in rates.items()},
        {n: _both(e["says"]) for n, e in rates.items()},
        cues.read(folder),
        _modifiers(folder),
        {n: int(e.number()) for n, e in files.read_file(folder / "plans.yaml", "plans").fields().items()},
        _meanings(files.read_file(folder / "meanings.yaml", "meanings"), subjects),
        _members(files.read_file(folder / "members.yaml", "members"), subjects),
        _totals(files.read_file(folder / "totals.yaml", "totals"), subjects),
        _definitions(
            files.read_file(folder / "definitions.yaml", "definitions"),
            files.read_file(folder / "authorities.yaml", "authorities"),
            indicators,
        ),
    )


def _words(folder: Path) -> tuple[_Kind, _Kind, _Kind]:
    kinds: tuple[_Kind, _Kind, _Kind] = ({}, {}, {})
    for language in LANGUAGES:
        pieces = _pieces(files.read_file(folder / f"pieces.{language}.yaml", "pieces"))
        for kind, out in zip(("subjects", "facets", "contexts"), kinds, strict=True):
            entries = files.read_file(folder / f"{kind}.{language}.yaml", kind).fields()
            for name, entry in entries.items():
                of_name = out.setdefault(name, {other: Words(name) for other in LANGUAGES})
                of_name[language] = _entry(name, entry, pieces)
    return kinds


def _modifiers(folder: Path) -> _Kind:
    out: _Kind = {}
    for language in LANGUAGES:
        pieces = _pieces(files.read_file(folder / f"pieces.{language}.yaml", "pieces"))
        entries = files.read_file(folder / f"modifiers.{language}.yaml", "modifiers").fields()
        for name, entry in entries.items():
            given = entry.fields(("words", "fate"), ("words",))
            fate = given["fate"].text(tuple(Fate), "fate") if "fate" in given else ""
            of_name = out.setdefault(name, {other: Words(name) for other in LANGUAGES})
            of_name[language] = Words(name, _phrases(given["words"], pieces), fate=fate)
    return out


def _pieces(entries: Entry) -> dict[str, str]:
    pieces = {name: entry.text() for name, entry in entries.fields().items()}
    for name, entry in entries.fields().items():
        try:
            re.compile(whole(pieces[name], pieces))
        except (ValueError, re.error) as error:
            raise entry.error(str(error)) from error
    return pieces


def _entry(name: str, entry: Entry, pieces: Mapping[str, str]) -> Words:
    """A list of phrases, or `words`, the words that are `not` meant, and `only` one kind."""
    if not entry.is_mapping:
        return Words(name, _phrases(entry, pieces))
    given = entry.fields(("words", "not", "only"), ("words",))
    words = Words(name, _phrases(given["words"], pieces))
    if "not" in given:
        words = replace(words, barred=_phrases(given["not"], pieces))
    if "only" in given:
        words = replace(words, only=given["only"].text(KINDS, "kind of report"))
    return words


def _phrases(entry: Entry, pieces: Mapping[str, str]) -> tuple[Phrase, ...]:
    out = []
    for item in entry.items():
        try:
            out.append(phrase(item.text(), pieces))
        except ValueError as error:
            raise item.error(str(error)) from error
    return tuple(out)


def _indicator(
    id_: str, entry: Entry, subjects: Collection[str], facets: Collection[str], contexts: Collection[str]
) -> Indicator:
    """One entry of `indicators.yaml`."""
    needed = ("section", "unit", "stata", "en", "zh", "measures")
    given = entry.fields((*needed, "about", "facet", "context", "typical", "years", "untried"), needed)

    def name(key: str, known: Collection[str]) -> str:
        return given[key].text(known, key) if key in given else ""

    about = [""]
    if "about" in given:
        asked = given["about"]
        about = [n.text(subjects, "about") for n in (asked.items() if asked.is_list else [asked])]
    return Indicator(
        id_,
        name("section", SECTIONS),
        name("unit", UNITS),
        _variable(given["stata"]),
        given["en"].text(),
        given["zh"].text(),
        tuple(item.text(MEASURES, "measure") for item in given["measures"].items()),
        about[0],
        name("facet", facets),
        name("context", contexts),
        _typical(given["typical"]) if "typical" in given else {},
        given["years"].years() if "years" in given else ALWAYS,
        tuple(about[1:]),
        "untried" in given and given["untried"].text(("true",), "value") == "true",
    )


def _variable(entry: Entry) -> str:
    if not _VARIABLE.fullmatch(entry.text()):
        raise entry.error(f"{entry.text()!r}: use a-z, 0-9 and _, 24 at most, a letter first")
    return entry.text()


def _check_variables(indicators: Mapping[str, Indicator], entries: Mapping[str, Entry]) -> None:
    owners: dict[str, str] = {}
    for id_, indicator in indicators.items():
        if (owner := owners.setdefault(indicator.stata, id_)) != id_:
            raise entries[id_].error(f"stata: {indicator.stata} is the name of {owner}")


def _typical(entry: Entry) -> dict[str, Span]:
    """One pair for all levels of places, or a pair for each."""
    if not entry.is_mapping:
        return dict.fromkeys(LEVELS, entry.pair())
    return {level: pair.pair() for level, pair in entry.fields(LEVELS).items()}


def _definitions(entries: Entry, authorities: Entry, indicators: Collection[str]) -> dict[str, Definition]:
    """Of indicators, of kinds of them, and of what stands behind the dot."""
    known = {*indicators, *(half for id_ in indicators for half in id_.split("."))}
    who = {name: _both(entry) for name, entry in authorities.fields().items()}
    needed = ("en", "zh", "by")
    given = {name: entry.fields(needed, needed) for name, entry in entries.fields(known).items()}
    return {
        name: Definition(
            of["en"].text(), of["zh"].text(), tuple(who[each.text(who, "authority")] for each in of["by"].items())
        )
        for name, of in given.items()
    }


def _meanings(entry: Entry, subjects: Collection[str]) -> dict[str, Meaning]:
    out: dict[str, Meaning] = {}
    for name, means in entry.fields(subjects).items():
        fields = means.fields({*subjects, "beside"})
        beside = fields.pop("beside").text(subjects, "subject") if "beside" in fields else ""
        out[name] = Meaning({other: years.years() for other, years in fields.items()}, beside)
    return out


def _members(entry: Entry, subjects: Collection[str]) -> dict[str, dict[str, str]]:
    return {
        name: {scheme: part.text(subjects, "subject") for scheme, part in parts.fields(subjects).items()}
        for name, parts in entry.fields(subjects).items()
    }


def _totals(entry: Entry, subjects: Collection[str]) -> dict[frozenset[str], Mapping[str, str]]:
    totals = [e.fields(("says", "of"), ("says", "of")) for e in entry.fields(subjects).values()]
    return {
        frozenset(part.text(subjects, "subject") for part in parts.items()): _both(total["says"])
        for total in totals
        for parts in total["of"].items()
    }


def _rules(entries: Entry, indicators: Collection[str], series: Collection[str]) -> dict[str, Rule]:
    """All rules; one over `kind.each` once for every name that its kinds have in common."""
    rules: dict[str, Rule] = {}
    for id_, entry in entries.fields().items():
        made = _rule(id_, entry)
        names = expressions.kinds(made.rule, indicators)
        for name in names or [""]:
            rule = replace(made, id=f"{id_}:{name}", rule=made.rule.replace(".each", f".{name}")) if name else made
            try:
                terms = expressions.check(rule.rule, indicators, series, rule.optional)
            except ValueError as error:
                raise entry.error(f"`{made.rule}`: {error}") from error
            rules[rule.id] = replace(rule, terms=terms - {expressions.EVERY})
    return rules


def _rule(id_: str, entry: Entry) -> Rule:
    needed = ("rule", "kind", "why")
    given = entry.fields((*needed, "optional", "years", "gaps", "levels"), needed)
    why = _both(given["why"])
    return Rule(
        id_,
        given["rule"].text(),
        given["kind"].text(("hard", "soft"), "kind"),
        why["en"],
        why["zh"],
        tuple(item.text() for item in given["optional"].items()) if "optional" in given else (),
        given["years"].years() if "years" in given else ALWAYS,
        gaps=tuple(int(year.number()) for year in given["gaps"].items()) if "gaps" in given else (),
        levels=tuple(n.text(LEVELS, "level") for n in given["levels"].items()) if "levels" in given else (),
    )


def _both(entry: Entry) -> dict[str, str]:
    """A text in each language."""
    return {name: text.text() for name, text in entry.fields(LANGUAGES, LANGUAGES).items()}


def _by_year(entry: Entry) -> dict[int, float]:
    out = {}
    for year, value in entry.fields().items():
        if not re.fullmatch(r"(?:19|20)\d\d", year):
            raise value.error("needs a year before each value")
        out[int(year)] = value.number()
    return out


def _cost(entry: Entry) -> float:
    rate = entry.number()
    if not 0 < rate < 1:
        raise entry.error("needs a share between 0 and 1")
    return -math.log(rate)

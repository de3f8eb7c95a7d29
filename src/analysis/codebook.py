"""The one reader of `codebook.yaml`: indicators, words, edit rules, damage rates.

Knowledge of labour statistics lives in that file; code asks here and knows none of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import yaml

from analysis.errors import InputError

MEASURES = ("outturn", "target", "ceiling", "completion", "cumulative")
_PATH = Path(__file__).with_name("codebook.yaml")
_HAN = re.compile("[⺀-鿿]")
_SUM = re.compile(r"([\w.]+) == ([\w.]+(?: \+ [\w.]+)+)")
Phrase = tuple[list[tuple[str, ...]], re.Pattern[str], str]


@dataclass(frozen=True)
class Words:
    """Phrases of one subject, facet or context; `only` the kind of report they hold for."""

    name: str
    patterns: tuple[Phrase, ...]
    barred: tuple[Phrase, ...] = ()
    only: str = ""


@dataclass(frozen=True)
class Indicator:
    """One thing a report may state; unit is people, households, yuan, percent, …"""

    id: str
    section: str
    unit: str
    en: str
    zh: str
    measures: tuple[str, ...]
    about: str = ""
    facet: str = ""
    context: str = ""
    typical: tuple[float, float] | None = None


@dataclass(frozen=True)
class Rule:
    """An edit rule as written, why in English and Chinese; `line` is where it stands."""

    id: str
    rule: str
    kind: str
    why: str
    why_zh: str
    optional: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Codebook:
    indicators: dict[str, Indicator]
    subjects: dict[str, dict[str, Words]] = field(repr=False)
    facets: dict[str, dict[str, Words]] = field(repr=False)
    contexts: dict[str, dict[str, Words]] = field(repr=False)
    rules: dict[str, Rule] = field(repr=False)
    series: dict[str, dict[int, float]] = field(repr=False)
    damage: dict[str, float] = field(repr=False)
    says: dict[str, dict[str, str]] = field(repr=False)
    cues: dict[str, dict[str, re.Pattern[str]]] = field(repr=False)
    plans: dict[str, int] = field(repr=False)

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """The indicators that a hard rule makes the sum of others, each with its summands."""
        sums = (_SUM.fullmatch(r.rule) for r in self.rules.values() if r.kind == "hard")
        return {m[1]: m[2].split(" + ") for m in sums if m}


@lru_cache
def load(path: Path = _PATH) -> Codebook:
    """The codebook, read once.

    Raises
    ------
    InputError
        naming file and line, where an entry is unknown, missing or cannot be parsed.
    """
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, yaml.CSafeLoader)
        data = yaml.load(text, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(f"{path.name}:{mark.line + 1 if mark else 1}: not YAML: "
                         f"{getattr(error, 'problem', error)}") from error  # fmt: skip
    lines = dict(_lines(root))
    where = _Place(path.name, lines)
    pieces = data.get("pieces", {})
    subjects, facets, contexts = (
        {k: _words(where, section, k, v, pieces) for k, v in data.get(section, {}).items()}
        for section in ("subjects", "facets", "contexts")
    )
    indicators = {}
    for id_, entry in data["indicators"].items():
        indicators[id_] = _indicator(where, id_, entry, subjects, facets, contexts)
    rules = {}
    for id_, entry in data.get("rules", {}).items():
        if not isinstance(entry, dict) or "rule" not in entry:
            raise where.error("rules", id_, "needs `rule:`")
        if entry.get("kind") not in ("hard", "soft"):
            raise where.error("rules", id_, "`kind:` is hard or soft")
        why = entry.get("why")
        if not isinstance(why, dict) or not {"en", "zh"} <= set(why):
            raise where.error("rules", id_, "needs `why:` with `en:` and `zh:`")
        rules[id_] = Rule(id_, str(entry["rule"]), entry["kind"], why["en"], why["zh"],
                          tuple(entry.get("optional", ())), where.line("rules", id_))  # fmt: skip
    damage = {k: -math.log(v["rate"]) for k, v in data.get("damage", {}).items()}
    says = {k: v["says"] for k, v in data.get("damage", {}).items()}
    return Codebook(indicators, subjects, facets, contexts, rules, data.get("series", {}),
                    damage, says, _cues(where, data), data.get("five_year_plans", {}))  # fmt: skip


@dataclass(frozen=True)
class _Place:
    name: str
    lines: dict[tuple[str, str], int]

    def line(self, section: str, key: str) -> int:
        return self.lines.get((section, key), 1)

    def error(self, section: str, key: str, what: str) -> InputError:
        return InputError(f"{self.name}:{self.line(section, key)}: {section} {key}: {what}")


def _lines(root: Any) -> Iterator[tuple[tuple[str, str], int]]:
    for section, entries in root.value:
        if isinstance(entries, yaml.MappingNode):
            for key, _ in entries.value:
                yield (section.value, str(key.value)), key.start_mark.line + 1


def _indicator(where: _Place, id_: str, entry: dict[str, Any], subjects: dict, facets: dict,
               contexts: dict) -> Indicator:  # fmt: skip
    try:
        typical = tuple(map(float, entry["typical"])) if "typical" in entry else None
        made = Indicator(id_, entry["section"], entry["unit"], entry["en"], entry["zh"],
                         tuple(entry["measures"]), entry.get("about", ""), entry.get("facet", ""),
                         entry.get("context", ""), typical)  # type: ignore[arg-type]  # fmt: skip
    except KeyError as error:
        raise where.error("indicators", id_, f"needs `{error.args[0]}:`") from error
    for name, known in ((made.about, subjects), (made.facet, facets), (made.context, contexts)):
        if name and name not in known:
            raise where.error("indicators", id_, f"unknown subject, facet or context {name!r}")
    for measure in made.measures:
        if measure not in MEASURES:
            raise where.error("indicators", id_, f"unknown measure {measure!r}")
    return made


def _words(where: _Place, section: str, name: str, entry: dict[str, Any],
           pieces: dict[str, str]) -> dict[str, Words]:  # fmt: skip
    barred = entry.get("not", {})
    try:
        return {
            language: Words(
                name,
                tuple(_phrase(phrase, pieces) for phrase in entry.get(language, ())),
                tuple(_phrase(phrase, pieces) for phrase in barred.get(language, ())),
                entry.get("only", ""),
            )
            for language in ("en", "zh")
        }
    except re.error as error:
        raise where.error(section, name, f"cannot read {error.pattern!r}: {error}") from error


def _cues(where: _Place, data: dict[str, Any]) -> dict[str, dict[str, re.Pattern[str]]]:
    try:
        return {
            language: {
                name: re.compile("|".join(map(sought, options))) for name, options in cues.items()
            }
            for language, cues in data.get("cues", {}).items()
        }
    except re.error as error:
        raise where.error("cues", "en", f"cannot read {error.pattern!r}: {error}") from error


def _phrase(phrase: str, pieces: dict[str, str]) -> Phrase:
    """A phrase as (sets of literals, of each of which it needs one; pattern; mark).

    `~` marks words that name a subject loosely, `?` words that name it only for want of others.

    `<name>` stands for a piece, " … " is a stretch without numbers, " # " one that may hold one number.
    """
    mark = phrase[0] if phrase[0] in "~?" else ""
    phrase = phrase.removeprefix(mark)
    while (whole := re.sub(r"<(\w+)>", lambda m: pieces[m[1]], phrase)) != phrase:
        phrase = whole
    gap = r"(?:(?!\band\b)[^.,;。；\d]){0,80}?"
    over = r"(?:(?!\band\b)[^,:;()。；\n]|,(?=\d)){0,48}?"
    source = (
        phrase.replace(" # ", f" ?{over} ?")
        .replace("#", over)
        .replace(" … ", gap)
        .replace("…", gap)
    )
    start = r"\b" if re.match(r"[a-z(]", phrase) and not _HAN.search(phrase) else ""
    needs = [n for n in _needs(phrase) if min(map(len, n)) > (2 if phrase.isascii() else 0)]
    needs.sort(key=lambda n: (len(n), -min(map(len, n))))
    return needs, re.compile(sought(start + source.replace(" ", r"\s"))), mark


def sought(source: str) -> str:
    r"""The same pattern as `re` finds it faster: `\bnew` looks for the n, then for the boundary."""
    return "|".join(_led(source[2:]) or [source]) if source.startswith(r"\b") else source


def _led(source: str) -> list[str]:
    """A pattern's alternatives with the word boundary behind their first letters; none without."""
    if re.match(r"[a-z](?![?*+{])", source):
        return [rf"{source[0]}(?<=\b{source[0]}){source[1:]}"]
    opening = re.match(r"\((?:\?:)?(?!\?)", source)
    if not opening:
        return []
    depth, at, parts = 0, opening.end(), [""]
    for token in re.findall(r"\\.|\[[^\]]*\]|.", source[at:], re.DOTALL):
        at += len(token)
        depth += (token == "(") - (token == ")")
        if depth < 0:
            break
        if token == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += token
    led = [_led(part) for part in parts]
    if not all(led) or source[at : at + 1] in tuple("?*+{"):
        return []
    return [part + source[at:] for part in chain.from_iterable(led)]


def _needs(phrase: str) -> list[tuple[str, ...]]:
    """Sets of plain strings: every match contains one of each set.

    The plain runs outside all groups, and those of the alternatives of each group.
    """
    flat, depth, groups, start, bars = [], 0, [], 0, []
    for place, char in enumerate(phrase):
        if char in "([{":
            start = start if depth else place + 1
            depth += 1
        elif char == "|" and not depth:
            bars.append(place)
        flat.append("\0" if depth or char in ")]}" else char)
        if char in ")]}":
            depth -= 1
            if not depth and char == ")" and phrase[place + 1 : place + 2] not in ("?", "*"):
                groups.append(phrase[start:place])
    if bars:
        branches = [_needs(phrase[a + 1 : b]) for a, b in pairwise([-1, *bars, len(phrase)])]
        if not all(branches):
            return []
        fewest = (min(needs, key=len) for needs in branches)
        return [tuple(dict.fromkeys(chain.from_iterable(fewest)))]
    sure = re.sub(r".[?*]", "\0", "".join(flat))  # what stands for itself
    runs = (run.strip() for run in re.split(r"[\0…#.?*+\\|]", sure))
    out = [(run,) for run in dict.fromkeys(runs) if run]
    return out + [n for g in groups if not g.startswith("?") for n in _needs(g)]

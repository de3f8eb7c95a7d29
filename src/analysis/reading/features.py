"""The named features of what a number may state. None of them knows an indicator or a text.

A feature is a short string; `weights` says what it is worth. Distances are counted in clause
boundaries and numbers between, not in characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import repeat

from analysis.codebook import Indicator
from analysis.reading.candidates import Antecedent
from analysis.reading.facets import counted, within
from analysis.reading.mentions import Mention
from analysis.reading.numerals import Numeral
from analysis.reading.scenery import Scenery

__all__ = ["counted", "in_list", "of_indicator", "of_number", "of_source", "within"]

Features = tuple[str, ...]
_TOKEN = {"en": re.compile(r"[a-z]+|[^\sa-z\d]"), "zh": re.compile(r"[^\s\d]")}
_NEAR = {"en": 6, "zh": 2}  # characters between a number and a word that touches it
_WINDOW = {"en": 40, "zh": 8}
_MODIFIERS = 24  # modifiers before a number that are looked at; half as many behind it


def of_source(scene: Scenery, at: int, source: Antecedent) -> Features:
    """Features of a number being about a mention, whatever that names."""
    if source.kind != "own":
        place = (source.kind, source.far, source.last, source.live, source.mention.mark)
        return _left(*place, sum(scene.names), scene.preceded(at), not at)
    where = scene.relation(at, source.mention)
    near = (min(where.heavy, 3), min(where.numbers, 3), _bucket(where.gap), scene.led)
    mark = source.mention.mark
    if where.side == "b":
        same = min(scene.alike(source.mention, at), 3)
        return _before(*near, mark, min(where.light, 2), min(where.subjects, 4), same)
    if where.side == "a":
        return _after(*near, mark, min(where.subjects, 3), not scene.preceded(at))
    return _own("i", *near, mark)


@cache
def aside(placed: Features) -> Features:
    """Features of a mention, as those of a subject that has no indicator."""
    return tuple([f"aside|{f}" for f in placed])


@cache
def _own(side: str, heavy: int, numbers: int, gap: int, led: bool, mark: str) -> Features:
    """Where a mention of the number's own sentence stands."""
    return (f"{side}/h{heavy}/n{numbers}", f"{side}/d{gap}", f"led{led:d}/{side}/n{numbers}", f"mark{mark}/own")


@cache
def _before(heavy: int, numbers: int, gap: int, led: bool, mark: str, light: int, rank: int, same: int) -> Features:
    own = _own("b", heavy, numbers, gap, led, mark)
    return (*own, f"b/l{light}", f"b/rank{rank}", f"b/same{same}")


@cache
def _after(heavy: int, numbers: int, gap: int, led: bool, mark: str, rank: int, none: bool) -> Features:
    own = _own("a", heavy, numbers, gap, led, mark)
    return (*own, f"a/rank{rank}/none{none:d}", f"a/h{heavy}/none{none:d}")


@cache
def _left(kind: str, far: bool, last: bool, live: bool, mark: str, own: int, before: bool, first: bool) -> Features:
    """What speaks for a mention that went before the sentence."""
    tag = f"{kind}{'/far' * far}"
    return (
        tag,
        f"{kind}/own{own}",
        f"{tag}/last{last:d}/live{live:d}",
        f"{kind}/before{before:d}",
        f"{kind}/first{first:d}",
        f"mark{mark}/{kind}",
    )


def of_indicator(numeral: Numeral, indicator: Indicator, fit: str, m: Mention) -> Features:
    """Features of what a mention names: how the number's unit and length fit it."""
    length = min(_bucket(m.end - m.start), 5)
    return _named(fit, indicator.unit, _counted(numeral), indicator.section, length)


@cache
def _named(fit: str, unit: str, counted: str, section: str, length: int) -> Features:
    return f"fit/{fit}", f"unit/{unit}/{counted}", f"section/{section}/{fit}", f"words/{length}"


def in_list(scene: Scenery, at: int, m: Mention) -> Features:
    """Whether a number stands in its list where the mention stands among its heads."""
    run = scene.run(at)
    if run is None:
        return ()
    side, heads = scene.heads(run)
    place = next((k for k, (start, end) in enumerate(heads) if start <= m.start and m.end <= end), None)
    if place is None:
        return (f"list/out/{side}/{len(heads) == len(run):d}",)
    if len(heads) != len(run):
        return (f"list/odd/{side}/{len(heads) == 1:d}",)
    return (f"list/{side}/{place == run.index(at):d}",)


def of_number(scene: Scenery, at: int) -> list[str]:
    """Features of a number and the words around it, whatever it may be of."""
    n, numerals = scene.numerals[at], scene.numerals
    unit, digits = _counted(n), sum(c.isdigit() for c in n.glyphs)
    out = ["", f"unit/{unit}", f"bound/{n.bound}"]
    out.append(f"digits/{min(digits, 6)}/{'.' in n.glyphs:d}/{unit}")
    if unit in ("percent", "-"):
        out.append(f"size/{unit}/{_size(n.glyphs)}")
    out += [f"at/{min(at, 3)}", f"of/{min(len(numerals), 4)}"]
    if at:
        out.append(_beside(scene, at - 1, at - 1, "p"))
    if at + 1 < len(numerals):
        out.append(_beside(scene, at, at + 1, "f"))
    term = scene.passage.scopes.terms.at(n.start)
    out.append(f"term/plan{term.plan:d}/several{term.several:d}")
    out.append(f"named{term.named:d}/plan{term.plan:d}")
    if scene.elsewhere(at):
        out.append("abroad")
    return [*out, *_modifiers(scene, at), *_words(scene, n)]


def _beside(scene: Scenery, left: int, other: int, tag: str) -> str:
    """The number next to one, and what lies between."""
    low, high = scene.numerals[left].end, scene.numerals[left + 1].start
    heavy = min(scene.heavy(low, high), 2)
    return f"{tag}/{_counted(scene.numerals[other])}/h{heavy}/{high - low <= 3:d}"


def _modifiers(scene: Scenery, at: int) -> Iterator[str]:
    """The modifiers on each side of a number, the nearest of each kind."""
    n, words, seen = scene.numerals[at], scene.sentence.modifiers, set()
    before = [m for m in reversed(words) if m.end <= n.start][:_MODIFIERS]
    after = [m for m in words if m.start >= n.end][: _MODIFIERS // 2]
    for side, m in (*zip(repeat("b"), before), *zip(repeat("a"), after)):
        key = f"m/{m.name}/{side}"
        if key in seen:
            continue
        seen.add(key)
        where = scene.relation(at, m)
        yield f"{key}{min(where.heavy, 2)}{min(where.numbers, 2)}"
        if where.gap <= _NEAR[scene.passage.language]:
            yield f"{key}t"
        if not where.heavy and not where.numbers:
            yield f"{key}00{'%' if n.unit == 'percent' else ''}"


def _words(scene: Scenery, n: Numeral) -> Iterator[str]:
    """The words next to a number as they stand."""
    folded, language = scene.passage.folded, scene.passage.language
    width, token = _WINDOW[language], _TOKEN[language]
    low = max(scene.sentence.start, n.start - width)
    before = token.findall(folded[low : n.start])[:-5:-1]
    after = token.findall(folded[n.end : min(scene.sentence.end, n.end + width)])[:4]
    for tag, words in (("b", before), ("a", after)):
        for k, word in enumerate(words):
            yield f"w{tag}{k}/{word}"
            yield f"w{tag}/{word}"
        if len(words) > 1:
            yield f"w{tag}2/{words[0]} {words[1]}"


def _counted(n: Numeral) -> str:
    return n.unit or ("scale" if n.scale else "-")


def _bucket(length: int) -> int:
    return min(max(length, 0).bit_length(), 8)


def _size(glyphs: str) -> str:
    try:
        value = float(glyphs.replace(",", "").replace(" ", ""))
    except ValueError:
        return "?"
    return "s" if value < 20 else "m" if value < 80 else "l" if value < 150 else "x"

"""Which indicator, measure and period each numeral states.

A sentence names subjects (the scheme, the kind of job) and numbers; each number goes to the
nearest subject that is counted in its unit. Roles (result, target, completion) come from the
words around and, where these are silent, from the one division that fits.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from decimal import Decimal

from analysis.codebook import Codebook, Indicator
from analysis.reading import cues, scope
from analysis.reading.numerals import Numeral
from analysis.reading.readings import Reading, readings

_LOOSE = {
    ("enterprises", "households"): 0.3, ("enterprises", "employers"): 0.2,
    ("employers", "households"): 0.3, ("employers", "enterprises"): 0.2,
    ("households", "enterprises"): 0.3,
}  # fmt: skip
_ROLE_UNSAID = 3.0
_ROLE_IGNORED = 4.0
_FITS = -8.0
_COUNTED_NOUN = 0.6  # "seven projects" names what the seven are, seldom what later numbers are


@dataclass(frozen=True)
class Statement:
    """Numeral number `numeral` states `measure` of `indicator` for `period`.

    `sure` is False where the words leave the scope open; `note` then says so.
    """

    numeral: int
    indicator: str
    measure: str
    period: str
    sure: bool = True
    note: str = ""


@dataclass
class _Sentence:
    start: int
    end: int
    numerals: list[int]
    hits: list[tuple[int, int, str]] = field(default_factory=list)
    facets: list[tuple[int, int, str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class _Guess:
    indicator: Indicator | None  # None for a subject that the codebook only knows to set aside
    cost: float
    anchor: int  # where the subject stands


@dataclass
class _Linker:
    folded: str
    numerals: list[Numeral]
    codebook: Codebook
    language: str
    cue: dict[str, re.Pattern[str]]
    scopes: scope.Scopes
    by_subject: dict[str, list[Indicator]]
    fates: dict[int, str] = field(default_factory=dict)
    rivals: dict[int, int] = field(default_factory=dict)
    readings: dict[tuple[int, str], list[Reading]] = field(default_factory=dict)


def link(text: str, folded: str, numerals: list[Numeral], codebook: Codebook, year: int,
         kind: str, language: str) -> tuple[list[Statement], dict[int, str]]:  # fmt: skip
    """Statements of a text and, for every numeral that states nothing, its fate.

    `year` is the document's (see `scope.Scopes`), `kind` bureau-report or government-report.
    """
    by_subject: dict[str, list[Indicator]] = {}
    for indicator in codebook.indicators.values():
        by_subject.setdefault(indicator.about, []).append(indicator)
    linker = _Linker(folded, numerals, codebook, language, cues.ZH if language == "zh" else cues.EN,
                     scope.Scopes(text, folded, year, kind, language), by_subject)  # fmt: skip
    linker.fates = {i: n.fate for i, n in enumerate(numerals) if n.fate}
    statements: list[Statement] = []
    paragraphs = _contexts(linker)
    pending: list[tuple[int, int, str]] = []
    for sentence in _sentences(linker):
        _find_words(linker, sentence)
        if not sentence.numerals:
            pending = sentence.hits[-1:]
            continue
        if not sentence.hits:
            sentence.hits = pending
        pending = []
        if sentence.hits:
            statements += _state(linker, sentence, paragraphs(sentence.start))
    stated = {s.numeral for s in statements}
    for i in range(len(numerals)):
        if i not in linker.fates and i not in stated:
            linker.fates[i] = "unlinked" if numerals[i].glyphs else "number-missing"
    return statements, linker.fates


def _sentences(linker: _Linker) -> list[_Sentence]:
    stop = cues.SENTENCE_ZH if linker.language == "zh" else cues.SENTENCE_EN
    source = linker.scopes.text if linker.language == "en" else linker.folded
    starts = [n.start for n in linker.numerals]
    out, at = [], 0
    inside = {i for n in linker.numerals for i in range(n.start, n.end - 1)}
    for match in [*stop.finditer(source), None]:
        end = match.start() if match else len(source)
        if match and match.start() in inside:
            continue
        low, high = bisect_right(starts, at - 1), bisect_right(starts, end - 1)
        out.append(_Sentence(at, end, list(range(low, high))))
        at = match.end() if match else end
    return out


def _contexts(linker: _Linker):
    """A function from a place to the contexts that its paragraph is in."""
    breaks = [m.start() for m in re.finditer(r"\n", linker.folded)]
    cache: dict[int, frozenset[str]] = {}

    def at(place: int) -> frozenset[str]:
        i = bisect_right(breaks, place)
        if i not in cache:
            low = breaks[i - 1] if i else 0
            paragraph = linker.folded[low : breaks[i] if i < len(breaks) else None]
            cache[i] = frozenset(
                name for name, words in linker.codebook.contexts.items()
                if any(p.search(paragraph) for _, p in words[linker.language].patterns)
            )  # fmt: skip
        return cache[i]

    return at


def _find_words(linker: _Linker, sentence: _Sentence) -> None:
    low, high = sentence.start, sentence.end
    part = linker.folded[low:high]
    found = []
    for name, words in linker.codebook.subjects.items():
        for literal, pattern in words[linker.language].patterns:
            if literal in part:
                found += [(m.start() + low, m.end() + low, name) for m in pattern.finditer(part)]
    found.sort(key=lambda h: (h[0] - h[1], h[0]))
    hits: list[tuple[int, int, str]] = []
    for hit in found:
        if all(
            hit[1] <= o[0] or hit[0] >= o[1] or (hit[:2] == o[:2] and hit[2] != o[2]) for o in hits
        ):
            hits.append(hit)
    sentence.hits = sorted(hits)
    if not sentence.numerals or not hits:
        return
    for name, words in linker.codebook.facets.items():
        for barred, patterns in ((False, words[linker.language].patterns),
                                 (True, words[linker.language].barred)):  # fmt: skip
            for literal, pattern in patterns:
                if literal in part:
                    sentence.facets += [(m.start() + low, m.end() + low, name, barred)
                                        for m in pattern.finditer(part)]  # fmt: skip


# ---------------------------------------------------------------- a numeral and its subject


def _unit_cost(numeral: Numeral, unit: str) -> float | None:
    if unit == "percent":
        plain = not numeral.unit and not numeral.scale and "," not in numeral.glyphs
        return 0.0 if numeral.unit in ("percent", "permille") else 0.2 if plain else None
    if numeral.unit in ("percent", "permille", "points"):
        return None
    if unit == "yuan":
        return 0.0 if numeral.unit == "yuan" else None
    if numeral.unit == unit:
        return 0.0
    if not numeral.unit:
        return 0.2
    if numeral.chinese and numeral.unit == "projects" and numeral.printed.endswith("个"):
        return 0.3
    return _LOOSE.get((unit, numeral.unit))


def _guesses(linker: _Linker, sentence: _Sentence, index: int,
             contexts: frozenset[str]) -> list[_Guess]:  # fmt: skip
    numeral = linker.numerals[index]
    out = []
    for hit in sentence.hits:
        distance = _distance(linker, sentence, index, hit)
        if distance is None:
            continue
        if hit[2] not in linker.by_subject:
            out.append(_Guess(None, distance, hit[0]))
        for indicator in linker.by_subject.get(hit[2], ()):
            unit = _unit_cost(numeral, indicator.unit)
            if unit is None or (indicator.context and indicator.context not in contexts):
                continue
            facet = _facet_cost(linker, sentence, index, indicator, hit) if indicator.facet else 0.0
            if facet is None:
                continue
            favour = -0.35 if indicator.context else 0.0
            out.append(_Guess(indicator, distance + unit + facet + favour, hit[0]))
    return sorted(out, key=lambda g: g.cost)


def _between(linker: _Linker, low: int, high: int) -> tuple[int, int]:
    part = linker.folded[low:high]
    zh = linker.language == "zh"
    heavy = len((cues.HEAVY_ZH if zh else cues.HEAVY_EN).findall(part))
    return heavy, len((cues.LIGHT_ZH if zh else cues.LIGHT_EN).findall(part))


def _distance(linker: _Linker, sentence: _Sentence, index: int,
              hit: tuple[int, int, str]) -> float | None:  # fmt: skip
    numeral = linker.numerals[index]
    if hit[1] <= numeral.start:
        heavy, light = _between(linker, hit[1], numeral.start)
        others = sum(1 for i in sentence.numerals if i < index and i not in linker.fates
                     and hit[1] <= linker.numerals[i].start)  # fmt: skip
        counted = any(not linker.folded[linker.numerals[i].end : hit[0]].strip()
                      for i in sentence.numerals if linker.numerals[i].end <= hit[0])  # fmt: skip
        return (0.5 * heavy + 0.15 * light + 0.2 * others + 0.001 * (numeral.start - hit[1])
                + (_COUNTED_NOUN if counted else 0.0))  # fmt: skip
    if hit[0] < numeral.end:
        return 0.0
    heavy, light = _between(linker, numeral.end + numeral.zeros_lost, hit[0])
    others = sum(1 for i in sentence.numerals if i > index and i not in linker.fates
                 and linker.numerals[i].start < hit[0])  # fmt: skip
    if heavy or others or hit[0] - numeral.end > (14 if linker.language == "zh" else 60):
        return None
    return 0.3 + 0.3 * light + 0.005 * (hit[0] - numeral.end)


def _facet_cost(linker: _Linker, sentence: _Sentence, index: int, indicator: Indicator,
                hit: tuple[int, int, str]) -> float | None:  # fmt: skip
    numeral = linker.numerals[index]
    before = max(
        [linker.numerals[i].end for i in sentence.numerals if i < index] + [sentence.start]
    )
    after = min([linker.numerals[i].start for i in sentence.numerals if i > index] + [sentence.end])
    best: float | None = None
    for start, end, name, barred in sentence.facets:
        if name != indicator.facet:
            continue
        if barred:
            inside = (
                before <= start and end <= numeral.start or numeral.end <= start < numeral.end + 6
            )
            if inside and sum(_between(linker, end, numeral.start)) == 0:
                return None
            continue
        if start < numeral.start:
            heavy, light = _between(linker, end, numeral.start)
            skipped = sum(
                1 for i in sentence.numerals if end <= linker.numerals[i].start < numeral.start
            )
            cost = 0.1 + 0.4 * heavy + 0.3 * light + 0.4 * skipped
        elif (
            end <= after and sum(_between(linker, max(numeral.end, min(hit[1], start)), start)) == 0
        ):
            cost = 0.15
        else:
            continue
        best = cost if best is None else min(best, cost)
    siblings = [i for i in linker.by_subject[hit[2]] if i.unit == indicator.unit]
    if best is None and len(siblings) == 1 and indicator.facet in ("insured", "collected"):
        return 0.3
    return best


# ---------------------------------------------------------------- roles


def _around(linker: _Linker, index: int, before: int = 48, after: int = 48) -> tuple[str, str]:
    numeral = linker.numerals[index]
    low = max(0, numeral.start - before)
    return linker.folded[low : numeral.start], linker.folded[numeral.end : numeral.end + after]


def _cue(linker: _Linker, index: int, name: str) -> bool:
    before, after = _around(linker, index)
    return bool(linker.cue[name].search(before if name.endswith("before") else after))


def _rate_like(numeral: Numeral) -> bool:
    if numeral.unit:
        return numeral.unit == "percent"
    return not numeral.scale and "," not in numeral.glyphs and len(numeral.glyphs.strip()) <= 7


def _target_cue(linker: _Linker, sentence: _Sentence, index: int) -> bool:
    numeral = linker.numerals[index]
    low = max([linker.numerals[i].end for i in sentence.numerals if i < index] + [sentence.start])
    before = linker.folded[max(low, numeral.start - 48) : numeral.start]
    after = linker.folded[numeral.end : numeral.end + 30]
    return bool(
        linker.cue["target_before"].search(before) or linker.cue["target_after"].search(after)
    )


def _completion_cue(linker: _Linker, sentence: _Sentence, index: int) -> bool:
    numeral = linker.numerals[index]
    if linker.cue["completion_after"].search(linker.folded[numeral.end : numeral.end + 60]):
        return True
    if linker.language == "zh":
        return _cue(linker, index, "completion_before")
    before, after = _around(linker, index, 60, 60)
    said = linker.cue["completion_before"].search(before)
    if numeral.unit == "percent":
        return bool(said)
    return bool(said and re.search(rf"\b{cues.GOAL}\b", said[0]))


def _state(linker: _Linker, sentence: _Sentence, contexts: frozenset[str]) -> list[Statement]:
    live = [i for i in sentence.numerals if i not in linker.fates]
    for i in live:
        fate = _aside(linker, sentence, i)
        if fate:
            linker.fates[i] = fate
    live = [i for i in live if i not in linker.fates]
    chosen: dict[int, _Guess] = {}
    listed = _listed(linker, sentence, live, contexts)
    chosen.update(listed)
    for i in live:
        if i not in chosen:
            guesses = _guesses(linker, sentence, i, contexts)
            if guesses and guesses[0].indicator is None:
                linker.fates[i] = "other-subject"
            elif guesses:
                chosen[i] = guesses[0]
    live = [i for i in live if i not in linker.fates]
    roles = _roles(linker, sentence, live, chosen, contexts)
    roles.update(_listed_rates(linker, sentence, live, roles))
    out = []
    for i, (indicator, role) in sorted(roles.items()):
        statement = _place(linker, sentence, i, indicator, role)
        if statement:
            out.append(statement)
    return out


def _aside(linker: _Linker, sentence: _Sentence, index: int) -> str:
    """The fate of a number that is a change, a share, an average: no figure of an indicator."""
    numeral = linker.numerals[index]
    before, after = _around(linker, index, 32 if linker.language == "en" else 10, 24)
    if numeral.unit == "points":
        return "change"
    ratio = numeral.unit in ("percent", "")
    if linker.cue["change_before"].search(before) and not re.search(
        r"(?:increas\w+|up|ris\w+|rose|增加|增长|提高|上升|降低|下降)(?:ed)?\s?(?:to|到|至|为)\s?$",
        before,
    ):
        if (
            not (linker.language == "zh" and before.endswith(("低于", "高于")))
            or not numeral.unit == "percent"
        ):
            return "change"
    if ratio and linker.cue["change_after"].search(after):
        return "change"
    if (
        numeral.unit == "percent"
        and linker.cue["share_before"].search(before)
        and not _completion_cue(linker, sentence, index)
    ):
        return "share"
    clause = linker.folded[max(sentence.start, numeral.start - 40) : numeral.start]
    if linker.cue["average"].search(re.split(r"[,，;；]", clause)[-1]):
        return "average"
    return ""


def _roles(linker: _Linker, sentence: _Sentence, live: list[int], chosen: dict[int, _Guess],
           contexts: frozenset[str]) -> dict[int, tuple[Indicator, str]]:  # fmt: skip
    roles: dict[int, tuple[Indicator, str]] = {}
    results: dict[str, int] = {}
    open_: list[int] = []
    for i in live:
        guess = chosen.get(i)
        numeral = linker.numerals[i]
        rate = _rate_like(numeral)
        completes = rate and _completion_cue(linker, sentence, i)
        own = guess is not None and guess.indicator.unit == "percent" and not (
            completes and (guess.indicator.id in results or guess.cost > 0.5))  # fmt: skip
        if rate and not own and (numeral.unit == "percent" or completes):
            open_.append(i)
            continue
        if guess is None:
            open_.append(i)
            continue
        indicator = guess.indicator
        target = _target_cue(linker, sentence, i)
        if "ceiling" in indicator.measures and (numeral.bound == "at_most" or target):
            roles[i] = (indicator, "ceiling")
            continue
        if indicator.id in results and not target:
            held = results[indicator.id]
            if chosen[held].cost > guess.cost + 0.25 and indicator.unit != "percent":
                open_.append(held)
                roles.pop(held)
            else:
                open_.append(i)
                continue
        if target and "target" in indicator.measures and indicator.unit != "percent":
            open_.append(i)
            continue
        results[indicator.id] = i
        roles[i] = (
            indicator,
            "outturn" if "outturn" in indicator.measures else indicator.measures[0],
        )
    _assign_open(linker, sentence, sorted(open_), chosen, results, roles, contexts)
    return roles


def _assign_open(linker: _Linker, sentence: _Sentence, open_: list[int], chosen: dict[int, _Guess],
                 results: dict[str, int], roles: dict[int, tuple[Indicator, str]],
                 contexts: frozenset[str]) -> None:  # fmt: skip
    """Give each result its target and completion among the numbers left, by words and by fit."""
    owner = {i: _owner(linker, sentence, i, chosen, roles, contexts) for i in open_}
    for id_ in dict.fromkeys(o.id for o in owner.values() if o is not None):
        indicator = linker.codebook.indicators[id_]
        if "completion" not in indicator.measures and "target" not in indicator.measures:
            continue
        pool = [i for i in open_ if owner[i] is not None and owner[i].id == id_]  # type: ignore[union-attr]
        target, completion = _best_roles(linker, sentence, indicator, results.get(id_), pool)
        if target is not None:
            roles[target] = (indicator, "target")
        if completion is not None:
            roles[completion] = (indicator, "completion")
        for extra in pool:
            if extra in (target, completion):
                continue
            if (
                _target_cue(linker, sentence, extra)
                and "target" in indicator.measures
                and not _rate_like(linker.numerals[extra])
            ):  # one figure may have two targets
                roles[extra] = (indicator, "target")
    for extra in open_:
        held = results.get(owner[extra].id) if owner[extra] else None  # type: ignore[union-attr]
        if extra not in roles and held is not None and extra in chosen and held in roles:
            low, high = sorted(
                (linker.numerals[held], linker.numerals[extra]), key=lambda n: n.start
            )
            if _between(linker, low.end, high.start)[0] == 0:
                linker.rivals[held] = extra


def _owner(linker: _Linker, sentence: _Sentence, index: int, chosen: dict[int, _Guess],
           roles: dict[int, tuple[Indicator, str]], contexts: frozenset[str]) -> Indicator | None:  # fmt: skip
    """The indicator a target or rate belongs to: its own subject, else the last result's."""
    numeral = linker.numerals[index]
    if not (_rate_like(numeral) and (index not in chosen or numeral.unit == "percent"
                                     or chosen[index].indicator.unit == "percent")):  # fmt: skip
        return chosen[index].indicator if index in chosen else None
    best: tuple[float, Indicator] | None = None
    for i, (indicator, role) in roles.items():
        if role == "outturn" and i < index and "completion" in indicator.measures:
            heavy, light = _between(linker, linker.numerals[i].end, numeral.start)
            others = sum(1 for j in roles if i < j < index)
            cost = 0.3 * heavy + 0.1 * light + 0.3 * others
            if best is None or cost < best[0]:
                best = (cost, indicator)
    for hit in sentence.hits:
        distance = _distance(linker, sentence, index, hit)
        options = [n for n in linker.by_subject.get(hit[2], ()) if "completion" in n.measures
                   and (not n.context or n.context in contexts)]  # fmt: skip
        if distance is None or not options:
            continue
        stated = {r[0].id for r in roles.values()}
        options = [n for n in options if n.id in stated] or options[:1]
        if best is None or distance < best[0]:
            best = (distance, options[0])
    return best[1] if best else None


def _best_roles(linker: _Linker, sentence: _Sentence, indicator: Indicator, result: int | None,
                pool: list[int]) -> tuple[int | None, int | None]:  # fmt: skip
    rate_cue = {i: _completion_cue(linker, sentence, i) for i in pool}
    goal_cue = {i: _target_cue(linker, sentence, i) and not (
        rate_cue[i] and _rate_like(linker.numerals[i])) for i in pool}  # fmt: skip
    targets: list[int | None] = [None, *(i for i in pool if linker.numerals[i].unit != "percent")]
    rates: list[int | None] = [None, *(i for i in pool if _rate_like(linker.numerals[i]))]
    best: tuple[float, int | None, int | None] | None = None
    for target in targets:
        for rate in rates:
            if target is not None and target == rate:
                continue
            cost = 0.0
            for i in pool:
                if i == target:
                    cost += 0.0 if goal_cue[i] else _ROLE_UNSAID
                elif i == rate:
                    cost += 0.0 if rate_cue[i] else _ROLE_UNSAID
                elif goal_cue[i] or rate_cue[i]:
                    cost += _ROLE_IGNORED
            if result is not None and target is not None and rate is not None:
                cost += _fit(linker, indicator, result, target, rate)
            if best is None or cost < best[0]:
                best = (cost, target, rate)
    return (None, None) if best is None else best[1:]


def _fit(linker: _Linker, indicator: Indicator, result: int, target: int, rate: int) -> float:
    """The gain of a division that fits: result / target within the rate's rounding."""

    def of(i: int, unit: str) -> list[Reading]:
        if (i, unit) not in linker.readings:
            linker.readings[i, unit] = readings(linker.numerals[i], unit, linker.codebook)[:8]
        return linker.readings[i, unit]

    best = 0.0
    for r in of(result, indicator.unit):
        for t in of(target, indicator.unit):
            if not t.value or r.masked or t.masked:
                continue
            for c in of(rate, "percent"):
                low = r.low * 100 / t.high if t.high else Decimal(0)
                high = r.high * 100 / t.low if t.low else Decimal(0)
                if c.low <= high and low <= c.high:
                    best = min(best, _FITS + r.cost + t.cost + c.cost)
    return best


# ---------------------------------------------------------------- lists ("respectively", 分别)


def _runs(linker: _Linker, sentence: _Sentence, live: list[int]) -> list[list[int]]:
    out = []
    zh = linker.language == "zh"
    for match in linker.cue["respectively"].finditer(linker.folded, sentence.start, sentence.end):
        if zh:
            run = [i for i in live if linker.numerals[i].start >= match.end()][:1]
            if not run or linker.numerals[run[0]].start - match.end() > 24:
                continue
            for i in live[live.index(run[0]) + 1 :]:
                gap = linker.folded[linker.numerals[run[-1]].end : linker.numerals[i].start]
                if not re.fullmatch(r"[\s、，,和及与以]{1,3}|左右、|以上、", gap):
                    break
                run.append(i)
        else:
            run = [i for i in live if linker.numerals[i].end <= match.start()][-1:]
            if not run or match.start() - linker.numerals[run[0]].end > 40:
                continue
            for i in reversed(live[: live.index(run[0])]):
                gap = linker.folded[linker.numerals[i].end : linker.numerals[run[0]].start]
                if not re.fullmatch(
                    r"\s?(?:people|persons|workers|jobs|households)?\s?(?:,|and|, and)\s?", gap
                ):
                    break
                run.insert(0, i)
        if len(run) > 1:
            out.append(run)
    return out


def _listed(linker: _Linker, sentence: _Sentence, live: list[int],
            contexts: frozenset[str]) -> dict[int, _Guess]:  # fmt: skip
    out: dict[int, _Guess] = {}
    for run in _runs(linker, sentence, live):
        unit = next((linker.numerals[i].unit for i in run if linker.numerals[i].unit), "")
        options = []
        for hit in sentence.hits:
            if hit[1] > linker.numerals[run[0]].start:
                break
            fitting = [n for n in linker.by_subject.get(hit[2], ())
                       if (not n.context or n.context in contexts)
                       and _unit_cost(replace(linker.numerals[run[-1]], unit=unit), n.unit) is not None]  # fmt: skip
            if fitting and (not options or options[-1][0].id != fitting[0].id):
                options.append((fitting[0], hit[0]))
        options = options[-len(run) :]
        if len(options) == len(run):
            out.update({i: _Guess(n, 0.0, at) for i, (n, at) in zip(run, options, strict=True)})
    return out


def _listed_rates(linker: _Linker, sentence: _Sentence, live: list[int],
                  roles: dict[int, tuple[Indicator, str]]) -> dict[int, tuple[Indicator, str]]:  # fmt: skip
    """Completion rates listed in the order of the results before them."""
    out: dict[int, tuple[Indicator, str]] = {}
    for run in _runs(linker, sentence, live):
        if any(linker.numerals[i].unit not in ("percent", "") for i in run):
            continue
        if roles.get(run[0], (None, ""))[1] == "outturn":
            continue
        if not any(_completion_cue(linker, sentence, i) for i in run):
            continue
        results = [n for i, (n, role) in sorted(roles.items())
                   if role in ("outturn", "target") and i < run[0] and "completion" in n.measures]  # fmt: skip
        results = list(dict.fromkeys(results))[-len(run) :]
        if len(results) == len(run):
            for i, indicator in zip(run, results, strict=True):
                out[i] = (indicator, "completion")
    return out


# ---------------------------------------------------------------- scope and period


def _place(linker: _Linker, sentence: _Sentence, index: int, indicator: Indicator,
           role: str) -> Statement | None:  # fmt: skip
    placed = linker.scopes.place(linker.numerals[index], sentence.start, indicator, role)
    if placed.fate:
        linker.fates[index] = placed.fate
        return None
    sure, note = placed.sure, placed.note
    if index in linker.rivals:
        rival = linker.numerals[linker.rivals[index]].printed
        sure, note = (
            False,
            "; ".join(filter(None, (note, f"{rival!r} stands beside it and may be the figure"))),
        )
    return Statement(index, indicator.id, placed.measure, placed.period, sure, note)

"""Result, target or completion: by the words around and, where these are silent, by fit."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from analysis.codebook import Indicator
from analysis.reading.clauses import Scene, Sentence, between
from analysis.reading.numerals import Numeral
from analysis.reading.readings import Reading, readings
from analysis.reading.subjects import Guess, distance

_ROLE_UNSAID = 3.0
_ROLE_IGNORED = 4.0
_FITS = -8.0


def around(scene: Scene, index: int, before: int = 48, after: int = 48) -> tuple[str, str]:
    numeral = scene.numerals[index]
    low = max(0, numeral.start - before)
    return scene.folded[low : numeral.start], scene.folded[numeral.end : numeral.end + after]


def _cue(scene: Scene, index: int, name: str) -> bool:
    before, after = around(scene, index)
    return bool(scene.cue[name].search(before if name.endswith("before") else after))


def _rate_like(numeral: Numeral) -> bool:
    if numeral.unit:
        return numeral.unit == "percent"
    return not numeral.scale and "," not in numeral.glyphs and len(numeral.glyphs.strip()) <= 7


def portion(scene: Scene, sentence: Sentence, index: int) -> bool:
    """Whether a rate stands before what it is a part of: "104% of 5,000"."""
    if index not in sentence.numerals[:-1] or not _rate_like(scene.numerals[index]):
        return False
    whole = scene.numerals[index + 1]
    gap = scene.folded[scene.numerals[index].end : whole.start]
    return whole.unit != "percent" and bool(scene.cue["portion"].fullmatch(gap))


def target_cue(scene: Scene, sentence: Sentence, index: int) -> bool:
    if index in scene.listed_targets or portion(scene, sentence, index - 1):
        return True
    numeral = scene.numerals[index]
    earlier = [i for i in sentence.numerals if i < index and i not in scene.fates]
    low = scene.numerals[earlier[-1]].end if earlier else sentence.start
    before = scene.folded[max(low, numeral.start - 48) : numeral.start]
    after = scene.folded[numeral.end : numeral.end + 30]
    return bool(
        scene.cue["target_before"].search(before) or scene.cue["target_after"].search(after)
    )


def completion_cue(scene: Scene, sentence: Sentence, index: int) -> bool:
    if portion(scene, sentence, index):
        return True
    numeral = scene.numerals[index]
    if numeral.unit == "percent" and re.fullmatch(r"1?\d(\.\d+)?", numeral.glyphs):
        return False  # so little is done of no target
    if scene.cue["completion_after"].search(scene.folded[numeral.end : numeral.end + 60]):
        return True
    if scene.language == "zh":
        return _cue(scene, index, "completion_before")
    before, _ = around(scene, index, 60)
    said = scene.cue["completion_before"].search(before)
    if numeral.unit == "percent":
        return bool(said)
    return bool(said and scene.cue["goal"].search(said[0]))


def roles_in(scene: Scene, sentence: Sentence, live: list[int], chosen: dict[int, Guess],
           contexts: frozenset[str]) -> dict[int, tuple[Indicator, str]]:  # fmt: skip
    roles: dict[int, tuple[Indicator, str]] = {}
    results: dict[tuple[str, str], int] = {}
    open_: list[int] = []
    for i in live:
        guess = chosen.get(i)
        numeral = scene.numerals[i]
        rate = _rate_like(numeral)
        completes = rate and completion_cue(scene, sentence, i)
        key = (
            (guess.indicator.id, scene.stretch(sentence.start, numeral.start))
            if guess
            else ("", "")
        )
        own = guess is not None and guess.indicator.unit == "percent" and not (
            completes and (key in results or guess.cost > 0.5))  # fmt: skip
        if rate and not own and (numeral.unit == "percent" or completes):
            open_.append(i)
            continue
        if guess is None or portion(scene, sentence, i - 1):
            open_.append(i)
            continue
        target = target_cue(scene, sentence, i)
        indicator = guess.indicator
        if target and (whole := _whole(scene, sentence, i, indicator, chosen)) is not indicator:
            chosen[i] = replace(guess, indicator=whole)
            open_.append(i)
            continue
        if "ceiling" in indicator.measures and (numeral.bound == "at_most" or target):
            roles[i] = (indicator, "ceiling")
            continue
        if key in results and not target:
            held = results[key]
            if guess.sure and not chosen[held].sure:
                roles.pop(held)
            elif chosen[held].cost > guess.cost + 0.25 and indicator.unit != "percent":
                open_.append(held)
                roles.pop(held)
            else:
                open_.append(i)
                continue
        if target and "target" in indicator.measures and indicator.unit != "percent":
            open_.append(i)
            continue
        results[key] = i
        roles[i] = (
            indicator,
            "outturn" if "outturn" in indicator.measures else indicator.measures[0],
        )
    _assign_open(scene, sentence, sorted(open_), chosen, results, roles, contexts)
    return roles


def _assign_open(scene: Scene, sentence: Sentence, open_: list[int], chosen: dict[int, Guess],
                 results: dict[tuple[str, str], int], roles: dict[int, tuple[Indicator, str]],
                 contexts: frozenset[str]) -> None:  # fmt: skip
    """Give each result its target and completion among the numbers left, by words and by fit."""
    owner = {i: _owner(scene, sentence, i, chosen, roles, contexts) for i in open_}
    owner = {i: o and _whole(scene, sentence, i, o, chosen) for i, o in owner.items()}
    owned = {
        i: (o.id, scene.stretch(sentence.start, scene.numerals[i].start))
        for i, o in owner.items()
        if o
    }
    for id_, period in dict.fromkeys(owned.values()):
        indicator = scene.codebook.indicators[id_]
        if "completion" not in indicator.measures and "target" not in indicator.measures:
            continue
        pool = [i for i in open_ if owned.get(i) == (id_, period)]
        result = results.get((id_, period))
        swapped = _tabled(scene, sentence, indicator, result, pool)
        if swapped is not None and result is not None:  # "5,000, 5,250, 105%": target, result, rate
            pool[pool.index(swapped)] = result
            roles[swapped] = roles.pop(result)
            roles[result] = (indicator, "target")
            pool.remove(result)
            result = results[id_, period] = swapped
            roles[swapped + 1] = (indicator, "completion")
            pool.remove(swapped + 1)
        target, completion = _best_roles(scene, sentence, indicator, result, pool)
        if target is not None:
            roles[target] = (indicator, "target")
        if completion is not None:
            roles[completion] = (indicator, "completion")
        for extra in pool:
            if extra in (target, completion):
                continue
            if (
                target_cue(scene, sentence, extra)
                and "target" in indicator.measures
                and not _rate_like(scene.numerals[extra])
            ):  # one figure may have two targets
                roles[extra] = (indicator, "target")
    for extra in open_:
        held = results.get(owned[extra]) if extra in owned else None
        if extra not in roles and held is not None and extra in chosen and held in roles:
            low, high = sorted((scene.numerals[held], scene.numerals[extra]), key=lambda n: n.start)
            if between(scene, low.end, high.start)[0] == 0:
                scene.rivals[held] = extra


def _owner(scene: Scene, sentence: Sentence, index: int, chosen: dict[int, Guess],
           roles: dict[int, tuple[Indicator, str]], contexts: frozenset[str]) -> Indicator | None:  # fmt: skip
    """The indicator a target or rate belongs to: its own subject, else the last result's."""
    if portion(scene, sentence, index - 1):
        return _owner(scene, sentence, index - 1, chosen, roles, contexts)
    numeral = scene.numerals[index]
    gap = scene.folded[numeral.end : scene.numerals[index + 1].start] if index + 1 in chosen else ""
    if index not in chosen and gap.strip() == "," and target_cue(scene, sentence, index):
        return chosen[index + 1].indicator  # "against a plan of 22,000, 23,400 were created"
    part = portion(scene, sentence, index)
    if not (_rate_like(numeral) and (part or index not in chosen or numeral.unit == "percent"
                                     or chosen[index].indicator.unit == "percent")):  # fmt: skip
        return chosen[index].indicator if index in chosen else None
    after = index + 1
    if after in chosen and after in sentence.numerals and target_cue(scene, sentence, after):
        near = scene.numerals[after].start - numeral.end < 40
        if near and "completion" in chosen[after].indicator.measures:
            return chosen[after].indicator
    best: tuple[float, Indicator] | None = None
    for i, (indicator, role) in roles.items():
        if role == "outturn" and i < index and "completion" in indicator.measures:
            heavy, light = between(scene, scene.numerals[i].end, numeral.start)
            others = sum(1 for j in roles if i < j < index)
            cost = 0.3 * heavy + 0.1 * light + 0.3 * others
            if best is None or cost < best[0]:
                best = (cost, indicator)
    for hit in sentence.hits:
        far = distance(scene, sentence, index, hit)
        options = [n for n in scene.by_subject.get(hit[2], ()) if "completion" in n.measures
                   and (not n.context or n.context in contexts)]  # fmt: skip
        if far is None or not options:
            continue
        stated = {r[0].id for r in roles.values()}
        options = [n for n in options if n.id in stated] or options[:1]
        if best is None or far < best[0]:
            best = (far, options[0])
    return best[1] if best else None


def _whole(scene: Scene, sentence: Sentence, index: int, indicator: Indicator,
           chosen: dict[int, Guess]) -> Indicator:  # fmt: skip
    """What a target or rate behind all the parts of a whole is of: the whole, if no part is named.

    "Loans of 40 million, 30 million to persons and 10 million to firms, 120% of the target".
    """
    stated = {chosen[i].indicator.id: i for i in sorted(chosen, reverse=True) if i < index}
    for whole, parts in scene.codebook.wholes.items():
        if indicator.id not in parts or not {whole, *parts} <= set(stated):
            continue
        if stated[whole] > min(stated[part] for part in parts):
            continue
        behind = index + portion(scene, sentence, index) + 1
        last = behind in sentence.numerals and scene.numerals[behind].start
        start, end = scene.numerals[stated[whole]].end, last or sentence.end
        named = sum(
            start <= h[0] and h[1] <= end and h[2] == indicator.about for h in sentence.hits
        )
        if named < 2:
            return scene.codebook.indicators[whole]
    return indicator


def _best_roles(scene: Scene, sentence: Sentence, indicator: Indicator, result: int | None,
                pool: list[int]) -> tuple[int | None, int | None]:  # fmt: skip
    rate_cue = {i: completion_cue(scene, sentence, i) or _follows(scene, sentence, result, i)
                for i in pool}  # fmt: skip
    goal_cue = {i: target_cue(scene, sentence, i) and not (
        rate_cue[i] and _rate_like(scene.numerals[i])) for i in pool}  # fmt: skip
    targets: list[int | None] = [None, *(i for i in pool if scene.numerals[i].unit != "percent")]
    rates: list[int | None] = [None, *(i for i in pool if _rate_like(scene.numerals[i]))]
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
                cost += _fit(scene, indicator, result, target, rate)
            if best is None or cost < best[0]:
                best = (cost, target, rate)
    return (None, None) if best is None else best[1:]


def _tabled(scene: Scene, sentence: Sentence, indicator: Indicator, first: int | None,
            pool: list[int]) -> int | None:  # fmt: skip
    """The result of a row that gives target, result and rate, if only that order fits."""
    if first is None or first + 1 not in pool or first + 2 not in pool:
        return None
    result, rate = first + 1, first + 2
    row = scene.folded[scene.numerals[first].end : scene.numerals[rate].start]
    row = row.replace(scene.folded[scene.numerals[result].start : scene.numerals[result].end], "")
    if re.search(r"[a-z一-鿿]", row) or scene.numerals[rate].unit != "percent":
        return None
    fits = _fit(scene, indicator, result, first, rate) < _fit(scene, indicator, first, result, rate)
    return result if fits and "target" in indicator.measures else None


def _follows(scene: Scene, sentence: Sentence, result: int | None, rate: int) -> bool:
    """Whether a bare percentage stands right behind a result, where rates were named before."""
    if result is None or rate != result + 1:
        return False
    numeral = scene.numerals[rate]
    bare = re.fullmatch(r"(?:9\d|1\d\d)\.\d", numeral.glyphs.replace(" ", ""))
    if numeral.unit != "percent" and not (
        bare and scene.folded[numeral.end : numeral.end + 1] in ("", *";,.")
    ):
        return False
    gap = scene.folded[scene.numerals[result].end : scene.numerals[rate].start]
    said = scene.cue["completes"].search(
        scene.folded, max(0, sentence.start - 160), scene.numerals[rate].start
    )
    aimed = result - 1 in sentence.numerals and target_cue(scene, sentence, result - 1)
    if scene.language == "en" and re.fullmatch(
        r"(?:9\d|1\d\d)(\.\d+)?", scene.numerals[rate].glyphs
    ):
        goal = scene.cue["goal"].search(scene.folded, max(0, sentence.start - 160), sentence.end)
        aimed = aimed or gap.strip() == "(" or bool(goal)
    return (bool(said) or aimed) and len(gap) < 20 and not re.search(r"[;；。]", gap)


def _fit(scene: Scene, indicator: Indicator, result: int, target: int, rate: int) -> float:
    """The gain of a division that fits: result / target within the rate's rounding."""

    def of(i: int, unit: str) -> list[Reading]:
        if (i, unit) not in scene.readings:
            scene.readings[i, unit] = readings(scene.numerals[i], unit, scene.codebook)[:8]
        return scene.readings[i, unit]

    best = 0.0
    for r in of(result, indicator.unit):
        for t in of(target, indicator.unit):
            if _FITS + r.cost + t.cost >= best:
                break
            if not t.value or r.interval or t.interval:
                continue
            for c in of(rate, "percent"):
                low = r.low * 100 / t.high if t.high else Decimal(0)
                high = r.high * 100 / t.low if t.low else Decimal(0)
                if c.low <= high and low <= c.high:
                    best = min(best, _FITS + r.cost + t.cost + c.cost)
    return best

"""Numbers listed in the order of their subjects: respectively, 分别."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.codebook import Indicator
from analysis.reading.clauses import Scene, Sentence
from analysis.reading.facets import INSURANCE, facet_cost, in_force
from analysis.reading.roles import completion_cue, target_cue
from analysis.reading.subjects import Guess, unit_cost

_BRACKETED = re.compile(r"\s?\([^()]*%\)")
_LISTING = re.compile(
    r"\s?(?:people|persons|workers|jobs|households)?\s?(?:,|and|, and)\s?(?:rmb\s?)?"
)
_RATES = re.compile(r"[\s、，,和及与]{1,3}|,?\sand\s?")
_BESIDE = re.compile(r"[\s,'\"]*(?:and |insurance|the |for |of |as well as )*\s?")


def runs(scene: Scene, sentence: Sentence, live: list[int]) -> list[list[int]]:
    """Numbers that are listed together, each list by index."""
    out = _rates_in_a_row(scene, sentence, live)
    if scene.language == "en":
        return [*out, *_enumerated(scene, sentence, live)]
    out += _unannounced(scene, live)
    for match in scene.cue["respectively"].finditer(scene.folded, sentence.start, sentence.end):
        after = [i for i in live if scene.numerals[i].start >= match.end()]
        if not after or scene.numerals[after[0]].start - match.end() > 24:
            continue
        run = _joined(scene, after)
        follows = after[len(run) : 2 * len(run)]
        if len(run) > 1:
            out.append(run)
            end = scene.numerals[run[-1]].end
            if follows and scene.cue["to_after"].match(scene.folded[end : end + 8]):
                follows = _joined(scene, follows)  # 分别由A、B增加到C、D
            elif not _chained(scene, run[-1], follows):
                continue
            if len(follows) == len(run):
                out.append(follows)
    return out


def _unannounced(scene: Scene, live: list[int]) -> list[list[int]]:
    """Chinese lists of three and more counts in one unit, with nothing but marks between."""
    out: list[list[int]] = []
    while live:
        run = _joined(scene, live)
        live = live[len(run) :]
        units = {scene.numerals[i].unit for i in run}
        if len(run) > 2 and len(units) == 1 and units < {"people", "yuan"}:
            out.append(run)
    return out


def _joined(scene: Scene, numbers: list[int]) -> list[int]:
    """The first of some numbers with those that follow it with nothing but commas between."""
    run = numbers[:1]
    for i in numbers[1:]:
        gap = scene.folded[scene.numerals[run[-1]].end : scene.numerals[i].start]
        if not re.fullmatch(r"[\s、，,和及与以]{1,3}|左右、|以上、", gap):
            break
        run.append(i)
    return run


def _enumerated(scene: Scene, sentence: Sentence, live: list[int]) -> list[list[int]]:
    """Numbers with nothing but commas between them: three or more, or said to be respective."""
    out: list[list[int]] = []
    for i in live:
        if _in_brackets(scene, i):
            continue
        gap = (
            scene.folded[scene.numerals[out[-1][-1]].end : scene.numerals[i].start] if out else "-"
        )
        if _LISTING.fullmatch(_BRACKETED.sub("", gap) if "%)" in gap else gap):
            out[-1].append(i)
        else:
            out.append([i])
    return [run for run in out if len(run) > 1 and _is_list(scene, sentence, run)]


def _in_brackets(scene: Scene, index: int) -> bool:
    numeral = scene.numerals[index]
    return numeral.unit == "percent" and scene.folded[numeral.start - 1] == "("


def _is_list(scene: Scene, sentence: Sentence, run: list[int]) -> bool:
    start, end = scene.numerals[run[0]].start, scene.numerals[run[-1]].end
    said = scene.cue["respectively"]
    if said.search(scene.folded, end, min(end + 48, sentence.end)):
        return True
    if said.search(scene.folded, max(sentence.start, start - 24), start):
        return True
    if len(run) == 2:  # "jobs and training reached 23,000 and 9,000, 103% and 110% respectively"
        return bool(said.search(scene.folded, end, sentence.end))
    return not any(scene.numerals[i].unit == "percent" for i in run)


def _rates_in_a_row(scene: Scene, sentence: Sentence, live: list[int]) -> list[list[int]]:
    """Percentages with nothing but commas between them, the first said to be a completion."""
    out: list[list[int]] = []
    for i in live:
        if scene.numerals[i].unit != "percent":
            continue
        last = out[-1][-1] if out else None
        gap = (
            "-"
            if last is None
            else scene.folded[scene.numerals[last].end : scene.numerals[i].start]
        )
        if last == i - 1 and _RATES.fullmatch(gap):
            out[-1].append(i)
        else:
            out.append([i])
    return [r for r in out if len(r) > 1 and any(completion_cue(scene, sentence, i) for i in r)]


def rates_beside(scene: Scene, live: list[int], first: int) -> list[int]:
    """A number with the percentages that follow it, where it is one and only commas lie between."""
    out = [first]
    for i in live[live.index(first) + 1 :]:
        gap = scene.folded[scene.numerals[out[-1]].end : scene.numerals[i].start]
        units = {scene.numerals[j].unit for j in (out[-1], i)}
        if units != {"percent"} or not _RATES.fullmatch(gap):
            break
        out.append(i)
    return out


def _chained(scene: Scene, last: int, follows: list[int]) -> bool:
    """Whether a list of rates hangs on a list of targets: 2万人、3万人的110%、120%."""
    for before, i in zip([last, *follows], follows, strict=False):
        gap = scene.folded[scene.numerals[before].end : scene.numerals[i].start]
        if scene.numerals[i].unit != "percent":
            return False
        if gap.strip() not in ({"的"} if before == last else {"、", "和", "，"}):
            return False
    return bool(follows)


def listed(scene: Scene, sentence: Sentence, live: list[int],
            contexts: frozenset[str]) -> dict[int, Guess]:  # fmt: skip
    """The subjects of listed numbers: those listed before them, or those of the figures before."""
    out: dict[int, Guess] = {}
    for run in runs(scene, sentence, live):
        start = scene.numerals[run[0]].start
        options = _subjects(
            scene, sentence, run, contexts, [h for h in sentence.hits if h[1] <= start]
        )
        if scene.language == "zh":
            options = options[-len(run) :]
        elif not options:
            behind = [h for h in sentence.hits if h[0] > start]
            options = _subjects(scene, sentence, run, contexts, behind)
        if len(options) != len(run):
            options = [(n, True) for n in _series(scene, sentence, run)]
        if len(options) == len(run):
            if target_cue(scene, sentence, run[0]):
                scene.listed_targets.update(run)
            out.update({i: Guess(n, 0.0, sure) for i, (n, sure) in zip(run, options, strict=True)})
    return out


def _subjects(scene: Scene, sentence: Sentence, run: list[int], contexts: frozenset[str],
              hits: list[tuple[int, int, str]]) -> list[tuple[Indicator, bool]]:  # fmt: skip
    """The last of the given subjects that are listed side by side, those that a list may be of."""
    out: list[tuple[Indicator, bool]] = []
    last = 0
    for hit in hits:
        fitting = [n for n in scene.by_subject.get(hit[2], ())
                   if (not n.context or n.context in contexts)
                   and any(unit_cost(scene.numerals[i], n.unit) is not None for i in run)
                   and (not n.facet
                        or facet_cost(scene, sentence, run[0], n, hit) is not None)]  # fmt: skip
        if out and scene.language == "en" and not _BESIDE.fullmatch(scene.folded, last, hit[0]):
            out = []
        last = hit[1]
        if fitting and (not out or out[-1][0].id != fitting[0].id):
            out.append((fitting[0], hit not in sentence.loose))
    return out


def _series(scene: Scene, sentence: Sentence, run: list[int]) -> list[Indicator]:
    """The indicators of as many figures of one kind as are listed here, stated before in the line."""
    known = [scene.codebook.indicators[id_] for id_ in dict.fromkeys(sentence.series)]
    said = in_force(scene, sentence, run[0])[0]
    if said in INSURANCE:
        about = dict.fromkeys(n.about for n in known if n.facet in INSURANCE)
        known = [n for a in about for n in scene.by_subject.get(a, ()) if n.facet == said]
    for section in reversed(dict.fromkeys(n.section + n.facet for n in known)):
        alike = [n for n in known if n.section + n.facet == section]
        pairs = zip(run, alike, strict=False)
        if len(alike) == len(run) and all(
            unit_cost(scene.numerals[i], n.unit) is not None for i, n in pairs
        ):
            return alike
    return []


def listed_rates(scene: Scene, sentence: Sentence, live: list[int],
                 roles: dict[int, tuple[Indicator, str]]) -> dict[int, tuple[Indicator, str] | None]:  # fmt: skip
    """Listed targets and rates in the order of the results before them; None where lengths differ."""
    out: dict[int, tuple[Indicator, str] | None] = {}
    for run in runs(scene, sentence, live):
        if target_cue(scene, sentence, run[0]) and not any(
            i in roles or scene.numerals[i].unit == "percent" for i in run
        ):
            aims = _results_before(scene, sentence, run, roles)
            if len(aims) == len(run):
                out |= {i: (n, "target") for i, n in zip(run, aims, strict=True) if n}
            continue
        if any(scene.numerals[i].unit not in ("percent", "") for i in run):
            continue
        if roles.get(run[0], (None, ""))[1] == "outturn":
            continue
        chained = run[0] - 1 in scene.listed_targets
        if not chained and not any(completion_cue(scene, sentence, i) for i in run):
            continue
        results = _results_before(scene, sentence, run, roles)
        if len(results) == len(run):
            out |= {i: (n, "completion") for i, n in zip(run, results, strict=True) if n}
        elif scene.language == "en":
            out |= dict.fromkeys(run)
    return out


def _results_before(scene: Scene, sentence: Sentence, run: list[int],
                    roles: dict[int, tuple[Indicator, str]]) -> Sequence[Indicator | None]:  # fmt: skip
    """The indicators whose figures stand before some rates; None where one is of another subject."""
    others = [i for i in sentence.numerals if i < run[0] and scene.fates.get(i) == "other-subject"]
    stated = {i: n for i, (n, role) in roles.items()
              if role in ("outturn", "target") and i < run[0] and "completion" in n.measures}  # fmt: skip
    last = sorted([*stated, *others])[-len(run) :]
    if set(last) & set(others) and all(roles.get(i, ("", "outturn"))[1] == "outturn" for i in last):
        return [stated.get(i) for i in last]
    return list(dict.fromkeys(stated[i] for i in sorted(stated)))[-len(run) :]

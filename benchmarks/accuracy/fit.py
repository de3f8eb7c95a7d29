"""Fits the weights of linking on labelled reports: a conditional logit over each number's candidates.

Each number of a text is one draw among what it may state (`candidates`) and nothing; the fit
maximises the likelihood of the labels less an L2 penalty, by full-batch Adam (Kingma and Ba 2015).
Candidates that state the same by different mentions share their likelihood. What the sentence has
stated before is given as labelled (teacher forcing); reading searches it by beam.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis import codebook as codebooks
from analysis.reading.choices import Before, Candidate, Choice, candidates
from analysis.reading.history import Past
from analysis.reading.linking import decide, passage_of
from analysis.reading.preparing import prepare
from analysis.reading.readings import readings
from analysis.reading.scenery import Scenery
from analysis.reading.weights import FOLDER, ROLES, Weights

from .labelled import Label, Labelled, everything

WORDS_SEEN = 40  # a word near a number is a feature only where it is seen so often
SEEN = 3
RIDGE = 2.0  # the L2 penalty on each weight
STEPS = 220

_NAMED = ("fb/own/h", "fa/own/h")  # a word of the candidate's own facet stands by the number
_BESIDE = frozenset(("b/h0/n0", "a/h0/n0"))  # and, of what has no facet, its own words

_ROLE = {
    "outturn": "outturn",
    "cumulative": "outturn",
    "target": "target",
    "ceiling": "ceiling",
    "completion": "completion",
}


@dataclass
class Draws:
    """The draws of some texts as features: of each number, and of each of its candidates."""

    own: list[list[str]] = field(default_factory=list)
    options: list[list[tuple[int, Sequence[str], bool]]] = field(default_factory=list)


def draws_of(document: Labelled, draws: Draws) -> None:
    """Add a labelled text's draws."""
    book = codebooks.load()
    ready = prepare(document.text, book)
    of = (ready.flat, ready.folded, ready.numerals, book, document.year, document.kind, ready.language, document.level)
    passage, cut = passage_of(*of)
    open_: dict[int, dict[tuple[str, str], tuple[int, Scenery, int]]] = {}
    for scene, _ in decide(passage, cut, lambda s, b: []):
        for at, index in enumerate(scene.live):
            open_[index] = _open(scene, at)
    passage, cut = passage_of(*of)
    gold, skip = _aligned(document.labels, ready.as_printed(), open_, book)

    def choose(scene: Scenery, before: Before) -> list[Choice]:
        recent: list[Choice] = []
        chosen: list[Choice] = []
        for at, index in enumerate(scene.live):
            own, options = candidates(scene, at, Weights())
            key = gold.get(index, ("", "none"))
            past = Past(scene, at, recent[-12:], before)
            rows = [(ROLES.index(c.role), (*c.features, *past.told_by(c)), _said(c) == key) for c in options]
            best = next((c for c in options if _said(c) == key), None)
            if best is None:
                continue
            choice = Choice(at, best)
            chosen.append(choice)
            if choice.indicator:
                recent.append(choice)
            unlabelled = key == ("", "none") and _beyond(document.covers, options)
            if index not in skip and not unlabelled:
                draws.own.append(own)
                draws.options.append(rows)
        return chosen

    for _ in decide(passage, cut, choose):
        pass


def _said(candidate: Candidate) -> tuple[str, str]:
    """Indicator and role that a candidate would state."""
    stated = candidate.link and candidate.link.indicator
    return (stated.id, candidate.role) if stated else ("", "none")


def _beyond(covers: frozenset[str], options: Sequence[Candidate]) -> bool:
    """Whether words name for a number what the labels of its text do not cover."""
    return any(
        c.indicator
        and c.indicator.id not in covers
        and (any(f[:8] in _NAMED for f in c.features) if c.indicator.facet else not _BESIDE.isdisjoint(c.features))
        for c in options
        if covers
    )


def _open(scene: Scenery, at: int) -> dict[tuple[str, str], tuple[int, Scenery, int]]:
    out: dict[tuple[str, str], tuple[int, Scenery, int]] = {}
    for candidate in candidates(scene, at, Weights())[1]:
        if candidate.indicator is None or candidate.link is None:
            continue
        rank = 0 if candidate.link.source.kind == "own" else 1
        if candidate.key not in out or rank < out[candidate.key][0]:
            out[candidate.key] = (rank, scene, at)
    return out


def _key(label: Label) -> tuple[str, str]:
    return label.indicator, _ROLE.get(label.measure, label.measure)


def _aligned(labels: Sequence[Label], numerals, open_, book):
    """Which numeral states which label, and the numerals that may state one that another does."""
    pairs = [
        (cost, n, index)
        for n, label in enumerate(labels)
        if label.indicator in book.indicators
        for index, keys in open_.items()
        if _key(label) in keys and (cost := _cost(label, numerals[index], keys[_key(label)], book)) is not None
    ]
    gold: dict[int, tuple[str, str]] = {}
    skip: set[int] = set()
    used: set[int] = set()
    for cost, n, index in sorted(pairs):
        if index in gold:
            continue
        if n in used:
            if cost < 3:
                gold[index] = _key(labels[n])  # the same figure, said again
            else:
                skip.add(index)
            continue
        used.add(n)
        gold[index] = _key(labels[n])
        if labels[n].optional:
            skip.add(index)
    return gold, skip - set(gold) | {i for i in skip if i in gold}


def _cost(label: Label, numeral, reached, book) -> float | None:
    """How ill a numeral fits a label; None where it cannot state it."""
    if label.start is not None:
        return 0.0 if label.start < numeral.end and numeral.start < label.end else None
    indicator = book.indicators[label.indicator]
    unit = "percent" if label.measure == "completion" else indicator.unit
    fits = [r.cost for r in readings(numeral, unit, book)[:6] if label.holds(r)]
    if not fits:
        return None
    rank, scene = reached[:2]
    placed = scene.passage.scopes.place(numeral, scene.sentence.start, indicator, _key(label)[1])
    there = (placed.measure, placed.period) == (label.measure, label.period)
    return min(fits) + 2 * rank + 3 * (not there)


class Problem:
    """Draws as arrays: features of numbers by role, features of candidates, and the labels."""

    def __init__(self, draws: Draws, vocabulary: tuple[dict[str, int], dict[str, int]] | None = None):
        own_count: Counter[str] = Counter(f for fs in draws.own for f in fs)
        link_count: Counter[str] = Counter(f for rows in draws.options for f in {f for _, fs, _ in rows for f in fs})
        if vocabulary is None:
            own = [f for f, c in own_count.items() if c >= (WORDS_SEEN if f[:1] == "w" else SEEN)]
            link = [f for f, c in link_count.items() if c >= SEEN]
            vocabulary = ({f: i for i, f in enumerate(sorted(own))}, {f: i for i, f in enumerate(sorted(link))})
        self.own, self.link = vocabulary
        ids = [[self.own[f] for f in fs if f in self.own] for fs in draws.own]
        self.own_at, self.own_ids = _flat(ids)
        roles, gold, links, sizes = [], [], [], []
        for rows in draws.options:
            sizes.append(len(rows))
            for role, features, mine in rows:
                roles.append(role)
                gold.append(mine)
                links.append([self.link[f] for f in features if f in self.link])
        self.role = np.array(roles)
        self.gold = np.array(gold, dtype=bool)
        self.link_at, self.link_ids = _flat(links)
        self.start = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)
        self.draw = np.repeat(np.arange(len(sizes)), sizes)

    def fit(self) -> Weights:
        """The weights of greatest penalised likelihood."""
        w = np.zeros(len(self.link))
        r = np.zeros((len(self.own), len(ROLES)))
        moments = [np.zeros_like(w), np.zeros_like(w), np.zeros_like(r), np.zeros_like(r)]
        for step in range(1, STEPS + 1):
            gw, gr = self._gradient(w, r)
            rate = 0.15 * min(1.0, 2.0 * (1 - step / (STEPS + 1)))
            for x, g, m, v in ((w, gw, *moments[:2]), (r, gr, *moments[2:])):
                m += 0.1 * (g - m)
                v += 0.01 * (g * g - v)
                x -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
        link = {f: round(float(w[i]), 3) for f, i in self.link.items()}
        role = {f: tuple(round(float(x), 3) for x in r[i]) for f, i in self.own.items()}
        return Weights(
            {f: x for f, x in link.items() if abs(x) >= 0.01},
            {f: xs for f, xs in role.items() if max(map(abs, xs)) >= 0.01},
        )

    def _gradient(self, w: np.ndarray, r: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        by_role = _sums(r[self.own_ids], self.own_at)
        score = _sums(w[self.link_ids], self.link_at) + by_role[self.draw, self.role]
        p = _softmax(score, self.start, self.draw)
        q = _softmax(np.where(self.gold, score, -1e9), self.start, self.draw)
        d = p - q
        gw = np.bincount(self.link_ids, np.repeat(d, np.diff(self.link_at)), len(w)) + RIDGE * w
        flat = np.bincount(self.draw * len(ROLES) + self.role, d, len(self.start) * len(ROLES))
        per_draw = flat.reshape(-1, len(ROLES))
        spread = np.repeat(per_draw, np.diff(self.own_at), axis=0)
        gr = np.stack([np.bincount(self.own_ids, spread[:, k], len(r)) for k in range(len(ROLES))], axis=1)
        return gw, gr + RIDGE * r


def _flat(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    at = np.concatenate([[0], np.cumsum([len(r) for r in rows])]).astype(int)
    return at, np.fromiter((i for r in rows for i in r), dtype=int, count=at[-1])


def _sums(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    total = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])
    return total[at[1:]] - total[at[:-1]]


def _softmax(score: np.ndarray, start: np.ndarray, draw: np.ndarray) -> np.ndarray:
    top = np.maximum.reduceat(score, start)
    e = np.exp(score - top[draw])
    return e / np.add.reduceat(e, start)[draw]


def fit(documents: Iterable[Labelled]) -> Weights:
    """The weights fitted on some texts of one language."""
    draws = Draws()
    for document in documents:
        draws_of(document, draws)
    return Problem(draws).fit()


def main() -> int:
    """``python -m benchmarks.accuracy fit``: fit on all labelled texts and write the weights."""
    documents = [d for d in everything() if d.text.strip()]
    for language in ("en", "zh"):
        weights = fit(d for d in documents if d.language == language)
        (FOLDER / f"{language}.tsv").write_text(weights.format(), encoding="utf-8")
        print(f"{language}: {len(weights.link)} weights of mentions, {len(weights.role)} of numbers")
    return 0

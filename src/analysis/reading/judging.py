"""From statements to observations: the figures of each period settled together, and claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from analysis.codebook import Codebook
from analysis.notes import Code, note
from analysis.reading.edits import Key, applicable
from analysis.reading.linking import Statement
from analysis.reading.numerals import Numeral
from analysis.reading.readings import Reading, readings
from analysis.reading.reconcile import Figure, Settled, Tie, bounds, meet, settle
from analysis.reading.rows import Decision, EditRow, Observation, Parsed, Report
from analysis.reading.scale import LOST, Held, amiss_elsewhere, doubts, out_of_scale
from analysis.reading.verdicts import SAME_HERE, Outcome, Verdict, outcome, verdict
from analysis.status import STRONG


def judge(parsed: Parsed, region: str, document: str, others: Iterable[Observation],
          decisions: Sequence[Decision], codebook: Codebook) -> Report:  # fmt: skip
    """Settle the stated figures period by period; observations in the order of the text."""
    stated = parsed.stated
    known: dict[str, list[Observation]] = {}
    for other in others:
        if other.document != document and other.status in STRONG and other.value is not None:
            known.setdefault(other.period, []).append(other)
    decided = {(d.indicator, d.measure, d.period): d for d in decisions}
    stale: list[str] = []
    held: dict[int, Held] = {}
    edits: list[EditRow] = []
    for period in sorted({s.period for s, _ in stated}):
        numbers = [n for n, (s, _) in enumerate(stated) if s.period == period]
        part = [stated[n] for n in numbers]
        figures = [_figure(s, numeral, codebook, decided, stale) for s, numeral in part]
        given = known.get(period, [])
        found, rows = _settle(part, figures, given, period, document, codebook)
        edits += rows
        held |= dict(zip(numbers, found, strict=True))
    ordered = [held[n] for n in range(len(stated))]
    weaker = amiss_elsewhere(ordered)
    observations = [
        _observation(s, numeral, weaker.get(n, ordered[n].verdict), region, document, codebook)
        for n, (s, numeral) in enumerate(stated)
    ]
    keys = {(s.indicator, s.measure, s.period) for s, _ in stated}
    stale += [f"{document}: decision on {' '.join(k)} by {d.who}: no such figure any more"
              for k, d in decided.items() if k not in keys]  # fmt: skip
    return Report(observations, parsed.numerals, edits, stale)


def unit_of(indicator: str, measure: str, codebook: Codebook) -> str:
    return "percent" if measure == "completion" else codebook.indicators[indicator].unit


def _figure(s: Statement, numeral: Numeral, codebook: Codebook,
            decided: dict[tuple[str, str, str], Decision], stale: list[str]) -> Figure:  # fmt: skip
    entry = codebook.indicators[s.indicator]
    typical = entry.typical_at("city") if s.measure in ("outturn", "target", "ceiling") else None
    decision = decided.get((s.indicator, s.measure, s.period))
    if decision and decision.printed and decision.printed != numeral.printed:
        stale.append(f"decision on {s.indicator} {s.measure} {s.period} by {decision.who} was made on "
                     f"{decision.printed!r}, the report now has {numeral.printed!r}: not applied")  # fmt: skip
        decision = None
    if decision:
        options = [
            Reading(
                decision.value,
                decision.value,
                decision.value,
                ("decision-" + "-".join(decision.who.split()),),
            )
        ]
    else:
        options = readings(numeral, unit_of(s.indicator, s.measure, codebook), codebook)[:14]
    return Figure((s.indicator, s.measure), tuple(options), typical)


def _settle(part: list[tuple[Statement, Numeral]], figures: list[Figure], given: list[Observation],
            period: str, document: str, codebook: Codebook) -> tuple[list[Held], list[EditRow]]:  # fmt: skip
    """What is held of a period's figures, and the rules over them."""
    own = len(figures)
    field = _Field(figures, given)
    edits = [(edit, {k: field.first[k] for k in edit.figures})
             for edit in applicable(codebook, field.keys(), period)]  # fmt: skip
    edits = [(e, at) for e, at in edits if any(i < own for i in at.values())]
    bound = {i for e, at in edits if e.hard and e.equality for i in at.values()}
    everything = [f if i in bound else _as_written(f) for i, f in enumerate(field.figures)]
    settled = settle(everything, edits, list(field.ties))
    outcomes = [outcome(edit, at, everything, settled) for edit, at in edits]
    outcomes += [_tie_outcome(t, name, everything, settled) for t, name in field.ties.items()]
    proven = {i for o in outcomes if o.proves for i in o.figures} | set(range(own, len(everything)))
    about: list[list[Outcome]] = [[] for _ in everything]
    for o in sorted(outcomes, key=lambda o: (not o.hard, o.id)):
        for i in o.figures:
            about[i].append(o)
    verdicts = [
        verdict(i, everything, settled, about[i], proven, part[i][0].sure) for i in range(own)
    ]
    amiss = {i for i, (_, numeral) in enumerate(part) if _scale_word_amiss(numeral)}
    for i, doubt in doubts(everything, settled, outcomes, edits, amiss).items():
        if verdicts[i].value is not None:
            verdicts[i] = doubt.verdict(i, everything[i], verdicts[i])
    for i, claim in enumerate(verdicts):
        chosen = settled[i]
        if chosen is not None and out_of_scale(everything[i], chosen.best, claim):
            verdicts[i] = LOST
    held = [Held(everything[i], settled[i], v, (part[i][1].scale, unit_of(*figures[i].key, codebook) == "yuan"))
            for i, v in enumerate(verdicts)]  # fmt: skip
    return held, [_edit_row(o, everything, period, document) for o in outcomes]


class _Field:
    """A period's figures with those other documents give: which is which key's, and which are one."""

    def __init__(self, figures: list[Figure], given: list[Observation]):
        self.figures = list(figures)
        self.first: dict[Key, int] = {}  # the figure that stands for each key in rules
        self.ties: dict[Tie, str] = {}  # figures of one key, with the rule's name
        latest: dict[Key, int] = {}
        for i, figure in enumerate(figures):
            again = self.first.setdefault(figure.key, i) != i
            if again and figure.key[1] != "target" and figure.readings and (
                    figures[latest[figure.key]].readings):  # fmt: skip
                self.ties[Tie(latest[figure.key], i)] = SAME_HERE
            latest[figure.key] = i
        for other in given:
            self._add(figures, other)

    def keys(self) -> list[Key]:
        return [k for k, i in self.first.items() if self.figures[i].readings]

    def _add(self, own: list[Figure], other: Observation) -> None:
        key = (other.indicator, other.measure)
        assert other.value is not None and other.low is not None and other.high is not None
        reading = Reading(other.value, other.low, other.high)
        here = len(self.figures)
        self.figures.append(Figure(key, (reading,), given=True))
        mine = [i for i, f in enumerate(own) if f.key == key and f.readings]
        if not mine:
            self.first.setdefault(key, here)
        elif key[1] == "target" and (len(mine) > 1 or not meet(
                bounds(own[mine[0]].readings[0]), bounds(reading))):  # fmt: skip
            return  # another target for the same figure
        else:
            self.ties[Tie(mine[0], here)] = f"same-figure:{other.document}"
            if all(r.interval for r in own[mine[0]].readings) and self.first[key] == mine[0]:
                self.first[key] = here


def _scale_word_amiss(numeral: Numeral) -> bool:
    """Whether a translation may have put 亿 as billion, or 万 as million of what is no money."""
    return not numeral.chinese and (
        numeral.scale == 9 or (numeral.scale == 6 and numeral.unit != "yuan")
    )


def _as_written(figure: Figure) -> Figure:
    """Without the readings that change digits: only an equality could speak for one."""
    kept = tuple(r for r in figure.readings if "transposed" not in r.damage)
    return replace(figure, readings=kept or figure.readings)


def _tie_outcome(
    tie: Tie, name: str, figures: list[Figure], settled: list[Settled | None]
) -> Outcome:
    left, right = (settled[i] for i in (tie.left, tie.right))
    assert left is not None and right is not None
    a, b = figures[tie.left].readings[left.best], figures[tie.right].readings[right.best]
    tolerance = float(a.high - a.low + b.high - b.low) / 2
    known = not (a.interval or b.interval)  # a mask's digits agree with any others
    digits = 10.0 ** -min(len(a.mantissa), len(b.mantissa)) if known else 1.0
    return Outcome(None, name, (tie.left, tie.right), float(a.value), float(b.value), tolerance,
                   meet(bounds(a), bounds(b)), digits)  # fmt: skip


def _edit_row(o: Outcome, figures: list[Figure], period: str, document: str) -> EditRow:
    names = " ".join(
        f"{k}" if m == "outturn" else f"{k}:{m}" for k, m in (figures[i].key for i in o.figures)
    )
    documents = " ".join(
        [
            document,
            *(
                [o.id.removeprefix("same-figure:")]
                if o.edit is None and not o.id.endswith(":here")
                else []
            ),
        ]
    )
    return EditRow(f"{o.id}@{period}", o.edit.rule.id if o.edit else "same-figure",
                   o.edit.rule.rule if o.edit else "", period, names,
                   round(o.left, 4), round(o.right, 4), round(o.left - o.right, 4), round(o.tolerance, 4),
                   o.holds, "hard" if o.hard else "soft", documents,
                   (note(Code.RULE, rule=o.edit.rule.id if o.edit else "same-figure"),))  # fmt: skip


def _observation(s: Statement, numeral: Numeral, v: Verdict, region: str, document: str,
                 codebook: Codebook) -> Observation:  # fmt: skip
    low, high = v.low, v.high
    said = {Code.ABOUT: numeral.about, Code.DOLLARS: numeral.sign}
    notes = (*s.notes, *v.notes, *(note(code) for code, holds in said.items() if holds))
    if numeral.about and low is not None and high is not None:
        low, high = low * Decimal("0.95"), high * Decimal("1.05")
    bound = "at_most" if s.measure == "ceiling" else numeral.bound
    exact = bound or s.measure in ("target", "ceiling")  # a plan's figure is set, not measured
    if exact and v.value is not None and v.status != "conflict":
        low = high = v.value
    return Observation(region, document, s.period, s.indicator, s.measure, v.value, low, high, bound,
                       unit_of(s.indicator, s.measure, codebook), v.status, numeral.printed,
                       numeral.start, numeral.end, " ".join(v.basis), v.runner_up, v.candidates, notes)  # fmt: skip

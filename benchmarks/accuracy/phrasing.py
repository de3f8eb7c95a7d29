"""From figures to the text of a report: phrasings, damage, and the marks of what stands where."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from . import chinese as zh
from . import english as en
from .damage import chinese, english, strike
from .truths import Figure, city, people, percent

_SLOT = re.compile(r"\{(\w+)\.([otcls])\}")


@dataclass(frozen=True)
class Mark:
    """A figure a text states: where, about which period, and how it was damaged."""

    indicator: str
    measure: str
    period: str
    low: Decimal
    high: Decimal
    start: int
    end: int
    damage: str = ""
    also: tuple[str, ...] = ()
    optional: bool = False


@dataclass
class Case:
    """A report whose truth is known."""

    text: str
    year: int
    kind: str
    language: str
    marks: list[Mark] = field(default_factory=list)


class _Writer:
    """Renders templates into one growing text, damaging slots at a rate."""

    def __init__(self, rng: random.Random, language: str, rate: float) -> None:
        self.rng, self.language, self.rate = rng, language, rate
        self.text = ""
        self.marks: list[Mark] = []
        self.stated: set[tuple[str, str, str]] = set()

    def plain(self, template: str, **words: object) -> None:
        rng = self.rng
        n = {
            "n1": rng.randint(12, 98),
            "n2": rng.randint(2, 28),
            "n3": rng.randint(110, 980),
            "n4": rng.randint(2100, 9800),
            "d": rng.randint(2, 9),
            "c": rng.choice("三四五六七"),
            "x": rng.randint(3, 90) / 100,
        }
        self.text += template.format(**(n | words))

    def put(self, template: str, figures: dict[tuple[str, str], Figure], period: str, damage: str = "") -> None:
        """Append a template; a figure already stated is stated again only once in a report."""
        slots = _SLOT.findall(template)
        if any((name, m, period) in self.stated for name, m in slots):
            return
        at = 0
        swap = len(slots) > 1 and not damage and self.language == "en" and (self.rng.random() < self.rate * 0.01)
        shown = [figures[s] for s in slots]
        if swap:
            swap = shown[0].unit == shown[1].unit != "percent"
        if swap:
            shown[:2] = shown[1::-1]
        for n, match in enumerate(_SLOT.finditer(template)):
            self.plain(template[at : match.start()])
            at = match.end()
            true, struck = figures[slots[n]], damage
            token = (english if self.language == "en" else chinese)(shown[n])
            if swap and n < 2:
                struck = "numbers swapped"
            elif not damage and self.rng.random() < self.rate:
                token, struck = strike(true, self.rng, self.language) or (token, "")
            if token.startswith("\b"):
                token = token[1:]
                if not self.text.endswith(". "):
                    self.text = self.text.removesuffix(" ")
            if token.endswith("人") and template[at:].startswith(("劳动者", "农民工")):
                token = token[:-1] + "名"
            also = ("ceiling",) if self.text.endswith(("控制在", "held at ")) else ()
            start = len(self.text)
            self.text += token
            self.stated.add((*slots[n], period))
            self.marks.append(
                Mark(
                    *true.key,
                    period,
                    true.value - true.half,
                    true.value + true.half,
                    start,
                    len(self.text),
                    struck,
                    also,
                )
            )
        self.plain(template[at:])


def english_report(rng: random.Random, rate: float) -> Case:
    """A bureau report as machine translation leaves it: some or all of the five sections."""
    year = rng.randint(2005, 2013)
    figures, writer = city(rng, year), _Writer(rng, "en", rate)
    writer.plain(rng.choice(en.OPENINGS), year=year, next=year + 1)
    sections: list[Any] = [en.PILOT, en.EMPLOYMENT, None, en.RELATIONS, en.RECONSTRUCTION]
    for number, section in enumerate(sections, 1):
        if rng.random() < (0.6 if number in (1, 5) else 0.1):
            continue
        writer.text += f"({number}) "
        if section is en.PILOT:
            writer.put(rng.choice(en.PILOT), figures, str(year))
        elif section is None:
            style, listed = rng.randrange(3), rng.random() < 0.25
            whole = en.INSURANCE_LISTS if listed else en.INSURANCE_TOTAL
            writer.put(rng.choice(whole), figures, str(year))
            for short in ("rm", "np") if listed else en.INSURANCE:
                writer.text += " "
                variants = en.INSURANCE[short]
                own = variants[style] if rng.random() < 0.7 else rng.choice(variants)
                writer.put(own, figures, str(year))
        else:
            for group in section:
                writer.text += " "
                lost = [t for n, t in en.VERB_LOST.items() if any(f"{{{n}.o}}" in v for v in group)]
                if lost and rng.random() < rate * 0.08:
                    writer.put(rng.choice(lost), figures, str(year), damage="verb lost")
                writer.put(rng.choice(group), figures, str(year))
                if rng.random() < 0.3:
                    writer.text += " "
                    writer.plain(rng.choice(en.FILLER), year=year)
        writer.text += "\n"
    return Case(writer.text, year, "bureau-report", "en", writer.marks)


def chinese_bureau(rng: random.Random, rate: float) -> Case:
    year = rng.randint(2005, 2022)
    figures, writer = city(rng, year), _Writer(rng, "zh", rate)
    writer.plain(rng.choice(zh.BUREAU_OPENINGS), last=year)
    for group in zh.BUREAU:
        if rng.random() < 0.85:
            writer.put(rng.choice(group), figures, str(year))
        if rng.random() < 0.3:
            writer.plain(rng.choice(zh.DISTRACTORS))
        if rng.random() < 0.4:
            writer.text += "\n"
    return Case(writer.text, year, "bureau-report", "zh", writer.marks)


PLANS = {2006: "十五", 2011: "十一五", 2016: "十二五", 2021: "十三五"}


def government_report(rng: random.Random, rate: float) -> Case:
    """A government work report: results of the year before, the year's targets, at times totals."""
    year = rng.randint(2004, 2023)
    figures, writer = city(rng, year - 1), _Writer(rng, "zh", rate)
    plan = city(rng, year)
    for name in ("jobs", "re", "hard"):
        goal = float(figures[name, "o"].value) * rng.uniform(0.7, 1.0)
        plan[name, "t"] = people(rng, name, "t", round(goal, -2 if goal > 5000 else -1))
    plan["rate", "l"] = percent("rate", "l", rng.choice((4, 4.2, 4.5, 5)), rng.choice((0, 1)))
    writer.plain(rng.choice(zh.GOVERNMENT_OPENINGS), year=year)
    totals = rng.random() < 0.35 or year in PLANS
    if totals:
        span = float(figures["jobs", "o"].value) * rng.uniform(4.2, 5.4)
        total = people(rng, "jobs", "s", span)
        template = rng.choice(zh.CUMULATIVE if year in PLANS else zh.CUMULATIVE[1:])
        template = template.replace("{plan}", PLANS.get(year, ""))
        bounds = {("jobs", "s"): total, ("rate", "l"): plan["rate", "l"]}
        head, _, tail = template.partition("{rate.l}")
        writer.put(head, bounds, f"{year - 5}-{year - 1}")
        if tail:  # a ceiling over five years: not wrong to take, not wrong to leave
            ceiling, start = bounds["rate", "l"], len(writer.text)
            writer.plain(chinese(ceiling) + tail)
            writer.marks.append(
                Mark(
                    *ceiling.key,
                    f"{year - 5}-{year - 1}",
                    ceiling.value,
                    ceiling.value,
                    start,
                    start + len(chinese(ceiling)),
                    optional=True,
                )
            )
        writer.text += "\n"
    writer.plain(rng.choice(zh.REVIEW_HEADINGS), last=year - 1)
    for group in zh.REVIEW:
        if rng.random() < 0.7:
            writer.plain(rng.choice(zh.DISTRACTORS))
        if group is zh.REVIEW[0] or rng.random() < 0.5:
            writer.put(rng.choice(group), figures, str(year - 1))
    writer.plain(rng.choice(zh.PARTS) if rng.random() < 0.3 else "")
    writer.text += "\n"
    if rng.random() < 0.25:
        aim = float(figures["jobs", "o"].value) * 5
        future = {("jobs", "t"): people(rng, "jobs", "t", round(aim, -4))}
        writer.put(rng.choice(zh.FUTURE), future, f"{year}-{year + 4}")
        writer.text += "\n"
    writer.plain(rng.choice(zh.TARGET_HEADINGS), year=year)
    writer.put(rng.choice(zh.TARGETS), plan, str(year))
    if rng.random() < 0.4:
        writer.text += "\n"
        writer.put(rng.choice(zh.PLANS), plan, str(year))
    writer.plain(rng.choice(zh.DISTRACTORS) if rng.random() < 0.4 else "")
    return Case(writer.text, year, "government-report", "zh", writer.marks)

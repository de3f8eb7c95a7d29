"""Figures of an invented city and year that obey the identities of the field.

Sizes follow the statutes and yearbooks: premiums per head are a statutory rate times a wage of
the year times a compliance factor; totals are sums; completions are quotients; every figure is
rounded as Chinese reports print it (万 with one or two decimals, 亿 with two to four).
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

WAN, YI = Decimal(10_000), Decimal(100_000_000)

#: short name in the phrasings → indicator of the codebook
NAMES = {
    "pilot_jobs": "pilot.new_jobs",
    "pilot_residents": "pilot.insured_residents",
    "pilot_pension": "pilot.new_rural_pension_insured",
    "jobs": "employment.new_urban_jobs",
    "re": "employment.reemployed",
    "hard": "employment.reemployed_4050",
    "zero": "employment.zero_employment_families",
    "rate": "employment.registered_unemployment_rate",
    "survey": "employment.surveyed_unemployment_rate",
    "retrain": "employment.reemployment_training",
    "placed": "employment.post_training_employment_rate",
    "startup": "employment.entrepreneurship_training",
    "success": "employment.entrepreneurship_success_rate",
    "migrants": "employment.migrant_training",
    "transfer": "employment.labor_transfer",
    "income": "employment.labor_income",
    "loans": "employment.small_loans",
    "personal": "employment.small_loans_personal",
    "enterprise": "employment.small_loans_enterprise",
    "subsidy": "employment.subsidies",
    "contracts": "relations.collective_contract_enterprises",
    "wages": "relations.wage_negotiation_enterprises",
    "inspected": "relations.employers_inspected",
    "signed": "relations.contracts_signed",
    "paid": "relations.workers_paid_back",
    "recovered": "relations.wages_recovered",
    "registered": "relations.employers_registered",
    "premiums": "relations.premiums_recovered",
    "accepted": "relations.disputes_accepted",
    "mediated": "relations.disputes_mediated",
    "settled": "relations.settlement_rate",
    "planned": "reconstruction.projects_planned",
    "plan_money": "reconstruction.investment_planned",
    "started": "reconstruction.projects_started",
    "finished": "reconstruction.projects_completed",
    "money": "reconstruction.investment",
    "county": "reconstruction.county_centers_started",
    "county_money": "reconstruction.county_centers_investment",
    "town": "reconstruction.township_centers_started",
    "town_done": "reconstruction.township_centers_completed",
    "town_money": "reconstruction.township_centers_investment",
    "system": "reconstruction.information_systems_started",
    "system_done": "reconstruction.information_systems_completed",
    "system_money": "reconstruction.information_systems_investment",
}
SCHEMES = {
    "wp": "urban_worker_pension",
    "ip": "institution_pension",
    "un": "unemployment",
    "wm": "urban_worker_medical",
    "rm": "urban_resident_medical",
    "wi": "work_injury",
    "ma": "maternity",
    "np": "new_rural_pension",
}
NAMES |= {f"i_{short}": f"insured.{scheme}" for short, scheme in SCHEMES.items()}
NAMES |= {f"f_{short}": f"fund.{scheme}" for short, scheme in SCHEMES.items()}
NAMES["f_all"] = "fund.total"
MEASURES = {"o": "outturn", "t": "target", "c": "completion", "l": "ceiling", "s": "cumulative"}

#: hard identities: members that must all be stated for the identity to say anything
SUMS = [
    ("f_all", "f_wp", "f_ip", "f_un", "f_wm", "f_wi", "f_ma"),
    ("loans", "personal", "enterprise"),
    ("started", "county", "town", "system"),
    ("finished", "town_done", "system_done"),
    ("money", "county_money", "town_money", "system_money"),
]

Key = tuple[str, str]


@dataclass(frozen=True)
class Figure:
    """A figure as a clean report would print it: `digits` times `scale`, in base units."""

    name: str
    measure: str
    digits: str
    scale: Decimal
    unit: str

    @property
    def key(self) -> Key:
        return NAMES[self.name], MEASURES[self.measure]

    @property
    def value(self) -> Decimal:
        return Decimal(self.digits) * self.scale

    @property
    def half(self) -> Decimal:
        """Half a unit of the last printed place, in base units."""
        decimals = len(self.digits.partition(".")[2])
        return self.scale / 2 / 10**decimals


def wage(year: int) -> float:
    """Average urban wage in yuan, to the accuracy needed here (National Bureau of Statistics)."""
    return 14_000 * 1.135 ** (year - 2003) if year <= 2013 else 51_500 * 1.09 ** (year - 2013)


def _figure(name: str, measure: str, value: float | Decimal, scale: Decimal, decimals: int, unit: str) -> Figure:
    step = Decimal(1).scaleb(-decimals)
    digits = (Decimal(value) / scale).quantize(step, ROUND_HALF_UP)
    return Figure(name, measure, f"{digits:f}", scale, unit)


def people(rng: random.Random, name: str, measure: str, value: float) -> Figure:
    if value < 8_000 or (value < 60_000 and rng.random() < 0.12):
        return _figure(name, measure, value, Decimal(1), 0, "people")
    decimals = rng.choice((1, 1, 2)) if value < 1_000_000 else rng.choice((0, 1, 2))
    made = _figure(name, measure, value, WAN, decimals, "people")
    digits = made.digits.rstrip("0").rstrip(".") if "." in made.digits else made.digits
    return Figure(name, measure, digits, WAN, "people")


def yuan(rng: random.Random, name: str, measure: str, value: float | Decimal) -> Figure:
    if value >= 100_000_000 and rng.random() < 0.85:
        return _figure(name, measure, value, YI, rng.choice((2, 2, 3, 4)), "yuan")
    decimals = 0 if value > 10_000_000 else rng.choice((0, 0, 1))
    return _figure(name, measure, value, WAN, decimals, "yuan")


def percent(name: str, measure: str, value: float, decimals: int) -> Figure:
    return _figure(name, measure, value, Decimal(1), decimals, "percent")


def count(name: str, measure: str, value: float, unit: str) -> Figure:
    return _figure(name, measure, value, Decimal(1), 0, unit)


def city(rng: random.Random, year: int) -> dict[tuple[str, str], Figure]:
    """All figures of one city-year, by (short name, short measure)."""
    figures: dict[tuple[str, str], Figure] = {}

    def put(figure: Figure) -> Figure:
        figures[figure.name, figure.measure] = figure
        return figure

    def aim(name: str, spread: tuple[float, float] = (0.96, 1.45)) -> None:
        """A round target and the completion the printed result has of it."""
        result = figures[name, "o"]
        goal = float(result.value) / rng.uniform(*spread)
        unit = Decimal(10) ** (len(str(int(goal))) - rng.choice((1, 2)))
        goal = float(max(unit, (Decimal(goal) / unit).quantize(Decimal(1)) * unit))
        scale = WAN if result.scale != 1 and goal >= 1000 else Decimal(1)
        target = _figure(name, "t", goal, scale, 4 if scale == WAN else 0, result.unit)
        digits = target.digits.rstrip("0").rstrip(".") if "." in target.digits else target.digits
        target = put(Figure(name, "t", digits, scale, result.unit))
        done = float(result.value / target.value) * 100
        put(percent(name, "c", done, rng.choice((0, 1, 1, 1, 2))))

    population = 10 ** rng.uniform(5.95, 6.9)
    workers = population * rng.uniform(0.06, 0.22)
    pay = wage(year)
    _employment(rng, put, population, pay)
    for name in ("jobs", "re", "hard", "retrain", "startup", "migrants", "transfer", "income", "personal", "loans"):
        aim(name, (0.97, 1.5) if name != "personal" else (1.0, 2.6))
    shares = {
        "wp": (0.55, 1.0),
        "ip": (0.1, 0.3),
        "un": (0.35, 0.8),
        "wm": (0.65, 1.1),
        "wi": (0.35, 0.8),
        "ma": (0.2, 0.6),
    }
    rates = {
        "wp": (0.28, 0.35, 0.9),
        "ip": (0.28, 0.35, 0.9),
        "un": (0.03, 0.3, 0.9),
        "wm": (0.08, 0.35, 0.95),
        "wi": (0.01, 0.3, 0.9),
        "ma": (0.007, 0.35, 0.95),
    }
    total = Decimal(0)
    for short, (low, high) in shares.items():
        insured = put(people(rng, f"i_{short}", "o", workers * rng.uniform(low, high)))
        rate, worst, best = rates[short]
        money = float(insured.value) * rate * pay * rng.uniform(worst, best)
        exact = Decimal(round(money / 10_000)) * WAN
        put(yuan(rng, f"f_{short}", "o", exact))
        total += exact
    put(yuan(rng, "f_all", "o", total))
    for short, share, low, high in (("rm", 0.25, 80, 400), ("np", 0.35, 100, 450)):
        insured = put(people(rng, f"i_{short}", "o", population * rng.uniform(0.05, share)))
        put(yuan(rng, f"f_{short}", "o", float(insured.value) * rng.uniform(low, high)))
    for short in (*shares, "rm", "np"):
        aim(f"i_{short}", (0.98, 1.12))
        aim(f"f_{short}", (0.98, 1.3))
    aim("f_all", (0.98, 1.2))
    _relations(rng, put, aim, population)
    _reconstruction(rng, put)
    put(count("pilot_jobs", "o", 10 ** rng.uniform(2.7, 3.9), "people"))
    residents = put(people(rng, "pilot_residents", "o", population * rng.uniform(0.05, 0.15)))
    most = min(residents.value, figures["i_np", "o"].value)
    put(people(rng, "pilot_pension", "o", float(most) * rng.uniform(0.2, 0.9)))
    return figures


def _employment(rng, put, population, pay):  # type: ignore[no-untyped-def]
    jobs = put(people(rng, "jobs", "o", population * rng.uniform(0.006, 0.018)))
    again = put(people(rng, "re", "o", float(jobs.value) * rng.uniform(0.2, 0.5)))
    put(people(rng, "hard", "o", float(again.value) * rng.uniform(0.15, 0.4)))
    put(count("zero", "o", 10 ** rng.uniform(1.2, 2.9), "households"))
    put(percent("rate", "o", rng.uniform(2.6, 4.4), rng.choice((1, 2, 2))))
    put(percent("rate", "l", rng.choice((4.2, 4.5, 4.6, 5)), rng.choice((1,))))
    put(percent("survey", "o", rng.uniform(4.6, 5.6), 1))
    put(people(rng, "retrain", "o", population * rng.uniform(0.001, 0.008)))
    put(percent("placed", "o", rng.uniform(58, 92), rng.choice((0, 1))))
    put(people(rng, "startup", "o", population * rng.uniform(0.0004, 0.003)))
    put(percent("success", "o", rng.uniform(40, 75), rng.choice((0, 1))))
    put(people(rng, "migrants", "o", population * rng.uniform(0.01, 0.05)))
    moved = put(people(rng, "transfer", "o", population * rng.uniform(0.12, 0.3)))
    put(yuan(rng, "income", "o", float(moved.value) * pay * rng.uniform(0.12, 0.5)))
    personal = Decimal(rng.randint(300, 9000)) * WAN
    enterprise = Decimal(rng.randint(200, 6000)) * WAN
    put(_figure("personal", "o", personal, WAN, 0, "yuan"))
    put(_figure("enterprise", "o", enterprise, WAN, 0, "yuan"))
    put(_figure("loans", "o", personal + enterprise, WAN, 0, "yuan"))
    put(yuan(rng, "subsidy", "o", Decimal(rng.randint(1500, 26_000)) * WAN))


def _relations(rng, put, aim, population):  # type: ignore[no-untyped-def]
    put(count("contracts", "o", rng.randint(150, 2400), "enterprises"))
    put(count("wages", "o", rng.randint(60, 900), "enterprises"))
    aim("contracts", (0.99, 1.2))
    put(count("inspected", "o", rng.randint(400, 5000), "employers"))
    put(replace(people(rng, "signed", "o", population * rng.uniform(0.002, 0.012)), unit="contracts"))
    owed = put(people(rng, "paid", "o", 10 ** rng.uniform(3.1, 4.6)))
    put(yuan(rng, "recovered", "o", float(owed.value) * rng.uniform(900, 9000)))
    put(count("registered", "o", rng.randint(20, 600), "employers"))
    put(yuan(rng, "premiums", "o", Decimal(rng.randint(90, 2600)) * WAN))
    cases = rng.randint(200, 3800)
    put(count("accepted", "o", cases, "cases"))
    put(count("mediated", "o", cases * rng.uniform(0.4, 0.8), "cases"))
    put(percent("settled", "o", rng.uniform(88, 99), rng.choice((0, 1))))


def _reconstruction(rng, put):  # type: ignore[no-untyped-def]
    county, town, system = rng.randint(3, 14), rng.randint(60, 400), rng.randint(30, 260)
    town_done, system_done = int(town * rng.uniform(0.2, 0.9)), int(system * rng.uniform(0.1, 0.8))
    put(count("county", "o", county, "projects"))
    put(count("town", "o", town, "projects"))
    put(count("system", "o", system, "projects"))
    put(count("started", "o", county + town + system, "projects"))
    put(count("town_done", "o", town_done, "projects"))
    put(count("system_done", "o", system_done, "projects"))
    put(count("finished", "o", town_done + system_done, "projects"))
    put(count("planned", "t", (county + town + system) * rng.uniform(1.05, 1.6), "projects"))
    parts = [rng.randint(2000, 9900), rng.randint(2500, 19_000), rng.randint(120, 900)]
    for name, part in zip(("county_money", "town_money", "system_money"), parts, strict=True):
        put(_figure(name, "o", Decimal(part) * WAN, WAN, 0, "yuan"))
    put(_figure("money", "o", Decimal(sum(parts)) * WAN, *((WAN, 0), (YI, 2), (YI, 4))[rng.randrange(3)], "yuan"))
    put(_figure("plan_money", "t", Decimal(int(sum(parts) * rng.uniform(1.3, 5))) * WAN, WAN, 0, "yuan"))

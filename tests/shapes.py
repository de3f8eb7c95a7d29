"""Two dozen shapes of data, and the pages of a project of one shape as text."""

from __future__ import annotations

import ast
import contextlib
import html
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import analysis
from analysis.charts import publish
from analysis.system.errors import InputError
from processed import FIGURES, RULES, project

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
YEARLY = ("audit", "employment", "insurance-coverage", "fund-collection", "labour-relations", "reconstruction")

_JOBS, _RATE = "employment.new_urban_jobs", "employment.registered_unemployment_rate"
_TARGETS = [
    f"{_JOBS} target 28000 28000 28000 - people printed",
    f"{_RATE} ceiling 4.5 4.5 4.5 at_most percent printed",
    "employment.reemployed target 7000 7000 7000 - people printed",
    "insured.maternity target 70000 70000 70000 - people printed",
    "fund.total target 50000000 50000000 50000000 - yuan printed",
    "relations.collective_contract_enterprises target 300 300 300 - enterprises printed",
    "relations.wage_negotiation_enterprises target 200 200 200 - enterprises printed",
    "reconstruction.projects_planned target 680 680 680 - projects printed",
    "reconstruction.investment_planned target 800000000 800000000 800000000 - yuan printed",
]
_RESULTS = [
    f"{_JOBS} outturn 34000 33500 34500 - people printed",
    f"{_RATE} outturn 3.9 3.85 3.95 - percent confirmed",
    "employment.reemployed outturn 14000 14000 14000 - people printed",
    "employment.reemployed_4050 outturn 3500 3500 3500 - people printed",
    "employment.zero_employment_families outturn 257 257 257 - households printed",
    "employment.reemployment_training outturn 16000 16000 16000 - people printed",
    "employment.post_training_employment_rate outturn 77 76.5 77.5 - percent printed",
    "employment.entrepreneurship_training outturn 4000 4000 4000 - people printed",
    "employment.entrepreneurship_success_rate outturn 53.5 53.45 53.55 - percent printed",
    "employment.migrant_training outturn 129000 129000 129000 - people confirmed",
    "employment.labor_transfer outturn 788000 788000 788000 - people confirmed",
    "employment.labor_income outturn 4720000000 4715000000 4725000000 - yuan confirmed",
    "employment.small_loans outturn 56620000 56620000 56620000 - yuan confirmed",
    "employment.small_loans_personal outturn 45670000 45670000 45670000 - yuan confirmed",
    "employment.small_loans_enterprise outturn 10950000 10950000 10950000 - yuan confirmed",
    "employment.subsidies outturn 142470000 142470000 142470000 - yuan printed",
    "insured.urban_worker_pension outturn 231000 231000 231000 - people printed",
    "insured.unemployment outturn 102000 101500 102500 - people printed",
    "insured.work_injury outturn 78000 78000 78000 - people printed",
    "insured.maternity outturn 66000 66000 66000 - people printed",
    "fund.total outturn 45100000 45050000 45150000 - yuan confirmed",
    "fund.unemployment outturn 41000000 40950000 41050000 - yuan confirmed",
    "fund.maternity outturn 4100000 4050000 4150000 - yuan confirmed",
    "relations.collective_contract_enterprises outturn 320 320 320 - enterprises printed",
    "relations.wage_negotiation_enterprises outturn 210 210 210 - enterprises printed",
    "relations.disputes_accepted outturn 1862 1862 1862 - cases printed",
    "relations.disputes_mediated outturn 1200 1200 1200 - cases printed",
    "relations.settlement_rate outturn 95 95 95 at_least percent printed",
    "relations.employers_inspected outturn 1876 1876 1876 - employers printed",
    "relations.employers_registered outturn 120 120 120 - employers printed",
    "relations.contracts_signed outturn 5600 5600 5600 - contracts printed",
    "relations.workers_paid_back outturn 50000 50000 50000 at_least people printed",
    "relations.wages_recovered outturn 90000000 90000000 90000000 - yuan printed",
    "relations.premiums_recovered outturn 3685000 3685000 3685000 - yuan printed",
    "reconstruction.projects_started outturn 485 485 485 - projects printed",
    "reconstruction.projects_completed outturn 215 215 215 - projects printed",
    "reconstruction.investment outturn 126000000 126000000 126000000 - yuan printed",
    "pilot.insured_residents outturn 61000 61000 61000 - people printed",
    "pilot.new_rural_pension_insured outturn 25000 25000 25000 - people printed",
    "pilot.new_jobs outturn 3656 3656 3656 - people printed",
]
_RATES = [
    f"{_JOBS} completion 114 113.5 114.5 - percent conflict",
    "employment.reemployment_training completion 145.5 145.45 145.55 - percent plausible",
]


def _all(status: str) -> list[str]:
    """Every result, with this status alone."""
    return [" ".join([*row.split()[:7], status]) for row in _RESULTS]


def _unread(status: str) -> list[str]:
    rows = [row.split() for row in _RESULTS]
    return [f"{row[0]} outturn - - - - {row[6]} {status}" for row in rows]


#: Rows of one year; see `processed.project`.
SHAPES: dict[str, list[str]] = {
    "one result": _RESULTS[:1],
    "one target": _TARGETS[:1],
    "one open": [f"{_JOBS} outturn 34000 33500 34500 - people plausible"],
    "only targets": _TARGETS,
    "only a ceiling": _TARGETS[1:2],
    "only a rate": _RESULTS[1:2],
    "a rate at its ceiling": [_TARGETS[1], f"{_RATE} outturn 4.5 4.45 4.55 - percent printed"],
    "a rate above": [_TARGETS[1], f"{_RATE} outturn 4.7 4.65 4.75 - percent printed"],
    "everything": [*_TARGETS, *_RESULTS, *_RATES],
    "results": _RESULTS,
    "short of targets": [
        *_TARGETS[:1],
        *_TARGETS[5:],
        f"{_JOBS} outturn 20000 20000 20000 - people printed",
        "relations.collective_contract_enterprises outturn 250 250 250 - enterprises printed",
        "reconstruction.projects_completed outturn 215 215 215 - projects printed",
        "reconstruction.investment outturn 126000000 126000000 126000000 - yuan printed",
    ],
    "mixed": FIGURES,
    "nothing read": _unread("unreadable"),
    "all decided": _all("decided"),
    "all in conflict": _all("conflict"),
    "candidates": [
        "insured.urban_resident_medical outturn - 66050 6615000 - people range 2009 66100,661000",
        "insured.work_injury outturn 78000 78000 78000 - people printed",
        "insured.maternity outturn 66000 66000 66000 - people printed",
        "relations.wages_recovered outturn - 36900000 369000000 - yuan range 2009 36900000,369000000",
    ],
    "intervals": [
        f"{_JOBS} outturn - 20000 39999 - people range",
        f"{_JOBS} target 28000 28000 28000 - people printed",
        "insured.urban_worker_pension outturn - 100000 300000 - people range",
        "insured.maternity outturn - 60000 200000 - people range",
        "relations.collective_contract_enterprises outturn - 290 310 - enterprises range",
        "relations.collective_contract_enterprises target 300 300 300 - enterprises printed",
        "relations.wages_recovered outturn - 36000000 40000000 - yuan range",
    ],
    "only months": [
        f"{_JOBS} outturn 25000 25000 25000 - people printed 2009-01/2009-09",
        f"{_RATE} outturn 4.1 4.1 4.1 - percent printed 2009-06/2009-06",
        "fund.total outturn 30000000 30000000 30000000 - yuan printed 2009-01/2009-06",
        "insured.maternity outturn 60000 60000 60000 - people printed 2009-01/2009-09",
    ],
    "months beside a year": [*_RESULTS[:2], f"{_JOBS} outturn 25000 25000 25000 - people printed 2009-01/2009-09"],
    "a total over years": [*_RESULTS[:1], f"{_JOBS} cumulative 90000 90000 90000 - people conflict 2007-2009"],
    "parts without a total": [
        "fund.unemployment outturn 41000000 40950000 41050000 - yuan printed",
        "insured.unemployment outturn 102000 101500 102500 - people printed",
        "reconstruction.projects_started outturn 485 485 485 - projects printed",
        "reconstruction.projects_planned target 680 680 680 - projects printed",
        "relations.disputes_mediated outturn 1200 1200 1200 - cases printed",
    ],
    "two funds": [
        "fund.unemployment outturn 41000000 40950000 41050000 - yuan printed",
        "fund.maternity outturn 4100000 4050000 4150000 - yuan printed",
        "fund_income.maternity outturn 5000000 4950000 5050000 - yuan printed",
        "fund_subsidy.maternity outturn 500000 495000 505000 - yuan printed",
        "insured.unemployment outturn - 5000 102000 - people range",
        "insured.maternity outturn - 5000 66000 - people range",
        "employment.entrepreneurship_training outturn 4000 4000 4000 - people printed",
    ],
    "a fund unread": ["fund.maternity outturn - - - - yuan unreadable"],
    "training alone": [
        _RESULTS[6],
        _RESULTS[8],
        _RESULTS[11],
        "employment.reemployment_training completion 145.5 145.45 145.55 - percent printed",
    ],
}


def pages(root: Path, language: str = "en", region: str = "testshire", year: int = 2009) -> dict[str, str]:
    """The yearly pages, the region's and the comparison as text, by notebook."""
    about = {"region": region, "year": year, "language": language}
    span = {"region": region, "first_year": year - 2, "last_year": year, "language": language}
    several = {"regions": [], "first_year": year - 2, "last_year": year, "language": language}
    with patch.object(analysis, "page", cache(analysis.page)):  # one page for all of a year's topics
        found = {name: told(name, root, **about) for name in YEARLY}
    found["region"] = told("region", root, **span)
    with contextlib.suppress(InputError):  # no region has the indicator
        found["comparison"] = told("comparison", root, **several)
    return found


def told(name: str, root: Path, **parameters: object) -> str:
    """What a notebook shows: its cells run here, charts as their alt texts."""
    shown: list[str] = []

    def display(output: object, metadata: dict | None = None, raw: bool = False) -> None:
        shown.append(f"[{output['text/plain']}]" if raw else output.data)

    space: dict[str, object] = {}
    drawn = {"svg": b"", "png": b""}
    with (
        patch.object(publish, "display", display),
        patch.object(publish, "rendered", lambda figure: drawn),
        patch.dict("os.environ", ANALYSIS_ROOT=str(root)),
    ):
        for cell in json.loads((NOTEBOOKS / f"{name}.ipynb").read_text("utf-8"))["cells"]:
            if cell["cell_type"] != "code":
                continue
            body = ast.parse("".join(cell["source"])).body
            last = body.pop() if isinstance(body[-1], ast.Expr) else None
            exec(compile(ast.Module(body, []), name, "exec"), space)
            if "parameters" in cell["metadata"].get("tags", []):
                space |= {key: value for key, value in parameters.items() if key in space}
            value = eval(compile(ast.Expression(last.value), name, "eval"), space) if last else None
            shown.append(getattr(value, "data", ""))
    return as_text("\n".join(shown))


def as_text(markup: str) -> str:
    """Lines of text; the cells of a table parted by bars."""
    markup = re.sub(r"</(td|th)>", " | ", markup)
    markup = re.sub(r"</(p|tr|li|thead)>", "\n", markup)
    text = html.unescape(re.sub(r"<[^>]+>", "", markup))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def of_shape(root: Path, shape: str, language: str = "en") -> dict[str, str]:
    """All pages of a project of one shape."""
    return pages(project(root, SHAPES[shape]), language)


@dataclass(frozen=True)
class Stated:
    """What a shape states, asked without the library."""

    rows: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, shape: str) -> Stated:
        return cls(tuple(tuple(row.split()) for row in SHAPES[shape]))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def open(self) -> bool:
        strong = ("confirmed", "decided", "printed", "repaired")
        return any(row[7] not in strong for row in self.rows)

    @property
    def rules(self) -> list[str]:
        """The totals of the rules that apply."""
        ids = {row[0] for row in self.rows}
        named = [re.findall(r"\w+\.\w+", rule.split("|")[0]) for rule in RULES]
        return [rule[0] for rule in named if ids >= set(rule)]

    def _of(self, name: str, measure: str = "", status: str = "") -> list[tuple[str, ...]]:
        return [
            row
            for row in self.rows
            if name in ("", row[0], row[0].split(".")[0]) and measure in ("", row[1]) and status in ("", row[7])
        ]

    def has(self, name: str = "", measure: str = "", status: str = "", candidates: bool = False) -> bool:
        """Whether something is stated, of whatever period; `candidates`: as one of a few values."""
        return any(not candidates or len(row) > 9 for row in self._of(name, measure, status))

    def months(self, name: str) -> bool:
        """Whether something is stated for months only."""
        parts = [row for row in self._of(name) if len(row) > 8 and "/" in row[8]]
        return any(not self.read(row[0]) for row in parts)

    def indicators(self, name: str, measure: str) -> set[str]:
        return {row[0] for row in self._of(name, measure)}

    def reads(self, section: str) -> int:
        """How many yearly results of a section can be read; of funds without the total."""
        ids = {row[0] for row in self._of(section, "outturn")} - {"fund.total"}
        return sum(self.read(id_) for id_ in ids)

    def read(self, indicator: str) -> bool:
        """Whether a yearly result can be read, if only as an interval."""
        return self._ends(indicator) is not None

    def _ends(self, indicator: str, measure: str = "outturn") -> tuple[float, float] | None:
        for row in self._of(indicator, measure):
            if row[3] != "-" and (len(row) < 9 or row[8] == "2009"):
                return float(row[3]), float(row[4])
        return None

    def met(self, indicator: str) -> bool | str | None:
        """Whether the result reached its target: true, false, "uncertain", or None."""
        result, aim = self._ends(indicator), self._ends(indicator, "target")
        if result is None or aim is None:
            return None
        return True if result[0] >= aim[1] else False if result[1] < aim[0] else "uncertain"

    def under(self, indicator: str) -> bool | str | None:
        """Whether the result kept within its ceiling: true, false, "uncertain", or None."""
        result, top = self._ends(indicator), self._ends(indicator, "ceiling")
        if result is None or top is None:
            return None
        return True if result[1] <= top[0] else False if result[0] > top[1] else "uncertain"

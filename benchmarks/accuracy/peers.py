"""What others do with the same texts: a keyword regex, quantulum3, Banff's error localisation.

quantulum3 and Banff run in a throw-away environment made here; where it cannot be made, the
tables say so. Neither is a dependency of the project.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from .phrasing import Case, Mark
from .truths import NAMES, SUMS

# -- the keyword regex of published panels ------------------------------------------------------

_ENGLISH = {
    "jobs": r"new (?:urban )?(?:jobs|employment)",
    "re": r"re-?employ(?:ed|ment)",
    "rate": r"unemployment rate",
    "retrain": r"re-?employment training",
    "startup": r"(?:entrepreneurship|entrepreneurial) training",
    "migrants": r"migrant workers",
    "transfer": r"rural (?:labor|laborers)",
    "income": r"labor income",
    "loans": r"small (?:secured|guaranteed) loans",
    "i_wp": r"(?:endowment|pension|old-age) insurance (?:for|of) urban (?:workers|employees)",
    "i_un": r"unemployment insurance",
    "i_wm": r"medical insurance for urban (?:workers|employees)",
    "i_wi": r"(?:industrial|work)[- ](?:related )?injury insurance",
    "i_ma": r"maternity insurance",
    "i_rm": r"medical insurance for urban residents",
    "i_np": r"new rural (?:social )?(?:endowment|pension|old-age) insurance",
    "contracts": r"collective contracts",
    "inspected": r"inspected|employers",
    "accepted": r"dispute cases|accepted",
    "started": r"projects have been started|begun on",
}
_CHINESE = {
    "jobs": "新增(?:城镇)?就业",
    "re": "再就业",
    "hard": "困难(?:人员|对象)(?:再|实现)?就业",
    "zero": "零就业家庭",
    "rate": "登记失业率",
    "survey": "调查失业率",
    "retrain": "再就业培训",
    "startup": "创业培训",
    "migrants": "农民工(?:技能)?培训",
    "transfer": "农村劳动力|劳务输出",
    "income": "劳务(?:总)?收入",
    "loans": "小额担保贷款|创业担保贷款",
    "i_wp": "职工(?:基本)?养老保险",
    "i_un": "失业保险",
    "i_wm": "职工(?:基本)?医疗保险",
    "i_wi": "工伤保险",
    "i_ma": "生育保险",
    "i_rm": "居民(?:基本)?医疗保险",
    "i_np": "新型农村社会养老保险|新农保",
    "contracts": "集体合同",
    "inspected": "用人单位",
    "accepted": "争议案件|受理",
}
_ENGLISH_NUMBER = r"[^0-9.;]{0,40}?([0-9][0-9,]*(?:\.[0-9]+)?)\s*(million|billion|%)?"
_CHINESE_NUMBER = r"[^0-9。；，]{0,12}?([0-9]+(?:\.[0-9]+)?)(万|亿|%)?"
_SCALES = {"million": 10**6, "billion": 10**9, "万": 10**4, "亿": 10**8}


@dataclass(frozen=True)
class Found:
    """A row of the keyword regex, with the columns of an observation that scoring reads."""

    indicator: str
    measure: str
    period: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    status: str
    printed: str
    start: int
    end: int


def keyword_regex(text: str, *, year: int, kind: str, language: str) -> list[Found]:
    """First number behind a keyword: the year's figure, by convention of such panels."""
    words, number = (_ENGLISH, _ENGLISH_NUMBER) if language == "en" else (_CHINESE, _CHINESE_NUMBER)
    period = str(year - 1 if kind == "government-report" else year)
    rows = []
    for name, word in words.items():
        match = re.search(f"(?:{word}){number}", text, re.IGNORECASE)
        if match:
            value = plain_value(f"{match[1]} {match[2] or ''}")
            rows.append(
                Found(
                    NAMES[name],
                    "outturn",
                    period,
                    value,
                    value,
                    value,
                    "printed",
                    match[1],
                    match.start(1),
                    match.end(1),
                )
            )
    return rows


def plain_value(token: str) -> Decimal | None:
    """A number as anyone reads it: commas dropped, million, billion, 万 and 亿 applied."""
    match = re.search(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(million|billion|万|亿)?", token)
    if not match or not match[1]:
        return None
    return Decimal(match[1].replace(",", "")) * _SCALES.get(match[2] or "", 1)


# -- a throw-away environment ---------------------------------------------------------------------


def environment(folder: Path, package: str) -> Path | None:
    """The interpreter of a new environment with one package, or None if it cannot be had."""
    home = folder / package
    python = home / "bin" / "python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", home], check=True, capture_output=True)
            install = [str(python), "-m", "pip", "install", "--quiet", package]
            subprocess.run(install, check=True, capture_output=True, timeout=300)
        return python
    except (OSError, subprocess.SubprocessError):
        return None


def _ask(python: Path, program: str, question: Any) -> Any:
    done = subprocess.run(
        [python, "-W", "ignore", "-c", program],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
        env={**os.environ, "PYTHONHASHSEED": "0"},  # quantulum3's choices follow set order
    )
    return json.loads(done.stdout.rsplit("\n@@", 1)[1])


_QUANTULUM = r"""
import json, sys
from quantulum3 import parser
out = []
for text in json.load(sys.stdin):
    rows = []
    for line_start, line in text:
        try:
            found = parser.parse(line)
        except Exception:
            found = []
        rows += [(q.span[0] + line_start, q.span[1] + line_start, q.value) for q in found]
    out.append(rows)
print("\n@@" + json.dumps(out))
"""


def quantulum3(python: Path, cases: Sequence[Case]) -> list[list[tuple[int, int, float]]]:
    """quantulum3's quantities (start, end, value) of each case, read line by line."""
    texts = [[(m.start(), m[0]) for m in re.finditer(r"[^\n]+", c.text)] for c in cases]
    answer: list[list[tuple[int, int, float]]] = _ask(python, _QUANTULUM, texts)
    return answer


def quantulum_reads(mark: Mark, quantities: Iterable[tuple[int, int, float]]) -> str:
    """right, wrong or none: the quantity that stands on the mark's token."""
    here = [q for q in quantities if q[0] < mark.end and q[1] > mark.start]
    if not here:
        return "none"
    values = [Decimal(repr(q[2])) for q in here]
    return "right" if any(mark.low <= v <= mark.high for v in values) else "wrong"


# -- error localisation ---------------------------------------------------------------------------

_BANFF = r"""
import json, sys
import pandas as pd, banff
out = {}
for block in json.load(sys.stdin):
    data = pd.DataFrame(block["rows"])
    weighed = banff.errorloc(indata=data, edits=block["edits"], weights=block["weights"],
                             unit_id="id", seed=1)
    found = weighed.outstatus.to_pandas()
    flagged = found[found.STATUS == "FTI"]
    repaired = []
    if len(flagged):
        done = banff.deterministic(indata=data, instatus=flagged, edits=block["exact"],
                                   unit_id="id")
        table = done.outstatus.to_pandas()
        repaired = table[table.STATUS == "IDE"][["id", "FIELDID", "VALUE"]].values.tolist()
    pairs = flagged[["id", "FIELDID"]].values.tolist()
    out[block["name"]] = {"flagged": pairs, "repaired": repaired}
print("\n@@" + json.dumps(out))
"""


@dataclass
class Localised:
    """How a method did on identities of which at least one figure reads wrong as printed."""

    identities: int = 0
    exact: int = 0
    wrong_figures: int = 0
    pointed_out: int = 0
    right_accused: int = 0
    repaired: int = 0
    repaired_wrong: int = 0


def _sum_records(cases: Sequence[Case]) -> list[dict[str, Any]]:
    records = []
    for number, case in enumerate(cases):
        marks = {(m.indicator, m.measure): m for m in case.marks if m.measure == "outturn"}
        for names in SUMS:
            keys = [(NAMES[n], "outturn") for n in names]
            if not all(k in marks for k in keys):
                continue
            plain = {n: plain_value(case.text[marks[k].start : marks[k].end]) for n, k in zip(names, keys, strict=True)}
            records.append(
                {
                    "case": number,
                    "names": names,
                    "plain": plain,
                    "marks": {n: marks[k] for n, k in zip(names, keys, strict=True)},
                }
            )
    return records


def _ident(at: int) -> str:
    return f"r{at:05d}"


def _blocks(records: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The records of each sum as Banff takes them: rows, edits with slack, edits without."""
    blocks = []
    for names in SUMS:
        rows = []
        for at, record in enumerate(records):
            if record["names"] == names:
                tolerance = sum(float(m.high - m.low) / 2 for m in record["marks"].values())
                values = {n: None if v is None else float(v) for n, v in record["plain"].items()}
                rows.append({"id": _ident(at), **values, "slack": tolerance})
        if not rows:
            continue
        total, *parts = names
        difference = total + "".join(f" - {p}" for p in parts)
        signs = "".join(f" {n} >= 0;" for n in names)
        edits = f"{difference} - slack <= 0; {difference} + slack >= 0; slack >= 0;{signs}"
        blocks.append(
            {
                "name": total,
                "rows": rows,
                "edits": edits,
                "exact": f"{difference} = 0;{signs}",
                "weights": "slack=1000;",
            }
        )
    return blocks


def _count_repairs(tally: Localised, record: dict[str, Any], repaired: dict[str, float]) -> None:
    slack = sum(m.high - m.low for m in record["marks"].values())
    for name, value in repaired.items():
        mark = record["marks"][name]
        good = mark.low - slack <= Decimal(repr(value)) <= mark.high + slack
        tally.repaired += good
        tally.repaired_wrong += not good


def _pointed_out(tally: Localised, record: dict[str, Any], rows: Sequence[Any]) -> set[str]:
    """The figures that the engine points out; its repairs are counted."""
    read_as = {(r.indicator, r.measure): r for r in rows}
    pointed = set()
    for name in record["names"]:
        row, mark = read_as.get((NAMES[name], "outturn")), record["marks"][name]
        if not row:
            continue
        if row.value == record["plain"][name] and row.status in ("confirmed", "printed"):
            continue
        pointed.add(name)
        if row.value is not None and row.status == "repaired":
            tally.repaired += mark.low <= row.value <= mark.high
            tally.repaired_wrong += not mark.low <= row.value <= mark.high
    return pointed


def banff_localises(python: Path, cases: Sequence[Case], readings: Sequence[Sequence[Any]]) -> dict[str, Localised]:
    """Banff (errorloc, then deterministic imputation) and the engine on the sums that fail.

    Both start from the same plain reading of the same tokens; a figure is pointed out by the engine
    where its value is another than the plain one, or its status is not confirmed or printed.
    """
    records = _sum_records(cases)
    answer = _ask(python, _BANFF, _blocks(records))
    flagged: set[tuple[str, str]] = set()
    repaired: dict[tuple[str, str], float] = {}
    for block in answer.values():
        flagged |= {(i, f.lower()) for i, f in block["flagged"]}
        repaired |= {(i, f.lower()): v for i, f, v in block["repaired"]}
    banff, engine = Localised(), Localised()
    for at, record in enumerate(records):
        wrong = {
            n
            for n, m in record["marks"].items()
            if record["plain"][n] is None or not m.low <= record["plain"][n] <= m.high
        }
        if not wrong:
            continue
        ident = _ident(at)
        _count_repairs(banff, record, {n: repaired[k] for n in record["names"] if (k := (ident, n)) in repaired})
        theirs = {n for n in record["names"] if (ident, n) in flagged}
        ours = _pointed_out(engine, record, readings[record["case"]])
        for tally, pointed in ((banff, theirs), (engine, ours)):
            tally.identities += 1
            tally.exact += pointed == wrong
            tally.wrong_figures += len(wrong)
            tally.pointed_out += len(pointed & wrong)
            tally.right_accused += len(pointed - wrong)
    return {"Banff (errorloc, deterministic)": banff, "this engine": engine}

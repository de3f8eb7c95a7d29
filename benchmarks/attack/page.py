"""docs/reliability.md: what was tried, what broke, and what others promise."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .trials import Campaign, Result

_PROMISES = {
    "ingests killed (kill -9) at a change to a file": "SQLite: a transaction is whole or undone "
    "after a crash. git: objects are written aside and renamed.",
    "builds killed (kill -9) at a random moment": "Snakemake: incomplete outputs are known and made "
    "again with `--rerun-incomplete`; a killed run leaves a lock that a person takes away.",
    "reports replaced on a full disk": "SQLite: a transaction that finds no room is undone.",
    "power cut after an ingest (ext4)": "SQLite: a commit survives a power cut where the disk keeps "
    "what it was told to sync. git: packs and references are synced by default, loose objects only "
    "where `core.fsync` says so.",
    "damage to the files of a project": "DVC: `dvc status` compares every output with its recorded "
    "hash, and says what differs. Snakemake goes by times, parameters and code.",
    "mutated reports": "OSS-Fuzz calls it a bug where a target crashes, runs longer than its limit "
    "(25 s, by its guide to reproducing 65 s) or takes more than 2,560 MB. Banff: every value it "
    "imputes passes the edits; it says nothing of one that nobody can check.",
    "long texts of 1 and 10 MB": "OSS-Fuzz: as above.",
    "mutated tables: facts, texts, decisions": "OSS-Fuzz: as above.",
}
_PAGE = """# Reliability

Written by `python -m benchmarks.attack --size full --write`, which may run one campaign at a time (`--only`);
do not edit. Each campaign tries one kind of harm many times, seeded, and counts what broke; where fewer were tried
than a full run would try, both numbers stand. `--size short` is part of the tests. Seconds are by the clock, on two
cores shared with others.

| campaign | must hold | tried | broke | seed | seconds |
| --- | --- | ---: | ---: | ---: | ---: |
{rows}
{faults}
## What others promise

Of the same kinds of harm, from their public documents; not measured here.

| campaign | others |
| --- | --- |
{promises}
"""


def write(root: Path, campaigns: Sequence[Campaign], result: Result, seed: int) -> None:
    """Keep what a campaign gave, and make the page of what is kept of each."""
    path = root / "benchmarks" / "attack" / "results.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kept[result.campaign.name] = entry(result, seed)
    path.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    text = page(campaigns, kept)
    (root / "docs" / "reliability.md").write_text(text, encoding="utf-8", newline="\n")


def entry(result: Result, seed: int) -> dict[str, Any]:
    """What is kept of a campaign run."""
    faults = [f"{trial.what}: {' '.join(trial.fault.split())[:160]}" for trial in result.faults]
    seconds = round(result.seconds)
    return {"tried": result.tried, "faults": faults, "seed": seed, "seconds": seconds, "skipped": result.skipped}


def page(campaigns: Sequence[Campaign], kept: Mapping[str, Mapping[str, Any]]) -> str:
    """The page of all campaigns, with what is kept of each by its name."""
    promises = [f"| {c.name} | {_PROMISES.get(c.name, '–')} |" for c in campaigns]
    rows = [row(c, kept.get(c.name, {"skipped": "never"})) for c in campaigns]
    return _PAGE.format(rows="\n".join(rows), faults=_faults(campaigns, kept), promises="\n".join(promises))


def row(campaign: Campaign, run: Mapping[str, Any]) -> str:
    """A campaign as a row of the table."""
    if run["skipped"]:
        return f"| {campaign.name} | {campaign.holds} | not run: {run['skipped']} | | | |"
    whole = campaign.counts[-1]
    tried = f"{run['tried']:,}" + (f" of {whole:,}" if run["tried"] < whole else "")
    return f"| {campaign.name} | {campaign.holds} | {tried} | {len(run['faults'])} | {run['seed']} | {run['seconds']} |"


def _faults(campaigns: Sequence[Campaign], kept: Mapping[str, Mapping[str, Any]], most: int = 8) -> str:
    """What broke, some of each campaign."""
    lines = []
    for campaign in campaigns:
        faults = kept.get(campaign.name, {}).get("faults", ())
        lines += [f"- {campaign.name}: {fault}" for fault in faults[:most]]
        if len(faults) > most:
            lines.append(f"- {campaign.name}: {len(faults) - most} more")
    return "\n## What broke\n\n" + "\n".join(lines) + "\n" if lines else ""

"""docs/reliability.md: what was tried, what broke, and what others promise."""

from __future__ import annotations

from collections.abc import Sequence

from .trials import Result

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

Written by `python -m benchmarks.attack {options} --write`; do not edit. Each
campaign tries one kind of harm many times, seeded, and counts what broke; where fewer were tried
than a full run (`--size full`) would try, both numbers stand. `--size short` is part of the tests. Seconds are by
the clock, on two cores shared with others.

| campaign | must hold | tried | broke | seconds |
| --- | --- | ---: | ---: | ---: |
{rows}
{faults}
## What others promise

Of the same kinds of harm, from their public documents; not measured here.

| campaign | others |
| --- | --- |
{promises}
"""


def page(results: Sequence[Result], options: str) -> str:
    """The page of one run over all campaigns with some options of the command."""
    promises = [f"| {r.campaign.name} | {_PROMISES.get(r.campaign.name, '–')} |" for r in results]
    return _PAGE.format(
        options=options, rows="\n".join(map(row, results)), faults=_faults(results), promises="\n".join(promises)
    )


def row(result: Result) -> str:
    """A campaign as a row of the table."""
    campaign = result.campaign
    if result.skipped:
        return f"| {campaign.name} | {campaign.holds} | not run: {result.skipped} | | |"
    whole = campaign.counts[-1]
    tried = f"{result.tried:,}" + (f" of {whole:,}" if result.tried < whole else "")
    return f"| {campaign.name} | {campaign.holds} | {tried} | {len(result.faults)} | {result.seconds:.0f} |"


def _faults(results: Sequence[Result], most: int = 8) -> str:
    """What broke, some of each campaign."""
    lines = []
    for result in results:
        for trial in result.faults[:most]:
            fault = " ".join(trial.fault.split())[:160]
            lines.append(f"- {result.campaign.name}: {trial.what}: {fault}")
        if len(result.faults) > most:
            lines.append(f"- {result.campaign.name}: {len(result.faults) - most} more")
    return "\n## What broke\n\n" + "\n".join(lines) + "\n" if lines else ""

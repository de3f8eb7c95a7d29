"""The command line: arguments in, one function of the library called, an exit code out.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from analysis.cli.arguments import parser
from analysis.system import project, streams
from analysis.system.errors import AnalysisError
from analysis.system.locks import locked
from analysis.system.project import find_root
from analysis.system.regions import identified
from analysis.system.saving import tidy

_PATIENCE = 30.0  # seconds for which an ingest or a build waits for another


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (0 done, 1 something failed, 2 wrong input)."""
    with streams.open_all() as lost:
        code = _run(arguments)
        return _fail(f"standard output: {why}", 1) if (why := lost()) else code


def _run(arguments: Sequence[str] | None) -> int:
    given = parser(_COMMANDS).parse_args(arguments)
    try:
        root = find_root(getattr(given, "root", None))
        _identify(root, given)
        code: int = given.run(root, given)
        return code
    except AnalysisError as error:
        return _fail(error, error.exit_code)
    except KeyboardInterrupt:
        return _fail("stopped", 130)
    except OSError as error:
        return _fail(f"{error.filename or 'file system'}: {error.strerror}", 1)


def _identify(root: Path, given: argparse.Namespace) -> None:
    """Put the ids of regions for the names they are called by."""
    said = getattr(given, "region", None)
    if isinstance(said, str):
        given.region = identified(root, said)
    elif said:
        given.region = [identified(root, each) for each in said]


def _fail(message: object, code: int) -> int:
    print("analysis:", " ".join(str(message).split()), file=sys.stderr)
    return code


# ---------------------------------------------------------------- commands


@contextlib.contextmanager
def _working(root: Path) -> Iterator[None]:
    with locked(root, _PATIENCE):
        tidy(root)
        yield


def _ingest(root: Path, given: argparse.Namespace) -> int:
    from analysis.intake import command

    with _working(root):
        return command.ingest(root, given)


def _audit(root: Path, given: argparse.Namespace) -> int:
    from analysis.intake import decisions
    from analysis.tables import audit

    audit.observations(root, given.region, given.year)
    pending = decisions.pending(root, given.region)
    print(audit.table(root, given.region, given.year, given.format, pending), end="")
    _tell_pending(pending)
    decisions.tell_idle(root, [given.region])
    return 0


def _tell_pending(pending: Collection[object]) -> None:
    if pending:
        print(f"pending decisions: {len(pending)}; run `analysis build`", file=sys.stderr)


def _build(root: Path, given: argparse.Namespace) -> int:
    from analysis.intake import decisions, standing

    if given.dry_run:
        for region in standing.due(root):
            print(f"data/processed/{region}: to be made again")
        return _batch(root, given)
    with _working(root):
        failed = _remake(root) if standing.due(root) else 0
        decisions.tell_idle(root, project.regions(root))
        return max(_batch(root, given), failed)


def _remake(root: Path) -> int:
    """Make the tables again that are not as their documents have them; 1 where some cannot be."""
    from analysis.intake import ingest

    failures: dict[str, str] = {}
    remade = ingest.rebuild(root, False, failures)
    for region in remade:
        if region.why:
            print(f"data/processed/{region.region}: {region.why}")
    if changed := sum(len(region.changed) for region in remade):
        print(f"tables: {changed} files remade under data/processed")
    for name, why in failures.items():
        _fail(f"{name}: {why}", 1)
    return 1 if failures else 0


def _batch(root: Path, given: argparse.Namespace) -> int:
    from analysis import batch

    return batch.build(
        root,
        given.region,
        given.year,
        force=given.force,
        dry_run=given.dry_run,
        languages=given.language,
        jobs=given.jobs,
        cluster=given.cluster,
        timeout=given.timeout,
    )


def _verify(root: Path, given: argparse.Namespace) -> int:
    from analysis import batch

    return batch.verify(root, jobs=given.jobs)


def _export(root: Path, given: argparse.Namespace) -> int:
    from analysis import export

    written = export.export(
        root,
        given.output or root / "exports",
        given.format,
        regions=given.region,
        indicators=given.indicator,
        wide=given.wide,
        language=given.language,
    )
    for path, rows in written.items():
        print(f"{path}: {rows} rows" if rows else path)
    return 0


def _diff(root: Path, given: argparse.Namespace) -> int:
    from analysis.export import revisions, snapshots
    from analysis.intake import decisions

    with snapshots.snapshot(root, given.before) as a, snapshots.snapshot(root, given.after) as b:
        found, same = revisions.revisions(a, b)
    is_csv = given.format == "csv"
    print(revisions.table(found) if is_csv else revisions.report(found, same), end="")
    if given.after is None:
        _tell_pending([each for region in project.regions(root) for each in decisions.pending(root, region)])
    return 0


_COMMANDS = {"ingest": _ingest, "audit": _audit, "build": _build, "verify": _verify, "export": _export, "diff": _diff}

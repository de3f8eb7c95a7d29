"""The command line: arguments in, one function of the library called, an exit code out.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.arguments import parser
from analysis.errors import AnalysisError, InputError
from analysis.system import project, streams
from analysis.system.locks import locked
from analysis.system.project import find_root
from analysis.system.saving import tidy
from analysis.tables import sources

if TYPE_CHECKING:
    from analysis.intake.arrivals import Terms

_PATIENCE = 30.0  # seconds for which an ingest or a build waits for another


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (0 done, 1 something failed, 2 wrong input)."""
    with streams.open_all() as lost:
        code = _run(arguments)
        return _fail(f"standard output: {why}", 1) if (why := lost()) else code


def _run(arguments: Sequence[str] | None) -> int:
    given = parser(_COMMANDS).parse_args(arguments)
    try:
        code: int = given.run(find_root(getattr(given, "root", None)), given)
        return code
    except AnalysisError as error:
        return _fail(error, error.exit_code)
    except KeyboardInterrupt:
        return _fail("stopped", 130)
    except OSError as error:
        return _fail(f"{error.filename or 'file system'}: {error.strerror}", 1)


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
    with _working(root):
        return _take_in(root, given)


def _take_in(root: Path, given: argparse.Namespace) -> int:
    from analysis.intake import facts

    path: Path = given.path
    if str(path) == "-":
        return _ingest_stream(root, given)
    if path.is_dir():
        return _ingest_folder(root, given)
    if path.suffix == ".csv" and path.is_file():
        kind = _ingest_facts if facts.is_facts(path) else _ingest_table
        return kind(root, given)
    if not path.exists():
        raise InputError(f"{path}: no such file")
    return _ingest_report(root, given, str(path))


def _ingest_stream(root: Path, given: argparse.Namespace) -> int:
    """What standard input gives, as a file."""
    from analysis.intake.encodings import LARGEST

    with tempfile.TemporaryDirectory(prefix="analysis-ingest-") as spool:
        given.path = Path(spool) / "input"
        given.path.write_bytes(sys.stdin.buffer.read(LARGEST + 1))
        return _ingest_report(root, given, "standard input")


def _ingest_report(root: Path, given: argparse.Namespace, label: str) -> int:
    """One report: taken in, then what was settled, what was not, and the year before."""
    from analysis.intake.arrivals import Arrival, take
    from analysis.tables import audit

    path, region = given.path, _needed(given, "region")
    if given.name and not (given.year and given.kind):
        year, kind = project.parse_name(given.name)
        given.year, given.kind = given.year or year, given.kind or kind
    arrival = Arrival(path, region, _needed(given, "year"), _needed(given, "kind"), label)
    with _places(root, [region], given.level):
        outcome = take(root, region, [arrival], _terms(given))[0]
    if outcome.failure:
        return _fail(outcome.failure, outcome.exit_code)
    for note in outcome.notes:
        print(f"{label}: {note}")
    print(audit.summary(root, region, outcome.document), end="")
    _tell_idle(root, [region])
    if template := audit.write_template(root, region, outcome.document):
        print(
            f"Decide the open figures in {template.relative_to(root)}, then run `analysis build`."
        )
    if not outcome.told:
        source = sources.path_of(root, region, outcome.document).relative_to(root)
        print(
            f"Where is it from? Give --source, --title, --issuer and --published, or fill in {source}."
        )
    return 0


def _ingest_facts(root: Path, given: argparse.Namespace) -> int:
    """A table of figures printed elsewhere: one document per region, report year and kind."""
    from analysis import codebook
    from analysis.intake import arrivals, facts
    from analysis.tables import audit

    fixed = {"report_year": str(given.year or ""), "kind": given.kind or "",
             "region": given.region or ""}  # fmt: skip
    arriving = facts.incoming(given.path, root, fixed, given.encoding, codebook.load())
    with _places(root, [each.document.region for each in arriving], given.level):
        taken = arrivals.take_facts(root, arriving, _terms(given))
    for document in taken:
        print(audit.summary(root, document.region, document.name).partition("\n")[0])
    return 0


def _ingest_folder(root: Path, given: argparse.Namespace) -> int:
    from analysis.intake import bulk

    arrivals, others = bulk.in_folder(given.path, given.region)
    if not arrivals and not others:
        raise InputError(f"{given.path}: holds no files; lay it out as REGION/YEAR-KIND.txt")
    with _places(root, [each.region for each in arrivals], given.level):
        return bulk.take_all(root, arrivals, others, _terms(given), given.jobs)


def _ingest_table(root: Path, given: argparse.Namespace) -> int:
    from analysis.intake import bulk

    columns = {what: getattr(given, f"{what}_column") for what in bulk.COLUMNS}
    fixed = {what: str(v) for what in bulk.COLUMNS if (v := getattr(given, what, None))}
    with tempfile.TemporaryDirectory(prefix="analysis-ingest-") as spool:
        arrivals, others = bulk.in_table(given.path, columns, fixed, given.encoding, Path(spool))
        if not arrivals and not others:
            raise InputError(f"{given.path}: has no rows")
        given.encoding = None
        with _places(root, [each.region for each in arrivals], given.level):
            return bulk.take_all(root, arrivals, others, _terms(given), given.jobs)


@contextlib.contextmanager
def _places(root: Path, regions: Sequence[str], level: str | None) -> Iterator[None]:
    """Have it written down of what level the regions are; name those of which nobody says it."""
    from analysis.intake import places

    with places.entered(root, regions, level) as unknown:
        yield
    if unknown:
        names = ", ".join(unknown[:5]) + (" …" if len(unknown) > 5 else "")
        print(f"read as cities, as data/places.csv does not know them: {names}; "
              f"--level says otherwise", file=sys.stderr)  # fmt: skip


def _needed(given: argparse.Namespace, name: str) -> Any:
    value = getattr(given, name)
    if value is None:
        example = {"region": "guangyuan", "year": "2025", "kind": "government-report"}[name]
        raise InputError(f"{given.path}: give --{name}, like --{name} {example}")
    return value


def _terms(given: argparse.Namespace) -> Terms:
    from analysis.intake.arrivals import Terms

    said = {"url": given.source, "title": given.title, "issuer": given.issuer,
            "published": given.published}  # fmt: skip
    try:
        told = sources.checked({key: value for key, value in said.items() if value})
    except ValueError as error:
        raise InputError(f"--{str(error).replace('url', 'source', 1)}") from None
    return Terms(given.encoding, given.replace, given.confirm_year, given.name, given.timeout, told)


def _audit(root: Path, given: argparse.Namespace) -> int:
    from analysis.tables import audit

    print(audit.table(root, given.region, given.year, given.format), end="")
    _tell_idle(root, [given.region])
    return 0


def _build(root: Path, given: argparse.Namespace) -> int:
    from analysis.intake import standing

    if given.dry_run:
        for region in standing.due(root):
            print(f"data/processed/{region}: to be made again")
        return _batch(root, given)
    with _working(root):
        failed = _remake(root) if standing.due(root) else 0
        _tell_idle(root, project.regions(root))
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
        _fail(f"{name}: {why}; its tables stay as they were", 1)
    return 1 if failures else 0


def _tell_idle(root: Path, regions: Iterable[str]) -> None:
    """Name on stderr the decisions of these regions that apply to nothing, and what is left over."""
    from analysis.intake import decisions, documents

    for region in regions:
        for line in decisions.idle(root, region):
            print(f"not applied: {line}", file=sys.stderr)
        for line in documents.left_over(root, region):
            print(f"left over: {line}", file=sys.stderr)


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

    with snapshots.snapshot(root, given.before) as a, snapshots.snapshot(root, given.after) as b:
        found, same = revisions.revisions(a, b)
    is_csv = given.format == "csv"
    print(revisions.table(found) if is_csv else revisions.report(found, same), end="")
    return 0


_COMMANDS = {
    "ingest": _ingest,
    "audit": _audit,
    "build": _build,
    "verify": _verify,
    "export": _export,
    "diff": _diff,
}

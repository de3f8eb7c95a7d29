"""The command line: arguments in, one function of the library called, an exit code out.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import project, streams
from analysis.errors import AnalysisError, InputError
from analysis.locks import locked
from analysis.project import find_root
from analysis.writing import tidy

if TYPE_CHECKING:
    from analysis.arrivals import Terms

_KINDS = ("bureau-report", "government-report", "communique")
_LIMIT = 120  # seconds one report may take to read; the longest met so far takes ten
_PATIENCE = 30.0  # seconds for which an ingest or a build waits for another


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (0 done, 1 something failed, 2 wrong input)."""
    with streams.open_all() as lost:
        code = _run(arguments)
        return _fail(f"standard output: {why}", 1) if (why := lost()) else code


def _run(arguments: Sequence[str] | None) -> int:
    given = _parser().parse_args(arguments)
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
    from analysis import facts

    path: Path = given.path
    if path.is_dir():
        return _ingest_folder(root, given)
    if path.suffix == ".csv" and path.is_file():
        kind = _ingest_facts if facts.is_facts(path) else _ingest_table
        return kind(root, given)
    if not path.exists():
        raise InputError(f"{path}: no such file")
    return _ingest_report(root, given)


def _ingest_report(root: Path, given: argparse.Namespace) -> int:
    """One report: taken in, then what was settled, what was not, and the year before."""
    from analysis import audit, documents
    from analysis.arrivals import Arrival, take

    path, region = given.path, _needed(given, "region")
    if given.name and not (given.year and given.kind):
        year, kind = documents.parse_name(given.name)
        given.year, given.kind = given.year or year, given.kind or kind
    arrival = Arrival(path, region, _needed(given, "year"), _needed(given, "kind"), str(path))
    with _places(root, [region], given.level):
        outcome = take(root, region, [arrival], _terms(given))[0]
    if outcome.failure:
        return _fail(outcome.failure, outcome.exit_code)
    print(audit.summary(root, region, outcome.document), end="")
    _tell_idle(root, [region])
    if template := audit.write_template(root, region, outcome.document):
        print(
            f"Decide the open figures in {template.relative_to(root)}, then run `analysis build`."
        )
    return 0


def _ingest_facts(root: Path, given: argparse.Namespace) -> int:
    """A table of figures printed elsewhere: one document per region, report year and kind."""
    from analysis import arrivals, audit, codebook, facts

    fixed = {"report_year": str(given.year or ""), "kind": given.kind or "",
             "region": given.region or ""}  # fmt: skip
    arriving = facts.incoming(given.path, root, fixed, given.encoding, codebook.load())
    with _places(root, [each.document.region for each in arriving], given.level):
        taken = arrivals.take_facts(root, arriving, _terms(given))
    for document in taken:
        print(audit.summary(root, document.region, document.name).partition("\n")[0])
    return 0


def _ingest_folder(root: Path, given: argparse.Namespace) -> int:
    from analysis import bulk

    arrivals, others = bulk.in_folder(given.path, given.region)
    if not arrivals and not others:
        raise InputError(f"{given.path}: holds no files; lay it out as REGION/YEAR-KIND.txt")
    with _places(root, [each.region for each in arrivals], given.level):
        return bulk.take_all(root, arrivals, others, _terms(given), given.jobs)


def _ingest_table(root: Path, given: argparse.Namespace) -> int:
    from analysis import bulk

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
    from analysis import places

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
    from analysis.arrivals import Terms

    return Terms(given.encoding, given.replace, given.confirm_year, given.name, given.timeout)


def _audit(root: Path, given: argparse.Namespace) -> int:
    from analysis import audit

    print(audit.table(root, given.region, given.year, given.format), end="")
    _tell_idle(root, [given.region])
    return 0


def _build(root: Path, given: argparse.Namespace) -> int:
    if given.dry_run:
        return _batch(root, given)
    with _working(root):
        from analysis import ingest

        failures: dict[str, str] = {}
        remade = ingest.rebuild(root, False, failures)
        for region in remade:
            if region.why:
                print(f"data/processed/{region.region}: {region.why}")
        if changed := sum(len(region.changed) for region in remade):
            print(f"tables: {changed} files remade under data/processed")
        for name, why in failures.items():
            _fail(f"{name}: {why}; its tables stay as they were", 1)
        _tell_idle(root, project.regions(root))
        return max(_batch(root, given), 1 if failures else 0)


def _tell_idle(root: Path, regions: Iterable[str]) -> None:
    """Name on stderr the decisions of these regions that apply to nothing."""
    from analysis import decisions

    for region in regions:
        for line in decisions.idle(root, region):
            print(f"not applied: {line}", file=sys.stderr)


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


# ---------------------------------------------------------------- arguments


def _parser() -> argparse.ArgumentParser:
    root = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    root.add_argument("--root", metavar="DIR", help="project folder (default: the one we are in)")
    parser = argparse.ArgumentParser(
        prog="analysis",
        description="From labour and social security reports to audited numbers and charts.",
        parents=[root],
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    ingest = commands.add_parser("ingest", help="take reports in", parents=[root])
    _ingest_arguments(ingest)

    audit = commands.add_parser("audit", help="figures and what they rest on", parents=[root])
    audit.add_argument("region")
    audit.add_argument("year", nargs="?", type=_year)
    audit.add_argument("--format", choices=("table", "csv", "json"), default="table")
    audit.set_defaults(run=_audit)

    build = commands.add_parser("build", help="make what changed", parents=[root])
    build.description = "Tables, figures and pages, where something changed."
    build.add_argument("--region", nargs="+", metavar="R", help="only these regions")
    build.add_argument("--year", nargs="+", type=_year, metavar="Y", help="only these years")
    build.add_argument("--jobs", type=_count, metavar="N", help="runs at a time")
    build.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler to do the runs")
    build.add_argument("--force", action="store_true", help="remake all")
    build.add_argument("--dry-run", action="store_true", help="only say what would be made")
    build.add_argument(
        "--timeout", type=_count, default=600, metavar="S", help="seconds one run may take (600)"
    )
    build.add_argument("--language", nargs="+", choices=("en", "zh"), default=["en"])
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="remake and compare every byte", parents=[root])
    verify.description = "Remake all in a scratch folder and compare it with what stands."
    verify.add_argument("--jobs", type=_count, metavar="N", help="runs at a time")
    verify.set_defaults(run=_verify)
    return parser


def _ingest_arguments(ingest: argparse.ArgumentParser) -> None:
    ingest.description = (
        "Take in FILE (a report), DIR (holding REGION/YEAR-KIND.txt) or CSV (a table of printed "
        "facts, or one text per row)."
    )
    ingest.add_argument("path", type=Path, metavar="FILE|DIR|CSV")
    ingest.add_argument("--region", metavar="R", help="a name for the place, like guangyuan")
    ingest.add_argument("--year", type=_year, metavar="Y", help="year in the report's own title")
    ingest.add_argument("--kind", choices=_KINDS)
    ingest.add_argument("--level", choices=("nation", "province", "city", "county"),
                        help="of a place that data/places.csv does not know (default: city)")  # fmt: skip
    ingest.add_argument("--name", help="the document's name, to keep two of one year and kind")
    ingest.add_argument("--encoding", metavar="E", help="the file's encoding; auto to detect it")
    ingest.add_argument("--replace", action="store_true", help="overwrite another text")
    ingest.add_argument(
        "--confirm-year", action="store_true", help="--year is right, whatever the text says"
    )
    ingest.add_argument("--timeout", type=_count, metavar="S", default=_LIMIT,
                        help=f"seconds one report may take to read (default: {_LIMIT})")  # fmt: skip
    many = ingest.add_argument_group("many reports")
    many.add_argument("--jobs", type=_count, metavar="N", help="processes (default: the cores)")
    for what in ("text", "region", "year", "kind"):
        many.add_argument(
            f"--{what}-column", default=what, metavar="C", help=f"column of the {what} (in a CSV)"
        )
    ingest.set_defaults(run=_ingest)


def _year(text: str) -> int:
    if len(text) == 4 and text.isascii() and text.isdecimal() and text[0] in "12":
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no year; write four digits")


def _count(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) < 8 and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text[:20]!r}: write a whole number from 1 to 9999999")


def _version() -> str:
    try:
        return metadata.version("labour-report-analysis")
    except metadata.PackageNotFoundError:
        return "(not installed)"

"""The arguments of the command line; nothing heavy is imported, so that `--help` answers at once."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path

from analysis.system.project import KINDS, LEVELS

Command = Callable[[Path, argparse.Namespace], int]
_LIMIT = 120  # seconds one report may take to read; the longest met so far takes ten


def parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    """The parser of the command line; `run` of what it gives is the function of the command."""
    root = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    root.add_argument("--root", metavar="DIR", help="project folder (default: the one we are in)")
    main = argparse.ArgumentParser(
        prog="analysis",
        description="From labour and social security reports to audited numbers and charts.",
        parents=[root],
    )
    main.add_argument("--version", action="version", version=_version())
    into = main.add_subparsers(title="commands", required=True, metavar="COMMAND")

    ingest = into.add_parser("ingest", help="take reports in", parents=[root])
    _ingest_arguments(ingest)

    audit = into.add_parser("audit", help="figures and what they rest on", parents=[root])
    audit.add_argument("region")
    audit.add_argument("year", nargs="?", type=_year)
    audit.add_argument("--format", choices=("table", "csv", "json"), default="table")

    build = into.add_parser("build", help="make what changed", parents=[root])
    build.description = "Tables, figures and pages, where something changed."
    build.add_argument("--region", nargs="+", metavar="R", help="only these regions")
    build.add_argument("--year", nargs="+", type=_year, metavar="Y", help="only these years")
    build.add_argument("--jobs", type=_count, metavar="N", help="runs at a time")
    build.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler to do the runs")
    build.add_argument("--force", action="store_true", help="remake all")
    build.add_argument("--dry-run", action="store_true", help="only say what would be made")
    build.add_argument("--timeout", type=_count, default=600, metavar="S", help="seconds one run may take (600)")
    build.add_argument("--language", nargs="+", choices=("en", "zh"), default=["en"])

    verify = into.add_parser("verify", help="remake and compare every byte", parents=[root])
    verify.description = (
        "Remake tables, and the figures and pages of regions that have some, in a scratch folder, "
        "and compare them with what stands."
    )
    verify.add_argument("--jobs", type=_count, metavar="N", help="runs at a time")
    _export_arguments(into.add_parser("export", help="figures as files", parents=[root]))

    diff = into.add_parser("diff", help="which figures changed, and why", parents=[root])
    diff.description = (
        "Figures that differ between A and B, each a project folder or a commit, and why; "
        "`analysis diff HEAD` after an ingest says what it changed."
    )
    diff.add_argument("before", metavar="A")
    diff.add_argument("after", nargs="?", metavar="B", help="default: the project as it stands")
    diff.add_argument("--format", choices=("table", "csv"), default="table")
    for name, run in commands.items():
        into.choices[name].set_defaults(run=run)
    return main


def _ingest_arguments(ingest: argparse.ArgumentParser) -> None:
    """What `analysis ingest` takes."""
    ingest.description = (
        "Take in FILE (a report: text, a saved web page, a PDF or Word document; - for standard "
        "input), DIR (holding REGION/YEAR-KIND.txt, .pdf …) or TABLE (a CSV or Excel sheet: printed "
        "facts, a table of a yearbook, or one text per row)."
    )
    ingest.add_argument("path", type=Path, metavar="FILE|DIR|TABLE")
    ingest.add_argument("--region", metavar="R", help="the place, like guangyuan or 广元")
    ingest.add_argument("--year", type=_year, metavar="Y", help="year in the report's own title")
    ingest.add_argument("--kind", choices=tuple(KINDS))
    ingest.add_argument("--level", choices=LEVELS, help="of a place that data/places.csv does not know (default: city)")
    ingest.add_argument("--name", help="the document's name, to keep two of one year and kind")
    ingest.add_argument("--encoding", metavar="E", help="the file's encoding (default: detected)")
    ingest.add_argument("--replace", action="store_true", help="overwrite another text")
    ingest.add_argument("--confirm-year", action="store_true", help="--year is right, whatever the text says")
    ingest.add_argument(
        "--timeout",
        type=_count,
        metavar="S",
        default=_LIMIT,
        help=f"seconds one report may take to read (default: {_LIMIT})",
    )
    origin = ingest.add_argument_group("where it is from")
    origin.add_argument("--source", metavar="URL", help="its address")
    origin.add_argument("--title", metavar="T", help="its title")
    origin.add_argument("--issuer", metavar="I", help="who issued it")
    origin.add_argument("--published", metavar="DATE", help="when, like 2012-02-08")
    many = ingest.add_argument_group("many reports")
    many.add_argument("--jobs", type=_count, metavar="N", help="processes (default: the cores)")
    many.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler to have them read")
    for what in ("text", "region", "year", "kind"):
        many.add_argument(f"--{what}-column", default=what, metavar="C", help=f"column of the {what} (in a CSV)")


def _export_arguments(export: argparse.ArgumentParser) -> None:
    export.description = (
        "Write figures with statuses, bounds and sources to a folder: CSV as a data package, an "
        "Excel workbook, Stata files with labels, or Parquet."
    )
    export.add_argument("--region", nargs="+", metavar="R", default=[], help="only these regions")
    export.add_argument(
        "--indicator",
        nargs="+",
        metavar="I",
        default=[],
        help="only these ids or sections of the codebook, like insured",
    )
    export.add_argument("--format", choices=("csv", "xlsx", "dta", "parquet"), default="csv")
    export.add_argument("--wide", action="store_true", help="one row for each region and year")
    export.add_argument("--language", choices=("en", "zh"), default="en", help="of the labels")
    export.add_argument("--output", type=Path, metavar="DIR", help="the folder (default: exports in the project)")


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

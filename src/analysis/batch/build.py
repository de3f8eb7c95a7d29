"""The batch from plan to index: what `analysis build` does."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.batch import digests, ledger, notebooks, outputs, plan
from analysis.batch.digests import RegionDigest
from analysis.batch.endings import Ending, Tally
from analysis.batch.ledger import Record
from analysis.batch.notebooks import INDEX
from analysis.batch.plan import Run
from analysis.intake import standing
from analysis.system.cluster import perform_all
from analysis.system.errors import AnalysisError, InputError
from analysis.system.locks import locked
from analysis.system.progress import progress
from analysis.system.regions import there
from analysis.system.workers import ending_in_order

if TYPE_CHECKING:  # heavy: imported only once there is something to do
    from analysis.batch.run import Execution


def build(
    root: Path,
    regions: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    force: bool = False,
    dry_run: bool = False,
    languages: Sequence[str] = ("en",),
    *,
    cluster: str | None = None,
    jobs: int | None = None,
    **work: Any,
) -> int:
    """Run the notebooks that need it; publish their figures and pages.

    Parameters
    ----------
    root
        the project folder.
    regions, years
        only runs of these, and the trends and comparisons they enter.
    force, dry_run
        remake all; only say what would be made, and why.
    languages
        languages of the pages, for notebooks with a `language` parameter.
    cluster
        address of a Dask scheduler that is to do the runs.
    jobs
        runs at a time; by default as many as cores.
    **work
        see `analysis.batch.run.Execution`.

    Returns
    -------
    int
        exit code: 0, or 1 where a run failed or a notebook cannot be used.

    Raises
    ------
    InputError
        where nothing matches, another ingest or build is at work, or the output cannot be written.
    """
    begun = time.monotonic()
    root = root.resolve()
    with contextlib.nullcontext() if dry_run else locked(root):
        due = _due(root, regions, years, languages, force)
        _tell(root, due, dry_run)
        if dry_run or not due.is_work(root):
            print(f"{len(due.needed)} to build, {due.up_to_date} up to date")
            return 1 if due.problems else 0
        from analysis.batch.run import Execution

        execution = Execution(root, **work)
        _prepare(root)
        _forget(root, due.records, due.gone)
        write = partial(_write_index, root, due.places)
        tally = _perform(execution, due.needed, due.records, write, partial(perform_all, jobs=jobs, address=cluster))
        tally.summarise(due.up_to_date, time.monotonic() - begun, execution.timeout)
        return 1 if due.problems or tally.failures or tally.stopped else 0


@dataclass(frozen=True)
class _Due:
    """What the files of a project ask for: the runs needed, those that have gone, and what cannot be used."""

    places: Sequence[RegionDigest]
    records: dict[str, Record]
    needed: Sequence[Run]
    up_to_date: int
    gone: Sequence[str]
    problems: Sequence[str]
    skipped: Sequence[str]
    ignored: int

    def is_work(self, root: Path) -> bool:
        return bool(self.needed or self.gone or self.ignored or _index_due(root, self.places, self.records))


def _due(
    root: Path, regions: Sequence[str] | None, years: Sequence[int] | None, languages: Sequence[str], force: bool
) -> _Due:
    found, problems, skipped = notebooks.read_all(root)
    places = digests.read_regions(root)
    known = plan.all_runs(root, found, languages, places)
    records, ignored = ledger.read_all(root)
    # a notebook that cannot be read today may be mended tomorrow: its pages stay
    gone = plan.gone(known, records, places, sure=bool(found) and not problems)
    known = plan.with_neighbours(known, records.keys() - {INDEX, *gone})
    names = [place.name for place in places]
    if unknown := [name for name in regions or () if name not in names]:
        raise InputError(f"region {unknown[0]!r}: {there(root, unknown[0], names)}")
    runs = plan.selected(known, regions, years)
    needed = plan.needed(root, runs, records, force)
    return _Due(places, records, needed, len(runs) - len(needed), gone, problems, skipped, ignored)


def _tell(root: Path, due: _Due, dry_run: bool) -> None:
    """Say what is left out, and why; of what would be made, too, where nothing else is done."""
    for line in due.problems:
        print(f"unusable: {line}")
    for line in due.skipped:
        print(f"skipped: {line}")
    for name in standing.foreign(root):
        print(f"data/processed/{name}: there is no such region under data/raw; left out")
    if due.ignored:
        print(f".build/ledger.jsonl: {due.ignored} lines cannot be read; their runs are made again")
    if dry_run:
        for line in [*(f"{run}: {run.reason}" for run in due.needed), *map("{}: gone".format, due.gone)]:
            print(line)


def _prepare(root: Path) -> None:
    """Clear what a killed build left, and find out now whether the output can be written."""
    state = ledger.state_folder(root)
    folders = [root / name for name in outputs.FOLDERS]
    for path in [state, *state.rglob("*"), *folders]:
        if path.is_symlink():  # clearing up would clear up elsewhere
            raise InputError(f"{path}: a link; delete it: what is made stands in the project folder")
    shutil.rmtree(state / "staging", ignore_errors=True)
    for folder in folders:
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder}: cannot be written ({error.strerror})") from None
        if not os.access(folder, os.W_OK):
            raise InputError(f"{folder}: cannot be written; see its permissions")
    for partial_file in (root / "reports").glob(".index.html.*"):  # torn off while being written
        partial_file.unlink(missing_ok=True)


def _forget(root: Path, records: dict[str, Record], gone: Iterable[str]) -> None:
    """Remove what runs published that are none any longer, and their records."""
    before = _published(records)
    for key in gone:
        del records[key]
        for suffix in (".ipynb", ".log"):
            with contextlib.suppress(OSError):
                (ledger.state_folder(root) / "failed" / f"{key}{suffix}").unlink()
    outputs.remove(root, before - _published(records))
    ledger.rewrite(root, records)


def _published(records: Mapping[str, Record]) -> set[str]:
    return {path for record in records.values() for path in record.outputs}


def _perform(
    execution: Execution,
    runs: Sequence[Run],
    records: Mapping[str, Record],
    write_index: Callable[[dict[str, Record]], None],
    endings_of: Callable[[Sequence[Run], Execution], Generator[tuple[Run, Ending]]],
) -> Tally:
    """Make the runs, write down how each ended, and bring the index up to date."""
    root, tally = execution.root, Tally(len(runs))
    try:
        with (
            ending_in_order(),
            progress(len(runs), "run") as advance,
            contextlib.closing(endings_of(runs, execution)) as endings,
        ):
            for run, ending in endings:
                _record(root, run, ending, records.get(run.key))
                tally.count(run, ending, advance)
            stands = ledger.read(root)
            outputs.remove(root, _published(records) - _published(stands))
            write_index(stands)
    except KeyboardInterrupt:
        tally.stopped = True
    except OSError as error:
        raise AnalysisError(f"{error.filename or root}: {error.strerror}; build stopped") from error
    finally:
        shutil.rmtree(ledger.state_folder(root) / "staging", ignore_errors=True)
    return tally


def _index_due(root: Path, places: Sequence[RegionDigest], records: Mapping[str, Record]) -> bool:
    return bool(records and plan.needed(root, [plan.index(root, places, records)], records))


def _write_index(root: Path, places: Sequence[RegionDigest], records: Mapping[str, Record]) -> None:
    """Write the index in every language it has pages of, where it is not as it should be."""
    if not _index_due(root, places, records):
        return
    from analysis import pages
    from analysis.pages.index import HERE

    pages.write_index(root)
    run = plan.index(root, places, records)
    ends = {path.rpartition("/")[2].partition(".")[2] for path in _published(records)}
    names = {f"reports/{INDEX}.{end}" for end in {"html", *ends} if end.endswith("html")}
    names.add(f"reports/{HERE}")
    stands = {name: outputs.stamp(root / name) for name in names if (root / name).is_file()}
    before = records[INDEX].outputs if INDEX in records else {}
    outputs.remove(root, before.keys() - stands)
    ledger.append(root, INDEX, Record(run.fingerprint, stands))


def _record(root: Path, run: Run, ending: Ending, before: Record | None) -> None:
    """Write down how a run ended; where it failed, what it published before still stands."""
    if ending.failure:
        stands = before.outputs if before else {}
        ledger.append(root, run.key, Record(run.fingerprint, stands, ending.failure.error))
    else:
        ledger.append(root, run.key, Record(run.fingerprint, ending.outputs))

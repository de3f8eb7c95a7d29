"""Reports of one region taken in: checked, copied to data/raw, read into the region's tables."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis import codebook, reading
from analysis.codebook.status import settled
from analysis.intake import dating, decisions, documents, ingest, places
from analysis.intake.documents import Document, Incoming
from analysis.intake.received import Received, receive
from analysis.system import project
from analysis.system.errors import AnalysisError, InputError, one_line
from analysis.system.limits import time_limit
from analysis.tables import sources
from analysis.tables.aside import left_aside
from analysis.tables.sources import UNKNOWN, Source

_READINGS = 3  # how often a document is read at most when its region is


@dataclass(frozen=True)
class Conditions:
    """How reports are taken in, and in how many seconds each; see `received.receive` and `dating.doubt`.

    `told` says where a report is from; a `<file>.source.yaml` beside it says the rest.
    """

    encoding: str | None = None
    replace: bool = False
    confirm_year: bool = False
    name: str | None = None
    timeout: float | None = None
    told: Source = UNKNOWN


@dataclass(frozen=True)
class Arrival:
    """A report to take in; `label` is what messages call it, `name` what the document is called where that is said."""

    path: Path
    region: str
    year: int
    kind: str
    label: str
    name: str | None = None


@dataclass(frozen=True)
class Receipt:
    """What became of an arrival: its figures, how many of them are open, or why it failed.

    `notes` say what was assumed and left out; `told` is whether anybody said where it is from; `aside`
    are the numbers about labour that no indicator took (see `tables.aside`).
    """

    label: str
    region: str
    document: str = ""
    figures: int = 0
    open: int = 0
    digest: str = ""
    failure: str = ""
    exit_code: int = 0
    notes: tuple[str, ...] = ()
    told: bool = False
    aside: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Where its document stands below data/raw, less its ending."""
        return f"{self.region}/{self.document}"


def take(root: Path, region: str, arrivals: Sequence[Arrival], terms: Conditions) -> list[Receipt]:
    """Take reports of one region in and refresh its tables once.

    A report that cannot be read, speaks of another year, or states nothing known is not kept,
    and stops no other; decisions that lie beside it come with it. Where figures are open, a table to
    decide them in is put beside the report.
    """
    outcomes: list[Receipt] = []
    try:
        texts = [d for d in documents.list_documents(root, region) if d.path.suffix == ".txt"]
        checked = _checked(root, region, arrivals, terms, texts, outcomes)
        if checked:
            everything = _READINGS * terms.timeout * (len(texts) + len(checked)) if terms.timeout else None
            with (
                documents.stored(root, [each.incoming for each in checked]),
                time_limit(everything, f"reading all documents of {region}"),
            ):
                ingest.refresh(root, region, parsed={each.incoming.document.name: each.parsed for each in checked})
    except Exception as error:  # of the region as a whole: its reports are as they were
        ended = {outcome.label for outcome in outcomes}
        return outcomes + [failed(a, error) for a in arrivals if a.label not in ended]
    for each in checked:
        decisions.write_template(root, each.incoming.document)
    return outcomes + [_outcome(root, c.arrival, c.incoming.document, c.notes) for c in checked]


@dataclass(frozen=True)
class _Checked:
    """A report that may be taken in, as it is to stand in the project and as it was read."""

    arrival: Arrival
    incoming: Incoming
    parsed: reading.Parsed
    notes: tuple[str, ...]


def _checked(
    root: Path,
    region: str,
    arrivals: Sequence[Arrival],
    terms: Conditions,
    texts: Sequence[Document],
    refused: list[Receipt],
) -> list[_Checked]:
    """The reports that nothing speaks against; the others go into `refused`. `texts` are those of the region now."""
    held = {_digest(documents.text_of(d)): d.name for d in texts}
    level = places.level(root, region)
    checked: list[_Checked] = []
    for arrival in arrivals:
        try:
            received, parsed = _check(arrival, terms, held, level)
            name = documents.usual_name(arrival.year, arrival.kind, arrival.name or terms.name)
            told = _told(arrival.path, terms.told)
            incoming = documents.incoming(arrival.path, root, region, name, told, received=received)
            documents.check_free(root, incoming, [each.incoming for each in checked], terms.replace)
            decided = decisions.arriving(arrival.path, incoming.document, terms.replace)
        except (AnalysisError, OSError) as error:
            refused.append(failed(arrival, error))
        else:
            notes = (*received.notes, *(["taken in with its decisions"] if decided else ()))
            incoming = replace(incoming, beside={**incoming.beside, **decided})
            checked.append(_Checked(arrival, incoming, parsed, notes))
    return checked


def take_facts(root: Path, arriving: Sequence[Incoming], terms: Conditions) -> list[Document]:
    """Take tables of printed facts in, all of them or none; see `facts.incoming`."""
    for each in arriving:
        documents.check_free(root, each, (), terms.replace)
    with documents.stored(root, arriving) as taken:
        for region in sorted({document.region for document in taken}):
            ingest.refresh(root, region)
    return taken


def _told(path: Path, said: Source) -> Source:
    """Where a report is from: what the command said, then what stands beside the file."""
    return said.over(sources.read(path.with_name(path.stem + sources.SUFFIX)).said)


def _check(arrival: Arrival, terms: Conditions, held: dict[str, str], level: str) -> tuple[Received, reading.Parsed]:
    """Refuse, before anything is written, what would not become a report of the region.

    `held` has the region's documents by digest of their text, and takes this one up.
    """
    name = documents.usual_name(arrival.year, arrival.kind, arrival.name or terms.name)
    project.check_name(arrival.region, "region")
    received = _received(arrival.path, terms)
    text = received.text
    twin = held.get(_digest(text), name)
    if twin != name:
        raise InputError(
            f"{arrival.path}: the same text as {arrival.region}/{twin}; if that one is "
            f"misfiled, delete data/raw/{arrival.region}/{twin}.txt first"
        )
    why = "" if terms.confirm_year else dating.doubt(text, arrival.year, arrival.kind)
    if why:
        raise InputError(
            f"{arrival.path}: {why}, not {arrival.year}; give the right year, "
            f"or --confirm-year if {arrival.year} is right"
        )
    try:
        with time_limit(terms.timeout, "reading it"):
            parsed = reading.parse(text, year=arrival.year, kind=arrival.kind, level=level)
            reading.judge(parsed, arrival.region, "", (), (), codebook.load(), level)
    except Exception as error:
        raise AnalysisError(f"{arrival.path}: cannot be read: {one_line(error)}") from error
    if not parsed.stated:
        raise InputError(
            f"{arrival.path}: states no figure the codebook knows; is it a labour or government work report?"
        )
    held[_digest(text)] = name
    return received, parsed


def _received(path: Path, terms: Conditions) -> Received:
    """The file as it came and its text; its time counts, too."""
    try:
        with time_limit(terms.timeout, "taking its text out"):
            return receive(path, terms.encoding)
    except AnalysisError:
        raise
    except (Exception, RecursionError) as error:  # of a library, over a damaged file
        raise AnalysisError(f"{path}: cannot be read: {one_line(error)}") from error


def _outcome(root: Path, arrival: Arrival, document: Document, noted: tuple[str, ...]) -> Receipt:
    stated = project.table(root, document.region, "observations", document.name)
    statuses = [row["status"] for row in stated]
    digest = _digest(documents.text_of(document))
    return Receipt(
        arrival.label,
        document.region,
        document.name,
        len(statuses),
        sum(not settled(status) for status in statuses),
        digest,
        notes=noted,
        told=sources.load(root, document.region, document.name).is_told,
        aside=tuple(left_aside(root, document.region, document.name)),
    )


def _digest(text: str) -> str:
    """What a text says, however it is spaced and broken into lines."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:16]


def failed(arrival: Arrival, why: Exception) -> Receipt:
    """The outcome of an arrival that could not be taken in."""
    failure = one_line(why).replace(str(arrival.path), arrival.label)
    if arrival.label not in failure:
        failure = f"{arrival.label}: {failure}"
    code = why.exit_code if isinstance(why, AnalysisError) else 1
    return Receipt(arrival.label, arrival.region, failure=failure, exit_code=code)

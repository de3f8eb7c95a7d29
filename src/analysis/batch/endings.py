"""How a run ended: what all that do runs, and all that tell of them, have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from analysis.batch.outputs import Stamp


@dataclass(frozen=True)
class Failure:
    """Why a run failed: `where` names the cell, `error` is one line, `log` the whole story."""

    where: str
    error: str
    log: str = ""


@dataclass(frozen=True)
class Outcome:
    """How a run ended, and which files it published (paths relative to the root).

    `lacks` names what its notebook shows and its page cannot hold, such as a picture not there.
    """

    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    failure: Failure | None = None
    lacks: tuple[str, ...] = ()

    @classmethod
    def failed(cls, error: str, where: str = "", log: str = "") -> Outcome:
        """The outcome of a run that gave nothing: what went wrong, in which cell, and its log."""
        return cls(failure=Failure(where, error, log))


def over_time(limit: float) -> str:
    """What is said of a run that took longer than `limit` seconds."""
    return f"over its time limit of {limit:g} s"

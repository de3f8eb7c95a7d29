"""The way back from a text made of another to the places there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

Back = Callable[[int], int]


def way_back(starts: Sequence[int], origins: Sequence[int]) -> Back:
    """A function from places of a text to those it was copied from.

    The stretch from `starts[i]` on stood at `origins[i]`; both begin with that of place 0.
    """

    def back(place: int) -> int:
        i = bisect_right(starts, place) - 1
        return origins[i] + place - starts[i]

    return back


def without(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, Back]:
    """A text without some stretches, given in order, and the way back to it."""
    parts, starts, origins, end, at = [], [0], [0], 0, 0
    for start, stop in spans:
        parts.append(text[end:start])
        at += start - end
        end = stop
        starts.append(at)
        origins.append(end)
    parts.append(text[end:])
    return "".join(parts), way_back(starts, origins)

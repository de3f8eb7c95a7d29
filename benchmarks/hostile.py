"""Texts and outputs shaped to cost more than they should: each in two sizes, one eight times the other.

A ratio of 8 is linear time, 64 quadratic. `peer` reads the same text in the same run.
"""

from __future__ import annotations

import re
import signal
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import FrameType

from analysis.reading import read

GROWTH = 8
_TIMES = 50


@dataclass(frozen=True)
class Shape:
    """A text of about `size` characters at the smaller size; larger ones by repeating `unit`."""

    name: str
    make: Callable[[int], str]
    size: int = 4_000


def _of(unit: str, head: str = "") -> Callable[[int], str]:
    return lambda size: head + unit * (size // len(unit))


def _behind(unit: str) -> Callable[[int], str]:
    """Chinese prose enough for a Chinese text, then something without an end."""
    return lambda size: "就业工作，" * (size // 20) + "城镇新增就业1 " + unit * (size * 3 // 4)


def _headlines(size: int) -> str:
    """Lines without a stop, each of which may be a headline of any sentence below them."""
    told = [f"城镇新增就业{10_000 + n}人" for n in range(size // 28)]
    return "\n".join(told) + "\n" + "。".join(told) + "。"


SHAPES = (
    Shape("a run of digits behind a 1", _behind("7")),
    Shape("○ behind a 1", _behind("○")),
    Shape("spelled numerals in a row", _of("三百二十五")),
    Shape("numbers without stops, Chinese", _of("参保 88900 人 ")),
    Shape("numbers without stops, English", _of("insured 88,900 people ")),
    Shape("one long line, Chinese", _of("城镇新增就业3.2万人，完成目标的102%，")),
    Shape("one long line, English", _of("new urban jobs 32,000, 102% of the target, ")),
    Shape("a list without an end", _of("养老、失业、医疗、", "参保人数分别为")),
    Shape("brackets opened only", _of("（城镇新增就业3万人")),
    Shape("masked digits", _of("3xx ", "new urban jobs ")),
    Shape("spaces", _of(" ", "城镇新增就业")),
    Shape("line breaks", _of("\n", "城镇新增就业3.2万人")),
    Shape("years", _of("2009年", "城镇新增就业")),
    Shape("headlines", _headlines),
    Shape("plans that say", _of("《“十二五”规划》。《规划》提出，", "城镇新增就业3万人。")),
)


def peer(text: str) -> int:
    """What any reader must do at least: fold the text and find its numbers."""
    return len(re.findall(r"\d[\d,.]*", unicodedata.normalize("NFKC", text).lower()))


def output(size: int) -> None:
    """A notebook's output of one long line, brought into the form that is published."""
    from nbformat import v4

    from analysis.batch.run import normalised

    line = v4.new_output("stream", name="stdout", text="x" * size)
    normalised(v4.new_notebook(cells=[v4.new_code_cell("", outputs=[line])]))


def rows(limit: float) -> Iterator[tuple[str, str, str, str, str]]:
    """For each shape: its name, seconds at both sizes, how it grows, and beside the peer."""
    for shape in SHAPES:
        texts = [shape.make(shape.size * by) for by in (1, GROWTH)]
        times = [spent(partial(_read, text), limit) for text in texts]
        least = max((spent(partial(_peer, texts[1]), limit) or 0) / _TIMES, 1e-6)
        yield _row(f"{shape.name}, {len(texts[0]):,} and {len(texts[1]):,} characters", times, least)
    sizes = (100_000, 100_000 * GROWTH)
    times = [spent(partial(output, size), limit) for size in sizes]
    yield _row("one long line of a notebook's output, 0.1 and 0.8 MB", times, 1e-6)


def _row(name: str, times: Sequence[float | None], least: float) -> tuple[str, str, str, str, str]:
    small, large = times
    shown = [f"{t:.3f} s" if t is not None else "not ended" for t in times]
    if small is None or large is None:
        return name, shown[0], shown[1], "–", "–"
    beside = f"{large / least:,.0f}" if least > 1e-6 else "–"
    return name, shown[0], shown[1], f"{large / max(small, 1e-4):.1f}", beside


def _peer(text: str) -> None:
    for _ in range(_TIMES):
        peer(text)


def _read(text: str) -> None:
    read(text, region="city", document="2009-x", year=2009, kind="bureau-report")


class _TooLong(Exception):
    pass


def _stop(number: int, frame: FrameType | None) -> None:
    raise _TooLong


def spent(action: Callable[[], object], limit: float) -> float | None:
    """Processor seconds of an action, or None where it was stopped at the limit."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    began = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        action()
        return time.process_time() - began
    except _TooLong:
        return None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

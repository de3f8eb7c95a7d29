"""What kinds of place have: a figure far beyond is asked about, as mistyped or of another unit."""

from __future__ import annotations

from decimal import Decimal

from analysis.codebook import LEVELS, Codebook

_MEASURES = ("outturn", "target", "ceiling")  # what usual levels hold for
_FAR = 3  # times beyond the usual a figure is asked about


def usual(
    key: tuple[str, str, str],
    between: tuple[Decimal, Decimal],
    book: Codebook,
    level: str = "",
    people: int | None = None,
) -> str:
    """What such a place has, in words, where a figure is far from it; empty where it is not.

    Parameters
    ----------
    key
        indicator, measure and period of the figure.
    between
        its bounds, in base units.
    level, people
        the kind of place, all of them where nobody says it; how many live there.
    """
    indicator, measure, period = key
    if not period.isdigit() or measure not in _MEASURES:
        return ""
    known = book.indicators[indicator]
    kinds = [level] if level else LEVELS
    spans = [known.typical_at(kind, people) for kind in kinds]
    if any(span is None or _near(*between, *span) for span in spans):
        return ""
    return "what " + " or ".join(
        f"a {kind} has ({low:,.10g} to {high:,.10g} {known.unit})"
        for kind, (low, high) in zip(kinds, filter(None, spans), strict=True)
    )


def _near(least: Decimal, most: Decimal, low: float, high: float) -> bool:
    """Whether a figure is not far beyond the usual."""
    return low / _FAR <= float(most) and float(least) <= high * _FAR

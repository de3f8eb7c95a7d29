"""The period a figure is of: a year, a span of years, or months within them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PRINTED = re.compile(r"([12]\d{3})(?:-([12]\d{3})|-(\d\d)/([12]\d{3})-(\d\d))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """The years `first` to `last`; `months` where only from one month to another."""

    first: int
    last: int
    months: tuple[int, int] | None = None

    def __str__(self) -> str:
        """A year ("2009"), a span ("2006-2010"), an ISO 8601 interval ("2013-01/2013-09")."""
        if self.months:
            return f"{self.first}-{self.months[0]:02}/{self.last}-{self.months[1]:02}"
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"

    @property
    def year(self) -> int | None:
        """The year, where the period is one whole year."""
        return self.first if self.first == self.last and not self.months else None

    @property
    def several(self) -> bool:
        """Whether the period is of several whole years."""
        return self.first < self.last and not self.months


@lru_cache(maxsize=4096)
def parse_period(text: str) -> Period:
    """The period that `str` wrote.

    Raises
    ------
    ValueError
        saying how to write one, for any other text.
    """
    found = _PRINTED.fullmatch(text)
    if found:
        first, last, month, end, until = (int(group or 0) for group in found.groups())
        if month and (first, month) <= (end, until) and max(month, until) <= 12 and until:
            return Period(first, end, (month, until))
        if not month and not found[3] and (not last or first < last):
            return Period(first, last or first)
    raise ValueError("is no period; write 2009, 2016-2020 or 2013-01/2013-09")

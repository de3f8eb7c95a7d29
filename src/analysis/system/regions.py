"""What `data/places.csv` says of regions: what they are called beside their folders, who lives there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path

from analysis.system import project
from analysis.system.errors import InputError

_DIGITS = re.compile(r"\d")
_KIND = re.compile(r"(?<=..)(?:特别行政区|(?:\w{1,3}族|维吾尔)*自治[区州县旗]|[省市州县区])\Z")  # 广元市 is 广元
_FEW = 3
_SLIP = 0.8, 0.66  # how alike a misspelt name is to the one meant: in letters, in Chinese signs


def identified(root: Path, name: str) -> str:
    """The id of the region called `name`: an id, or its name in English or Chinese.

    Capitals, blanks and signs do not count, nor does 市 and the like behind a Chinese name. What
    nobody is called comes back as it is.

    Raises
    ------
    InputError
        where two places are called so.
    """
    places = project.place_names(root)
    if name in places or name in {folder.name for folder in project.folders(root / "data" / "raw")}:
        return name
    found = [id_ for id_, names in places.items() if _plain(name) in _called(id_, names)]
    if len(found) > 1:
        raise InputError(f"region {name!r}: may be {' or '.join(found)}; write which")
    return found[0] if found else name


def slip(root: Path, name: str) -> str:
    """What to say of a region that nobody knows but that is nearly called as one that is; else empty.

    Names that differ in digits alone are two places.
    """
    places = project.place_names(root)
    known = {*places, *(folder.name for folder in project.folders(root / "data" / "raw"))}
    if name in known:
        return ""
    near = nearest(root, name, [each for each in known if _DIGITS.sub("", each) != _DIGITS.sub("", name)], _SLIP)
    if not near:
        return ""
    meant = " or ".join(map(repr, near))
    return f"region {name!r}: did you mean {meant}? If it is another place, say with --level what it is"


def population(root: Path, regions: Iterable[str]) -> dict[tuple[str, int], int]:
    """How many live in each region, by region and year, where that is known."""
    told = {row["id"]: row.get("population") or "" for row in project.rows(root / "data" / "places.csv")}
    pairs = ((region, *pair.split(":")) for region in regions for pair in told.get(region, "").split())
    return {(region, int(year)): int(count) for region, year, count in pairs}


def nearest(root: Path, name: str, known: Iterable[str], alike: tuple[float, float] = (0.6, 0.5)) -> list[str]:
    """The few of the `known` regions whose ids or names are most like `name`.

    `alike`: how much so at least, from 0 to 1, in letters and in Chinese signs; of a name of two
    characters one may be wrong.
    """
    places = project.place_names(root)
    called = {each: id_ for id_ in known for each in _called(id_, places.get(id_, {}))}
    near = get_close_matches(_plain(name), called, _FEW, alike[not name.isascii()])
    return list(dict.fromkeys(called[each] for each in near))


def there(root: Path, name: str, known: Iterable[str]) -> str:
    """What to say behind the name of a region that is not `known`: the nearest, else how many there are."""
    known = list(known)
    if near := nearest(root, name, known):
        return f"did you mean {' or '.join(map(repr, near))}?"
    if not known:
        return "there is none yet: run `analysis ingest` first"
    more = f" and {len(known) - _FEW} more" if len(known) > _FEW else ""
    return f"there is {', '.join(known[:_FEW])}{more}"


def _called(id_: str, names: Mapping[str, str]) -> set[str]:
    return {_plain(each) for each in (id_, *names.values()) if each}


def _plain(name: str) -> str:
    return _KIND.sub("", "".join(sign for sign in name.casefold() if sign.isalnum()))

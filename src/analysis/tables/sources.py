"""Where a document is from: `<document>.source.yaml` beside it under data/raw.

Its keys are those of Our World in Data's origins that a report has, shortened: title, issuer (their
producer), published, url, accessed; and of the file it came in: received (its name in the folder
`received`), format and sha256.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from analysis.system import project
from analysis.system.errors import InputError

SUFFIX = ".source.yaml"
FOLDER = "received"
_DATE = re.compile(r"([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?\Z", re.ASCII)
_URL = re.compile(r"https?://[^\s<>\"]+\Z", re.I)
_SHA256 = re.compile(r"[0-9a-f]{64}\Z", re.ASCII)
_LONGEST, _LARGEST = 500, 100_000  # characters of a field, of a file


@dataclass(frozen=True)
class Source:
    """Where a document is from; what is not known is empty.

    `title`, `issuer` and `url` are as the issuer writes them; `published` and `accessed` are ISO
    8601 dates, or a year or month alone. `received` names the file it came in, kept byte for byte
    in the folder `received` beside the document, where that was no plain UTF-8 text; `format` says
    what it is, `sha256` is its digest.
    """

    title: str = ""
    issuer: str = ""
    published: str = ""
    url: str = ""
    accessed: str = ""
    received: str = ""
    format: str = ""
    sha256: str = ""

    @property
    def is_told(self) -> bool:
        """Whether a reader could find the document again: by its address, or who issued what."""
        return bool(self.url or (self.title and self.issuer))

    @property
    def said(self) -> Source:
        """What was said of it, whatever file it came in."""
        return replace(self, received="", format="", sha256="")

    def over(self, other: Source) -> Source:
        """This source, with what it leaves empty as in the other."""
        return replace(other, **{key: value for key, value in asdict(self).items() if value})

    def as_yaml(self) -> str:
        """The text of its file; empty where nothing is known."""
        import yaml

        if self == UNKNOWN:
            return ""
        known = {key: value for key, value in asdict(self).items() if value}
        return yaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=9 * _LONGEST)


UNKNOWN = Source()


def load(root: Path, region: str, document: str) -> Source:
    """Where a document of a region is from, by its name; an empty `Source` where nobody has said it.

    Raises
    ------
    InputError
        naming the file, where it cannot be right.
    """
    return read(path_of(root, region, document))


def path_of(root: Path, region: str, document: str) -> Path:
    """Where it is written."""
    return project.raw_folder(root, region) / f"{document}{SUFFIX}"


def received(root: Path, region: str, document: str) -> Path | None:
    """The file a document came in, kept as it was; None where that is the document itself."""
    name = load(root, region, document).received
    return project.raw_folder(root, region) / FOLDER / name if name else None


def read(path: Path) -> Source:
    """The source written in a file; an empty one where there is no such file.

    Raises
    ------
    InputError
        naming the file, where it cannot be right.
    """
    import yaml

    if not path.is_file():
        return UNKNOWN
    try:
        with path.open(encoding="utf-8-sig") as file:
            # all text: what is no date is named below
            given = yaml.load(file.read(_LARGEST), yaml.CBaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError, ValueError) as error:
        raise InputError(f"{path}: cannot be read: {' '.join(str(error).split())}") from None
    if not isinstance(given, Mapping | None):
        raise InputError(f"{path}: needs `key: value` lines, like `issuer: 广元市人民政府`")
    try:
        return checked(given or {})
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None


def checked(given: Mapping[Any, Any]) -> Source:
    """A source of these fields.

    Raises
    ------
    ValueError
        naming the field that cannot be right.
    """
    known = [field.name for field in fields(Source)]
    texts: dict[str, str] = {}
    for key, value in given.items():
        if key not in known:
            near = get_close_matches(str(key), known, 1) or known
            raise ValueError(f"{key!r} is not known here; use {', '.join(near)}")
        if isinstance(value, Mapping | list):
            raise ValueError(f"{key}: needs one line of text")
        texts[key] = " ".join(str(value).split()) if value is not None else ""
        if why := _wrong(key, texts[key]):
            raise ValueError(f"{key}: {texts[key][:60]!r} {why}")
    return Source(**texts)


def _wrong(key: str, text: str) -> str:
    if not text:
        return ""
    if len(text) > _LONGEST or not text.isprintable():
        return "is no line of text"
    is_right, says = _CHECKS.get(key, (bool, ""))
    return "" if is_right(text) else says


def _is_date(text: str) -> bool:
    """Whether a text is a day of the calendar, a month or a year, as ISO 8601 writes them."""
    found = _DATE.match(text)
    try:
        return found is not None and bool(date(*(int(part or 1) for part in found.groups())))
    except ValueError:
        return False


_IS_DATE = _is_date, "is no date; write it like 2012-02-08"
#: What a field needs to be, and what is said where it is not.
_CHECKS: dict[str, tuple[Callable[[str], object], str]] = {
    "published": _IS_DATE,
    "accessed": _IS_DATE,
    "url": (_URL.match, "is no address; it begins with https:// or http://"),
    "sha256": (_SHA256.match, "is no SHA-256"),
    "received": (lambda text: Path(text).name == text, "is no name of a file"),
}

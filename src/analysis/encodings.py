"""From a file's bytes to its text: UTF-8, or a refusal that says what the file is instead."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from analysis.errors import InputError

_CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_NAMES = {"gb18030": "GB18030", "big5": "Big5", "utf-16": "UTF-16", "utf-16-le": "UTF-16",
          "utf-16-be": "UTF-16"}  # fmt: skip
_FORMATS = {b"%PDF": "a PDF", b"PK\x03\x04": "a Word or ZIP file",
            b"\xd0\xcf\x11\xe0": "a Word file", b"{\\rtf": "an RTF file"}  # fmt: skip
_SAMPLE = 60_000
_PLAUSIBLE = 0.7


def read_text(path: Path, encoding: str | None = None) -> tuple[str, bool]:
    """The text of a file, and whether its bytes are UTF-8 already.

    Parameters
    ----------
    path
        the file.
    encoding
        None: UTF-8 and nothing else; ``"auto"``: the one detected; or a name Python knows.

    Raises
    ------
    InputError
        for a file that is missing, a folder, empty, binary or in another encoding.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder, not a report") from None
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise InputError(f"{path}: is empty; nothing to read")
    for magic, name in _FORMATS.items():
        if data.startswith(magic):
            raise InputError(f"{path}: is {name}, not text; save its text as a .txt file")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _other(path, data, encoding, error), False
    if "\0" not in text:
        if encoding and encoding != "auto" and not data.isascii() and not _is_utf8(encoding):
            raise InputError(f"{path}: is UTF-8 already; leave --encoding out")
        return text.removeprefix("\ufeff"), True
    return _other(path, data, encoding, None), False


def _other(path: Path, data: bytes, encoding: str | None, error: UnicodeDecodeError | None) -> str:
    detected = detect(data)
    if encoding == "auto":
        encoding = detected
    if encoding and not _is_utf8(encoding):
        return _decoded(path, data, encoding)
    if detected:
        raise InputError(f"{path}: is {_NAMES[detected]}, not UTF-8; "
                         f"give --encoding {detected} to take it over as UTF-8")  # fmt: skip
    if error is None or _looks_binary(data):
        raise InputError(f"{path}: is a binary file, not text; save its text as a .txt file")
    line = data.count(b"\n", 0, error.start) + 1
    raise InputError(f"{path}:{line}: is not UTF-8 (byte {error.start}); save it as UTF-8, "
                     f"or name its encoding with --encoding")  # fmt: skip


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise InputError(f"--encoding {encoding}: no such encoding; try gb18030 or auto") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: is not {encoding} (byte {error.start})") from None
    if "\0" in text:
        raise InputError(f"{path}: is not {encoding}: it would hold NUL characters")
    return text.removeprefix("\ufeff")


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    except LookupError:
        return False


def detect(data: bytes) -> str | None:
    """The encoding in which `data` reads as plausible Chinese; None where none does.

    Plausible: of what is not ASCII, most are the common characters of a standard's first level
    (GB 2312's 3,755, Big5's 5,401) or Chinese punctuation; in a wrong encoding they are rare ones.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    scores = {name: _plausibility(data[:_SAMPLE], name) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > max(_PLAUSIBLE, _plausibility(data[:_SAMPLE], "utf-8")) else None


def _plausibility(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, "replace")
    foreign = re.sub(r"[\t\r\n -~]", "", text)
    if not foreign:  # plain ASCII in two bytes each is UTF-16
        return 1.0 if encoding.startswith("utf-16") and text else 0.0
    return sum(map(_is_common, foreign)) / len(foreign)


def _is_common(char: str) -> bool:
    if "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e" or char in "“”‘’—…·℃‰①②③④⑤":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return False
    simplified = char.encode("gb2312", "ignore")
    traditional = char.encode("big5", "ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return control > len(sample) / 100

"""From a file's bytes to its text: UTF-8, or a refusal that says what the file is instead."""

from __future__ import annotations

import codecs
import re
import stat
from pathlib import Path

from analysis.intake import formats
from analysis.system.errors import InputError

_CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_NAMES = {"gb18030": "GB18030", "big5": "Big5", "cp1252": "Western (cp1252)"} | {
    name: name[:6].upper() for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
}
# how text comes to be read wrongly: taken for the first though it was the second
_MISREAD = (
    ("cp1252", "utf-8"),
    ("cp1252", "gb18030"),
    ("cp1252", "big5"),
    ("gb18030", "utf-8"),
    ("big5", "utf-8"),
    ("big5", "gb18030"),
    ("gb18030", "big5"),
    ("utf-16-le", "utf-16-be"),
    ("cp437", "gb18030"),
)
_LOST = re.compile("\ufffd|锟斤拷")
_ENOUGH = 10  # Chinese characters that come out before a text is called misread
LARGEST = 50_000_000  # bytes of a file
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
        for a file that is missing, a folder, a pipe or device, empty, larger than 50 MB, another
        format than text, in another encoding, or mojibake; the message says which and what to do.
    """
    data = load(path)
    found = formats.recognise(data)
    text, is_utf8 = decoded(path, data, encoding) if found is formats.TEXT else ("", False)
    if found is formats.TEXT:
        found = formats.markup(text)
    if found is not formats.TEXT:
        raise InputError(f"{path}: is {found.name}, not text; take it in with `analysis ingest`")
    if why := misread(text):
        raise InputError(f"{path}: is {why}")
    return text, is_utf8


def check_regular(path: Path) -> None:
    """Refuse, with InputError, what is no file with an end: folders, pipes, devices."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{path}: is a folder, not a report")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{path}: is a pipe or a device, not a file; give - to read standard input")


def load(path: Path) -> bytes:
    """The bytes of a file.

    Raises
    ------
    InputError
        for a file that is missing, a folder, a pipe or device, empty, or larger than 50 MB.
    """
    check_regular(path)
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise InputError(f"{path}: is larger than {LARGEST // 10**6} MB; no report is so long")
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise InputError(f"{path}: is empty; nothing to read")
    return data


def name_of(encoding: str) -> str:
    """An encoding as people call it."""
    return _NAMES.get(encoding, encoding)


def decoded(path: Path, data: bytes, encoding: str | None) -> tuple[str, bool]:
    """The text of a file's bytes, and whether they are UTF-8 already; see `read_text`."""
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
        raise InputError(
            f"{path}: is {_NAMES[detected]}, not UTF-8; give --encoding {detected} to take it over as UTF-8"
        )
    if error is None or _looks_binary(data):
        raise InputError(f"{path}: is a binary file, not text; save its text as a .txt file")
    line = data.count(b"\n", 0, error.start) + 1
    raise InputError(
        f"{path}:{line}: is not UTF-8 (byte {error.start}); save it as UTF-8, or name its encoding with --encoding"
    )


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise InputError(f"--encoding {encoding}: no such encoding; try gb18030 or auto") from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: is not {encoding} (byte {error.start})") from None
    except (ValueError, IndexError):  # `undefined`, `punycode` and their like
        raise InputError(f"{path}: is not {encoding}; try gb18030 or auto") from None
    if "\0" in text:
        raise InputError(f"{path}: is not {encoding}: it would hold NUL characters")
    return text.removeprefix("\ufeff")


def _is_utf8(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    except LookupError:
        return False


def detect(data: bytes) -> str | None:
    """The encoding in which `data` reads as plausible Chinese, or English; None where none does.

    Plausible: of what is not ASCII, most are the common characters of a standard's first level
    (GB 2312's 3,755, Big5's 5,401) or Chinese punctuation; in a wrong encoding they are rare ones.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # begins like UTF-16's
        return "utf-32"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    scores = {name: _plausibility(data[:_SAMPLE], name) for name in _CANDIDATES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] > max(_PLAUSIBLE, _plausibility(data[:_SAMPLE], "utf-8")):
        return best
    return "cp1252" if _is_western(data[:_SAMPLE]) else None


def _is_western(data: bytes) -> bool:
    """Whether this is English with a few letters or signs in the encoding Windows gives it."""
    beyond = sum(byte > 127 for byte in data)
    if not 0 < beyond < len(data) / 10 or _looks_binary(data) or b"\0" in data:
        return False
    try:
        return data.decode("cp1252") != "" and data.decode("utf-8", "ignore").isascii()
    except UnicodeDecodeError:
        return False


def _plausibility(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, "replace")
    beyond = re.sub(r"[\t\r\n -~]", "", text)
    if not beyond:  # plain ASCII in two or four bytes each
        return 1.0 if encoding.startswith(("utf-16", "utf-32")) and text else 0.0
    return _common(text)


def _common(text: str) -> float:
    beyond = re.sub(r"[\t\r\n -~]", "", text)
    return sum(map(_is_common, beyond)) / len(beyond) if beyond else 0.0


def _is_common(char: str) -> bool:
    if "\u3000" <= char <= "\u303f" or "\uff01" <= char <= "\uff5e" or char in "“”‘’—…·℃‰①②③④⑤":
        return True
    if not "\u4e00" <= char <= "\u9fff":
        return False
    simplified = char.encode("gb2312", "ignore")
    traditional = char.encode("big5", "ignore")
    return b"\xb0" <= simplified[:1] <= b"\xd7" or b"\xa4" <= traditional[:1] <= b"\xc6"


def misread(text: str) -> str:
    """What went wrong where a text was read in another encoding than its own; empty where not.

    It was if, written back in the encoding it was taken for, its bytes read as plausible Chinese
    in another, and it is none as it stands.
    """
    sample = text[:_SAMPLE]
    if len(_LOST.findall(sample)) > 2:
        return "mojibake: characters were lost (\ufffd) when its encoding was changed; take the file as it first was"
    stands = _common(sample)
    if sample.isascii() or stands >= _PLAUSIBLE:
        return ""
    backs = {pair: _bytes_of(sample, pair[0]).decode(pair[1], "ignore") for pair in _MISREAD}
    scores = {pair: _common(back) for pair, back in backs.items() if sum(map(_is_common, back)) >= _ENOUGH}
    taken, was = max(scores, key=lambda pair: scores[pair], default=("", ""))
    if scores.get((taken, was), 0.0) < max(_PLAUSIBLE, stands + 0.2):
        return ""
    return (
        f"mojibake: {_NAMES.get(was, 'UTF-8')} text that was read as "
        f"{_NAMES.get(taken, taken)}; take the file as it first was"
    )


def _bytes_of(text: str, encoding: str) -> bytes:
    """A text in an encoding; cp1252 leaves five bytes out, which readers take as Latin-1."""
    if encoding == "cp1252":
        kept = (char.encode(encoding, "ignore") or char.encode("latin-1", "ignore") for char in text)
        return b"".join(kept)
    return text.encode(encoding, "ignore")


def _looks_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    control = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    return control > len(sample) / 100

"""A file of the codebook as entries that know their line and refuse what they do not know."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml

from analysis.codebook.model import ALWAYS
from analysis.system.errors import InputError

_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e\d+)?")


@dataclass(frozen=True)
class Entry:
    """A value at `path` of a file; `line` is where it, or the key it belongs to, stands."""

    file: str
    path: str
    line: int
    node: yaml.Node

    @property
    def is_mapping(self) -> bool:
        """Whether it is `key: value` lines."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.node, yaml.SequenceNode)

    def error(self, what: str) -> InputError:
        """The error to raise for this entry: file, line, path and what is wrong."""
        place = f"{self.path}: " if self.path else ""
        return InputError(f"{self.file}:{self.line}: {place}{what}")

    def fields(self, known: Collection[str] | None = None, needed: Collection[str] = ()) -> dict[str, Entry]:
        """The values by their keys; `known` are all that may stand there, `needed` must."""
        if not self.is_mapping:
            raise self.error("needs `key: value` lines")
        out: dict[str, Entry] = {}
        for key, value in self.node.value:
            name = str(key.value)
            child = Entry(self.file, f"{self.path} {name}".strip(), key.start_mark.line + 1, value)
            if name in out:
                raise child.error("stands there twice")
            if known is not None:
                child.among(name, known, "key")
            out[name] = child
        for name in needed:
            if name not in out:
                raise self.error(f"needs `{name}:`")
        return out

    def items(self) -> list[Entry]:
        """The items of a list."""
        if not self.is_list:
            raise self.error("needs a list, one item a line")
        return [Entry(self.file, self.path, n.start_mark.line + 1, n) for n in self.node.value]

    def text(self, known: Collection[str] | None = None, what: str = "name") -> str:
        """A text, one of `known` where they are given."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            raise self.error("needs a text")
        if known is not None:
            self.among(self.node.value, known, what)
        return self.node.value

    def among(self, name: str, known: Collection[str], what: str) -> None:
        """Refuse a name that is none of the known."""
        if name not in known:
            near = get_close_matches(name, known, 1, 0.5)
            hint = f"; is {near[0]!r} meant?" if near else ""
            raise self.error(f"unknown {what} {name!r}{hint}")

    def number(self) -> float:
        """A number that is not negative."""
        text = self.node.value if isinstance(self.node, yaml.ScalarNode) else ""
        if not _NUMBER.fullmatch(text):
            raise self.error("needs a number")
        return float(text)

    def pair(self) -> tuple[float, float]:
        """Two numbers, the second the larger."""
        numbers = [float(item.number()) for item in self.items()]
        if len(numbers) != 2 or not numbers[0] < numbers[1]:
            raise self.error("needs two numbers, the second the larger")
        return numbers[0], numbers[1]

    def years(self) -> tuple[int, int]:
        """The first and the last year, either of them open where `null` stands."""
        ends = [item.node.value for item in self.items() if isinstance(item.node, yaml.ScalarNode)]
        if len(ends) != 2 or any(not re.fullmatch(r"(?:19|20)\d\d|null|~", end) for end in ends):
            raise self.error("needs two years, or null where it has no end")
        first, last = (int(end) if end.isdigit() else none for end, none in zip(ends, ALWAYS, strict=True))
        if first > last:
            raise self.error("needs two years, the later one last")
        return first, last


def read_file(path: Path, kind: str) -> Entry:
    """What stands below the one top key of a file, which is `kind`.

    Raises
    ------
    InputError
        naming file and line, where the file is no YAML or holds something else.
    """
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except OSError as error:
        raise InputError(f"{path.name}: cannot be opened: {error.strerror}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            f"{path.name}:{mark.line + 1 if mark else 1}: not YAML: {getattr(error, 'problem', error)}"
        ) from error
    if node is None:
        raise InputError(f"{path.name}:1: needs `{kind}:`")
    return Entry(path.name, "", 1, node).fields((kind,), (kind,))[kind]

"""Letters with their places on pages, to lines, to paragraphs; what is no prose set aside."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from unicodedata import normalize

from analysis.intake.readers.contents import Rows, is_data
from analysis.reading.outline import NUMBERED

_NUMBER = re.compile(
    r"[-—–·•\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*[/／]\s*\d{1,4})?"
    r"(?:\s*页)?(?:\s*[,，]?\s*共\s*\d{1,4}\s*页)?[-—–·•\s]*\Z",
    re.I,
)
_DECIMAL = re.compile(r"\d+[.,]\d")  # no number of an item
_BEGUN, _REST = re.compile(r"(\D?)([\d.,]+)\Z"), re.compile(r"([\d.,]*[%％]?)(\D?)")  # of a number in two lines
_WHOLE = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%％]?\Z")
_DIGIT = 0.6  # of a letter: what a digit and its setting apart take
_ENTRY = re.compile(r"[\d.,]+\s*\S{0,3}\Z")  # a number and its unit
_ENDS = 2  # so many lines at either end of a page may be its number and the running title
_OFTEN = 2  # pages a running title stands on at least
_PAGED = re.compile(r"\A(?:\d{1,4}[\s|·/—-]+){1,2}|(?:[\s|·/—-]+\d{1,4}){1,2}\Z")
# What browsers print above and below a page: when and what, from where.
_PRINTED = re.compile(
    r"\d{1,4}[/.年-]\d{1,2}[/.月-]\d{1,4}日?[,，]?\s+(?:[上下]午)?\d{1,2}:\d\d|(?:https?|file)://\S+(?:\s+\d+\s*/\s*\d+)?\Z"
)
_FULL, _NEARLY = 0.65, 0.9  # share of an indenting text's width that a line has which goes on
_INDENTING = 0.05  # share of lines that are indented where paragraphs are told by it
_CLOSED = "。！？；!?;：:."
_OPENERS, _CLOSERS = "《（〈【([", "，。、；：？！》）〉】,.;:?!)]%％"
_MIDWAY = "abcdefghijklmnopqrstuvwxyz0123456789"  # what a paragraph seldom begins with
_GLUE = "“”‘’"  # neither before nor behind these does a line break (UAX #14)
_COLUMN = 6  # letters from one column, or centred line, to another
_INDENTED = 0.8  # of a letter
_GAP = 1.8  # letters between two cells of a table
_APART, _FAR = 1.3, 2.5  # times the usual distance of lines; to one that opens no paragraph
_SPACED = 0.9  # of a letter: what blank between two Chinese signs is more than their setting apart


@dataclass(frozen=True)
class Letter:
    """A sign between two places on its line, its base line's height, and the size of its font.

    `added` is a blank that no program wrote: PDFium found a gap there.
    """

    sign: str
    left: float
    right: float
    base: float
    size: float
    added: bool = False


@dataclass
class _Line:
    """A line of a page: its cells, between what it stands, its base line, and the size of its letters.

    `first` is how wide what it begins with is, up to where a line may break; `breaks` whether that is
    passed.
    """

    page: int
    cells: list[str]
    left: float
    right: float
    base: float
    size: float
    first: float = 0.0
    breaks: bool = False
    column: tuple[float, float] = (0.0, 0.0)

    @property
    def text(self) -> str:
        return " ".join(self.cells).strip()

    @property
    def width(self) -> float:
        """That of its column."""
        return self.column[1] - self.column[0]

    @property
    def is_indented(self) -> bool:
        return self.left - self.column[0] > _INDENTED * self.size

    def parts(self, letter: Letter, blank: Letter | None) -> None:
        """Begin a cell or a word, where a gap or a blank lies before the next letter."""
        if letter.left - self.right > _GAP * self.size:
            self.cells.append("")
        elif blank and (not blank.added or _is_blank(self, letter)):
            self.cells[-1] += " "
            self.breaks = True

    def takes(self, sign: str, right: float) -> None:
        """Add a letter that ends at `right`."""
        if not self.breaks and _is_one(self.cells[0], sign):
            self.first = right - self.left
        else:
            self.breaks = True
        self.cells[-1] += sign
        self.right = max(self.right, right)


def _is_one(before: str, sign: str) -> bool:
    """Whether no line breaks between the words a line begins with and the next sign."""
    if not before.lstrip(_OPENERS) or sign in _CLOSERS + _GLUE or before[-1] in _GLUE:
        return True
    return (before + sign).isascii()


def prose(pages: Sequence[Iterable[Letter]]) -> tuple[list[str], list[Rows]]:
    """The paragraphs of some pages of letters in order, and their tables.

    A line ends with a letter that is a line feed. Page numbers and running titles are left out. A
    line goes on in the next, if that is neither indented nor set apart, where what the next begins
    with would have found no room; in a text whose paragraphs are indented, where it is not short.
    Lines of cells, one below the other, are a table.
    """
    lines: list[_Line] = []
    tables: list[Rows] = []
    for page in _without_ends([_merged(_lines(letters, n)) for n, letters in enumerate(pages)]):
        kept, found = _set_aside(page)
        lines += _in_columns(kept)
        tables += found
    return _joined(lines), tables


def _lines(letters: Iterable[Letter], page: int) -> Iterator[_Line]:
    """The lines of a page in the order of its text, each cut where a gap parts two cells."""
    line: _Line | None = None
    blank: Letter | None = None
    for letter in letters:
        if line and (letter.sign == "\n" or line.base - letter.base > line.size):
            yield line
            line, blank = None, None
        if letter.sign == "\n":
            blank = None
        elif letter.sign.isspace():
            blank = blank or letter
        else:
            if line is None:
                line = _Line(page, [""], letter.left, letter.right, letter.base, letter.size)
            else:
                line.parts(letter, blank)
            line.takes(letter.sign, letter.right)
            blank = None
    if line:
        yield line


def _is_blank(line: _Line, letter: Letter) -> bool:
    """Whether a gap parts words: between Chinese signs it is their setting, unless it is wide."""
    return (line.cells[-1][-1:] + letter.sign).isascii() or letter.left - line.right > _SPACED * line.size


def _merged(lines: Iterator[_Line]) -> list[_Line]:
    """Lines with what stands to the right of them at the same height."""
    out: list[_Line] = []
    for line in lines:
        last = out[-1] if out else None
        if last and abs(last.base - line.base) < last.size / 3 and line.left > last.right:
            near = line.left - last.right <= _GAP * last.size
            first = f"{last.cells.pop()}{line.cells[0]}" if near else line.cells[0]
            last.cells += [first, *line.cells[1:]]
            last.right = line.right
        else:
            out.append(line)
    return out


def _without_ends(pages: Sequence[list[_Line]]) -> list[list[_Line]]:
    """Pages without their numbers and without the title that runs on the head or foot of several."""
    ends = [[*page[:_ENDS], *page[-_ENDS:]] for page in pages]
    heads = Counter(title for lines in ends for title in {_title(line) for line in lines})
    often = {title for title, n in heads.items() if n >= max(_OFTEN, len(pages) / 3)}
    gone = {id(line) for lines in ends for line in lines if _is_of_page(line.text) or _title(line) in often}
    return [[line for line in page if id(line) not in gone] for page in pages]


def _is_of_page(text: str) -> bool:
    """Whether a line at either end of a page is its number, or what a browser prints there."""
    return bool(_NUMBER.match(text) or _PRINTED.match(text))


def _title(line: _Line) -> tuple[str, int]:
    """What a line says but for a page number at either end, and how large: the text's own title is larger."""
    return _PAGED.sub("", line.text), round(line.size)


def _set_aside(page: list[_Line]) -> tuple[list[_Line], list[Rows]]:
    """The lines of a page that are prose, and its tables."""
    prose: list[_Line] = []
    tables: list[Rows] = []
    right = max((line.right for line in page), default=0.0)
    for in_cells, group in groupby(page, lambda line: len(line.cells) > 1):
        lines = list(group)
        rows = [line.cells for line in lines]
        if in_cells and is_data(rows) and (len(rows) > 1 or _is_entry(lines[0], right)):
            tables.append(rows)
        else:
            prose += lines
    return prose, tables


def _is_entry(line: _Line, right: float) -> bool:
    """Whether a line by itself is of a table: words and a number, or several cells.

    One that reaches the edge of its page may be prose, its words set apart to fill it.
    """
    several = len(line.cells) > 2 or _ENTRY.match(line.cells[-1])
    return bool(several) and line.right < right - line.size


def _in_columns(page: list[_Line]) -> list[_Line]:
    """The lines of a page, each with the column it stands in."""
    columns: list[list[_Line]] = []
    for line in sorted(page, key=lambda line: line.left):
        if not columns or line.left - columns[-1][0].left > _COLUMN * line.size:
            columns.append([])
        columns[-1].append(line)
    for lines in columns:
        column = (lines[0].left, max(line.right for line in lines))
        for line in lines:
            line.column = column
    return page


def _joined(lines: Sequence[_Line]) -> list[str]:
    """Paragraphs of lines."""
    if not lines:
        return []
    usual = statistics.median(line.width for line in lines)
    steps = [a.base - b.base for a, b in pairwise(lines) if a.page == b.page and a.base > b.base]
    step = statistics.median(steps) if steps else 0.0
    indents = sum(line.is_indented for line in lines) > _INDENTING * len(lines)
    out = [lines[0].text]
    for line, behind in pairwise(lines):
        if _follows(line, behind, usual, step, indents) and _is_full(line, behind, usual, indents):
            out[-1] += _between(line, behind, usual) + behind.text
        else:
            out.append(behind.text)
    return out


def _between(line: _Line, behind: _Line, usual: float) -> str:
    """What stands between two lines that are joined.

    Between Latin words it is a blank, as lines do not break in one. Chinese lines break in a number,
    too: where not a digit more would have found room, and both parts make one.
    """
    ends = line.text[-1:] + behind.text[:1]
    if not ends.isascii() or ends[0] == "-":
        return ""
    begun, rest = _BEGUN.search(line.text), _REST.match(behind.text)
    if not begun or not rest or (begun[1] + rest[2]).isascii():
        return " "
    room = max(usual, line.width) - (line.right - line.column[0])
    return "" if room < _DIGIT * line.size and _WHOLE.match(begun[2] + rest[1]) else " "


def _follows(line: _Line, behind: _Line, usual: float, step: float, indents: bool) -> bool:
    """Whether a line may be of the same paragraph as the one before it.

    Where paragraphs are indented, (2) at the margin stands within one; 二、 is a heading all the same.
    """
    below = line.page == behind.page and line.column == behind.column
    closed = line.text[-1:] in _CLOSED
    text = normalize("NFKC", behind.text)
    numbered = NUMBERED.match(text) and not _DECIMAL.match(text)
    midway = not closed and not numbered and behind.text[:1] in _MIDWAY
    if below and not 0 < line.base - behind.base < (_FAR if midway else _APART) * step:
        return False
    if not below and abs(line.width - behind.width) > usual / 5:
        return False
    if closed and numbered and not (indents and behind.text[0].isascii()):
        return False
    return not behind.is_indented and abs(line.size - behind.size) < line.size / 10


def _is_full(line: _Line, behind: _Line, usual: float, indents: bool) -> bool:
    """Whether a line ends only because its column did."""
    width, own = max(usual, line.width), line.right - line.column[0]
    spare = line.size if not behind.text[:1].isascii() else line.size / 4
    if own + behind.first + spare > width:
        return True
    closed = _NEARLY if line.text[-1:] in _CLOSED else _FULL
    return own > (closed if indents else 1.0) * width

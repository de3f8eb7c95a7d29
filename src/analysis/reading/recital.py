"""What is said of each figure of a table: its labels in the order of prose, its unit; or why nothing is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from analysis.codebook import Codebook
from analysis.codebook.status import Fate
from analysis.reading.cellwords import words_of
from analysis.reading.glyphs import fold
from analysis.reading.gridlines import GridCell
from analysis.reading.grids import Grid, GridRow
from analysis.reading.tabled import Tabled
from analysis.reading.wording import Said, Wording, together

_DECLARED = re.compile(r"(?:单位[:：]\s*|\bunits?[:：]?\s+)([^()（）]+)|[(（](?!单位|unit)([^()（）]+)[)）]", re.I)
_MONEY = re.compile("元|yuan|rmb", re.I)
_MEMBERS_COUNTED = frozenset({"insured"})  # facets that words for members name the scheme's part of

Words = list[tuple[int, int] | str]  # stretches of the text, and what is said between them
_UNTOLD = Tabled()


@dataclass(frozen=True)
class Recited:
    """A figure with the words said before it: stretches of the text, or words between; its unit; what they come to.

    `fate` instead, where it states nothing.
    """

    figure: GridCell
    words: Sequence[tuple[int, int] | str] = ()
    unit: str = ""
    tabled: Tabled = _UNTOLD
    fate: str = ""


class Recital:
    """The figures of a text's tables, each with what is said of it."""

    def __init__(self, found: Sequence[Grid], codebook: Codebook, language: str, level: str):
        self._codebook, self._language = codebook, language
        self._cue = codebook.cues[language]
        self.chinese = language == "zh"
        self.link = "为" if self.chinese else "is "
        cells = {c for g in found for c in _labels_of(g)}
        self._labels = {c: words_of(c, language, self._cue) for c in cells}
        texts = [
            *(label.text for label in self._labels.values()),
            *(t.said for g in found for t in (*g.above, *g.below)),
        ]
        self._wording = Wording(texts, codebook, language, level)
        other = "en" if language == "zh" else "zh"
        self._glosses = Wording((label.gloss for label in self._labels.values()), codebook, other, level)
        self._units: dict[str, set[str]] = {}
        for i in codebook.indicators.values():
            self._units.setdefault(i.about, set()).add(i.unit)
        self._money = {i.facet for i in codebook.indicators.values() if i.unit == "yuan"} - {""}

    def of(self, grid: Grid) -> Iterator[list[Recited]]:
        """The figures of each row; none at all where nothing of the table names a subject."""
        return _Table(grid, self).rows()

    def said(self, cells: Iterable[GridCell]) -> Said:
        """What some labels say together, with their glosses."""
        return together(map(self.meaning, cells))

    def meaning(self, cell: GridCell) -> Said:
        """What a label says, with its gloss."""
        label = self._labels[cell]
        return self._wording.of(label.text) | Said(rest=self._glosses.of(label.gloss).rest)

    def title(self, text: str) -> Said:
        return self._wording.of(text)

    def total(self, parts: Iterable[str]) -> str:
        """What the sum of some subjects is called; nothing where nobody knows."""
        return self._codebook.totals.get(frozenset(parts), {}).get(self._language, "")

    def parts(self, member: str) -> Mapping[str, str]:
        """The part that a word for members names of each scheme."""
        return self._codebook.members.get(member, {})

    def of_which(self, part: Said) -> str:
        """What stands between a whole and its part, whose label may say so itself."""
        if part.of_which:
            return "，" if self.chinese else ", "
        return "，其中" if self.chinese else ", of which "

    def year(self, titles: Iterable[GridCell]) -> Words:
        """The year that titles name, as prose has it."""
        years = ((c.start, m) for c in titles if (m := self._cue["table_year"].search(fold(c.said))))
        start, m = next(years)
        span = (start + m.start(), start + m.start() + 4)
        return [span, "年"] if self.chinese else ["in ", span, ", "]

    def names(self, said: Said) -> bool:
        """Whether a text names a subject, and not only members of one."""
        return any(not self.parts(m.name) for m in said.subjects)

    def dated(self, cell: GridCell) -> Sequence[tuple[int, int] | str]:
        """The words of a label as prose has them: a year is one."""
        bare = cell.is_number and cell.is_year
        return [
            *(["in "] if bare and not self.chinese else []),
            *self.spans(cell),
            "年" if bare and self.chinese else " ",
        ]

    def opening(self, cell: GridCell) -> str:
        """What goes before a label that begins with a year."""
        return "in " if not self.chinese and self.meaning(cell).years and cell.said[0].isdigit() else ""

    def spans(self, cell: GridCell) -> Sequence[tuple[int, int]]:
        return self._labels[cell].spans

    def unit(self, labels: Sequence[GridCell], said: Said, row: GridRow, above: Sequence[GridCell]) -> str:
        """The unit of a figure: of its labels, its row, or the one above the table that is of such figures."""
        own = next((u for c in reversed(labels) if (u := self._labels[c].unit)), "") or row.unit
        units = {u for m in said.subjects for u in self._units.get(m.name, ())}
        if own or units == {"percent"}:
            return own
        money = units == {"yuan"} or bool(said.facets & self._money)
        return next((u for u in self._declared(above) if bool(_MONEY.search(u)) == money), "")

    def _declared(self, above: Sequence[GridCell]) -> list[str]:
        for text in above:
            for m in _DECLARED.finditer(text.said):
                units = [u.strip() for u in re.split("[、，,/；;](?!000)", m[1] or m[2])]
                if all(self._cue["table_unit"].fullmatch(fold(u)) for u in units):
                    return units
        return []


@dataclass(frozen=True)
class _Row:
    """A row being recited: what its labels and its section say, what it is a part of, the subjects it is the total of,
    and the fate of its figures where they state nothing."""

    grid: GridRow
    said: Said
    section: Said
    parent: Sequence[GridCell] = ()
    whole: str = ""
    fate: str = ""


class _Table:
    """A table being recited."""

    def __init__(self, grid: Grid, recital: Recital):
        self.grid, self.recital = grid, recital
        self.columns = [recital.said(head) for head in grid.heads]
        self.lines = [recital.said(row.labels) for row in grid.rows]
        self.lines_over = [*grid.above, *grid.below]
        self.titles = [recital.title(line.said) for line in self.lines_over]
        self.over = together(self.titles)
        self.used = sorted({n for row in grid.rows for n in row.values})
        named = sum(bool(said.subjects) for said in self.lines)
        self.by_rows = named > 0 and named >= sum(bool(self.columns[n].subjects) for n in self.used)

    def rows(self) -> Iterator[list[Recited]]:
        """The figures of each row."""
        parent: Sequence[GridCell] = ()
        within = False
        for at, (row, said) in enumerate(zip(self.grid.rows, self.lines, strict=True)):
            within = self._is_part(said, within)
            if not within and said.subjects:
                parent = row.labels
            whole, fate = self._total(said, self._beside(at))
            fate = fate or _fate(said) or (Fate.UNLINKED if self.grid.torn else "")
            line = _Row(row, said, self.recital.said(row.section), parent if within else (), whole, fate)
            yield [self._recited(line, n, within) for n in row.values]

    def _is_part(self, said: Said, within: bool) -> bool:
        """Whether a row is of a part of what the row above names: it says so, or follows one that does."""
        members = [bool(self.recital.parts(m.name)) for m in said.subjects]
        if said.total or said.timed or said.here or not all(members):
            return False
        return bool(members) or (self.by_rows and (within or said.of_which))

    def _recited(self, line: _Row, n: int, part: bool) -> Recited:
        """A figure with what is said of it, or its fate."""
        figure, column, row = line.grid.values[n], self.columns[n], line.grid
        total, fate = self._total(column, [self.columns[i] for i in self.used])
        fate = line.fate or fate or self._monthly(column) or _fate(column)
        words = None if fate else self._words(line, n, line.whole or total)
        if words is None or (part and not self._fits(line, column)):
            return Recited(figure, fate=fate or Fate.OTHER_SUBJECT)
        labels = [*row.section, *line.parent, *self._labels(row, n)]
        said = self.recital.said(labels)
        unit = self.recital.unit(labels, together([said, *self.titles[:1]]), row, self.grid.above)
        return Recited(figure, words, unit, Tabled.of(said, self.over))

    def _monthly(self, column: Said) -> str:
        """The fate of figures of December alone, beside those of the whole year."""
        beside = any(self.columns[n].whole for n in self.used)
        return Fate.PART_YEAR if beside and column.last_month and not column.whole else ""

    def _labels(self, row: GridRow, n: int) -> list[GridCell]:
        head = self.grid.heads[n]
        return [*row.labels, *head] if self.by_rows else [*head, *row.labels]

    def _words(self, line: _Row, n: int, whole: str) -> Words | None:
        """The labels in order: when and where, then what; None where nothing names a subject."""
        labels, own = self._labels(line.grid, n), line.said | self.columns[n]
        named = bool(whole) or self.recital.names(own)
        leads, over = self._before([*line.grid.section, *labels], [] if named else line.grid.section)
        subject: Words = [whole, " "] if whole else []
        if not (named or self.recital.names(line.section) or line.parent):
            subject = self._above("subjects")
            if not subject:
                return None
        counted = self._counted(own | line.section | self.recital.said(line.parent))
        parted = [*counted, self.recital.of_which(own)] if line.parent or (subject and own.subjects) else []
        return [
            *leads,
            *self._plain([*over, *line.parent]),
            *subject,
            *parted,
            *self._plain(c for c in labels if not (self._leads(c) or self.recital.meaning(c).total)),
            *([] if parted else counted),
            self._links(own),
        ]

    def _before(self, cells: Sequence[GridCell], section: Iterable[GridCell]) -> tuple[Words, list[GridCell]]:
        """The words of labels and titles that go before the others, and the labels of a section that follow them."""
        said = self.recital.said(cells)
        leads = [w for c in cells if self._leads(c) for w in self.recital.dated(c)]
        if len(self.over.years) == 1 and not (said.years or said.part or said.relative or self.over.part):
            leads = [*self.recital.year(self.lines_over), *leads]
        return leads, [c for c in section if not self._leads(c)]

    def _counted(self, told: Said) -> Words:
        return [] if told.facets else self._above("counted")

    def _links(self, own: Said) -> str:
        """What stands between a goal and its figure; a goal of no year would then be the next year's."""
        return self.recital.link if own.aims and own.years and not own.results else ""

    def _leads(self, cell: GridCell) -> bool:
        """Whether a label says when or where, and goes before the others."""
        said = self.recital.meaning(cell)
        return said.timed or (said.here and not said.subjects)

    def _plain(self, cells: Iterable[GridCell]) -> Iterator[tuple[int, int] | str]:
        for c in cells:
            yield self.recital.opening(c)
            yield from self.recital.spans(c)
            yield " "

    def _above(self, what: str) -> Words:
        """The words of the titles that name the subject, or what of it is counted, where it is one alone."""
        found = next(((n, m) for n, s in enumerate(self.titles) if (m := getattr(s, what))), None)
        if not found or len({m.name for m in found[1]}) > 1:
            return []
        m = max(found[1], key=lambda m: m.end - m.start)
        start = self.lines_over[found[0]].start
        return [(start + m.start, start + m.end), " "]

    def _fits(self, line: _Row, column: Said) -> bool:
        """Whether what a row is a part of has such a part: words for members are of a scheme's insured alone."""
        whole = {m.name for m in (self.recital.said(line.parent) | column).subjects}
        whole = whole if line.parent or self.recital.names(column) else {m.name for m in self.over.subjects}
        members = [self.recital.parts(m.name).keys() for m in line.said.subjects]
        if not members:
            return bool(line.parent)
        return column.facets <= _MEMBERS_COUNTED and all(whole & parts for parts in members)

    def _beside(self, at: int) -> list[Said]:
        """What the rows say that a row may be the total of: all others, or those since the last subtotal."""
        if not self.lines[at].total:
            return []
        since = max((i for i in range(at) if self.lines[i].total), default=-1)
        rows = range(len(self.lines)) if self.lines[at].total == "all" else range(since + 1, at)
        return [self.lines[i] for i in rows if self.grid.rows[i].values]

    def _total(self, said: Said, beside: Iterable[Said]) -> tuple[str, str]:
        """What a total is of, or its fate: that of other figures than a year's in this place is no figure."""
        if not said.total:
            return "", ""
        others = [each for each in beside if not (each.total or each.of_which)]
        parts = {m.name for each in others for m in each.subjects}
        whole = self.recital.total(parts)
        known = whole if parts else said.total == "all" and not any(each.timed or each.moment for each in others)
        return whole, "" if known else Fate.TOTAL


def _fate(said: Said) -> str:
    """The fate of figures whose label is not understood at all."""
    return "" if said.known else next(iter(said.fates), Fate.OTHER_SUBJECT)


def _labels_of(grid: Grid) -> Iterator[GridCell]:
    yield from chain(*grid.heads)
    for row in grid.rows:
        yield from (*row.labels, *row.section)

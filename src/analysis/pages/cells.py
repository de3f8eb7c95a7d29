"""The cells of an executed notebook as a page shows them: code folded, texts and outputs as HTML."""

from __future__ import annotations

import json
import mimetypes
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from analysis.pages import assets
from analysis.pages.code import highlighted

#: What an output may be shown as, the best first; of others the page says that it cannot.
KINDS = (
    "image/svg+xml",
    "text/html",
    "text/markdown",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "text/latex",
    "application/json",
    "text/plain",
)
_TABLE = re.compile(r"<table\b.*?</table>", re.S)
_IMAGE = re.compile(r"(<img\b[^>]*?\bsrc=)([\"'])(?!data:)([^\"']*)\2", re.I)
_MANY = 40  # rows: of a longer table the head alone is shown first
_YEARS = 'class="figures years"'  # of which each section is folded; see `analysis.writing.matrix`
_FOLDED = Markup('<details class="section" open><summary>{}</summary>{}</details>')
_SCROLL = Markup('<div class="scroll" tabindex="0" role="group" aria-label="{}">{}</div>')


@dataclass
class Book:
    """What the cells of one page share.

    `chart` renders the output of a chart, `download` gives name and address of a table's CSV;
    `folder` is where local pictures stand, `lacks` names what the page cannot hold.
    """

    language: str
    chart: Callable[[Any], str]
    download: Callable[[str], Mapping[str, str]]
    folder: Path
    lacks: list[str] = field(default_factory=list)

    def markdown(self, text: str, attachments: Mapping[str, Any] | None = None) -> Markup:
        """Markdown as HTML, with pasted and local pictures in it."""
        from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

        renderer = IPythonRenderer(escape=False, exclude_anchor_links=True, attachments=dict(attachments or {}))
        return self.whole(str(MarkdownWithMath(renderer=renderer).render(text)))

    def whole(self, html: str) -> Markup:
        """HTML with its local pictures in it; a picture that is not there is named."""
        return Markup(_IMAGE.sub(self._embedded, html))

    def _embedded(self, match: re.Match[str]) -> str:
        path = (self.folder / match[3]).resolve()
        kind = mimetypes.guess_type(path.name)[0] or ""
        if kind.startswith("image/") and path.is_relative_to(self.folder.resolve()):
            try:
                data = b64encode(path.read_bytes()).decode("ascii")
                return f"{match[1]}{match[2]}data:{kind};base64,{data}{match[2]}"
            except OSError:
                pass
        self.lacks.append(match[3])
        return match[0]


def body(notebook: Any, book: Book) -> str:
    """The cells in their order; those tagged `lab` are for the notebook alone."""
    seen = [c for c in notebook.cells if "lab" not in c.metadata.get("tags", [])]
    cells = [_cell(step, book) for step in _steps(seen)]
    return assets.fill("cells.html.j2", say=assets.texts("page", book.language), cells=cells)


@dataclass
class _Step:
    """Cells that a page shows as one: the code of all of them, then what they show."""

    kind: str
    sources: list[str]
    outputs: list[Any]
    attachments: Mapping[str, Any] | None


def _steps(cells: list[Any]) -> list[_Step]:
    """Cells of code that show nothing, or a sentence about what comes after, go with the cell after them."""
    steps: list[_Step] = []
    for cell in cells:
        outputs = [output for output in cell.get("outputs", []) if not _is_blank(output)]
        step = _Step(cell.cell_type, [cell.source], outputs, cell.get("attachments"))
        before = steps[-1] if steps else None
        if before and before.kind == step.kind == "code" and _leads_to(before, step):
            step.sources = [*before.sources, *step.sources]
            step.outputs = [*before.outputs, *step.outputs]
            steps.pop()
        steps.append(step)
    return steps


def _is_blank(output: Any) -> bool:
    """Whether an output is a text of no characters, as of a passage that has nothing to say."""
    kind = next((kind for kind in KINDS if kind in output.get("data", {})), "")
    return kind in ("text/markdown", "text/html") and not output["data"][kind].strip()


def _leads_to(before: _Step, step: _Step) -> bool:
    """Whether a step shows nothing, or words alone before a chart or table of the one after it."""
    if not before.outputs:
        return True
    words = all("text/markdown" in output.get("data", {}) for output in before.outputs)
    return words and any("text/markdown" not in o.get("data", {}) for o in step.outputs)


def _cell(step: _Step, book: Book) -> dict[str, Any]:
    if step.kind == "code":
        shown = [made for output in step.outputs if (made := _output(output, book))]
        return {"code": Markup("\n\n").join(map(highlighted, step.sources)), "text": "", "outputs": shown}
    if step.kind == "markdown":
        return {"code": "", "text": book.markdown(step.sources[0], step.attachments), "outputs": []}
    return {"code": "", "text": "", "outputs": [{"kind": "text", "text": step.sources[0]}]}


def _output(output: Any, book: Book) -> dict[str, Any]:
    """One output by its best kind; nothing for what only a terminal shows."""
    if output.output_type == "stream":
        return {"kind": "text", "text": _plain(output.text)} if output.name == "stdout" else {}
    if output.output_type == "error":
        return {"kind": "text", "text": _plain(f"{output.ename}: {output.evalue}")}
    kind = next((kind for kind in KINDS if kind in output.data), "")
    if not kind:
        book.lacks += sorted(output.data)
        unshown = assets.texts("page", book.language)["unshown"]
        return {"kind": "text", "text": unshown.format(kinds=", ".join(sorted(output.data)))}
    return _shown(kind, output, book)


def _shown(kind: str, output: Any, book: Book) -> dict[str, Any]:
    data = output.data[kind]
    about = output.metadata.get("analysis", {}) or output.metadata.get(kind, {}).get("analysis", {})
    if kind == "image/svg+xml":
        return {"kind": "html", "html": Markup(book.chart(output))}
    if kind == "text/markdown":
        return {"kind": "html", "html": book.markdown(data)}
    if kind == "text/html":
        html = book.whole(data)
        if "<table" in data:
            html = Markup(_TABLE.sub(lambda table: _scrolling(table[0], book.language), html))
            return {"kind": "table", "html": html, "csv": "", "packed": "", "excel": "", **book.download(data)}
        return {"kind": "html", "html": html}
    if kind.startswith("image/"):
        alt = about.get("alt") or output.data.get("text/plain", "")
        return {"kind": "picture", "type": kind, "data": data.replace("\n", ""), "alt": alt}
    if kind == "application/json":
        data = json.dumps(data, ensure_ascii=False, indent=1)
    return {"kind": "text", "text": data}


def _scrolling(table: str, language: str) -> str:
    """A table that scrolls where it is too wide; one of many rows that could be folded."""
    say = assets.texts("page", language)
    scrolls = _SCROLL.format(say["table"], Markup(table))
    rows = table.count("<tr") - 1
    return scrolls if rows <= _MANY or _YEARS in table else _FOLDED.format(say["rows"].format(n=rows), scrolls)


def _plain(text: str) -> str:
    from nbconvert.filters import strip_ansi

    return str(strip_ansi(text))

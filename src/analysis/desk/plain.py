"""What is shown, as plain text: for a terminal, a log, a reader of the screen."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_HIDDEN = ("style", "script", "button")
_BEGIN = {
    "details": "\n\n",
    "h3": "\n",
    "p": "\n",
    "figcaption": "\n  ",
    "div": "\n  ",
    "tr": "\n  ",
    "br": "\n    ",
    "mark": "«",
}
_END = {"mark": "»", "dt": ": ", "td": "  ", "th": "  ", "table": "\n", "summary": "\n"}


def text_of(html: str) -> str:
    """The text of HTML, a block a line; what is marked stands in « and »."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (line.rstrip() for line in "".join(reader.found).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in _HIDDEN
        self.found.append(_BEGIN.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in _HIDDEN
        self.found.append(_END.get(tag, ""))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(re.sub(r"\s+", " ", data))

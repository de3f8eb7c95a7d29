"""What is shown, as plain text: for a terminal, a log, a reader of the screen."""

from __future__ import annotations

import re

import lxml.html

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
    tree = lxml.html.fragment_fromstring(html, create_parent="section")
    for hidden in list(tree.iter(*_HIDDEN)):
        hidden.drop_tree()
    for element in tree.iter():
        element.text = _BEGIN.get(element.tag, "") + _even(element.text)
        element.tail = _END.get(element.tag, "") + _even(element.tail)
    lines = (line.rstrip() for line in tree.text_content().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _even(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")

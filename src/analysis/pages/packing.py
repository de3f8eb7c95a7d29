"""What would make a page heavy, packed until the page's script unfolds it."""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterable

from markupsafe import Markup

from analysis.pages import assets
from analysis.pages.ways import Way

_TOLD = re.compile(r"<dd>.*?</dd>", re.S)


def packed(content: bytes) -> str:
    """Bytes gzipped and in base64."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def once(html: str) -> str:
    """HTML with each `<dd>` that was there before only as the number of the one it repeats (`data-as`)."""
    told: dict[str, int] = {}

    def short(match: re.Match[str]) -> str:
        if match[0] in told:
            return f'<dd data-as="{told[match[0]]}"></dd>'
        told[match[0]] = len(told)
        return match[0]

    return _TOLD.sub(short, html)


def folded(html: str, language: str, elsewhere: Iterable[Way] = ()) -> Markup:
    """HTML packed: a sentence with links to `elsewhere` stands in its place where no script unfolds it."""
    say = assets.texts("page", language)
    return Markup(
        assets.fill("packed.html.j2", say=say, packed=packed(html.encode("utf-8")), elsewhere=list(elsewhere))
    )

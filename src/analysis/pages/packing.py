"""What would make a page heavy, packed until the page's script unfolds it."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable

from markupsafe import Markup

from analysis.pages import assets
from analysis.pages.ways import Way


def packed(content: bytes) -> str:
    """Bytes gzipped and in base64."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def folded(html: str, language: str, elsewhere: Iterable[Way] = ()) -> Markup:
    """HTML packed: a sentence with links to `elsewhere` stands in its place where no script unfolds it."""
    say = assets.texts("page", language)
    return Markup(
        assets.fill("packed.html.j2", say=say, packed=packed(html.encode("utf-8")), elsewhere=list(elsewhere))
    )

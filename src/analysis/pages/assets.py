"""What a page is made of besides its content: templates, style, scripts and the interface's words."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    import jinja2


_LAID_OUT = re.compile(r"/\*.*?\*/|^\s*//.*?$|\n\s*(?=\n)|^[ \t]+", re.S | re.M)


@cache
def read(name: str) -> str:
    """An asset as text; a style or a script without comments and indentation."""
    text = files("analysis.pages").joinpath("assets", name).read_text("utf-8")
    return _LAID_OUT.sub("", text).strip() + "\n" if name.endswith((".css", ".js")) else text


@cache
def texts(section: str, language: str) -> dict[str, str]:
    """The interface's words of a section in a language."""
    return {key: entry[language] for key, entry in _interface()[section].items()}


@cache
def _interface() -> dict[str, Any]:
    entries: dict[str, Any] = yaml.load(read("interface.yaml"), yaml.CSafeLoader)
    return entries


@cache
def environment() -> jinja2.Environment:
    """The templates; what they are given is escaped, and a name they are not given is an error.

    All are compiled at once: what is forked from a process with them need not do it again.
    """
    import jinja2

    found = jinja2.Environment(
        loader=jinja2.PackageLoader("analysis.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in found.list_templates():
        found.get_template(name)
    return found


def fill(template: str, **given: Any) -> str:
    """A template of `templates/` filled in; all but `markupsafe.Markup` is escaped."""
    return environment().get_template(template).render(given)


@cache
def policy(script: str) -> str:
    """A Content-Security-Policy under which nothing is requested and only `script` runs.

    A picture may also come from where the page lies: that is how one opened as a file finds out
    that it stands alone.
    """
    digest = base64.b64encode(hashlib.sha256(read(script).encode("utf-8")).digest()).decode("ascii")
    return (
        "default-src 'none'; img-src data: 'self'; font-src data:; style-src 'unsafe-inline'; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )

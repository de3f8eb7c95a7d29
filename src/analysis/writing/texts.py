"""The texts of a notebook, beside it: `notebooks/text/<notebook>.<language>.yaml`.

A file has the `title` of the notebook's pages, one entry for each passage that `analysis.say`
names, and under `charts` the title, subtitle and what to say without figures (`missing`) of each
chart. Sentences are templates:

- ``{employment.new_urban_jobs:outturn}``: a figure, with its evidence behind it
- ``{…:computed} {…:growth} {…:implied_target}``: a figure computed from others
- ``{key|label} {key|name}``: a figure's label, for the start and the middle of a sentence
- ``{key|scheme} {key|number}``: its insurance scheme, its amount without the unit
- ``{key|year} {key|period} {key|abs}``: its year, its period, its amount without the sign
- ``{key|region}``: the name of its region

A sentence is said only if all its figures are known and its conditions (`when`, with the sentence
under `say`) hold for certain, at both ends of their intervals. Of a list of sentences the first
that can be said is; `then` follows it. `otherwise` is said for want of any other. A passage is
`about` figures (``fund``, ``fund.total``, ``fund:target``) or `shows` some of the year's: without
any of them it is left out. What is known of some months only is said in it, unless `months` is
false. Conditions: a comparison; `has` a figure that can be read; `any` or `no` figure of a kind
for the year; `none` of a kind at all; a status that one of a kind has; `candidates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from analysis.system.errors import InputError
from analysis.system.kept import until_changed

#: Where the texts stand in a project folder.
FOLDER = "notebooks/text"


def name_of(notebook: str, language: str) -> str:
    """The file of a notebook's texts, from the project folder."""
    return f"{FOLDER}/{notebook}.{language}.yaml"


def of_notebook(root: Path, notebook: str, language: str) -> Mapping[str, Any]:
    """The texts of a notebook in a language.

    Raises
    ------
    InputError
        where there is no such file, or it is not as above.
    """
    path = root / name_of(notebook, language)
    if not path.is_file():
        raise InputError(f"{path}: not there; a notebook's texts stand in this file")
    return _read(path)


def of_passage(root: Path, passage: str, language: str) -> Mapping[str, Any]:
    """The passage `<notebook>/<name>`; raises InputError, with the nearest, where there is none."""
    notebook, _, name = passage.partition("/")
    known = passages(of_notebook(root, notebook, language))
    if name not in known:
        there = get_close_matches(name, known, 1) or sorted(known)
        raise InputError(f"passage {passage!r}: {name_of(notebook, language)} has {', '.join(there)}")
    return known[name]


def passages(texts: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The passages among the texts of a notebook."""
    return {name: entry for name, entry in texts.items() if name != "charts" and isinstance(entry, Mapping)}


def of_chart(root: Path, chart: str, language: str) -> Mapping[str, Any]:
    """The texts of a chart, from the notebook that has it; empty where none has."""
    file = file_of_chart(root, chart, language)
    return _charts(root / file)[chart] if file else {}


def file_of_chart(root: Path, chart: str, language: str) -> str:
    """The file that has the texts of a chart, from the project folder; empty where none has."""
    paths = sorted((root / FOLDER).glob(f"*.{language}.yaml"))
    return next((f"{FOLDER}/{path.name}" for path in paths if chart in _charts(path)), "")


def _charts(path: Path) -> Mapping[str, Any]:
    return _read(path).get("charts") or {}


@until_changed(files=256)
def _read(path: Path) -> Mapping[str, Any]:
    try:
        texts = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from None
    if not isinstance(texts, Mapping):
        raise InputError(f"{path}: begin with `title:`; see docs/own-notebook.md")
    return texts

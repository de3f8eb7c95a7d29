"""Whether what stands is what the sources give: `analysis verify`.

Tables are made of all regions. Figures and pages need not stand for all of them: those of regions
without any are not made, and pages that do not stand are not missed.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.batch import outputs
from analysis.batch.build import build
from analysis.intake import places
from analysis.system import authorship, project
from analysis.system.errors import InputError

_PAGES = "reports"
_DRAWN = ("figures", _PAGES)
_TABLES = "data/processed"
_INDEX = re.compile(rf"{_PAGES}/index(\.[a-z]+)?\.html")


def verify(root: Path, **options: Any) -> int:
    """Remake tables, figures and pages in a scratch folder and compare them byte for byte.

    Parameters
    ----------
    root
        the project folder; nothing in it is changed.
    **options
        see `analysis.batch.build.build`.

    Returns
    -------
    int
        exit code: 0 where all is the same, 1 where something differs or fails.

    Raises
    ------
    InputError
        where documents or notebooks cannot be copied.
    """
    from analysis.intake import ingest

    with tempfile.TemporaryDirectory(prefix="analysis-verify-") as folder:
        scratch = Path(folder).resolve()
        _copy_sources(root, scratch)
        ingest.rebuild(scratch)
        standing = _standing(root, project.regions(scratch))
        code = build(scratch, standing, languages=_languages(root), **options) if standing else 0
        compared = [_TABLES, *(name for name in _DRAWN if (root / name).is_dir())]
        stands, remade = (_contents(folder, compared) for folder in (root, scratch))
        absent = {path for path in remade.keys() - stands if path.startswith(f"{_PAGES}/")}
        differences = list(_differences(root, stands, remade, absent))
    for line in differences:
        print(line)
    if absent:
        print(f"{_PAGES}: {len(absent)} that do not stand are not compared, nor is the index")
    if not differences:
        print(f"{', '.join(compared)}: the same, byte for byte")
    return 1 if differences else code


def _standing(root: Path, regions: Iterable[str]) -> list[str]:
    """Regions of which figures or pages stand."""
    return [name for name in regions if any((root / made / name).is_dir() for made in _DRAWN)]


def _copy_sources(root: Path, scratch: Path) -> None:
    """Copy all that tables, figures and pages are made from."""
    for name in ("data/raw", "notebooks"):
        _copy(root / name, scratch / name)
    for path in filter(Path.is_file, (places.path_of(root), root / authorship.FILE)):
        shutil.copyfile(path, scratch / path.relative_to(root))


def _copy(source: Path, target: Path) -> None:
    def no_part(folder: str, names: Collection[str]) -> list[str]:
        here = (Path(folder, name) for name in names)
        return [p.name for p in here if project.is_foreign(p.name) or not (p.is_file() or p.is_dir())]

    try:
        shutil.copytree(source, target, ignore=no_part)
    except (OSError, shutil.Error) as error:
        why = error.args[0][0][2] if isinstance(error, shutil.Error) else error.strerror
        raise InputError(f"{source}: cannot be copied ({why})") from None


def _languages(root: Path) -> list[str]:
    """English, and the languages figures stand in (`name.zh.svg`)."""
    names = (file.name.split(".") for file in (root / "figures").rglob("*.*.svg"))
    return sorted({"en", *(parts[-2] for parts in names)})


def _differences(
    root: Path, stands: Mapping[str, Path], remade: Mapping[str, Path], absent: Collection[str]
) -> Iterator[str]:
    for path in sorted((stands.keys() | remade.keys()) - {*absent}):
        if absent and _INDEX.fullmatch(path):  # it lists what is absent
            continue
        if path not in remade:
            yield f"{path}: stands but is not made"
        elif path not in stands:
            yield f"{path}: is made but does not stand"
        elif not _is_plain(root, path):
            yield f"{path}: is no plain file"
        elif stands[path].read_bytes() != remade[path].read_bytes():
            yield f"{path}: differs"


def _is_plain(root: Path, path: str) -> bool:
    linked = outputs.is_path(path) and outputs.link_on(root, path)
    return (root / path).is_file() and not linked


def _contents(root: Path, names: Iterable[str]) -> dict[str, Path]:
    """All that stands in some folders and is no folder, but for what is foreign; links are followed."""
    found = {}
    for place, folders, files in (step for name in names for step in os.walk(root / name, followlinks=True)):
        folders[:] = [name for name in folders if not project.is_foreign(name)]
        for path in (Path(place, name) for name in files if not project.is_foreign(name)):
            found[path.relative_to(root).as_posix()] = path
    return found

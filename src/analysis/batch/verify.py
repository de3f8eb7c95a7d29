"""Whether what stands is what the sources give: `analysis verify`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.batch.build import build

_MADE = ("data/processed", "figures", "reports")


def verify(root: Path, rebuild: Callable[[Path], object] | None = None, **options: Any) -> int:
    """Remake tables, figures and pages in a scratch folder and compare them byte for byte.

    Parameters
    ----------
    root
        the project folder; nothing in it is changed.
    rebuild
        `rebuild(root)` reads the documents again; by default that of `analysis.ingest`.
    **options
        see `analysis.batch.build.Options`.

    Returns
    -------
    int
        exit code: 0 where all is the same, 1 where something differs or fails.
    """
    if rebuild is None:
        from analysis import ingest

        rebuild = ingest.rebuild
    with tempfile.TemporaryDirectory(prefix="analysis-verify-") as folder:
        scratch = Path(folder).resolve()
        for name in ("data/raw", "notebooks"):
            shutil.copytree(root / name, scratch / name)
        rebuild(scratch)
        code = build(scratch, languages=_languages(root), **options)
        # pages need not stand: they are not kept with the project
        made = [name for name in _MADE if name != "reports" or (root / name).is_dir()]
        differences = [line for name in made for line in _differences(root, scratch, name)]
    for line in differences:
        print(line)
    if not differences:
        print(f"{', '.join(made)}: the same, byte for byte")
    return 1 if differences else code


def _languages(root: Path) -> list[str]:
    """English, and the languages figures stand in (`name.zh.svg`)."""
    names = (file.name.split(".") for file in (root / "figures").rglob("*.*.svg"))
    return sorted({"en", *(parts[-2] for parts in names)})


def _differences(root: Path, scratch: Path, name: str) -> list[str]:
    stands, remade = _files(root / name), _files(scratch / name)
    lines = []
    for path in sorted(stands.keys() | remade.keys()):
        if path not in remade:
            lines.append(f"{name}/{path}: stands but is not made")
        elif path not in stands:
            lines.append(f"{name}/{path}: is made but does not stand")
        elif stands[path].read_bytes() != remade[path].read_bytes():
            lines.append(f"{name}/{path}: differs")
    return lines


def _files(folder: Path) -> dict[str, Path]:
    return {f.relative_to(folder).as_posix(): f for f in folder.rglob("*") if f.is_file()}

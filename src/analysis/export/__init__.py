"""Figures out of the project, as files that other programs open."""

from __future__ import annotations

import io
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.system.errors import InputError
from analysis.system.saving import write_all

if TYPE_CHECKING:  # pandas: `analysis diff` does without it
    from analysis.export.collection import Collection

__all__ = ["FORMATS", "export"]

FORMATS = ("csv", "xlsx", "dta", "parquet")


def export(
    root: Path,
    output: Path,
    format: str = "csv",
    *,
    regions: Sequence[str] = (),
    indicators: Sequence[str] = (),
    wide: bool = False,
    language: str = "en",
) -> dict[Path, int]:
    """Write figures, indicators, statuses and documents to a folder.

    Parameters
    ----------
    root, output
        the project folder; the folder for the files, made where it is missing.
    format
        ``csv`` (with a data package), ``xlsx`` (one workbook), ``dta`` (Stata 14 and later) or
        ``parquet``.
    regions, indicators
        only these, one or several; an indicator's id or a section such as ``insured``. All where none is given.
    wide
        a row per region and year instead of one per figure.
    language
        of names and labels: en or zh.

    Returns
    -------
    dict
        the files written, each with the number of its figures' rows (all tables' for a workbook).

    Raises
    ------
    InputError
        for an unknown region, indicator, language or format, and where a library is missing.
    """
    if format not in FORMATS:
        raise InputError(f"format {format!r}: there are {', '.join(FORMATS)}")
    if format == "parquet" and find_spec("pyarrow") is None:
        raise InputError("parquet needs pyarrow: run `pip install '.[export]'` in the project")
    from analysis.export.collection import collect

    root, output = Path(root), Path(output)
    regions, indicators = ([given] if isinstance(given, str) else given for given in (regions, indicators))
    collection = collect(root, regions, indicators, wide, language)
    contents = _contents(collection, format, root)
    write_all({output / name: content for name, content in contents.items()})
    tables = collection.tables
    return {output / name: len(tables.get(Path(name).stem, ())) for name in contents}


def _contents(collection: Collection, format: str, root: Path) -> dict[str, bytes]:
    if format == "xlsx":
        from analysis.export.excel import xlsx

        return {"figures.xlsx": xlsx(collection)}
    files = {f"{name}.{format}": _file(name, collection, format) for name in collection.tables}
    if format == "csv":
        from analysis.export.package import package

        files["datapackage.json"] = package(collection, root).encode("utf-8")
    return files


def _file(name: str, collection: Collection, format: str) -> bytes:
    if format == "dta":
        from analysis.export.stata import dta

        return dta(name, collection)
    table = collection.tables[name]
    if format == "parquet":
        out = io.BytesIO()
        table.to_parquet(out, engine="pyarrow", index=False)
        return out.getvalue()
    from analysis.tables.extract import guarded

    text = guarded(table).to_csv(index=False, lineterminator="\n", float_format="%.15g")
    return text.encode("utf-8")


def __dir__() -> list[str]:
    return __all__

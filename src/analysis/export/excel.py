"""An Excel workbook: a sheet for each table of an export."""

from __future__ import annotations

import io
import re
import zipfile

import pandas as pd

from analysis.export.collection import Collection
from analysis.tables.extract import guarded
from analysis.writing import words

_WIDEST = 60  # characters of a column
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file can say
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def xlsx(collection: Collection) -> bytes:
    """All tables as a workbook; texts that would run as a formula begin with `'`."""
    out = io.BytesIO()
    with pd.ExcelWriter(out, engine="openpyxl") as book:
        for name, table in collection.tables.items():
            title = words.word(f"export/tables/{name}", collection.language)
            guarded(table).to_excel(book, sheet_name=title, index=False, freeze_panes=(1, 0))
            sheet = book.sheets[title]
            sheet.auto_filter.ref = sheet.dimensions
            for column, (heading, values) in zip(sheet.columns, table.items(), strict=True):
                longest = max((len(str(value)) for value in values if pd.notna(value)), default=0)
                width = min(_WIDEST, max(len(str(heading)), longest) + 2)
                sheet.column_dimensions[column[0].column_letter].width = width
    return _undated(out.getvalue())


def _undated(workbook: bytes) -> bytes:
    """The same workbook without the time it was made: the same figures give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            content = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(item))
            undated = zipfile.ZipInfo(item.filename, _DATE)
            new.writestr(undated, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()

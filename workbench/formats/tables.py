"""Gold as CSV tables in one archive: articles, entities, stances, commitments.

Spreadsheets run what begins like a formula, so such texts begin with an apostrophe here.
"""

import csv
import io
import re
from collections.abc import Iterable
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from workbench.core.annotation import Document
from workbench.formats.flat import SHEETS, Cell, rows
from workbench.formats.losses import RECORD
from workbench.formats.packing import Packed

name: Final = "csv"
title: Final = "CSV tables (ZIP)"
suffixes: Final = (".zip",)
direction: Final = "write"
loses: Final = (RECORD - {"cluster", "split"}) | {"meta"}

_FORMULA: Final = re.compile(
    r"[\t\r\n]|[\s\x00-\x20\x7f-\xa0\xad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]*"
    r"[-=+@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]"
)
"""What a spreadsheet takes for the begin of a formula, also in other widths and behind signs that nobody sees."""


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write an archive with one table a kind, UTF-8 with a byte order mark, as Excel wants it."""
    with ExitStack() as stack:
        raw = {sheet: stack.enter_context(TemporaryFile()) for sheet in SHEETS}
        texts = {sheet: io.TextIOWrapper(each, "utf-8-sig", newline="") for sheet, each in raw.items()}
        tables = {sheet: csv.writer(each) for sheet, each in texts.items()}
        for sheet, columns in SHEETS.items():
            tables[sheet].writerow(columns)
        for document in documents:
            for sheet, cells in rows(document):
                tables[sheet].writerow([safe(cell) for cell in cells])
        with Packed(out) as packed:
            for sheet, each in texts.items():
                each.flush()
                raw[sheet].seek(0)
                packed.copy(f"{sheet}.csv", raw[sheet])


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell

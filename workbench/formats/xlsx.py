"""Gold as an Excel workbook: a sheet each for articles, entities, stances and commitments.

Every text is stored as a text, which Excel never runs as a formula.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import BinaryIO, Final
from xml.sax.saxutils import escape

from workbench.core.annotation import Document
from workbench.core.errors import Invalid
from workbench.formats import tables
from workbench.formats.flat import SHEETS, Cell, rows
from workbench.formats.packing import Packed

name: Final = "xlsx"
title: Final = "Excel workbook"
suffixes: Final = (".xlsx",)
direction: Final = "write"
loses: Final = tables.loses

_ROWS: Final = 1_048_576
_LONGEST: Final = 32_767
_CUT: Final = " […cut: a cell takes no more]"
_ASTRAL: Final = re.compile(r"[\U00010000-\U0010ffff]")
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FREEZE: Final = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)


def write(documents: Iterable[Document], out: BinaryIO, /) -> None:
    """Write the workbook; raises Invalid where a sheet would have more rows than Excel takes."""
    with ExitStack() as stack:
        sheets = {sheet: stack.enter_context(TemporaryFile()) for sheet in SHEETS}
        count = dict.fromkeys(SHEETS, 1)
        for sheet, columns in SHEETS.items():
            sheets[sheet].write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FREEZE}<sheetData>'.encode())
            sheets[sheet].write(_row(columns))
        for document in documents:
            for sheet, cells in rows(document):
                count[sheet] += 1
                if count[sheet] > _ROWS:
                    raise Invalid(f"There are more {sheet} than a sheet has rows; export CSV instead.")
                sheets[sheet].write(_row(cells))
        with Packed(out) as packed:
            for path, content in _frame().items():
                packed.add(path, _HEAD + content)
            for number, each in enumerate(sheets.values(), 1):
                each.write(b"</sheetData></worksheet>")
                each.seek(0)
                packed.copy(f"xl/worksheets/sheet{number}.xml", each)


def _row(cells: Sequence[Cell]) -> bytes:
    return f"<row>{''.join(map(_cell, cells))}</row>".encode()


def _cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<c/>"
    if isinstance(cell, bool):
        return f'<c t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, int | float):
        return f"<c><v>{cell!r}</v></c>"
    said = _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", _fitting(cell))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(said, {chr(13): "&#13;"})}</t></is></c>'


def _fitting(cell: str) -> str:
    """Return a text that a cell takes, which counts UTF-16 units; of a longer one the beginning, and that it is cut."""
    if len(cell) + len(_ASTRAL.findall(cell)) <= _LONGEST:
        return cell
    raw = cell.encode("utf-16-le")[: 2 * (_LONGEST - len(_CUT))]
    return raw.decode("utf-16-le", "ignore") + _CUT


def _frame() -> dict[str, str]:
    """Return the files of a workbook that do not depend on what it holds."""
    places = [f"worksheets/sheet{number}.xml" for number in range(1, len(SHEETS) + 1)]
    kinds = "".join(f'<Override PartName="/xl/{place}" ContentType="{_TYPE}.worksheet+xml"/>' for place in places)
    listed = "".join(
        f'<sheet name="{sheet}" sheetId="{number}" r:id="rId{number}"/>' for number, sheet in enumerate(SHEETS, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/worksheet" Target="{place}"/>'
        for number, place in enumerate(places, 1)
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>',
    }

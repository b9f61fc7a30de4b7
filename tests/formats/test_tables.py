import csv
import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.formats.documents import documents
from tests.formats.test_round_trip import golden_documents, written
from workbench.core.annotation import Document
from workbench.formats.flat import SHEETS
from workbench.formats.tables import safe


def _csv(raw: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        texts = {name.removesuffix(".csv"): packed.read(name).decode("utf-8-sig") for name in packed.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""), strict=True)) for name, text in texts.items()}


def _xlsx(raw: bytes) -> list[list[list[str]]]:
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        sheets = [ElementTree.fromstring(packed.read(f"xl/worksheets/sheet{n}.xml")) for n in range(1, 5)]
    return [[["".join(cell.itertext()) for cell in row] for row in sheet.iter(f"{space}row")] for sheet in sheets]


def test_each_object_has_a_row_with_its_article_and_sentence() -> None:
    found = _csv(written("csv", golden_documents()))
    assert {name: len(rows) for name, rows in found.items()} == {
        "articles": 3, "entities": 6, "stances": 2, "commitments": 2,
    }  # fmt: skip
    promise = found["commitments"][0]
    assert (promise["actor"], promise["quantity"], promise["own_slots"]) == (
        "United Kingdom",
        "500 troops",
        "desk=own slot",
    )
    assert promise["evidence"] in promise["sentence"]


@pytest.mark.parametrize(
    "said",
    [
        "=1+1",
        "+44",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "\u200b=1",
        "\ufeff+1",
        "\u2003@x",
        "\x0b=1",
        "\u2212 2",
        "\ufe66 1",
    ],
)
def test_nothing_in_a_table_is_run_as_a_formula(said: str) -> None:
    assert safe(said) == f"'{said}"
    [document] = golden_documents()[:1]
    raw = written("csv", [replace(document, title=said)])
    assert _csv(raw)["articles"][0]["title"] == f"'{said}"


@pytest.mark.parametrize("said", ["x" * 40_000, "😀" * 20_000, "x" + "😀" * 20_000])
def test_a_text_longer_than_a_cell_of_a_workbook_is_cut_visibly_and_fits_in_utf_16_units(said: str) -> None:
    [document] = golden_documents()[:1]
    [sheet, *_] = _xlsx(written("xlsx", [replace(document, title=said)]))
    shown = sheet[1][1]
    assert len(shown.encode("utf-16-le")) // 2 in {32_766, 32_767}
    assert shown.endswith("cut: a cell takes no more]")
    assert _csv(written("csv", [replace(document, title=said)]))["articles"][0]["title"] == said


def test_numbers_and_plain_texts_stay_as_they_are() -> None:
    assert [safe(each) for each in (-1, 0.5, None, True, "a=b")] == [-1, 0.5, None, True, "a=b"]


@given(documents())
@settings(deadline=None, max_examples=30, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
def test_tables_and_workbook_hold_every_object(document: Document) -> None:
    layer = document.layer
    counts = [1, len(layer.entities), len(layer.stances), len(layer.commitments)]
    assert [len(_csv(written("csv", [document]))[sheet]) for sheet in SHEETS] == counts
    sheets = _xlsx(written("xlsx", [document]))
    assert [len(rows) - 1 for rows in sheets] == counts
    assert [rows[0] for rows in sheets] == [list(columns) for columns in SHEETS.values()]

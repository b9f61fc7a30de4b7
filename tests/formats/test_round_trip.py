"""What every format that reads and writes must keep: all but what it declares lost."""

import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.formats.documents import documents
from workbench.core.annotation import Document, Entity, Region, layer_of
from workbench.formats import FORMATS, READERS, WRITERS, detect, records
from workbench.formats.losses import ASPECTS, lost, strip

ROOT = Path(__file__).parents[2]
BOTH = sorted(READERS.keys() & WRITERS.keys())
EXACT = [name for name in BOTH if "text" not in WRITERS[name].loses]
PACKED = {"docbin", "huggingface"}
"""Formats whose bytes depend on the library that packs them."""
GOLD = ROOT / "tests" / "golden" / "gold.jsonl"


def written(name: str, found: Iterable[Document]) -> bytes:
    out = io.BytesIO()
    WRITERS[name].write(found, out)
    return out.getvalue()


def read_back(name: str, raw: bytes) -> list[Document]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{WRITERS[name].suffixes[0]}"
        path.write_bytes(raw)
        found = [record.item for record in records([path], name)]
    assert all(isinstance(each, Document) for each in found), found
    return [each for each in found if isinstance(each, Document)]


def golden_documents() -> list[Document]:
    return read_back("gold", GOLD.read_bytes())


@pytest.mark.parametrize("name", EXACT)
@given(st.lists(documents(), max_size=2, unique_by=lambda document: document.id))
@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
def test_a_round_trip_loses_exactly_what_the_format_declares(name: str, found: list[Document]) -> None:
    loses = WRITERS[name].loses
    back = read_back(name, written(name, found)) if found else []
    assert [strip(each, loses) for each in back] == [strip(each, loses) for each in found]


@pytest.mark.parametrize("name", EXACT)
def test_an_article_of_a_megabyte_comes_back_whole(name: str) -> None:
    piece = "Poland 😀 will send tanks to Łódź, s’il vous plaît.\r\nשלום 🇵🇱 done.\n"
    text = piece * (10**6 // len(piece.encode()))
    found = [Entity(f"e{place}", place, place + 6, "GPE") for place in range(0, len(text), 40 * len(piece))]
    document = Document(text, layer_of("", found), id="long", regions=(Region(0, 6, "headline"),))
    loses = WRITERS[name].loses
    assert [strip(each, loses) for each in read_back(name, written(name, [document]))] == [strip(document, loses)]


@pytest.mark.parametrize("name", EXACT)
def test_nothing_is_declared_lost_that_is_kept(name: str) -> None:
    found = golden_documents()
    back = read_back(name, written(name, found))
    for aspect in WRITERS[name].loses:
        less = WRITERS[name].loses - {aspect}
        if any(lost(each, {aspect}) for each in found):
            assert [strip(each, less) for each in back] != [strip(each, less) for each in found], aspect


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_every_loss_is_one_that_can_be_counted(name: str) -> None:
    assert WRITERS[name].loses <= ASPECTS.keys()


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_golden_file_is_written_to_the_byte(name: str) -> None:
    path = ROOT / "tests" / "golden" / f"{name}{WRITERS[name].suffixes[0]}"
    if name in PACKED:
        expected = [strip(each, WRITERS[name].loses) for each in golden_documents()]
        assert [strip(each, WRITERS[name].loses) for each in read_back(name, path.read_bytes())] == expected
    else:
        assert written(name, golden_documents()) == path.read_bytes()


@pytest.mark.parametrize("name", BOTH)
def test_what_is_written_is_recognised(name: str) -> None:
    raw = written(name, golden_documents())
    if not raw.startswith(b"PK"):
        assert detect(raw[:65536], "unknown").name == name


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("cut", [1, 20, 300])
def test_a_truncated_or_hostile_file_ends_in_a_sentence(name: str, cut: int, tmp_path: Path) -> None:
    from workbench.core.errors import WorkbenchError

    raw = written(name, golden_documents())
    for number, bad in enumerate(
        (raw[:-cut], raw[: len(raw) // 2], b"\xff\xfe" + raw[cut:], b"{" * 9000, b"\0" * 300, b"")
    ):
        path = tmp_path / f"{number}{WRITERS[name].suffixes[0]}"
        path.write_bytes(bad)
        try:
            list(records([path], name))
        except WorkbenchError as problem:
            assert problem.sentence


def test_the_contract_names_every_format() -> None:
    listed = [line for line in (ROOT / "exports" / "README.md").read_text().splitlines() if line.startswith("| `")]
    named = " ".join(line.split("|")[1] for line in listed)
    for name, format in FORMATS.items():
        assert f"`{name}`" in named
        assert format.direction == ("both" if name in BOTH else "read" if name in READERS else "write")

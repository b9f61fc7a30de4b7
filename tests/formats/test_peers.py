"""Other tools' own readers over what we write: ``conllu`` here, Label Studio's converter in an environment of its own.

spaCy, ``datasets`` and ``dkpro-cassis`` read our files in the tests of their formats.
"""

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import conllu
import pytest

from tests.formats.test_round_trip import ROOT, golden_documents, written
from workbench.core import scheme
from workbench.core.annotation import Document
from workbench.core.text import utf16
from workbench.formats import label_studio
from workbench.formats.conllu import write

PEERS = os.environ.get("WORKBENCH_PEERS") or (sys.executable if find_spec("label_studio_sdk") else "")
CONVERT = """
import sys
from label_studio_sdk.converter.converter import Converter
converter = Converter("labelling.xml", ".", download_resources=False)
converter.convert_to_json_min("tasks.json", "min", is_dir=False)
converter.convert_to_conll2003("tasks.json", "conll", is_dir=False)
"""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Label Studio's converter makes of our tasks, by the configuration that we write with them."""
    if not PEERS:
        pytest.skip("Label Studio's converter is not here: run “make peers”, or set WORKBENCH_PEERS to its Python")
    folder = tmp_path_factory.mktemp("label_studio")
    shipped = scheme.parse((ROOT / "seeds" / "schemes" / "coalition.toml").read_bytes())
    (folder / "labelling.xml").write_text(label_studio.config(shipped))
    (folder / "tasks.json").write_bytes(written("label_studio", annotated()))
    ran = subprocess.run([PEERS, "-c", CONVERT], cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return folder


def annotated() -> list[Document]:
    return [each for each in golden_documents() if each.review.state != "suggested"]


def spans(document: Document) -> list[tuple[int, int, str, str]]:
    """Return the entities as Label Studio counts: in UTF-16 units."""
    text = document.text
    return [
        (utf16(text[: each.start]), utf16(text[: each.end]), text[each.start : each.end], each.label)
        for each in document.layer.entities
    ]


def test_label_studio_s_converter_finds_every_span_with_label_and_quote(converted: Path) -> None:
    rows: list[dict[str, Any]] = json.loads((converted / "min" / "result.json").read_text())
    found = [
        [(each["start"], each["end"], each["text"], *each["labels"]) for each in row.get("label", ())] for row in rows
    ]
    assert found == [spans(each) for each in annotated()]
    assert any(found)


def test_label_studio_s_converter_writes_conll_of_it(converted: Path) -> None:
    table = (converted / "conll" / "result.conll").read_text()
    assert {"B-GPE", "B-PERSON", "I-PERSON"} <= set(table.split())


def test_conllu_reads_every_token_and_bracket(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    with path.open("wb") as out:
        write(golden_documents(), out)
    sentences = conllu.parse(path.read_text())
    tokens = [token for sentence in sentences for token in sentence]
    opened = "".join(token["misc"].get("Entity", "") for token in tokens if token["misc"]).count("(")
    assert opened == sum(len(each.layer.entities) for each in golden_documents()) > 0
    assert [each.metadata["newdoc id"] for each in sentences if "newdoc id" in each.metadata] == [
        each.id for each in golden_documents()
    ]

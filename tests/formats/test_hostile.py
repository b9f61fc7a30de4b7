"""Broken and hostile files of every format end in a sentence, never in a crash."""

import io
import json
import random
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import NOW, person, project
from tests.formats.test_round_trip import BOTH, golden_documents, written
from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused, WorkbenchError
from workbench.formats import READERS, WRITERS, gold, records
from workbench.formats.files import files
from workbench.services import imports
from workbench.services.imports import Wishes
from workbench.store import articles
from workbench.store.engine import Database

GOLDEN = Path(__file__).parents[1] / "golden"
JUNK: tuple[Any, ...] = (
    None, True, -1, 1.5, 10**20, "", "x", [], {}, [None], [[1, 2]], {"a": []}, ["x"], [{}], "\u2028", "9" * 5000,
)  # fmt: skip
SIGNS = (b"", b"\t", b" ", b"9", b"(", b"\xff", b"|")
FILES = [
    b"", b"\0" * 99, b"\xff\xfe\x00", b"{" * 100_000, b"[" * 100_000, b'{"text":' * 5000, b"\x78\x9c" + b"\0" * 99,
    b"<" * 9999, b'{"text":"x","spans":{}}', b'[{"data":[]}]', b'{"text":"x","label":[[0,1]]}', b"\xef\xbb\xbf",
    b"#FORMAT=WebAnno TSV 3.3\n1-1\t0-x", b"a\tB-X\n" * 9, b"1\tx\t_\n", b"T1\tX 0 1\tx\nE1\tX:T9\n",
]  # fmt: skip


def _spoilt(value: Any, chance: random.Random) -> Any:
    """Return the JSON value with one thing somewhere in it replaced by junk."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.1:
        return chance.choice(JUNK)
    key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[key] = _spoilt(value[key], chance)
    return changed


def _texts(raw: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield spoilt versions of a text file: wrong values in JSON, bytes changed, lines dropped and doubled."""
    lines = raw.split(b"\n")
    for _ in range(25):
        place = chance.randrange(len(lines))
        try:
            row = json.loads(lines[place].strip(b","))
            line = json.dumps(_spoilt(row, chance), ensure_ascii=False).encode()
        except ValueError:
            spot = chance.randrange(len(lines[place]) + 1)
            line = lines[place][:spot] + chance.choice(SIGNS) + lines[place][spot + 1 :]
        yield b"\n".join([*lines[:place], line, *lines[place + 1 :]])
        yield b"\n".join([*lines[:place], *lines[place + chance.randrange(3) :]])


def _spoilt_files(name: str, raw: bytes, chance: random.Random) -> Iterator[bytes]:
    if not raw.startswith(b"PK"):
        yield from _texts(raw, chance)
        return
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        members = {each: packed.read(each) for each in packed.namelist()}
    for each, said in members.items():
        for content in _texts(said, chance):
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as packed:
                for other, kept in members.items():
                    packed.writestr(other, content if other == each else kept)
            yield out.getvalue()


@pytest.mark.parametrize("name", BOTH)
def test_a_spoilt_file_ends_in_a_sentence(name: str, tmp_path: Path) -> None:
    chance = random.Random(name)
    path = tmp_path / f"x{WRITERS[name].suffixes[0]}"
    for raw in _spoilt_files(name, written(name, golden_documents()[:2]), chance):
        path.write_bytes(raw)
        try:
            found = [each.item for each in records([path], name)]
        except WorkbenchError as problem:
            assert problem.sentence
            continue
        for each in found:
            assert isinstance(each, Document | Refused)
            if isinstance(each, Document):
                gold.loads(gold.dumps(each))


@pytest.mark.parametrize("name", sorted(READERS))
@pytest.mark.parametrize("raw", FILES, ids=range(len(FILES)))
def test_anything_given_to_any_reader_is_refused_or_read(name: str, raw: bytes) -> None:
    for each in READERS[name].read(io.BytesIO(raw), "x"):
        assert isinstance(each, Document | Refused)


def _mutated(raw: bytes, chance: random.Random) -> Iterator[bytes]:
    """Yield a file cut off in many places, with bits flipped, in other encodings, and with signs that break readers."""
    for cut in sorted(chance.sample(range(len(raw)), min(25, len(raw)))):
        yield raw[:cut]
    for _ in range(25):
        flipped = bytearray(raw)
        flipped[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        yield bytes(flipped)
    spot = chance.randrange(len(raw))
    for sign in (
        b"\0",
        b"\xed\xa0\x80",
        b"\xff",
        b"\\ud800",
        b"9" * 400,
        b"[" * 2000,
        b"<x>" * 500,
        b"\r\n",
        b"\t" * 50,
    ):
        yield raw[:spot] + sign + raw[spot:]
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        yield mark + raw
    yield raw.decode("utf-8", "replace").encode("utf-16")


@pytest.mark.parametrize("name", BOTH)
def test_a_mutated_golden_file_is_read_or_refused(name: str, tmp_path: Path) -> None:
    chance = random.Random(f"mutated {name}")
    path = tmp_path / f"x{WRITERS[name].suffixes[0]}"
    for raw in _mutated((GOLDEN / f"{name}{path.suffix}").read_bytes(), chance):
        path.write_bytes(raw)
        try:
            found = [each.item for each in records([path], name)]
        except WorkbenchError as problem:
            assert problem.sentence
            continue
        for each in found:
            assert isinstance(each, Document) or each.sentence


@pytest.mark.parametrize(("shown", "name"), [("A", b"\0"), ("é", b"\xff\xfe"), ("AAAA", b"../x")])
def test_an_archive_whose_members_have_no_proper_name_is_refused(shown: str, name: bytes, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(shown, "text")
    path = tmp_path / "x.zip"
    path.write_bytes(out.getvalue().replace(shown.encode(), name))
    try:
        found = [each.item for each in records([path])]
    except WorkbenchError as problem:
        assert "x.zip" in problem.sentence
    else:
        assert found
        assert all(isinstance(each, Refused) for each in found)


def test_an_archive_that_holds_a_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as packed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        packed.writestr("a.txt", "One thing.")
        packed.writestr("a.txt", "Another thing.")
    with pytest.raises(Invalid, match=r"“a\.txt” more than once"):
        list(records([path]))


@pytest.mark.parametrize("name", ["brat", "webanno", "cas", "xmi", "w3c", "huggingface"])
@pytest.mark.parametrize("inside", [False, True], ids=["the archive", "its last member"])
def test_an_archive_that_breaks_off_is_refused_and_nothing_of_it_is_kept(
    name: str, inside: bool, database: Database, tmp_path: Path
) -> None:
    made = project(database, person(database, "Lena"))
    raw = (GOLDEN / f"{name}.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(_last_cut(raw) if inside else raw[: len(raw) // 2])
    try:
        receipt = imports.take(database, made.id, files([tmp_path / "x.zip"]), Wishes(READERS[name]), by=None, now=NOW)
    except Invalid as problem:
        assert "x.zip" in problem.sentence
    else:
        assert any(line.what == "refused" and line.why for line in receipt.lines)
        taken = {line.file.rpartition(".")[0] for line in receipt.lines if line.what == "taken"}
        assert not taken & {line.file.rpartition(".")[0] for line in receipt.lines if line.what == "refused"}
    with database.reading() as session:
        assert inside or articles.count(session, made.id) == 0


def _last_cut(raw: bytes) -> bytes:
    """Return an archive whose last member that a reader asks for lacks its end."""
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        members = {each: packed.read(each) for each in packed.namelist()}
    last = [
        each for each in members if not each.endswith((".txt", ".conf", "TypeSystem.xml", ".md", "metadata.jsonl"))
    ][-1]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for each, content in members.items():
            packed.writestr(each, content[: len(content) // 2] + b"\xff" if each == last else content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["gold", "prodigy", "doccano", "label_studio", "conll", "conllu", "docbin"])
def test_a_file_that_breaks_off_is_refused_with_its_place_and_nothing_of_it_is_kept(
    name: str, database: Database, tmp_path: Path
) -> None:
    made = project(database, person(database, "Lena"))
    suffix = WRITERS[name].suffixes[0]
    raw = (GOLDEN / f"{name}{suffix}").read_bytes()
    cut = raw[: raw.rindex(b"Ukraine")] + b"\xff\n" if b"Ukraine" in raw else raw[: len(raw) // 2]
    (tmp_path / f"x{suffix}").write_bytes(cut)
    receipt = imports.take(database, made.id, files([tmp_path]), Wishes(READERS[name]), by=None, now=NOW)
    refused = [line for line in receipt.lines if line.what == "refused"]
    assert refused
    assert all(line.line or re.search(r"item \d|breaks off|DocBin", line.why or "") for line in refused)
    with database.reading() as session:
        assert articles.count(session, made.id) == 0

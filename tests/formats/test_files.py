import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.formats import records
from workbench.formats.files import Opened, files

GOLDEN = Path(__file__).parents[1] / "golden"


def _names(*paths: object) -> list[str]:
    return [each.name if isinstance(each, Opened) else each.sentence for each in files(str(path) for path in paths)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a/2.txt",
        "a/1.txt",
        ".hidden",
        ".git/x.txt",
        "a/.x.txt",
        "README.md",
        "a/brat.ann",
        "a/brat.txt",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"The text of {name}.")
    (tmp_path / "a" / "metadata.jsonl").write_text('{"file":"1.txt","title":"One","outlet":"O","desk":"World"}\n')
    (tmp_path / "metadata.csv").write_text("file,title,published\nb.txt,Bee,2026-03-10\n")
    return tmp_path


def _zip(path: Path, members: dict[str, bytes], **more: object) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, raw in members.items():
            packed.writestr(name, raw)
    return path


def test_a_folder_is_walked_in_order_without_hidden_files_papers_and_sidecars(folder: Path) -> None:
    assert _names(folder) == ["a/1.txt", "a/2.txt", "a/brat.ann", "b.txt"]


def test_the_home_of_a_bench_is_never_read_as_articles(folder: Path) -> None:
    before = _names(folder)
    (folder / "home").mkdir()
    (folder / "home" / "secret").write_text("0123456789abcdef")
    assert _names(folder) == before
    with pytest.raises(Invalid, match="home of a bench"):
        _names(folder / "home")


def test_sidecars_tell_about_their_neighbours_wherever_those_are_named(folder: Path) -> None:
    for paths in ([folder], [folder / "b.txt", folder / "a" / "1.txt"]):
        found = {Path(each.file).name: each.item for each in records(paths)}
        one, bee = found["1.txt"], found["b.txt"]
        assert isinstance(one, Document)
        assert isinstance(bee, Document)
        assert (one.title, one.source.outlet, one.meta) == ("One", "O", {"desk": "World"})
        assert (bee.title, bee.source.published) == ("Bee", "2026-03-10")


def test_companions_travel_with_the_file_that_needs_them(folder: Path) -> None:
    [opened] = [each for each in files([folder]) if isinstance(each, Opened) and each.name.endswith(".ann")]
    assert opened.beside == {".txt": b"The text of a/brat.txt."}


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert _names(folder / "b.txt", folder, folder / "*.txt") == ["b.txt", "a/1.txt", "a/2.txt", "a/brat.ann"]


def test_patterns_are_expanded_and_must_fit_something(folder: Path) -> None:
    assert _names(folder / "**" / "?.txt") == ["1.txt", "2.txt", "b.txt"]
    for path in (folder / "*.pdf", folder / "nowhere"):
        with pytest.raises(Invalid, match=path.name.replace("*", r"\*")):
            _names(path)


def test_a_sidecar_that_names_no_file_is_refused_with_its_line(folder: Path) -> None:
    (folder / "a" / "metadata.jsonl").write_text('{"title":"One"}\n')
    with pytest.raises(Invalid, match="line 1"):
        _names(folder)


def test_an_archive_in_a_folder_is_opened_and_a_broken_one_beside_it_is_refused(tmp_path: Path) -> None:
    _zip(tmp_path / "b.zip", {"metadata.jsonl": b'{"file":"1.txt","title":"One"}', "1.txt": b"Boats."})
    (tmp_path / "a.txt").write_text("Ships.")
    (tmp_path / "c.zip").write_bytes(b"PK\3\4 broken")
    (tmp_path / "d.txt").write_text("Rafts.")
    found = [(each.file, getattr(each.item, "text", "refused")) for each in records([tmp_path])]
    assert found == [("a.txt", "Ships."), ("b.zip/1.txt", "Boats."), ("", "refused"), ("d.txt", "Rafts.")]
    assert [each.item.title for each in records([tmp_path]) if each.file == "b.zip/1.txt"] == ["One"]


@pytest.mark.parametrize("row", [b"{broken", b'{"title":"One"}'])
def test_a_spoilt_sidecar_of_an_archive_is_named_with_its_archive(tmp_path: Path, row: bytes) -> None:
    path = _zip(tmp_path / "wire.zip", {"x/metadata.jsonl": row, "x/1.txt": b"Boats."})
    with pytest.raises(Invalid, match=r"wire\.zip/x/metadata\.jsonl, line 1"):
        _names(path)
    [refused] = files([tmp_path])
    assert "wire.zip/x/metadata.jsonl, line 1" in str(refused)


def test_files_of_many_tools_in_one_folder_are_each_read_as_what_they_are(tmp_path: Path) -> None:
    for name in ("doccano.jsonl", "prodigy.jsonl", "label_studio.json", "conll.conll", "brat.zip", "webanno.zip"):
        shutil.copy(GOLDEN / name, tmp_path)
    found = {(each.file.split("/")[0], each.format) for each in records([tmp_path])}
    assert found == {(f"{name}{suffix}", name) for name, suffix in (
        ("doccano", ".jsonl"), ("prodigy", ".jsonl"), ("label_studio", ".json"), ("conll", ".conll"), ("brat", ".zip"),
        ("webanno", ".zip"),
    )}  # fmt: skip


def test_an_archive_is_read_in_place_with_its_sidecars(tmp_path: Path) -> None:
    path = _zip(
        tmp_path / "a.zip",
        {"x/metadata.jsonl": b'{"file":"1.txt","title":"One"}', "x/1.txt": b"a\r\n", "x/.h": b"", "2.txt": b"b"},
    )
    found = [
        (each.file, each.item.text, each.item.title) for each in records([path]) if isinstance(each.item, Document)
    ]
    assert found == [("x/1.txt", "a\r\n", "One"), ("2.txt", "b", None)]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["../up.txt", "/root.txt", "a/../../up.txt", "c:/x.txt", "..\\up.txt"])
def test_members_that_point_outside_are_refused(tmp_path: Path, name: str) -> None:
    [refused] = files([_zip(tmp_path / "a.zip", {name: b"x"})])
    assert isinstance(refused, Refused)


def test_bombs_are_refused_before_they_unfold(tmp_path: Path) -> None:
    [refused] = files([_zip(tmp_path / "a.zip", {"a.txt": bytes(50_000_000)})])
    assert isinstance(refused, Refused)
    assert "100 times" in refused.sentence


def test_a_member_that_is_damaged_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    members = {"a.txt": b"The first text of all.", "b.jsonl": b'{"text":"x"}\n' * 500, "c.txt": b"Third."}
    path = _zip(tmp_path / "a.zip", members)
    raw = path.read_bytes()
    place = raw.index(b"b.jsonl") + 7
    path.write_bytes(raw[: place + 8] + b"\xff\xff" + raw[place + 10 :])
    items = [each.item for each in records([path])]
    assert isinstance(items[0], Document)
    assert isinstance(items[-1], Document)
    assert any(isinstance(each, Refused) for each in items)


@pytest.mark.parametrize("raw", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_what_is_no_archive_says_so(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(raw)
    with pytest.raises(Invalid, match=r"a\.zip is no readable ZIP"):
        _names(tmp_path / "a.zip")


def test_a_folder_with_something_unreadable_says_which(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.png").write_bytes(b"\x89PNG\0")
    first, second = records([tmp_path])
    assert isinstance(first.item, Document)
    assert isinstance(second.item, Refused)
    assert (second.file, "b.png" in second.item.sentence) == ("b.png", True)


def test_a_hundred_thousand_lines_are_streamed(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        sent = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            self.sent += 1
            raw = json.dumps({"text": "x" * 100}).encode() + b"\n"
            buffer[: len(raw)] = raw
            return len(raw)

    from workbench.formats import jsonl

    source = Endless()
    found = jsonl.read(io.BufferedReader(source), "a.jsonl")
    for _ in range(1000):
        assert isinstance(next(found), Document)
    assert source.sent < 1100

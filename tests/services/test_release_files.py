"""Releases as folders and archives: the same bytes every time, and every kind of tampering named."""

import io
import json
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.builders import Coast
from tests.releasing import finish, make
from workbench.core.errors import Invalid
from workbench.core.release import Wishes
from workbench.formats import gold
from workbench.services import release_files, releases
from workbench.services.release_checks import exported, stored
from workbench.services.release_files import Wanted
from workbench.store.releases import ReleaseRow
from workbench.store.schema.releases import Release, ReleaseFile, ReleaseRecord


@pytest.fixture
def made(coast: Coast) -> ReleaseRow:
    finish(coast, 3)
    return make(coast, wishes=Wishes(parts=(1, 1, 1), layers=True))


def folder(coast: Coast, made: ReleaseRow, target: Path, **wanted) -> Path:
    with coast.database.reading() as session:
        release_files.write_folder(session, made, target, Wanted(**wanted))
    return target


def packed(coast: Coast, made: ReleaseRow, **wanted) -> bytes:
    out = io.BytesIO()
    with coast.database.reading() as session:
        release_files.write_zip(session, coast.project, made, out, Wanted(**wanted))
    return out.getvalue()


def test_a_folder_holds_every_file_of_the_manifest(coast: Coast, made: ReleaseRow, tmp_path: Path) -> None:
    found = folder(coast, made, tmp_path / "out")
    assert sorted(path.name for path in found.iterdir()) == [
        "LICENCES", "actors.jsonl", "datasheet.md", "dev.jsonl", "gold.jsonl", "guidelines.md", "manifest.json",
        "methods.md", "scheme.json", "test.jsonl", "train.jsonl",
    ]  # fmt: skip
    assert sha256((found / "manifest.json").read_bytes()).hexdigest() == made.manifest_sha256
    parts = [line for name in ("train", "dev", "test") for line in (found / f"{name}.jsonl").read_bytes().splitlines()]
    assert sorted(parts) == sorted((found / "gold.jsonl").read_bytes().splitlines())


def test_records_of_a_release_read_back_without_a_byte_changed(coast: Coast, made: ReleaseRow, tmp_path: Path) -> None:
    for line in (folder(coast, made, tmp_path / "out", layers=True) / "gold.jsonl").read_bytes().splitlines():
        assert gold.dumps(gold.loads(line)) == line
        assert gold.loads(line).layers is not None


@pytest.mark.parametrize("wanted", [{}, {"layers": True}, {"text": False}, {"text": False, "layers": True}])
def test_every_form_is_what_was_released(coast: Coast, made: ReleaseRow, tmp_path: Path, wanted: dict) -> None:
    verdict = exported(folder(coast, made, tmp_path / "out", **wanted))
    assert (verdict.problems, verdict.records, verdict.manifest_sha256) == ((), 3, made.manifest_sha256)
    (tmp_path / "out.zip").write_bytes(packed(coast, made, **wanted))
    assert exported(tmp_path / "out.zip").form == verdict.form


def test_an_archive_has_the_same_bytes_every_time(coast: Coast, made: ReleaseRow) -> None:
    first = packed(coast, made)
    with coast.database.writing() as session:
        releases.withdraw(session, coast.project, made.name, "Later.", by=None, now=made.at)
    assert packed(coast, made) == first
    with zipfile.ZipFile(io.BytesIO(first)) as found:
        assert all(name.startswith("coast-1.0/") for name in found.namelist())


def test_another_format_lies_beside_and_is_no_part_of_it(coast: Coast, made: ReleaseRow, tmp_path: Path) -> None:
    found = folder(coast, made, tmp_path / "out", format="conll")
    assert (found / "converted" / "conll-train.conll").exists()
    assert exported(found).problems == ()


@pytest.mark.parametrize(("format", "told"), [("docbin", "config.cfg"), ("label_studio", "labelling.xml")])
def test_what_its_tool_must_be_told_lies_with_another_format(
    coast: Coast, made: ReleaseRow, tmp_path: Path, format: str, told: str
) -> None:
    found = folder(coast, made, tmp_path / "out", format=format)
    assert (found / "converted" / f"{format}-{told}").read_text().startswith(("[paths]", "<View>"))
    assert exported(found).problems == ()


def test_a_folder_is_never_overwritten(coast: Coast, made: ReleaseRow, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(Invalid, match="exists already"):
        folder(coast, made, tmp_path / "out")


def test_layers_that_were_not_kept_cannot_be_had(coast: Coast, tmp_path: Path) -> None:
    finish(coast)
    with pytest.raises(Invalid, match="own readings"):
        folder(coast, make(coast), tmp_path / "out", layers=True)
    assert list(tmp_path.glob(".out*")) == [], "nothing half-written stays"


def test_texts_that_were_left_out_cannot_be_had(coast: Coast, tmp_path: Path) -> None:
    finish(coast)
    bare = make(coast, wishes=Wishes(text=False))
    assert b'"text":' not in (folder(coast, bare, tmp_path / "out") / "gold.jsonl").read_bytes()
    with pytest.raises(Invalid, match="no texts"):
        folder(coast, bare, tmp_path / "other", format="conll")


@pytest.mark.parametrize("name", ["gold.jsonl", "manifest.json", "datasheet.md", "LICENCES", "scheme.json"])
def test_a_changed_file_is_named(coast: Coast, made: ReleaseRow, tmp_path: Path, name: str) -> None:
    found = folder(coast, made, tmp_path / "out")
    path = found / name
    path.write_bytes(path.read_bytes().replace(b"Coast", b"Toast").replace(b"France", b"Frence") + b" ")
    with coast.database.reading() as session:
        problems = exported(found, session, coast.project).problems
    assert len(problems) == 1
    assert ("manifest" in problems[0]) if name == "manifest.json" else problems[0].startswith(f"{name} was changed")


def test_what_is_missing_and_what_was_added_is_named(coast: Coast, made: ReleaseRow, tmp_path: Path) -> None:
    found = folder(coast, made, tmp_path / "out")
    (found / "train.jsonl").unlink()
    (found / "more.jsonl").write_text("{}")
    assert exported(found).problems == ("train.jsonl is missing.", "more.jsonl is no part of the release.")


def test_an_archive_with_two_files_of_one_name_is_told(coast: Coast, made: ReleaseRow, tmp_path: Path) -> None:
    path = tmp_path / "out.zip"
    path.write_bytes(packed(coast, made))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("coast-1.0/gold.jsonl", "{}\n")
    with pytest.raises(Invalid, match=r"holds “coast-1\.0/gold\.jsonl” more than once"):
        exported(path)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"\xff", b'{"format": "workbench/release", "version": 9}', b"[" * 90_000]
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_bytes(body)
    with pytest.raises(Invalid, match="no manifest"):
        exported(tmp_path / "out")


def test_what_is_no_release_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.zip").write_bytes(b"PK\x03\x04 broken")
    for name, said in (("empty", "holds no manifest"), ("x.zip", "no readable ZIP"), ("none", "neither")):
        with pytest.raises(Invalid, match=said):
            exported(tmp_path / name)


def test_a_changed_record_on_the_bench_is_named_and_does_not_leave(
    coast: Coast, made: ReleaseRow, tmp_path: Path
) -> None:
    with coast.database.writing() as session:
        session.execute(update(ReleaseRecord).where(ReleaseRecord.place == 1).values(line=b"{}"))
    with coast.database.reading() as session:
        problems = stored(session, coast.project, made).problems
    assert problems[0] == "The record 1-026bfbf2 was changed."
    assert any(problem.startswith("gold.jsonl (full) was changed") for problem in problems)
    with pytest.raises(Invalid, match="not what was released"):
        folder(coast, made, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_record_changed_together_with_its_hash_is_still_found(coast: Coast, made: ReleaseRow) -> None:
    line = b'{"id":"x"}'
    values = {"line": line, "layers": None, "sha256": sha256(line).hexdigest()}
    with coast.database.writing() as session:
        session.execute(update(ReleaseRecord).where(ReleaseRecord.place == 2).values(**values))
    with coast.database.reading() as session:
        problems = stored(session, coast.project, made).problems
    assert problems[0].startswith("gold.jsonl (full) was changed")
    assert any("cannot be read any more" in problem for problem in problems)


def test_a_changed_manifest_on_the_bench_is_found(coast: Coast, made: ReleaseRow) -> None:
    with coast.database.writing() as session:
        query = update(ReleaseFile).where(ReleaseFile.name == "manifest.json")
        manifest = releases.manifest(session, made)
        manifest["counts"]["articles"] = 4
        session.execute(query.values(body=json.dumps(manifest).encode()))
        session.execute(update(Release).values(articles=4))
    with coast.database.reading() as session:
        row = releases.find(session, coast.project, made.name)
        problems = stored(session, coast.project, row).problems
    assert problems == (
        "The manifest was changed; nothing in it can be relied on.",
        "There are 3 records in place of 4.",
    )


def test_a_disk_that_is_full_leaves_no_folder(coast: Coast, made: ReleaseRow, tmp_path: Path, monkeypatch) -> None:
    def full(*_args) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(release_files, "_checked", full)
    with pytest.raises(OSError, match="space"):
        folder(coast, made, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir() if path.name != "bench"] == []

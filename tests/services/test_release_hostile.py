"""Releases that come from anybody: archives and manifests made to harm end in a sentence, under the usual limits."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from workbench.core.errors import Invalid
from workbench.core.limits import Limits
from workbench.services.release_checks import exported

GOLD = b'{"format": "workbench/gold"}\n'
SUM = {"sha256": "0" * 64, "bytes": len(GOLD), "records": 1}


def manifest(**more: object) -> bytes:
    forms = {"text": {"gold.jsonl": SUM}}
    told = {"format": "workbench/release", "version": 1, "project": {"name": "coast"}, "release": "1.0"}
    return json.dumps({**told, "parameters": {}, "forms": forms, "files": {}, **more}).encode()


def packed(path: Path, members: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("r/manifest.json", members.get("manifest.json", manifest()), zipfile.ZIP_STORED)
        for name, content in members.items():
            if name != "manifest.json":
                archive.writestr(f"r/{name}", content)
    return path


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {f"{n}.txt": b"" for n in range(9)})
    with pytest.raises(Invalid, match=r"x\.zip holds too many files: .* 5 \(WORKBENCH_ZIP_ENTRIES\)"):
        exported(path, limits=Limits(entries=5))


def test_a_file_that_unpacks_to_very_much_is_not_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"gold.jsonl": bytes(9_000_000)}, zipfile.ZIP_DEFLATED)
    [said] = exported(path).problems
    assert "gold.jsonl is packed more than 100 times" in said
    assert "(WORKBENCH_ZIP_RATIO)" in said


def test_what_unpacks_to_too_much_in_all_is_refused_unless_the_archive_is_as_large(tmp_path: Path) -> None:
    body = os.urandom(500_000).hex().encode()
    tight = Limits(unpacked=600_000)
    with pytest.raises(Invalid, match=r"would unpack to more than 1 MB \(WORKBENCH_ZIP_UNPACKED\)"):
        exported(packed(tmp_path / "x.zip", {"gold.jsonl": body}, zipfile.ZIP_DEFLATED), limits=tight)
    assert exported(packed(tmp_path / "y.zip", {"gold.jsonl": body}), limits=tight).problems


def test_a_file_whose_packing_is_broken_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"gold.jsonl": os.urandom(300).hex().encode()}, zipfile.ZIP_DEFLATED)
    raw = bytearray(path.read_bytes())
    at = raw.index(b"r/gold.jsonl") + len(b"r/gold.jsonl") + 20
    raw[at : at + 40] = b"\xff" * 40
    path.write_bytes(raw)
    [said] = exported(path).problems
    assert said.startswith("gold.jsonl was changed, or cannot be read: x.zip/r/gold.jsonl cannot be unpacked")
    assert ".." not in said


def test_a_file_that_is_encrypted_is_named(tmp_path: Path) -> None:
    path = packed(tmp_path / "x.zip", {"gold.jsonl": GOLD})
    raw = bytearray(path.read_bytes())
    for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.rindex(sign) + flags] |= 1
    path.write_bytes(raw)
    assert "is encrypted; pack it without a password" in " ".join(exported(path).problems)


@pytest.mark.parametrize("name", ["../up", "..\\up", "a\x1b[2Jb", "half\ud800"])
def test_a_strange_name_is_told_as_it_can_be_shown(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "r"
    folder.mkdir()
    (folder / "manifest.json").write_bytes(manifest(release="1\x1b[2J"))
    if "/" not in name:
        (folder / name.encode("utf-8", "surrogateescape" if name.isascii() else "surrogatepass").decode(
            "utf-8", "surrogateescape")).write_bytes(b"x")  # fmt: skip
        verdict = exported(folder)
    else:
        verdict = exported(packed(tmp_path / "x.zip", {name: b"x", "manifest.json": manifest(release="1\x1b[2J")}))
    said = [each for each in verdict.problems if "is no part of the release" in each]
    assert len(said) == 1
    assert said[0].isprintable()
    assert verdict.release.isprintable()


@pytest.mark.parametrize(
    "changed",
    [
        {"forms": {"text": {"gold.jsonl": SUM | {"records": "many"}}}},
        {"forms": {"text": {"gold.jsonl": SUM | {"records": []}}}},
        {"forms": {"text": {"gold.jsonl": {"sha256": "0"}}}},
        {"forms": {}},
    ],
)
def test_a_manifest_that_tells_no_numbers_is_none(tmp_path: Path, changed: dict[str, object]) -> None:
    path = packed(tmp_path / "x.zip", {"manifest.json": manifest(**changed), "gold.jsonl": GOLD})
    with pytest.raises(Invalid, match="is no manifest of a release"):
        exported(path)


def test_what_is_neither_folder_nor_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Invalid, match="neither a folder nor a ZIP"):
        exported(tmp_path / "pipe")
    (tmp_path / "x.zip").write_bytes(io.BytesIO(b"PK\x05\x06" + b"\xff" * 18).getvalue())
    with pytest.raises(Invalid):
        exported(tmp_path / "x.zip")

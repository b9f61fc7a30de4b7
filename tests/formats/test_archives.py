"""Archives that list too much, or the same bytes twice, are refused before anything is made of them."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from workbench.core.errors import Invalid
from workbench.core.limits import Limits
from workbench.formats.archive import unpacked

FEW = Limits(entries=4)


def _packed(count: int, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for number in range(count):
            packed.writestr(f"{number}.txt", "text")
        packed.comment = comment
    return out.getvalue()


def _large(count: int, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Return an archive whose list has the record of an archive of very many files."""
    with monkeypatch.context() as patched:
        patched.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 1)
        raw = _packed(count)
    assert b"PK\6\6" in raw
    return raw


def _lying(raw: bytes) -> bytes:
    """Return the archive with an end that says that it holds one file."""
    at = raw.rindex(b"PK\5\6")
    return raw[: at + 8] + struct.pack("<2H", 1, 1) + raw[at + 12 :]


@pytest.mark.parametrize("how", ["plain", "comment", "in front", "large", "lying"])
def test_an_archive_of_too_many_files_is_refused_before_its_list_is_read(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(count: int) -> bytes:
        if how == "large":
            return _large(count, monkeypatch)
        raw = _packed(count, b"said of it" if how == "comment" else b"")
        return {"in front": b"#!/bin/sh\n" + raw, "lying": _lying(raw)}.get(how, raw)

    path = tmp_path / "x.zip"
    path.write_bytes(made(4))
    with unpacked(path, "x.zip", FEW) as archive:
        assert len(archive.names()) == 4
    path.write_bytes(made(5))
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(Invalid, match=r"x\.zip holds too many files: .* 4 \(WORKBENCH_ZIP_ENTRIES\)"):
        unpacked(path, "x.zip", FEW).__enter__()


def test_files_that_share_their_bytes_are_refused() -> None:
    inner = _packed(1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("outer.txt", inner[: inner.index(b"PK\1\2")])
        packed.writestr("after.txt", "text")
        within = zipfile.ZipInfo("0.txt")
        within.header_offset = 30 + len("outer.txt")
        within.file_size = within.compress_size = within.CRC = 4
        packed.filelist.append(within)
    with pytest.raises(Invalid, match=r"x\.zip holds “0\.txt” in the bytes of another file"):
        unpacked(io.BytesIO(out.getvalue()), "x.zip", FEW).__enter__()


def test_two_names_of_the_same_bytes_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "text")
        again = zipfile.ZipInfo("b.txt")
        again.file_size = again.compress_size = 4
        again.CRC = packed.getinfo("a.txt").CRC
        packed.filelist.append(again)
        again.header_offset = 0
    with pytest.raises(Invalid, match="in the bytes of another file"):
        unpacked(io.BytesIO(out.getvalue()), "x.zip", FEW).__enter__()


@pytest.mark.parametrize("raw", [b"", b"PK\5\6", b"PK\5\6" + b"\0" * 18, b"PK\6\7" * 9 + b"PK\5\6" + b"\xff" * 18])
def test_what_is_hardly_an_archive_is_one_without_files_or_none(raw: bytes) -> None:
    try:
        with unpacked(io.BytesIO(raw), "x.zip", FEW) as archive:
            assert archive.names() == []
    except Invalid as problem:
        assert problem.sentence.startswith("x.zip is no readable ZIP archive")

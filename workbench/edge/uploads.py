"""Uploaded files on their way to a worker: kept as they are, never read here."""

import secrets
import shutil
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from flask import Response, after_this_request, g, request
from werkzeug.utils import secure_filename

from workbench.core.errors import Invalid

MULTIPART: Final = "multipart/form-data"
JSONL: Final = "application/jsonl"
_BLOCK: Final = 65_536
_AT_HAND: Final = 1_000_000
LINES: Final = {JSONL, "application/x-ndjson", "application/x-jsonlines"}


def digest() -> bytes:
    """Return what stands for the files of this request: their kind, names and bytes, which can be read again."""
    found = sha256(request.mimetype.encode())
    if request.mimetype in LINES:
        g.lines = SpooledTemporaryFile(max_size=_AT_HAND)  # noqa: SIM115 - read again when it is kept
        _through(request.stream, found.update, g.lines.write)
        g.lines.seek(0)
    elif request.mimetype == MULTIPART:
        for file in request.files.getlist("files"):
            found.update(f"\0{file.filename}\0".encode(errors="replace"))
            _through(file.stream, found.update)
            file.stream.seek(0)
    return found.digest()


def _through(source: IO[bytes], *takers: Callable[[bytes], object]) -> None:
    while block := source.read(_BLOCK):
        for take in takers:
            take(block)


def kept(home: Path) -> Path:
    """Keep the files of this request in a folder of their own; raises Invalid where there are none."""
    return _in_a_folder(
        home, _files, "Choose at least one file, of any format that “workbench formats” lists, or a ZIP."
    )


def kept_lines(home: Path) -> Path:
    """Keep the records that are the body of this request; raises Invalid where there are none."""
    return _in_a_folder(home, _lines, "Send records, one JSON object a line.")


def _in_a_folder(home: Path, take: Callable[[Path], int], otherwise: str) -> Path:
    folder = home / "uploads" / secrets.token_hex(8)
    folder.mkdir(mode=0o700, parents=True)
    try:
        if not take(folder):
            raise Invalid(otherwise)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    after_this_request(partial(_forgotten, folder))
    return folder


def _forgotten(folder: Path, answer: Response) -> Response:
    """Remove files that nobody will come for, since what was to be done with them was not stored."""
    if answer.status_code >= HTTPStatus.BAD_REQUEST:
        shutil.rmtree(folder, ignore_errors=True)
    return answer


def _files(folder: Path) -> int:
    uploads = [file for file in request.files.getlist("files") if file.filename]
    for number, file in enumerate(uploads):
        name = secure_filename(file.filename or "") or f"file-{number}"
        file.save(folder / (name if not (folder / name).exists() else f"{number}-{name}"))
    return len(uploads)


def _lines(folder: Path) -> int:
    with (folder / "records.jsonl").open("wb") as file:
        shutil.copyfileobj(g.get("lines") or request.stream, file, _BLOCK)
        return file.tell()

"""Uploaded files on their way to a worker: kept as they are, never read here."""

import secrets
import shutil
from collections.abc import Callable, Collection
from functools import partial
from hashlib import file_digest, sha256
from http import HTTPStatus
from pathlib import Path
from typing import Final

from flask import Response, after_this_request, request
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.utils import secure_filename

from workbench.core.errors import Invalid

MULTIPART: Final = "multipart/form-data"
JSONL: Final = "application/jsonl"
REPLAYED: Final = "Idempotent-Replayed"
"""The header of an answer that is told once more, to a request that was carried out before."""
_BLOCK: Final = 65_536
LINES: Final = {JSONL, "application/x-ndjson", "application/x-jsonlines"}


def received(home: Path, kinds: Collection[str]) -> Path:
    """Keep what a program sends, files or records, where it is of one of the kinds; raises UnsupportedMediaType."""
    if request.mimetype in LINES and JSONL in kinds:
        return _in_a_folder(home, _lines, "Send records, one JSON object a line.")
    if request.mimetype != MULTIPART:
        others = f", or records as {JSONL}" if JSONL in kinds else ""
        raise UnsupportedMediaType(f"Send {MULTIPART} with “files”{others}.")
    return kept(home)


def digest(folder: Path) -> bytes:
    """Return what stands for the files of a folder: their names and bytes."""
    found = sha256()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            found.update(f"\0{path.name}\0{file_digest(file, 'sha256').hexdigest()}".encode())
    return found.digest()


def kept(home: Path) -> Path:
    """Keep the files of this request in a folder of their own; raises Invalid where there are none."""
    return _in_a_folder(
        home, _files, "Choose at least one file, of any format that “workbench formats” lists, or a ZIP."
    )


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
    """Remove files that nobody will come for: what was to be done with them was not stored, or was stored before."""
    if answer.status_code >= HTTPStatus.BAD_REQUEST or answer.headers.get(REPLAYED):
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
        shutil.copyfileobj(request.stream, file, _BLOCK)
        return file.tell()

"""Uploaded files on their way to a worker: kept as they are, never read here."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from flask import request
from werkzeug.utils import secure_filename

from workbench.core.errors import Invalid

MULTIPART: Final = "multipart/form-data"
JSONL: Final = "application/jsonl"
LINES: Final = {JSONL, "application/x-ndjson", "application/x-jsonlines"}


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
    return folder


def _files(folder: Path) -> int:
    uploads = [file for file in request.files.getlist("files") if file.filename]
    for number, file in enumerate(uploads):
        name = secure_filename(file.filename or "") or f"file-{number}"
        file.save(folder / (name if not (folder / name).exists() else f"{number}-{name}"))
    return len(uploads)


def _lines(folder: Path) -> int:
    with (folder / "records.jsonl").open("wb") as file:
        shutil.copyfileobj(request.stream, file, 65_536)
        return file.tell()

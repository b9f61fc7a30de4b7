"""Uploaded files on their way to a worker: kept as they are, never read here."""

import secrets
from pathlib import Path

from flask import request
from werkzeug.utils import secure_filename

from workbench.core.errors import Invalid
from workbench.web.session import settings


def kept() -> Path:
    """Keep the files of this request in a folder of their own; raises Invalid where there are none."""
    uploads = [file for file in request.files.getlist("files") if file.filename]
    if not uploads:
        raise Invalid("Choose at least one file, of any format that “workbench formats” lists, or a ZIP of them.")
    folder = settings().home / "uploads" / secrets.token_hex(8)
    folder.mkdir(mode=0o700, parents=True)
    for number, file in enumerate(uploads):
        name = secure_filename(file.filename or "") or f"file-{number}"
        file.save(folder / (name if not (folder / name).exists() else f"{number}-{name}"))
    return folder

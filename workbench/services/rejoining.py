"""Texts put back into records that left without them."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec

from workbench.core.annotation import Document
from workbench.core.errors import Invalid, Refused
from workbench.core.offsets import with_text
from workbench.core.strict import as_object, parse
from workbench.core.text import digest
from workbench.formats import records
from workbench.formats.reading import Options, lines


class Texts:
    """Texts by their SHA-256, kept in a file while they are needed."""

    def __init__(self, paths: Iterable[str], options: Options) -> None:
        self._paths, self._options = paths, options
        self._places: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> "Texts":
        self._file = TemporaryFile(prefix="workbench-texts-")
        for found in records(self._paths, options=self._options):
            if isinstance(found.item, Document):
                self._add(found.item.text)
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _add(self, text: str) -> None:
        body = text.encode()
        self._places.setdefault(digest(text), (self._file.tell(), len(body)))
        self._file.write(body)

    def get(self, sha256: str) -> str | None:
        """Return a text by its hash."""
        place = self._places.get(sha256)
        if place is None:
            return None
        self._file.seek(place[0])
        return self._file.read(place[1]).decode()


def rejoin(source: Path, texts: Texts, out: BinaryIO, missing: list[str]) -> int:
    """Write every record with its text; return how many, and name those without a text in ``missing``.

    Raises Refused with the line of what is no record without text.
    """
    written = 0
    with source.open("rb") as file:
        for number, line in lines(file):
            try:
                row = as_object(parse(line))
                text = texts.get(str(row.get("text_sha256")))
                if text is None:
                    missing.append(str(row.get("id")))
                    continue
                out.write(msgspec.json.encode(with_text(row, text)) + b"\n")
            except Invalid as problem:
                raise Refused(problem.sentence, number) from None
            written += 1
    return written

"""ZIP archives that come out the same, byte for byte, for the same content."""

import zipfile
from typing import BinaryIO, Final

_DAY: Final = (1980, 1, 1, 0, 0, 0)


class Packed:
    """An archive being written: members as they come, uncompressed, without times."""

    def __init__(self, out: BinaryIO) -> None:
        self._packed = zipfile.ZipFile(out, "w", zipfile.ZIP_STORED)

    def __enter__(self) -> "Packed":
        return self

    def __exit__(self, *_: object) -> None:
        self._packed.close()

    def add(self, name: str, content: bytes | str) -> None:
        """Add a member."""
        info = zipfile.ZipInfo(name, _DAY)
        info.external_attr = 0o644 << 16
        self._packed.writestr(info, content)

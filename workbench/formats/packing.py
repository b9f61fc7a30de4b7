"""ZIP archives that come out the same, byte for byte, for the same content."""

import io
import shutil
import zipfile
from typing import IO, BinaryIO, Final

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
        self._packed.writestr(_info(name), content)

    def copy(self, name: str, source: IO[bytes]) -> None:
        """Add a member of any length; its header says how long it is, as all versions of Python write it alike."""
        info = _info(name)
        info.file_size = source.seek(0, io.SEEK_END)
        source.seek(0)
        with self._packed.open(info, "w", force_zip64=info.file_size >= zipfile.ZIP64_LIMIT) as member:
            shutil.copyfileobj(source, member)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _DAY)
    info.external_attr, info.create_system = 0o644 << 16, 3
    return info

"""ZIP archives, read member by member under limits; nothing is ever unpacked to disk."""

import io
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from workbench.core.errors import Invalid, Refused
from workbench.core.limits import Limits
from workbench.formats.reading import HEAD

_SMALL: Final = 2**20

_BROKEN: Final = (
    zipfile.BadZipFile, zipfile.LargeZipFile, struct.error, NotImplementedError, RuntimeError, EOFError, OSError,
    ValueError, IndexError, OverflowError,
)  # fmt: skip
"""What the library makes of an archive that is damaged or made to harm."""


class _Counted(io.RawIOBase):
    """A member whose bytes are counted as they come, since headers can lie."""

    def __init__(self, member: Any, name: str, spend: Callable[[int], None]) -> None:
        self._member, self._name, self._spend = member, name, spend

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            found = self._member.read(len(buffer))
        except Exception as problem:  # zlib.error, BadZipFile and what else a broken archive makes of it
            raise Refused(f"{self._name} cannot be unpacked: {problem}.") from None
        self._spend(len(found))
        buffer[: len(found)] = found
        return len(found)


class Archive:
    """An open archive: its members in their order, each readable as often as wanted."""

    def __init__(self, packed: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self.name, self.limits = name, limits
        self._packed = packed
        self.left = limits.unpacked
        found = packed.infolist()
        if len(found) > limits.entries:
            raise Invalid(
                f"{name} holds {len(found):,} files; the most that one archive may hold is {limits.entries:,} "
                "(WORKBENCH_ZIP_ENTRIES)."
            )
        if not all(each.filename for each in found):
            raise Invalid(f"{name} holds a file without a name; pack it anew.")
        self._members = {each.filename: each for each in found if not each.is_dir()}
        if twice := [name for name, count in Counter(each.filename for each in found).items() if count > 1]:
            raise Invalid(f"{name} holds “{twice[0]}” more than once, and only one can be meant; pack it anew.")
        if sum(each.file_size for each in self._members.values()) > limits.unpacked:
            raise self._too_large("would unpack")

    def names(self) -> list[str]:
        """List the members in their order."""
        return list(self._members)

    def open(self, member: str) -> BinaryIO:
        """Open one member; raises Refused where it is not fit to be read."""
        info = self._members[member]
        if _strays(member):
            raise Refused(f"{self.name} holds a file named “{member}”, which points out of the archive.")
        if info.flag_bits & 1:
            raise Refused(f"{self.name}/{member} is encrypted; pack it without a password.")
        if info.file_size > max(_SMALL, self.limits.ratio * info.compress_size):
            raise Refused(
                f"{self.name}/{member} is packed more than {self.limits.ratio} times, as no article is "
                "(WORKBENCH_ZIP_RATIO)."
            )
        try:
            return io.BufferedReader(_Counted(self._packed.open(info), f"{self.name}/{member}", self._spend), HEAD)
        except _BROKEN as problem:
            raise Refused(f"{self.name}/{member} cannot be unpacked: {problem}.") from None

    def _spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise self._too_large("unpacks")

    def _too_large(self, what: str) -> Invalid:
        most = f"{self.limits.unpacked / 1e6:,.0f} MB"
        return Invalid(f"{self.name} {what} to more than {most} (WORKBENCH_ZIP_UNPACKED); split it.")


@contextmanager
def unpacked(source: Path | BinaryIO, name: str, limits: Limits) -> Iterator[Archive]:
    """Open an archive; raises Invalid where it is none."""
    try:
        packed = zipfile.ZipFile(source)
    except _BROKEN as problem:
        raise Invalid(f"{name} is no readable ZIP archive: {problem}.") from None
    with packed:
        yield Archive(packed, name, limits)


def _strays(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return ".." in parts or member.startswith(("/", "\\")) or ":" in parts[0] or "\0" in member

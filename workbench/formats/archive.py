"""ZIP archives, read member by member under limits; nothing is ever unpacked to disk."""

import io
import struct
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, Final

from workbench.core.errors import Invalid, Refused, clause
from workbench.core.limits import Limits
from workbench.formats.reading import HEAD

_SMALL: Final = 2**20
_ENTRY: Final = 46
_HEADER: Final = 30
_END: Final = 22
_LARGE_END: Final = 56 + 20
_LONGEST_END: Final = _LARGE_END + _END + 65_536

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
            raise Refused(f"{self._name} cannot be unpacked: {clause(problem)}.") from None
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
            raise _too_many(name, limits)
        if not all(each.filename for each in found):
            raise Invalid(f"{name} holds a file without a name; pack it anew.")
        self._members = {each.filename: each for each in found if not each.is_dir()}
        if twice := [name for name, count in Counter(each.filename for each in found).items() if count > 1]:
            raise Invalid(f"{name} holds “{twice[0]}” more than once, and only one can be meant; pack it anew.")
        if (one := _overlapped(found)) is not None:
            raise Invalid(f"{name} holds “{one}” in the bytes of another file, as no packer writes it; pack it anew.")
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
            raise Refused(f"{self.name}/{member} cannot be unpacked: {clause(problem)}.") from None

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
    with ExitStack() as open_ones:
        try:
            file = open_ones.enter_context(source.open("rb") if isinstance(source, Path) else source)
            if _more_entries(file, limits.entries):
                raise _too_many(name, limits)
            packed = open_ones.enter_context(zipfile.ZipFile(file))
        except _BROKEN as problem:
            raise Invalid(f"{name} is no readable ZIP archive: {clause(problem)}.") from None
        yield Archive(packed, name, limits)


def _more_entries(file: BinaryIO, most: int) -> bool:
    """Say whether an archive lists more files than these; the library would build an object for each before it told.

    The numbers at its end can lie, so that the list itself is walked, no further than has to be.
    """
    start, end = _listed(file)
    file.seek(start)
    for _ in range(most + 1):
        if start >= end or not (entry := file.read(_ENTRY)).startswith(b"PK\1\2") or len(entry) < _ENTRY:
            return False
        more = sum(struct.unpack_from("<3H", entry, 28))
        start = file.seek(more, io.SEEK_CUR)
    return True


def _listed(file: BinaryIO) -> tuple[int, int]:
    """Return where the list of an archive's files begins and ends: it lies before the record that ends the archive."""
    size = file.seek(0, io.SEEK_END)
    first = file.seek(max(0, size - _LONGEST_END))
    tail = file.read()
    plain = tail[-_END:].startswith(b"PK\5\6") and tail.endswith(b"\0\0")
    at = len(tail) - _END if plain else tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + _END:
        return 0, 0
    end, (length,) = first + at, struct.unpack_from("<I", tail, at + 12)
    large = tail[max(0, at - _LARGE_END) : at]
    if len(large) == _LARGE_END and large.startswith(b"PK\6\6") and large[56:].startswith(b"PK\6\7"):
        end, (length,) = end - _LARGE_END, struct.unpack_from("<Q", large, 40)
    return max(0, end - length), end


def _overlapped(found: list[zipfile.ZipInfo]) -> str | None:
    """Return a file that begins within the bytes of another: so few bytes unpack to very many."""
    held = sorted(found, key=lambda each: each.header_offset)
    for one, after in pairwise(held):
        if after.header_offset < one.header_offset + _HEADER + one.compress_size:
            return after.filename
    return None


def _too_many(name: str, limits: Limits) -> Invalid:
    return Invalid(
        f"{name} holds too many files: the most that one archive may hold is {limits.entries:,} "
        "(WORKBENCH_ZIP_ENTRIES); split it."
    )


def _strays(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return ".." in parts or member.startswith(("/", "\\")) or ":" in parts[0] or "\0" in member

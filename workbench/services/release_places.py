"""Where a release lies that left the bench: a folder, or a ZIP, read under the limits that all archives have."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from workbench.core.errors import Invalid
from workbench.core.limits import Limits
from workbench.formats.archive import Archive, unpacked

MANIFEST: Final = "manifest.json"


class Place(Protocol):
    """A folder or archive that holds a release."""

    def names(self) -> list[str]:
        """List its files."""

    def open(self, name: str) -> BinaryIO:
        """Open one; raises OSError or Invalid where it cannot be read."""


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")


class _Zip:
    def __init__(self, packed: Archive) -> None:
        self.packed, self.found = packed, packed.names()
        manifests = sorted((each for each in self.found if each.rsplit("/", 1)[-1] == MANIFEST), key=len)
        self.prefix = manifests[0].removesuffix(MANIFEST) if manifests else ""

    def names(self) -> list[str]:
        return sorted(each.removeprefix(self.prefix) for each in self.found)

    def open(self, name: str) -> BinaryIO:
        return self.packed.open(self.prefix + name)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Place]:
    """Open a folder or ZIP; what a ZIP holds may be as large as it is itself, since large releases are not packed."""
    if path.is_dir():
        yield _Folder(path)
    elif path.is_file():
        most = max(limits.unpacked, path.stat().st_size)
        with unpacked(path, path.name, replace(limits, unpacked=most)) as packed:
            yield _Zip(packed)
    else:
        raise Invalid(f"{path} is neither a folder nor a ZIP.")

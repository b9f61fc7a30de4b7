"""A release as a folder or a ZIP: the same bytes every time, each checked against the manifest as it leaves."""

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, Protocol

import msgspec
from sqlalchemy.orm import Session

from workbench.core import release as contents
from workbench.core import scheme as schemes
from workbench.core.annotation import Document
from workbench.core.errors import Invalid
from workbench.core.offsets import line_of
from workbench.core.record import Json
from workbench.core.votes import soft
from workbench.formats import SETUPS, gold, writer
from workbench.services import releases
from workbench.store import releases as stored
from workbench.store.projects import ProjectRow
from workbench.store.releases import ReleaseRow

CONVERTED: Final = "converted/"
"""Where files of other formats lie: made from the release, no part of it."""
_BLOCK: Final = 2**20
_DAY: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a release is to be taken out: with texts, with layers, and in which other format beside its own."""

    text: bool = True
    layers: bool = False
    format: str | None = None


class Sink(Protocol):
    """Takes files one after the other."""

    def __call__(self, name: str, chunks: Iterable[bytes], size: int, /) -> None:
        """Take a file."""


def write_folder(session: Session, release: ReleaseRow, target: Path, wanted: Wanted) -> None:
    """Write a release as a folder that appears when it is whole; raises Invalid where there is one already."""
    if target.exists():
        raise Invalid(f"{target} exists already; name a folder that does not.")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    try:
        fresh.chmod(0o755)
        send(session, release, _into_folder(fresh), wanted)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def write_zip(session: Session, project: ProjectRow, release: ReleaseRow, out: BinaryIO, wanted: Wanted) -> None:
    """Write a release as a ZIP archive whose bytes depend on nothing but the release and the wishes."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        folder = f"{project.slug}-{release.name}/"
        send(session, release, _into_zip(packed, folder), wanted)


def send(session: Session, release: ReleaseRow, sink: Sink, wanted: Wanted) -> None:
    """Hand every file of a release to a sink; raises Invalid where what is stored is not what was released."""
    kept = stored.files(session, release.id)
    manifest = releases.manifest(session, release)
    form = chosen(manifest, wanted)
    if missing := sorted(manifest["files"].keys() - kept.keys()):
        raise Invalid(f"{missing[0]} of {release.name} is missing on this bench; restore it from a backup.")
    for name in sorted(kept, key=lambda each: (each != "manifest.json", each)):
        expected = manifest["files"].get(name, {"sha256": release.manifest_sha256, "bytes": len(kept[name])})
        sink(name, _checked(name, [kept[name]], expected["sha256"]), len(kept[name]))
    for name, expected in manifest["forms"][form].items():
        sink(name, _checked(name, lines(session, release, manifest, form, name), expected["sha256"]), expected["bytes"])
    if wanted.format:
        _convert(session, release, sink, manifest, wanted.format)
        if told := SETUPS.get(wanted.format):
            content = told.content(schemes.parse(kept["scheme.json"])).encode()
            sink(f"{CONVERTED}{wanted.format}-{told.file}", [content], len(content))


def chosen(manifest: Json, wanted: Wanted) -> str:
    """Return the form that is wanted; raises Invalid where the release was not made to be taken out so."""
    form = contents.form(text=wanted.text and manifest["parameters"]["text"], layers=wanted.layers)
    if form not in manifest["forms"]:
        raise Invalid(
            "This release was made without the reviewers' own readings; make one with --layers to give them out."
        )
    return form


def lines(session: Session, release: ReleaseRow, manifest: Json, form: str, name: str) -> Iterator[bytes]:
    """Yield the lines of one of a release's record files, with their ends; raises Invalid for a broken record."""
    bare = "no-text" in form and manifest["parameters"]["text"]
    split = None if name in {contents.RECORDS, contents.VOTES} else name.removesuffix(".jsonl")
    for row in stored.records(session, release.id, split):
        try:
            line = line_of(row.line, row.layers if "layers" in form else None, bare=bare)
            if name == contents.VOTES:
                votes = soft(msgspec.json.decode(line))
                line = msgspec.json.encode(votes) if votes else b""
        except (LookupError, TypeError, AttributeError, ValueError):
            raise Invalid(f"The record {row.key} was changed so that it cannot be read any more.") from None
        if line:
            yield line + b"\n"


def _checked(name: str, chunks: Iterable[bytes], expected: str) -> Iterator[bytes]:
    hashed = sha256()
    for chunk in chunks:
        hashed.update(chunk)
        yield chunk
    if hashed.hexdigest() != expected:
        raise Invalid(f"{name} is not what was released; nothing was written. “workbench release verify” tells more.")


def _convert(session: Session, release: ReleaseRow, sink: Sink, manifest: Json, format: str) -> None:
    chosen_format = writer(format)
    if not manifest["parameters"]["text"]:
        raise Invalid("This release has no texts, and other formats cannot do without; take it out as it is.")
    full = contents.form(text=True, layers=False)
    for name in manifest["forms"][full]:
        with tempfile.TemporaryFile() as made:
            chosen_format.write(_documents(lines(session, release, manifest, full, name)), made)
            size = made.tell()
            made.seek(0)
            stem = name.removesuffix(".jsonl")
            sink(f"{CONVERTED}{format}-{stem}{chosen_format.suffixes[0]}", blocks(made), size)


def _documents(found: Iterable[bytes]) -> Iterator[Document]:
    return map(gold.loads, found)


def blocks(source: BinaryIO) -> Iterator[bytes]:
    """Yield a file in blocks."""
    return iter(lambda: source.read(_BLOCK), b"")


def _into_folder(folder: Path) -> Callable[[str, Iterable[bytes], int], None]:
    def add(name: str, chunks: Iterable[bytes], _size: int, /) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        with path.open("wb") as file:
            file.writelines(chunks)

    return add


def _into_zip(packed: zipfile.ZipFile, folder: str) -> Callable[[str, Iterable[bytes], int], None]:
    def add(name: str, chunks: Iterable[bytes], size: int, /) -> None:
        info = zipfile.ZipInfo(folder + name, _DAY)
        info.external_attr, info.create_system, info.file_size = 0o644 << 16, 3, size
        with packed.open(info, "w", force_zip64=size >= zipfile.ZIP64_LIMIT) as member:
            for chunk in chunks:
                member.write(chunk)

    return add

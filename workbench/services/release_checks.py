"""Is a release what it was? Every hash computed again, of what is stored or of a folder or ZIP."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Final, Protocol

import msgspec
from sqlalchemy.orm import Session

from workbench.core import release as contents
from workbench.core.errors import Invalid
from workbench.core.record import Json
from workbench.services import release_files, releases
from workbench.services.release_files import CONVERTED, blocks
from workbench.store import releases as kept
from workbench.store.projects import ProjectRow
from workbench.store.releases import ReleaseRow

MANIFEST: Final = "manifest.json"
_LARGEST_MANIFEST: Final = 64 * 2**20


class _Sum(msgspec.Struct):
    """What a manifest says of a file."""

    sha256: str
    bytes: int


class _Shape(msgspec.Struct):
    """What must be in a manifest for it to be checked."""

    format: str
    version: int
    project: dict[str, Any]
    release: str
    parameters: dict[str, Any]
    forms: Annotated[dict[str, dict[str, _Sum]], msgspec.Meta(min_length=1)]
    files: dict[str, _Sum]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking came to: whose manifest, its hash, and a sentence for each thing that is wrong.

    ``withdrawn`` says when and why the bench's release was withdrawn, if it was; it stays what was released.
    """

    project: str
    release: str
    form: str
    manifest_sha256: str
    records: int
    problems: tuple[str, ...]
    withdrawn: str = ""


def stored(session: Session, project: ProjectRow, release: ReleaseRow) -> Verdict:
    """Check a release as the bench keeps it, record by record and file by file."""
    files = kept.files(session, release.id)
    problems, count = [], 0
    for count, row in enumerate(kept.records(session, release.id), 1):  # noqa: B007
        if sha256(row.line + (row.layers or b"")).hexdigest() != row.sha256:
            problems.append(f"The record {row.key} was changed.")
    if sha256(files.get(MANIFEST, b"")).hexdigest() != release.manifest_sha256:
        problems.append("The manifest was changed; nothing in it can be relied on.")
    manifest = _manifest(files.get(MANIFEST, b""), "The stored manifest")
    if count != release.articles:
        problems.append(f"There are {count} records in place of {release.articles}.")
    for form, sums in manifest["forms"].items():
        for name, expected in sums.items():
            try:
                found = _sum(release_files.lines(session, release, manifest, form, name))
            except Invalid as problem:
                problems.append(f"{name} ({form}) cannot be made again. {problem.sentence}")
                continue
            problems += _compared(f"{name} ({form})", found, expected)
    for name, expected in manifest["files"].items():
        problems += _compared(name, _sum([files[name]]) if name in files else None, expected)
    first = next(iter(manifest["forms"]))
    return Verdict(
        project.slug, release.name, first, release.manifest_sha256, count, tuple(problems), withdrawn(release)
    )


def withdrawn(release: ReleaseRow) -> str:
    """Say when and why a release was withdrawn; nothing where it was not."""
    return f"withdrawn {release.withdrawn_at:%Y-%m-%d}: {release.withdrawn_why}" if release.withdrawn_at else ""


class _Place(Protocol):
    """A folder or archive that holds a release."""

    def names(self) -> list[str]:
        """List its files."""

    def open(self, name: str) -> BinaryIO:
        """Open one."""


class _Folder:
    def __init__(self, root: Path) -> None:
        self.root = root

    def names(self) -> list[str]:
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

    def open(self, name: str) -> BinaryIO:
        return (self.root / name).open("rb")


class _Zip:
    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed = packed
        found = [each.filename for each in packed.infolist() if not each.is_dir()]
        manifests = sorted((each for each in found if each.rsplit("/", 1)[-1] == MANIFEST), key=len)
        self.prefix = manifests[0].removesuffix(MANIFEST) if manifests else ""
        self.found = found

    def names(self) -> list[str]:
        return sorted(each.removeprefix(self.prefix) for each in self.found)

    def open(self, name: str) -> BinaryIO:
        return self.packed.open(self.prefix + name)  # type: ignore[return-value]


def exported(path: Path, session: Session | None = None, project: ProjectRow | None = None) -> Verdict:
    """Check a folder or ZIP against its own manifest, and that against the bench's where a project is named."""
    with _place(path) as place:
        listed = place.names()
        names = set(listed) - {MANIFEST}
        if MANIFEST not in listed:
            raise Invalid(f"{path} holds no {MANIFEST}: it is no release, or its manifest was taken away.")
        with place.open(MANIFEST) as file:
            body = file.read(_LARGEST_MANIFEST)
        manifest = _manifest(body, f"{path.name}/{MANIFEST}")
        sums = {name: _sum_of(place, name, manifest) for name in sorted(names)}
    form, expected = _form(manifest, sums)
    problems = [line for name in expected for line in _compared(name, sums.get(name), expected[name])]
    others = sorted(name for name in names - expected.keys() if not name.startswith(CONVERTED))
    problems += [f"{name} is no part of the release." for name in others]
    problems += [f"{name} is there {count} times." for name, count in Counter(listed).items() if count > 1]
    digest = sha256(body).hexdigest()
    gone = ""
    if session is not None and project is not None:
        release = releases.find(session, project, manifest["release"])
        gone = withdrawn(release)
        if release.manifest_sha256 != digest:
            said = f"Its manifest is not that of the release {release.name} of {project.slug}: SHA-256 {digest}."
            problems.append(said)
    count = int(expected.get(contents.RECORDS, {}).get("records", 0))
    slug = str(manifest["project"].get("name"))
    return Verdict(slug, manifest["release"], form, digest, count, tuple(problems), gone)


@contextmanager
def _place(path: Path) -> Iterator[_Place]:
    if path.is_dir():
        yield _Folder(path)
        return
    try:
        with zipfile.ZipFile(path) as packed:
            yield _Zip(packed)
    except (zipfile.BadZipFile, OSError, NotImplementedError, EOFError) as problem:
        raise Invalid(f"{path} is neither a folder nor a ZIP that can be read: {problem}.") from None


def _manifest(body: bytes, what: str) -> Json:
    try:
        shape = msgspec.json.decode(body, type=_Shape)
        known = shape.format == contents.FORMAT and shape.version == contents.VERSION
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        known = False
    if not known:
        raise Invalid(f"{what} is no manifest of a release, or of a version that this Workbench does not know.")
    manifest: Json = msgspec.json.decode(body)
    return manifest


def _sum_of(place: _Place, name: str, manifest: Json) -> tuple[str, int] | None:
    """Return hash and size of a file, reading no more than a byte beyond what it should have."""
    sums = [manifest["files"], *manifest["forms"].values()]
    most = max((held[name]["bytes"] for held in sums if name in held), default=0)
    try:
        with place.open(name) as file:
            return _sum(_limited(file, most + 1))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError):
        return "", -1


def _limited(file: BinaryIO, most: int) -> Iterator[bytes]:
    for block in blocks(file):
        yield block[:most]
        most -= len(block)
        if most <= 0:
            return


def _sum(chunks: Iterable[bytes]) -> tuple[str, int]:
    hashed, size = sha256(), 0
    for chunk in chunks:
        hashed.update(chunk)
        size += len(chunk)
    return hashed.hexdigest(), size


def _form(manifest: Json, sums: dict[str, tuple[str, int] | None]) -> tuple[str, Json]:
    """Return the form that most of the files fit, with what the manifest expects of it."""

    def fitting(form: str) -> int:
        return sum((sums.get(name) or ("",))[0] == held["sha256"] for name, held in manifest["forms"][form].items())

    best = max(manifest["forms"], key=fitting)
    return best, {**manifest["files"], **manifest["forms"][best]}


def _compared(name: str, found: tuple[str, int] | None, expected: Json) -> list[str]:
    if found is None:
        return [f"{name} is missing."]
    if found[0] == expected["sha256"]:
        return []
    return [f"{name} was changed: its SHA-256 is {found[0] or 'unreadable'}, not {expected['sha256']}."]

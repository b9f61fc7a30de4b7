"""Is a release what it was? Every hash computed again, of what is stored or of a folder or ZIP."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy.orm import Session

from workbench.core import manifest as manifests
from workbench.core import release as contents
from workbench.core.errors import Invalid, clause
from workbench.core.limits import Limits
from workbench.core.record import Json
from workbench.formats.files import USUAL
from workbench.services import release_files, release_places, releases
from workbench.services.release_files import CONVERTED, blocks
from workbench.services.release_places import MANIFEST, Place
from workbench.store import releases as kept
from workbench.store.projects import ProjectRow
from workbench.store.releases import ReleaseRow

_LARGEST_MANIFEST: Final = 16 * 2**20


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
    try:
        manifest = manifests.read(files.get(MANIFEST, b""), "The stored manifest")
    except Invalid as problem:
        return _verdict(project, release, "", count, [*problems, problem.sentence])
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
    return _verdict(project, release, next(iter(manifest["forms"])), count, problems)


def _verdict(project: ProjectRow, release: ReleaseRow, form: str, count: int, problems: list[str]) -> Verdict:
    said = (count, tuple(problems), withdrawn(release))
    return Verdict(project.slug, release.name, form, release.manifest_sha256, *said)


def withdrawn(release: ReleaseRow) -> str:
    """Say when and why a release was withdrawn; nothing where it was not."""
    return f"withdrawn {release.withdrawn_at:%Y-%m-%d}: {release.withdrawn_why}" if release.withdrawn_at else ""


_Found = tuple[str, int] | str
"""What was found of a file: its hash and size, or why it cannot be read."""


def exported(
    path: Path, session: Session | None = None, project: ProjectRow | None = None, limits: Limits = USUAL
) -> Verdict:  # fmt: skip
    """Check a folder or ZIP against its own manifest, and that against the bench's where a project is named."""
    with release_places.opened(path, limits) as place:
        names = set(place.names())
        if MANIFEST not in names:
            raise Invalid(f"{path} holds no {MANIFEST}: it is no release, or its manifest was taken away.")
        with place.open(MANIFEST) as file:
            body = file.read(_LARGEST_MANIFEST)
        manifest = manifests.read(body, f"{path.name}/{MANIFEST}")
        sums = {name: _sum_of(place, name, most) for name, most in _sizes(manifest).items() if name in names}
    form, expected = _form(manifest, sums)
    problems = [line for name in expected for line in _compared(name, sums.get(name), expected[name])]
    others = sorted(name for name in names - expected.keys() - {MANIFEST} if not name.startswith(CONVERTED))
    problems += [f"{_printable(name)} is no part of the release." for name in others]
    digest = sha256(body).hexdigest()
    gone = ""
    if session is not None and project is not None:
        release = releases.find(session, project, _printable(manifest["release"]))
        gone = withdrawn(release)
        if release.manifest_sha256 != digest:
            said = f"Its manifest is not that of the release {release.name} of {project.slug}: SHA-256 {digest}."
            problems.append(said)
    count = expected.get(contents.RECORDS, {}).get("records", 0)
    slug, name, form = map(_printable, (str(manifest["project"].get("name")), manifest["release"], form))
    return Verdict(slug, name, form, digest, count, tuple(problems), gone)


def _sizes(manifest: Json) -> dict[str, int]:
    """Return how many bytes each file has at most, whatever the form."""
    found: dict[str, int] = {}
    for held in (manifest["files"], *manifest["forms"].values()):
        for name, told in held.items():
            found[name] = max(found.get(name, 0), told["bytes"])
    return found


def _sum_of(place: Place, name: str, most: int) -> _Found:
    """Return hash and size of a file, reading no more than a byte beyond what it should have, or why it cannot be."""
    try:
        with place.open(name) as file:
            return _sum(_limited(file, most + 1))
    except (OSError, Invalid) as problem:
        return clause(problem)


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


def _form(manifest: Json, sums: dict[str, _Found]) -> tuple[str, Json]:
    """Return the form that most of the files fit, with what the manifest expects of it."""

    def fitting(form: str) -> int:
        return sum(_fits(sums.get(name), held) for name, held in manifest["forms"][form].items())

    best = max(manifest["forms"], key=fitting)
    return best, {**manifest["files"], **manifest["forms"][best]}


def _fits(found: _Found | None, expected: Json) -> bool:
    return isinstance(found, tuple) and found[0] == expected["sha256"]


def _compared(name: str, found: _Found | None, expected: Json) -> list[str]:
    said = _printable(name)
    if found is None:
        return [f"{said} is missing."]
    if isinstance(found, str):
        return [f"{said} was changed, or cannot be read: {found}."]
    if _fits(found, expected):
        return []
    return [f"{said} was changed: its SHA-256 is {found[0]}, not {_printable(expected['sha256'])}."]


def _printable(name: str) -> str:
    """Return a name of a file as it can be shown anywhere."""
    return name if name.isprintable() else ascii(name)[1:-1]

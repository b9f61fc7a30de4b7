"""What goes out: records of a project's articles, and its releases; nothing is dropped silently."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, BinaryIO, Final

import msgspec
from sqlalchemy.orm import Session

from workbench.core import manifest as manifests
from workbench.core import workflow
from workbench.core.annotation import Document, Review
from workbench.core.datasheet import SECTIONS
from workbench.core.errors import Invalid, NotFound, Stale
from workbench.core.record import layer_from
from workbench.core.text import sentences
from workbench.core.workflow import Person
from workbench.formats import Writer, gold
from workbench.services import notices
from workbench.store import people, readings, sheets, tallies, teams
from workbench.store import releases as kept
from workbench.store.projects import ProjectRow
from workbench.store.readings import Reading
from workbench.store.releases import ReleaseRow
from workbench.store.sheets import WordsRow

Release = ReleaseRow

LONGEST: Final = 200_000
"""How many characters the words for data sheets have at most."""
STATES: Final = {"gold": ("gold",), "reviewed": ("gold", "reviewed"), "suggested": ("suggested",)}
"""Which layers each state takes, best first."""

_REVIEW: Final = {field.name for field in fields(Review)} - {"state"}


def records(
    session: Session,
    project: ProjectRow,
    state: str,
    *,
    names: dict[str, str] | None = None,
    by: Person | None = None,
) -> Iterator[Document]:
    """Stream the records of a project in a state, by key; ``names`` replaces reviewers' pseudonyms.

    ``reviewed`` takes gold where there is gold. What is hidden from ``by`` is left out; None is the
    machine itself. Raises Invalid for a state that does not exist, or a stored span whose words are
    not those of the text.
    """
    for each in _readings(session, project, state, by):
        layer = layer_from(each.author, msgspec.json.decode(each.body), each.document.text)
        yield _record(each.document, each.kind, each.review, project.slug, names or {}).carrying(layer)


def lines(
    session: Session,
    project: ProjectRow,
    state: str,
    *,
    names: dict[str, str] | None = None,
    by: Person | None = None,
) -> Iterator[bytes]:
    """Stream the same as lines of gold records, each made of its reading as it is stored, once that was checked."""
    for each in _readings(session, project, state, by):
        yield gold.joined(_record(each.document, each.kind, each.review, project.slug, names or {}), each.body)


def write(
    session: Session,
    project: ProjectRow,
    state: str,
    fmt: Writer,
    out: BinaryIO,
    *,
    names: dict[str, str] | None = None,
    by: Person | None = None,
) -> int:
    """Write the records of a project in a state in a format; return how many."""
    if fmt.name == gold.name:
        written = 0
        for line in lines(session, project, state, names=names, by=by):
            out.write(line + b"\n")
            written += 1
        return written
    return write_all(records(session, project, state, names=names, by=by), fmt, out)


def write_all(found: Iterable[Document], fmt: Writer, out: BinaryIO) -> int:
    """Write documents in a format; return how many."""
    written = 0

    def counted() -> Iterator[Document]:
        nonlocal written
        for document in found:
            written += 1
            yield document

    fmt.write(counted(), out)
    return written


def _readings(session: Session, project: ProjectRow, state: str, by: Person | None) -> Iterator[Reading]:
    if state not in STATES:
        raise Invalid(f"There is no state “{state}”; there are {', '.join(STATES)}.")
    return readings.readings(session, project.id, STATES[state], blind=by.id if by else None)


def gold_record(row: kept.GoldRow, project: str, names: dict[str, str]) -> Document:
    """Return gold as a record."""
    layer = layer_from(row.author, row.body, row.document.text)
    return _record(row.document, "gold", row.review, project, names).carrying(layer)


def _record(document: Document, state: str, review: dict[str, Any], project: str, names: dict[str, str]) -> Document:
    """Return an article as a record shows it, but for the objects of its reading."""
    told = {key: value for key, value in review.items() if key in _REVIEW}
    reviewers = tuple(names.get(each, each) for each in told.pop("reviewers", ()))
    return replace(
        document,
        project=project,
        sentences=tuple(sentences(document.text)),
        review=Review(state=state, reviewers=reviewers, **told),
    )


def counted(session: Session, project: ProjectRow) -> dict[str, str]:
    """Say how many articles can be taken out in each state; what is hidden from who looks counts, and stays hidden."""
    found = tallies.tallies(session, project.id)
    counts = found.under("taken")
    return {state: f"{'about ' if found.behind else ''}{counts.get(state, 0):,}" for state in STATES}


def count(session: Session, project: ProjectRow) -> int:
    """Return how many articles have gold."""
    return tallies.tallies(session, project.id).counts.get("gold", 0)


def names(session: Session, project: ProjectRow) -> dict[str, str]:
    """Return the names behind reviewers' pseudonyms."""
    return {f"r{row.id}": row.name for row in teams.members(session, project.id)}


def listing(
    session: Session, project: ProjectRow, *, before: int | None = None, limit: int | None = None
) -> list[ReleaseRow]:
    """Return a project's releases, newest first, those before one."""
    return kept.listing(session, project.id, before=before, limit=limit)


def there(session: Session, project: ProjectRow, name: str) -> bool:
    """Say whether a release of that name is made."""
    return kept.named(session, project.id, name) is not None


def find(session: Session, project: ProjectRow, name: str) -> ReleaseRow:
    """Return a release by its name."""
    row = kept.named(session, project.id, name)
    if row is None:
        known = ", ".join(each.name for each in listing(session, project, limit=12))
        raise NotFound(f"There is no release “{name}” of {project.slug}; there is {known or 'none yet'}.")
    return row


def manifest(session: Session, release: ReleaseRow) -> dict[str, Any]:
    """Return what a release says of itself; raises Invalid where that is no longer what was released."""
    body = kept.file(session, release.id, "manifest.json")
    if body is None or sha256(body).hexdigest() != release.manifest_sha256:
        what = "missing" if body is None else "not what was released"
        raise Invalid(
            f"The manifest of {release.name} is {what}, so nothing of that release can be relied on. "
            "Restore the bench from a backup, or withdraw this release and make another."
        )
    return manifests.read(body, f"What is stored with {release.name}")


def text(session: Session, release: ReleaseRow, name: str) -> str:
    """Return a file of a release, such as its data sheet; raises NotFound with those that there are."""
    body = kept.file(session, release.id, name)
    if body is None:
        known = ", ".join(kept.file_names(session, release.id))
        raise NotFound(f"There is no file {name} in {release.name}; beside the records there are {known}.")
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Invalid(f"{name} of {release.name} is not what was released: it is no text any more.") from None


def withdraw(
    session: Session,
    project: ProjectRow,
    name: str,
    why: str,
    *,
    by: Person | None,
    now: datetime,
    webhooks: Iterable[str] = (),
) -> None:
    """Record that a release should no longer be used, and why; it stays where it is."""
    if by:
        workflow.check(project.role, "settle")
    if not why.strip():
        raise Invalid("Say why it should no longer be used; everybody who looks at the release reads it.")
    row = find(session, project, name)
    author = by.id if by else None
    if not kept.withdraw(session, row.id, why.strip()[:2000], by=author, now=now):
        raise Stale(f"The release {name} was withdrawn before; that is on record and stays.")
    people.note(session, "release.withdraw", by=author, now=now, project_id=project.id, name=name)
    notices.announce(session, project, find(session, project, name), "release.withdrawn", webhooks, now=now)


def words(session: Session, project: ProjectRow) -> WordsRow:
    """Return what the project's leads have written for its data sheets, by section."""
    return sheets.words(session, project.id)


def change_words(
    session: Session, project: ProjectRow, body: dict[str, str], *, seen: int, by: Person | None, now: datetime
) -> None:
    """Keep what leads have written for data sheets; releases that are made already keep theirs."""
    if by:
        workflow.check(project.role, "settle")
    if sum(map(len, body.values())) > LONGEST:
        raise Invalid(f"The words for data sheets may have {LONGEST:,} characters at most.")
    said = {key: body[key].strip() for key in SECTIONS if body.get(key, "").strip()}
    author = by.id if by else None
    if not sheets.keep_words(session, project.id, said, seen=seen, by=author, now=now):
        raise Stale("Somebody else changed these words meanwhile; reload, then change them.")
    people.note(session, "release.words", by=author, now=now, project_id=project.id)

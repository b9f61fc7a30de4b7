"""Making a release: one look at the gold, laid aside as bytes, then kept in one go.

The gold is read in one session that sees a single moment of the database and written to a file of its own, so
that reviewers go on saving meanwhile; then everything is kept in one transaction or not at all.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

import msgspec
from sqlalchemy.orm import Session

from workbench import __version__
from workbench.core import release as contents
from workbench.core import workflow
from workbench.core.annotation import Review
from workbench.core.datasheet import datasheet, methods
from workbench.core.errors import Invalid
from workbench.core.offsets import line_of
from workbench.core.record import Json, layer_from
from workbench.core.release import Sum, Tally, Wishes
from workbench.core.release_agreement import Measured
from workbench.core.text import TOKENISER, sentences
from workbench.core.votes import soft
from workbench.core.workflow import Person
from workbench.formats import gold
from workbench.services import actors, notices, projects
from workbench.services.release_parts import Parts
from workbench.store import dialects, people, releases, sheets, teams
from workbench.store.engine import Database
from workbench.store.projects import ProjectRow
from workbench.store.releases import GoldRow, RecordRow, ReleaseRow

CHUNK: Final = 200


def create(
    database: Database,
    project: ProjectRow,
    name: str,
    wishes: Wishes,
    *,
    by: Person | None,
    now: datetime,
    root: Path,
    webhooks: Iterable[str] = (),
    progress: Callable[[int], None] = lambda done: None,
) -> ReleaseRow:
    """Make a release of a project's gold; raises Invalid for a name that is taken, or where there is no gold."""
    if by:
        workflow.check(project.role, "settle")
    contents.check_name(name)
    with TemporaryFile(prefix="workbench-release-") as laid:
        with database.reading() as session:
            dialects.one_moment(session)
            _unused(session, project, name)
            fresh = projects.find(session, project.slug, by=None, act="export")
            draft = _Draft(session, fresh, name, wishes, laid)
            draft.read(progress)
            files = draft.files(now=now, root=root)
        with database.writing() as session:
            _unused(session, project, name)
            row = _keep(session, project, draft, files, by=by, now=now)
            notices.announce(session, project, row, "release.created", webhooks, now=now)
            return row


def _unused(session: Session, project: ProjectRow, name: str) -> None:
    if releases.named(session, project.id, name):
        raise Invalid(f"There is a release “{name}” already, and a release is never changed; choose another name.")


def _keep(
    session: Session, project: ProjectRow, draft: "_Draft", files: dict[str, bytes], *, by: Person | None, now: datetime
) -> ReleaseRow:
    values = {
        "name": draft.name,
        "at": now,
        "person_id": by.id if by else None,
        "seed": draft.wishes.seed,
        "articles": draft.tally.articles,
        "manifest_sha256": sha256(files["manifest.json"]).hexdigest(),
    }
    release_id = releases.add(session, project.id, values, files)
    rows, place = draft.laid_aside(), 1
    while chunk := list(islice(rows, CHUNK)):
        releases.add_records(session, release_id, place, chunk)
        place += len(chunk)
    about: dict[str, Any] = {"name": draft.name, "manifest": values["manifest_sha256"]}
    people.note(session, "release.create", by=by.id if by else None, now=now, project_id=project.id, **about)
    row = releases.named(session, project.id, draft.name)
    assert row is not None
    return row


class _Draft:
    """A release under way: what was read, counted and hashed so far."""

    def __init__(self, session: Session, project: ProjectRow, name: str, wishes: Wishes, laid: IO[bytes]) -> None:
        self.session, self.project, self.name, self.wishes, self.laid = session, project, name, wishes, laid
        self.tally, self.measured = Tally(), Measured(projects.scheme(session, project))
        self.licences: list[tuple[str, str]] = []
        self.sums: dict[str, dict[str, Sum]] = {form: {} for form, _, _ in wishes.forms()}
        self.parts = Parts(session, project, wishes)
        self.people = {f"r{row.id}": row.name for row in teams.members(session, project.id)} if wishes.names else {}

    def read(self, progress: Callable[[int], None]) -> None:
        """Read the gold, record after record."""
        rows = releases.gold(self.session, self.project.id)
        while chunk := list(islice(rows, CHUNK)):
            wanted = [row.article_id for row in chunk if self.wishes.layers or _several(row)]
            finished = releases.finished(self.session, wanted) if wanted else {}
            for row in chunk:
                self._take(row, finished.get(row.article_id, []))
            progress(self.tally.articles)
        if not self.tally.articles:
            raise Invalid("There is no gold to release yet; finish articles in the queue, or import gold records.")

    def _take(self, row: GoldRow, finished: list[tuple[str, Json]]) -> None:
        self._measure(row, finished)
        record = self._record(row, finished)
        licence = contents.licence_of(record["meta"], self.wishes.licence)
        self.licences.append((record["id"], licence))
        self.tally.add(record, licence)
        votes = soft(record)
        layers = msgspec.json.encode(record.pop("layers")) if self.wishes.layers else None
        full = msgspec.json.encode(record)
        for form, text, layered in self.wishes.forms():
            line = line_of(full, layers if layered else None, bare=not text)
            for file in contents.record_files(record["split"]):
                self.sums[form].setdefault(file, Sum()).add(line)
            if layered and votes:
                self.sums[form].setdefault(contents.VOTES, Sum()).add(msgspec.json.encode(votes))
        self._lay_aside(row, record, *_stored(full, layers, bare=not self.wishes.text))

    def _measure(self, row: GoldRow, finished: list[tuple[str, Json]]) -> None:
        if _several(row):
            own = {name: body for name, body in finished if name in row.review["reviewers"]}
            text = row.document.text
            self.measured.add(row.document.id, text, {each: layer_from(each, body, text) for each, body in own.items()})

    def _record(self, row: GoldRow, finished: list[tuple[str, Json]]) -> Json:
        document = row.document
        review = {key: value for key, value in row.review.items() if key in Review.__slots__ and key != "state"}
        review["reviewers"] = tuple(self.people.get(each, each) for each in review.get("reviewers", ()))
        review["adjudicator"] = self.people.get(review.get("adjudicator", ""), review.get("adjudicator"))
        layers = [layer_from(self.people.get(name, name), body, document.text) for name, body in finished]
        return gold.record(
            replace(
                document,
                project=self.project.slug,
                release=self.name,
                cluster=self.parts.cluster(row),
                split=self.parts.part(row),
                layer=layer_from(row.author, row.body, document.text),
                sentences=tuple(sentences(document.text)),
                review=Review(state="gold", **review),
                layers=tuple(layers) if self.wishes.layers else None,
            )
        )

    def _lay_aside(self, row: GoldRow, record: Json, line: bytes, layers: bytes | None) -> None:
        hashed = sha256(line + (layers or b"")).hexdigest()
        kept = RecordRow(record["id"], self.parts.cluster(row), record["split"], row.layer_id, hashed, line, layers)
        packed = msgspec.msgpack.encode([getattr(kept, name) for name in RecordRow.__slots__])
        self.laid.write(len(packed).to_bytes(8, "big") + packed)

    def laid_aside(self) -> Iterator[RecordRow]:
        """Yield the records again, from the file that they were laid aside in."""
        self.laid.seek(0)
        while size := self.laid.read(8):
            yield RecordRow(*msgspec.msgpack.decode(self.laid.read(int.from_bytes(size, "big"))))

    def files(self, *, now: datetime, root: Path) -> dict[str, bytes]:
        """Return the files beside the records; the manifest hashes all others."""
        project, words = self.project, sheets.words(self.session, self.project.id).body
        files = {
            "scheme.json": projects.scheme_source(self.session, project).encode(),
            "guidelines.md": projects.guideline(self.session, project).encode(),
            "actors.jsonl": actors.jsonl(self.session, project, root=root),
            "LICENCES": contents.licences(f"{project.slug}, release {self.name}", self.licences).encode(),
        }
        forms = {form: {name: found.json() for name, found in sums.items()} for form, sums in self.sums.items()}
        manifest = contents.manifest(self._about(now), self.tally, forms, {}, self.measured.json())
        files["datasheet.md"] = datasheet(manifest, words).encode()
        files["methods.md"] = methods(manifest, next(iter(forms.values()))[contents.RECORDS]["sha256"]).encode()
        manifest["files"] = {
            name: {"sha256": sha256(body).hexdigest(), "bytes": len(body)} for name, body in sorted(files.items())
        }
        files["manifest.json"] = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
        return files

    def _about(self, now: datetime) -> Json:
        return {
            "project": {"name": self.project.slug, "title": self.project.title},
            "release": self.name,
            "created_at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "versions": {
                "workbench": __version__,
                "gold": gold.VERSION,
                "tokeniser": TOKENISER,
                "suggesters": sorted(self.tally.suggesters),
            },
            "scheme": {"version": self.project.scheme_version},
            "guidelines": {"version": self.project.guideline_version},
            "parameters": self.wishes.json(),
            "splits": self.parts.json(),
        }


def _stored(full: bytes, layers: bytes | None, *, bare: bool) -> tuple[bytes, bytes | None]:
    """Return the line and the readings as they are kept: without words where the release has none."""
    if not bare:
        return full, layers
    whole = msgspec.json.decode(line_of(full, layers, bare=True))
    readings = whole.pop("layers", None)
    return msgspec.json.encode(whole), None if readings is None else msgspec.json.encode(readings)


def _several(row: GoldRow) -> bool:
    """Say whether an article's gold comes of several readings."""
    return len(row.review.get("reviewers", ())) > 1

"""Imports: files become articles, whole or not at all, with a receipt of what became of every record.

An import works in several short transactions, so that reviewers can save meanwhile; nobody sees
its articles before the last one. A file that fails takes back what it had brought.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from workbench.core.errors import Invalid, Refused
from workbench.formats import Reader
from workbench.formats.files import Opened
from workbench.formats.parser import Parsed, held
from workbench.formats.reading import PLAIN, Options
from workbench.services import arriving, overlap
from workbench.services.import_chunks import Chunks, Coming, Place
from workbench.services.laying import AS_IT_COMES, Laid, Laying, laid
from workbench.services.readings import Run
from workbench.services.receipts import Receipt, Told, stored_lines
from workbench.store import arriving as under_way
from workbench.store import articles, ordering
from workbench.store.clusters import Neighbours
from workbench.store.engine import Database

CHUNK: Final = 200
_CUT_OFF: Final = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to read: a format by name or by content, options for it, and what to do with bad records.

    ``skip_bad`` keeps the good records of a file that has bad ones; ``laying`` says as what annotations come in,
    ``as_suggestions`` in short that they are a suggester's of this name.
    """

    format: Reader | None = None
    options: Options = PLAIN
    skip_bad: bool = False
    as_suggestions: str | None = None
    laying: Laying = AS_IT_COMES


def take(
    database: Database,
    project_id: int,
    files: Iterable[Opened | Parsed | Refused],
    wishes: Wishes,
    *,
    by: int | None,
    now: datetime,
    progress: Callable[[int], None] = lambda done: None,
    instead_of: int | None = None,
    begun: Callable[[int], object] = lambda batch_id: None,
) -> Receipt:
    """Import files into a project; ``progress`` hears how many records were read.

    ``begun`` hears the import's number; who tries again after a crash hands it in as ``instead_of``: what came in whole
    before the crash is told, anything less is taken back.
    """
    if instead_of and (told := came(database, instead_of)):
        return _settled(database, project_id, instead_of, told, now)
    with database.writing() as session:
        for old in [*articles.abandoned(session, now - _CUT_OFF), *([instead_of] if instead_of else [])]:
            _abandon(session, old)
        left = under_way.unfinished(session, project_id)
        batch_id = articles.open_batch(session, project_id, by=by, now=now)
    for old in left:
        arriving.settle_all(database, project_id, old, now=now)
    begun(batch_id)
    try:
        with database.reading() as session:
            neighbours = Neighbours(articles.signatures(session, project_id))
        with closing(neighbours):
            run = _Import(database, Run(project_id, batch_id, _laying(wishes), now), neighbours, wishes, progress)
            for opened in files:
                run.file(opened)
            return run.close()
    except BaseException:
        with database.writing() as session:
            _abandon(session, batch_id)
        raise


def _laying(wishes: Wishes) -> Laying:
    named = wishes.as_suggestions
    return Laying("suggestions", named) if named and not wishes.laying.role else wishes.laying


def _abandon(session: Session, batch_id: int) -> None:
    under_way.abandon(session, batch_id)
    articles.abandon(session, batch_id)


def came(database: Database, batch_id: int | None) -> Told | None:
    """Return what an import came to that ended well; None for any other."""
    with database.reading() as session:
        report = under_way.closed(session, batch_id) if batch_id else None
    return None if report is None else Told.of(report)


def _settled(database: Database, project_id: int, batch_id: int, told: Told, now: datetime) -> Receipt:
    arriving.settle_all(database, project_id, batch_id, now=now)
    return Receipt(told, lambda: stored_lines(database, batch_id))


class _Import:
    """An import under way: records are held until a chunk of them is there, those of small files together."""

    def __init__(
        self, database: Database, run: Run, neighbours: Neighbours, wishes: Wishes, progress: Callable[[int], None]
    ) -> None:
        self.database, self.run, self.wishes, self.progress = database, run, wishes, progress
        self.chunks = Chunks(database, run, neighbours)
        self.held: list[Coming] = []
        self.read = 0

    def file(self, opened: Opened | Parsed | Refused) -> None:
        """Take one file, or nothing of it."""
        if isinstance(opened, Refused):
            self.held.append(Coming("", opened))
            return
        before, bad = len(self.held), 0
        begun: Place | None = None
        for record in self._records(opened):
            self.held.append(Coming(opened.name, record))
            bad += isinstance(record, Refused)
            if len(self.held) >= CHUNK and before:  # so that this file can be taken back by itself
                self._keep(before)
                before = 0
            elif len(self.held) >= CHUNK:
                begun = begun or self.chunks.place()
                self._keep(CHUNK)
        if bad and not self.wishes.skip_bad:
            why = f"not taken, because {bad} record{'s' if bad > 1 else ''} of the file cannot be used"
            self.held[before:] = [each.void(why) for each in self.held[before:]]
            if begun:
                self.chunks.take_back(begun, why)

    def _records(self, opened: Opened | Parsed) -> Iterator[Laid | Refused]:
        try:
            for each in held(opened, self.wishes.format, self.wishes.options).items:
                self.read += 1
                yield each if isinstance(each, Refused) else laid(each, self.run.laying)
        except Invalid as problem:
            self.read += 1
            yield problem if isinstance(problem, Refused) else Refused(problem.sentence)

    def _keep(self, count: int) -> None:
        self.chunks.keep(self.held[:count])
        del self.held[:count]
        self.progress(self.read)

    def close(self) -> Receipt:
        """Let everybody see what was taken."""
        self._keep(len(self.held))
        batch_id, project_id = self.run.batch_id, self.run.project_id
        with self.database.writing() as session:
            articles.close_batch(session, batch_id, self.chunks.told.row())
            ordering.weigh_import(session, project_id, batch_id)
            overlap.fill_new(session, project_id, now=self.run.now)
        return _settled(self.database, project_id, batch_id, self.chunks.told, self.run.now)

"""Imports: files become articles, whole or not at all, with a receipt of what became of every record.

An import works in several short transactions, so that reviewers can save meanwhile; nobody sees
its articles before the last one. A file that fails takes back what it had brought.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.core.clusters import Clusters
from workbench.core.errors import Invalid, Refused
from workbench.formats import Reader
from workbench.formats.apart import Parsed, held
from workbench.formats.files import Opened
from workbench.formats.reading import PLAIN, Options
from workbench.services import arriving, overlap, readings
from workbench.services.laying import AS_IT_COMES, Laid, Laying, laid
from workbench.services.naming import made_key, opening, own_key
from workbench.services.readings import Run
from workbench.services.receipts import Line, Receipt, row
from workbench.store import arriving as under_way
from workbench.store import articles, ordering
from workbench.store.articles import Fresh
from workbench.store.engine import Database

CHUNK: Final = 200
_CUT_OFF: Final = timedelta(hours=6)
_UNDER_WAY: Final = (
    "another import is bringing this text; import it again when that one has ended "
    "(one that was cut off is cleared away after six hours)"
)


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

    ``begun`` hears the import's number; who tries again after a crash hands it in as ``instead_of``.
    """
    with database.writing() as session:
        for old in [*articles.abandoned(session, now - _CUT_OFF), *([instead_of] if instead_of else [])]:
            _abandon(session, old)
        left = under_way.unfinished(session, project_id)
        batch_id = articles.open_batch(session, project_id, by=by, now=now)
    for old in left:
        arriving.settle_all(database, project_id, old, now=now)
    begun(batch_id)
    run = _Import(database, project_id, batch_id, wishes, now)
    try:
        for opened in files:
            run.file(opened, progress)
        run.close()
    except BaseException:
        with database.writing() as session:
            _abandon(session, batch_id)
        raise
    return run.receipt


def _abandon(session: Session, batch_id: int) -> None:
    under_way.abandon(session, batch_id)
    articles.abandon(session, batch_id)


class _Import:
    """An import under way."""

    def __init__(self, database: Database, project_id: int, batch_id: int, wishes: Wishes, now: datetime) -> None:
        self.database, self.project_id, self.batch_id = database, project_id, batch_id
        self.wishes, self.now, self.receipt = wishes, now, Receipt()
        named = wishes.as_suggestions
        self.laying = Laying("suggestions", named) if named and not wishes.laying.role else wishes.laying
        self.run = Run(project_id, batch_id, self.laying, now)
        with database.reading() as session:
            known = list(articles.signatures(session, project_id))
        self.cluster_of = {key: cluster for key, cluster, _ in known}
        self.clusters = Clusters(self._text, [(key, kept) for key, _, kept in known])
        self.fresh: dict[str, str] = {}
        self.read = 0

    def file(self, opened: Opened | Parsed | Refused, progress: Callable[[int], None]) -> None:
        """Take one file, or nothing of it."""
        if isinstance(opened, Refused):
            self.receipt.lines.append(Line("", "refused", why=opened.sentence, line=opened.line))
            return
        lines: list[Line] = []
        ids: list[int] = []
        coming: list[int] = []
        for records in _chunks(self._records(opened)):
            self.read += len(records)
            progress(self.read)
            ids += self._keep(opened.name, records, lines, coming)
        bad = sum(line.what == "refused" for line in lines)
        if bad and not self.wishes.skip_bad:
            with self.database.writing() as session:
                under_way.drop(session, coming)
                articles.drop(session, ids)
            self._forget(lines)
            why = f"not taken, because {bad} record{'s' if bad > 1 else ''} of the file cannot be used"
            brought = {"taken", "layer"}
            lines = [replace(line, what="skipped", why=why) if line.what in brought else line for line in lines]
        self.receipt.lines += lines

    def _records(self, opened: Opened | Parsed) -> Iterator[Laid | Refused]:
        try:
            for each in held(opened, self.wishes.format, self.wishes.options).items:
                yield each if isinstance(each, Refused) else laid(each, self.laying)
        except Invalid as problem:
            yield problem if isinstance(problem, Refused) else Refused(problem.sentence)

    def _keep(self, name: str, records: list[Laid | Refused], lines: list[Line], layers: list[int]) -> list[int]:
        good = [each.ready for each in records if isinstance(each, Laid)]
        with self.database.writing() as session:
            known = articles.known(session, self.project_id, [each.sha256 for each in good])
            keys = [key for each in good if (key := own_key(each.document))]
            taken = articles.taken(session, self.project_id, keys)
            fresh: list[Fresh] = []
            told = [self._line(name, each, known, taken, fresh) for each in records]
            ids = articles.add(session, self.project_id, self.batch_id, fresh)
            came = dict(zip((each.key for each in fresh), ids, strict=True))
            layers += readings.keep(session, self.run, name, records, told, came)
        lines += told
        self.fresh.clear()
        return ids

    def _line(
        self,
        name: str,
        record: Laid | Refused,
        known: dict[str, tuple[str, int | None]],
        taken: set[str],
        fresh: list[Fresh],
    ) -> Line:
        if isinstance(record, Refused):
            return Line(name, "refused", why=record.sentence, line=record.line)
        document, sha256 = record.document, record.ready.sha256
        if sha256 in known:
            return self._twin(name, record, *known[sha256])
        key = own_key(document) or made_key(document, name, sha256)
        key = key if key not in taken else f"{key[:100]}-{sha256[:12]}"
        self.fresh[key] = document.text
        mark, found = self.clusters.add(key, document.text, record.ready.signature)
        near = [each.key for each in found if each.key in self.cluster_of]
        cluster = self.cluster_of[near[0]] if near else document.cluster or key
        self.cluster_of[key] = cluster
        known[sha256] = (key, self.batch_id)
        taken.add(key)
        fresh.append(Fresh(_titled(document, name), key, sha256, record.ready.words, cluster, mark))
        return Line(name, "taken", key, f"nearly the same as {near[0]}" if near else None)

    def _twin(self, name: str, record: Laid, key: str, batch_id: int | None) -> Line:
        if batch_id not in {None, self.batch_id}:
            return Line(name, "refused", why=_UNDER_WAY)
        told = record.ready.reading.objects or record.ready.reading.state != "suggested"
        if batch_id is not None and self.laying.role is None and told:
            return Line(name, "reading", key, f"another reading of {key}")
        unused = sum(record.spans.values())
        why = "the same text is here already" + (", and its annotations were not asked for" if unused else "")
        return Line(name, "skipped", key, why, spans={"left out": unused} if unused else None)

    def _text(self, key: str) -> str:
        if key in self.fresh:
            return self.fresh[key]
        with self.database.reading() as session:
            return articles.text(session, self.project_id, key)

    def _forget(self, lines: list[Line]) -> None:
        for line in lines:
            if line.what == "taken" and line.key:
                del self.cluster_of[line.key]

    def close(self) -> None:
        """Let everybody see what was taken."""
        with self.database.writing() as session:
            articles.close_batch(session, self.batch_id, [row(line) for line in self.receipt.lines])
            ordering.weigh_import(session, self.project_id, self.batch_id)
            overlap.fill_new(session, self.project_id, now=self.now)
        arriving.settle_all(self.database, self.project_id, self.batch_id, now=self.now)


def _chunks(records: Iterator[Laid | Refused]) -> Iterator[list[Laid | Refused]]:
    while chunk := list(islice(records, CHUNK)):
        yield chunk


def _titled(document: Document, name: str) -> Document:
    source = document.source if document.source.file else replace(document.source, file=name)
    title = document.title if document.title or document.id else opening(document.text, document.regions)
    return replace(document, source=source, title=title)

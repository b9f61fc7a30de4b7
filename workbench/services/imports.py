"""Imports: files become articles, whole or not at all, with a receipt of what became of every record.

An import works in several short transactions, so that reviewers can save meanwhile; nobody sees
its articles before the last one. A file that fails takes back what it had brought.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final

from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.core.clusters import Clusters
from workbench.core.errors import Invalid, Refused
from workbench.core.regions import regions
from workbench.core.text import digest
from workbench.formats import Reader
from workbench.formats.apart import Parsed, held
from workbench.formats.files import Opened
from workbench.formats.reading import PLAIN, Options
from workbench.services import arriving, overlap
from workbench.services.arriving import Coming
from workbench.services.laying import AS_IT_COMES, Laid, Laying, laid, layer_row
from workbench.services.naming import made_key, opening, own_key
from workbench.services.receipts import Line, Receipt, row
from workbench.store import arriving as under_way
from workbench.store import articles, work
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
                yield laid(each, self.laying) if isinstance(each, Document) else each
        except Invalid as problem:
            yield problem if isinstance(problem, Refused) else Refused(problem.sentence)

    def _keep(self, name: str, records: list[Laid | Refused], lines: list[Line], layers: list[int]) -> list[int]:
        good = [each.document for each in records if isinstance(each, Laid)]
        digests = [digest(each.text) for each in good]
        first = len(lines)
        with self.database.writing() as session:
            known = articles.known(session, self.project_id, digests)
            taken = articles.taken(session, self.project_id, [key for each in good if (key := own_key(each))])
            fresh: list[Fresh] = []
            sums = iter(digests)
            lines += [self._line(name, each, known, taken, fresh, sums) for each in records]
            ids = articles.add(session, self.project_id, self.batch_id, fresh)
            came = dict(zip((each.key for each in fresh), ids, strict=True))
            layers += self._lay(session, name, records, lines, first, came)
        self.fresh.clear()
        return ids

    def _lay(
        self, session: Session, name: str, records: list[Laid | Refused], lines: list[Line], first: int,
        came: dict[str, int],
    ) -> list[int]:  # fmt: skip
        """Keep the layers of articles that came, and those that go to articles that were here."""
        coming: list[tuple[int, Coming]] = []
        kept: list[dict[str, Any]] = []
        for place, record in enumerate(records, first):
            line = lines[place]
            if not isinstance(record, Laid) or line.key is None:
                continue
            if line.what == "taken":
                lines[place] = replace(line, spans=record.spans or None, left=record.left or None)
                row = layer_row(record, self.laying, name)
                if self.laying.role != "person" and row:
                    kept.append({"article_id": came[line.key]} | row)
                    continue
            if self.laying.attaches:
                coming.append((place, Coming(line.key, record, new=line.what == "taken")))
        work.keep_layers(session, kept, now=self.now)
        found = [each for _, each in coming]
        told, ids = arriving.attach(
            session, self.project_id, self.batch_id, found, self.laying, name, now=self.now
        )  # fmt: skip
        for (place, each), change in zip(coming, told, strict=True):
            if change and not each.new:
                lines[place] = change
        return ids

    def _line(
        self,
        name: str,
        record: Laid | Refused,
        known: dict[str, tuple[str, int | None]],
        taken: set[str],
        fresh: list[Fresh],
        sums: Iterator[str],
    ) -> Line:
        if isinstance(record, Refused):
            return Line(name, "refused", why=record.sentence, line=record.line)
        document, sha256 = record.document, next(sums)
        if sha256 in known:
            return self._twin(name, record, *known[sha256])
        key = own_key(document) or made_key(document, name, sha256)
        key = key if key not in taken else f"{key[:100]}-{sha256[:12]}"
        self.fresh[key] = document.text
        mark, found = self.clusters.add(key, document.text)
        near = [each.key for each in found if each.key in self.cluster_of]
        cluster = self.cluster_of[near[0]] if near else document.cluster or key
        self.cluster_of[key] = cluster
        known[sha256] = (key, self.batch_id)
        taken.add(key)
        fresh.append(Fresh(_marked_up(document, name), key, sha256, len(document.text.split()), cluster, mark))
        return Line(name, "taken", key, f"nearly the same as {near[0]}" if near else None)

    def _twin(self, name: str, record: Laid, key: str, batch_id: int | None) -> Line:
        if batch_id not in {None, self.batch_id}:
            return Line(name, "refused", why=_UNDER_WAY)
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
            overlap.fill_new(session, self.project_id, now=self.now)
        arriving.settle_all(self.database, self.project_id, self.batch_id, now=self.now)


def _chunks(records: Iterator[Laid | Refused]) -> Iterator[list[Laid | Refused]]:
    while chunk := list(islice(records, CHUNK)):
        yield chunk


def _marked_up(document: Document, name: str) -> Document:
    source = document.source if document.source.file else replace(document.source, file=name)
    found = document.regions or regions(document.text)
    title = document.title if document.title or document.id else opening(document.text, found)
    return replace(document, source=source, regions=found, title=title)

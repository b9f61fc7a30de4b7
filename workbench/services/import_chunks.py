"""Chunks of an import: records are told apart, kept and put on the receipt, or taken back with their file."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from workbench.core.annotation import Document
from workbench.core.clusters import near
from workbench.core.errors import Refused
from workbench.services import readings
from workbench.services.laying import Laid
from workbench.services.naming import made_key, opening, own_key
from workbench.services.readings import Run
from workbench.services.receipts import Line, Told, row, untaken
from workbench.store import arriving as under_way
from workbench.store import articles, receipts
from workbench.store.articles import Fresh
from workbench.store.clusters import Neighbours
from workbench.store.engine import Database

_UNDER_WAY = (
    "another import is bringing this text; import it again when that one has ended "
    "(one that was cut off is cleared away after six hours)"
)


class Coming(NamedTuple):
    """A record of a file, and why it is not taken although nothing is wrong with it, if so."""

    file: str
    record: Laid | Refused
    why: str | None = None

    @property
    def used(self) -> Laid | Refused:
        """Return the record as far as it is to be kept."""
        return Refused(self.why) if self.why else self.record

    def void(self, why: str) -> "Coming":
        """Return the record as one that is not taken."""
        return self if isinstance(self.record, Refused) else self._replace(why=why)


class Place(NamedTuple):
    """Where a file begins: the chunk, the article and the layer before it, and how many articles have neighbours."""

    part: int
    article_id: int
    layer_id: int
    neighbours: int


@dataclass(slots=True)
class _Chunk:
    """What a chunk finds and brings: texts and keys that are here, and articles that are new."""

    session: Session
    known: dict[str, tuple[str, int | None]]
    taken: set[str]
    fresh: list[Fresh] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)


class Chunks:
    """The chunks of one import, each kept in a transaction of its own."""

    def __init__(self, database: Database, run: Run, neighbours: Neighbours) -> None:
        self.database, self.run, self.neighbours = database, run, neighbours
        self.told = Told()
        self._part = 0

    def place(self) -> Place:
        """Return where the next chunk begins."""
        with self.database.reading() as session:
            return Place(self._part, *articles.newest(session, self.run.batch_id), self.neighbours.count)

    def keep(self, coming: Sequence[Coming]) -> None:
        """Keep what a chunk brings."""
        if not coming:
            return
        good = [each.record.ready for each in coming if isinstance(each.record, Laid)]
        keys = [key for each in good if (key := own_key(each.document))]
        with self.database.writing() as session:
            chunk = _Chunk(
                session,
                articles.known(session, self.run.project_id, [each.sha256 for each in good]),
                articles.taken(session, self.run.project_id, keys),
            )
            lines = [self._line(each, chunk) for each in coming]
            ids = articles.add(session, self.run.project_id, self.run.batch_id, chunk.fresh)
            came = dict(zip((each.key for each in chunk.fresh), ids, strict=True))
            readings.keep(session, self.run, [each.used for each in coming], lines, came)
            receipts.keep(session, self.run.batch_id, self._part, [row(line) for line in lines])
        self.told.add(lines)
        self._part += 1

    def take_back(self, place: Place, why: str) -> None:
        """Take back what a file brought that is not to be taken, and say so on the receipt."""
        with self.database.writing() as session:
            under_way.drop(session, self.run.batch_id, place.layer_id)
            articles.drop(session, self.run.batch_id, place.article_id)
            for part, rows in receipts.parts(session, self.run.batch_id, place.part):
                lines = [Line(**each) for each in rows]
                changed = [untaken(each, why) for each in lines]
                receipts.change(session, self.run.batch_id, part, [row(line) for line in changed])
                self.told.change(lines, changed)
        self.neighbours.forget(place.neighbours)

    def _line(self, coming: Coming, chunk: _Chunk) -> Line:
        name, record = coming.file, coming.record
        if isinstance(record, Refused):
            return Line(name, "refused", why=record.sentence, line=record.line)
        document, sha256 = record.document, record.ready.sha256
        if coming.why:
            here, _ = chunk.known.get(sha256, (own_key(document) or made_key(document, name, sha256), None))
            return untaken(Line(name, "taken", here, spans=record.spans, left=record.left), coming.why)
        if sha256 in chunk.known:
            return self._twin(name, record, *chunk.known[sha256])
        key = own_key(document) or made_key(document, name, sha256)
        key = key if key not in chunk.taken else f"{key[:100]}-{sha256[:12]}"
        likely = self.neighbours.likely(record.ready.signature)
        found = near(document.text, likely, lambda each: self._text(chunk, each)) if likely else ()
        cluster = likely[found[0].key] if found else document.cluster or key
        also = tuple(sorted({likely[each.key] for each in found} - {cluster}))
        self.neighbours.add(key, cluster, record.ready.signature)
        chunk.texts[key] = document.text
        chunk.known[sha256] = (key, self.run.batch_id)
        chunk.taken.add(key)
        fresh = Fresh(_titled(document, name), key, sha256, record.ready.words, cluster, record.ready.signature, also)
        chunk.fresh.append(fresh)
        return Line(name, "taken", key, f"nearly the same as {found[0].key}" if found else None)

    def _twin(self, name: str, record: Laid, key: str, batch_id: int | None) -> Line:
        if batch_id not in {None, self.run.batch_id}:
            return Line(name, "refused", why=_UNDER_WAY)
        reading = record.ready.reading
        if batch_id is not None and self.run.laying.role is None and (reading.objects or reading.state != "suggested"):
            return Line(name, "reading", key, f"another reading of {key}")
        unused = sum(record.spans.values())
        why = "the same text is here already" + (", and its annotations were not asked for" if unused else "")
        return Line(name, "skipped", key, why, spans={"left out": unused} if unused else None)

    def _text(self, chunk: _Chunk, key: str) -> str:
        if key in chunk.texts:
            return chunk.texts[key]
        return articles.text(chunk.session, self.run.project_id, key)


def _titled(document: Document, name: str) -> Document:
    source = document.source if document.source.file else replace(document.source, file=name)
    title = document.title if document.title or document.id else opening(document.text, document.regions)
    return replace(document, source=source, title=title)

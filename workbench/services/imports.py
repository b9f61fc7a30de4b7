"""Imports: files become articles, whole or not at all, with a receipt of what became of every record.

An import works in several short transactions, so that reviewers can save meanwhile; nobody sees
its articles before the last one. A file that fails takes back what it had brought.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from textwrap import shorten
from typing import Any, Final

from workbench.core.annotation import Document, Layer, Region
from workbench.core.clusters import Clusters
from workbench.core.errors import Invalid, Refused
from workbench.core.record import layer_json
from workbench.core.regions import regions
from workbench.core.text import digest, paragraphs
from workbench.formats import Reader, detect
from workbench.formats.files import Opened
from workbench.formats.reading import PLAIN, Options
from workbench.services import overlap
from workbench.services.receipts import Line, Receipt
from workbench.store import articles, work
from workbench.store.articles import Fresh
from workbench.store.engine import Database

CHUNK: Final = 200
_CUT_OFF: Final = timedelta(hours=6)
_UNDER_WAY: Final = (
    "another import is bringing this text; import it again when that one has ended "
    "(one that was cut off is cleared away after six hours)"
)
_SAFE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to read: a format by name or by content, options for it, and what to do with bad records.

    ``skip_bad`` keeps the good records of a file that has bad ones; ``as_suggestions`` makes every
    reading that comes along a suggester's layer under this name.
    """

    format: Reader | None = None
    options: Options = PLAIN
    skip_bad: bool = False
    as_suggestions: str | None = None


def take(
    database: Database,
    project_id: int,
    files: Iterable[Opened | Refused],
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
            articles.abandon(session, old)
        batch_id = articles.open_batch(session, project_id, by=by, now=now)
    begun(batch_id)
    run = _Import(database, project_id, batch_id, wishes, now)
    try:
        for opened in files:
            run.file(opened, progress)
        run.close()
    except BaseException:
        with database.writing() as session:
            articles.abandon(session, batch_id)
        raise
    return run.receipt


class _Import:
    """An import under way."""

    def __init__(self, database: Database, project_id: int, batch_id: int, wishes: Wishes, now: datetime) -> None:
        self.database, self.project_id, self.batch_id = database, project_id, batch_id
        self.wishes, self.now, self.receipt = wishes, now, Receipt()
        with database.reading() as session:
            known = list(articles.signatures(session, project_id))
        self.cluster_of = {key: cluster for key, cluster, _ in known}
        self.clusters = Clusters(self._text, [(key, kept) for key, _, kept in known])
        self.fresh: dict[str, str] = {}
        self.read = 0

    def file(self, opened: Opened | Refused, progress: Callable[[int], None]) -> None:
        """Take one file, or nothing of it."""
        if isinstance(opened, Refused):
            self.receipt.lines.append(Line("", "refused", why=opened.sentence, line=opened.line))
            return
        lines: list[Line] = []
        ids: list[int] = []
        for records in _chunks(self._records(opened)):
            self.read += len(records)
            progress(self.read)
            ids += self._keep(opened.name, records, lines)
        bad = sum(line.what == "refused" for line in lines)
        if bad and not self.wishes.skip_bad:
            with self.database.writing() as session:
                articles.drop(session, ids)
            self._forget(lines)
            why = f"not taken, because {bad} record{'s' if bad > 1 else ''} of the file cannot be used"
            lines = [line if line.what != "taken" else replace(line, what="skipped", why=why) for line in lines]
        self.receipt.lines += lines

    def _records(self, opened: Opened) -> Iterator[Document | Refused]:
        try:
            fmt = self.wishes.format or detect(opened.head, opened.name)
            options = replace(self.wishes.options, about=opened.about, beside=opened.beside)
            yield from fmt.read(opened.source, opened.name, options)
        except Invalid as problem:
            yield problem if isinstance(problem, Refused) else Refused(problem.sentence)

    def _keep(self, name: str, records: list[Document | Refused], lines: list[Line]) -> list[int]:
        good = [each for each in records if isinstance(each, Document)]
        digests = [digest(each.text) for each in good]
        with self.database.writing() as session:
            known = articles.known(session, self.project_id, digests)
            taken = articles.taken(session, self.project_id, [key for each in good if (key := _own_key(each))])
            fresh: list[Fresh] = []
            sums = iter(digests)
            for record in records:
                line = self._line(name, record, known, taken, fresh, sums)
                lines.append(line)
            ids = articles.add(session, self.project_id, self.batch_id, fresh)
            work.keep_layers(session, self._layers(ids, fresh, name), now=self.now)
        self.fresh.clear()
        return ids

    def _line(
        self,
        name: str,
        record: Document | Refused,
        known: dict[str, tuple[str, int | None]],
        taken: set[str],
        fresh: list[Fresh],
        sums: Iterator[str],
    ) -> Line:
        if isinstance(record, Refused):
            return Line(name, "refused", why=record.sentence, line=record.line)
        sha256 = next(sums)
        if sha256 in known:
            return self._twin(name, *known[sha256])
        key = _own_key(record) or made_key(record, name, sha256)
        key = key if key not in taken else f"{key[:100]}-{sha256[:12]}"
        self.fresh[key] = record.text
        mark, found = self.clusters.add(key, record.text)
        near = [each.key for each in found if each.key in self.cluster_of]
        cluster = self.cluster_of[near[0]] if near else record.cluster or key
        self.cluster_of[key] = cluster
        known[sha256] = (key, self.batch_id)
        taken.add(key)
        fresh.append(Fresh(_marked_up(record, name), key, sha256, len(record.text.split()), cluster, mark))
        return Line(name, "taken", key, f"nearly the same as {near[0]}" if near else None)

    def _twin(self, name: str, key: str, batch_id: int | None) -> Line:
        if batch_id in {None, self.batch_id}:
            return Line(name, "skipped", key, "the same text is here already")
        return Line(name, "refused", why=_UNDER_WAY)

    def _text(self, key: str) -> str:
        if key in self.fresh:
            return self.fresh[key]
        with self.database.reading() as session:
            return articles.text(session, self.project_id, key)

    def _forget(self, lines: list[Line]) -> None:
        for line in lines:
            if line.what == "taken" and line.key:
                del self.cluster_of[line.key]

    def _layers(self, ids: list[int], fresh: list[Fresh], name: str) -> Iterator[dict[str, Any]]:
        for article_id, each in zip(ids, fresh, strict=True):
            layer = each.document.layer
            state = each.document.review.state
            if not layer.objects and state == "suggested":
                continue
            kind = "suggested" if self.wishes.as_suggestions else state
            yield {
                "article_id": article_id,
                "kind": kind,
                "author": (self.wishes.as_suggestions or _author(layer, kind, name))[:120],
                "body": layer_json(layer, each.document.text),
                "review": {key: value for key, value in asdict(each.document.review).items() if key != "state"},
                "proposals": len(layer.objects) if kind == "suggested" else 0,
                "certainty": certainty(layer),
            }

    def close(self) -> None:
        """Let everybody see what was taken."""
        with self.database.writing() as session:
            articles.close_batch(session, self.batch_id, [asdict(line) for line in self.receipt.lines])
            overlap.fill_new(session, self.project_id, now=self.now)


def certainty(layer: Layer) -> float | None:
    """Return the mean score of a layer's objects, or None where none has one."""
    scores = [each.by.score for each in layer.objects if each.by.score is not None]
    return round(sum(scores) / len(scores), 4) if scores else None


def _author(layer: Layer, kind: str, name: str) -> str:
    if kind == "gold":
        return "gold"
    return next((each.by.suggester for each in layer.objects if each.by.suggester), None) or f"import:{name}"


def _chunks(records: Iterator[Document | Refused]) -> Iterator[list[Document | Refused]]:
    while chunk := list(islice(records, CHUNK)):
        yield chunk


def _marked_up(document: Document, name: str) -> Document:
    source = document.source if document.source.file else replace(document.source, file=name)
    found = document.regions or regions(document.text)
    title = document.title if document.title or document.id else opening(document.text, found)
    return replace(document, source=source, regions=found, title=title)


def opening(text: str, found: tuple[Region, ...]) -> str:
    """Return what a plain text can be called in lists: its headline, else how it begins."""
    headline = next((text[each.start : each.end] for each in found if each.kind == "headline"), None)
    first, last = paragraphs(text)[0]
    return " ".join(shorten(headline or text[first:last], 120, placeholder=" …").split())


def _own_key(document: Document) -> str | None:
    return document.id if _SAFE.fullmatch(document.id) else None


def made_key(document: Document, name: str, sha256: str) -> str:
    """Return an id made of an article's title, or its file's name, and its text: stable, and safe in a file name."""
    start = document.title or name.rsplit("/", 1)[-1].rsplit(".", 1)[0] or document.text[:60]
    plain = unicodedata.normalize("NFKD", start).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-")
    return f"{slug or 'article'}-{sha256[:8]}"

"""Articles: lists of them, and one of them as it reads."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from workbench.core import workflow
from workbench.core.annotation import Document, Layer, Review
from workbench.core.errors import NotFound
from workbench.core.reading import Passage, numbered, paragraphs, passages
from workbench.core.record import layer_from
from workbench.core.scheme import Label, Scheme
from workbench.core.text import sentences
from workbench.core.workflow import Person
from workbench.services import projects, trials
from workbench.services.overlap import hidden
from workbench.services.projects import Project
from workbench.services.receipts import Told
from workbench.store import articles, overlap, suggesters, teams, training, work
from workbench.store import receipts as stored_receipts
from workbench.store.articles import ArticleRow
from workbench.store.blindness import UNREAD
from workbench.store.schema import KINDS
from workbench.store.work import LayerRow


@dataclass(frozen=True, slots=True)
class View:
    """An article as a page shows it: its text in paragraphs, with one reading laid over it."""

    document: Document
    state: str
    layer: Layer
    passages: tuple[Passage, ...]
    scheme: Scheme
    words: int
    told: str
    before: tuple[str, str | None] | None
    after: tuple[str, str | None] | None

    @property
    def labels(self) -> list[tuple[Label, int]]:
        """Return the labels that occur, each with how often, in the scheme's order."""
        found = Counter(entity.label for entity in self.layer.entities)
        return [(label, found[label.name]) for label in self.scheme.labels if found[label.name]]


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """What became of the records of one import."""

    id: int
    at: datetime
    total: Told

    @property
    def records(self) -> int:
        """Return how many records there were."""
        return self.total.counts.total()


def listing(
    session: Session, project: Project, *, after: int, limit: int, find: str = "", by: Person | None = None
) -> list[ArticleRow]:
    """Return a page of a project's articles; what somebody is at in a trial looks as unsettled to them as work does."""
    rows = articles.listing(session, project.id, after=after, limit=limit, find=find)
    at_trial = training.hidden(session, project.id, by.id) if by else set()
    return [replace(row, rank=KINDS.index("draft")) if row.key in at_trial else row for row in rows]


def count(session: Session, project: Project, *, most: int | None = None) -> int:
    """Return how many articles a project has, counting no further than ``most``."""
    return articles.count(session, project.id, most=most)


def count_unsuggested(session: Session, project: Project) -> int:
    """Return how many articles no suggester has read."""
    return articles.count_unsuggested(session, project.id)


def receipts(session: Session, project: Project, *, before: int | None = None, limit: int = 10) -> list[ReceiptRow]:
    """Return the newest imports, those before one, with what became of every record."""
    found = articles.batches(session, project.id, before=before, limit=limit)
    return [ReceiptRow(id, at, Told.of(report)) for id, at, report in found]


def receipt(session: Session, project: Project, batch_id: int) -> ReceiptRow:
    """Return what became of the records of one import."""
    row = articles.batch(session, project.id, batch_id)
    if row is None:
        raise NotFound("There is no such import in this project.")
    return ReceiptRow(row[0], row[1], Told.of(row[2]))


def receipt_lines(session: Session, row: ReceiptRow) -> Iterator[dict[str, Any]]:
    """Yield the lines of a receipt."""
    return (line for _, rows in stored_receipts.parts(session, row.id) for line in rows)


def view(session: Session, project: Project, key: str, *, by: Person | None = None) -> View:
    """Return an article with the best reading that somebody may see: gold, then a lead's choice, then suggestions.

    Another person's reading stays hidden until it is gold, so that nobody is swayed by it. While an
    article waits for more readings nobody sees the gold of earlier ones but those whose own is in. ``by`` None
    is the machine itself, which sees all.
    """
    found = articles.one(session, project.id, key)
    if found is None:
        raise NotFound("There is no such article in this project.")
    article_id, document = found
    row = _own_test(session, project, article_id, by) or work.reading(
        session, article_id, _visible(session, project, article_id, by)
    )
    if row and row.kind == "suggested":
        row = suggesters.base(session, article_id)
    layer = layer_from(row.author, row.body or {}, document.text) if row else Layer("")
    laid = paragraphs(document.text, document.regions, layer)
    return View(
        document,
        "gold" if row and row.kind == "trial" else row.kind if row else "imported",
        layer,
        tuple(passages(laid, numbered(document.text, layer))),
        projects.scheme(session, project),
        len(document.text.split()),
        _told(session, project, row, layer),
        *articles.beside(session, project.id, article_id),
    )


def _told(session: Session, project: Project, row: LayerRow | None, layer: Layer) -> str:
    """Say whose reading it is, of when, and by which guideline."""
    if row is None:
        return "Nobody has read it yet."
    if row.kind == "suggested":
        return f"Proposed by {row.author}; nobody has decided about it yet."
    names = {f"r{each.id}": each.name for each in teams.members(session, project.id)}
    readers = row.review.get("reviewers") or [row.author]
    words = [f"Read by {', '.join(names.get(each, 'somebody who left') for each in readers)}"]
    if judge := row.review.get("adjudicator"):
        words.append(f"settled by {names.get(judge, 'somebody who left')}")
    if at := max((each.by.at for each in layer.objects if each.by.at), default=None):
        words.append(f"last changed on {at[:10]}")
    if guideline := row.review.get("guideline"):
        words.append(f"by version {guideline} of the guideline")
    return f"{', '.join(words)}."


def record(found: View, project: Project) -> Document:
    """Return an article that is shown as the record that an export would write of it."""
    state = "suggested" if found.state == "imported" else found.state
    return replace(
        found.document,
        project=project.slug,
        layer=found.layer,
        sentences=tuple(sentences(found.document.text)),
        review=Review(state=state),
    )


def _own_test(session: Session, project: Project, article_id: int, by: Person | None) -> LayerRow | None:
    """Return what somebody made of a hidden test, which to them is an article that they have read."""
    if by is None or trials.tested(project, by) is None:
        return None
    found = training.trial(session, article_id, by.id)
    done = found and found.purpose == "test" and found.state == "done" and found.layer_id
    return work.layer(session, done) if done else None


def _visible(session: Session, project: Project, article_id: int, by: Person | None) -> tuple[str, ...]:
    slots = overlap.of_article(session, article_id)
    leads = workflow.may(project.role, "settle")
    kinds: tuple[str, ...] = ("gold", "reviewed") if leads else ("gold",)
    if by is None:
        return (*kinds, "suggested")
    kinds = () if hidden(slots, by.id) or training.blind(session, article_id, by.id) else kinds
    unaided = any(each.plain for each in slots) and any(each.state in UNREAD for each in slots)
    return kinds if unaided else (*kinds, "suggested")

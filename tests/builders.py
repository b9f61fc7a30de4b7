"""Honest small objects, every field defaulted, and a bench's life in a few verbs."""

import io
import json
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from workbench.core import desk
from workbench.core.annotation import By, Document, Entity, Frame, Layer, Object, Span, Value, layer_of
from workbench.core.desk import Placed
from workbench.core.text import TOKENISER, digest
from workbench.core.workflow import Person
from workbench.formats.files import Opened
from workbench.formats.reading import HEAD
from workbench.services import decisions, imports, layers, people, projects, review, suggestions
from workbench.services.finishing import Finished
from workbench.services.imports import Receipt, Wishes
from workbench.services.projects import Project
from workbench.services.suggestions import Suggested
from workbench.settings import resource_root
from workbench.store.engine import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LEASE = timedelta(hours=1)

HARBOUR = "France offered two frigates to the harbour watch.\r\nItaly refused to send ships.\r\n"
FERRY = "🚢 Spain paid €20 million for the ferry lane, officials in Spain said on Tuesday."
LANTERN = "A lantern festival drew crowds to the old quay while Norway lent its oldest tug."
TEXTS = (HARBOUR, FERRY, LANTERN)
UNSIGNED = By()
COUNTRIES = {"France": "FRA", "Italy": "ITA", "Spain": "ESP", "Norway": "NOR"}


def entity(text: str, quote: str, label: str = "GPE", id: str = "e1", **rest: Any) -> Entity:
    start = text.index(quote)
    return Entity(id, start, start + len(quote), label, **rest)


def span(text: str, quote: str) -> Span:
    return Span(text.index(quote), text.index(quote) + len(quote))


def commitment(text: str, quote: str, id: str = "c1", by: By = UNSIGNED, **slots: Value) -> Frame:
    usual: dict[str, Value] = {
        "actor": "France",
        "type": "maritime",
        "status": "offered",
        "evidence": span(text, quote),
    }
    return Frame("commitment", id, usual | slots, {"actor": "state:FRA"}, by)


def stance(text: str, quote: str, id: str = "s1", by: By = UNSIGNED, **slots: Value) -> Frame:
    usual: dict[str, Value] = {"holder": "Italy", "target": "participation", "polarity": "opposes"}
    return Frame("stance", id, usual | {"evidence": span(text, quote)} | slots, {"holder": "state:ITA"}, by)


def layer(author: str, *objects: Object) -> Layer:
    return layer_of(author, objects)


def article(text: str = HARBOUR, *objects: Object, **rest: Any) -> Document:
    return Document(text, layer("", *objects), **rest)


@dataclass
class Finder:
    """A suggester without a model: countries are entities, what is offered a commitment, what is refused a stance."""

    name: str = "finder@1"
    read: list[str] = field(default_factory=list)

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        for each in articles:
            self.read.append(each.text)
            yield layer_of(self.name, self._found(each.text))

    def _found(self, text: str) -> Iterator[Object]:
        by = By(suggester=self.name, score=0.8)
        for number, match in enumerate(re.finditer("|".join(COUNTRIES), text), 1):
            code = f"state:{COUNTRIES[match[0]]}"
            yield Entity(f"e{number}", *match.span(), "GPE", match[0], code, by=by)
        if "offered" in text:
            yield commitment(text, "offered two frigates", by=by)
        if "refused" in text:
            yield stance(text, "refused to send ships", by=by)


def opened(name: str, content: bytes | str, about: dict[str, Any] | None = None) -> Opened:
    raw = content.encode() if isinstance(content, str) else content
    return Opened(name, io.BytesIO(raw), raw[:HEAD], about or {}, {})


def take(
    database: Database, project: Project, *files: Opened, now: datetime = NOW, by: int | None = None, **wishes: Any
) -> Receipt:
    return imports.take(database, project.id, files, Wishes(**wishes), by=by, now=now)


def take_texts(database: Database, project: Project, texts: Sequence[str] = TEXTS) -> Receipt:
    return take(database, project, *[opened(f"{number}.txt", text) for number, text in enumerate(texts, 1)])


def suggest(database: Database, project: Project, finder: Finder | None = None) -> Suggested:
    return suggestions.suggest(database, project.id, finder or Finder(), now=lambda: NOW)


def person(database: Database, name: str, role: str | None = None, project: Project | None = None) -> Person:
    with database.writing() as session:
        made = people.add(session, name, by=None, now=NOW)
        if project and role:
            people.set_role(session, project.id, made.id, role, by=made, now=NOW)
    return made


def project(database: Database, by: Person, slug: str = "coast", title: str = "Coast") -> Project:
    with database.writing() as session:
        return projects.create(session, slug, title, by=by, now=NOW, root=resource_root())


@dataclass
class Coast:
    """A project with a team: Lena leads, Mia and Noor review, Otto only looks."""

    database: Database
    project: Project
    lena: Person
    mia: Person
    noor: Person
    otto: Person

    def seen_by(self, who: Person) -> Project:
        """Return the project with the role that somebody has in it, as it is now."""
        with self.database.reading() as session:
            return projects.find(session, self.project.slug, by=who, act="read")

    def next(self, who: Person, now: datetime = NOW, but: int | None = None) -> int:
        """Claim and open the next item."""
        with self.database.writing() as session:
            found = review.next_item(session, self.seen_by(who), by=who, now=now, lease=LEASE, but=but)
        assert found is not None
        self.begin(found, who, now)
        return found

    def begin(self, item: int, who: Person, now: datetime = NOW) -> None:
        with self.database.writing() as session:
            review.begin(session, self.seen_by(who), item, by=who, now=now, lease=LEASE)

    def desk(self, item: int, who: Person) -> review.Opened:
        with self.database.reading() as session:
            return review.opened(session, self.seen_by(who), item, by=who)

    def placed(self, item: int, who: Person) -> list[Placed]:
        """Return every object on somebody's desk with its state."""
        found = self.desk(item, who)
        assert found.layer is not None
        with self.database.reading() as session:
            return layers.placed(session, found.layer, found.document.text)

    def toks(self, item: int, who: Person) -> list[tuple[int, int]]:
        return desk.pieces(self.desk(item, who).document.text)

    def decide(self, item: int, who: Person, *sent: decisions.Sent, now: datetime = NOW, **other: Any) -> Any:
        """Send decisions as the desk does; return the answer."""
        text = self.desk(item, who).document.text if "text_sha256" not in other else ""
        about = {"text_sha256": digest(text), "tokeniser": TOKENISER} | other
        parcel = decisions.Parcel(decisions=list(sent), **about)
        with self.database.writing() as session:
            return decisions.decide(session, self.seen_by(who), item, parcel, by=who, now=now)

    def accept_all(self, item: int, who: Person, now: datetime = NOW) -> None:
        toks = self.toks(item, who)
        sent = [
            decision(each.item, "accepted", toks, expect=each.version)
            for each in self.placed(item, who)
            if each.status == "suggested"
        ]
        for at in range(0, len(sent), decisions.MOST_AT_ONCE):
            answer = self.decide(item, who, *sent[at : at + decisions.MOST_AT_ONCE], now=now)
            assert {each["verdict"] for each in answer["verdicts"]} == {"applied"}, answer

    def finish(self, item: int, who: Person, now: datetime = NOW) -> Finished:
        with self.database.writing() as session:
            return review.finish(session, self.seen_by(who), item, by=who, now=now)

    def skip(self, item: int, who: Person, reason: str, now: datetime = NOW) -> None:
        with self.database.writing() as session:
            review.skip(session, self.seen_by(who), item, reason, by=who, now=now)

    def reopen(self, item: int, who: Person, now: datetime = NOW) -> None:
        with self.database.writing() as session:
            review.reopen(session, self.seen_by(who), item, by=who, now=now, lease=LEASE)


def coast_of(database: Database) -> Coast:
    """Return the project and its team as a database holds them."""
    with database.reading() as session:
        found = projects.find(session, "coast", by=None, act="read")
        crew = [people.find(session, name) for name in ("Lena", "Mia", "Noor", "Otto")]
    return Coast(database, found, *crew)


def coast_in(database: Database) -> Coast:
    """Make the project, its team and three suggested articles."""
    made = project(database, person(database, "Lena"))
    for name, role in (("Mia", "reviewer"), ("Noor", "reviewer"), ("Otto", "viewer")):
        person(database, name, role, made)
    take_texts(database, made)
    suggest(database, made)
    return coast_of(database)


def decision(
    item: Object,
    status: str,
    toks: Sequence[tuple[int, int]],
    *,
    expect: int = 0,
    act: str | None = None,
    key: str | None = None,
    bulk: bool = False,
    undoes: str | None = None,
    **after: Any,
) -> decisions.Sent:
    """Return a decision that leaves an object in this state."""
    fresh = str(uuid.uuid4()) if key is None else key
    return decisions.Sent(
        key=fresh,
        txn=fresh,
        at=NOW,
        act=act or {"accepted": "accept", "rejected": "reject"}.get(status, "edit"),
        kind=item.kind,
        id=item.id,
        expect=expect,
        after=desk.state_wire(item, status, toks) | after,
        undoes=undoes,
        bulk=bulk,
    )


def doccano(text: str, *spans: tuple[int, int, str]) -> str:
    return json.dumps({"text": text, "label": [list(span) for span in spans]}) + "\n"

"""What is set aside for practice and tests, and the items that people have of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from workbench.core.training import Setup
from workbench.store import prepared
from workbench.store.onward import behind
from workbench.store.people import called
from workbench.store.schema import Article, Exercise, Item, Layer, Membership, Person, Training


@dataclass(frozen=True, slots=True)
class ExerciseRow:
    """A gold article set aside; ``gold`` says that it still is gold, ``tried`` how many have finished it."""

    article_id: int
    key: str
    title: str | None
    words: int
    purpose: str
    note: str
    gold: bool
    tried: int


@dataclass(frozen=True, slots=True)
class TrialRow:
    """What somebody has of practice or of a test."""

    id: int
    article_id: int
    person_id: int
    purpose: str
    state: str
    layer_id: int | None
    note: str | None


_TRAINING: Any = Training.__table__
_SETUP: Final = select(*(_TRAINING.c[name] for name in ("every", "pass_mark", "floor", "salt"))).where(
    _TRAINING.c.project_id == bindparam("in_project")
)
"""Built once, for it is asked with every claim."""
_TRIAL: Any = (Item.id, Item.article_id, Item.person_id, Item.purpose, Item.state, Item.layer_id, Item.note)


def setup(session: Session, project_id: int) -> Setup:
    """Return how a project trains and tests."""
    found = prepared.execute(session, _SETUP, {"in_project": project_id})
    return Setup(*found[0]) if found else Setup()


def keep_setup(session: Session, project_id: int, wanted: Setup) -> None:
    """Keep how a project trains and tests."""
    values = {"every": wanted.every, "pass_mark": wanted.pass_mark, "floor": wanted.floor, "salt": wanted.salt}
    changed = update(Training).where(Training.project_id == project_id).values(values).returning(Training.project_id)
    if session.scalar(changed) is None:
        session.execute(insert(Training).values(project_id=project_id, **values))


def exercises(
    session: Session,
    project_id: int,
    *,
    purpose: str | None = None,
    key: str | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[ExerciseRow]:
    """Return what is set aside, in the order that it was: of one purpose, one article, or those behind one."""
    gold = exists().where(Layer.article_id == Exercise.article_id, Layer.kind == "gold")
    done = (Item.article_id == Exercise.article_id, Item.purpose == Exercise.purpose, Item.state == "done")
    tried = select(func.count()).select_from(Item).where(*done).correlate(Exercise).scalar_subquery()
    columns = (Article.id, Article.key, Article.title, Article.words, Exercise.purpose, Exercise.note, gold, tried)
    query = select(*columns).join(Article, Article.id == Exercise.article_id).where(Exercise.project_id == project_id)
    if purpose:
        query = query.where(Exercise.purpose == purpose)
    if key is not None:
        query = query.where(Article.project_id == project_id, Article.key == key)
    order = (Exercise.purpose, Exercise.at, Exercise.article_id)
    rows = session.execute(behind(session, query, order, after, limit))
    return [ExerciseRow(*row) for row in rows]


def practised(session: Session, project_id: int) -> set[int]:
    """Return the articles that are set aside for practice."""
    query = select(Exercise.article_id).where(Exercise.project_id == project_id, Exercise.purpose == "practice")
    return set(session.scalars(query))


def measured(
    session: Session, project_id: int, roles: Sequence[str], *, find: str, after: int, limit: int
) -> list[tuple[int, str]]:
    """Return number and name of people of a project by name, those behind one: in these roles, or with a trial."""
    tried = exists().where(Item.person_id == Person.id, Item.project_id == project_id, Item.purpose != "work")
    mine = (Membership.person_id == Person.id) & (Membership.project_id == project_id)
    wanted = (Membership.role.in_(roles) & Person.active.is_(True)) | tried
    query = select(Person.id, Person.name).join(Membership, mine).where(wanted)
    if find:
        query = query.where(called(find))
    rows = session.execute(behind(session, query, (Person.folded, Person.id), after, limit))
    return [(number, name) for number, name in rows]


def exercise(session: Session, article_id: int) -> tuple[str, str] | None:
    """Return for what an article is set aside, and the lead's note."""
    query = select(Exercise.purpose, Exercise.note).where(Exercise.article_id == article_id)
    found = session.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def set_aside(
    session: Session, project_id: int, article_ids: Sequence[int], purpose: str, note: str, by: int | None, at: datetime
) -> None:
    """Set articles aside, whatever they were set aside for before."""
    put_back(session, article_ids)
    about = {"project_id": project_id, "purpose": purpose, "note": note, "person_id": by, "at": at}
    if article_ids:
        session.execute(insert(Exercise), [about | {"article_id": each} for each in article_ids])


def put_back(session: Session, article_ids: Sequence[int]) -> None:
    """Set articles aside no longer; what people made of them stays."""
    session.execute(delete(Exercise).where(Exercise.article_id.in_(article_ids)))


def with_gold(session: Session, article_ids: Sequence[int]) -> set[int]:
    """Return which of the articles are gold."""
    return set(session.scalars(select(Layer.article_id).where(Layer.article_id.in_(article_ids), Layer.kind == "gold")))


def fresh_tests(session: Session, project_id: int, person_id: int) -> list[tuple[int, dict[str, Any]]]:
    """Return the tests that somebody never had before them in any way, with how the gold came about."""
    seen = exists().where(Item.article_id == Exercise.article_id, Item.person_id == person_id)
    own = Layer.__table__.alias("own")
    read = exists().where(own.c.article_id == Exercise.article_id, own.c.person_id == person_id)
    query = (
        select(Exercise.article_id, Layer.review)
        .join(Layer, (Layer.article_id == Exercise.article_id) & (Layer.kind == "gold"))
        .where(Exercise.project_id == project_id, Exercise.purpose == "test", ~seen, ~read)
        .order_by(Exercise.article_id)
    )
    return [(article_id, review) for article_id, review in session.execute(query)]


def taken(session: Session, project_id: int, person_id: int) -> int:
    """Return how many articles somebody has or had, practice aside."""
    mine = (Item.project_id == project_id, Item.person_id == person_id, Item.purpose != "practice")
    return session.scalar(select(func.count()).select_from(Item).where(*mine)) or 0


def open_(session: Session, project_id: int, article_id: int, person_id: int, purpose: str, **values: Any) -> int:
    """Give somebody a trial of an article; return the item."""
    made = insert(Item).values(
        project_id=project_id, article_id=article_id, person_id=person_id, purpose=purpose, slot=-person_id,
        state="open", ready=True, priority=0, lease_no=1, plain=False, **values,
    )  # fmt: skip
    return session.scalars(made.returning(Item.id)).one()


def close(session: Session, item_id: int) -> None:
    """Take an unfinished trial back, so that it may be given anew."""
    session.execute(delete(Item).where(Item.id == item_id, Item.purpose != "work"))


def trials(session: Session, project_id: int, *, person_id: int | None = None, purpose: str) -> list[TrialRow]:
    """Return everybody's trials of one kind, or somebody's."""
    query = select(*_TRIAL).where(Item.project_id == project_id, Item.purpose == purpose)
    if person_id is not None:
        query = query.where(Item.person_id == person_id)
    return [TrialRow(*row) for row in session.execute(query.order_by(Item.id))]


def trial(session: Session, article_id: int, person_id: int) -> TrialRow | None:
    """Return the trial that somebody has of an article."""
    query = select(*_TRIAL).where(Item.article_id == article_id, Item.person_id == person_id, Item.purpose != "work")
    found = session.execute(query).one_or_none()
    return TrialRow(*found) if found else None


def attempt(session: Session, article_id: int, person_id: int) -> int | None:
    """Return the layer that somebody has begun over an article in a trial."""
    mine = (Layer.article_id == article_id, Layer.person_id == person_id, Layer.kind == "attempt")
    return session.scalar(select(func.max(Layer.id)).where(*mine))


def tallies(
    session: Session, project_id: int, purpose: str, people: Sequence[int]
) -> list[tuple[int, int, dict[str, Any]]]:
    """Return person, article and what it came to for every finished trial of a kind of theirs, oldest first."""
    mine = (Item.article_id == Layer.article_id) & (Item.person_id == Layer.person_id) & (Item.purpose == purpose)
    query = select(Item.person_id, Item.article_id, Layer.review).join(Item, mine)
    query = query.where(Item.project_id == project_id, Item.person_id.in_(people), Layer.kind == "trial")
    query = query.order_by(Layer.at, Layer.id)
    return [(who or 0, article_id, review) for who, article_id, review in session.execute(query)]


def blind(session: Session, article_id: int, person_id: int) -> bool:
    """Say whether somebody is at a trial of an article, so that nothing about it may show its gold."""
    found = trial(session, article_id, person_id)
    return found is not None and found.state != "done"


def hidden(session: Session, project_id: int, person_id: int) -> set[str]:
    """Return the keys of the articles whose gold is hidden from somebody who is at a trial of them."""
    query = select(Article.key).join(Item, Item.article_id == Article.id)
    mine = (Item.project_id == project_id, Item.person_id == person_id, Item.purpose != "work", Item.state != "done")
    return set(session.scalars(query.where(*mine)))


def note(session: Session, project_id: int, key: str) -> str:
    """Return what a lead noted on an article that is set aside."""
    query = select(Exercise.note).join(Article, Article.id == Exercise.article_id)
    return session.scalar(query.where(Article.project_id == project_id, Article.key == key)) or ""

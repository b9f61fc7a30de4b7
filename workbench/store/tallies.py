"""How many of what a project has, known without a look at all of it.

An article adds to the tallies what its items, its gold and its adjudication say; what it added last is kept as its
standing. Whatever changes one of these notes the article as touched, in the same transaction. Who asks takes the
tallies and puts right what the touched articles have changed since; ``fold`` takes them in for good.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, insert, or_, select
from sqlalchemy.orm import Session

from workbench.store import dialects
from workbench.store.parts import MOST, parts
from workbench.store.schema import Adjudication, Article, Batch, Item, Layer, Standing, Tally, Touched

FEW: Final = 500
"""How many notes who asks puts right; beyond them the tallies are said to be behind."""
CHUNK: Final = 2_000
"""How many notes are taken in at once."""
UNREAD: Final = ("waiting", "open", "returned")
_PERSONAL: Final = ("done", "left")
"""Of what there is a count for each person."""
_KINDS: Final = ("gold", "reviewed", "suggested")

Adds = Counter[str]


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts by name; ``behind`` says that more articles were touched than could be looked at."""

    counts: dict[str, int]
    behind: bool

    def under(self, sort: str) -> dict[str, int]:
        """Return the counts of one sort by the rest of their names."""
        start = f"{sort}:"
        return {name.removeprefix(start): n for name, n in self.counts.items() if name.startswith(start)}


def tallies(session: Session, project_id: int, most: int | None = FEW, *, people: Collection[int] = ()) -> Tallies:
    """Return what a project has of what, looking at no more than ``most`` of the touched articles.

    What each person has is told of these ``people`` and of those at touched articles; with None of everybody.
    """
    notes = select(Touched.article_id).where(Touched.project_id == project_id).order_by(Touched.id)
    touched = session.scalars(notes.limit(None if most is None else most + 1)).all()
    looked, found = sorted(set(touched[:most])), Adds()
    for _, standing in _standings(session, looked).values():
        found.subtract(standing)
    for _, standing in _now(session, looked).values():
        found.update(standing)
    query = select(Tally.name, Tally.count).where(Tally.project_id == project_id)
    if most is not None:
        meant = {f"{sort}:{number}" for sort in _PERSONAL for number in people} | found.keys()
        query = query.where(or_(~_personal(), Tally.name.in_(meant)))
    found.update(dict(session.execute(query).all()))
    return Tallies({name: n for name, n in sorted(found.items()) if n}, most is not None and len(touched) > most)


def _personal() -> ColumnElement[bool]:
    return or_(*(Tally.name.startswith(f"{sort}:") for sort in _PERSONAL))


def busiest(session: Session, project_id: int, limit: int) -> list[int]:
    """Return who has finished most in a project, as it was taken in last."""
    query = select(Tally.name).where(Tally.project_id == project_id, Tally.name.startswith("done:"))
    names = session.scalars(query.order_by(Tally.count.desc(), Tally.name).limit(limit))
    return [int(name.removeprefix("done:")) for name in names]


def waiting(session: Session) -> bool:
    """Say whether so many articles were touched that they should be taken in."""
    return len(session.scalars(select(Touched.id).limit(FEW // 2)).all()) == FEW // 2


def fold(session: Session, most: int = CHUNK) -> int:
    """Take touched articles into the tallies; return how many notes there were."""
    dialects.alone(session, dialects.TALLIES)  # two that count one article would count it twice
    notes = session.execute(select(Touched.id, Touched.article_id).order_by(Touched.id).limit(most)).all()
    articles = sorted({article_id for _, article_id in notes})
    was, now = _standings(session, articles), _now(session, articles)
    change: dict[int, Adds] = defaultdict(Counter)
    for project_id, standing in was.values():
        change[project_id].subtract(standing)
    for project_id, standing in now.values():
        change[project_id].update(standing)
    _store(session, was, now, change)
    for some in parts([number for number, _ in notes]):
        session.execute(delete(Touched).where(Touched.id.in_(some)))
    return len(notes)


def _store(
    session: Session, was: dict[int, tuple[int, Adds]], now: dict[int, tuple[int, Adds]], change: dict[int, Adds]
) -> None:
    keep = dialects.insert(session, Standing)
    keep = keep.on_conflict_do_update(index_elements=["article_id"], set_={"body": keep.excluded.body})
    rows = [{"article_id": each, "project_id": project, "body": dict(adds)} for each, (project, adds) in now.items()]
    if rows:
        session.execute(keep, rows)
    for some in parts(sorted(was.keys() - now.keys())):
        session.execute(delete(Standing).where(Standing.article_id.in_(some)))
    add = dialects.insert(session, Tally)
    add = add.on_conflict_do_update(
        index_elements=["project_id", "name"], set_={"count": Tally.count + add.excluded.count}
    )
    counts = [
        {"project_id": project_id, "name": name, "count": n}
        for project_id, adds in sorted(change.items())
        for name, n in sorted(adds.items())
        if n
    ]
    if counts:
        session.execute(add, counts)


def forget(session: Session) -> None:
    """Let every article be counted anew."""
    for table in (Tally, Standing, Touched):
        session.execute(delete(table))
    every = select(Article.project_id, Article.id).order_by(Article.id)
    session.execute(insert(Touched).from_select(["project_id", "article_id"], every))


def counted_anew(session: Session) -> dict[int, Adds]:
    """Count all articles of all projects; for who doubts the tallies."""
    found: dict[int, Adds] = defaultdict(Counter)
    last = 0
    while some := session.scalars(select(Article.id).where(Article.id > last).order_by(Article.id).limit(MOST)).all():
        for project_id, adds in _now(session, some).values():
            found[project_id].update(adds)
        last = some[-1]
    return found


def _standings(session: Session, articles: Sequence[int]) -> dict[int, tuple[int, Adds]]:
    found: dict[int, tuple[int, Adds]] = {}
    for some in parts(articles):
        query = select(Standing.article_id, Standing.project_id, Standing.body).where(Standing.article_id.in_(some))
        found |= {number: (project_id, Adds(body)) for number, project_id, body in session.execute(query)}
    return found


def _now(session: Session, articles: Sequence[int]) -> dict[int, tuple[int, Adds]]:
    """Return what articles add as they are, each with its project."""
    found: dict[int, tuple[int, Adds]] = {}
    for some in parts(articles):
        here = select(Article.id, Article.project_id, Batch.state == "done").join(Batch, Batch.id == Article.batch_id)
        for number, project_id, is_here in session.execute(here.where(Article.id.in_(some))):
            found[number] = project_id, Adds({"articles": int(is_here)})
        for (number, author), proposals in _proposed(session, some).items():
            shown = found[number][1]["articles"]
            found[number][1].update({f"suggester:{author}": shown, f"proposals:{author}": shown * proposals})
        for number, adds in _worked(session, some):
            found[number][1].update(adds)
        gold = select(Layer.article_id).where(Layer.article_id.in_(some), Layer.kind == "gold").distinct()
        for number in session.scalars(gold):
            found[number][1]["gold"] += 1
        for number, states in _taken(session, some).items():
            found[number][1].update(f"taken:{state}" for state in states)
            found[number][1]["suggested"] += "suggested" in states and found[number][1]["articles"]
        ruled = select(Adjudication.article_id, Adjudication.state).where(Adjudication.article_id.in_(some))
        for number, state in session.execute(ruled):
            found[number][1][f"adjudication:{state}"] += 1
    return found


def _proposed(session: Session, articles: Sequence[int]) -> dict[tuple[int, str], int]:
    """Return how much is proposed for articles, by article and suggester, of whom the newest layer counts."""
    query = select(Layer.article_id, Layer.author, Layer.proposals).order_by(Layer.id)
    rows = session.execute(query.where(Layer.article_id.in_(articles), Layer.kind == "suggested"))
    return {(number, author): proposals for number, author, proposals in rows}


def _taken(session: Session, articles: Sequence[int]) -> dict[int, set[str]]:
    """Return in which states articles can be taken out, as ``readings`` chooses them."""
    query = select(Layer.article_id, Layer.kind).where(Layer.article_id.in_(articles), Layer.kind.in_(_KINDS))
    found: dict[int, set[str]] = defaultdict(set)
    for number, kind in session.execute(query.distinct()):
        found[number].add(kind)
    several = [number for number, kinds in found.items() if "reviewed" in kinds and "gold" not in kinds]
    awaited = select(Item.article_id).where(
        Item.article_id.in_(several), Item.purpose == "work", Item.state.in_(UNREAD)
    )
    for number in set(session.scalars(awaited)):
        found[number].discard("reviewed")
    for kinds in found.values():
        kinds.update({"reviewed"} if "gold" in kinds else ())
    return found


def _worked(session: Session, articles: Sequence[int]) -> Iterator[tuple[int, Adds]]:
    """Yield what the items of articles add."""
    columns = (Item.article_id, Item.state, Item.person_id, Item.layer_id, Item.finished_at)
    query = select(*columns).where(Item.article_id.in_(articles), Item.purpose == "work")
    slots: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(query):
        slots[row.article_id].append(row)
    for number, rows in slots.items():
        adds = Adds(f"item:{row.state}" for row in rows)
        adds[f"state:{_state([row.state for row in rows])}"] += 1
        adds.update(f"left:{row.person_id or ''}" for row in rows if row.state in UNREAD)
        done = [row for row in rows if row.state == "done" and row.layer_id is not None]
        adds.update(f"done:{row.person_id}" for row in done)
        adds.update(f"day:{row.finished_at.date()}" for row in done if row.finished_at)
        yield number, adds


def _state(slots: Sequence[str]) -> str:
    """Return how far an article has come whose readings are in these states."""
    finished = slots.count("done")
    if finished == len(slots):
        return "read"
    if {"open", "returned"}.intersection(slots):
        return "in review"
    return "skipped" if "skipped" in slots else "partly read" if finished else "waiting"

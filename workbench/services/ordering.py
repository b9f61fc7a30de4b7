"""The order of a queue: what its rule says of each article, kept as a rank whenever something changes."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy.orm import Session

from workbench.core import adjudication
from workbench.core import rules as core
from workbench.core.record import layer_from
from workbench.core.rules import Rules
from workbench.store import items, ordering, overlap, projects, work
from workbench.store.overlap import SlotRow


@lru_cache(maxsize=64)
def parsed(body: str) -> Rules:
    """Return stored rules; the same text is read once."""
    return core.parse(body)


def rules_of(session: Session, project_id: int) -> Rules:
    """Return the rules by which a project's articles are read and its readings come together."""
    _, body = projects.rules(session, project_id)
    return parsed(body) if body else Rules()


def lane_of(session: Session, project_id: int, article_id: int) -> int:
    """Return in which lane the rules put an article."""
    wanted = rules_of(session, project_id)
    return wanted.lane_of(*overlap.about(session, article_id)) if wanted.lanes else 0


def arrange(session: Session, project_id: int, wanted: Rules, *, fresh: Sequence[int] = ()) -> None:
    """Bring the whole queue into the order that the rules want; ``fresh`` articles have places that are new."""
    ordering.weigh(session, project_id, fresh)
    if wanted.order == "oldest":
        ordering.level(session, project_id)
    elif wanted.order == "uncertain":
        ordering.by_certainty(session, project_id)
    elif wanted.order == "worth":
        ordering.by_worth(session, project_id)
    elif wanted.order == "disputed":
        ordering.level(session, project_id, ordering.UNKNOWN)
        for article_id in ordering.partly_read(session, project_id):
            _measure(session, article_id, overlap.of_article(session, article_id))
    else:
        ordering.in_turn(session, project_id, wanted.order)


def ready(session: Session, project_id: int, article_ids: Sequence[int]) -> None:
    """Say that articles have proposals to review, and put them where these belong."""
    items.make_ready(session, list(article_ids))
    ordering.weigh(session, project_id, article_ids)
    order = rules_of(session, project_id).order
    if order == "uncertain":
        ordering.by_certainty(session, project_id, article_ids)
    elif order == "worth":
        ordering.by_worth(session, project_id, article_ids)


def disputed(session: Session, project_id: int, article_id: int, slots: Sequence[SlotRow]) -> None:
    """Put an article that others have yet to read where the readings so far put it, if the order goes by that."""
    if rules_of(session, project_id).order == "disputed":
        _measure(session, article_id, slots)


def widened(session: Session, project_id: int, article_id: int, slots: Sequence[SlotRow]) -> None:
    """Put the fresh places of an article where its first one was, or where its readings put them."""
    ordering.as_before(session, article_id)
    disputed(session, project_id, article_id, slots)


def _measure(session: Session, article_id: int, slots: Sequence[SlotRow]) -> None:
    rows = [work.layer(session, each.layer_id) for each in slots if each.state == "done" and each.layer_id]
    if len(rows) < 2:
        return
    text = work.text(session, article_id).text
    layers = [layer_from(row.author, row.body or {}, text) for row in rows]
    agreement = adjudication.compare(layers, "unanimous").agreement
    ordering.put(session, article_id, round(ordering.SCALE * agreement))

"""What a save reads and writes. Each statement is built once: building it anew takes longer than running it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Text, bindparam, case, insert, select, type_coerce, update

from workbench.core.annotation import PLURALS
from workbench.store import dialects, prepared, projects
from workbench.store.kept import kept
from workbench.store.prepared import Asked
from workbench.store.schema import Article, Decision, Item, Layer, Mark
from workbench.store.work import MarkRow

_ARTICLE: Any = Article.__table__
_DECISION: Any = Decision.__table__
_ITEM: Any = Item.__table__
_LAYER: Any = Layer.__table__
_BASE: Any = _LAYER.alias("base")
_DRAFT: Any = _LAYER.alias("draft")
_MARK: Any = Mark.__table__
_KINDS = {plural: kind for kind, plural in PLURALS.items()}
_STATE = ("kind", "status", "version", "body")


@dataclass(frozen=True, slots=True)
class Seat:
    """An item, the reviewer's layer over its article, and what decisions on it are held against."""

    article_id: int
    person_id: int | None
    state: str
    leased_until: datetime | None
    text_sha256: str
    layer_id: int | None
    kind: str
    rev: int
    base_id: int | None
    base_at: datetime | None


class _Named(msgspec.Struct):
    id: str


def seat(asked: Asked, project_id: int, item_id: int, person_id: int) -> Seat | None:
    """Return an item with somebody's layer, and keep other writers of the item out until the transaction ends.

    The layer is that of the item's reader; who had the item before still owns a draft.
    """
    found = prepared.execute(asked, _seat(), {"in_project": project_id, "this": item_id, "who": person_id})
    return Seat(*found[0]) if found else None


@cache
def _seat() -> Any:
    who: Any = bindparam("who")
    begun = (_DRAFT.c.article_id == _ITEM.c.article_id, _DRAFT.c.kind.in_(["draft", "reviewed"]))
    own = select(_DRAFT.c.id).where(*begun, _DRAFT.c.person_id == who).order_by(_DRAFT.c.id.desc()).limit(1)
    mine = case((_ITEM.c.person_id == who, _ITEM.c.layer_id), else_=own.scalar_subquery())
    columns = (
        _ITEM.c.article_id, _ITEM.c.person_id, _ITEM.c.state, _ITEM.c.leased_until, _ARTICLE.c.text_sha256,
        _LAYER.c.id, _LAYER.c.kind, _LAYER.c.rev, _BASE.c.id, _BASE.c.at,
    )  # fmt: skip
    return (
        select(*columns)
        .join(_ARTICLE, _ARTICLE.c.id == _ITEM.c.article_id)
        .outerjoin(_LAYER, _LAYER.c.id == mine)
        .outerjoin(_BASE, _BASE.c.id == _LAYER.c.base_id)
        .where(_ITEM.c.id == bindparam("this"), _ITEM.c.project_id == bindparam("in_project"))
        .with_for_update(of=_ITEM)
    )


def scheme(asked: Asked, project_id: int, version: int) -> str:
    """Return a version of a project's scheme as JSON; it never changes, and is kept at hand."""
    return kept(asked, ("scheme", project_id, version), lambda: projects.scheme(asked, project_id, version) or "", len)


def text(asked: Asked, article_id: int, sha256: str) -> str:
    """Return an article's text; it never changes, and is kept at hand."""

    def find() -> str:
        return str(prepared.scalar(asked, _text(), {"this": article_id}))

    return kept(asked, ("text", sha256), find, len)


@cache
def _text() -> Any:
    return select(_ARTICLE.c.text).where(_ARTICLE.c.id == bindparam("this"))


def proposals(asked: Asked, layer_id: int, at: datetime) -> dict[str, tuple[str, msgspec.Raw]]:
    """Return what a suggester proposed, kind and JSON of each by id; it never changes, and is kept at hand."""
    return kept(
        asked,
        ("proposals", layer_id, at),
        lambda: _proposals(prepared.scalar(asked, _body(), {"this": layer_id})),
        lambda rows: sum(len(memoryview(raw)) + 200 for _, raw in rows.values()),
    )


@cache
def _body() -> Any:
    return select(type_coerce(_LAYER.c.body, Text)).where(_LAYER.c.id == bindparam("this"))


def _proposals(body: str | None) -> dict[str, tuple[str, msgspec.Raw]]:
    rows = msgspec.json.decode(body, type=dict[str, msgspec.Raw]) if body else {}
    return {
        msgspec.json.decode(raw, type=_Named).id: (_KINDS[plural], raw)
        for plural, listed in rows.items()
        if plural in _KINDS
        for raw in msgspec.json.decode(listed, type=list[msgspec.Raw])
    }


def known(
    asked: Asked, layer_id: int, oids: Collection[str], keys: Collection[str]
) -> tuple[dict[str, MarkRow], dict[str, tuple[int, int]]]:
    """Return what decisions made of objects of a layer, by id, and layer and version of decisions logged, by key."""
    rows = prepared.execute(asked, _marks(len(oids)), {"layer": layer_id} | _spread(oids))
    logs = prepared.execute(asked, _logged(len(keys)), _spread(keys))
    return {row[0]: MarkRow(*row) for row in rows}, {key: (layer, version) for key, layer, version in logs}


@cache
def _marks(some: int) -> Any:
    columns = (_MARK.c.oid, *(_MARK.c[name] for name in _STATE))
    return select(*columns).where(_MARK.c.layer_id == bindparam("layer"), _MARK.c.oid.in_(_places(some)))


@cache
def _logged(some: int) -> Any:
    return select(_DECISION.c.key, _DECISION.c.layer_id, _DECISION.c.version).where(_DECISION.c.key.in_(_places(some)))


def _places(some: int) -> list[Any]:
    return [bindparam(name, type_=Text) for name in _spread(range(some))]


def _spread(values: Collection[Any]) -> dict[str, Any]:
    """Return values that are searched in, each under a name of its own."""
    return {f"one{number}": value for number, value in enumerate(values)}


def keep(asked: Asked, layer_id: int, log: list[dict[str, Any]], marks: Iterable[MarkRow]) -> int:
    """Append decisions, keep the newest state of what they touched, count them; return the layer's new revision."""
    logging, marking, counting = _keep(dialects.embedded(asked))
    prepared.execute(asked, logging, log)
    states = [{"layer_id": layer_id, "oid": row.oid} | {name: getattr(row, name) for name in _STATE} for row in marks]
    prepared.execute(asked, marking, states)
    return int(prepared.scalar(asked, counting, {"this": layer_id, "more": len(log)}))


@cache
def _keep(embedded: bool) -> tuple[Any, Any, Any]:
    marking = dialects.INSERT[embedded](_MARK)
    marking = marking.on_conflict_do_update(
        index_elements=["layer_id", "oid"], set_={name: marking.excluded[name] for name in _STATE}
    )
    counting = update(_LAYER).where(_LAYER.c.id == bindparam("this")).values(rev=_LAYER.c.rev + bindparam("more"))
    return insert(_DECISION), marking, counting.returning(_LAYER.c.rev)


def stay(asked: Asked, item_id: int, until: datetime) -> None:
    """Renew the lease of an item."""
    prepared.execute(asked, _stay(), {"this": item_id, "until": until})


@cache
def _stay() -> Any:
    until = bindparam("until", type_=_ITEM.c.leased_until.type)
    return update(_ITEM).where(_ITEM.c.id == bindparam("this")).values(leased_until=until)

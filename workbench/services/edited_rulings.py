"""A ruling with a reading that was changed before it was taken."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from workbench.core.actors import Registry
from workbench.core.annotation import Entity, Object
from workbench.core.edited import edited
from workbench.core.workflow import Person
from workbench.services import actors, adjudication, projects
from workbench.services.adjudication import Case
from workbench.store.projects import ProjectRow


def base(case: Case, card: str, choice: int | None) -> Object:
    """Return the reading that is changed: the one chosen, or the first that has something."""
    found = case.card(card).readings
    chosen = found[choice] if choice is not None and 0 <= choice < len(found) else None
    return chosen or next(each for each in found if each is not None)


def rule(
    session: Session, project: ProjectRow, key: str, card: str, choice: int | None, given: Mapping[str, str], *,
    seen: int, reason: str | None, by: Person, now: datetime, root: Path,
) -> None:  # fmt: skip
    """Take a reading as it was changed; raises Invalid with what cannot be."""
    case = adjudication.opened(session, project, key, by=by)
    scheme, registry = projects.scheme(session, project), actors.registry(session, project, root=root)
    item = edited(scheme, case.document.text, base(case, card, choice), given, _ids(registry, case, card, given))
    adjudication.rule(session, project, key, card, choice, item=item, seen=seen, reason=reason, by=by, now=now)


def _ids(known: Registry, case: Case, card: str, given: Mapping[str, str]) -> dict[str, str | None]:
    """Return the registry's ids of the actors that are named."""
    found = {value: actor.id for value in given.values() if (actor := known.by_name(value.strip()))}
    return found | {
        each.actor: each.actor_id for each in case.card(card).readings if isinstance(each, Entity) and each.actor
    }

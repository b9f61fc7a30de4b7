"""What goes out: records of a project's articles, in any format, with nothing dropped silently."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Final

from sqlalchemy.orm import Session

from workbench.core.annotation import Document, Review
from workbench.core.errors import Invalid
from workbench.core.record import layer_from
from workbench.core.text import sentences
from workbench.store import people, work
from workbench.store.projects import ProjectRow
from workbench.store.work import LayerRow

STATES: Final = {"gold": ("gold",), "reviewed": ("gold", "reviewed"), "suggested": ("suggested",)}
"""Which layers each state takes, best first."""


def records(
    session: Session, project: ProjectRow, state: str, *, names: dict[str, str] | None = None
) -> Iterator[Document]:
    """Stream the records of a project in a state, by key; ``names`` replaces reviewers' pseudonyms.

    ``reviewed`` takes gold where there is gold. Raises Invalid for a state that does not exist, or
    a stored span whose words are not those of the text.
    """
    if state not in STATES:
        raise Invalid(f"There is no state “{state}”; there are {', '.join(STATES)}.")
    for document, layer in work.readings(session, project.id, STATES[state]):
        yield _record(document, layer, project.slug, names or {})


def _record(document: Document, layer: LayerRow, project: str, names: dict[str, str]) -> Document:
    known = {field.name for field in fields(Review)} - {"state"}
    kept = {key: value for key, value in layer.review.items() if key in known}
    reviewers = tuple(names.get(each, each) for each in kept.pop("reviewers", ()))
    return replace(
        document,
        project=project,
        layer=layer_from(layer.author, layer.body or {}, document.text),
        sentences=tuple(sentences(document.text)),
        review=Review(state=layer.kind, reviewers=reviewers, **kept),
    )


def count(session: Session, project: ProjectRow, state: str) -> int:
    """Return how many articles have a reading in a state."""
    return work.count_readings(session, project.id, STATES[state])


def names(session: Session, project: ProjectRow) -> dict[str, str]:
    """Return the names behind reviewers' pseudonyms."""
    return {f"r{row.id}": row.name for row in people.members(session, project.id)}

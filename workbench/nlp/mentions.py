"""Mentions: the pipeline's view of entities, with the actor that each one names."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from spacy.tokens import Doc

from workbench.core.actors import Kind
from workbench.core.annotation import By, Entity


class Proposal(NamedTuple):
    """A stretch that a rule or the model takes for an entity; of two that overlap the higher rank stands.

    ``agreed`` says that a rule or the registry and the model said the same.
    """

    start: int
    end: int
    label: str
    cue: str
    rank: int
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text by the scheme's label, and whom it names.

    ``start`` and ``end`` count characters. ``actor`` is the canonical name, None where the words name
    nobody (a date, a capital as a place); ``principal`` is whom the actor speaks for.
    """

    start: int
    end: int
    label: str
    cue: str = ""
    score: float | None = None
    flags: tuple[str, ...] = ()
    agreed: bool = False
    actor: str | None = None
    id: str | None = None
    kind: Kind | None = None
    principal: str | None = None
    principal_id: str | None = None

    def entity(self, number: int, suggester: str) -> Entity:
        """Return the mention as the gold record holds it."""
        by = By(suggester=suggester, score=self.score, cue=self.cue or None)
        return Entity(f"e{number}", self.start, self.end, self.label, self.actor, self.id, self.flags, by)


def text_of(doc: Doc) -> str:
    """Return the text of a document, put together once: ``doc.text`` walks over all tokens each time."""
    return str(doc.user_hooks.get("text") or doc.user_hooks.setdefault("text", doc.text))


def published(doc: Doc) -> date | None:
    """Return the day that the article appeared, where it is known."""
    try:
        return date.fromisoformat((doc._.published or "")[:10])
    except ValueError:
        return None


def debris(doc: Doc) -> list[tuple[int, int, str]]:
    """List the regions of the article that are not running text: start, end, kind."""
    return [(int(start), int(end), str(kind)) for start, end, kind in doc._.regions or ()]


for _name in ("published", "regions"):
    Doc.set_extension(_name, default=None, force=True)

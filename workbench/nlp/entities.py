"""The component that finds the scheme's entities and links each to its actor."""

from pathlib import Path
from typing import Any, Final

import msgspec
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from workbench.core.actors import Actor, Registry
from workbench.core.scheme import Scheme, dump, parse
from workbench.nlp.actors import Cast
from workbench.nlp.mentions import Mention

_MAPPED: Final = {
    "PERSON": "PERSON", "GPE": "GPE", "NORP": "NORP", "ORG": "ORG", "FAC": "FAC", "LOC": "LOC", "EVENT": "EVENT",
    "DATE": "DATE", "TIME": "DATE", "MONEY": "MONEY", "CARDINAL": "QUANTITY", "PRODUCT": "WEAPON",
}  # fmt: skip


@Language.factory("workbench_entities", requires=["doc.ents"], assigns=["doc.ents"])  # type: ignore[untyped-decorator]
def entity_finder(nlp: Language, name: str) -> "EntityFinder":
    """Build the component that finds and links entities; ``equip`` gives it a scheme and a registry."""
    return EntityFinder(name, nlp.vocab)


class EntityFinder:
    """Corrects the model's entities by rules and registry, and links them."""

    def __init__(self, name: str, vocab: Vocab) -> None:
        self.name, self.vocab = name, vocab
        self.scheme: Scheme | None = None
        self.registry = Registry(())
        self.labels: tuple[str, ...] = ()

    def equip(self, scheme: Scheme, registry: Registry) -> None:
        """Give it the scheme whose labels it may use and the actors it may link to."""
        self.scheme, self.registry = scheme, registry
        self.labels = tuple(label.name for label in scheme.labels)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions and put the cast on the document."""
        mentions = []
        for ent in doc.ents:
            label = _MAPPED.get(ent.label_)
            if label not in self.labels:
                continue
            match = (
                next(iter(self.registry.matching(ent.text)), None)
                if label in {"GPE", "NORP", "ORG", "PERSON"}
                else None
            )
            actor = match[0] if match else None
            principal = self.registry.principal_of(actor) if actor else None
            mentions.append(
                Mention(
                    ent.start_char,
                    ent.end_char,
                    label,
                    "model",
                    0.8,
                    (),
                    actor.name if actor else None,
                    actor.id if actor else None,
                    actor.kind if actor else None,
                    principal.name if principal else None,
                    principal.id if principal else None,
                )
            )
        doc.user_hooks["cast"] = Cast(doc, mentions, self.registry)
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Return the scheme and the registry as JSON."""
        return msgspec.json.encode([dump(self.scheme) if self.scheme else None, list(self.registry)])

    def from_bytes(self, data: bytes, **_: Any) -> "EntityFinder":
        """Take scheme and registry from what ``to_bytes`` returned."""
        scheme, actors = msgspec.json.decode(data, type=tuple[str | None, list[Actor]])
        if scheme:
            self.equip(parse(scheme), Registry(actors))
        return self

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the scheme and the registry."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: Path, **_: Any) -> "EntityFinder":
        """Read the scheme and the registry."""
        return self.from_bytes(Path(path).read_bytes())

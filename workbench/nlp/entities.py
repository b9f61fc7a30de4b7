"""The component that finds the scheme's entities and links each to its actor."""

from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from workbench.core.actors import Actor, Registry
from workbench.core.scheme import Scheme, dump, parse
from workbench.nlp.actors import Cast
from workbench.nlp.gazetteer import Gazetteer
from workbench.nlp.linking import linked
from workbench.nlp.settle import readings
from workbench.nlp.tree import tree


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
        self.gazetteer = Gazetteer(self.registry)
        self.labels: tuple[str, ...] = ()

    def equip(self, scheme: Scheme, registry: Registry) -> None:
        """Give it the scheme whose labels it may use and the actors it may link to."""
        self.scheme, self.registry, self.gazetteer = scheme, registry, Gazetteer(registry)
        self.labels = tuple(label.name for label in scheme.labels)

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions, put the cast on the document, and make ``doc.ents`` say the same."""
        words = tree(doc)
        found = linked(words, readings(doc, self.gazetteer), self.gazetteer, self.labels)
        doc.user_hooks["cast"] = Cast(words, found, self.registry)
        spans = (
            doc.char_span(each.start, each.end, each.label, each.id or "", alignment_mode="expand") for each in found
        )
        doc.set_ents(filter_spans([span for span in spans if span is not None]))
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

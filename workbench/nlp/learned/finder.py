"""The component that adds what the rules miss, and says how sure each proposal is, of the rules or its own."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from workbench.core.actors import Registry
from workbench.core.annotation import Frame
from workbench.core.scheme import Pairs, Scheme, dump, parse
from workbench.nlp.learned.certainty import likely, rated
from workbench.nlp.learned.judging import judged, proposals
from workbench.nlp.learned.model import Models, shipped
from workbench.nlp.learned.walk import Candidate
from workbench.nlp.lexicon import Lexicon, read
from workbench.nlp.tree import tree
from workbench.settings import resource_root


@Language.factory("workbench_learned", requires=["token.dep"])  # type: ignore[untyped-decorator]
def learned_finder(nlp: Language, name: str) -> "LearnedFinder":  # noqa: ARG001  spaCy hands it in
    """Build the component that adds learned proposals; ``equip`` gives it a scheme."""
    return LearnedFinder(name)


class LearnedFinder:
    """Judges candidates by linear models, appends the likely ones to ``doc._.frames``, and rates all that is there."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.scheme: Scheme | None = None
        self.models: Models | None = shipped()
        self.lexicon = read(resource_root() / "seeds" / "patterns")

    def equip(self, scheme: Scheme, registry: Registry) -> None:  # noqa: ARG002  all components are equipped alike
        """Propose only what the scheme lists."""
        self.scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        """Rate the proposals of the rules in a document, and add the learned ones that are sure enough."""
        if doc._.cast is None or self.models is None:
            return doc
        frames: list[Frame] = doc._.frames
        found = judged(tree(doc), self.lexicon, self.models.commitment)
        frames[:] = rated(frames, found, self.models.sure)
        frames.extend(self._new(found, frames, self.models))
        return doc

    def _new(self, found: Sequence[Candidate], frames: Sequence[Frame], models: Models) -> list[Frame]:
        """Return the frames to add, within the scheme, numbered on from the last of the rules', which leave gaps."""
        pairs = self.scheme.pairs if self.scheme else Pairs()
        new: list[Frame] = []
        for letter, made in zip("cs", proposals(found, frames, models, pairs), strict=True):
            start = max((int(each.id[1:]) for each in frames if each.id.startswith(letter)), default=0) + 1
            fitting = [each for each in likely(rated(made, found, models.sure)) if self._fits(each)]
            new += [replace(each, id=f"{letter}{number}") for number, each in enumerate(fitting, start)]
        return new

    def _fits(self, frame: Frame) -> bool:
        return self.scheme is None or not any(self.scheme.problems(frame))

    def to_bytes(self, **_: Any) -> bytes:
        """Return the scheme, the words and the weights as JSON."""
        return msgspec.json.encode([dump(self.scheme) if self.scheme else None, self.lexicon.tables, self.models])

    def from_bytes(self, data: bytes, **_: Any) -> "LearnedFinder":
        """Take scheme, words and weights from what ``to_bytes`` returned."""
        scheme, tables, models = msgspec.json.decode(data, type=tuple[str | None, dict[str, Any], Models | None])
        self.scheme = parse(scheme) if scheme else None
        self.lexicon, self.models = Lexicon(tables), models
        return self

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the scheme, the words and the weights."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: Path, **_: Any) -> "LearnedFinder":
        """Read the scheme, the words and the weights."""
        return self.from_bytes(Path(path).read_bytes())

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
from workbench.core.frame_scores import FRAME_KINDS, KEYS, FrameKind
from workbench.core.scheme import Scheme, dump, parse
from workbench.nlp.learned import building
from workbench.nlp.learned.certainty import ENOUGH, HOPELESS, Witness, likely, rated
from workbench.nlp.learned.claims import windows
from workbench.nlp.learned.decoding import told
from workbench.nlp.learned.network import Answer, Inventory, Network, label, shipped
from workbench.nlp.lexicon import Lexicon, read
from workbench.nlp.tree import tree
from workbench.settings import resource_root


@Language.factory("workbench_learned", requires=["token.dep"])  # type: ignore[untyped-decorator]
def learned_finder(nlp: Language, name: str) -> "LearnedFinder":  # noqa: ARG001  spaCy hands it in
    """Build the component that adds learned proposals; ``equip`` gives it a scheme."""
    return LearnedFinder(name)


class LearnedFinder:
    """Asks a network about every party and sentence, adds the likely frames to ``doc._.frames``, and rates all."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.scheme: Scheme | None = None
        self.network: Network | None = shipped()
        self.lexicon = read(resource_root() / "seeds" / "patterns")

    def equip(self, scheme: Scheme, registry: Registry) -> None:  # noqa: ARG002  all components are equipped alike
        """Propose only what the scheme lists."""
        self.scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        """Rate the proposals of the rules in a document, and add the learned ones that are sure enough."""
        if doc._.cast is None or self.network is None:
            return doc
        known = self.network.inventory
        answers = list(self.network.answers(windows(tree(doc), self.lexicon, self.network.pieces)))
        witness = Witness(answers, known)
        frames: list[Frame] = doc._.frames
        new = [each for each in additions(answers, frames, known) if self._fits(each)]
        frames[:] = [
            *likely(rated(frames, witness, known.sure), HOPELESS),
            *likely(rated(new, witness, known.sure), ENOUGH),
        ]
        return doc

    def _fits(self, frame: Frame) -> bool:
        return self.scheme is None or not any(self.scheme.problems(frame))

    def to_bytes(self, **_: Any) -> bytes:
        """Return the scheme, the words and the network."""
        network = (self.network.inventory, self.network.weights) if self.network else None
        return msgspec.msgpack.encode([dump(self.scheme) if self.scheme else None, self.lexicon.tables, network])

    def from_bytes(self, data: bytes, **_: Any) -> "LearnedFinder":
        """Take scheme, words and network from what ``to_bytes`` returned."""
        kept = tuple[str | None, dict[str, Any], tuple[Inventory, bytes] | None]
        scheme, tables, network = msgspec.msgpack.decode(data, type=kept)
        self.scheme = parse(scheme) if scheme else None
        self.lexicon, self.network = Lexicon(tables), Network(*network) if network else None
        return self

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the scheme, the words and the network."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: Path, **_: Any) -> "LearnedFinder":
        """Read the scheme, the words and the network."""
        return self.from_bytes(Path(path).read_bytes())


def additions(answers: Sequence[Answer], ruled: Sequence[Frame], known: Inventory) -> list[Frame]:
    """Return the frames that a network makes out and the rules do not, numbered after those of the rules."""
    found = sorted(told(answers, known), key=lambda each: -each.chance)
    kept: list[Frame] = []
    for each in found:
        made = building.frame(each)
        if made is not None and not any(_same(made, other) for other in (*ruled, *kept)):
            kept.append(made)
    return [
        replace(frame, id=f"{frame.kind[0]}{number}")
        for kind in FRAME_KINDS
        for number, frame in enumerate((each for each in kept if each.kind == kind), _last(ruled, kind) + 1)
    ]


def _last(frames: Sequence[Frame], kind: FrameKind) -> int:
    """Return the highest number of frames of a kind; the rules leave gaps."""
    return max((int(each.id[1:]) for each in frames if each.kind == kind), default=0)


def _same(one: Frame, other: Frame) -> bool:
    """Say whether two frames ascribe the same to the same party on words that they share."""
    who = KEYS[one.kind].who
    same = one.kind == other.kind and one.slots[who] == other.slots[who] and label(one) == label(other)
    return same and one.span.overlap(other.span) > 0

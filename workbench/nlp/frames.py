"""The component that proposes stances and commitments."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc

from workbench.core.actors import Registry
from workbench.core.scheme import Pairs, Scheme, dump, parse
from workbench.nlp import stances
from workbench.nlp.commitments import Draft, distinct, drafts
from workbench.nlp.echoes import echoed
from workbench.nlp.ellipses import elliptic
from workbench.nlp.exchanges import exchanged
from workbench.nlp.figures import figured
from workbench.nlp.fragments import fragments
from workbench.nlp.gapping import echoing, gapped
from workbench.nlp.headlines import headlined
from workbench.nlp.hearing import scenes
from workbench.nlp.idioms import phrased
from workbench.nlp.judgements import judgements
from workbench.nlp.leanings import leanings
from workbench.nlp.lexicon import Lexicon, read
from workbench.nlp.outlines import outlined
from workbench.nlp.scene import Memory, Scene
from workbench.nlp.silences import silences
from workbench.nlp.stances import Position, dual
from workbench.nlp.targets import topic
from workbench.nlp.threats import threats
from workbench.nlp.tree import tree
from workbench.nlp.views import views
from workbench.nlp.wants import wants
from workbench.nlp.writing import commitment, stance
from workbench.settings import resource_root


@Language.factory("workbench_frames", requires=["token.dep"])  # type: ignore[untyped-decorator]
def frame_finder(nlp: Language, name: str) -> "FrameFinder":  # noqa: ARG001  spaCy hands it in
    """Build the component that proposes stances and commitments; ``equip`` gives it a scheme."""
    return FrameFinder(name)


class FrameFinder:
    """Finds frames in the sentences that hold a cue, and appends them to ``doc._.frames``."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.scheme: Scheme | None = None
        self.use(read(resource_root() / "seeds" / "patterns"))

    def use(self, lexicon: Lexicon) -> None:
        """Work with these words."""
        self.lexicon = lexicon

    def equip(self, scheme: Scheme, registry: Registry) -> None:  # noqa: ARG002  all components are equipped alike
        """Propose only what the scheme lists."""
        self.scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        """Propose the frames of a document."""
        if doc._.cast is None:
            return doc
        pairs = self.scheme.pairs if self.scheme else Pairs()
        promised: list[Draft] = []
        held: list[Position] = []
        for scene in scenes(tree(doc), self.lexicon):
            plain = gapped(scene, drafts(scene))
            found = [*plain, *phrased(scene), *fragments(scene), *echoed(scene, plain), *echoing(scene, plain)]
            found += elliptic(scene, plain)
            figures = [*outlined(scene), *figured(scene, found)]
            spoken = {each.reading.anchor.i for each in figures}
            found = [*figures, *(each for each in found if spoken.isdisjoint(one.i for one in each.reading.predicates))]
            found = distinct([*found, *headlined(scene, found)])
            own = [position for draft in found for position in dual(draft, pairs)]
            _remember(scene.memory, found)
            promised += [draft for draft in (*found, *exchanged(scene, found)) if draft.party[0]]
            told = stances.distinct([*own, *_views(scene, pairs)])
            scene.memory.judged = next((each.target for each in told if ":" not in each.target), None) or topic(scene)
            held += told
        written = [stance(position, f"s{number}") for number, position in enumerate(held, 1)]
        written += [commitment(draft, f"c{number}") for number, draft in enumerate(promised, 1)]
        doc._.frames.extend(frame for frame in written if self.scheme is None or not any(self.scheme.problems(frame)))
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Return the scheme and the words as JSON."""
        return msgspec.json.encode([dump(self.scheme) if self.scheme else None, self.lexicon.tables])

    def from_bytes(self, data: bytes, **_: Any) -> "FrameFinder":
        """Take scheme and words from what ``to_bytes`` returned."""
        scheme, tables = msgspec.json.decode(data)
        self.scheme = parse(scheme) if scheme else None
        self.use(Lexicon(tables))
        return self

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the scheme and the words."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: Path, **_: Any) -> "FrameFinder":
        """Read the scheme and the words."""
        return self.from_bytes(Path(path).read_bytes())


def _views(scene: Scene, pairs: Pairs) -> Iterator[Position]:
    """Yield the stances that stand alone; who wants some thing has no view of it otherwise."""
    wished = list(wants(scene, pairs))
    wanting = {each.cues[0].i for each in wished}
    yield from wished
    for find in (judgements, leanings, silences, threats, views):
        yield from (each for each in find(scene, pairs) if wanting.isdisjoint(one.i for one in each.cues))


def _remember(memory: Memory, found: list[Draft]) -> None:
    """Keep what was said for the sentences that point back to it."""
    memory.until = max([memory.until, *(draft.scene.sentence.end for draft in found)])
    for draft in reversed(found):
        kind, party = draft.thing.type, draft.party[0]
        if draft.status == "requested":
            memory.asked[party] = kind
        memory.last = kind
        if party and kind != "unspecified":
            memory.given[party] = kind

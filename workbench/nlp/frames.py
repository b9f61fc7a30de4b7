"""The component that proposes stances and commitments."""

from pathlib import Path
from typing import Any, Final

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from workbench.core.actors import Registry
from workbench.core.annotation import By, Frame, Value
from workbench.core.scheme import Pairs, Scheme
from workbench.nlp import slots, stances
from workbench.nlp.attribution import quotes
from workbench.nlp.commitments import Draft, distinct, drafts
from workbench.nlp.idioms import phrased
from workbench.nlp.judgements import judgements
from workbench.nlp.lexicon import Lexicon, read
from workbench.nlp.mentions import debris
from workbench.nlp.scene import Scene
from workbench.nlp.stances import Position, dual
from workbench.settings import resource_root

_SILENT: Final = frozenset({"boilerplate", "credit"})


@Language.factory("workbench_frames", requires=["token.dep"])
def frame_finder(nlp: Language, name: str) -> "FrameFinder":
    """Build the component that proposes stances and commitments; ``equip`` gives it a scheme."""
    return FrameFinder(nlp)


class FrameFinder:
    """Finds frames in the sentences that hold a cue, and appends them to ``doc._.frames``."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab
        self.pairs = Pairs()
        self.use(read(resource_root() / "seeds" / "patterns"))

    def use(self, lexicon: Lexicon) -> None:
        """Work with these words."""
        self.lexicon = lexicon
        self.triggers = {self.vocab.strings.add(word) for word in lexicon.triggers}

    def equip(self, scheme: Scheme, registry: Registry) -> None:
        """Leave out what the scheme does not list."""
        self.pairs = scheme.pairs

    def __call__(self, doc: Doc) -> Doc:
        """Propose the frames of a document."""
        if doc._.cast is None:
            return doc
        said = quotes(doc)
        silent = [(start, end) for start, end, kind in debris(doc) if kind in _SILENT]
        promised: list[Draft] = []
        held: list[Position] = []
        recent: dict[str, str] = {}
        for sentence in doc.sents:
            if self._telling(sentence) and not any(
                start < sentence.end_char and sentence.start_char < end for start, end in silent
            ):
                scene = Scene(sentence, doc._.cast, self.lexicon, said, recent)
                promised += (found := distinct([*drafts(scene), *phrased(scene)]))
                recent |= {draft.party[0]: draft.thing.type for draft in found if draft.thing.type != "unspecified"}
                own = [position for draft in found for position in dual(draft, self.pairs)]
                held += stances.distinct([*own, *judgements(scene, self.pairs)])
        doc._.frames.extend(stance(position, f"s{number}") for number, position in enumerate(held, 1))
        doc._.frames.extend(commitment(draft, f"c{number}") for number, draft in enumerate(promised, 1))
        return doc

    def _telling(self, sentence: Span) -> bool:
        return any(token.lemma in self.triggers or token.lower in self.triggers for token in sentence)

    def to_bytes(self, **_: Any) -> bytes:
        """Return the lexicon as JSON."""
        return msgspec.json.encode(self.lexicon.tables)

    def from_bytes(self, data: bytes, **_: Any) -> "FrameFinder":
        """Take the lexicon from what ``to_bytes`` returned."""
        self.use(Lexicon(msgspec.json.decode(data)))
        return self

    def to_disk(self, path: Path, **_: Any) -> None:
        """Write the lexicon."""
        Path(path).write_bytes(self.to_bytes())

    def from_disk(self, path: Path, **_: Any) -> "FrameFinder":
        """Read the lexicon."""
        return self.from_bytes(Path(path).read_bytes())


def commitment(draft: Draft, identity: str) -> Frame:
    """Write a commitment down in the slots of the record."""
    scene, reading = draft.scene, draft.reading
    start, end = draft.evidence
    when = slots.timeframe(scene, reading.predicates, [draft.thing.token])
    firm = {"announced": "soft" if reading.soft else "firm", "conditional": "soft"}
    values: dict[str, Value] = {
        "actor": draft.party[0],
        "type": draft.thing.type,
        "status": draft.status,
        "evidence": slots.span(scene, draft.evidence),
        "condition": slots.span(scene, draft.condition),
        "amount": slots.amount(scene, start, end) if draft.thing.type == "financing" else None,
        "quantity": slots.quantity(scene, draft.thing.token) if draft.thing.type != "financing" else None,
        "timeframe": slots.span(scene, when),
        "beneficiary": slots.beneficiary(scene, reading.predicates, [draft.thing.token], draft.party[0]),
        "sought_by": draft.sought.principal or draft.sought.actor if draft.sought else None,
        "speaker": draft.speaker.actor if draft.speaker else None,
        "strength": firm.get(draft.status),
        "attribution": "direct" if draft.direct else "indirect" if draft.speaker else "narrator",
        "hedged": draft.hedged,
        "partial": draft.partial,
    }
    cue = " ".join(each.text for each in sorted(set(reading.cues), key=lambda each: each.i))
    by = By(score=0.7, cue=f"{draft.rule}: {cue}" if cue else draft.rule)
    return Frame(
        "commitment",
        identity,
        {name: value for name, value in values.items() if value not in (None, False)},
        {"actor": draft.party[1]},
        by,
    )


def stance(position: Position, identity: str) -> Frame:
    """Write a stance down in the slots of the record."""
    scene, holder = position.scene, position.holder
    values: dict[str, Value] = {
        "holder": holder.actor,
        "on_behalf_of": holder.principal if holder.kind == "person" else holder.actor,
        "speaker": position.speaker.actor if position.speaker else None,
        "target": position.target,
        "target_actor": position.target_actor,
        "polarity": position.polarity,
        "evidence": slots.span(scene, position.evidence),
        "condition": slots.span(scene, position.condition),
        "attribution": "direct" if position.direct else "indirect" if position.speaker else "narrator",
        "negated": position.negated,
        "hedged": position.hedged,
        "partial": position.partial,
    }
    cue = " ".join(each.text for each in sorted(set(position.cues), key=lambda each: each.i))
    by = By(score=0.6, cue=f"{position.rule}: {cue}")
    return Frame(
        "stance",
        identity,
        {name: value for name, value in values.items() if value not in (None, False)},
        {"holder": holder.id},
        by,
    )

"""Gold articles as examples: their windows, and what the gold says of each claim and word."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language

from workbench.core.annotation import Frame, Layer
from workbench.core.frame_scores import KEYS, FrameKind, match_frames
from workbench.core.record import layer_from
from workbench.core.regions import regions
from workbench.nlp.learned.claims import Claim, Window, windows
from workbench.nlp.learned.network import Inventory, Numbers
from workbench.nlp.learned.pieces import Pieces
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.parts import within
from workbench.nlp.tree import tree

Alternatives = dict[str, dict[str, tuple[str, ...]]]


@dataclass(slots=True)
class Example:
    """An article: its gold, the frames of the rules, and its windows.

    What has the same group must not be parted. ``file`` is the part of the benchmark that it is from: no rule was
    written with the articles for fitting, so they tell how often proposals are right.
    """

    group: str
    file: str
    gold: Layer
    alternatives: Alternatives
    ruled: list[Frame]
    windows: list[Window]

    def frames(self, kind: FrameKind) -> Sequence[Frame]:
        """Return the gold frames of a kind."""
        return self.gold.commitments if kind == "commitment" else self.gold.stances

    def values(self, frame: Frame, slot: str) -> list[str]:
        """Return the value of a slot and its alternatives, of targets that name an actor their kind."""
        found = [frame.slots[slot], *self.alternatives.get(frame.id, {}).get(slot, ())]
        return [str(each).partition(":")[0] if slot == "target" else str(each) for each in found]

    def right(self, kind: FrameKind, predicted: Sequence[Frame]) -> tuple[set[int], set[int]]:
        """Return which predicted frames are in the gold, and which of them with its status or polarity."""
        match = match_frames(kind, self.frames(kind), predicted, self.alternatives)
        return (
            {j for _, j in match.lenient},
            {pair[1] for pair in match.lenient if match.agrees(pair, KEYS[kind].main)},
        )


class Truth(NamedTuple):
    """What the gold says of the words of a claim's sentence.

    ``wanted`` and ``counts`` are (words, labels): whether a word is evidence for a label, and whether it matters that
    this is learned; ``main`` is the status or polarity of each word of evidence, -1 elsewhere.
    """

    wanted: Numbers
    counts: Numbers
    main: Numbers


def examples(nlp: Language, lexicon: Lexicon, pieces: Pieces, paths: Iterable[Path]) -> list[Example]:
    """Read gold articles, and run the pipeline up to the rules over them."""
    return [
        _example(nlp, lexicon, pieces, json.loads(line), path.stem)
        for path in paths
        for line in path.read_text("utf-8").splitlines()
    ]


def _example(nlp: Language, lexicon: Lexicon, pieces: Pieces, row: dict[str, Any], file: str) -> Example:
    text = row["text"]
    doc = nlp.make_doc(text)
    doc._.published = (row.get("source") or {}).get("published")
    doc._.regions = within(regions(text), 0, len(text))
    doc = nlp(doc)
    alternatives = {
        each["id"]: {slot: tuple(values) for slot, values in (each.get("alt") or {}).items()}
        for kind in ("stances", "commitments")
        for each in row[kind]
    }
    found = [each for each in windows(tree(doc), lexicon, pieces) if each.claims]
    return Example(_group(row), file, layer_from("gold", row, text), alternatives, list(doc._.frames), found)


def truth(example: Example, claim: Claim, inventory: Inventory) -> Truth:
    """Return what is to be learned of a claim; other readings that the gold allows do not count."""
    kind, tokens = claim.kind, claim.line.tokens
    labels, mains, keys = inventory.labels[kind], inventory.mains[kind], KEYS[kind]
    wanted = np.zeros((len(tokens), len(labels)), dtype=np.float32)
    counts = np.ones_like(wanted)
    main = np.full(len(tokens), -1, dtype=np.float32)
    starts = np.array([each.idx for each in tokens])
    ends = starts + np.array([len(each) for each in tokens])
    for frame in example.frames(kind):
        whose = example.values(frame, keys.who)
        inside = (starts < frame.span.end) & (ends > frame.span.start)
        if claim.name not in whose or not inside.any():
            continue
        for place, label in enumerate(example.values(frame, keys.what)):
            if label in labels and place == 0 and claim.name == whose[0]:
                wanted[inside, labels.index(label)] = 1
            elif label in labels:
                counts[inside, labels.index(label)] = 0
        main[inside] = mains.index(str(frame.slots[keys.main]))
    return Truth(wanted, np.maximum(counts, wanted), main)


def _group(row: dict[str, Any]) -> str:
    """Return what an article must not be parted from: others by its author, on its subject or of its construction."""
    tags: list[str] = row["meta"]["constructions"]
    if tags[0] != "article":
        return tags[0]
    return tags[-1] if tags[-1].startswith("author") else "-".join(row["id"].split("-")[:2])


def held_back(found: Sequence[Example]) -> set[str]:
    """Return every other group, in an order that nobody chose."""
    names = {each.group for each in found}
    return set(sorted(names, key=lambda name: hashlib.sha256(name.encode()).hexdigest())[::2])

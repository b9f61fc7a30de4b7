"""Gold articles as examples: the candidates that they hold, and what the gold makes of each."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.language import Language

from workbench.core.annotation import Frame, Layer, Span
from workbench.core.frame_scores import EVIDENCE, FrameKind, match_frames
from workbench.core.record import layer_from
from workbench.core.regions import regions
from workbench.nlp.learned.building import drafted
from workbench.nlp.learned.walk import Candidate, candidates, scenes
from workbench.nlp.lexicon import Lexicon
from workbench.nlp.parts import within
from workbench.nlp.tree import tree
from workbench.nlp.writing import commitment

Alternatives = dict[str, dict[str, tuple[str, ...]]]


@dataclass(slots=True)
class Example:
    """An article: its gold, the frames of the rules, and its candidates with the gold commitment of each.

    What has the same group must not be parted. ``file`` is the part of the benchmark that it is from: no rule was
    written with the articles for fitting, so they tell how often the rules are right.
    """

    group: str
    file: str
    gold: Layer
    alternatives: Alternatives
    ruled: list[Frame]
    found: list[Candidate] = field(default_factory=list)
    truth: list[Frame | None] = field(default_factory=list)

    def right(self, kind: FrameKind, predicted: Sequence[Frame]) -> tuple[set[int], set[int]]:
        """Return which predicted frames are in the gold, and which of them with its status or polarity."""
        gold = self.gold.commitments if kind == "commitment" else self.gold.stances
        match = match_frames(kind, gold, predicted, self.alternatives)
        main = "status" if kind == "commitment" else "polarity"
        return {j for _, j in match.lenient}, {pair[1] for pair in match.lenient if match.agrees(pair, main)}

    def stands(self, frame: Frame, target: str) -> bool:
        """Say whether the gold has a stance on the target on the evidence of a commitment."""
        return any(
            target in _values(each, "target", self.alternatives) and each.span.overlap(frame.span) >= EVIDENCE
            for each in self.gold.stances
        )


def examples(nlp: Language, lexicon: Lexicon, paths: Iterable[Path]) -> list[Example]:
    """Read gold articles, and run the pipeline up to the rules over them."""
    return [
        _example(nlp, lexicon, json.loads(line), path.stem)
        for path in paths
        for line in path.read_text("utf-8").splitlines()
    ]


def _example(nlp: Language, lexicon: Lexicon, row: dict[str, Any], file: str) -> Example:
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
    made = Example(_group(row), file, layer_from("gold", row, text), alternatives, list(doc._.frames))
    for scene, setting, words in scenes(tree(doc), lexicon):
        for one in candidates(scene, setting, words):
            made.found.append(one)
            made.truth.append(_truth(made, one))
    return made


def _truth(example: Example, one: Candidate) -> Frame | None:
    span: Span | None = None
    for frame in example.gold.commitments:
        who = one.party.name[0] in _values(frame, "actor", example.alternatives)
        if who and one.it.label in _values(frame, "type", example.alternatives):
            span = span or commitment(drafted(one, "announced"), "c").span
            if span.overlap(frame.span) >= EVIDENCE:
                return frame
    return None


def _values(frame: Frame, slot: str, alternatives: Alternatives) -> set[Any]:
    return {frame.slots[slot], *alternatives.get(frame.id, {}).get(slot, ())}


def _group(row: dict[str, Any]) -> str:
    """Return what an article must not be parted from: others by its author, on its subject or of its construction."""
    tags: list[str] = row["meta"]["constructions"]
    if tags[0] != "article":
        return tags[0]
    return tags[-1] if tags[-1].startswith("author") else "-".join(row["id"].split("-")[:2])


def folds(found: Sequence[Example], count: int) -> Iterator[tuple[list[int], list[int]]]:
    """Yield which examples to learn from and which to hold out, groups never parted."""
    names = sorted({each.group for each in found}, key=lambda name: hashlib.sha256(name.encode()).hexdigest())
    place = {name: n % count for n, name in enumerate(names)}
    for fold in range(count):
        held = [n for n, each in enumerate(found) if place[each.group] == fold]
        yield [n for n, each in enumerate(found) if place[each.group] != fold], held

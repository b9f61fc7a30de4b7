"""Learn the network and the certainty of the learned component from gold articles.

    python -m workbench.nlp.learned.train

Needs PyTorch, which ``make learn`` sets up. Reads the benchmark's files for tuning and for fitting; learns once without
every other author of the files for fitting, prints what the rules, the network and both find in what these wrote, and
takes certainty from there; then learns from all, and writes ``seeds/models/frames.onnx`` and ``frames.json``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import msgspec

from workbench.core import actors, scheme
from workbench.core.annotation import Frame
from workbench.core.frame_scores import FRAME_KINDS, KEYS, FrameKind
from workbench.core.scheme import Scheme, Slot
from workbench.nlp.learned.certainty import ENOUGH, HOPELESS, Witness, likely, rated, seen
from workbench.nlp.learned.examples import Example, examples, held_back
from workbench.nlp.learned.export import export
from workbench.nlp.learned.finder import additions
from workbench.nlp.learned.fitting import fit
from workbench.nlp.learned.linear import Linear
from workbench.nlp.learned.net import Net
from workbench.nlp.learned.network import NAMES, WEIGHTS, Inventory, Reading, folder
from workbench.nlp.learned.pieces import Pieces
from workbench.nlp.learned.start import Start, start
from workbench.nlp.learned.teaching import answers, teach
from workbench.nlp.pipeline import load
from workbench.settings import resource_root

LAYERS: Final = 4
_LATER: Final = ("workbench_learned", "workbench_record")
_FITTED: Final = "articles-fit"
_FILES: Final = ("dev", "articles-dev", "articles-wide", _FITTED)
_LEAST: Final = 5
"""Words of which something is told from which it is learned from."""


class Tried(NamedTuple):
    """An article that was held out, with the rules' frames, what a network that never saw it adds, and its support."""

    example: Example
    ruled: list[Frame]
    added: list[Frame]
    witness: Witness


def read(shipped: Scheme, pieces: Sequence[str]) -> list[Example]:
    """Read the benchmark with the shipped rules."""
    root = resource_root() / "seeds"
    nlp = load(None, shipped, actors.shipped(root / "actors")).nlp
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in _LATER]):
        lexicon = nlp.get_pipe("workbench_frames").lexicon
        paths = [root / "benchmark" / f"{name}.jsonl" for name in _FILES]
        return examples(nlp, lexicon, Pieces(pieces), paths)


def inventory(found: Iterable[Example], shipped: Scheme, pieces: Sequence[str]) -> Inventory:
    """Return what the numbers of a network for these examples stand for."""
    lines = [line for each in found for window in each.windows for line in window.lines]
    counts = Counter(told for line in lines for word in line.shown for told in word)
    roles = {token.dep_ for line in lines for token in line.scene.tokens}
    return Inventory(
        tuple(pieces),
        tuple(sorted(told for told, count in counts.items() if count >= _LEAST)),
        tuple(sorted(roles)),
        {kind: _listed(shipped.slot(kind, KEYS[kind].what)) for kind in FRAME_KINDS},
        {kind: _listed(shipped.slot(kind, KEYS[kind].main)) for kind in FRAME_KINDS},
        Linear(("n", "y"), {"bias": (0.0, 0.0)}),
    )


def _listed(slot: Slot) -> tuple[str, ...]:
    """Return the choices of a slot, and what opens the values that name an actor."""
    return (*(each.name for each in slot.choices), *filter(None, [(slot.open_prefix or "").rstrip(":")]))


def learned(found: Sequence[Example], reading: Reading, base: Start) -> Net:
    """Return a network that has learned from examples."""
    known = reading.inventory
    net = Net(base.weights, base.rows, LAYERS, len(known.shown), len(known.roles) + 1, known.columns)
    teach(net, reading, found)
    return net


def tried(example: Example, net: Net, reading: Reading) -> Tried:
    """Return what a network makes of an article."""
    said = list(answers(net, reading, example.windows))
    return Tried(
        example, example.ruled, additions(said, example.ruled, reading.inventory), Witness(said, reading.inventory)
    )


def sure(rows: Iterable[Tried]) -> Linear:
    """Learn how often proposals are right, from articles that no rule was written with."""
    features: list[list[str]] = []
    labels: list[str] = []
    for each in rows:
        for kind in FRAME_KINDS:
            mine = [frame for frame in (*each.ruled, *each.added) if frame.kind == kind]
            right = each.example.right(kind, mine)[0]
            features += [seen(frame, each.witness) for frame in mine]
            labels += ["ny"[n in right] for n in range(len(mine))]
    return fit(features, labels, penalty=5.0)


def rate(rows: Sequence[Tried]) -> list[Tried]:
    """Rate what is proposed in each article by what was learned from the articles of other authors."""
    groups = {each.example.group for each in rows}
    models = {name: sure(each for each in rows if each.example.group != name) for name in groups}
    return [
        each._replace(
            ruled=rated(each.ruled, each.witness, models[each.example.group]),
            added=rated(each.added, each.witness, models[each.example.group]),
        )
        for each in rows
    ]


def measured(rows: Iterable[Tried], kind: FrameKind) -> tuple[float, float, float, float]:
    """Return precision, recall and F1 of frames, and how many of the right ones have the right status or polarity."""
    right = agreed = made = gold = 0
    for each in rows:
        mine = [frame for frame in (*each.ruled, *each.added) if frame.kind == kind]
        hit, main = each.example.right(kind, mine)
        right, agreed, made = right + len(hit), agreed + len(main), made + len(mine)
        gold += len(each.example.frames(kind))
    return right / max(1, made), right / max(1, gold), 2 * right / max(1, made + gold), agreed / max(1, right)


def told(rows: Sequence[Tried]) -> None:
    """Print what the rules find, what is added, and both as they are proposed, in the articles that were held out."""
    kept = [each._replace(ruled=likely(each.ruled, HOPELESS), added=likely(each.added, ENOUGH)) for each in rows]
    for kind in FRAME_KINDS:
        for title, some in {
            "rules": [each._replace(added=[]) for each in rows],
            "added": [each._replace(ruled=[]) for each in kept],
            "both": kept,
        }.items():
            print(f"{kind:11} {title:6} P R F1 agreed  " + "  ".join(f"{each:.3f}" for each in measured(some, kind)))


def main() -> None:
    """Learn from the benchmark and write what was learned."""
    shipped = scheme.parse((resource_root() / "seeds" / "schemes" / "coalition.toml").read_bytes())
    base = start()
    found = read(shipped, base.pieces)
    reading = Reading(inventory(found, shipped, base.pieces))
    back = held_back([each for each in found if each.file == _FITTED])
    net = learned([each for each in found if each.group not in back], reading, base)
    rows = [tried(each, net, reading) for each in found if each.group in back]
    told(rate(rows))
    known = msgspec.structs.replace(reading.inventory, sure=sure(rows))
    weights = export(learned(found, reading, base), reading, found[0].windows)
    folder().mkdir(exist_ok=True)
    (folder() / NAMES).write_bytes(msgspec.json.encode(known, order="sorted") + b"\n")
    (folder() / WEIGHTS).write_bytes(weights)


if __name__ == "__main__":
    main()

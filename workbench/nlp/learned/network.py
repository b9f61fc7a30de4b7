"""The network as it is kept (ONNX): windows in, for each claim and word how likely which label is, out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from workbench.core.annotation import Frame
from workbench.core.frame_scores import FRAME_KINDS, KEYS, FrameKind
from workbench.nlp.learned.claims import Claim, Window
from workbench.nlp.learned.linear import Linear
from workbench.nlp.learned.pieces import END, PADDING, START, Pieces
from workbench.settings import resource_root

NAMES: Final = "frames.json"
WEIGHTS: Final = "frames.onnx"
Numbers = NDArray[np.float32]
Arrays = dict[str, NDArray[Any]]


class Inventory(msgspec.Struct, frozen=True):
    """What the numbers of a network stand for, and what certainty is computed with.

    ``labels`` are types and targets, ``mains`` statuses and polarities, by the kind of frame.
    """

    pieces: tuple[str, ...]
    shown: tuple[str, ...]
    roles: tuple[str, ...]
    labels: Mapping[FrameKind, tuple[str, ...]]
    mains: Mapping[FrameKind, tuple[str, ...]]
    sure: Linear

    @property
    def columns(self) -> int:
        """Return how many numbers the network gives for a claim and a word."""
        return sum(len(self.labels[kind]) + len(self.mains[kind]) for kind in FRAME_KINDS)


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim with the probability of each label for each word of its sentence, and how likely each main value is.

    ``chances`` is (words, labels); ``mains`` is (words, values), log probabilities.
    """

    claim: Claim
    chances: Numbers
    mains: Numbers


class Reading:
    """Turns windows into numbers, the same way for learning and for use."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.pieces = Pieces(inventory.pieces)
        self._shown = {each: place for place, each in enumerate(inventory.shown)}
        self._roles = {each: place for place, each in enumerate(inventory.roles, 1)}

    def arrays(self, windows: Sequence[Window]) -> Arrays:
        """Return the inputs of the network for some windows with at least one claim.

        pieces (B, T); lengths (B,); first (N,): the first piece of each word, counted over the batch; shown (N, F);
        marked (B, T); pool (C, N): the words of each claim, summing to 1; kind (C,); claim, word (R,); relation (R, 4).
        """
        numbers = self.pieces.numbers
        length = max(len(each.pieces) for each in windows) + 2
        pieces = np.full((len(windows), length), numbers[PADDING], dtype=np.int64)
        marked = np.zeros((len(windows), length), dtype=np.float32)
        for row, each in enumerate(windows):
            pieces[row, : len(each.pieces) + 2] = [numbers[START], *each.pieces, numbers[END]]
            ends = [*each.starts[1:], len(each.pieces)]
            for word in each.marked:
                marked[row, each.starts[word] + 1 : ends[word] + 1] = 1
        return {
            "pieces": pieces,
            "lengths": np.array([len(each.pieces) + 2 for each in windows], dtype=np.int64),
            "marked": marked,
            "first": np.array(
                [row * length + start + 1 for row, each in enumerate(windows) for start in each.starts], dtype=np.int64
            ),
            "shown": self._words(windows),
            **self._claims(windows),
        }

    def _words(self, windows: Sequence[Window]) -> Numbers:
        words = [told for each in windows for line in each.lines for told in line.shown]
        found = np.zeros((len(words), len(self._shown)), dtype=np.float32)
        for row, told in enumerate(words):
            found[row, [self._shown[each] for each in told if each in self._shown]] = 1
        return found

    def _claims(self, windows: Sequence[Window]) -> Arrays:
        before = np.cumsum([0, *(len(each.starts) for each in windows)])
        rows = [(claim, int(offset)) for each, offset in zip(windows, before, strict=False) for claim in each.claims]
        pool = np.zeros((len(rows), int(before[-1])), dtype=np.float32)
        which: list[int] = []
        words: list[int] = []
        bonds: list[tuple[int, int, int, int]] = []
        for row, (claim, offset) in enumerate(rows):
            pool[row, [offset + place for place in claim.words]] = 1 / len(claim.words)
            which += [row] * len(claim.relations)
            words += range(offset + claim.line.first, offset + claim.line.first + len(claim.relations))
            bonds += [
                (each.path, self._roles.get(each.role, 0), each.clause, each.distance) for each in claim.relations
            ]
        return {
            "pool": pool,
            "kind": np.array([2 * FRAME_KINDS.index(each.kind) + each.before for each, _ in rows], dtype=np.int64),
            "claim": np.array(which, dtype=np.int64),
            "word": np.array(words, dtype=np.int64),
            "relation": np.array(bonds, dtype=np.int64).reshape(-1, 4),
        }


class Network(Reading):
    """A network that answers."""

    def __init__(self, inventory: Inventory, weights: bytes) -> None:
        super().__init__(inventory)
        self.weights = weights

    def __reduce__(self) -> tuple[type["Network"], tuple[Inventory, bytes]]:
        return Network, (self.inventory, self.weights)

    @cached_property
    def _session(self) -> Any:
        """Open the network when it is first asked."""
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep room for the largest window that ever came
        return onnxruntime.InferenceSession(self.weights, options, providers=["CPUExecutionProvider"])

    def answers(self, windows: Sequence[Window]) -> Iterator[Answer]:
        """Yield what the network says of each claim; windows are read one by one, so that none bears on another."""
        for each in windows:
            if each.claims:
                [scores] = self._session.run(None, self.arrays([each]))
                yield from answered(self.inventory, [each], scores)


def answered(inventory: Inventory, windows: Sequence[Window], scores: Numbers) -> Iterator[Answer]:
    """Yield the answers that the numbers of a network hold: (rows, columns) of log odds."""
    row = 0
    for claim in (claim for each in windows for claim in each.claims):
        part = scores[row : row + len(claim.relations)]
        row += len(claim.relations)
        labels, mains = span(inventory, claim.kind)
        odds = part[:, mains] - part[:, mains].max(axis=1, keepdims=True)
        chances = (1 / (1 + np.exp(-part[:, labels]))).astype(np.float32)
        yield Answer(claim, chances, odds - np.log(np.exp(odds).sum(axis=1, keepdims=True)))


def span(inventory: Inventory, kind: FrameKind) -> tuple[slice, slice]:
    """Return the columns of labels and of main values of a kind of frame."""
    start = 0
    for each in FRAME_KINDS:
        labels, mains = len(inventory.labels[each]), len(inventory.mains[each])
        if each == kind:
            return slice(start, start + labels), slice(start + labels, start + labels + mains)
        start += labels + mains
    raise KeyError(kind)


def label(frame: Frame) -> str:
    """Return the type or target of a frame as a network knows it, of targets that name an actor their kind."""
    return str(frame.slots[KEYS[frame.kind].what]).partition(":")[0]


def folder() -> Path:
    """Return where the network is kept."""
    return resource_root() / "seeds" / "models"


@lru_cache(1)
def shipped() -> Network | None:
    """Return the network that Workbench ships, None before it has been made."""
    names, weights = folder() / NAMES, folder() / WEIGHTS
    if not (names.is_file() and weights.is_file()):
        return None
    return Network(msgspec.json.decode(names.read_bytes(), type=Inventory), weights.read_bytes())

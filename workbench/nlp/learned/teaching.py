"""How the network learns: windows with the truth about their claims, in batches, over and over."""

import random
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from workbench.core.frame_scores import FrameKind
from workbench.nlp.learned.claims import Window
from workbench.nlp.learned.examples import Example, Truth, truth
from workbench.nlp.learned.net import Net
from workbench.nlp.learned.network import Answer, Inventory, Reading, answered, span

_SEED: Final = 7
_ROUNDS: Final = 8
_PIECES: Final = 800
"""Pieces of text in a batch."""

_RATE, _RATE_OF_HEADS, _DECAY = 1e-4, 1e-3, 0.01
_WARMING, _LAST = 0.08, 0.02
_SCALE: Final = 300.0
_TOGETHER: Final = 8
Lesson = tuple[Window, list[tuple[FrameKind, Truth]]]


def teach(net: Net, reading: Reading, found: Sequence[Example]) -> None:
    """Train a network on examples in place, printing the loss of each round."""
    torch.manual_seed(_SEED)
    order = random.Random(_SEED)  # noqa: S311  it shuffles
    inventory = reading.inventory
    lessons: list[Lesson] = [
        (each, [(claim.kind, truth(example, claim, inventory)) for claim in each.claims])
        for example in found
        for each in example.windows
    ]
    optimiser, schedule = _descent(net, _ROUNDS * (1 + len(list(_batches(lessons, random.Random(_SEED))))))  # noqa: S311
    net.train()
    for number in range(_ROUNDS):
        total = 0.0
        for batch in _batches(lessons, order):
            loss = _loss(scored(net, reading, [window for window, _ in batch]), batch, inventory)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        print(f"round {number + 1} of {_ROUNDS}: loss {total:.1f}", flush=True)
    net.eval()


def _descent(net: Net, steps: int) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    """Return what moves the weights: the encoder's less than the heads', after warming up ever less."""
    groups = [
        {"params": [each for name, each in net.named_parameters() if _encodes(name) == encodes], "lr": rate}
        for encodes, rate in ((True, _RATE), (False, _RATE_OF_HEADS))
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=_DECAY)
    warm = _WARMING * steps

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(_LAST, (steps - step) / steps))

    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, rate)


def _encodes(name: str) -> bool:
    return name.startswith(("layers", "norm", "places", "kind_of_text", "pieces"))


def _batches(lessons: Sequence[Lesson], order: random.Random) -> Iterator[list[Lesson]]:
    shuffled = list(lessons)
    order.shuffle(shuffled)
    batch: list[Lesson] = []
    for each in shuffled:
        batch.append(each)
        if sum(len(window.pieces) for window, _ in batch) >= _PIECES:
            yield batch
            batch = []
    if batch:
        yield batch


def scored(net: Net, reading: Reading, windows: Sequence[Window]) -> Tensor:
    """Return what a network gives for some windows."""
    arrays = {name: torch.from_numpy(each) for name, each in reading.arrays(windows).items()}
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores: Tensor = net(**arrays)
    return scores.float()


def _loss(scores: Tensor, batch: Sequence[Lesson], inventory: Inventory) -> Tensor:
    """Return the loss over all claims and words: of labels, and of main values where there is evidence."""
    total = torch.zeros(())
    row = 0
    for kind, one in (each for _, truths in batch for each in truths):
        labels, mains = span(inventory, kind)
        part = scores[row : row + len(one.wanted)]
        row += len(one.wanted)
        wanted, counts = torch.from_numpy(one.wanted), torch.from_numpy(one.counts)
        each = functional.binary_cross_entropy_with_logits(part[:, labels], wanted, reduction="none")
        total = total + (each * counts).sum()
        if (one.main >= 0).any():
            main = torch.from_numpy(one.main.astype(np.int64))
            total = total + functional.cross_entropy(part[:, mains], main, ignore_index=-1, reduction="sum")
    return total / _SCALE


def answers(net: Net, reading: Reading, windows: Sequence[Window]) -> Iterator[Answer]:
    """Yield what a network in torch says of each claim."""
    with torch.no_grad():
        for start in range(0, len(windows), _TOGETHER):
            some = windows[start : start + _TOGETHER]
            yield from answered(reading.inventory, some, scored(net, reading, some).numpy())

"""The network as torch learns it: MiniLM reads a window, and each claim is held against each word of its sentence.

The encoder starts from all-MiniLM-L6-v2 (Apache 2.0; Wang et al., “MiniLM”, NeurIPS 2020; Reimers and Gurevych,
“Sentence-BERT”, EMNLP 2019), its first layers only.
"""

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from workbench.nlp.learned.relations import CLAUSES, DISTANCES, PATHS

WIDTH, HEADS, HIDDEN = 384, 12, 192
_PLACES: Final = 256
_EPSILON: Final = 1e-12
_DROPPED, _DROPPED_LATE = 0.1, 0.2
Weights = Mapping[str, Tensor]


def _linear(weights: Weights, name: str) -> nn.Linear:
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    made = nn.Linear(weight.shape[1], weight.shape[0])
    made.load_state_dict({"weight": weight.float(), "bias": bias.float()})
    return made


def _norm(weights: Weights, name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(WIDTH, eps=_EPSILON)
    made.load_state_dict({"weight": weights[f"{name}.weight"].float(), "bias": weights[f"{name}.bias"].float()})
    return made


class Layer(nn.Module):
    """Attention and what follows it."""

    def __init__(self, weights: Weights, name: str) -> None:
        super().__init__()
        self.query, self.key, self.value = (
            _linear(weights, f"{name}.attention.self.{each}") for each in ("query", "key", "value")
        )
        self.out = _linear(weights, f"{name}.attention.output.dense")
        self.first = _norm(weights, f"{name}.attention.output.LayerNorm")
        self.wide = _linear(weights, f"{name}.intermediate.dense")
        self.narrow = _linear(weights, f"{name}.output.dense")
        self.second = _norm(weights, f"{name}.output.LayerNorm")
        self.drop = nn.Dropout(_DROPPED)

    def forward(self, words: Tensor, mask: Tensor) -> Tensor:
        """Read (B, T, width) where ``mask`` (B, 1, 1, T) adds nothing, return the same shape."""
        rows, length, _ = words.shape

        def apart(each: Tensor) -> Tensor:
            return each.view(rows, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        query, key, value = apart(self.query(words)), apart(self.key(words)), apart(self.value(words))
        weights = (query @ key.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask).softmax(-1)
        seen = (weights @ value).transpose(1, 2).reshape(rows, length, WIDTH)
        words = self.first(words + self.drop(self.out(seen)))
        read: Tensor = self.second(words + self.drop(self.narrow(functional.gelu(self.wide(words)))))
        return read


class Net(nn.Module):
    """Encoder and heads."""

    def __init__(self, weights: Weights, kept: list[int], layers: int, shown: int, roles: int, columns: int) -> None:
        super().__init__()
        pieces = weights["embeddings.word_embeddings.weight"].float()[kept]
        self.pieces = nn.Embedding(len(pieces), WIDTH, _weight=pieces)
        self.pieces.weight.requires_grad_(False)
        self.places = nn.Parameter(weights["embeddings.position_embeddings.weight"].float()[:_PLACES].clone())
        self.marked = nn.Parameter(torch.zeros(WIDTH))
        self.kind_of_text = nn.Parameter(weights["embeddings.token_type_embeddings.weight"].float()[0].clone())
        self.norm = _norm(weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(Layer(weights, f"encoder.layer.{number}") for number in range(layers))
        self.party, self.party_by, self.word, self.word_by = (nn.Linear(WIDTH, HIDDEN) for _ in range(4))
        self.shown = nn.Linear(shown, HIDDEN, bias=False)
        self.kind = nn.Embedding(4, HIDDEN)
        self.relation = nn.ModuleList(nn.Embedding(size, HIDDEN) for size in (PATHS, roles, CLAUSES, DISTANCES))
        self.between = nn.Linear(HIDDEN, HIDDEN)
        self.scores = nn.Linear(HIDDEN, columns)
        self.drop, self.drop_late = nn.Dropout(_DROPPED), nn.Dropout(_DROPPED_LATE)
        for each in (self.shown, *self.relation):
            nn.init.normal_(each.weight, std=0.1)
        nn.init.constant_(self.scores.bias, -2.0)

    def forward(
        self,
        pieces: Tensor,
        lengths: Tensor,
        marked: Tensor,
        first: Tensor,
        shown: Tensor,
        pool: Tensor,
        kind: Tensor,
        claim: Tensor,
        word: Tensor,
        relation: Tensor,
    ) -> Tensor:
        """Return the log odds (R, columns) for what ``Reading.arrays`` made of some windows."""
        length = pieces.shape[1]
        read = self.pieces(pieces) + self.places[:length] + self.kind_of_text + marked.unsqueeze(-1) * self.marked
        read = self.drop(self.norm(read))
        outside = torch.arange(length).unsqueeze(0) >= lengths.unsqueeze(1)
        mask = outside.float()[:, None, None, :] * -1e4
        for layer in self.layers:
            read = layer(read, mask)
        words = read.reshape(-1, WIDTH).index_select(0, first)
        party = pool @ words
        told = self.word(words) + self.shown(shown)
        bond = sum((each(relation[:, place]) for place, each in enumerate(self.relation)), self.kind(kind)[claim])
        both = self.party_by(party)[claim] * self.word_by(words)[word]
        hidden = functional.gelu(bond + self.party(party)[claim] + told[word] + both)
        hidden = functional.gelu(self.between(self.drop_late(hidden))) + hidden
        scores: Tensor = self.scores(self.drop_late(hidden))
        return scores

"""Where the network starts from: the layers and pieces of all-MiniLM-L6-v2, from the package that carries them."""

import io
import json
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Final, NamedTuple

from workbench.core.errors import Invalid

_PACKAGE: Final = "all_minilm_l6_v2"
_LATIN: Final = 0x250
"""Pieces with letters beyond this are not needed for English."""


class Start(NamedTuple):
    """Weights by name as torch tensors, the pieces that are kept, and their rows among all."""

    weights: Mapping[str, Any]
    pieces: tuple[str, ...]
    rows: list[int]


def start() -> Start:
    """Read the model from its package; raises Invalid with what to install where it is missing."""
    try:
        from safetensors.torch import load

        archive = files(_PACKAGE).joinpath("model.zip").read_bytes()
    except ModuleNotFoundError as missing:
        raise Invalid(f"Learning needs {missing.name}, which make learn sets up.") from missing
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        weights = load(opened.read("model.safetensors"))
        vocabulary = json.loads(opened.read("tokenizer.json"))["model"]["vocab"]
    kept = [(row, piece) for piece, row in sorted(vocabulary.items(), key=lambda each: each[1]) if _needed(piece)]
    return Start(weights, tuple(piece for _, piece in kept), [row for row, _ in kept])


def _needed(piece: str) -> bool:
    return not piece.startswith("[unused") and all(ord(each) < _LATIN or not each.isalpha() for each in piece)

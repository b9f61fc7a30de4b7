"""A network in torch as the runtime reads it: ONNX, its matrices in whole numbers of eight bits."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import torch

from workbench.nlp.learned.claims import Window
from workbench.nlp.learned.net import Net
from workbench.nlp.learned.network import Reading

_VERSION: Final = 17
_SIZES: Final = {
    "pieces": ("rows", "length"), "lengths": ("rows",), "marked": ("rows", "length"), "first": ("words",),
    "shown": ("words", None), "pool": ("claims", "words"), "kind": ("claims",), "claim": ("pairs",),
    "word": ("pairs",), "relation": ("pairs", None),
}  # fmt: skip
"""Which sizes of the inputs differ from call to call."""


def export(net: Net, reading: Reading, windows: Sequence[Window]) -> bytes:
    """Return a trained network as ONNX; the windows are an example of its input."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    arrays = reading.arrays(windows)
    axes = {name: {place: size for place, size in enumerate(sizes) if size} for name, sizes in _SIZES.items()}
    with tempfile.TemporaryDirectory() as place:
        whole, small = Path(place) / "whole.onnx", Path(place) / "small.onnx"
        torch.onnx.export(
            net.eval(),
            tuple(torch.from_numpy(arrays[name]) for name in _SIZES),
            str(whole),
            input_names=list(_SIZES),
            output_names=["scores"],
            dynamic_axes={**axes, "scores": {0: "pairs"}},
            opset_version=_VERSION,
            dynamo=False,
        )
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        return small.read_bytes()

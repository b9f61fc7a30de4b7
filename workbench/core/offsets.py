"""Records without their texts, for corpora that may not be passed on, and the way back.

What is left out: the text, the quotes of spans, and a title or a value of ``meta`` that is long enough to hold
some of the text; ``left_out`` names those. With the text at hand the record comes back as it was.
"""

from typing import Any, Final

import msgspec

from workbench.core.annotation import PLURALS
from workbench.core.errors import Invalid
from workbench.core.record import Json
from workbench.core.text import digest

FORMAT: Final = "workbench/offsets"
GOLD: Final = "workbench/gold"
LONG: Final = 200

_LISTS: Final = frozenset(PLURALS.values())


def without_text(row: Json) -> Json:
    """Return a gold record with hashes and offsets in place of words."""
    out: Json = {}
    long = sorted(name for name, held in row["meta"].items() if len(msgspec.json.encode(held)) > LONG)
    left = ["title"] if len(row["title"] or "") > LONG else []
    for key, value in row.items():
        if key == "format":
            out[key] = FORMAT
        elif key == "title":
            out[key] = None if left else value
        elif key == "meta":
            out[key] = {name: held for name, held in value.items() if name not in long}
            left += [f"meta.{name}" for name in long]
            out |= {"left_out": left} if left else {}
        elif key in _LISTS or key == "layers":
            out[key] = _bare_list(key, value)
        elif key != "text":
            out[key] = value
    return out


def line_of(line: bytes, layers: bytes | None, *, bare: bool) -> bytes:
    """Return a record's line, with the readings that are kept beside it, if any, and without its words if wanted."""
    whole = line if layers is None else line[:-1] + b',"layers":' + layers + b"}"
    return msgspec.json.encode(without_text(msgspec.json.decode(whole))) if bare else whole


def _bare_list(key: str, value: Any) -> Any:
    if key == "layers":
        return [{name: _bare_list(name, held) for name, held in layer.items()} for layer in value]
    return [_bare(item) for item in value] if key in _LISTS else value


def _bare(item: Json) -> Json:
    kept = {key: value for key, value in item.items() if not (key == "text" and "start" in item)}
    return {key: _bare(value) if isinstance(value, dict) else value for key, value in kept.items()}


def with_text(row: Json, text: str) -> Json:
    """Return the gold record of a row without text; raises Invalid where the text is not the one it was made of."""
    if row.get("format") != FORMAT:
        raise Invalid(f"This is no record without text: its “format” is not {FORMAT}.")
    if row.get("text_sha256") != digest(text):
        raise Invalid("The text is not the one that the record was made of: its SHA-256 differs.")
    out: Json = {}
    for key, value in row.items():
        if key == "text_sha256":
            out["text"] = text
        if key == "format":
            out[key] = GOLD
        elif key == "layers":
            out[key] = [{name: _full_list(name, held, text) for name, held in layer.items()} for layer in value]
        elif key != "left_out":
            out[key] = _full_list(key, value, text)
    return out


def _full_list(key: str, value: Any, text: str) -> Any:
    return [_full(item, text) for item in value] if key in _LISTS else value


def _full(item: Json, text: str) -> Json:
    out: Json = {}
    for key, value in item.items():
        out[key] = _full(value, text) if isinstance(value, dict) else value
        if key == "end" and "start" in item:
            out["text"] = text[item["start"] : item["end"]]
    return out

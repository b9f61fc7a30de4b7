"""The columns of a Hugging Face data set: as Arrow types, as features for the loader, and in words for people.

A column is ``string``, ``int32``, ``bool``, ``class`` with the names of a choice, a list or an object of columns.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from workbench.core.record import FLAGS, SLOTS, SPANS, WITH_ID

Columns = Mapping[str, Any]

CHOSEN: Final = {"stance": ("target", "polarity"), "commitment": ("type", "status")}
"""The slots whose values are classes."""

_TEXTS: Final = (
    "id", "title", "text", "text_sha256", "language", "outlet", "author", "published", "url", "file", "cluster",
    "state", "meta",
)  # fmt: skip
_SPAN: Final = {"start": "int32", "end": "int32", "text": "string"}
_ENTITY: Final = {
    "id": "string", **_SPAN, "label": ("label",), "actor": "string", "actor_id": "string", "flags": ["string"],
}  # fmt: skip


def _frame(kind: Any) -> Iterator[tuple[str, Any]]:
    yield "id", "string"
    for slot in SLOTS[kind]:
        plain = "bool" if slot in FLAGS else (f"{kind}.{slot}",) if slot in CHOSEN[kind] else "string"
        yield slot, _SPAN if slot in SPANS else plain
        if slot == WITH_ID[kind]:
            yield f"{slot}_id", "string"
    yield "own_slots", "string"


COLUMNS: Final[Columns] = {
    **dict.fromkeys(_TEXTS, "string"),
    "entities": [_ENTITY],
    "stances": [dict(_frame("stance"))],
    "commitments": [dict(_frame("commitment"))],
}
"""Every column; a class is the name of its choice in a tuple of one."""

Classes = Mapping[str, list[str]]


def schema(classes: Classes) -> Any:
    """Return the Arrow schema of a part, with the features that ``datasets`` looks for in it."""
    import pyarrow as pa

    told = {"info": {"features": {name: _feature(each, classes) for name, each in COLUMNS.items()}}}
    fields = [(name, _arrow(each, classes)) for name, each in COLUMNS.items()]
    return pa.schema(fields, metadata={"huggingface": json.dumps(told)})


def _arrow(column: Any, classes: Classes) -> Any:
    import pyarrow as pa

    match column:
        case [inner] if isinstance(column, list):
            return pa.list_(_arrow(inner, classes))
        case dict():
            return pa.struct([(name, _arrow(each, classes)) for name, each in column.items()])
        case (choice,):
            return pa.int64() if classes.get(choice) else pa.string()
    return {"string": pa.string(), "int32": pa.int32(), "bool": pa.bool_()}[column]


def _feature(column: Any, classes: Classes) -> Any:
    """Return a feature in the form that every version of ``datasets`` understands."""
    match column:
        case [inner] if isinstance(column, list):
            return [_feature(inner, classes)]
        case dict():
            return {name: _feature(each, classes) for name, each in column.items()}
        case (choice,) if classes.get(choice):
            return {"names": classes[choice], "_type": "ClassLabel"}
    return {"dtype": column if isinstance(column, str) else "string", "_type": "Value"}


def card(parts: Iterable[tuple[str, int]], classes: Classes) -> str:
    """Return the card: what the loader needs, then words for people; parts come with their numbers of articles."""
    parts = list(parts)
    return "\n".join([
        "---", "pretty_name: Workbench export", "task_categories:", "- token-classification", "configs:",
        "- config_name: default", "  data_files:",
        *(f"  - split: {part}\n    path: data/{part}.parquet" for part, _ in parts),
        "dataset_info:", "  features:", *_columns(COLUMNS, classes, 2), "---", "",
        "# A Workbench export", "",
        "News articles with who is mentioned, who takes which position on what, and who would contribute what.",
        "Offsets are half-open and count Unicode code points of `text`.", "",
        "| part | articles |", "|---|---|", *(f"| {part} | {count} |" for part, count in parts), "",
        "Labels are numbers of classes; `features` names them. Classes are in the order of the alphabet: where two",
        "exports have different classes, match them by name. `own_slots` and `meta` hold JSON.", "",
    ])  # fmt: skip


def _columns(columns: Columns, classes: Classes, depth: int) -> Iterator[str]:
    pad = " " * depth
    for name, column in columns.items():
        yield f"{pad}- name: {name}"
        match column:
            case [dict() as inner]:
                yield f"{pad}  list:"
                yield from _columns(inner, classes, depth + 2)
            case [str() as inner] if isinstance(column, list):
                yield f"{pad}  sequence: {inner}"
            case dict():
                yield f"{pad}  struct:"
                yield from _columns(column, classes, depth + 2)
            case (choice,) if classes.get(choice):
                yield f"{pad}  dtype:\n{pad}    class_label:\n{pad}      names:"
                yield from (f"{pad}        '{number}': {_quoted(each)}" for number, each in enumerate(classes[choice]))
            case _:
                yield f"{pad}  dtype: {column if isinstance(column, str) else 'string'}"


def _quoted(said: str) -> str:
    """Return a text as YAML reads it back, whatever signs are in it."""
    signs = (sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in said)
    return f'"{"".join(signs)}"'

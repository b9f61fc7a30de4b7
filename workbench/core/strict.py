"""JSON that can be read in one way only: what people and other tools send is read so."""

import json
from collections import Counter
from typing import Any, Final

import msgspec

from workbench.core.errors import Invalid, clause

Row = dict[str, Any]

DEEPEST: Final = 64


def parse(line: bytes) -> Any:
    """Read JSON strictly: UTF-8, no key twice, no NaN, no half characters; raises Invalid."""
    try:
        line.decode()
        found = msgspec.json.decode(line)
        if deep(found):
            raise RecursionError
        return found if _says_it_all(found, line) else json.loads(line, object_pairs_hook=_distinct)
    except UnicodeDecodeError as problem:
        raise Invalid(f"Byte {problem.start + 1:,} of the record is not UTF-8; save the file as UTF-8.") from None
    except (msgspec.DecodeError, ValueError) as problem:
        raise Invalid(f"This is not JSON: {clause(problem)}.") from None
    except RecursionError:
        raise Invalid("The JSON is nested too deeply.") from None


def _says_it_all(found: Any, line: bytes) -> bool:
    """Say whether the line is what was read of it, to the byte: then it gives no key twice."""
    if b'": ' in line[:200]:
        return json.dumps(found, ensure_ascii=b"\\u" in line).encode() == line
    return msgspec.json.encode(found) == line


def deep(value: Any, left: int = DEEPEST) -> bool:
    """Say whether objects and lists nest deeper than any record needs."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return left < 0 or any(deep(each, left - 1) for each in inner if isinstance(each, dict | list))


def _distinct(pairs: list[tuple[str, Any]]) -> Row:
    row = dict(pairs)
    if len(row) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise Invalid(f"The key “{twice[:80]}” is given twice.")
    return row


def as_object(value: Any) -> Row:
    """Return a JSON value that must be an object."""
    if not isinstance(value, dict):
        raise Invalid("The record is no JSON object; write one {…} a line.")
    return value

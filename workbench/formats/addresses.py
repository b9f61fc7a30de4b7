"""E-mail addresses by which other tools name annotators: none is kept, each becomes a name that stays the same."""

import re
from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Final

_ADDRESS: Final = re.compile(r"([^\s@<>,;:\"'()\[\]]{1,200})@[^\s@<>,;:\"'()\[\]]+")
_WHO: Final = frozenset({
    "_annotator_id", "_session_id", "annotator", "completed_by", "created_by", "created_username", "email",
    "last_created_by", "reviewed_by", "updated_by", "user", "username",
})  # fmt: skip
"""Keys under which Label Studio and Prodigy tell who did something."""


def named(who: str) -> str:
    """Return a name without the addresses in it: what stands before the sign, and six letters of the whole's hash."""
    return _ADDRESS.sub(lambda found: f"{found[1]}-{_sum(found[0])}", who)


def replaced(names: Iterable[str]) -> list[str]:
    """Return what those of the names became that held an address, each once."""
    return sorted({became for each in names if (became := named(each)) != each})


def without(kept: Any, *, told: bool = False) -> Any:
    """Return what a foreign record keeps aside, with no address where it says who did something."""
    if isinstance(kept, dict):
        return {key: without(value, told=told or key in _WHO) for key, value in kept.items()}
    if isinstance(kept, list):
        return [without(each, told=told) for each in kept]
    return named(kept) if told and isinstance(kept, str) else kept


def _sum(address: str) -> str:
    return blake2b(address.casefold().encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()

"""The manifest of a release as it is read again, when nobody knows what became of it meanwhile."""

from typing import Annotated, Any

import msgspec

from workbench.core import release
from workbench.core.errors import Invalid
from workbench.core.record import Json


class _Sum(msgspec.Struct):
    """What a manifest says of a file."""

    sha256: str
    bytes: int
    records: int = 0


class _Shape(msgspec.Struct):
    """What must be in a manifest for it to be checked."""

    format: str
    version: int
    project: dict[str, Any]
    release: str
    parameters: dict[str, Any]
    forms: Annotated[dict[str, dict[str, _Sum]], msgspec.Meta(min_length=1)]
    files: dict[str, _Sum]


def read(body: bytes, what: str) -> Json:
    """Return a manifest; raises Invalid for one that cannot be read, or is of a version that is not known."""
    try:
        manifest: Json = msgspec.json.decode(body)
        shape = msgspec.convert(manifest, _Shape)
        known = shape.format == release.FORMAT and shape.version == release.VERSION
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        known = False
    if not known:
        raise Invalid(f"{what} is no manifest of a release, or of a version that this Workbench does not know.")
    return manifest

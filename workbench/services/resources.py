"""What is shipped with the code, and where it lies below the resource root."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from workbench.core import actors, scheme
from workbench.core.actors import Registry
from workbench.core.scheme import Scheme

DEFAULT_SCHEME: Final = "seeds/schemes/coalition.toml"
DEFAULT_GUIDELINE: Final = "seeds/guidelines/coalition.md"
ARTICLES: Final = "seeds/articles"
ACTORS: Final = "seeds/actors"


@lru_cache(maxsize=2)
def registry(root: Path) -> Registry:
    """Return the shipped actor registry."""
    return actors.shipped(root / ACTORS)


def default_scheme(root: Path) -> Scheme:
    """Return the shipped scheme."""
    return scheme.parse((root / DEFAULT_SCHEME).read_text("utf-8"))


@lru_cache(maxsize=2)
def actor_lines(root: Path) -> bytes:
    """Return the shipped actors as they lie in their files, a line each."""
    found = [path.read_bytes() for path in sorted((root / ACTORS).glob("*.jsonl"))]
    return b"".join(lines if lines.endswith(b"\n") else lines + b"\n" for lines in found)

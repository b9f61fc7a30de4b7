"""The suggesters: each reads articles and proposes a layer, under a name of its own.

Nothing here is imported by the web process; spaCy is loaded when a suggester is built.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from workbench.core.actors import Registry
from workbench.core.annotation import Document, Layer
from workbench.core.scheme import Scheme


class Suggester(Protocol):
    """A reader with a name, such as ``spacy:en_core_web_sm@3.8.0+wb1``."""

    @property
    def name(self) -> str:
        """Return the author of the layers that it proposes."""

    def suggest(self, articles: Iterable[Document], *, processes: int = 1) -> Iterator[Layer]:
        """Propose a layer for each article, in order, holding a bounded number of articles at a time.

        Reads ``text``, ``language``, ``source.published`` and ``regions`` of each document.
        """


def suggester(model: str | None, scheme: Scheme, registry: Registry) -> Suggester:
    """Load a suggester; ``model`` is None for the best installed official one, a package or a path.

    Raises Invalid with the command that installs a model where there is none.
    """
    from workbench.nlp.pipeline import load

    return load(model, scheme, registry)
